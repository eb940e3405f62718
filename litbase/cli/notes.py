"""`note add`, `note list`, `note edit` and `note remove`."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from litbase.errors import UsageError

from . import console, editor, files, session
from .command import Argument, Json, Key, Option, Yes

if TYPE_CHECKING:
    from litbase.domain.library import Note

_Which = Annotated[str, Argument("The note's number; not needed where there is one.", "[NUMBER]")]
_Page = Annotated[str, Option(("--page", "-p"), "Where in the source: 45, 45-47, chapter 3, para. 4.", "LOCATOR")]


def add(
    key: Key,
    text: Annotated[Sequence[str], Argument("The note; - reads it from standard input.", "[TEXT]...")] = (),
    *,
    page: _Page = "",
    quote: Annotated[bool, Option(("--quote",), "It is a quotation: the source's own words.")] = False,
    plain_words: Annotated[
        bool, Option(("--plain-words",), "It says in plain words what lay readers will find.")
    ] = False,
    public: Annotated[bool, Option(("--public",), "It may appear in lists and handouts.")] = False,
    json: Json = False,
) -> int:
    """Add a note or a quotation to a source. Notes are private unless you say --public.

    Without a text your editor opens ($VISUAL or $EDITOR).

    Examples:
      litbase note add deyoung2015 "The chapter on shame is the one to hand out."
      litbase note add tronick1989 --page 112 --public "Good to read beside the chapter on shame."
      cat note.md | litbase note add tronick1989 -
    """
    from litbase.services import annotate, edit

    if quote and plain_words:
        raise UsageError("a note is a quotation or in plain words, not both", "give one of the two")
    edit.named(session.current.library, [key])
    kind = "quotation" if quote else "plain words" if plain_words else "note"
    written = _text(text)
    if written is None:
        with editor.draft("", f"note-{key}.md") as draft:
            note = annotate.add(session.current.library, key, draft.text, kind, page, public)
    else:
        note = annotate.add(session.current.library, key, written, kind, page, public)
    mind(note.text)
    if json:
        console.emit({"schema": "litbase.note/1", "note": json_note(note)})
    else:
        console.say(f"{note.kind} {note.number} kept on {note.citekey}, {'private' if note.private else 'public'}")
    return 0


def list_(
    keys: Annotated[
        Sequence[str], Argument("The sources' citekeys; all where none is given.", "[KEY]...", "citekeys")
    ] = (),
    *,
    json: Json = False,
) -> int:
    """List the notes on sources, oldest first.

    Examples:
      litbase note list deyoung2015
      litbase note list --json
    """
    from litbase.services import annotate

    found = annotate.notes(session.current.library, keys)
    if json:
        console.emit({"schema": "litbase.notes/1", "notes": [json_note(note) for note in found]})
        return 0
    for note in found:
        about = ", ".join(word for word in (note.kind, note.locator, "private" if note.private else "public") if word)
        console.line(console.Piece(note.citekey, "bold cyan"), f" {note.number}  ", console.Piece(about, "yellow"))
        for row in note.text.splitlines():
            console.line("    ", row, indent=4)
    if not found:
        console.say('no notes; litbase note add KEY "your words" keeps one')
    return 0


def edit(
    key: Key,
    which: _Which = "",
    text: Annotated[Sequence[str], Argument("The new text; - reads it from standard input.", "[TEXT]...")] = (),
    *,
    page: _Page = "",
    public: Annotated[bool, Option(("--public",), "Let it appear in lists and handouts.")] = False,
    private: Annotated[bool, Option(("--private",), "Keep it to yourself.")] = False,
    json: Json = False,
) -> int:
    """Change a note: its text here or in your editor, its place, whether it is public.

    Examples:
      litbase note edit deyoung2015 1
      litbase note edit deyoung2015 1 "The chapter on shame, pages 40 to 60."
      litbase note edit deyoung2015 1 --page 40-60 --public
    """
    from litbase.services import annotate

    if public and private:
        raise UsageError("a note is public or private, not both", "give one of the two")
    note = annotate.find(session.current.library, key, which)
    changes: dict[str, object] = {}
    if page:
        changes["locator"] = page
    if public or private:
        changes["private"] = private
    written = _text(text) if text else None
    if written is not None:
        changes["text"] = written
    if changes:
        kept = annotate.change(session.current.library, note, changes)
    else:
        with editor.draft(note.text, f"note-{note.citekey}-{note.number}.md") as draft:
            if draft.text == note.text:
                console.say("nothing changed")
                return 0
            kept = annotate.change(session.current.library, note, {"text": draft.text})
    mind(kept.text, note.text)
    if kept.uuid != note.uuid:
        console.warn(
            f"note {note.number} on {note.citekey} was changed elsewhere meanwhile; "
            f"yours is kept beside it as note {kept.number}"
        )
    if json:
        console.emit({"schema": "litbase.note/1", "note": json_note(kept)})
    else:
        console.say(f"{kept.kind} {kept.number} on {kept.citekey} changed")
    return 0


def remove(key: Key, which: _Which = "", *, yes: Yes = False) -> int:
    """Remove a note. A terminal asks first; elsewhere --yes is needed.

    Examples:
      litbase note remove deyoung2015 1 --yes
      litbase note remove tronick1989 2 --yes
    """
    from litbase.services import annotate

    note = annotate.find(session.current.library, key, which)
    if not yes:
        if not session.current.may_ask:
            raise UsageError("removing a note needs --yes where nobody can be asked", "add --yes")
        if not console.agreed(f"remove {note.kind} {note.number} of {note.citekey}?"):
            console.say("kept")
            return 0
    annotate.remove(session.current.library, note)
    console.say(f"{note.kind} {note.number} of {note.citekey} removed")
    return 0


def json_note(note: "Note") -> dict[str, object]:
    """A note as JSON shows it."""
    return {
        "id": note.uuid,
        "number": note.number,
        "citekey": note.citekey,
        "kind": note.kind,
        "private": note.private,
        "locator": note.locator,
        "text": note.text,
        "created": note.created,
        "modified": note.modified,
    }


def mind(text: str, before: str = "") -> None:
    """Tell, once a note, where it looks as if it told who a client is."""
    from litbase.services import privacy

    told = privacy.warning(text, before)
    if told:
        console.warn(told)


def _text(words: Sequence[str]) -> str | None:
    """The text given on the line or on standard input; None where the editor is to be opened.

    Raises: BadInput for input that is not UTF-8.
    """
    if not words:
        return None
    if list(words) != ["-"]:
        return " ".join(words)
    return files.text("-")
