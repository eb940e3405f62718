"""Whether two spellings name the same: words British and American, journals whole and abbreviated, people.

Nothing here is shown. What is made equal is made so on both sides, so a rule may change a word
it was not meant for without harm.
"""

import re
from collections.abc import Iterable, Sequence

from litbase.domain.likeness import Ratio, title_apart, words_apart
from litbase.domain.text import fold
from litbase.domain.traits import SMALL, Person, Traits, telling, traits, words

_BRITISH: tuple[tuple[str, str], ...] = (
    (r"(behavi|col|lab|fav|hon|neighb|hum|harb|rum|vig|endeav|flav|tum|sav|rig|parl|arm)our", r"\1or"),
    (r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations|ational)$)", "iz"),
    (r"(?<=[a-z]{3})ys(?=(?:e|ed|es|ing)$)", "yz"),
    (r"ae|oe", "e"),
    (r"(?<=[a-z]{2})tre(?=s?$)", "ter"),
    (r"ll", "l"),
    (r"ogue(?=s?$)", "og"),
    (r"^ageing", "aging"),
    (r"(judg|acknowledg)ement", r"\1ment"),
    (r"^programme", "program"),
    (r"^grey", "gray"),
    (r"^sceptic", "skeptic"),
    (r"(?<=def|off|lic)ence|(?<=pret)ence", "ense"),
    (r"^practis", "practic"),
)
_RULES = tuple((re.compile(pattern), into) for pattern, into in _BRITISH)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})
_UMLAUT = re.compile(r"(?<=[aou])e")
_ALIKE = 84.0  # ratio from which two names are one with a slip in it
_SAME_PLACE = 95.0  # the same for a whole journal's name
_END = re.compile(r"\s*[:(\[=/]|\s+[–—-]\s|\.\s+(?=\S{3})")  # where a journal's subtitle or its other name begins
_REMARK = re.compile(r"(?<=\S)\s*\([^()]*\)\s*$")
_BRACKETED = re.compile(r"^(?P<own>.*\S)\s*\[(?P<other>[^\[\]]+)\]\s*$")


def spelt(text: str) -> str:
    """A text folded, its British spellings made American."""
    return re.sub(r"[a-z]{4,}", lambda word: _american(word[0]), fold(text.translate(_LETTERS)))


def _american(word: str) -> str:
    for pattern, into in _RULES:
        word = pattern.sub(into, word)
    return word


# ---- titles


def titled(title: str) -> Traits:
    """A title ready to be held against others."""
    return traits({"title": spelt(title)})


def versions(title: str) -> tuple[str, ...]:
    """A title; without a remark in parentheses behind it; and where it brings its own translation, each of the two.

    Source: APA 7, 9.38; 10.1, example 11.
    """
    found = _BRACKETED.match(title)
    remark = _REMARK.search(title)
    return (title, *((found["own"], found["other"]) if found else ()), *((title[: remark.start()],) if remark else ()))


def titles_apart(title: str, others: Iterable[str], ratio: Ratio) -> tuple[float, int]:
    """The distance of a title to the nearest of others, 0 to 1, and which of the two is the shorter.

    The second is 0 where they are alike as wholes, -1 where the title lacks a subtitle, 1 where
    the other does.
    """
    best = (1.0, 0)
    for mine in map(titled, versions(title)):
        for theirs in map(titled, others):
            apart = title_apart(mine, theirs, ratio)
            cut = apart < words_apart(mine.title, theirs.title, ratio) - 0.01 and mine.title != theirs.title
            best = min(best, (apart, (-1 if len(mine.title) < len(theirs.title) else 1) if cut else 0), key=_first)
    return best


def _first(pair: tuple[float, int]) -> tuple[float, int]:
    return pair[0], abs(pair[1])


# ---- journals and books


def same_place(name: str, others: Iterable[str], ratio: Ratio) -> bool:
    """Whether a journal's name is one of others: abbreviated, by its initials, without its subtitle."""
    return any(_same_place(name, other, ratio) for other in others)


def same_words(one: str, other: str) -> bool:
    """Whether two names are the same word for word, abbreviated or not."""
    left, right = telling(words(spelt(one))), telling(words(spelt(other)))
    return bool(left) and (left == right or _abbreviates(left, right) or _abbreviates(right, left))


