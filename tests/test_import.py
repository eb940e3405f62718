"""Import: all or nothing, nothing twice, every failure with its place; and litbase's own exports put back."""

import json
import os
import stat
from pathlib import Path

import pytest

from litbase.cli import exchanging
from litbase.services import exporting, intake

BIB = """@article{stern1998, title = {The Process of Change with {EMDR} Care},
  author = {Stern, Daniel N.},
  journal = {A Journal}, year = 1998, volume = 19, pages = {300--308}, doi = {10.5555/Abc}, keywords = {repair, shame},
  annote = {A thought of mine.}, file = {x.pdf}}
@book{deyoung2015, title = {Relational Psychotherapy: A Primer}, author = {DeYoung, Patricia A.}, year = 2015}
"""
RIS = "TY  - BOOK\nTI  - Relational Psychotherapy: A Primer\nAU  - DeYoung, Patricia A.\nPY  - 2015\nER  - \n"
BROKEN = BIB + "@book{c, title = {No end\n"


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


def test_the_command_line_and_the_services_know_the_same_formats() -> None:
    assert set(exchanging.READ) == {"auto", *intake.FORMATS}
    assert exchanging.WRITTEN == exporting.FORMATS


def test_entries_become_sources(run, bib: Path) -> None:
    done = run("import", str(bib), "--json")
    assert done.code == 0
    first, second = done.json["sources"]
    assert (first["citekey"], first["status"], first["line"]) == ("stern1998", "added", 1)
    assert (second["citekey"], second["line"]) == ("deyoung2015", 5)
    assert first["item"]["title"] == "The process of change with EMDR care"
    shown = run("show", "stern1998", "--json").json["sources"][0]
    assert shown["concepts"] == []
    assert shown["item"]["DOI"] == "10.5555/abc"
    assert run("note", "list", "stern1998", "--json").json["notes"][0]["text"] == "A thought of mine."


def test_what_was_changed_and_left_is_remembered(run, bib: Path, library: Path) -> None:
    from litbase.store.reader import Reader

    run("import", str(bib))
    with Reader(library) as reader:
        provenance = json.loads(reader.source("stern1998").provenance)  # type: ignore[union-attr]
    assert provenance["*"] == {"origin": "bibtex", "file": "refs.bib", "entry": 1}
    assert provenance["title"]["changes"][-1]["reason"] == "set in sentence case"


def test_nothing_comes_twice(run, bib: Path, tmp_path: Path) -> None:
    assert run("import", str(bib)).code == 0
    again = run("import", str(bib), "--json")
    assert [one["status"] for one in again.json["sources"]] == ["present", "present"]
    (tmp_path / "same.ris").write_text(RIS, encoding="utf-8")
    other = run("import", str(tmp_path / "same.ris"), "--json").json["sources"]
    assert [(one["status"], one["citekey"]) for one in other] == [("present", "deyoung2015")]
    assert len(run("note", "list", "stern1998", "--json").json["notes"]) == 1
    assert len(run("list", "--keys").lines) == 2


def test_two_of_one_file_that_are_one_work(run, tmp_path: Path) -> None:
    (tmp_path / "twice.ris").write_text(RIS * 2, encoding="utf-8")
    done = run("import", str(tmp_path / "twice.ris"), "--json").json["sources"]
    assert [one["status"] for one in done] == ["added", "present"]


@pytest.mark.parametrize(
    "other",
    [
        "year = 2016", "volume = 3", "edition = {2}", "doi = {10.5555/other}",
    ],
)  # fmt: skip
def test_other_works_of_a_title_are_kept(run, tmp_path: Path, other: str) -> None:
    one = "@book{k, title = {Letters}, author = {Lee, Ann}, year = 2015, volume = 2,"
    one += "edition = {3}, doi = {10.5555/one}}\n"
    two = (
        f"@book{{k2, title = {{Letters}}, author = {{Lee, Ann}}, {other}"
        + ("" if "year" in other else ", year = 2015")
        + "}\n"
    )
    (tmp_path / "both.bib").write_text(one + two, encoding="utf-8")
    done = run("import", str(tmp_path / "both.bib"), "--json").json["sources"]
    assert [one["status"] for one in done] == ["added", "added"]


