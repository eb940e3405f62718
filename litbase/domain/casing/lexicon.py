"""The word lists, compiled: which words are names, which phrases are, and which words are ordinary.

The lists themselves are plain text (data/words/README.md); whoever reads them hands their
lines to `Words.of`, which knows some lists by name and takes every other for names.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from litbase.domain.casing.tokens import cut

# The words after the first, in lower case ("0": a number, "{list}": a word of that list),
# and the right form of each word from the first on ("" where a slot stands).
Phrase: TypeAlias = tuple[tuple[str, ...], tuple[str, ...]]
Phrases: TypeAlias = dict[str, list[Phrase]]

_SLOT = re.compile(r"\{(\w+)\}")
# Lists that make no word a name by themselves.
_PLAIN = frozenset({"common", "guarded", "capitals", "groups"})
# Lists of people's names, many of which are ordinary words too.
_PEOPLE = frozenset({"given", "surnames", "scholars"})
# Lists that rules and phrases ask for by name.
_SLOTS = ("groups", "places", "peoples", "calendar", "surnames", "scholars", "given", "acronyms")


class Words:
    """The lexicon of sentence case: build one with `Words.of` and use it for every title."""

    __slots__ = ("capitals", "common", "guarded", "names", "own", "phrases", "slots")

    def __init__(self) -> None:
        self.own: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.capitals: dict[str, str] = {}
        self.guarded: dict[str, str] = {}
        self.common: frozenset[str] = frozenset()
        self.slots: dict[str, frozenset[str]] = {}
        self.phrases: Phrases = {}

    @classmethod
    def of(cls, lists: Mapping[str, Iterable[str]]) -> "Words":
        """The lexicon of these lists, by list name.

        `common` holds ordinary words, `guarded` names that are ordinary words too, `given` given
        names, `capitals` abbreviations that are so only in a title all in capitals, `groups` nouns
        for people; `own` holds the user's words, which outrank everything; all others hold names.
        A word in two lists of names takes the form of the later one.
        """
        words = cls()
        entries = {name: _entries(lines) for name, lines in lists.items()}
        words.common = frozenset(entries.get("common", ()))
        words.guarded = _forms(entries.get("guarded", ()))
        words.capitals = _forms(entries.get("capitals", ()))
        words.slots = {name: frozenset(map(str.lower, entries.get(name, ()))) for name in _SLOTS}
        for name in sorted(entries.keys() - _PLAIN, key=lambda name: (name not in _PEOPLE, name == "own")):
            words._add(entries[name], guard=name in _PEOPLE)
        words.own = {entry.lower(): entry for entry in entries.get("own", ()) if entry.isalnum()}
        for phrases in words.phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        return words

    def _add(self, entries: list[str], guard: bool) -> None:
        """Add names; with `guard`, those that are ordinary words count only in company."""
        singles = [entry for entry in entries if entry.isalnum()]
        forms = dict(zip(map(str.lower, singles), singles, strict=True))
        if guard:
            for lower in forms.keys() & (self.common | self.guarded.keys()):
                self.guarded[lower] = forms.pop(lower)
        self.names.update(forms)
        if len(singles) < len(entries):
            self._add_phrases(entry for entry in entries if not entry.isalnum())

    def _add_phrases(self, entries: Iterable[str]) -> None:
        for entry in entries:
            first, *rest = entry.split(" ")
            if first.isalnum() and all(map(str.isalpha, rest)):  # the usual entry, spared the tokenizer
                forms = (first, *rest)
            else:
                forms = _phrase_words(entry)
                if not forms:
                    continue
            lowers = [form.lower().replace("’", "'") for form in forms]
            if len(forms) == 1:
                self.names[lowers[0]] = forms[0]
                continue
            shown = tuple("" if form[0] == "{" or form == "0" else form for form in forms)
            self.phrases.setdefault(lowers[0], []).append((tuple(lowers[1:]), shown))


def _entries(lines: Iterable[str]) -> list[str]:
    """The entries among a list's lines: comments and empty lines left out."""
    entries = []
    for line in lines:
        if "#" in line:
            line = line.partition("#")[0]
        if entry := line.strip():
            entries.append(entry)
    return entries


def _forms(entries: Iterable[str]) -> dict[str, str]:
    return {entry.lower(): entry for entry in entries}


def _phrase_words(entry: str) -> tuple[str, ...]:
    """The words of a phrase, slots among them as they are written."""
    pieces: list[str] = []
    for index, piece in enumerate(_SLOT.split(entry)):
        pieces.extend([f"{{{piece}}}"] if index % 2 else cut(piece).words)
    return tuple(pieces)
