"""What the user writes by hand: notes, corrections, and the editor they go through."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

Run = Callable[..., Ran]


class TestNotes:
    def test_a_note_is_private_unless_said_otherwise(self, shelf: Run) -> None:
        shelf("note", "add", "tronick1989", "--public", "For everyone.")
        notes = shelf("note", "list", "tronick1989", "--json").json["notes"]
        assert [(note["private"], note["locator"]) for note in notes] == [(True, "p. 112"), (False, "")]

    def test_a_note_from_standard_input_keeps_its_lines(self, shelf: Run, spawn: Run) -> None:
        assert spawn("note", "add", "tronick1989", "-", given="One\n\nTwo\n").code == 0
        assert shelf("note", "list", "tronick1989", "--json").json["notes"][1]["text"] == "One\n\nTwo"

    def test_changed_and_removed_by_number(self, shelf: Run) -> None:
        assert shelf("note", "edit", "tronick1989", "1", "Other words.", "--page", "113", "--public").code == 0
        note = shelf("note", "list", "tronick1989", "--json").json["notes"][0]
        assert (note["text"], note["locator"], note["private"]) == ("Other words.", "p. 113", False)
        assert shelf("note", "remove", "tronick1989").code == 2
        assert shelf("note", "remove", "tronick1989", "--yes").code == 0
        assert shelf("note", "remove", "tronick1989", "1", "--yes").code == 3

    def test_an_empty_note_is_refused(self, shelf: Run) -> None:
        assert shelf("note", "add", "tronick1989", "  ").code == 5

    def test_the_error_never_holds_the_text(self, shelf: Run) -> None:
        shown = shelf("note", "add", "nobody1999", "a secret")
        assert shown.code == 3
        assert "secret" not in shown.err + shown.out

    @pytest.mark.parametrize(
        ("script", "code"),
        [("exit 3", 5), (': > "$1"', 5), ('echo more >> "$1"', 0), ('echo more >> "$1"; exit 1', 5)],
    )
    def test_an_editor_that_fails_or_empties_the_file_loses_nothing(
        self, shelf: Run, tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch, script: str, code: int
    ) -> None:
        editor = tmp_path / "an editor"
        editor.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        editor.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(editor))
        shown = shelf("note", "edit", "tronick1989", "1")
        assert shown.code == code
        text = shelf("note", "list", "tronick1989", "--json").json["notes"][0]["text"]
        assert text.startswith("The still face, and what mends it.")
        assert ("more" in text) == (code == 0)
        left = list((library.parent / "editing").iterdir())
        assert len(left) == (1 if "more" in script and code else 0)
        assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in left)
        assert all(str(path) in shown.err for path in left)

    def test_a_missing_editor_is_told(self, shelf: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("VISUAL", "/no/such/editor --wait")
        shown = shelf("note", "add", "tronick1989")
        assert shown.code == 2
        assert "/no/such/editor" in shown.err

    def test_two_edits_at_once_keep_both_texts(self, shelf: Run, library: Path) -> None:
        from litbase.services import annotate

        seen = annotate.find(library, "tronick1989", "1")
        annotate.change(library, seen, {"text": "The first edit."})
        kept = annotate.change(library, seen, {"text": "The second edit."})
        assert kept.uuid != seen.uuid
        notes = shelf("note", "list", "tronick1989", "--json").json["notes"]
        assert [note["text"] for note in notes] == ["The first edit.", "The second edit."]


class TestEdit:
    def test_a_field_is_set_and_marked_as_the_users(self, shelf: Run) -> None:
        shown = shelf("edit", "deyoung2015", "--set", "year=2016", "--set", "authors=DeYoung, Pat; {A Group}")
        assert "issued: 2015-04-06 → 2016" in shown.out
        source = shelf("show", "deyoung2015", "--json").json["sources"][0]
        assert source["item"]["issued"] == {"date-parts": [[2016]]}
        assert source["item"]["author"] == [{"family": "DeYoung", "given": "Pat"}, {"literal": "A Group"}]
        assert source["provenance"]["issued"] == {"origin": "user"}

    def test_the_list_shows_the_change_at_once(self, shelf: Run) -> None:
        shelf("refs", "deyoung2015")
        shelf("edit", "deyoung2015", "--set", "title=Another title")
        assert "Another title" in shelf("refs", "deyoung2015").out
        assert "Another title" in shelf("search", "another", "title").out

    @pytest.mark.parametrize("setting", ["titel=x", "title", "year=soon", "type=boook", "doi=junk", "title="])
    def test_what_cannot_be_set_changes_nothing(self, shelf: Run, setting: str) -> None:
        before = shelf("show", "deyoung2015", "--json").out
        assert shelf("edit", "deyoung2015", "--set", setting).code == 5
        assert shelf("show", "deyoung2015", "--json").out == before

    def test_another_sources_doi_is_refused(self, shelf: Run) -> None:
        shown = shelf("edit", "deyoung2015", "--set", "doi=10.1037/pst0000185")
        assert shown.code == 5
        assert "eubanks2018" in shown.err

    def test_the_form_unchanged_changes_nothing(self, shelf: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        shelf("edit", "deyoung2015", "--set", "abstract=One: a paragraph.\n\nAnother.")
        before = shelf("show", "deyoung2015", "--json").out
        monkeypatch.setenv("VISUAL", "true")
        assert "nothing changed" in shelf("edit", "deyoung2015").err
        assert shelf("show", "deyoung2015", "--json").out == before


class TestByHand:
    def test_from_fields_on_the_line(self, run: Run) -> None:
        fields = ("author=Ogden, Thomas H.", "year=1994", "title=Subjects of analysis", "publisher=Aronson")
        line = [word for field in fields for word in ("--set", field)]
        assert run("add", "--manual", "book", *line, "--concept", "thirdness").code == 0
        source = run("show", "ogden1994", "--json").json["sources"][0]
        assert (source["concepts"], source["provenance"]["title"]) == (["thirdness"], {"origin": "user"})
        assert "Ogden, T. H. (1994). Subjects of analysis. Aronson." in run("refs").out

    def test_from_a_form_in_the_editor(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        editor = tmp_path / "editor"
        editor.write_text(
            "#!/bin/sh\nsed -i 's/^title: /title: A page/; s/^URL: /URL: https:\\/\\/example.org/' \"$1\"\n"
        )
        editor.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(editor))
        assert run("add", "--manual", "web").code == 0
        assert run("list", "--keys").lines == ["page_nd"]

    def test_from_csl_json_all_or_none(self, run: Run, tmp_path: Path) -> None:
        path = tmp_path / "items.json"
        path.write_text('[{"id": "mykey2001", "type": "book", "title": "One"}, {"id": "b", "type": "book"}]')
        assert run("add", "--from-csl", str(path)).code == 5
        assert run("list").code == 3
        path.write_text('[{"id": "mykey2001", "type": "book", "title": "One", "DOI": "https://doi.org/10.5555/A"}]')
        assert run("add", "--from-csl", str(path), "--json").json["sources"][0]["citekey"] == "mykey2001"
        assert run("add", "--from-csl", str(path), "--json").json["sources"][0]["status"] == "present"

    @pytest.mark.parametrize(
        "line",
        [
            ("--manual", "boat"),
            ("--manual", "book", "--set", "author=A"),
            ("--manual", "book", "10.1037/pst0000185"),
            ("--set", "title=x"),
            (),
        ],
    )
    def test_what_makes_no_sense_adds_nothing(self, run: Run, library: Path, line: tuple[str, ...]) -> None:
        assert run("add", *line).code in (2, 5)
        assert not library.exists()
