"""Names of bodies, laws, journals and undertakings: the Canadian Gardening Association, the Mental Health Act."""

from litbase.domain.casing.form import MINOR, is_close
from litbase.domain.casing.instruments import bracketed, instrument, research, run_begin
from litbase.domain.casing.kinship import is_ordinary
from litbase.domain.casing.lexicon import Words
from litbase.domain.casing.tokens import Stretch, Tokens, bag

BODIES = bag(
    "association society academy college institute institutes council federation foundation organization "
    "organisation union commission agency committee bureau department ministry administration service league "
    "center centre survey"
)
# Those that are on something: a council on ageing, but no association on violence.
_DELIBERATE = bag("institute council commission committee center centre agency")
_BODY_OPENERS = bag(
    "american national international canadian british world european royal australian irish scottish federal u.s."
)
PERIODICALS = bag("journal archives annals bulletin proceedings")
_LINKS = bag("of for and on in to")


def act(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Mental Health Act, the Canada Health Act, the Education Act of 1944."""
    begin = run_begin(tokens, index)
    definite = begin > 0 and tokens.lowers[begin - 1] == "the"
    if not definite or begin == index:
        return None
    after = tokens.lowers[index + 1 : index + 3]
    dated = any(lower.isdigit() and len(lower) == 4 for lower in after)
    told = dated or tokens.lowers[begin] in words.names or index - begin > 1
    return (begin, index + 1) if told else None


def body(tokens: Tokens, index: int, words: Words) -> Stretch | None:
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


def panel(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Council on Bees and Honey, a Working Committee on Quality of Air; any other council is a body or none."""
    if tokens.lowers[index + 1 : index + 2] != ["on"] or tokens.starts[index]:
        return body(tokens, index, words)
    begin = index
    before = index - 1
    if tokens.gaps[index] == " " and tokens.lowers[before] not in MINOR and not tokens.words[before].islower():
        begin = index if tokens.starts[before] else before
    end = index + 2
    while end < len(tokens.words) and not tokens.starts[end] and tokens.gaps[end] == " ":
        if tokens.lowers[end] in MINOR and tokens.lowers[end] not in ("of", "and", "for", "in", "the"):
            break
        end += 1
    return (begin, end) if end > index + 2 else None


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
    if tokens.lowers[end - 1].endswith(("al", "ic", "ive", "ary")) and tokens.gaps[end] == " ":
        end += 1
    return end


def survey(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """A survey may be an instrument, a body's undertaking, or a piece of research."""
    return research(tokens, index, words) or body(tokens, index, words) or instrument(tokens, index, words)


def undertaking(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """Project BREATHE, Operation Quetzal: named by capitals, or by a word that is no other word."""
    following = index + 1
    if following >= len(tokens.words) or tokens.gaps[following] != " ":
        return bracketed(tokens, index, words)
    word, lower = tokens.words[following], tokens.lowers[following]
    told = not words.is_plain(lower) and not is_ordinary(lower, words.common)
    if told or (word.isupper() and not tokens.words[index].isupper()):
        return index, following + 1
    return bracketed(tokens, index, words)


def periodical(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """The Journal of Bees: its name goes on to the end of the sentence."""
    if tokens.lowers[index + 1 : index + 2] != ["of"] or tokens.starts[index]:
        return None
    end = index + 2
    while end < len(tokens.words) and not tokens.starts[end] and is_close(tokens.gaps[end]):
        end += 1
    return (index, end) if end > index + 2 and tokens.lowers[index + 2] not in ("a", "an", "my") else None