def _same_place(one: str, other: str, ratio: Ratio) -> bool:
    left, right = telling(words(spelt(one))), telling(words(spelt(other)))
    if not left or not right:
        return False
    if same_words(one, other):
        return True
    if _initials_of(one, other) or _initials_of(other, one) or _begins(one, other) or _begins(other, one):
        return True
    return ratio(" ".join(left), " ".join(right)) >= _SAME_PLACE


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    return len(short) == len(long) and all(_is_cut(cut, whole) for cut, whole in zip(short, long, strict=True))


def _is_cut(cut: str, whole: str) -> bool:
    """Whether a word is another one abbreviated: Psychol, Natl, Int."""
    if whole.startswith(cut):
        return True
    letters = iter(whole)
    return cut[0] == whole[0] and 2 < len(cut) < len(whole) - 1 and all(letter in letters for letter in cut)


def _initials_of(short: str, long: str) -> bool:
    """Whether a name in capitals is another's initials: PNAS, IJP."""
    if not re.fullmatch(r"(?:[A-Z]\.?){2,8}", short.strip()):
        return False
    wanted = fold(short).replace(".", "").strip()
    known = words(long)
    whole = "".join(word[0] for word in known)
    bare = "".join(word[0] for word in known if word not in SMALL)
    return wanted in (whole, bare) or (len(wanted) > 3 and bare.startswith(wanted))


def _begins(short: str, long: str) -> bool:
    """Whether a name is another's beginning, up to a subtitle or by so many words that chance is out."""
    left = telling(words(spelt(short)))
    if len(left) > 3 and telling(words(spelt(long)))[: len(left)] == left:
        return True
    return any(telling(words(spelt(long[: found.start()]))) == left for found in _END.finditer(long))


def same_book(title: str, others: Iterable[str], ratio: Ratio) -> bool:
    """Whether a book's title is one of others, subtitles left out or not."""
    return titles_apart(title, others, ratio)[0] <= 0.12


# ---- people


def people_apart(ones: Sequence[Person], others: Sequence[Person], ratio: Ratio) -> float | None:
    """How far the first of some people is from the first of others, None where there are none.

    0: the same; 0.15: a slip in the name; 0.3: another initial, or named but not first; 1: somebody else.
    """
    if not ones or not others:
        return None
    first = _person_apart(ones[0], others[0], ratio)
    if first < 1.0:
        return first
    return 0.3 if any(_person_apart(ones[0], one, ratio) == 0.0 for one in others[1:]) else 1.0


def _person_apart(one: Person, other: Person, ratio: Ratio) -> float:
    if one.group or other.group:
        return _group_apart(one, other, ratio)
    if not _same_family(one, other):
        near = ratio(one.family, other.family)
        slip = near >= _ALIKE and one.family[:1] == other.family[:1] and len(one.family) > 3
        return 0.15 if slip and set(one.initials) & set(other.initials or one.initials) else 1.0
    known = bool(one.initials and other.initials)
    return 0.3 if known and not set(one.initials) & set(other.initials) else 0.0


def _same_family(one: Person, other: Person) -> bool:
    left, right = one.family.translate(_LETTERS), other.family.translate(_LETTERS)
    if left == right or _UMLAUT.sub("", left) == _UMLAUT.sub("", right):
        return True
    # Names written the other way about, and one part of a double name.
    if right == one.given or left == other.given:
        return True
    short, long = sorted((left, right), key=len)
    return len(short) > 4 and (long.endswith(short) or long.startswith(short)) and len(long) - len(short) > 2


def _group_apart(one: Person, other: Person, ratio: Ratio) -> float:
    if one.group and other.group:
        left, right = one.family.split(), other.family.split()
        initials = "".join(word[0] for word in left), "".join(word[0] for word in right)
        within = set(left) <= set(right) or set(right) <= set(left)
        named = one.family in (initials[1], other.family) or other.family == initials[0]
        return 0.0 if within or named or ratio(one.family, other.family) >= 90 else 1.0
    group, person = (one, other) if one.group else (other, one)
    # A whole name that was not taken apart.
    whole = "".join(group.family.split())
    return 0.0 if person.family and (person.family in group.family.split() or person.family == whole) else 1.0
