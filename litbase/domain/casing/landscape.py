"""Names of places by what goes with them: Western Europe, Orange County, Lake Como."""

from litbase.domain.casing.form import MINOR
from litbase.domain.casing.lexicon import Words
from litbase.domain.casing.tokens import Stretch, Tokens, bag

DIRECTIONS = bag(
    "north south east west northern southern eastern western northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern central greater upper lower inner outer mainland"
)
FEATURES = bag(
    "university college county island islands river valley province peninsula sea ocean street avenue bridge "
    "hospital bay lake mountain mountains desert strait canal gulf harbor harbour heights coast basin "
    "reservation park square"
)
# Features of the land, which peoples and given names name too: the Hawaiian Islands, James Bay.
_LANDSCAPE = bag("island islands peninsula sea ocean bay gulf coast mountain mountains desert reservation")
BEFORE_NAMES = bag("lake mount fort port cape san santa los las el hurricane cyclone typhoon camp")


def direction(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """Western Europe, Greater Vancouver, South-East Asia; but a word before no place is none."""
    following = index + 1
    while following < len(tokens.words) and tokens.gaps[following] in (" ", "-"):
        lower = tokens.lowers[following]
        if lower in words.slots["places"] or lower in words.slots["peoples"]:
            return index, following
        if lower not in DIRECTIONS:
            return None
        following += 1
    return None


def feature(tokens: Tokens, index: int, words: Words) -> Stretch | None:
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


def before_name(tokens: Tokens, index: int, words: Words) -> Stretch | None:
    """Lake Como, Santa Lucia, Hurricane Ida."""
    following = index + 1
    if following >= len(tokens.words) or tokens.gaps[following] != " " or tokens.words[following][0].islower():
        return None
    lower = tokens.lowers[following]
    told = lower in words.names or lower in words.slots["given"] or lower not in words.common
    return (index, following + 1) if told and lower not in MINOR else None
