"""`make fuzz`: bytes that a coverage-guided fuzzer makes up, through all that reads what others have written.

    python tests/fuzz.py [--minutes N] [TARGET ...]

Each target takes anything and answers, or refuses in one of litbase's own errors, in little time; whatever else
happens ends the run, and the bytes that did it lie in build/fuzz/TARGET. What a run finds new is gathered there
too. `tests/fuzzed` has a few inputs of each target, a line a bytes literal, which run as ordinary tests
(tests/test_fuzz.py). Needs atheris: `pip install -e '.[fuzz]'`.
"""

import argparse
import ast
import io
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

KEPT = Path(__file__).parent / "fuzzed"
BUILT = ROOT / "build" / "fuzz"
# Of a file, and of the processor's time for it: far above what any honest file of that size takes.
LONGEST, SECONDS = 8_192, 5.0


class Target(NamedTuple):
    """What is fuzzed, words that its grammar knows, and whether its inputs are JSON, one value a line or one in all."""

    run: Callable[[bytes], None]
    words: tuple[str, ...]
    json: bool = False


def draft(content: bytes) -> None:
    """A draft read and checked; its first letter tells the format."""
    from litbase.errors import LitbaseError
    from litbase.services import check

    name = {b"h": "draft.html", b"t": "draft.txt", b"-": "-"}.get(content[:1], "draft.md")
    try:
        checked = check.check(name, content[1:])
        check.as_json(checked)
    except LitbaseError:
        return
    made = checked.reading.draft
    for finding in checked.findings:
        assert 1 <= finding.line <= len(made.line_starts), finding


def docx(content: bytes) -> None:
    """A docx whose text is these bytes."""
    from litbase import drafts
    from litbase.errors import LitbaseError

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in _package().items():
            archive.writestr(name, content if name == "word/document.xml" else part)
    try:
        drafts.read("draft.docx", packed.getvalue())
    except LitbaseError:
        return


@cache
def _package() -> dict[str, bytes]:
    """The parts of an empty docx."""
    from docx import Document

    made = io.BytesIO()
    Document().save(made)
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def reference(content: bytes) -> None:
    """One entry of a reference list, which is always read."""
    from litbase.domain.text import clean
    from litbase.drafts.reference import parse
    from litbase.services.check_words import lexicon

    text = clean(content.decode("utf-8", "replace"))
    parse(text, given=lexicon().given)


def _imported(form: str) -> Callable[[bytes], None]:
    def run(content: bytes) -> None:
        from litbase import readers
        from litbase.errors import LitbaseError
        from litbase.services import importing

        try:
            readers.recognised(content.decode("utf-8", "replace"))
            listing = readers.read("some.file", content, form)
            done = list(importing.prepare("some.file", listing))
        except LitbaseError:
            return
        assert len(done) == len(listing.entries) + len(listing.faults)
        assert done, "an empty success"

    run.__doc__ = f"A file of {form} read and its entries made ready to be kept."
    return run


def export(content: bytes) -> None:
    """litbase's own export, put into an empty library: all or nothing, and the library whole."""
    from litbase.errors import LitbaseError
    from litbase.services import exporting, restoring, search, undo
    from litbase.store import checking
    from litbase.store.reader import Reader

    with tempfile.TemporaryDirectory(dir=_memory()) as name:
        library, path = Path(name) / "library.db", Path(name) / "export.jsonl"
        shutil.copy(_empty_library(), library)
        path.write_bytes(content)
        try:
            restoring.restore(library, path)
        except LitbaseError:
            with Reader(library) as reader:
                assert not reader.citekeys(), "half an export"
            return
        assert not checking.flaws(library), checking.flaws(library)
        search.every(library)
        again = path.with_name("again.jsonl")
        exporting.save(library, exporting.Wanted(notes="all"), "jsonl", again)
        with suppress(LitbaseError):
            undo.undo(library)
        assert not checking.flaws(library), checking.flaws(library)


def _memory() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@cache
def _empty_library() -> Path:
    from litbase.store import files

    path = Path(tempfile.mkdtemp(dir=_memory())) / "empty.db"
    files.create(path)
    return path


TARGETS = {
    "draft": Target(
        draft, ("(Stern, 1985)", " et al., ", "[@a, p. 3]", "## References\n", "https://doi.org/10.1/", "*")
    ),
    "docx": Target(
        docx, ("<w:p>", "</w:p>", "<w:r><w:t>", "</w:t></w:r>", "<w:footnoteReference w:id='1'/>", "<w:tbl>")
    ),
    "reference": Target(reference, (" (1985). ", ", D. N., & ", " (Eds.), ", "In ", " (Vol. 3, pp. 1–9). ", "n.d.")),
    "bibtex": Target(
        _imported("bibtex"), ("@article{", "@string{", " = {", '"', "},\n", "\\'", " and ", "crossref", "$")
    ),
    "ris": Target(_imported("ris"), ("TY  - ", "ER  - \n", "AU  - ", "PY  - ", "\r\n", "\ufeff", "DO  - 10.1/")),
    "csl-json": Target(_imported("csl-json"), ('"issued":', '"date-parts":', '"author":', "null", "[[", "1e999"), True),
    "jsonl": Target(export, ('"source":', '"concept":', '"change":', '"end":', "null", '"notes":'), True),
}


