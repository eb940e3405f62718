"""Whether two items are the same work: named distances, one score made of them, and a verdict.

Every distance is between 0 (the same) and 1 (nothing alike), or None where one of the two does
not tell. What is not told counts neither for nor against; what is, by its weight.
"""

from collections import Counter
from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

from litbase.domain.traits import SMALL, Person, Traits, numbers, telling

Ratio: TypeAlias = Callable[[str, str], float]
"""How alike two strings are, from 0 to 100; case and diacritics are gone already."""

Verdict: TypeAlias = Literal["same", "maybe", "other"]

SAME, MAYBE = 88.0, 74.0  # scores from which two works may be the same, or are worth a look
_ALIKE = 84.0  # ratio from which two words are one with a slip in it


class Distances(NamedTuple):
    """How far two items are apart, trait by trait."""

    title: float
    author: float | None
    year: float | None
    container: float | None
    pages: float | None
    edition: float | None
    kind: float | None
    identifier: float | None


WEIGHTS = Distances(title=50, author=24, year=8, container=8, pages=8, edition=8, kind=5, identifier=4)


class Likeness(NamedTuple):
    """Two items compared: the distances, the score from 0 to 100, and what follows from both."""

    distances: Distances
    score: float
    verdict: Verdict


def compare(one: Traits, other: Traits, ratio: Ratio) -> Likeness:
    """How alike two works are, and whether they are one.

    "same": they may be united once a person has looked; "maybe": alike, with something that speaks
    against it (another journal, an edition, a year far off); "other": two works.
    """
    apart = Distances(
        title_apart(one, other, ratio),
        author_apart(one.people, other.people, ratio),
        _year_apart(one.year, other.year),
        _container_apart(one, other, ratio),
        _pages_apart(one, other),
        _edition_apart(one, other),
        _kind_apart(one.kind, other.kind),
        _identifier_apart(one, other),
    )
    score = scored(apart)
    return Likeness(apart, score, _verdict(apart, score, one, other))


def scored(apart: Distances) -> float:
    """The score of distances, from 0 to 100: what is told, by its weight."""
    told = [(weight, distance) for weight, distance in zip(WEIGHTS, apart, strict=True) if distance is not None]
    whole = sum(float(weight or 0) for weight, _ in told)
    return round(100 * (1 - sum(float(weight or 0) * distance for weight, distance in told) / whole), 1)


def _verdict(apart: Distances, score: float, one: Traits, other: Traits) -> Verdict:
    if one.doi and one.doi == other.doi and apart.title < 0.5:
        return "same"
    if score < MAYBE or apart.title > 0.3:
        return "other"
    speaks_against = (
        score < SAME,
        apart.title > (0.12 if apart.container is None or apart.container < 0.3 else 0.0),
        apart.author is not None and apart.author > 0.35,
        apart.year is not None and apart.year > 0.15,
        apart.edition is not None and apart.edition > 0.5,
        apart.kind is not None and apart.kind > 0.5,
        apart.container is not None and apart.container > 0.5,
        apart.pages is not None and apart.pages > 0.5,
        not _known_enough(apart, one, other),
    )
    return "maybe" if any(speaks_against) else "same"


def _known_enough(apart: Distances, one: Traits, other: Traits) -> bool:
    """Whether more than a title speaks for it: an author, and the place too where the title is a mere heading."""
    contained = apart.container is not None and apart.container <= 0.1
    paged = bool(one.page) and one.page == other.page and one.volume == other.volume
    heading = is_heading(one) or is_heading(other)
    if apart.author is None:
        return (contained and paged) or (contained and not apart.title and not heading)
    return contained or paged or not heading


def is_heading(work: Traits) -> bool:
    """Whether a title may stand over many works: "Introduction", the journal's own name; a book's never does."""
    known = telling(work.title)
    short = len(known) < 3 and sum(map(len, known)) < 18
    return work.kind != "book" and (short or work.title == work.container)


# ---- titles


