"""Patterns for names, in pieces: what a capital, a word, a particle and an initial look like in any Latin script."""

# A letter that is no small one; small letters beyond Latin-1 slip through, and names that begin with one are rare.
UPPER = r"[^\W\d_a-zà-öø-ÿ]"
LETTER = r"[^\W\d_]"
# Words joined by apostrophes and hyphens: O’Connor, Janoff-Bulman, N’Diaye.
WORD = rf"{LETTER}+(?:['’ʼ‘`–-]{LETTER}+)*"
CAPITAL = rf"(?:{LETTER}['’ʼ‘]|['’ʼ‘]|(?:a[dlnrstz]|el|ul|ash)-)?{UPPER}{LETTER}*(?:['’ʼ‘`–-]{LETTER}+)*"
PARTICLES = (
    "van", "von", "vom", "zu", "zum", "zur", "der", "den", "de", "del", "della", "dello", "degli", "di", "da", "dal",
    "das", "dos", "do", "du", "des", "la", "le", "las", "los", "el", "al", "ibn", "bin", "bint", "abu", "ben", "ter",
    "ten", "te", "tot", "op", "in ’t", "’t", "'t", "af", "av", "y", "e",
)  # fmt: skip
# The same as a pattern, letter by letter: a list of words takes several times as long to compile.
PARTICLE = (
    r"(?:v(?:an|on|om)|zu[mr]?|d(?:e(?:[rnls]|ll[ao]|gli)?|i|as?|al|os?|u)|l(?:as?|os|e)|[ea]l|ibn|bint?|abu|ben|te[rn]?|tot|op"
    r"|a[fv]|[’']t|Ste?\.)"
)
INITIAL = rf"{UPPER}{LETTER}{{0,2}}\."
# "D. W.", "M.-F.", "A.-j.", "Yu. A."; without blanks too.
INITIALS = rf"{INITIAL}(?:\s?-?\s?{LETTER}{{1,2}}\.)*"
SUFFIX = r"(?:Jr|Sr|II|III|IV|2nd|3rd)\b\.?"


def wordlist(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())