def test_a_taken_citekey_gets_a_letter_and_says_so(run, tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@book{k, title={One}}\n@book{k, title={Other}}\n", encoding="utf-8")
    done = run("import", str(tmp_path / "a.bib"))
    assert run("list", "--keys").lines == ["k", "k_b"]
    assert "k is another work’s key; this one is k_b" in done.err


def test_one_fault_and_nothing_is_imported(run, tmp_path: Path, library: Path) -> None:
    (tmp_path / "broken.bib").write_text(BROKEN, encoding="utf-8")
    done = run("import", str(tmp_path / "broken.bib"))
    assert done.code == 5
    assert f"{tmp_path / 'broken.bib'}:6: entry 3: the entry is not closed" in done.err
    assert "1 entry of 3 cannot be read; nothing was imported" in done.err
    assert not library.exists()
    refused = run("import", str(tmp_path / "broken.bib"), "--json")
    assert refused.code == 5
    assert [(one["line"], one["status"]) for one in refused.json["sources"]] == [(6, "refused")]
    assert not library.exists()


def test_keep_going_takes_what_can_be_read(run, tmp_path: Path) -> None:
    (tmp_path / "broken.bib").write_text(BROKEN, encoding="utf-8")
    done = run("import", str(tmp_path / "broken.bib"), "--keep-going")
    assert done.code == 5
    assert "broken.bib:6: entry 3" in done.err
    assert "2 added, 1 refused" in done.err
    assert run("list", "--keys").lines == ["deyoung2015", "stern1998"]


def test_one_bad_file_of_several_stops_all(run, bib: Path, tmp_path: Path, library: Path) -> None:
    (tmp_path / "empty.ris").write_text("", encoding="utf-8")
    assert run("import", str(bib), str(tmp_path / "empty.ris")).code == 5
    assert not library.exists()


@pytest.mark.parametrize("name", ["gone.bib", "gone"])
def test_a_file_that_is_not_there(run, name: str) -> None:
    assert run("import", name).code == 3


def test_a_dry_run_changes_nothing(run, bib: Path, library: Path) -> None:
    done = run("import", str(bib), "--dry-run", "--json")
    assert [one["status"] for one in done.json["sources"]] == ["would add", "would add"]
    assert not library.exists()


def test_keywords_become_concepts_only_when_asked_for(run, bib: Path) -> None:
    run("import", str(bib), "--tags", "--concept", "attachment")
    assert sorted(run("show", "stern1998", "--json").json["sources"][0]["concepts"]) == [
        "attachment",
        "repair",
        "shame",
    ]


def test_an_unknown_concept_stops_before_anything(run, bib: Path, library: Path) -> None:
    assert run("import", str(bib), "--concept", "nonesuch").code == 3
    assert not library.exists()


def test_an_import_is_one_step_to_undo(run, bib: Path) -> None:
    run("import", str(bib), "--tags")
    assert run("undo").code == 0
    assert run("list", "--keys").lines == []
    # What was taken back is in the bin; importing again gives it back.
    again = run("import", str(bib), "--json").json["sources"]
    assert again[0]["status"] == "restored"


def test_standard_input_and_folders(spawn, run, bib: Path, tmp_path: Path) -> None:
    assert spawn("import", "-", given=RIS).code == 0
    folder = tmp_path / "many"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "refs.bib").write_text(BIB, encoding="utf-8")
    (folder / "readme.md").write_text("Nothing to import here.", encoding="utf-8")
    (folder / ".hidden.bib").write_text("@book{hidden, title={No}}", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    done = run("import", str(folder), "--json").json["sources"]
    assert [(one["citekey"], one["status"]) for one in done] == [("stern1998", "added"), ("deyoung2015", "present")]
    (tmp_path / "bare").mkdir()
    assert run("import", str(tmp_path / "bare")).code == 5


def test_dois_are_fetched_as_add_does(run, tmp_path: Path) -> None:
    (tmp_path / "mail.txt").write_text("Have you read https://doi.org/10.1037/pst0000185?", encoding="utf-8")
    done = run("import", str(tmp_path / "mail.txt"), "--offline")
    assert done.code == 0
    assert len(run("list", "--keys").lines) == 1


def test_a_format_given_is_the_format_read(run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(BIB, encoding="utf-8")
    assert run("import", str(tmp_path / "notes.txt"), "--format", "ris").code == 5
    assert run("import", str(tmp_path / "notes.txt"), "--format", "bibtex").code == 0
    assert run("import", str(tmp_path / "notes.txt"), "--format", "jsonl").code == 5


POST = """# On repair

Stern (1985) and DeYoung (2015) agree.

## References

DeYoung, P. A. (2015). *Relational psychotherapy: A primer* (2nd ed.). Routledge. https://doi.org/10.4324/9781315723709

Stern, D. N. (1985). *The interpersonal world of the infant*. Basic Books.
"""


def test_the_list_of_an_old_post(run, tmp_path: Path, library: Path) -> None:
    (tmp_path / "post.md").write_text(POST, encoding="utf-8")
    asked = run("import", str(tmp_path / "post.md"), "--from-list", "--offline")
    assert asked.code == 2
    assert "needs a yes" in asked.err
    done = run("import", str(tmp_path / "post.md"), "--from-list", "--offline", "--yes")
    assert done.code == 0
    assert run("list", "--keys").lines == ["deyoung2015", "stern1985"]
    from litbase.store.reader import Reader

    with Reader(library) as reader:
        guessed = json.loads(reader.source("stern1985").provenance)["*"]  # type: ignore[union-attr]
    assert (guessed["origin"], guessed["guessed"]) == ("list", True)
    assert "interpersonal world" in guessed["text"]


def test_a_post_without_a_list(run, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text("# A post\n\nNothing is cited.\n", encoding="utf-8")
    assert run("import", str(tmp_path / "post.md"), "--from-list", "--offline").code == 5


# litbase's own


def export(run, tmp_path: Path, *more: str) -> Path:
    file = tmp_path / "all.jsonl"
    assert run("export", "-o", str(file), *more).code == 0
    return file


def test_a_library_moves_whole(shelf, tmp_path: Path) -> None:
    file = export(shelf, tmp_path, "--with-private")
    other = str(tmp_path / "other.db")
    done = shelf("--library", other, "import", str(file))
    assert done.code == 0
    assert "the whole library, as it was" in done.err
    assert shelf("--library", other, "history", "--json").out == shelf("history", "--json").out
    assert shelf("--library", other, "list", "--json").out == shelf("list", "--json").out
    assert shelf("--library", other, "undo").code == 0


def test_an_export_into_a_library_that_holds_something(shelf, tmp_path: Path) -> None:
    file = export(shelf, tmp_path, "--with-private")
    assert shelf("remove", "tronick1989", "--yes").code == 0
    other = str(tmp_path / "other.db")
    (tmp_path / "one.bib").write_text(BIB, encoding="utf-8")
    shelf("--library", other, "import", str(tmp_path / "one.bib"))
    done = shelf("--library", other, "import", str(file))
    assert "what was not there yet: 5 added, 1 already there" in done.err
    assert shelf("--library", other, "note", "list", "tronick1989", "--json").json["notes"]
    assert shelf("--library", other, "undo").code == 0
    assert shelf("--library", other, "list", "--keys").lines == ["deyoung2015", "stern1998"]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda lines: lines[:-1], "cut off"),
        (lambda lines: lines[:-2] + lines[-1:], "where its end speaks of"),
        (lambda lines: [lines[0].replace('"version":1', '"version":99'), *lines[1:]], "was written by litbase"),
        (lambda lines: [lines[0], "{", *lines[2:]], "line 2: this is not JSON"),
        (lambda lines: [lines[0], '{"concept":{"name":"x"}}', *lines[2:]], "line 2: this concept is not whole"),
        (lambda lines: [lines[0], '{"__init__":1}', *lines[2:]], "nothing a litbase export holds"),
        (lambda lines: [*lines[:-1], lines[-2], lines[-1].replace("}", "1}")], "where its end speaks of"),
    ],
)
def test_a_damaged_export_is_refused_whole(shelf, tmp_path: Path, damage, told: str) -> None:
    file = export(shelf, tmp_path)
    file.write_text("\n".join(damage(file.read_text(encoding="utf-8").splitlines())) + "\n", encoding="utf-8")
    other = str(tmp_path / "other.db")
    done = shelf("--library", other, "import", str(file))
    assert done.code == 5
    assert told in done.err
    assert shelf("--library", other, "list").out == ""


