"""`search`, `list`, `show` and `open`."""

from collections.abc import Iterable, Sequence
from json import loads
from typing import TYPE_CHECKING, Annotated

from litbase.domain import fields, inline, kinds

from . import console, pages, session
from .command import Argument, Json, Keys, Option

if TYPE_CHECKING:
    from litbase.domain.library import Source
    from litbase.services import search as service

_ORDERS = ("author", "year", "added", "title", "key")


def search(
    query: Annotated[Sequence[str], Argument("What to look for; see above.", "[QUERY]...", free=True)] = (),
    *,
    concept: Annotated[
        Sequence[str],
        Option(("--concept", "-c"), "Only under this concept, its aliases and narrower ones.", "CONCEPT", "concepts"),
    ] = (),
    author: Annotated[
        Sequence[str], Option(("--author", "-a"), "Only with this name among the contributors.", "NAME")
    ] = (),
    year: Annotated[
        str, Option(("--year",), "Only from these years: 2015, 2010..2020, 2010.. or ..2020.", "YEARS")
    ] = "",
    type: Annotated[
        Sequence[str], Option(("--type",), "Only of this type: article, book, chapter, report, thesis, web …", "TYPE")
    ] = (),
    sort: Annotated[
        str, Option(("--sort",), "Order: best, author, year, added, title or key.", choices=("best", *_ORDERS))
    ] = "best",
    limit: Annotated[int, Option(("--limit", "-n"), "At most so many (20 unless told; 0: all).", "N")] = 20,
    notes: pages.Notes = False,
    format: pages.Format = "text",
    keys: Keys = False,
    json: Json = False,
) -> int:
    """Search your sources by words, concept, author, year and type.

    Words are looked for in titles, names, abstracts, concepts and notes; all must be there, whatever
    their endings, capitals and accents. "A phrase" stands in quotation marks of its own; attach*
    finds all that begins so; OR leaves the choice; - excludes; parentheses group. Fields:
    concept: author: year: type: in: journal: title: key: doi:

    A concept finds its aliases and everything under it; =CONCEPT finds it alone. `in:notes` looks
    for the words in your notes only. What makes no sense as syntax is text.

    Examples:
      litbase search repair
      litbase search '"holding environment" OR "still face"'
      litbase search concept:repair year:2010.. -author:safran
      litbase search in:notes still
      litbase search author:tronick --notes
      litbase search --concept attachment --author bowlby --type article
      litbase refs $(litbase search rupture --keys)
    """
    from litbase.services import search as service

    shows = json or (console.on_terminal() and not keys)
    question = service.Question(
        " ".join(query), tuple(concept), tuple(author), year, tuple(type), sort, limit or -1, shows
    )
    found = service.search(session.current.library, question)
    if notes and found.hits:
        return pages.show(" ".join(query), found.hits, format, json)
    if json:
        console.emit(
            {
                "schema": "litbase.search/1",
                "sources": [_json_row(hit) for hit in found.hits],
                "did_you_mean": found.suggestions,
            }
        )
    elif keys:
        _print_keys(found.hits)
    else:
        _print_hits(found.hits)
        if found.bounded:
            console.say("so much matches that only the newest thousand were looked at; more words narrow it")
        elif found.hits and len(found.hits) == limit:
            console.say(f"the first {limit}; --limit 0 shows all")
    if not found.hits:
        meant = f"; did you mean {' or '.join(found.suggestions)}?" if found.suggestions else ""
        console.say(f"nothing found{meant}")
    return 0 if found.hits else 1


def list_(
    *,
    sort: Annotated[str, Option(("--sort",), "Order: author, year, added, title or key.", choices=_ORDERS)] = "author",
    limit: Annotated[int, Option(("--limit", "-n"), "At most so many.", "N")] = 0,
    keys: Keys = False,
    json: Json = False,
) -> int:
    """List all sources, one a line: citekey, authors, year, title.

    Examples:
      litbase list
      litbase list --sort added --limit 5
      litbase list --keys | head
    """
    from litbase.services import search as service

    found = service.every(session.current.library, sort, limit or -1)
    if json:
        console.emit_list({"schema": "litbase.list/1"}, "sources", map(_json_row, found))
    elif keys:
        _print_keys(found)
    elif not console.rows(map(_row, found), flexible=3):
        console.say("no sources yet; litbase add 10.1037/pst0000185 adds one")
    return 0


def show(
    keys: Annotated[Sequence[str], Argument("The sources' citekeys.", "KEY...", "citekeys")],
    *,
    provenance: Annotated[
        bool, Option(("--provenance",), "Also where each field came from, and what was changed in it and why.")
    ] = False,
    json: Json = False,
) -> int:
    """Show sources with their fields, concepts and notes.

    Examples:
      litbase show deyoung2015
      litbase show deyoung2015 --provenance
      litbase show deyoung2015 tronick1989 --json
    """
    from litbase.services import search as service

    found = service.details(session.current.library, keys)
    if json:
        console.emit({"schema": "litbase.show/1", "sources": [_json_details(one) for one in found]})
        return 0
    for number, one in enumerate(found):
        if number:
            console.line()
        _print_details(one)
        if provenance:
            _print_provenance(loads(one.source.provenance))
    return 0


