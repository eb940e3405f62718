"""Names that no list holds, but that can be told by the kind of noun they end or begin with.

A pattern looks at the words around such a noun and answers with the stretch of words that is
a name, or with none. Each is one function and one line in `_PATTERNS`.
"""

from collections.abc import Callable
from typing import TypeAlias

from litbase.domain.casing.form import MINOR, is_close
from litbase.domain.casing.kinship import is_ordinary
from litbase.domain.casing.lexicon import Words
from litbase.domain.casing.phrases import Claims
from litbase.domain.casing.tokens import Tokens, bag

# From the first word of a name to the one after its last.
Stretch: TypeAlias = tuple[int, int]
Pattern: TypeAlias = Callable[[Tokens, int, Words], Stretch | None]

_INSTRUMENTS = bag("inventory questionnaire checklist scale scales inventories")
_MEASURES = bag("test tests index interview schedule profile instrument measure task battery screen screener")
# Words that make an instrument any instrument: a rating scale, a self-report questionnaire.
_GENERIC = bag(
    "rating likert visual analog analogue short brief new numeric ordinal interval report item screening "
    "response large small full time multi economic global wide single point psychometric personality "
    "assessment scale test"
)
# What is done with an instrument, as opposed to what it is called.
_ABOUT = bag(
    "validity validation reliability structure use uses development properties construction evaluation "
    "assessment measurement history translation utility role effect effects impact analysis study review "
    "administration performance version norms standardization standardisation adaptation comparison "
    "invariance application factor evidence"
)
_LINKS = bag("of for and with to in toward towards on")
_RESEARCH = bag("study studies cohort registry panel")
_COHORT_WORDS = bag(
    "longitudinal collaborative group multicenter multicentre heart health aging ageing birth twin family "
    "prospective development growth cohort risk"
)
# Words that make a study any study, even where a subtitle is "The … Study".
_GENERIC_RESEARCH = bag(
    "present current pilot case follow longitudinal comparative qualitative prospective retrospective scientific "
    "historical empirical experimental clinical new first second third next systematic academic critical"
)
# What one has from a piece of research with a name.
_YIELD = bag("results findings evidence data lessons insights report estimates analyses")
_BODIES = bag(
    "association society academy college institute institutes council federation foundation organization "
    "organisation union commission agency committee bureau department ministry administration service league "
    "center centre survey"
)
# Those that are on something: a council on ageing, but no association on violence.
_DELIBERATE = bag("institute council commission committee center centre agency")
_BODY_OPENERS = bag(
    "american national international canadian british world european royal australian irish scottish federal u.s."
)
_DIRECTIONS = bag(
    "north south east west northern southern eastern western northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern central greater upper lower inner outer mainland"
)
_FEATURES = bag(
    "university college county island islands river valley province peninsula sea ocean street avenue bridge "
    "hospital bay lake mountain mountains desert strait canal gulf harbor harbour heights coast basin "
    "reservation park square"
)
# Features of the land, which peoples and given names name too: the Hawaiian Islands, James Bay.
_LANDSCAPE = bag("island islands peninsula sea ocean bay gulf coast mountain mountains desert reservation")
_BEFORE_NAMES = bag("lake mount fort port cape san santa los las el hurricane cyclone typhoon camp")
_PERIODICALS = bag("journal archives annals bulletin proceedings")


def claim_patterns(tokens: Tokens, words: Words, claimed: Claims) -> None:
    """Claim every word that some pattern takes for part of a name."""
    for index, lower in enumerate(tokens.lowers):
        pattern = _PATTERNS.get(lower)
        if pattern is None or claimed[index] is not None or tokens.words[index][0].islower():
            continue
        stretch = pattern(tokens, index, words)
        if stretch is not None:
            _claim(tokens, *stretch, words, claimed)


def _claim(tokens: Tokens, begin: int, end: int, words: Words, claimed: Claims) -> None:
    for index in range(begin, end):
        word, lower = tokens.words[index], tokens.lowers[index]
        if claimed[index] is None:
            if lower in MINOR and index > begin and len(lower) < 4:
                claimed[index] = lower
            else:
                claimed[index] = words.names.get(lower) or _raised(word, lower, tokens)


def _raised(word: str, lower: str, tokens: Tokens) -> str:
    """A word with a capital; capitals of its own it keeps, unless all the title is in capitals."""
    shouted = word.isupper() and all(near == near.upper() for near in tokens.words)
    return lower[0].upper() + (lower if shouted else word)[1:]