def test_a_source_that_stands_twice_in_an_export_is_refused(shelf, tmp_path: Path) -> None:
    file = export(shelf, tmp_path)
    lines = file.read_text(encoding="utf-8").splitlines()
    source = next(line for line in lines if line.startswith('{"source"'))
    count = json.loads(lines[-1])["end"] + 1
    file.write_text("\n".join([*lines[:-1], source, f'{{"end":{count}}}']) + "\n", encoding="utf-8")
    done = shelf("--library", str(tmp_path / "other.db"), "import", str(file))
    assert done.code == 5
    assert "does not go with the others" in done.err


def test_exports_are_never_written_over_by_accident(shelf, tmp_path: Path) -> None:
    file = export(shelf, tmp_path)
    before = file.read_bytes()
    assert shelf("export", "-o", str(file), "--format", "ris").code == 5
    assert file.read_bytes() == before
    assert shelf("export", "-o", str(tmp_path)).code == 5
    assert shelf("export", "-o", str(file), "--format", "ris", "--force").code == 0
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine", encoding="utf-8")
    assert shelf("export", "--split", str(tmp_path / "full")).code == 5
    assert shelf("export", "--split", str(tmp_path / "full"), "--force").code == 0
    assert (tmp_path / "full" / "letter.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt", reason="file modes are POSIX's")
