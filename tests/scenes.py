"""Commands under fault: the library each starts from, what it may print, and what must hold however it ended.

A scene is made once and copied for every try. Its `judge` looks at what a killed or failing command has left
behind, runs the next command, and gives what is wrong, in words; nothing wrong, and the fault was survived.
"""

import io
import json
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from litbase import __version__, bundled
from litbase.cli import front
from litbase.cli.commands import TABLE
from litbase.errors import LitbaseError
from litbase.store import backups, checking, files, schema, verdicts
from litbase.store.reader import Reader

# The one that the tests put a note on comes first.
DOIS = sorted(
    (source.item["DOI"] for source in bundled.shelf() if source.item.get("DOI")),
    key=lambda doi: not doi.endswith("44.2.112"),
)
ITEMS = [
    {"id": f"made{number}", "type": "book", "title": f"Made number {number}", "author": [{"family": f"Maker{number}"}]}
    for number in range(25)
]
OLD_PAGE = "<p>what was there before</p>\n"
NEW_SETTING = "new@example.org"


class Ended(NamedTuple):
    """How a command ended: its exit code (None: killed), and what it had printed by then."""

    code: int | None
    out: str
    err: str


class Scene(NamedTuple):
    """A command line, the folder it starts from, and the judge of what it leaves: (folder, how it ended) → faults."""

    name: str
    line: tuple[str, ...]
    made: Path
    judge: Callable[[Path, Ended], list[str]]


def environment(folder: Path) -> dict[str, str]:
    """Where litbase finds its files in a scene's folder; no server answers."""
    return {
        "LITBASE_LIBRARY": str(folder / "library.db"),
        "LITBASE_CONFIG": str(folder / "config.toml"),
        "LITBASE_CROSSREF_URL": "http://127.0.0.1:9",
    }


def run(folder: Path, *line: str) -> Ended:
    """litbase in this process, on the library in a folder."""
    before = {name: os.environ.get(name) for name in environment(folder)}
    os.environ.update(environment(folder))
    out, err = io.StringIO(), io.StringIO()
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = front.run(list(line))
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    return Ended(code, out.getvalue(), err.getvalue())


def held(folder: Path) -> list[str]:
    """The citekeys in a folder's library."""
    with Reader(folder / "library.db") as reader:
        return reader.citekeys()


def scenes(place: Path) -> list[Scene]:
    """Every command whose interruption could lose something, each with its own beginning under `place`."""
    begun = place / "begun"
    begun.mkdir(parents=True, mode=0o700)
    assert run(begun, "add", *DOIS[:6], "--offline", "--concept", "repair").code == 0
    assert run(begun, "note", "add", "tronick1989", "A note that must not be lost.").code == 0
    assert run(begun, "config", "set", "mailto", "old@example.org").code == 0
    assert run(begun, "refs").code == 0
    (begun / "page.html").write_text(OLD_PAGE, encoding="utf-8")
    (begun / "items.json").write_text(json.dumps(ITEMS), encoding="utf-8")
    backed = _copied(begun, place / "backed")
    assert run(backed, "backup").code == 0
    assert run(backed, "add", DOIS[6], "--offline").code == 0
    worn = _copied(begun, place / "worn")
    _spoil_index(worn / "library.db")
    older = _copied(begun, place / "older")
    _age(older / "library.db")
    empty = place / "empty"
    empty.mkdir(mode=0o700)
    found = [
        Scene("first add", ("add", DOIS[6], "--offline", "--concept", "shame"), empty, _judge_first),
        Scene("add", ("add", DOIS[6], "--offline", "--concept", "shame", "--note", "Mine."), begun, _judge_add),
        Scene("batch add", ("add", *DOIS[6:36], "--offline"), begun, _judge_batch),
        Scene("from CSL-JSON", ("add", "--from-csl", "items.json"), begun, _judge_import),
        Scene("note", ("note", "add", "tronick1989", "Another."), begun, _judge_note),
        Scene("migrate", ("list", "--keys"), older, _judge_migration),
        Scene("reference list", ("refs", "--format", "html", "-o", "page.html", "--force"), begun, _judge_page),
        Scene("settings", ("config", "set", "mailto", NEW_SETTING), begun, _judge_settings),
        Scene("backup", ("backup",), backed, _judge_same),
        Scene("backup restore", ("backup", "restore", "--yes"), backed, _judge_restored),
        Scene("purge", ("purge", "tronick1989", "--yes"), begun, _judge_purged),
        Scene("doctor --fix", ("doctor", "--fix"), worn, _judge_mended),
    ]
    commands = {listed.name for listed in TABLE}
    if "import" in commands:
        (begun / "sources.bib").write_text(_BIBTEX, encoding="utf-8")
        found.append(Scene("import", ("import", "sources.bib"), begun, _judge_import))
    if "export" in commands:
        line = ("export", "--format", "csl-json", "-o", "page.html", "--force")
        found.append(Scene("export", line, begun, _judge_page))
    return found


