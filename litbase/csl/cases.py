"""The text-case attribute of CSL, over marked strings.

Only letters change: marks of formatting pass through, and what stands between marks of fixed
case (CSL-JSON's "nocase") is left alone.
"""

import re
from collections.abc import Callable

from litbase.csl.marks import NOCASE, NOCASE_END

_FIXED = re.compile(f"{NOCASE}.*?{NOCASE_END}", re.DOTALL)
_SPLIT = re.compile(f"({_FIXED.pattern})", re.DOTALL)
_WORD = re.compile(r"[^\s\u00a0/—–\U0010ff00-\U0010ff1f]+")

# Source: CSL 1.0.2, "Text-case", title case; with the prepositions citeproc-js leaves small.
STOP_WORDS = frozenset((
    "a", "about", "above", "across", "after", "against", "al", "along", "amid", "among", "an", "and",
    "around", "as", "at", "before", "behind", "below", "beneath", "beside", "besides", "between",
    "beyond", "but", "by", "d", "de", "despite", "down", "du", "during", "except", "for", "from", "in",
    "inside", "into", "la", "le", "like", "near", "next", "nor", "of", "off", "on", "onto", "or", "out",
    "over", "per", "plus", "since", "so", "than", "that", "the", "through", "till", "to", "toward",
    "towards", "under", "underneath", "until", "up", "upon", "v", "van", "versus", "via", "von", "vs",
    "with", "within", "without", "yet",
))  # fmt: skip
# Source: APA 7, 6.17: words of four letters or more are capitalised, whatever they are.
APA_STOP_WORDS = frozenset((
    "a", "an", "and", "as", "at", "but", "by", "for", "if", "in", "nor", "of", "off", "on", "or", "per",
    "so", "the", "to", "up", "v", "via", "vs", "yet",
))  # fmt: skip


def cased(text: str, case: str, english: bool, stop_words: frozenset[str] = STOP_WORDS) -> str:
    """A marked string in a text-case; title case is for English only.

    Source: CSL 1.0.2, "Text-case".
    """
    if case == "title":
        return _title(text, stop_words) if english else text
    return _free(text, _CASES[case]) if case in _CASES else text


def _free(text: str, change: Callable[[str], str]) -> str:
    """Change a string outside its fixed parts; a change of the first letter sees the whole string."""
    if NOCASE not in text:
        return change(text)
    if change is _first:
        return text if text.lstrip().startswith(NOCASE) else change(text)
    return "".join(part if part.startswith(NOCASE) else change(part) for part in _SPLIT.split(text))


def _first(text: str) -> str:
    for position, char in enumerate(text):
        if char.isalnum():
            return text[:position] + _capital(char) + text[position + 1 :]
    return text


def _capital(char: str) -> str:
    upper = char.upper()
    return upper if len(upper) == 1 else char  # "ß" has no capital to stand at a word's head


def _every(text: str) -> str:
    return _WORD.sub(lambda word: _first(word[0]), text)


def _sentence(text: str) -> str:
    """Sentence case: capitals are lowered only where the whole field is in capitals."""
    return _first(text.lower() if text.isupper() else _WORD.sub(_lowered, text))


def _lowered(word: re.Match[str]) -> str:
    letters = word[0]
    return letters.lower() if letters.istitle() else letters


def _title(text: str, stop_words: frozenset[str]) -> str:
    fixed = [part.span() for part in _FIXED.finditer(text)] if NOCASE in text else []
    words = list(_WORD.finditer(text))
    out: list[str] = []
    end = 0
    for index, word in enumerate(words):
        if any(start < word.start() < stop for start, stop in fixed):
            continue
        out.append(text[end : word.start()])
        end = word.end()
        heads = index == 0 or words[index - 1][0][-1] in ":?!." or "—" in text[words[index - 1].end() : word.start()]
        out.append(_titled(word[0], heads or index == len(words) - 1, stop_words))
    out.append(text[end:])
    return "".join(out)


def _titled(word: str, always: bool, stop_words: frozenset[str]) -> str:
    """A word as it stands in title case: mixed-case words keep their letters."""
    bare = word.strip("“”‘’\"'()[]{}.,;:?!")
    if not bare or not bare.islower():
        return "-".join(_titled_part(part, stop_words) for part in word.split("-")) if "-" in bare else word
    if not always and bare in stop_words:
        return word
    if "://" in word or "@" in word or re.search(r"\w\.\w", word):
        return word
    head, *rest = word.split("-")
    return "-".join([_first(head), *(_titled_part(part, stop_words) for part in rest)])


def _titled_part(part: str, stop_words: frozenset[str]) -> str:
    return part if not part.islower() or part in stop_words else _first(part)


_CASES: dict[str, Callable[[str], str]] = {
    "lowercase": str.lower,
    "uppercase": str.upper,
    "capitalize-first": _first,
    "capitalize-all": _every,
    "sentence": _sentence,
}
