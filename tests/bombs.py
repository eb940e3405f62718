"""The worst that a file of each kind can hold: what memory litbase takes for it, and how it ends.

Each is made at the limits that litbase sets itself, or beyond; `measured` runs litbase on it in a process of
its own. `make faults` tries them all, tests/test_memory.py one of each kind.
"""

import io
import os
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scenes import DOIS, environment, run

if TYPE_CHECKING:
    from faults import Tally

ROOT = Path(__file__).parent.parent
MEGABYTE = 1_000_000
MOST_MEMORY = 250 * MEGABYTE
# Far above what any takes; a pattern that explodes takes for ever.
MOST_SECONDS = 60
_STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>x</title><id>x</id>'
    "</info>{}<citation><layout>{}</layout></citation></style>"
)
_DTD = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">{}]>'.format(
    "".join(f'<!ENTITY {one} "{f"&{other};" * 10}">' for other, one in zip("abcdefgh", "bcdefghi", strict=True))
)


# litbase, which at its end copies from Linux what its own memory was at the most.
_WEIGHED = """
import pathlib, sys
from litbase.cli import front
try:
    code = front.run(sys.argv[2:])
finally:
    status = pathlib.Path("/proc/self/status")
    told = status.read_text().splitlines() if status.exists() else []
    highest = [line for line in told if line.startswith("VmHWM")] or ["VmHWM 999999999"]
    pathlib.Path(sys.argv[1]).write_text(highest[0])
sys.exit(code)
"""


class Ran(NamedTuple):
    """How litbase ended on a file: exit code, bytes of memory at the most, seconds, what it said."""

    code: int
    memory: int
    seconds: float
    err: str


def _count(piece: str, size: float) -> int:
    return int(size * MEGABYTE / len(piece.encode()))


def _text(piece: str, size: float, path: Path, before: str = "", after: str = "") -> None:
    """A file of one piece over and over, of about so many megabytes."""
    count = _count(piece, size)
    with path.open("w", encoding="utf-8") as file:
        file.write(before)
        for begun in range(0, count, 1000):
            file.write(piece * min(1000, count - begun))
        file.write(after)


def _docx(piece: str, size: float, path: Path, before: str = "", part: str = "word/document.xml") -> None:
    """A docx whose text is one piece over and over, numbered, so that it does not shrink to nothing."""
    from docx import Document

    made = io.BytesIO()
    Document().save(made)
    inside = "".join(piece.replace("#", f"{number:x}") for number in range(int(size * MEGABYTE / len(piece))))
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'{before}<w:document xmlns:w="{word}"><w:body>{inside}</w:body></w:document>'
    with zipfile.ZipFile(made) as plain, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in plain.namelist():
            archive.writestr(name, xml if name == part else plain.read(name))