def kept(name: str) -> list[bytes]:
    """The inputs of a target that run as tests."""
    path = KEPT / f"{name}.txt"
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    return [ast.literal_eval(line) for line in lines if line.startswith("b")]


def held(target: Target, content: bytes) -> None:
    """One input through a target, within its time."""
    began = time.process_time()
    target.run(content)
    took = time.process_time() - began
    assert took < SECONDS, f"{took:.1f} seconds"


# ---- the fuzzer


def mutated(content: bytes, most: int, seed: int) -> bytes:
    """JSON with one value changed, so that the fuzzer does not spend its time on what is no JSON; else as bytes."""
    import atheris

    chance = random.Random(seed)
    lines = content.decode("utf-8", "replace").split("\n")
    at = chance.randrange(len(lines))
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return bytes(atheris.Mutate(content, most))
    if chance.random() < 0.2:
        return bytes(atheris.Mutate(content, most))
    for _ in range(chance.randint(1, 3)):
        value = _changed(value, chance)
    lines[at] = json.dumps(value, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.1:
        lines.insert(at, lines[chance.randrange(len(lines))])
    made = "\n".join(lines).encode("utf-8", "surrogatepass")
    return made if len(made) <= most else bytes(atheris.Mutate(content, most))


_ODD = (
    None, True, 0, -1, 2**63, 10**30, 1.5, "", " ", "a", "\u0000", "\ud800", [], {}, [[]], [[None]], [{}], "10.1/x",
    "2004", "a" * 300, {"family": "A"}, {"date-parts": [[2004, 13, 40]]}, {"raw": "x"}, "note", "book", "é\u202e",
)  # fmt: skip


def _changed(value: Any, chance: random.Random) -> Any:
    """A JSON value with something in it changed, taken away, doubled or put in another place."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key, other = chance.choice(list(value)), chance.choice(list(value))
        done = chance.random()
        if done < 0.1:
            return {name: inner for name, inner in value.items() if name != key}
        if done < 0.2:
            return {**value, key: value[other]}
        return {**value, key: _changed(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.85:
        at = chance.randrange(len(value))
        if chance.random() < 0.2:
            return [*value, value[at]] if chance.random() < 0.5 else value[:at] + value[at + 1 :]
        return [*value[:at], _changed(value[at], chance), *value[at + 1 :]]
    return chance.choice(_ODD)


def _escaped(word: bytes) -> str:
    return "".join("\\x" + format(byte, "02x") for byte in word)


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    target, place = TARGETS[name], BUILT / name
    corpus = place / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(kept(name)):
        (corpus / f"kept-{number}").write_bytes(content)
    words = place / "words"
    words.write_text("".join(f'"{_escaped(word.encode())}"\n' for word in target.words))
    with atheris.instrument_imports(include=["litbase"]):
        from litbase import drafts, readers  # noqa: F401
        from litbase.drafts import docx, html, markdown, plain, reference  # noqa: F401
        from litbase.services import check, exporting, importing, restoring, search, undo  # noqa: F401
    line = [
        sys.argv[0], f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-len_control=20", f"-dict={words}",
        "-timeout=60", "-rss_limit_mb=1024", f"-artifact_prefix={place}/", "-print_final_stats=1", str(corpus),
    ]  # fmt: skip
    mutator = {"custom_mutator": mutated} if target.json else {}
    atheris.Setup(line, lambda content: held(target, content), **mutator)
    atheris.Fuzz()


def main() -> int:
    """Fuzz each target in a process of its own; 1 where one did not hold."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(TARGETS)}; all if none is named")
    options.add_argument("--minutes", type=float, default=10, help="for each target")
    options.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if not find_spec("atheris"):
        print("atheris is not here: pip install -e '.[fuzz]' (Linux and macOS)", file=sys.stderr)
        return 2
    if chosen.here:
        fuzz(chosen.targets[0], int(chosen.minutes * 60))
    failed = []
    for name in chosen.targets or TARGETS:
        place = BUILT / name
        place.mkdir(parents=True, exist_ok=True)
        line = [sys.executable, __file__, "--here", "--minutes", str(chosen.minutes), name]
        with (place / "log").open("w", encoding="utf-8") as log:
            done = subprocess.run(line, stdout=log, stderr=log, check=False, env={**os.environ, "PYTHONHASHSEED": "0"})
        told = (place / "log").read_text(encoding="utf-8", errors="replace")
        runs = next((words.split()[-1] for words in told.splitlines() if "number_of_executed_units" in words), "?")
        print(
            f"{name}: {runs} inputs, {'held' if done.returncode == 0 else f'did not hold: see {place}/log'}", flush=True
        )
        failed += [name] if done.returncode else []
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