def test_private_exports_are_for_their_owner_only(shelf, tmp_path: Path) -> None:
    assert stat.S_IMODE(export(shelf, tmp_path, "--with-private").stat().st_mode) == 0o600


def test_a_folder_follows_the_library(shelf, tmp_path: Path) -> None:
    folder = tmp_path / "split"
    assert shelf("export", "--split", str(folder)).code == 0
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.json")}
    assert len(before) == 7
    shelf("edit", "tronick1989", "--set", "volume=45")
    assert shelf("export", "--split", str(folder)).code == 0
    changed = [path.name for path, when in before.items() if path.stat().st_mtime_ns != when]
    assert changed == ["tronick1989.json"]
    shelf("remove", "tronick1989", "--yes")
    shelf("purge", "tronick1989", "--yes")
    assert shelf("export", "--split", str(folder)).code == 0
    assert not (folder / "sources" / "tronick1989.json").exists()


def test_a_selection_holds_nothing_else(shelf, tmp_path: Path) -> None:
    done = shelf("export", "tronick1989", "--with-private")
    lines = [json.loads(line) for line in done.lines]
    assert lines[0]["litbase"] == "selection"
    assert [line["source"]["citekey"] for line in lines if "source" in line] == ["tronick1989"]
    assert "deyoung" not in done.out
    changes = [line["change"] for line in lines if "change" in line]
    assert {change["entity"] for change in changes} >= {"source", "note", "source_concept"}


def test_formats_of_other_programs(shelf) -> None:
    assert shelf("export", "--concept", "attachment", "--format", "bibtex").out.count("@") == 2
    assert "KW  - repair" in shelf("export", "tronick1989", "--format", "ris").out
    assert [one["id"] for one in shelf("export", "tronick1989", "--format", "csl-json").json] == ["tronick1989"]
    assert shelf("export", "nonesuch").code == 3


def test_public_notes_go_along_when_asked_for(shelf, tmp_path: Path) -> None:
    shelf("note", "add", "tronick1989", "For everyone.", "--public")
    for form in exporting.FORMATS:
        assert "For everyone." not in shelf("export", "tronick1989", "--format", form).out
        public = shelf("export", "tronick1989", "--format", form, "--with-notes").out
        assert "For everyone." in public
        assert "still face" not in public
        assert "still face" in shelf("export", "tronick1989", "--format", form, "--with-private").out