_BIBTEX = "\n".join(
    f"@book{{made{number}, author = {{Maker{number}, A.}}, title = {{Made number {number}}}, year = 2001}}"
    for number in range(25)
)


def _copied(folder: Path, target: Path) -> Path:
    shutil.copytree(folder, target)
    target.chmod(0o700)
    return target


def _age(library: Path) -> None:
    """Make a library one of the first schema: the tables that later migrations made are taken out again."""
    fresh = library.with_name("first.db")
    connection = sqlite3.connect(fresh, isolation_level=None)
    schema.migrate(connection, __version__)
    now = set(connection.execute("SELECT type, name FROM sqlite_schema WHERE sql NOT NULL"))
    connection.close()
    fresh.unlink()
    first = set(re.findall(r"CREATE (?:UNIQUE )?(?:TABLE|INDEX) (\w+)", schema._TABLES))
    old = sqlite3.connect(library, isolation_level=None)
    for kind, name in sorted(now):  # an index goes before its table
        if name not in first and not name.startswith(("search", "_sqlite_migrations", "sqlite_", "idx_")):
            old.execute(f'DROP {kind} "{name}"')
    old.execute("DELETE FROM _sqlite_migrations WHERE name <> '0001'")
    old.execute("PRAGMA user_version = 1")
    old.close()


def _spoil_index(library: Path) -> None:
    connection = sqlite3.connect(library, isolation_level=None)
    connection.execute("UPDATE search_content SET c0 = 'else' WHERE id = 2")
    connection.execute("UPDATE source SET byline = 'Else' WHERE id = 3")
    connection.close()


# What must hold


def _whole(folder: Path, flawed: bool = False) -> list[str]:
    """Faults of any library after anything: damage, half-made backups, files by others' names."""
    library = folder / "library.db"
    wrong = []
    try:
        if library.exists() and not flawed:
            wrong += [flaw.message for flaw in checking.flaws(library)]
        for one in backups.backups(library):
            trouble = verdicts.verify(one.path).trouble
            wrong += [f"{one.path.name}: {trouble}"] if trouble else []
        lax = [path for path in [library, *backups.folder(library).glob("*")] if path.exists()]
        wrong += [f"{path.name} is open to others" for path in lax if path.is_file() and path.stat().st_mode & 0o077]
    except LitbaseError as error:
        wrong.append(f"{error.message}")
    return wrong


def _kept(folder: Path, wanted: Sequence[str], ended: Ended) -> list[str]:
    """Faults in the keys of a library: what it held before, and every line that was printed as added."""
    keys = set(held(folder)) if (folder / "library.db").exists() else set()
    printed = {line.split("\t")[0] for line in ended.out.splitlines() if line.endswith("\tadded")}
    lost = [f"{key} is lost" for key in [*wanted, *printed] if key not in keys]
    if ended.code == 0 and not keys:
        lost.append("exit code 0, and nothing is there")
    return lost


def _begun(folder: Path) -> list[str]:
    return held(folder.parent / "begun") if (folder.parent / "begun").exists() else []


def _again(folder: Path, line: Sequence[str], codes: tuple[int, ...] = (0,)) -> list[str]:
    """Faults of the same command run once more, unaided."""
    here = Path.cwd()
    os.chdir(folder)
    try:
        ended = run(folder, *line)
    finally:
        os.chdir(here)
    return [] if ended.code in codes else [f"run again: exit code {ended.code}: {ended.err.strip()[:200]}"]


def _judge_first(folder: Path, ended: Ended) -> list[str]:
    wrong = [*_whole(folder), *_kept(folder, (), ended), *_again(folder, ("add", DOIS[6], "--offline"))]
    return [*wrong, *([] if len(held(folder)) == 1 else ["not one source after a second run"])]


def _judge_add(folder: Path, ended: Ended) -> list[str]:
    wrong = [*_whole(folder), *_kept(folder, _begun(folder), ended)]
    with Reader(folder / "library.db") as reader:
        source = reader.source_by_doi(DOIS[6].lower())
        if source is not None and (len(reader.notes(source.id)), reader.concepts_of([source.id])) != (
            1,
            {source.id: ["shame"]},
        ):
            wrong.append("the source is there without its note or concept")
        if source is None and ended.code == 0:
            wrong.append("exit code 0, and the source is not there")
    return [*wrong, *_again(folder, ("add", DOIS[6], "--offline"))]


