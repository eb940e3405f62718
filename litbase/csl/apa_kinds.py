"""Corrections of kinds, descriptions and roles for APA: what a work is called in brackets, and who made it.

Source: APA 7, sections named at each function.
"""

import re
from collections.abc import Callable
from typing import Any

from litbase.csl.apa_fields import LEGAL, NUMBERED, SERIALS, text
from litbase.domain.item import Item, names


def reviews_described_in_words(item: Item) -> None:
    """A review whose description names the reviewed work in full is an article with that description.

    Source: APA 7, 10.7.
    """
    if text(item, "type") not in ("review", "review-book") or any(key.startswith("reviewed-") for key in item):
        return
    if re.match(r"(?i)(book )?review\b", text(item, "genre")) and len(text(item, "genre").split()) > 4:
        volumes = any(text(item, key) for key in ("volume", "issue", "page", "number"))
        item["type"] = "article-journal" if volumes else "article-newspaper"


def works_in_proceedings(item: Item) -> None:
    """A paper in proceedings published as a book is set like a chapter.

    Source: APA 7, 10.5 (conference proceedings).
    """
    if text(item, "type") != "paper-conference" or not text(item, "container-title"):
        return
    if text(item, "publisher") and not (text(item, "volume") or text(item, "issue")):
        item["type"] = "chapter"
        for key in ("event", "event-title", "event-place", "event-date"):
            item.pop(key, None)


def symposia(item: Item) -> None:
    """A contribution to a symposium names the symposium and its chairs.

    Source: APA 7, 10.5, example 63.
    """
    if text(item, "type") == "paper-conference" and item.get("chair") and text(item, "container-title"):
        item["type"] = "speech"


def films_by_their_directors(item: Item) -> None:
    """A film's author is its director, and named as such.

    Source: APA 7, 9.8 and 10.12, example 84 (table 10.2).
    """
    if text(item, "type") != "motion_picture" or item.get("director"):
        return
    genre = (text(item, "genre") + text(item, "medium")).lower()
    if genre.startswith("film") and all(name.get("given") and not name.get("role") for name in names(item, "author")):
        _rename(item, "author", "director")


def podcasts_by_their_hosts(item: Item) -> None:
    """A podcast's author is its host, and named as such.

    Source: APA 7, 10.13, examples 93 and 94.
    """
    described = (text(item, "genre") + text(item, "medium")).lower()
    people = names(item, "author")
    if "podcast" in described and not item.get("host") and people and all(name.get("given") for name in people):
        _rename(item, "author", "host")
    if "podcast" in described and text(item, "type") in ("song", "motion_picture", "webpage"):
        item["type"] = "broadcast"


def _rename(item: Item, old: str, new: str) -> None:
    if item.get(old):
        item[new] = item.pop(old)


# Who stands in the author's place of works for ear and eye, with the words for it. Source: APA 7,
# table 10.2 and 10.12.
_WRITTEN = (("script-writer", "Writer"), ("director", "Director"))
_HOSTED = (("guest", "Guest Expert"), ("host", "Host"))


def roles_that_mix(item: Item) -> None:
    """Writers and directors, guests and hosts in one list, each with the word for what they did.

    One person in two roles is named once: "(Writer & Director)".
    Source: APA 7, 10.12, examples 84 and 87.
    """
    if item.get("author") or item.get("composer"):
        return
    pairs = (_WRITTEN, _HOSTED) if text(item, "type") == "broadcast" else (_HOSTED,)
    for pair in pairs:
        if all(names(item, role) for role, _ in pair):
            item["author"] = _with_roles(item, pair)
            for role, _ in pair:
                del item[role]
            return


def _with_roles(item: Item, pair: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    people: list[tuple[dict[str, Any], list[str]]] = []
    for role, word in pair:
        for name in names(item, role):
            known = next((words for one, words in people if one == name), None)
            if known is None:
                people.append((name, [word]))
            else:
                known.append(word)
    return [{**name, "role": " & ".join(words)} for name, words in people]


_SERIES = ("TV series", "Audio podcast")


def descriptions(item: Item) -> None:
    """The words in brackets: genre and medium together, and the Manual's word where there is none.

    Where a number stands beside a description ("TV series episode", number 4), the description goes
    into brackets and the number into parentheses.
    Source: APA 7, 9.21–9.22 and chapter 10.
    """
    kind = text(item, "type")
    genre, medium = text(item, "genre"), text(item, "medium")
    if kind in LEGAL or kind == "patent":
        return
    if not genre and not medium and kind in _WORDS:
        genre = _WORDS[kind](item)
    numbered = bool(text(item, "number")) and kind in NUMBERED
    if genre and medium and not numbered:
        genre, medium = (f"{genre}; {medium}" if genre.lower() != medium.lower() else genre), ""
    if text(item, "number") and kind not in NUMBERED and kind not in SERIALS:
        genre, medium = "", genre or medium
    for key, value in (("genre", genre), ("medium", medium)):
        item.pop(key, None)
        if value:
            item[key] = value


def _film(item: Item) -> str:
    return "Film" if item.get("director") or item.get("producer") else "Video"


def _broadcast(item: Item) -> str:
    podcast = item.get("host") is not None
    return _SERIES[podcast] + (" episode" if text(item, "container-title") else "")


def _recording(item: Item) -> str:
    return "Song" if text(item, "container-title") else "Album"


_WORDS: dict[str, Callable[[Item], str]] = {
    "motion_picture": _film,
    "broadcast": _broadcast,
    "song": _recording,
    "dataset": lambda item: "Data set",
    "software": lambda item: "Computer software",
    "thesis": lambda item: "Thesis",
}


def unpublished_theses(item: Item) -> None:
    """A thesis to be had nowhere but at its university is called unpublished.

    Source: APA 7, 10.6, example 64.
    """
    if text(item, "type") != "thesis" or any(text(item, key) for key in ("archive", "DOI", "URL", "number")):
        return
    genre = text(item, "genre")
    if not genre.lower().startswith("unpublished"):
        item["genre"] = f"Unpublished {genre[:1].lower() + genre[1:] if genre[1:2].islower() else genre}"
