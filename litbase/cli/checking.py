"""`check`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from litbase.errors import BadInput, LitbaseError, NotFound, UsageError

from . import console, files, session
from .command import Argument, Json, Option

if TYPE_CHECKING:
    from litbase.services.check import Checked
    from litbase.services.check_finding import Code, Finding

_STYLES = {"error": "bold red", "warning": "yellow", "hint": "cyan"}
_CODE = "CODE"
_BEFORE = 24  # characters of a line quoted before what a finding is about


def check(
    drafts: Annotated[
        Sequence[str], Argument("Drafts: Markdown, HTML, docx or text; - is standard input.", "[DRAFT]...", "files")
    ] = (),
    *,
    strict: Annotated[bool, Option(("--strict",), "Fail on hints too.")] = False,
    only: Annotated[Sequence[str], Option(("--only",), "Only findings of this code.", _CODE)] = (),
    ignore: Annotated[Sequence[str], Option(("--ignore",), "No findings of this code.", _CODE)] = (),
    online: Annotated[
        bool, Option(("--online",), "Look entries up in Crossref; only DOIs and their own words are sent.")
    ] = False,
    fresh: Annotated[bool, Option(("--fresh",), "With --online: ask again what was asked this month.")] = False,
    fix: Annotated[bool, Option(("--fix",), "Mend what is certain: show the changes, and write them with -o.")] = False,
    output: Annotated[str, Option(("--output", "-o"), "With --fix: the file to write.", "FILE", "files")] = "",
    force: Annotated[bool, Option(("--force",), "Write over a file that is there, the draft itself too.")] = False,
    explain: Annotated[str, Option(("--explain",), "Say what a code means, and check nothing.", _CODE)] = "",
    json: Json = False,
) -> int:
    """Check the citations and the reference list of drafts.

    Prints what is cited and not listed, listed and not cited, differs, or is not in APA 7 form, one
    finding a line: file:line:column: code: message. Exit code 1 where there are findings beyond hints.
    With --fix, forms that can only be meant one way are mended, works that are cited and in your library
    are added to the list, and the list is put in order; nothing else is touched.
    Needs no library; with one, it knows what you own. Nothing leaves your machine, save with --online
    the DOIs and the words of entries, never the text: each work is found in Crossref and compared.

    Examples:
      litbase check post.md
      litbase check chapter.docx handout.html --ignore order
      litbase check post.md --only cited-not-listed --json
      litbase check post.md --online
      litbase check post.md --fix -o mended.md
      litbase check --explain secondary-citation
    """
    from litbase.services import check_finding

    if explain:
        return _explain(check_finding.code(explain), explain, json)
    for name in (*only, *ignore):
        check_finding.code(name)
    if not drafts:
        raise UsageError("no draft to check", "litbase check post.md")
    asked = _Asked(strict, only, ignore, json, online or fresh, fresh)
    if fix:
        return _fix(drafts, asked, output, force)
    if output or force:
        raise UsageError("-o and --force go with --fix", "litbase check post.md --fix -o mended.md")
    return _check(drafts, asked)


class _Asked(NamedTuple):
    """What is to be shown, and how; whether entries are looked up, and whether anew."""

    strict: bool
    only: Sequence[str]
    ignore: Sequence[str]
    json: bool
    online: bool
    fresh: bool


def _check(drafts: Sequence[str], asked: _Asked) -> int:
    from litbase.services import check as service

    done: list[Checked] = []
    failed: list[tuple[str, LitbaseError]] = []
    for path in drafts:
        try:
            content = files.draft(path)
            checked = service.check(path, content, session.current.library)
            service.remember(session.current.library, checked, content)
        except (BadInput, NotFound) as error:
            if len(drafts) == 1:
                raise
            failed.append((path, error))
            continue
        if asked.online:
            checked = _looked_up(checked, asked.fresh)
        done.append(checked._replace(findings=service.chosen(checked.findings, asked.only, asked.ignore)))
    if asked.json:
        unread = [{"path": path, "code": one.code, "message": one.message, "hint": one.hint} for path, one in failed]
        shape: dict[str, object] = {"schema": "litbase.check/1", "drafts": [service.as_json(one) for one in done]}
        console.emit({**shape, **({"unreadable": unread} if unread else {})})
    else:
        for one in done:
            _show(one)
        for _, failure in failed:
            console.complain(failure.message, failure.hint)
    if failed:
        return failed[0][1].exit_code
    return 1 if any(service.fails(one.findings, asked.strict) for one in done) else 0


def _fix(drafts: Sequence[str], asked: _Asked, output: str, force: bool) -> int:
    """Mend one draft: the changes, then what is left to say of it."""
    from litbase.services import check as service
    from litbase.services import mend, saving

    from . import diffing

    if len(drafts) > 1:
        raise UsageError("--fix mends one draft at a time", "litbase check post.md --fix -o mended.md")
    path = drafts[0]
    content = files.draft(path)
    mended = mend.mend(
        path,
        content,
        session.current.library,
        asked.only,
        asked.ignore,
        lambda checked: _looked_up(checked, asked.fresh) if asked.online else checked,
    )
    service.remember(session.current.library, mended.first, content)
    if output:
        saving.save(Path(output), mended.content, force)
    left = mended.left._replace(findings=service.chosen(mended.left.findings, asked.only, asked.ignore))
    names = path, output or "mended"
    if asked.json:
        diff = "\n".join(diffing.unified(mended.before, mended.after, names))
        fixed = {"output": output or None, "changes": mended.changes, "diff": diff}
        console.emit({"schema": "litbase.check/1", "drafts": [service.as_json(left)], "fixed": fixed})
    else:
        diffing.show(mended.before, mended.after, names)
        _show(left)
        place = f"wrote {output}" if output else "nothing was written: -o FILE does that"
        console.say(
            f"{_counted(mended.changes, 'change')}; {place if mended.changes or output else 'nothing to write'}"
        )
    return 1 if service.fails(left.findings, asked.strict) else 0


def _looked_up(checked: "Checked", fresh: bool) -> "Checked":
    """A draft with what Crossref knows of its entries."""
    from litbase.services import check as service
    from litbase.services import contact

    with console.progress(len(checked.reading.entries), "looking up") as bar:
        return service.looked_up(checked, session.current.library, contact.settings().crossref, fresh, bar.step)


def _show(checked: "Checked") -> None:
    """Findings, one a line with its hint under it; on a terminal with the words they are about."""
    name = "stdin" if checked.path == "-" else checked.path
    for one in checked.findings:
        place = f"{name}:{one.line}:{one.column}: "
        console.line(
            console.Piece(place, "dim"), console.Piece(one.code, _STYLES[one.severity]), f": {one.message}", indent=4
        )
        if console.on_terminal():
            console.line(*_quoted(checked, one))
        if one.hint:
            for row in one.hint.splitlines():
                console.line("    ", console.Piece(row, "dim"), indent=4)
    for remark in checked.remarks:
        console.say(f"{name}: {remark}")
    console.say(f"{name}: {_summary(checked)}")


def _quoted(checked: "Checked", one: "Finding") -> list[console.Piece]:
    """The line a finding is on, from a little before the place, as much as one row holds."""
    line = checked.reading.draft.line(one.line)
    start = max(0, one.column - 1 - _BEFORE)
    before = "    │ " + ("…" if start else "") + line[start : one.column - 1]
    rest = console.Piece(line[one.column - 1 :].rstrip(), "bold")
    return [console.Piece(before, "dim"), console.fitted(rest, max(1, console.width() - console.columns(before)))]


def _summary(checked: "Checked") -> str:
    """What was read, and how much there is to say."""
    reading = checked.reading
    counts = {kind: sum(one.severity == kind for one in checked.findings) for kind in _STYLES}
    said = ", ".join(_counted(number, kind) for kind, number in counts.items() if number) or "nothing to mend"
    return f"{_counted(len(reading.works), 'work')} cited, {_counted(len(reading.entries), 'entry', 'entries')}: {said}"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _explain(code: "Code", name: str, json: bool) -> int:
    if json:
        console.emit({"schema": "litbase.check.explain/1", "code": name, "severity": code.severity, "text": code.story})
    else:
        console.line(console.Piece(name, _STYLES[code.severity]), f" ({code.severity}): {code.title}")
        console.line(code.story)
    return 0
