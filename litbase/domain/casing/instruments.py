"""Names of tests and of studies: the Kind Words Scale, the Zurich Cohort Study."""

from litbase.domain.casing.form import MINOR, is_close, is_joint
from litbase.domain.casing.lexicon import Words
from litbase.domain.casing.tokens import Stretch, Tokens, bag

INSTRUMENTS = bag("inventory questionnaire checklist scale scales inventories")
MEASURES = bag("test tests index interview schedule profile instrument measure task battery screen screener")
EDITIONED = INSTRUMENTS | MEASURES
# What may follow an instrument's name after a dash or a comma.
_VERSIONS = bag(
    "first second third fourth fifth sixth edition revised short long brief form version screening "
    "restructured modified extended ii iii iv parent child adult adolescent teacher self report"
)
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
RESEARCH = bag("study studies cohort registry panel")
_COHORT_WORDS = bag(
    "longitudinal collaborative group multicenter multicentre heart health aging ageing birth twin family "
    "prospective development growth cohort risk"
)
# Words that make a study any study, even where a subtitle is "The … Study".
_GENERIC_RESEARCH = bag(
    "present current pilot case follow longitudinal comparative qualitative prospective retrospective "
    "scientific historical empirical experimental clinical new first second third next systematic academic "
    "critical"
)
# What one has from a piece of research with a name.
_YIELD = bag("results findings evidence data lessons insights report estimates analyses")
# What has initials without being a name.
_AILMENTS = bag("disorder disorders syndrome disease therapy treatment training deficit injury")


def instrument(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Depression Anxiety Stress Scale, Beck's Hopelessness Scale, the Warmth Test (WT)."""
    begin = run_begin(tokens, index)
    length = index - begin
    if not length:
        return None
    first = tokens.lowers[begin]
    definite = begin > 0 and tokens.lowers[begin - 1] == "the"
    if definite and (end := _abbreviated(tokens, begin, index)):
        return begin, end
    named = first in words.names and not words.names[first].isupper()
    foreign = first in words.slots["peoples"] or first in words.slots["places"]
    if tokens.lowers[index] in INSTRUMENTS:
        generic = tokens.lowers[index - 1] in _GENERIC
        told = (named and (length > 1 or not foreign)) or (definite and length > 1 and not generic)
    else:
        told = named and definite and length > 1
    return (begin, index + 1) if told else None


def run_begin(tokens: Tokens, index: int) -> int:
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


def edition_end(tokens: Tokens, index: int) -> int:
    """The end of what follows an instrument's name: Scale–Fourth Edition, Inventory-Revised, Index, Short Form."""
    end = index + 1
    if end < len(tokens.words) and (is_joint(tokens.gaps[end]) or tokens.gaps[end] == ", "):
        while end < len(tokens.words) and tokens.lowers[end] in _VERSIONS and tokens.gaps[end] != ": ":
            end += 1
    return end


def bracketed(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Warm Homes Experience (WHE) Study: initials between a name and its noun."""
    for bracket in range(index, max(index - 4, 0), -1):
        if tokens.gaps[bracket].startswith(")"):
            break
    else:
        return None
    end = bracket - 1
    begin = end
    abbreviation = tokens.lowers[end]
    while begin and not tokens.starts[begin] and begin > end - 9 and tokens.lowers[begin - 1] != "the":
        begin -= 1
    if not begin or tokens.lowers[begin - 1] != "the" or tokens.lowers[end - 1] in _AILMENTS:
        return None
    initials = "".join(lower[0] for lower in tokens.lowers[begin:end] if lower not in MINOR)
    alike = initials.startswith(abbreviation) or abbreviation[:2] == initials[:2]
    if len(abbreviation) < 2 or not (alike or (len(abbreviation) > 3 and abbreviation[0] == initials[:1])):
        return None
    return begin, index + 1 if bracket == index else end


def research(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Zurich Cohort Study, findings from the Healthy Towns Survey, a subtitle "The Blue Door Study".

    But no stretch for the Swedish study, nor for the present study.
    """
    if stretch := bracketed(tokens, index, words):
        return stretch
    begin = run_begin(tokens, index)
    first = tokens.lowers[begin]
    if begin == 0 or tokens.lowers[begin - 1] != "the":
        return None
    named = first in words.names and not words.names[first].isupper()
    told = named and any(lower in _COHORT_WORDS for lower in tokens.lowers[begin + 1 : index])
    if index - begin > 1 and begin > 2 and tokens.lowers[begin - 2] == "from":
        told = told or tokens.lowers[begin - 3] in _YIELD
    if index - begin > 1 and tokens.starts[begin - 1] and begin > 1 and not words.names.get(first, "").isupper():
        told = told or (_ends_sentence(tokens, index) and first not in _GENERIC_RESEARCH)
    return (begin, _subject_end(tokens, index)) if told else None


def _subject_end(tokens: Tokens, index: int) -> int:
    """The end of what a study with a name is of: the Bonn Longitudinal Study of Ageing, … on Health and Ageing."""
    end = index + 1
    if tokens.lowers[end : end + 1] not in (["of"], ["on"]) or end + 1 >= len(tokens.words):
        return end
    if tokens.starts[end + 1] or tokens.gaps[end + 1] != " " or tokens.lowers[end + 1] in MINOR:
        return end
    end += 2
    if tokens.lowers[end : end + 1] == ["and"] and end + 1 < len(tokens.words) and tokens.gaps[end] == " ":
        end += 2
    return end


def _ends_sentence(tokens: Tokens, index: int) -> bool:
    return index + 1 == len(tokens.words) or tokens.starts[index + 1]