def _judge_batch(folder: Path, ended: Ended) -> list[str]:
    wrong = [*_whole(folder), *_kept(folder, _begun(folder), ended), *_again(folder, ("add", *DOIS[6:36], "--offline"))]
    return [
        *wrong,
        *([] if len(held(folder)) == len(DOIS[:36]) else [f"{len(held(folder))} sources after a second run"]),
    ]


def _judge_import(folder: Path, ended: Ended) -> list[str]:
    wrong = [*_whole(folder), *_kept(folder, _begun(folder), ended)]
    made = sum("maker" in key or "made" in key for key in held(folder))
    wrong += [] if made in (0, 25) else [f"{made} of 25 items, which should be all or none"]
    return [*wrong, *(["exit code 0, and nothing is there"] if ended.code == 0 and not made else [])]


def _judge_note(folder: Path, ended: Ended) -> list[str]:
    with Reader(folder / "library.db") as reader:
        source = reader.source("tronick1989")
        texts = [note.text for note in reader.notes(source.id)] if source else []
    whole = ["A note that must not be lost."], ["A note that must not be lost.", "Another."]
    wrong = [] if texts in whole else ["the notes are not what they were"]
    done = ["exit code 0, and no note"] if ended.code == 0 and len(texts) < 2 else []
    return [*_whole(folder), *_kept(folder, _begun(folder), ended), *wrong, *done]


def _judge_migration(folder: Path, ended: Ended) -> list[str]:
    library = folder / "library.db"
    found = files.schema_of(library)
    wrong = [] if found in (1, schema.SCHEMA) else [f"schema {found}"]
    if found == schema.SCHEMA:
        first = [one for one in backups.backups(library) if one.why == "schema"]
        wrong += [] if any(verdicts.verify(one.path).schema == 1 for one in first) else ["migrated without a backup"]
    return [*wrong, *_again(folder, ("list", "--keys")), *_whole(folder), *_kept(folder, _begun(folder), ended)]


def _judge_page(folder: Path, ended: Ended) -> list[str]:
    text = (folder / "page.html").read_text(encoding="utf-8")
    old = text == OLD_PAGE
    whole = old or text.rstrip().endswith(("</html>", "</section>", "</div>", "</ol>", "</ul>", "]", "}"))
    wrong = [] if whole else ["part of a file"]
    wrong += ["exit code 0, and the old file"] if old and ended.code == 0 else []
    return [*wrong, *_whole(folder), *_kept(folder, _begun(folder), Ended(ended.code, "", ""))]


def _judge_settings(folder: Path, ended: Ended) -> list[str]:
    found = run(folder, "config", "get", "mailto").out.strip()
    wrong = [] if found in ("old@example.org", NEW_SETTING) else [f"the setting is “{found}”"]
    wrong += ["exit code 0, and the old setting"] if ended.code == 0 and found != NEW_SETTING else []
    return [*wrong, *_whole(folder)]


def _judge_same(folder: Path, ended: Ended) -> list[str]:
    wrong = [*_whole(folder), *_kept(folder, held(folder.parent / "backed"), ended)]
    made = len(backups.backups(folder / "library.db"))
    return [*wrong, *(["exit code 0, and no backup"] if ended.code == 0 and made < 2 else [])]


def _judge_restored(folder: Path, ended: Ended) -> list[str]:
    count = len(held(folder))
    wrong = [] if count in (6, 7) else [f"{count} sources"]
    wrong += ["exit code 0, and the library as it was"] if ended.code == 0 and count != 6 else []
    if count == 6 and not any(one.why == "replaced" for one in backups.backups(folder / "library.db")):
        wrong.append("what was there before is not kept")
    return [*wrong, *_whole(folder), *_kept(folder, _begun(folder), ended)]


def _judge_purged(folder: Path, ended: Ended) -> list[str]:
    keys = held(folder)
    gone = "tronick1989" not in keys
    wrong = [] if len(keys) == 6 - gone else ["another source is gone"]
    if gone and b"must not be lost" in (folder / "library.db").read_bytes():
        wrong.append("the source is gone, and its note is still in the file")
    wrong += ["exit code 0, and the source is there"] if ended.code == 0 and not gone else []
    return [*wrong, *_whole(folder)]


def _judge_mended(folder: Path, ended: Ended) -> list[str]:
    flaws = checking.flaws(folder / "library.db")
    wrong = [flaw.message for flaw in flaws if flaw.kind not in ("index", "derived")]
    wrong += ["exit code 0, and not mended"] if ended.code == 0 and flaws else []
    return [*wrong, *_whole(folder, bool(flaws)), *_kept(folder, _begun(folder), ended)]