def _swelling(path: Path) -> None:
    """A docx of less than a megabyte that opens to nine hundred."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(900):
                part.write(b"<a>" + b" " * (MEGABYTE - 3))
        archive.writestr("[Content_Types].xml", "<Types/>")


def _export(piece: str, size: float, path: Path) -> None:
    _text(piece, size, path, '{"litbase":"library","version":1}\n', f'{{"end":{_count(piece, size)}}}\n')


def _style(macros: str, path: Path, layout: str = "", before: str = "") -> None:
    path.write_text(before + _STYLE.format(macros, layout), encoding="utf-8")


# By name: the ending tells the kind, and how litbase is asked to read it.
BOMBS: dict[str, Callable[[Path], None]] = {
    "swelling.docx": _swelling,
    "paragraphs.docx": partial(_docx, "<w:p><w:r><w:t>#</w:t></w:r></w:p>", 2.2),
    "empty.docx": partial(_docx, "<w:p a='#'/>", 6),
    "attributes.docx": partial(_docx, "<w:r a='#' b='#' c='#'/>", 3.5),
    "entities.docx": partial(_docx, "<w:p/>", 0.1, before=_DTD),
    "long.docx": partial(_docx, "(Stern, 1985) # ", 1.9),
    "blanks.html": partial(_text, "a  ", 2.05, before="<p>"),
    "entities.html": partial(_text, "a&amp;", 4.1, before="<p>"),
    "long.html": partial(_text, "a ", 11.9, before="<p>😀"),
    "long.md": partial(_text, "the work of repair goes on ", 11.9, before="😀 "),
    "paragraphs.html": partial(_text, "<p>a (B, 1999)", 1.65),
    "tags.html": partial(_text, "<i>a", 0.47),
    "deep.html": partial(_text, "<div>", 0.59),
    "one tag.html": partial(_text, "a=b ", 11.9, before="<p "),
    "pictures.html": partial(_text, "QUJD", 11.9, before='<p>a 😀 (B, 1999) <img src="data:image/png;base64,'),
    "hundred.html": partial(_text, "<p>a", 100),
    "paragraphs.md": partial(_text, "a\n\n", 0.059),
    "lines.md": partial(_text, "(Stern, 1985) and Stern (1985) say\n", 1.35),
    "quotations.md": partial(_text, ">a\n\n", 0.079),
    "table.md": partial(_text, "|a|b|c|d|e|f|\n", 0.55, before="|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n"),
    "brackets.md": partial(_text, "[", 0.69),
    "links.md": partial(_text, "[a](b) ", 2.4),
    "stars.md": partial(_text, "*a ", 2),
    "citations.md": partial(_text, "(Stern, 1985) ", 1.8),
    "other letters.md": partial(_text, "(Štern😀, 1985) ", 2.2),
    "build.md": partial(_text, "[@tronick1989] ", 0.74),
    "build.html": partial(_text, "<p>[@tronick1989]", 0.84),
    "hundred.md": partial(_text, "(Stern, 1985) ", 100),
    "sentences.txt": partial(_text, "Stern (1985) said.\n", 0.7),
    "one word.txt": partial(_text, "a", 11.9),
    "parentheses.txt": partial(_text, "(", 0.69),
    "hundred.txt": partial(_text, "Stern (1985) said.\n\n", 100),
    "entries.bib": partial(_text, "@book{a,title={T}}\n", 1),
    "strings.bib": partial(_text, '@string{a="b"}\n', 1.9),
    "fields.bib": partial(_text, "@a{a," + "b={c}," * 20 + "}\n", 1.2),
    "long.bib": partial(_text, "Ť😀", 12, before="@book{a,title={", after="}}"),
    "open.bib": partial(_text, "{", 0.39, before="@book{a,title="),
    "dense.bib": partial(_text, "b={c},", 12, before="@book{a,", after="}"),
    "hundred.bib": partial(_text, "{a} ", 100, before="@book{a,title={"),
    "parents.bib": partial(_text, "@book{a,title={T},crossref={a}}\n", 1),
    "doubling.bib": partial(_text, "@string{a=a # a}\n", 0.1, before='@string{a="ab"}\n', after="@book{b,title=a}"),
    "entries.ris": partial(_text, "TY  - BOOK\nTI  - T\nER  - \n", 3.3),
    "names.ris": partial(_text, "AU  - A, B\n", 4.3, before="TY  - BOOK\n", after="ER  - \n"),
    "lines.ris": partial(_text, "abcdefgh\n", 3.5, before="TY  - BOOK\nAB  - "),
    "long.ris": partial(_text, "Ť😀", 12, before="TY  - BOOK\nTI  - ", after="\nER  - \n"),
    "hundred.ris": partial(_text, "AU  - A, B\n", 100, before="TY  - BOOK\n"),
    "items.json": partial(_text, '{"type":"book"},', 3.1, before="[", after="{}]"),
    "nested.json": partial(_text, "[],", 1.1, before='[{"a":[', after="[]]}]"),
    "lines.json": partial(_text, '{"a":1}\n', 1.5),
    "long.json": partial(_text, "Ť😀", 12, before='[{"type":"book","title":"', after='"}]'),
    "numbers.json": partial(_text, "1,", 11, before='[{"a":[', after="1]}]"),
    "hundred.json": partial(_text, "[],", 100, before="[", after="[]]"),
    "open.json": partial(_text, "[],", 100, before='[{"a":['),
    "unended.json": partial(_text, "Ť😀", 100, before='[{"type":"book","title":"'),
    "lines.jsonl": partial(_export, '{"different":["a","b"]}\n', 50),
    "sources.jsonl": partial(_export, '{"source":{"uuid":"u","item":{"type":"book","title":"T"}}}\n', 20),
    "long.jsonl": partial(_export, '{"concept":{"name":"' + "x" * 50 * MEGABYTE + '"}}\n', 51),
    "nested.jsonl": partial(_export, '{"concept":{"name":[' + "[]," * 5 * MEGABYTE + "[]]}}\n", 16),
    "dois.txt": partial(_text, "10.1234/abcdefgh ", 2),
    "macros.csl": partial(_style, "<macro name='a'/>" * 58_000),
    "deep.csl": partial(_style, "", layout="<group>" * 60_000 + "</group>" * 60_000),
    "entities.csl": partial(_style, "", layout="&i;", before=_DTD),
    "hundred.csl": partial(_text, "<macro name='a'/>", 100),
}


def line(path: Path) -> tuple[str, ...]:
    """How litbase is asked to read a file."""
    if path.suffix == ".csl":
        return ("refs", "--style", str(path))
    if path.stem == "build":
        return ("build", str(path), "-o", str(path.with_stem("built")))
    if path.suffix in (".docx", ".html", ".md") or (path.suffix == ".txt" and path.name != "dois.txt"):
        return ("check", str(path))
    return ("import", str(path), "--offline", "--dry-run")


def measured(name: str, place: Path) -> Ran:
    """litbase on one of the bombs, in a library with one source."""
    path = place / name
    BOMBS[name](path)
    run(place, "add", DOIS[0], DOIS[1], "--offline")
    ran = weighed(line(path), place)
    path.unlink()
    return ran


def weighed(words: Sequence[str], place: Path, around: Mapping[str, str] | None = None) -> Ran:
    """litbase in a process of its own, on the library in a folder; `around` are variables of its environment."""
    env = {**os.environ, **environment(place), **(around or {}), "PYTHONPATH": str(ROOT)}
    said, weight = place / "said", place / "weight"

    def limit() -> None:
        # A run away is ended before the machine is in trouble.
        resource.setrlimit(resource.RLIMIT_AS, (4096 * MEGABYTE, 4096 * MEGABYTE))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))

    began = time.monotonic()
    with said.open("w", encoding="utf-8") as err:
        process = subprocess.Popen(
            [sys.executable, "-c", _WEIGHED, str(weight), *words], env=env, cwd=place, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=err, preexec_fn=limit,
        )  # fmt: skip
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux tells kilobytes, macOS bytes; and what is told of a child is never less than its parent had when it began.
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    if weight.exists():
        memory = min(memory, int(weight.read_text(encoding="utf-8").split()[1]) * 1024)
    told = said.read_text(encoding="utf-8", errors="replace")
    return Ran(process.returncode, memory, time.monotonic() - began, told)


def wrong(ran: Ran) -> list[str]:
    """What is wrong with how litbase ended on a bomb."""
    found = [] if ran.memory < MOST_MEMORY else [f"{ran.memory // MEGABYTE} MB of memory"]
    found += [] if ran.code in (0, 1, 3, 4, 5) else [f"exit code {ran.code}: {ran.err.strip()[:160]}"]
    return [*found, *(["a traceback"] if "Traceback" in ran.err else [])]


def bombs(tally: "Tally", place: Path) -> None:
    """Every bomb once."""
    fault = "a file made to take all memory"
    worst, slowest = 0, 0.0
    for number, name in enumerate(BOMBS):
        folder = place / f"bomb-{number}"
        folder.mkdir(mode=0o700)
        ran = measured(name, folder)
        worst, slowest = max(worst, ran.memory), max(slowest, ran.seconds)
        tally.count(fault, wrong(ran), name)
    tally.show(fault)
    print(f"        {worst // MEGABYTE} MB at the most, {slowest:.0f} s for the slowest")