def title_apart(one: Traits, other: Traits, ratio: Ratio) -> float:
    """The distance of two titles; that of a subtitle left out is small, that of another number large."""
    if not one.title or not other.title:
        return 1.0
    if "".join(one.title) == "".join(other.title):
        return 0.0
    whole = words_apart(one.title, other.title, ratio)
    if one.numbers != other.numbers:
        whole = max(whole, 0.5)
    return min(whole, _without_subtitle(one, other, ratio), _without_subtitle(other, one, ratio))


def _without_subtitle(short: Traits, long: Traits, ratio: Ratio) -> float:
    """The distance of a title to the other up to one of its subtitles; 1 where it is no such part of it."""
    best = 1.0
    for count in long.breaks:
        part = long.title[:count]
        if not len(short.title) - 1 <= count <= len(short.title) + 1 or numbers(part) != short.numbers:
            continue
        slips = 0.0 if "".join(part) == "".join(short.title) else words_apart(short.title, part, ratio)
        # A title of a single word says little by itself.
        if slips < 0.2 and (not slips or len(telling(part)) > 1):
            best = min(best, slips + (0.04 if len(telling(part)) > 1 else 0.1))
    return best


def words_apart(one: tuple[str, ...], other: tuple[str, ...], ratio: Ratio) -> float:
    """The share of words that stand in one of two texts only; small words hardly count, slips a little."""
    left, right = Counter(one), Counter(other)
    only_left, only_right = left - right, right - left
    slips = 0
    for word in [word for word in only_left if len(word) > 3]:
        near = max(only_right, key=lambda found: ratio(word, found), default="")
        if near and _one_with_a_slip(word, near, ratio):
            only_left.subtract([word])
            only_right.subtract([near])
            only_left, only_right = +only_left, +only_right
            slips += 1
    whole = _weight(left) + _weight(right)
    unlike = (_weight(only_left) + _weight(only_right)) / whole if whole else 1.0
    if any(word not in SMALL for word in only_left) and any(word not in SMALL for word in only_right):
        # A word in the place of another: works of one person are often called alike but for one.
        unlike = max(unlike, 0.2)
    turned = 0.05 if not only_left and not only_right and not slips and one != other else 0.0
    return min(1.0, unlike + turned + 0.2 * slips / max(len(one), 1))


# Where one letter makes the opposite.
_OPPOSED = (("inter", "intra"), ("hyper", "hypo"), ("macro", "micro"), ("extro", "intro"), ("endo", "ecto"))


def _one_with_a_slip(word: str, other: str, ratio: Ratio) -> bool:
    """Whether two words are one mistyped, or its plural: they begin alike and differ little."""
    if word[0] != other[0] or len(other) < 4 or word.isdigit() or ratio(word, other) < _ALIKE:
        return False
    return not any(
        (word.startswith(this) and other.startswith(that)) or (word.startswith(that) and other.startswith(this))
        for this, that in _OPPOSED
    )


def _weight(words: Counter[str]) -> float:
    return sum(count * (0.15 if word in SMALL else 1.0) for word, count in words.items())


# ---- people


def author_apart(ones: tuple[Person, ...], others: tuple[Person, ...], ratio: Ratio) -> float | None:
    """The distance of two lists of names: by the first of each, and the second where both have one."""
    if not ones or not others:
        return None
    first = person_apart(ones[0], others[0], ratio)
    if first >= 0.5:
        # The same people in another order.
        crossed = min(person_apart(ones[0], one, ratio) for one in others)
        return min(first, 0.3 + crossed) if crossed < 0.2 else first
    if len(ones) > 1 and len(others) > 1:
        seconds = min(person_apart(ones[1], one, ratio) for one in others[1:])
        return min(1.0, first + (0.3 if seconds >= 0.5 else 0.0))
    return first


