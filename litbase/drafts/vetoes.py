"""What looks like a citation and is none: places, months, figures, publishers, titles; and the words around names."""

import re
from collections.abc import Callable
from typing import NamedTuple

from litbase.domain.text import fold

from .reference.letters import wordlist

# Words that begin sentences, or stand before names, with a capital but are no part of them.
STARTERS = wordlist(
    """
    a about above according across actually adapted additionally after again against all almost along already also
    although always am among an and another any are around as at author authors back based because become been
    before behind being below besides between beyond both briefly broadly but by can chapter clearly clinically
    compare consequently consider contemporary critically currently despite did do does doing dr during each earlier
    early either elsewhere especially even eventually ever every famously few finally first follow followed
    following for from further furthermore generally given had has have he hence her here hers herself him himself
    his historically how however i if importantly in indeed initially instead interestingly into is it its itself
    just last lastly late later latterly least less let like likewise look many may maybe me meanwhile might more
    moreover most mr mrs ms much must my namely nearly neither never nevertheless next no none nonetheless nor not
    notably nothing notice now of off often on once one only onto or originally other others otherwise our ours out
    over own per perhaps philosopher please possibly previously prof professor psychiatrist psychoanalyst
    psychologist psychotherapist quite quoting rather read reading recall recently remember researcher researchers
    respectively said same scholar scholars second see seminal she should similarly simply since so some someone
    something sometimes soon still studies subsequently such sure take than thanks that the their theirs them then
    theorist theorists there therefore these they third this those though through throughout thus to today together
    too toward towards trauma traditionally two under unlike until up upon us use using usually via want was we well
    were what whatever when whenever where whereas wherever whether which while who whoever whose why will with
    within without work works would writing yes yesterday yet you your yours
    """
)
# Words that say a date is something else's than a work's.
_OTHER = wordlist(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall
    winter figure figures fig table tables box boxes appendix chapter chapters section sections page pages part
    volume vol issue edition ed eds version since until before after circa born died founded established updated
    revised reviewed published reprinted posted retrieved accessed copyright from between during today now then year
    years grade room line lines equation step day week month photo image photograph illustration video film song
    album episode season series act bill study wave phase cohort session module unit level age aged n m sd version
    release draft note notes class classes group suite unit room box route highway apt apartment model windows
    office studio floor phone tel fax
    """
)
# Last words of names of places and events, when there are two capitals or more before a date.
_EVENTS = wordlist(
    """
    street avenue road boulevard drive lane square park hospital hall clinic festival conference summit olympics
    games war fire flood act bill award awards day week month house church temple mosque synagogue cathedral bridge
    hotel theatre theater cinema museum gallery library building tower station airport beach island lake river
    mountain valley bay parade march rally riots uprising revolution treaty accord declaration charter agreement
    earthquake hurricane tsunami pandemic crisis era decade century anniversary reunion wedding workshop retreat
    symposium cup tour edition meeting convention high dictionary encyclopedia encyclopaedia almanac
    """
)
# Abbreviations of ideas and things, not of groups that write.
_IDEAS = wordlist(
    """
    dsm icd ptsd cptsd cbt dbt emdr act adhd add lgbt lgbtq lgbtqia 2slgbtq bipoc poc usa uk us eu un bc ad bce ce
    covid sars hiv aids tv dvd cd pdf html iq ifs ocd gad bpd did asd rct rcts aai sst cpt ppd tbi tms mri fmri eeg
    hpa ace aces pdm isbn doi issn url faq gdpr diy ceo phd ma msw rcc rp am pm id ed
    """
)
_PUBLISHERS = re.compile(
    r"\b(?:Press|Books?|Publish(?:ers?|ing)|Publications?|Verlag|Routledge|Norton|Guilford|Penguin|Viking"
    r"|Springer|Wiley"
    r"|Elsevier|SAGE|Sage|Karnac|Tavistock|Vintage|Knopf|HarperCollins|Harper(?:One)?|Macmillan|Random House|Bloomsbury"
    r"|Brunner|Erlbaum|Aronson|Jossey|Bantam|Scribner|Avery|Pantheon|Basic|Doubleday|Faber|Pelican|Free Association"
    r"|Netflix|HBO|Disney|Pixar|BBC Two|Universal|Paramount|Warner)\b"
)
_MEDIA = re.compile(
    r"\b(?:film|movie|documentary|directed|dir\.|starring|photo(?:graph)?|image|song|album|lyrics|painting"
    r"|artwork|oil on \w+|watercolou?r|etching|sculpture|novel"
    r"|play|opera|poem|series|show|episode|exhibition|translated|trans\.|illustrated|credit|courtesy|workshop"
    r"|retreat|training)\b",
    re.I,
)
_TOLD_IN = re.compile(
    r"\b(?:it is|it’s|it's|found|told|given|quoted|repeated|described|discussed|mentioned|appears?|as) in\W*$",
    re.I,
)
_PLACE_WORDS = wordlist(
    """
    in at near from to on since around outside inside across
    """
)


class Lexicon(NamedTuple):
    """What is known of words, all of them folded: given names, family names, places, ordinary words, brands.

    Ordinary words are many and seldom asked for, so they are fetched when they are.
    """

    given: frozenset[str] = frozenset()
    surnames: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    common: Callable[[], frozenset[str]] = frozenset
    things: frozenset[str] = frozenset()

    def is_place(self, name: str) -> bool:
        """Whether a name is a place's, also one with its province or country."""
        folded = fold(name).strip(" .")
        if folded in self.surnames or folded in self.given:
            return False
        return folded in self.places or folded.rpartition(", ")[0] in self.places

    def is_ordinary(self, word: str) -> bool:
        """Whether a word is an ordinary one and nobody's name."""
        folded = fold(word)
        if folded in self.surnames:
            return False
        common = self.common()
        return folded in common or (folded.endswith("s") and folded[:-1] in common)


def is_other(name: str) -> bool:
    """Whether a name in front of a date is a month, a figure, an idea … and no author."""
    words = [word.strip(".,’'") for word in fold(name).split()]
    if not words:
        return True
    first = words[0].split("-")[0]
    alone = len(words) == 1 or (len(words) == 2 and not words[1].isalpha())
    return (alone and (words[0] in _OTHER or first in _IDEAS)) or (
        len(words) == 2 and words[0] in _OTHER and words[1].isdigit()
    )


def is_event(words: str) -> bool:
    """Whether several words with capitals name a place or an event: Main Street, World War."""
    found = words.split()
    return len(found) > 1 and found[-1].lower().strip(".,") in _EVENTS


def is_publisher(name: str) -> bool:
    """Whether a name in front of a date is a publisher's, as after a title: (Viking, 2014)."""
    return bool(_PUBLISHERS.search(name))


def is_about_media(words: str) -> bool:
    """Whether words before a name speak of a film, a photograph, a workshop …"""
    return bool(_MEDIA.search(words))


def tells_place(words: str) -> bool:
    """Whether words before a name end in a preposition of place: "a school in", not "it is told in"."""
    if _TOLD_IN.search(words):
        return False
    found = re.search(r"([^\W\d_]+)\W*$", words)
    return found is not None and found[1].lower() in _PLACE_WORDS
