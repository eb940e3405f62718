"""Names of several words: phrases the lists know, and kinds of names that a pattern can tell.

Each function writes the right form of the words it is sure of into `claimed`.
"""

from litbase.domain.casing.form import MINOR, is_close, is_joint
from litbase.domain.casing.lexicon import Phrases, Words
from litbase.domain.casing.tokens import Tokens, bag

Claims = list[str | None]

_INSTRUMENTS = bag("inventory questionnaire checklist scale scales inventories battery")
# Nouns that are instruments only where a name or a nation says whose they are.
_NAMED_KINDS = bag("test tests survey index interview schedule profile instrument measure task") | _INSTRUMENTS
# Adjectives with which an instrument is any instrument: a rating scale, a self-report questionnaire.
_GENERIC = bag(
    "rating likert visual analog analogue short brief new numeric ordinal interval report item screening response "
    "large small full time multi economic global wide single point psychometric personality assessment"
)
_INNER = bag("of for and with to in toward towards")
# What is done with an instrument, as opposed to what it is called.
_ABOUT = bag(
    "validity validation reliability structure use uses development properties construction evaluation assessment "
    "measurement history translation utility role effect effects impact analysis study review test administration "
    "performance version norms standardization standardisation adaptation comparison invariance application "
    "factor psychometrics evidence"
)
_BODIES = bag(
    "association society academy college institute institutes council federation foundation organization "
    "organisation union commission agency committee board bureau department ministry administration service "
    "corporation trust league congress parliament senate army navy guard library museum consortium network"
)
_BODY_OPENERS = bag(
    "american national international canadian british world european royal australian african asian indian united "
    "federal u.s. us irish scottish german french japanese chinese"
)
_BODY_LINKS = bag("of for on and in to against")
_FEATURES = bag(
    "university college county island islands river valley province peninsula sea ocean street avenue bridge "
    "hospital bay lake mountain mountains desert strait canal gulf harbor harbour heights coast state territory "
    "district"
)
_DIRECTIONS = bag(
    "north south east west northern southern eastern western northeast northwest southeast southwest northeastern "
    "northwestern southeastern southwestern central greater upper lower inner outer mainland"
)


def claim_phrases(tokens: Tokens, phrases: Phrases, words: Words, claimed: Claims, shouted: bool) -> None:
    """Claim the words of known phrases, the longest at each place first."""
    lowers = tokens.lowers
    index = 0
    while index < len(lowers):
        lower = lowers[index]
        found = phrases.get(lower)
        if found is None and lower[0].isdigit():
            found = phrases.get("0")
        index += _claim_one(tokens, index, found, words, claimed, shouted) if found else 1


def _claim_one(
    tokens: Tokens,
    index: int,
    phrases: list[tuple[tuple[str, ...], tuple[str, ...]]],
    words: Words,
    claimed: Claims,
    shouted: bool,
) -> int:
    """Claim the first phrase that fits at `index`; how many words to go on by."""
    for rest, forms in phrases:
        if not _fits(tokens, index, rest, words):
            continue
        if not shouted and any(
            form[:1].isupper() and tokens.words[index + offset][0].islower() for offset, form in enumerate(forms)
        ):
            continue
        for offset, form in enumerate(forms):
            if form and claimed[index + offset] is None:
                claimed[index + offset] = form
        # The last word may begin the next phrase: "in Turkey and Greece".
        return max(1, len(rest))
    return 1


def _fits(tokens: Tokens, index: int, rest: tuple[str, ...], words: Words) -> bool:
    if index + len(rest) >= len(tokens.lowers):
        return False
    for offset, wanted in enumerate(rest, index + 1):
        lower = tokens.lowers[offset]
        if lower != wanted and not (
            (wanted == "0" and lower.isdigit()) or (wanted[0] == "{" and lower in words.slots.get(wanted[1:-1], ()))
        ):
            return False
        if not is_close(tokens.gaps[offset]):
            return False
    return True


def claim_patterns(tokens: Tokens, words: Words, claimed: Claims) -> None:
    """Claim what is a name by its pattern: instruments, bodies, places with a direction or a feature."""
    for index, lower in enumerate(tokens.lowers):
        if claimed[index] is not None and lower not in _NAMED_KINDS:
            continue
        if lower in _NAMED_KINDS:
            _claim_instrument(tokens, index, words, claimed)
        elif lower in _BODIES:
            _claim_body(tokens, index, words, claimed)
        elif lower in _DIRECTIONS:
            _claim_direction(tokens, index, words, claimed)
        elif lower in _FEATURES:
            _claim_feature(tokens, index, words, claimed)