def person_apart(one: Person, other: Person, ratio: Ratio) -> float:
    """The distance of two names: initials for a given name are no difference, another initial is."""
    if one.family != other.family:
        near = ratio(one.family, other.family)
        if near < _ALIKE or one.family[:1] != other.family[:1]:
            return 1.0
        slip = 0.15
    else:
        slip = 0.0
    if one.group or other.group or not one.initials or not other.initials:
        return slip
    shared = min(len(one.initials), len(other.initials))
    if one.initials[:shared] != other.initials[:shared]:
        return max(slip, 0.7 if one.initials[0] != other.initials[0] else 0.3)
    if one.given and other.given and one.given != other.given and not _short_for(one.given, other.given):
        return max(slip, 0.5 if ratio(one.given, other.given) < _ALIKE else 0.1)
    return slip


def _short_for(one: str, other: str) -> bool:
    """Whether one given name is the beginning of the other: Dan and Daniel."""
    return one.startswith(other) or other.startswith(one)


# ---- the rest


def _year_apart(one: int | None, other: int | None) -> float | None:
    if one is None or other is None:
        return None
    # Online and print differ by one, seldom by two.
    return {0: 0.0, 1: 0.1, 2: 0.4}.get(abs(one - other), 1.0)


def _container_apart(one: Traits, other: Traits, ratio: Ratio) -> float | None:
    if not one.container or not other.container:
        return _publisher_apart(one, other)
    first, second = telling(one.container), telling(other.container)
    if first == second or abbreviates(first, second) or abbreviates(second, first):
        return 0.0
    # A chapter's book with and without its subtitle.
    if min(len(first), len(second)) > 1 and first[: len(second)] == second[: len(first)]:
        return 0.1
    near = ratio(" ".join(first), " ".join(second))
    return 0.1 if near >= 90 else 1.0 if near < 60 else (100 - near) / 40


def _publisher_apart(one: Traits, other: Traits) -> float | None:
    """The distance of two books by their houses: another one speaks a little against, for it may be an imprint."""
    if one.kind != "book" or other.kind != "book" or not one.publisher or not other.publisher:
        return None
    return 0.0 if set(telling(one.publisher)) & set(telling(other.publisher)) else 0.4


def abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether a name is the other with its words cut: "J Couns Psychol" and "Journal of Counseling Psychology"."""
    return len(short) == len(long) and all(whole.startswith(cut) for cut, whole in zip(short, long, strict=True))


def _pages_apart(one: Traits, other: Traits) -> float | None:
    if one.page and other.page:
        return 0.0 if one.page == other.page else 1.0
    if one.volume and other.volume:
        return 0.0 if one.volume == other.volume else 0.7
    return None


def _edition_apart(one: Traits, other: Traits) -> float | None:
    if not one.edition and not other.edition:
        return None
    if one.edition and other.edition:
        return 0.0 if one.edition == other.edition else 1.0
    # A first edition goes unnamed, and so does one that somebody did not write down.
    return 0.6


# Types that records of one work are given by turns; any goes with none and with "document".
_KINDS = (
    frozenset({"article-journal", "article", "article-magazine", "article-newspaper", "paper-conference", "review"}),
    frozenset({"book", "report", "thesis", "classic"}),
    frozenset({"chapter", "entry", "entry-encyclopedia", "entry-dictionary", "paper-conference"}),
    frozenset({"webpage", "post", "post-weblog", "article", "report"}),
)


def _kind_apart(one: str, other: str) -> float | None:
    if one == other:
        return 0.0
    if {one, other} & {"", "document"} or any(one in kinds and other in kinds for kinds in _KINDS):
        return 0.3
    return 1.0


def _identifier_apart(one: Traits, other: Traits) -> float | None:
    """0 for the same DOI, or for two books with an ISBN in common; 0.5 for others, for a work may have several."""
    if one.doi and other.doi:
        return 0.0 if one.doi == other.doi else 0.5
    if one.kind == other.kind == "book" and one.isbns and other.isbns:
        return 0.0 if one.isbns & other.isbns else 0.5
    return None
