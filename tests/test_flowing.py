"""What comes in and goes out flows: through pipes, past who writes meanwhile, and never all of it in memory."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import random_library
from conftest import Ran
from test_import import BIB, BROKEN, RIS
from test_store import add, book

from litbase.cli import console
from litbase.errors import BadInput, LibraryError
from litbase.place import Place, Server
from litbase.services import exporting, moving, restoring
from litbase.services.exporting import Wanted
from litbase.spool import Spool
from litbase.store.reader import Reader
from litbase.store.writer import write

CSL = json.dumps([{"type": "book", "title": "Letters", "issued": {"date-parts": [[2015]]}}])


def test_a_spool_gives_back_what_was_put_in_as_often_as_asked() -> None:
    values = [("a", {"b": number}) for number in range(3000)]
    with Spool[tuple[str, dict[str, int]]]() as spool:
        assert list(spool) == []
        for value in (*values, ("long", {"x" * 2_000_000: 1})):
            spool.append(value)
        assert len(spool) == 3001
        # Two may go through it at once, and more may be put in meanwhile.
        both = zip(spool, spool, strict=True)
        assert next(both) == (values[0], values[0])
        spool.append(values[1])
        assert [one for one, _ in both][:2999] == values[1:]
        place, last = list(spool.placed())[-1]
        assert spool.at(place) == last == values[1]


def test_a_spool_without_room_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> int:
        raise OSError(28, "No space left on device")

    with Spool[int]() as spool:
        monkeypatch.setattr(spool._file, "write", full)
        with pytest.raises(LibraryError, match="no room for what is read"):
            spool.append(1)


@pytest.mark.parametrize("given", [BIB, RIS, CSL, BIB.encode("utf-16")], ids=["bibtex", "ris", "csl-json", "utf-16"])
def test_a_list_through_a_pipe(spawn: Callable[..., Ran], given: str | bytes) -> None:
    done = spawn("import", "-", "--json", given=given)
    assert done.code == 0, done.err
    assert {one["file"] for one in done.json["sources"]} == {"standard input"}
    assert {one["status"] for one in done.json["sources"]} == {"added"}


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="there is no /dev/stdin")
def test_a_list_from_a_device(spawn: Callable[..., Ran]) -> None:
    assert spawn("import", "/dev/stdin", given=BIB * 2000).code == 0
    assert "is binary" in spawn("import", "/dev/zero").err


@pytest.mark.parametrize("more", [[], ["--format", "jsonl"]])
def test_an_export_through_a_pipe(
    shelf: Callable[..., Ran], spawn: Callable[..., Ran], tmp_path: Path, more: list[str]
) -> None:
    whole = spawn("export", "--with-private").out
    other = str(tmp_path / "other.db")
    done = spawn("--library", other, "import", "-", *more, given=whole)
    assert "the whole library, as it was" in done.err
    assert spawn("--library", other, "export", "--with-private").out == whole
    assert "cut off" in spawn("--library", other, "import", "-", given=whole[:-5]).err


def test_what_is_refused_comes_first_and_the_rest_in_its_order(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(BROKEN, encoding="utf-8")
    (tmp_path / "b.ris").write_text(f"TY  - BOOK\nER  - \n{RIS}", encoding="utf-8")
    done = run("import", str(tmp_path / "a.bib"), str(tmp_path / "b.ris"), "--keep-going", "--json")
    told = [(Path(one["file"]).name, one["entry"], one["status"]) for one in done.json["sources"]]
    assert told == [
        ("a.bib", 3, "refused"), ("b.ris", 1, "refused"), ("a.bib", 1, "added"), ("a.bib", 2, "added"),
        ("b.ris", 2, "present"),
    ]  # fmt: skip


@pytest.mark.parametrize("terminal", [False, True])
@pytest.mark.parametrize("elements", [[], [1], [{"a": [1, "x\ny"]}, {}, "é"]])
def test_a_list_in_json_is_printed_as_if_it_were_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, terminal: bool, elements: list[object]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    console.emit({"schema": "x/1", "sources": elements})
    whole = capsys.readouterr().out
    console.emit_list({"schema": "x/1"}, "sources", iter(elements))
    assert capsys.readouterr().out == whole


@pytest.fixture
def filled(server: Server, library_file: Path) -> Server:
    """A library on a server, of some steps."""
    random_library.build(library_file, 3, 40)
    moving.move(library_file, server, moving.contents(library_file))
    return server


@pytest.mark.parametrize("form", exporting.FORMATS)
def test_an_export_is_of_one_moment(filled: Server, form: str) -> None:
    whole = list(exporting.pieces(filled, Wanted(notes="all"), form))
    flowing = exporting.pieces(filled, Wanted(notes="all"), form)
    begun = [next(flowing)]
    add(filled, book("Meanwhile"), "meanwhile2026")
    assert begun + list(flowing) == whole
    assert list(exporting.pieces(filled, Wanted(notes="all"), form)) != whole


def test_a_snapshot_that_breaks_is_not_gone_on_with_in_another(filled: Server, cluster: object) -> None:
    with Reader(filled) as reader, reader.snapshot():
        reader.count()
        reader._connection._wire.close()  # type: ignore[attr-defined]
        with pytest.raises(LibraryError, match="broke"):
            reader.count()


def test_a_snapshot_leaves_a_library_as_it_was(either: Place) -> None:
    add(either, book())
    for _ in range(2):
        with Reader(either) as reader:
            with reader.snapshot():
                assert reader.count() == 1
            with reader.snapshot():
                assert reader.count() == 1
    add(either, book("Another"), "another")


def test_a_source_that_does_not_fit_is_told_by_its_line(library_file: Path, tmp_path: Path) -> None:
    for number in range(3):
        add(library_file, book(f"Work {number}"), f"work{number}")
    lines = "".join(exporting.pieces(library_file, Wanted())).splitlines()
    again = lines[1].replace('"uuid":"', '"uuid":"other')
    path = tmp_path / "all.jsonl"
    path.write_text("\n".join([*lines[:4], again, *lines[4:-1], '{"end":7}\n']), encoding="utf-8")
    with pytest.raises(BadInput, match=r"all\.jsonl, line 5: this source does not go with the others"):
        restoring.restore(tmp_path / "other.db", path)


def test_a_million_of_one_title_are_told_apart_by_their_dois(either: Place) -> None:
    """Editorials: the work is the same by all that is told of it in brief, and each has a DOI of its own."""
    from litbase.services import importing

    def editorials(first: int) -> Iterator[importing.Ready | importing.Outcome]:
        from litbase.readers import Entry

        items = ({"type": "article-journal", "title": "Editorial", "DOI": f"10.5555/{n}"} for n in range(first, 700))
        return importing.ready("x.json", "csl-json", (Entry(n, n, item) for n, item in enumerate(items, first)))

    first = [one.status for one in importing.keep(either, list(editorials(650)), importing.Wish())]  # type: ignore[arg-type]
    assert first == ["added"] * 50
    again = [one.status for one in importing.keep(either, list(editorials(0)), importing.Wish())]  # type: ignore[arg-type]
    assert again == ["added"] * 650 + ["present"] * 50
    with write(either, "remove") as writer:
        writer.remove_source(writer.citekey_of("10.5555/699") or "")
    dry = importing.keep(either, list(editorials(698)), importing.Wish(dry_run=True))  # type: ignore[arg-type]
    assert [one.status for one in dry] == ["present", "restored"]