def _claim(tokens: Tokens, begin: int, end: int, words: Words, claimed: Claims) -> None:
    for index in range(begin, end):
        if claimed[index] is not None:
            continue
        lower = tokens.lowers[index]
        if lower in ("of", "for", "and", "in", "on", "to", "the", "by", "at", "as") and index > begin:
            claimed[index] = lower
        else:
            claimed[index] = _raised(tokens.words[index], lower, words)


def _raised(word: str, lower: str, words: Words) -> str:
    if lower in words.names:
        return words.names[lower]
    if word.isupper():
        return lower[0].upper() + lower[1:]
    return word[0].upper() + word[1:]


def _claim_instrument(tokens: Tokens, index: int, words: Words, claimed: Claims) -> None:
    """The Depression Anxiety Stress Scale, the Beck Hopelessness Scale, a Satisfaction Scale (SWLS)."""
    begin = _run_begin(tokens, index)
    if begin >= index or tokens.words[index][0].islower():
        return
    named = tokens.lowers[begin] in words.names and tokens.lowers[begin] not in _GENERIC
    definite = begin > 0 and tokens.lowers[begin - 1] == "the" and not tokens.starts[begin]
    strong = tokens.lowers[index] in _INSTRUMENTS
    generic = tokens.lowers[index - 1] in _GENERIC and not named
    bracketed = (
        tokens.gaps[index + 1].endswith("(") and index + 1 < len(tokens.words) and tokens.words[index + 1].isupper()
    )
    whose = index - begin == 1 and named and not strong  # the Stanford test is no test's name, the Stroop Test is
    if (
        (named and not whose and (strong or definite))
        or (not generic and strong and definite and index - begin > 1)
        or (bracketed and definite)
    ):
        _claim(tokens, begin, index + 1, words, claimed)


def _run_begin(tokens: Tokens, index: int) -> int:
    """Where the capitalised words that lead up to an instrument's noun begin."""
    begin = index
    while begin and index - begin < 7 and not tokens.starts[begin]:
        before = tokens.lowers[begin - 1]
        if not is_close(tokens.gaps[begin]):
            break
        if before in MINOR:
            if (
                before not in _INNER
                or begin < 2
                or begin == index
                or tokens.lowers[begin - 2] in _ABOUT
                or tokens.lowers[begin - 2] in MINOR
            ):
                break
        elif tokens.words[begin - 1][0].islower() or before in _ABOUT:
            break
        begin -= 1
    while begin < index and tokens.lowers[begin] in MINOR:
        begin += 1
    return begin


def _claim_body(tokens: Tokens, index: int, words: Words, claimed: Claims) -> None:
    """The National Institute of …, the American Academy of …, the Canadian Psychological Association."""
    begin = index
    while begin and index - begin < 6 and is_close(tokens.gaps[begin]) and tokens.lowers[begin] not in _BODY_OPENERS:
        before = tokens.lowers[begin - 1]
        if (before in MINOR and before not in _BODY_LINKS) or (
            tokens.words[begin - 1][0].islower() and before not in _BODY_LINKS
        ):
            break
        begin -= 1
    if begin == index or tokens.lowers[begin] not in _BODY_OPENERS:
        return
    end = index + 1
    if (
        end + 1 < len(tokens.words)
        and tokens.lowers[end] in ("of", "for", "on")
        and tokens.gaps[end] == " "
        and tokens.gaps[end + 1] == " "
    ):
        end += 2
    _claim(tokens, begin, end, words, claimed)


def _claim_direction(tokens: Tokens, index: int, words: Words, claimed: Claims) -> None:
    """Western Europe, Greater Vancouver, South-East Asia; but a word before no place stays as it is."""
    following = index + 1
    while (
        following < len(tokens.words) and tokens.lowers[following] in _DIRECTIONS and is_close(tokens.gaps[following])
    ):
        following += 1
    if (
        following < len(tokens.words)
        and tokens.gaps[following] in (" ", "-")
        and (tokens.lowers[following] in words.slots["places"] or tokens.lowers[following] in words.slots["peoples"])
    ):
        _claim(tokens, index, following, words, claimed)


def _claim_feature(tokens: Tokens, index: int, words: Words, claimed: Claims) -> None:
    """Stanford University, Orange County, the Hudson Valley."""
    if index and not tokens.starts[index] and tokens.gaps[index] == " ":
        before = tokens.lowers[index - 1]
        named = before in words.slots["places"] or (before in words.names and before in words.slots["surnames"])
        if (named or before == "state") and (
            before != "state" or (index > 1 and tokens.lowers[index - 2] in words.slots["places"])
        ):
            _claim(tokens, index - 1, index + 1, words, claimed)
    if (
        tokens.lowers[index] == "university"
        and index + 2 < len(tokens.words)
        and tokens.lowers[index + 1] == "of"
        and not is_joint(tokens.gaps[index + 1])
    ):
        target = tokens.lowers[index + 2]
        if target in words.names or target not in words.common:
            _claim(tokens, index, index + 3, words, claimed)