def open_(
    key: Annotated[str, Argument("The source's citekey.", "KEY", "citekeys")],
    *,
    link: Annotated[bool, Option(("--print",), "Print the address instead of opening it.")] = False,
) -> int:
    """Open a source's DOI, or its address, in the browser.

    Examples:
      litbase open deyoung2015
      litbase open deyoung2015 --print
    """
    from litbase.services import visit

    address = visit.address(session.current.library, key)
    if link:
        console.raw(address)
    elif visit.browse(address):
        console.say(f"opened {address}")
    else:
        console.raw(address)
        console.warn("no browser could be started; that is the address")
    return 0


def _row(one: "service.Shown") -> tuple[console.Piece, ...]:
    return (
        console.Piece(one.source.citekey, "bold cyan"),
        console.Piece(one.source.byline or "—"),
        console.Piece(_when(one.source), "green"),
        console.Piece(_flag(one.source) + one.source.title),
    )


def _when(source: "Source") -> str:
    # Only an undated item is worth parsing: it may be in press.
    if source.year is not None:
        return str(source.year) if source.year > 0 else f"{-source.year} BCE"
    return "in press" if '"status":"in press"' in source.item else "n.d."


def _flag(source: "Source") -> str:
    """What has become of a work since, where its readers must know: `[RETRACTED] `."""
    if source.notices == "[]":
        return ""
    from litbase.domain.standing import grave

    return "".join(f"[{standing.mark}] " for standing in grave(loads(source.notices)))


def _print_keys(found: Iterable["service.Shown"]) -> None:
    for one in found:
        console.raw(one.source.citekey)


def _print_hits(found: Sequence["service.Shown"]) -> None:
    if not console.on_terminal():
        console.rows((_row(one) for one in found), flexible=3)
        return
    for one in found:
        key, byline, when, title = _row(one)
        console.line(key, "  ", byline, " ", f"({when.text}). ", console.Piece(title.text, "bold"), indent=4)
        if one.concepts:
            notes = f"   {one.notes} note{'s' if one.notes != 1 else ''}" if one.notes else ""
            console.line(
                "    ", console.Piece(" · ".join(one.concepts), "magenta"), console.Piece(notes, "dim"), indent=4
            )
        if one.snippet and console.unmarked(one.snippet) != one.source.title:
            console.line("    ", *console.marked(one.snippet), indent=4)


def _print_details(one: "service.Details") -> None:
    item = loads(one.source.item)
    flag = _flag(one.source)
    console.line(
        console.Piece(one.source.citekey, "bold cyan"),
        *([console.Piece(f"  {flag.strip()}", "bold red")] if flag else []),
    )
    labelled = fields.form(item)
    labelled["type"] = kinds.shown(one.source.type)
    for name, text in labelled.items():
        if name != "abstract":
            _field(name, inline.strip(text))
    if one.concepts:
        _field("concepts", "; ".join(one.concepts), "magenta")
    others = [*one.citekey_aliases, *one.doi_aliases]
    if others:
        _field("also known as", ", ".join(others))
    if one.answer:
        _field("fetched", f"from {one.answer[0]}, {one.answer[1][:10]}")
    if "abstract" in labelled:
        _field("abstract", inline.strip(labelled["abstract"]).replace("\n", " "))
    for note in one.notes:
        about = [f"note {note.number}" if note.kind == "note" else f"{note.kind} {note.number}", note.locator]
        about.append("private" if note.private else "public")
        console.line()
        console.line("  ", console.Piece(", ".join(word for word in about if word), "yellow"))
        for row in note.text.splitlines():
            console.line("    ", row, indent=4)


def _print_provenance(held: dict[str, dict[str, object]]) -> None:
    """Where the fields came from: first what holds for all, then each that differs."""
    console.line()
    for name, origin in held.items():
        label = "all else" if name == "*" else name
        _field(label, f"from {origin.get('origin')}")
        for key in ("confidence", "caveat", "verified"):
            if origin.get(key):
                shown = origin[key]
                _field("", f"{key}: {'; '.join(map(str, shown)) if isinstance(shown, list) else shown}")
        changes = origin.get("changes")
        for change in changes if isinstance(changes, list) else ():
            _field("", f"{change['before'] or '—'} → {change['after'] or '—'}")
            _field("", f"because {change['reason']}", "dim")


def _field(name: str, text: str, style: str = "") -> None:
    console.line("  ", console.Piece(f"{name:<16} ", "dim"), console.Piece(text, style), indent=19)


def _json_row(one: "service.Shown") -> dict[str, object]:
    return {
        "citekey": one.source.citekey,
        "item": loads(one.source.item),
        "concepts": list(one.concepts),
        "notes": one.notes,
        "notices": loads(one.source.notices),
        "added": one.source.added,
        "modified": one.source.modified,
        **({"snippet": console.unmarked(one.snippet)} if one.snippet else {}),
    }


def _json_details(one: "service.Details") -> dict[str, object]:
    from litbase.services.search import Shown

    from .notes import json_note

    return {
        **_json_row(Shown(one.source, one.concepts, len(one.notes))),
        "notes": [json_note(note) for note in one.notes],
        "citekey_aliases": one.citekey_aliases,
        "doi_aliases": one.doi_aliases,
        "provenance": loads(one.source.provenance),
        "answer": {"provider": one.answer[0], "fetched": one.answer[1]} if one.answer else None,
    }
