"""The word lists, compiled: which words are names, which phrases are, and which words are ordinary.

The lists themselves are plain text (data/words/README.md); whoever reads them hands their
lines to `Words.of`, which knows some lists by name and takes every other for names.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from litbase.domain.casing.tokens import bag, cut

# The words after the first, in lower case ("0": a number, "{list}": a word of that list),
# and the right form of each word from the first on ("" where a slot stands).
Phrase: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]

# Colours that are groups of people in some company (APA 7, 5.7).
COLOURS = bag("black white blacks whites")

_FIRST = re.compile(r"[ /–-]")
_SLOT = re.compile(r"\{(\w+)\}")
# Lists that make no word a name by themselves.
_PLAIN = frozenset({"common", "guarded", "capitals", "groups", "works", "own"})
# Lists of people's names, many of which are ordinary words too.
_PEOPLE = frozenset({"given", "surnames", "scholars"})
# Lists that rules and phrases ask for by name.
_SLOTS = ("groups", "places", "peoples", "calendar", "surnames", "scholars", "given", "acronyms", "genera")


class Phrases:
    """Names of several words by their first word, taken apart only when a title has that word."""

    __slots__ = ("_ready", "firsts")

    def __init__(self) -> None:
        self.firsts: dict[str, list[str]] = {}
        self._ready: dict[str, list[Phrase]] = {}

    def add(self, entry: str) -> None:
        """Add an entry as it stands in a list."""
        first = _FIRST.split(entry, maxsplit=1)[0]
        if not first.isalnum():
            first = cut(entry).words[0]
        self.firsts.setdefault(first.lower(), []).append(entry)

    def starting_with(self, lower: str) -> Sequence[Phrase]:
        """The phrases that begin with one of the `firsts`, the longest first."""
        ready = self._ready.get(lower)
        if ready is None:
            ready = [_phrase(entry) for entry in self.firsts[lower]]
            ready.sort(key=lambda phrase: -len(phrase[0]))
            self._ready[lower] = ready
        return ready


class Words:
    """The lexicon of sentence case: build one with `Words.of` and use it for every title."""

    __slots__ = ("capitals", "common", "guarded", "names", "own", "own_phrases", "phrases", "slots", "works")

    def __init__(self) -> None:
        self.own: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.guarded: dict[str, str] = {}
        self.common: frozenset[str] = frozenset()
        self.slots: dict[str, frozenset[str]] = {}
        self.own_phrases = Phrases()
        self.phrases = Phrases()
        self.works = Phrases()

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> "Words":
        """The lexicon of these lists, by list name.

        `common` holds ordinary words, `guarded` names that are ordinary words too, `given` given
        names, `capitals` abbreviations that are so only in a title all in capitals, `groups` nouns
        for people, `works` titles that are names only amid another title; `own` holds the user's
        words, which outrank everything; all others hold names. A word in two lists of names takes
        the form it has in the later one, by the lists' names.
        """
        words = cls()
        entries = {name: _entries(lines) for name, lines in lists.items()}
        words.common = frozenset(entries.get("common", ()))
        words.guarded = _forms(entries.get("guarded", ()))
        words.capitals = _forms(entries.get("capitals", ()))
        words.slots = {name: frozenset(map(str.lower, entries.get(name, ()))) for name in _SLOTS}
        for name in sorted(entries.keys() - _PLAIN, key=lambda name: (name not in _PEOPLE, name)):
            words._add(entries[name], guard=name in _PEOPLE)
        for entry in entries.get("works", ()):
            words.works.add(entry)
        for entry in entries.get("own", ()):
            _add_compound(entry, words.own, words.own_phrases)
        return words

    def is_plain(self, lower: str) -> bool:
        """Whether a word is an ordinary one and no name besides."""
        return lower in self.common and lower not in self.guarded and lower not in self.capitals

    def _add(self, entries: list[str], guard: bool) -> None:
        """Add names; with `guard`, those that are ordinary words count only in company."""
        singles: list[str] = []
        for entry in entries:
            if entry.isalnum():
                singles.append(entry)
            else:
                _add_compound(entry, self.names, self.phrases)
        forms = dict(zip(map(str.lower, singles), singles, strict=True))
        if guard:
            for lower in [lower for lower in forms if lower in self.common or lower in self.guarded]:
                self.guarded[lower] = forms.pop(lower)
        self.names.update(forms)


def _add_compound(entry: str, names: dict[str, str], phrases: Phrases) -> None:
    """Add an entry of whatever kind: several words, or one like "O'Brien" or "U.S."."""
    if " " not in entry and "-" not in entry and len(pieces := cut(entry).words) == 1:
        names[pieces[0].lower().replace("’", "'")] = pieces[0]
    else:
        phrases.add(entry)


def _entries(lines: Iterable[str]) -> list[str]:
    """The entries among a list's lines: comments and empty lines left out."""
    return [entry for entry in map(str.strip, lines) if entry and entry[0] != "#"]


def _forms(entries: Iterable[str]) -> dict[str, str]:
    return {entry.lower(): entry for entry in entries}


def _phrase(entry: str) -> Phrase:
    """A phrase taken apart into its words, slots among them as they are written."""
    forms: list[str] = []
    for index, piece in enumerate(_SLOT.split(entry)):
        forms.extend([f"{{{piece}}}"] if index % 2 else cut(piece).words)
    shown = tuple("" if form[0] == "{" or form == "0" else form for form in forms)
    return tuple(form.lower().replace("’", "'") for form in forms[1:]), shown