def _instrument(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Depression Anxiety Stress Scale, Beck's Hopelessness Scale, the Warmth Test (WT)."""
    begin = _run_begin(tokens, index)
    length = index - begin
    if not length:
        return None
    first = tokens.lowers[begin]
    definite = begin > 0 and tokens.lowers[begin - 1] == "the"
    if definite and (end := _abbreviated(tokens, begin, index)):
        return begin, end
    named = first in words.names and not words.names[first].isupper()
    foreign = first in words.slots["peoples"] or first in words.slots["places"]
    if tokens.lowers[index] in _INSTRUMENTS:
        generic = tokens.lowers[index - 1] in _GENERIC
        told = (named and (length > 1 or not foreign)) or (definite and length > 1 and not generic)
    else:
        told = named and definite and length > 1
    return (begin, index + 1) if told else None


def _run_begin(tokens: Tokens, index: int) -> int:
    """Where the capitalised words that lead up to a noun begin; `index` where there are none."""
    begin = index
    while begin and index - begin < 7 and not tokens.starts[begin] and is_close(tokens.gaps[begin]):
        before = tokens.lowers[begin - 1]
        if before in MINOR:
            further = tokens.lowers[begin - 2] if begin > 1 else ""
            if before not in _LINKS or begin == index or not further or further in _ABOUT or further in MINOR:
                break
        elif before in _ABOUT or tokens.words[begin - 1][0].islower():
            break
        begin -= 1
    while begin < index and tokens.lowers[begin] in MINOR:
        begin += 1
    return begin


def _abbreviated(tokens: Tokens, begin: int, index: int) -> int:
    """The end of an instrument's name whose initials follow it in brackets; 0 where none do.

    The name may say for whom it is first: the Warmth Screen for Adults (WSA).
    """
    end = index + 1
    while end < len(tokens.words) and end < index + 5 and is_close(tokens.gaps[end]):
        end += 1
    if end >= len(tokens.words) or not tokens.gaps[end].endswith("("):
        return 0
    initials = "".join(lower[0] for lower in tokens.lowers[begin:end] if lower not in MINOR)
    abbreviation = tokens.lowers[end]
    told = len(abbreviation) > 1 and (initials.startswith(abbreviation) or abbreviation.startswith(initials))
    return end if told else 0


def _research(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Zurich Cohort Study, findings from the Healthy Towns Survey, a subtitle "The Blue Door Study".

    But no stretch for the Swedish study, nor for the present study.
    """
    begin = _run_begin(tokens, index)
    first = tokens.lowers[begin]
    if begin == 0 or tokens.lowers[begin - 1] != "the":
        return None
    named = first in words.names and not words.names[first].isupper()
    told = named and any(lower in _COHORT_WORDS for lower in tokens.lowers[begin + 1 : index])
    if index - begin > 1 and begin > 2 and tokens.lowers[begin - 2] == "from":
        told = told or tokens.lowers[begin - 3] in _YIELD
    if index - begin > 1 and tokens.starts[begin - 1] and begin > 1 and not words.names.get(first, "").isupper():
        told = told or (_ends_sentence(tokens, index) and first not in _GENERIC_RESEARCH)
    return (begin, index + 1) if told else None


def _ends_sentence(tokens: Tokens, index: int) -> bool:
    return index + 1 == len(tokens.words) or tokens.starts[index + 1]


def _survey(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """A survey may be an instrument, a body's undertaking, or a piece of research."""
    return _research(tokens, index, words) or _body(tokens, index, words) or _instrument(tokens, index, words)


def _act(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Mental Health Act, the Canada Health Act, the Education Act of 1944."""
    begin = _run_begin(tokens, index)
    definite = begin > 0 and tokens.lowers[begin - 1] == "the"
    if not definite or begin == index:
        return None
    after = tokens.lowers[index + 1 : index + 3]
    dated = any(lower.isdigit() and len(lower) == 4 for lower in after)
    told = dated or tokens.lowers[begin] in words.names or index - begin > 1
    return (begin, index + 1) if told else None


def _body(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The National Centre for Bees, the Canadian Sailing Association; but not American society."""
    begin = index
    while begin and index - begin < 6 and is_close(tokens.gaps[begin]) and tokens.lowers[begin] not in _BODY_OPENERS:
        before = tokens.lowers[begin - 1]
        if before not in _LINKS and (before in MINOR or tokens.words[begin - 1][0].islower()):
            break
        begin -= 1
    if begin == index or tokens.lowers[begin] not in _BODY_OPENERS:
        return None
    if begin and tokens.lowers[begin - 1] in ("a", "an"):
        return None
    end = _tail(tokens, index)
    return (begin, end) if index - begin > 1 or end > index + 1 else None


def _tail(tokens: Tokens, index: int) -> int:
    """The end of what a body is for: "of Music", "for Clinical Research"."""
    end = index + 1
    if end + 1 >= len(tokens.words) or tokens.lowers[end] not in ("of", "for", "on"):
        return end
    if tokens.lowers[end] == "on" and tokens.lowers[index] not in _DELIBERATE:
        return end
    if tokens.gaps[end] != " " or tokens.gaps[end + 1] != " " or tokens.lowers[end + 1] in MINOR:
        return end
    end += 2
    if tokens.lowers[end - 1].endswith(("al", "ic", "ive", "ary")) and end < len(tokens.words):
        end += tokens.gaps[end] == " "
    return end


def _direction(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """Western Europe, Greater Vancouver, South-East Asia; but a word before no place is none."""
    following = index + 1
    while following < len(tokens.words) and tokens.gaps[following] in (" ", "-"):
        lower = tokens.lowers[following]
        if lower in words.slots["places"] or lower in words.slots["peoples"]:
            return index, following
        if lower not in _DIRECTIONS:
            return None
        following += 1
    return None


def _feature(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """Orange County, Ohio State University, the University of Ulm."""
    if tokens.lowers[index] == "university" and tokens.lowers[index + 1 : index + 2] == ["of"]:
        target = tokens.lowers[index + 2 : index + 3]
        if target and target[0] not in MINOR and (target[0] in words.names or target[0] not in words.common):
            return index, index + 3
    if not index or tokens.starts[index] or tokens.gaps[index] != " ":
        return None
    before = tokens.lowers[index - 1]
    if before == "state" and index > 1:
        return (index - 1, index + 1) if tokens.lowers[index - 2] in words.slots["places"] else None
    named = before in words.slots["places"] or (before in words.names and before in words.slots["surnames"])
    if tokens.lowers[index] in _LANDSCAPE:
        named = named or (
            before in words.names and (before in words.slots["peoples"] or before in words.slots["given"])
        )
    return (index - 1, index + 1) if named else None


def _before_name(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """Lake Como, Santa Lucia, Hurricane Ida."""
    following = index + 1
    if following >= len(tokens.words) or tokens.gaps[following] != " " or tokens.words[following][0].islower():
        return None
    lower = tokens.lowers[following]
    told = lower in words.names or lower in words.slots["given"] or lower not in words.common
    return (index, following + 1) if told and lower not in MINOR else None


def _undertaking(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """Project BREATHE, Operation Quetzal: named by capitals, or by a word that is no other word."""
    following = index + 1
    if following >= len(tokens.words) or tokens.gaps[following] != " ":
        return None
    word, lower = tokens.words[following], tokens.lowers[following]
    told = not words.is_plain(lower) and not is_ordinary(lower, words.common)
    return (index, following + 1) if told or (word.isupper() and not tokens.words[index].isupper()) else None


def _periodical(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Journal of Bees: its name goes on to the end of the sentence."""
    if tokens.lowers[index + 1 : index + 2] != ["of"] or tokens.starts[index]:
        return None
    end = index + 2
    while end < len(tokens.words) and not tokens.starts[end] and is_close(tokens.gaps[end]):
        end += 1
    return (index, end) if end > index + 2 and tokens.lowers[index + 2] not in ("a", "an", "my") else None


_PATTERNS: dict[str, Pattern] = {
    **dict.fromkeys(_INSTRUMENTS | _MEASURES, _instrument),
    **dict.fromkeys(_RESEARCH, _research),
    **dict.fromkeys(("survey",), _survey),
    **dict.fromkeys(("act",), _act),
    **dict.fromkeys(_FEATURES, _feature),
    **dict.fromkeys(_BODIES - {"college"}, _body),
    **dict.fromkeys(_DIRECTIONS, _direction),
    **dict.fromkeys(_BEFORE_NAMES, _before_name),
    **dict.fromkeys(("project", "operation"), _undertaking),
    **dict.fromkeys(_PERIODICALS, _periodical),
}
