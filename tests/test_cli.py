"""The commands as a person meets them: what they print where, and what they exit with."""

import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran

from litbase import __version__
from litbase.cli.commands import TABLE

Run = Callable[..., Ran]
_PAIR = ("wampold2015", "wampold2015b")


class TestTheFrontDoor:
    def test_help_names_every_command(self, run: Run) -> None:
        for line in ((), ("--help",), ("-h",), ("help",)):
            shown = run(*line)
            assert shown.code == 0
            assert all(f"  {listed.name} " in shown.out and listed.help in shown.out for listed in TABLE)

    def test_the_version(self, run: Run) -> None:
        assert run("--version").out == f"litbase {__version__}\n"

    def test_an_unknown_command_gets_the_nearest(self, run: Run) -> None:
        shown = run("serch", "x")
        assert (shown.code, shown.out) == (2, "")
        assert "did you mean litbase search?" in shown.err

    def test_an_unknown_option_exits_with_2(self, run: Run) -> None:
        shown = run("search", "--colour")
        assert shown.code == 2
        assert "--colour" in shown.err

    def test_a_group_alone_explains_itself(self, run: Run) -> None:
        assert "Commands:" in run("note", "--help").out

    def test_library_stands_anywhere(self, shelf: Run, tmp_path: Path, library: Path) -> None:
        other = tmp_path / "other.db"
        library.rename(other)
        for line in (
            ("--library", str(other), "list"),
            ("list", "--library", str(other)),
            ("list", f"--library={other}"),
        ):
            assert len(shelf(*line).lines) == 6
        assert shelf("list", "--library").code == 2

    def test_json_errors_are_json(self, shelf: Run) -> None:
        shown = shelf("show", "nobody1999", "--json")
        assert shown.code == 3
        assert shown.json["error"]["code"] == "not-found"

    def test_a_bug_is_owned_up_to_without_a_trace(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        from litbase.services import search

        def fail(*_: object) -> None:
            raise ZeroDivisionError("a note's secret text")

        monkeypatch.setattr(search, "every", fail)
        shown = run("list")
        assert shown.code == 70
        assert "ZeroDivisionError" in shown.err
        assert "secret" not in shown.err
        assert "Traceback" not in shown.err

    def test_an_interrupt_exits_with_130(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        from litbase.services import search

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(search, "every", interrupt)
        assert run("list").code == 130

    def test_a_closed_pipe_is_no_error(self, shelf: Run, library: Path) -> None:
        import subprocess
        import sys

        command = f'"{sys.executable}" -m litbase list --json | head -c 1; exit "${{PIPESTATUS[0]}}"'
        done = subprocess.run(["bash", "-c", command], capture_output=True, env=os.environ, check=False)
        assert (done.returncode, done.stderr) == (0, b"")

    def test_output_in_ascii_does_not_crash(self, shelf: Run, spawn: Run) -> None:
        assert shelf("edit", "deyoung2015", "--set", "title=Übergänge — 移行").code == 0
        shown = spawn("list", env={"PYTHONIOENCODING": "ascii"})
        assert shown.code == 0
        assert "\\u79fb" in shown.out


class TestAdd:
    def test_from_the_shelf_and_plainly_so(self, run: Run) -> None:
        shown = run("add", "10.1037/pst0000185", "--offline")
        assert shown.out == "eubanks2018\tEubanks et al.\t2018\tAlliance rupture repair: A meta-analysis\tadded\n"
        assert "from the bundled shelf, not fetched from Crossref" in shown.err

    def test_without_a_network_the_shelf_helps_out(self, run: Run) -> None:
        shown = run("add", "https://doi.org/10.1037/PST0000185")
        assert shown.code == 0
        assert "from the bundled shelf, not fetched from Crossref" in shown.err
        other = run("add", "10.5555/nowhere")
        assert other.code == 4
        assert "10.5555/nowhere # " in other.err

    def test_an_unconfirmed_doi_says_so(self, run: Run) -> None:
        assert "10.4324/9781315723709 is not confirmed" in run("add", "10.4324/9781315723709", "--offline").err

    def test_already_there_says_so_and_exits_0(self, shelf: Run) -> None:
        shown = shelf("add", "doi:10.1037/pst0000185", "--offline")
        assert (shown.code, shown.out.split("\t")[-1]) == (0, "already there\n")

    def test_already_there_still_gets_the_concept_and_the_note(self, shelf: Run) -> None:
        assert shelf("add", "10.1037/pst0000185", "--concept", "empathy", "--note", "Again.", "--offline").code == 0
        shown = shelf("show", "eubanks2018", "--json").json["sources"][0]
        assert shown["concepts"] == ["empathy", "repair"]
        assert [note["text"] for note in shown["notes"]] == ["Again."]

    def test_from_the_bin_with_its_notes(self, shelf: Run) -> None:
        assert shelf("remove", "tronick1989", "--yes").code == 0
        assert shelf("show", "tronick1989").code == 3
        shown = shelf("add", "10.1037/0003-066x.44.2.112", "--offline")
        assert "restored from the bin" in shown.out
        assert len(shelf("note", "list", "tronick1989", "--json").json["notes"]) == 1

    def test_a_dry_run_adds_nothing(self, run: Run, library: Path) -> None:
        assert "would be added" in run("add", "10.1037/pst0000185", "--offline", "--dry-run").out
        assert not library.exists()

    def test_a_malformed_doi_exits_with_5_and_is_quoted(self, run: Run) -> None:
        shown = run("add", "not-a-doi")
        assert shown.code == 5
        assert "not-a-doi" in shown.err

    def test_what_failed_can_be_fed_back(self, run: Run, spawn: Run) -> None:
        shown = run("add", "10.1037/pst0000185", "10.5555/first", "10.5555/second", "--offline")
        assert shown.code == 4
        again = spawn("add", "-", "--offline", given=shown.err)
        assert re.findall(r"^(10\.5555/\w+) # ", again.err, re.MULTILINE) == ["10.5555/first", "10.5555/second"]

    def test_an_unknown_concept_stops_before_anything_is_added(self, run: Run, library: Path) -> None:
        shown = run("add", "10.1037/pst0000185", "--concept", "atachment", "--offline")
        assert shown.code == 3
        assert "did you mean attachment" in shown.err
        assert not library.exists()

    def test_a_new_concept_needs_new(self, run: Run) -> None:
        assert run("add", "10.1037/pst0000185", "--concept", "xylophone", "--offline").code == 3
        assert run("add", "10.1037/pst0000185", "--concept", "xylophone", "--new", "--offline").code == 0

    def test_nothing_on_standard_input(self, spawn: Run) -> None:
        assert spawn("add", "-", given="\n# only a remark\n").code == 2

    def test_json(self, run: Run) -> None:
        shown = run("add", "10.1037/pst0000185", "junk", "--offline", "--json")
        first, second = sorted(shown.json["sources"], key=lambda one: one["status"])
        assert (first["status"], first["citekey"], first["origin"]) == ("added", "eubanks2018", "shelf")
        assert second["error"]["code"] == "bad-input"


class TestConcepts:
    def test_a_shipped_concept_comes_with_its_place_in_the_tree(self, shelf: Run) -> None:
        names = [concept["name"] for concept in shelf("concept", "list", "--json").json["concepts"]]
        assert names == ["attachment", "repair", "therapeutic relationship"]
        assert shelf("concept", "list").lines[1:] != []

    def test_an_alias_tags_with_its_concept(self, shelf: Run) -> None:
        assert "bowlby1982 tagged repair" in shelf("tag", "bowlby1982", "Rupture and Repair").err
        assert "already has repair" in shelf("tag", "bowlby1982", "repair").err
        assert "no longer has" in shelf("untag", "bowlby1982", "repair").err

    def test_a_misspelling_gets_the_nearest(self, shelf: Run) -> None:
        shown = shelf("tag", "bowlby1982", "repare")
        assert shown.code == 3
        assert "did you mean repair" in shown.err

    def test_tagging_is_all_or_nothing(self, shelf: Run) -> None:
        assert shelf("tag", "bowlby1982", "empathy", "xylophone").code == 3
        assert shelf("show", "bowlby1982", "--json").json["sources"][0]["concepts"] == ["attachment"]

    def test_show_counts_what_stands_under_it(self, shelf: Run) -> None:
        shown = shelf("concept", "show", "therapeutic relationship", "--json").json["concept"]
        assert shown["narrower"] == ["repair"]
        assert shown["citekeys"] == ["eubanks2018", "deyoung2015", "safran2011", "tronick1989"]


class TestSearch:
    def test_by_concept_author_year_and_type(self, shelf: Run) -> None:
        assert len(shelf("search", "--concept", "repair", "--keys").lines) == 4
        assert shelf(
            "search", "--concept", "therapeutic relationship", "--author", "safran", "--year", "2012..", "--keys"
        ).lines == ["eubanks2018"]
        assert shelf("search", "--type", "book", "--keys").lines == ["deyoung2015"]
        assert shelf("search", "--concept", "=therapeutic relationship").code == 1

    def test_a_word_in_a_note_is_found(self, shelf: Run) -> None:
        assert shelf("search", "still", "face", "--keys").lines == ["tronick1989"]

    def test_nothing_found_exits_with_1_and_offers_the_nearest(self, shelf: Run) -> None:
        shown = shelf("search", "attachmnt")
        assert (shown.code, shown.out) == (1, "")
        assert "did you mean attachment" in shown.err
        assert "Eubanks" in shelf("search", "--author", "eubnks").err

    def test_an_unknown_concept_exits_with_3(self, shelf: Run) -> None:
        shown = shelf("search", "--concept", "repare")
        assert shown.code == 3
        assert "did you mean repair" in shown.err

    @pytest.mark.parametrize("years", ["twenty", "2020..2010", "..", "2010...2020"])
    def test_unreadable_years_exit_with_5(self, shelf: Run, years: str) -> None:
        assert shelf("search", "x", "--year", years).code == 5

    def test_the_promised_shape(self, shelf: Run) -> None:
        shown = shelf("search", "face", "--json").json
        assert shown["schema"] == "litbase.search/1"
        source = shown["sources"][0]
        assert (source["citekey"], source["item"]["id"], source["notes"]) == ("tronick1989", "tronick1989", 1)
        assert source["concepts"] == ["repair"]
        listed = shelf("list", "--json").json
        assert listed["schema"] == "litbase.list/1"
        assert [one["citekey"] for one in listed["sources"]] == shelf("list", "--keys").lines


class TestWriting:
    def test_cite(self, shelf: Run) -> None:
        assert shelf("cite", "deyoung2015@p. 45", "bowlby1982").out == "(Bowlby, 1982; DeYoung, 2015, p. 45)\n"
        assert shelf("cite", "eubanks2018", "--narrative").out == "Eubanks et al. (2018)\n"
        assert (
            shelf("cite", "bowlby1982", "--as-cited-in", "deyoung2015").out
            == "(Bowlby, 1982, as cited in DeYoung, 2015)\n"
        )

    @pytest.mark.parametrize(
        ("line", "text"),
        [
            ("tronick1989@p. 112 deyoung2015 --see", "(Tronick, 1989, p. 112; see also DeYoung, 2015)"),
            ("deyoung2015 --possessive", "DeYoung’s (2015)"),
            ("deyoung2015 --year-only", "(2015)"),
            ("deyoung2015 --prefix e.g.,", "(e.g., DeYoung, 2015)"),
            ("deyoung2015@chapter\u00a03 --suffix", "(DeYoung, 2015, Chapter 3, for a review)"),
        ],
    )
    def test_cite_in_every_shape(self, shelf: Run, line: str, text: str) -> None:
        words = [word.replace("\u00a0", " ") for word in line.replace("@p. ", "@p.\u00a0").split(" ")]
        words += {"--see": ["see also"], "--suffix": ["for a review"]}.get(words[-1], [])
        assert shelf("cite", *words).out == f"{text}\n"

    def test_letters_depend_on_the_other_works_of_the_text(self, shelf: Run) -> None:
        shelf("add", "10.4324/9780203582015", "10.1002/wps.20238", "--offline")
        shelf("edit", "wampold2015", "--set", "author=Wampold, Bruce E.")
        assert shelf("cite", "wampold2015").out == "(Wampold, 2015)\n"
        assert shelf("cite", "wampold2015", "--among", "wampold2015b").out in (
            "(Wampold, 2015a)\n",
            "(Wampold, 2015b)\n",
        )
        assert shelf("cite", "wampold2015", "--year-only", "--author-only").code == 2

    def test_an_unknown_citekey_gets_the_nearest(self, shelf: Run) -> None:
        shown = shelf("cite", "deyoung15")
        assert shown.code == 3
        assert "did you mean deyoung2015 (DeYoung, 2015, Relational psychotherapy: A primer)?" in shown.err

    def test_refs_in_every_format_are_in_order(self, shelf: Run) -> None:
        text = shelf("refs", "--concept", "repair").out
        assert [line[:6] for line in text.splitlines() if line][1:] == ["DeYoun", "Eubank", "Safran", "Tronic"]
        html = shelf("refs", "--concept", "repair", "--format", "html").out
        assert html.count("<li") == 4
        assert "<em>American Psychologist</em>" in html
        assert "*American Psychologist*" in shelf("refs", "tronick1989", "--format", "md").out

    def test_an_annotated_list_has_the_public_notes_and_no_others(self, shelf: Run) -> None:
        shelf("note", "add", "tronick1989", "--public", "Short, and *kind* to <readers>.")
        shelf("note", "add", "tronick1989", "--public", "--quote", "--page", "113", "Messy as a rule.")
        for form, word in (
            ("text", "*kind* to <readers>"),
            ("md", "\\*kind\\* to \\<readers"),
            ("html", "&lt;readers&gt;"),
        ):
            shown = shelf("refs", "tronick1989", "--annotated", "--format", form).out
            assert word in shown
            assert "(p. 113)" in shown
            assert "still face" not in shown
        assert "kind" not in shelf("refs", "tronick1989").out

    def test_the_list_of_what_a_draft_cites(self, shelf: Run, tmp_path: Path) -> None:
        draft = tmp_path / "post.md"
        draft.write_text("As Tronick (1989) has it (DeYoung, 2015; Nobody, 2020).\n", encoding="utf-8")
        assert shelf("refs", "--draft", str(draft), "--json").json["keys"] == ["deyoung2015", "tronick1989"]
        draft.write_text("Nothing of the kind.\n", encoding="utf-8")
        assert shelf("refs", "--draft", str(draft)).code == 1

    def test_checking_a_draft_remembers_what_it_cites(self, shelf: Run, tmp_path: Path) -> None:
        draft = tmp_path / "post.md"
        draft.write_text("One line.\n\nAs Tronick (1989) has it.\n", encoding="utf-8")
        shelf("check", str(draft))
        assert "post.md:3:" in shelf("uses", "tronick1989").out
        assert shelf("uses", "deyoung2015").code == 1

    def test_the_list_from_the_cache_is_the_list_made_anew(self, shelf: Run, library: Path) -> None:
        import sqlite3

        cached = shelf("refs").out
        connection = sqlite3.connect(library)
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (6,)
        connection.execute("DELETE FROM entry")
        connection.commit()
        connection.close()
        assert shelf("refs").out == cached

    def test_a_file_is_not_written_over_without_force(self, shelf: Run, tmp_path: Path) -> None:
        path = tmp_path / "list.html"
        path.write_text("mine", encoding="utf-8")
        line = ("refs", "--format", "html", "-o", str(path))
        assert shelf(*line).code == 5
        assert path.read_text(encoding="utf-8") == "mine"
        assert shelf(*line, "--force").code == 0
        assert "<li" in path.read_text(encoding="utf-8")
        assert shelf("refs", "-o", str(tmp_path)).code == 5

    def test_format_keeps_its_promise(self, run: Run, spawn: Run, library: Path) -> None:
        items = [
            {
                "id": "B",
                "type": "book",
                "title": "Second",
                "author": [{"family": "Young"}],
                "issued": {"date-parts": [[2001]]},
            },
            {
                "id": "b",
                "type": "book",
                "title": "First",
                "author": [{"family": "Adams"}],
                "issued": {"date-parts": [[2001]]},
            },
        ]
        shown = spawn("format", "-", "--json", given=json.dumps(items)).json
        assert (shown["schema"], shown["style"]) == ("litbase.format/1", "apa")
        assert [entry["id"] for entry in shown["entries"]] == ["B", "b"]
        assert shown["entries"][1]["html"] == "Adams. (2001). <em>First</em>."
        assert shown["entries"][1]["text"] == "Adams. (2001). First."
        assert shown["order"] == ["b", "B"]
        assert shown["citations"][0] == {"id": "B", "parenthetical": "(Young, 2001)", "narrative": "Young (2001)"}
        lines = spawn("format", "--lines", given=f"{json.dumps(items)}\n\n{json.dumps(items[:1])}\n").lines
        assert [len(json.loads(line)["entries"]) for line in lines] == [2, 1]
        assert not library.exists()

    @pytest.mark.parametrize("text", ["", "nonsense", "[1]", '"x"', "[" * 100_000, "{", "\x00"])
    def test_what_is_no_csl_json_exits_with_5(self, spawn: Run, text: str) -> None:
        shown = spawn("format", "-", given=text)
        assert (shown.code, shown.out) == (5, "")
        assert "Traceback" not in shown.err


class TestConfig:
    def test_mailto_is_kept_for_its_owner_alone(self, run: Run, tmp_path: Path) -> None:
        assert run("config", "set", "mailto", 'me"x\\@example.org').code == 0
        assert run("config", "get", "mailto").out == 'me"x\\@example.org\n'
        path = Path(run("config", "path").out.strip())
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert run("config", "get", "colour").code == 5

    def test_paper_is_letter_or_a4(self, run: Run) -> None:
        refused = run("config", "set", "paper", "a5")
        assert (refused.code, "letter|a4" in refused.err) == (5, True)
        assert run("config", "set", "paper", "A4").code == 0
        assert run("config", "get", "paper").out == "a4\n"

    def test_a_broken_file_is_told(self, run: Run) -> None:
        path = Path(run("config", "path").out.strip())
        path.parent.mkdir()
        path.write_text("mailto = [", encoding="utf-8")
        assert run("config", "list").code == 5


def test_completion_offers_citekeys_and_concepts(shelf: Run, spawn: Run) -> None:
    def complete(words: str) -> list[str]:
        env = {"_LITBASE_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": f"litbase {words}"}
        return re.findall(r'"([^":]+)"', spawn(env=env).out)

    assert complete("show dey") == ["deyoung2015"]
    assert "repair" in complete("tag deyoung2015 rep")
    assert "search" in complete("sea")


def test_the_demo_works_offline_and_leaves_the_users_library_alone(spawn: Run, library: Path) -> None:
    shown = spawn("demo")
    assert shown.code == 0
    assert "(DeYoung, 2015; Eubanks et al., 2018; Tronick, 1989, p. 112)" in shown.out
    assert "Tronick, E. Z. (1989). Emotions and emotional communication in infants." in shown.out
    assert not library.exists()
