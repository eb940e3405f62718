"""A reading list: what is on it, what can never be, and how it is brought up to date."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain import inline
from litbase.domain.library import NewConcept, NewSource
from litbase.render import site as render
from litbase.store.writer import write

Run = Callable[..., Ran]

CANARY = "kanarienvogel"
HOSTILE = (
    "</script><script>acted = 1</script>",
    "<img src=x onerror='acted = 1'>",
    '"><a href="javascript:acted=1">x</a>',
    "</style><b>",
    "<!-- --> ]]>",
    "a\u2028b",
)


def item(title: str, **fields: Any) -> dict[str, Any]:
    author = [{"family": "Okafor", "given": "Ada"}]
    return {"type": "book", "title": title, "author": author, "issued": {"date-parts": [[2019]]}, **fields}


@pytest.fixture
def shelf(library: Path) -> Path:
    """Four sources: one with a public note, one in plain words, one with a private note, one without any."""
    with write(library, "test") as writer:
        for new in (
            NewConcept("care", ("looking after",), definition="What carers do."),
            NewConcept("play", broader=("care",)),
            NewConcept("idle"),
            NewConcept(f"concept {CANARY}", (f"alias {CANARY}",)),
        ):
            writer.add_concept(new)
        for key, title in (("a2019", "Alpha"), ("b2019", "Beta"), ("c2019", "Gamma"), ("d2019", "Delta")):
            writer.add_source(NewSource(item(title, note=f"item {CANARY}", abstract=f"abstract {CANARY}"), key))
        writer.tag("a2019", "play")
        writer.tag("b2019", "care")
        writer.tag("c2019", f"concept {CANARY}")
        writer.add_note("a2019", "A public note.", "note", "", private=False)
        writer.add_note("a2019", f"private {CANARY}", "note", f"p. {CANARY}", private=True)
        writer.add_note("a2019", "Said so.", "quotation", "p. 7", private=False)
        writer.add_note("b2019", "In plain words.", "plain words", "", private=False)
        writer.add_note("c2019", f"private {CANARY}", "quotation", "", private=True)
    return library


class Parsed(HTMLParser):
    """A page as a browser takes it apart: tags with attributes, and what stands in scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        self._tag = ""
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._tag = tag

    def handle_endtag(self, tag: str) -> None:
        self._tag = ""

    def handle_data(self, data: str) -> None:
        if self._tag in self.inside:
            self.inside[self._tag].append(data)
        else:
            self.words += data

    def having(self, name: str) -> list[str]:
        """The values of an attribute, in order."""
        return [value or "" for _, found in self.tags for attribute, value in found.items() if attribute == name]


def parsed(folder: Path) -> Parsed:
    return Parsed((folder / "index.html").read_text(encoding="utf-8"))


def listed(folder: Path) -> list[str]:
    return [one.removeprefix("ref-") for one in parsed(folder).having("id") if one.startswith("ref-")]


class TestWhatIsOnIt:
    def test_sources_with_something_public(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        shown = run("site", str(tmp_path / "site"))
        assert (shown.code, shown.out) == (0, "")
        assert "2 works, 3 public notes, 2 concepts" in shown.err
        assert listed(tmp_path / "site") == ["a2019", "b2019"]
        words = parsed(tmp_path / "site").words
        for part in ("Okafor, A. (2019a)", "A public note.", "“Said so.” (p. 7)", "In plain words.", "What carers do."):
            assert part in words

    def test_all_sources_a_concept_a_search(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        for options, keys in (
            (["--all-sources"], ["a2019", "b2019", "d2019", "c2019"]),
            (["--concept", "care"], ["a2019", "b2019"]),
            (["--concept", "play"], ["a2019"]),
            (["--search", "beta"], ["b2019"]),
            (["--search", "gamma", "--all-sources"], ["c2019"]),
        ):
            assert run("site", str(tmp_path / "site"), *options).code == 0
            assert listed(tmp_path / "site") == keys

    def test_a_broader_concept_counts_what_stands_under_it(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        run("site", str(tmp_path / "site"))
        page = parsed(tmp_path / "site")
        assert json.loads(page.inside["script"][0]) == {
            "concepts": [{"id": "care", "words": "care ; looking after"}, {"id": "play", "words": "play"}],
            "works": [[0, 1], [0]],
        }
        assert re.search(r"care\s+2\s+works\s*play\s+1\s+works", page.words)

    def test_title_and_words_of_her_own(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        run("site", str(tmp_path / "site"), "--title", "On <care>", "--about", "One.\n\nTwo & three.")
        page = parsed(tmp_path / "site")
        assert page.words.count("On <care>") == 2
        assert "One.Two & three." in page.words.replace("\n", "")
        assert "One. Two & three." in page.having("content")

    def test_a_retracted_work_says_so(self, library: Path, run: Run, tmp_path: Path) -> None:
        with write(library, "test") as writer:
            notice = {"kind": "retraction", "date": "2011-07-20"}
            writer.add_source(NewSource(item("Alpha"), "a2019", notices=(notice,)))
        shown = run("site", str(tmp_path / "site"), "--all-sources")
        assert "This work has been retracted (2011-07-20)." in parsed(tmp_path / "site").words
        assert "a2019 has been retracted" in shown.err

    def test_a_dry_run_shows_and_writes_nothing(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        shown = run("site", str(tmp_path / "site"), "--dry-run")
        assert shown.lines == ["a2019\t2 public notes\tplay", "b2019\t1 public note\tcare"]
        assert not (tmp_path / "site").exists()

    def test_json(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        shown = run("site", str(tmp_path / "site"), "--json").json
        assert shown == {
            "schema": "litbase.site/1",
            "file": str(tmp_path / "site" / "index.html"),
            "changed": True,
            "keys": ["a2019", "b2019"],
            "public_notes": 3,
            "concepts": ["care", "play"],
        }


class TestWhatIsPrivate:
    def test_no_byte_of_it_is_written(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        with write(shelf, "test") as writer:
            writer.add_source(NewSource(item(f"Removed {CANARY}"), "gone2019"))
            writer.add_note("gone2019", f"public {CANARY}", "note", "", private=False)
        run("remove", "gone2019", "--yes")
        shown = run("site", str(tmp_path / "site"))
        assert shown.code == 0
        written = list((tmp_path / "site").rglob("*"))
        assert [path.name for path in written] == ["index.html"]
        assert all(CANARY not in path.read_text(encoding="utf-8").lower() for path in written)
        assert CANARY not in shown.out + shown.err

    def test_with_all_sources_only_the_concepts_on_them_come_along(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        run("untag", "c2019", f"concept {CANARY}")
        run("site", str(tmp_path / "site"), "--all-sources")
        assert CANARY not in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")

    def test_a_private_note_changes_no_byte(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        page = tmp_path / "site" / "index.html"
        run("site", str(page.parent))
        before = page.read_bytes()
        for key in ("a2019", "b2019", "d2019"):
            run("note", "add", key, f"one more {CANARY}")
        run("note", "add", "a2019", "--quote", "--page", "9", f"and one {CANARY}")
        page.unlink()
        run("site", str(page.parent))
        assert page.read_bytes() == before

    def test_what_is_made_private_again_goes(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        run("site", str(tmp_path / "site"))
        assert run("note", "edit", "a2019", "1", "--private").code == 0
        run("site", str(tmp_path / "site"))
        assert "A public note." not in parsed(tmp_path / "site").words
        assert "Said so." in parsed(tmp_path / "site").words

    def test_where_nothing_is_public_the_page_stays_and_is_warned_of(
        self, library: Path, run: Run, tmp_path: Path
    ) -> None:
        with write(library, "test") as writer:
            writer.add_source(NewSource(item("Alpha"), "a2019"))
        assert run("site", str(tmp_path / "site")).code == 1
        assert not (tmp_path / "site").exists()
        run("site", str(tmp_path / "site"), "--all-sources")
        again = run("site", str(tmp_path / "site"))
        assert again.code == 1
        assert "still shows" in again.err


class TestUpToDate:
    def test_once_more_changes_nothing_and_a_new_note_does(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "deep" / "site"
        assert "wrote" in run("site", str(folder)).err
        before = (folder / "index.html").stat().st_mtime_ns
        assert "nothing new" in run("site", str(folder)).err
        assert (folder / "index.html").stat().st_mtime_ns == before
        run("note", "add", "d2019", "--public", "Now this too.")
        assert "3 works" in run("site", str(folder)).err
        assert "Now this too." in parsed(folder).words

    def test_other_files_are_left_alone(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        folder = tmp_path / "site"
        folder.mkdir()
        (folder / "style.css").write_text("mine", encoding="utf-8")
        run("site", str(folder))
        run("site", str(folder), "--title", "Other")
        assert sorted(path.name for path in folder.iterdir()) == ["index.html", "style.css"]
        assert (folder / "style.css").read_text(encoding="utf-8") == "mine"

    @pytest.mark.parametrize("mine", ["<!DOCTYPE html>\n<p>mine", "", "\udcff"])
    def test_a_page_of_hers_stays_without_force(self, shelf: Path, run: Run, tmp_path: Path, mine: str) -> None:
        page = tmp_path / "index.html"
        page.write_bytes(mine.encode(errors="surrogateescape"))
        shown = run("site", str(tmp_path))
        assert shown.code == 5
        assert "--force" in shown.err
        assert page.read_bytes() == mine.encode(errors="surrogateescape")
        assert run("site", str(tmp_path), "--force").code == 0
        assert listed(tmp_path) == ["a2019", "b2019"]

    def test_a_page_changed_by_hand_stays_without_force(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        page = tmp_path / "index.html"
        run("site", str(tmp_path))
        page.write_text(page.read_text(encoding="utf-8").replace("A public note.", "A better note."), encoding="utf-8")
        shown = run("site", str(tmp_path))
        assert shown.code == 5
        assert "changed since" in shown.err
        assert "A better note." in page.read_text(encoding="utf-8")

    def test_a_file_in_the_folders_place(self, shelf: Path, run: Run, tmp_path: Path) -> None:
        (tmp_path / "taken").write_text("x", encoding="utf-8")
        assert run("site", str(tmp_path / "taken")).code == 5
        (tmp_path / "index.html").mkdir()
        assert run("site", str(tmp_path)).code == 5


def hostile_page(words: str) -> str:
    kept = tuple(render.Kept(kind, words, words) for kind in ("note", "quotation", "plain words"))
    entry = (*inline.text(words), inline.Link("javascript:acted=1", inline.text(words)))
    work = render.Work(words, entry, kept, (0,), (0,), (words,))
    concept = render.Concept(words, words, (words,), (), (), 1)
    return render.page(render.Site(words, words, (work, work), (concept,)))


class TestThePage:
    def test_the_policy_names_what_stands_in_it_and_nothing_else(self) -> None:
        page = Parsed(hostile_page("plain"))
        policy = next(found["content"] or "" for tag, found in page.tags if found.get("http-equiv"))
        sheets = {base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in page.inside["style"]}
        script = base64.b64encode(hashlib.sha256(page.inside["script"][1].encode()).digest()).decode()
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules.pop("default-src") == "'none'"
        assert rules.pop("script-src") == f"'sha256-{script}'"
        assert {one.strip("'").removeprefix("sha256-") for one in rules.pop("style-src").split()} == sheets
        assert rules == {"base-uri": "'none'", "form-action": "'none'"}
        assert len(page.inside["script"]) == len(page.inside["style"]) == 2

    @pytest.mark.parametrize("words", HOSTILE)
    def test_hostile_words_are_inert(self, words: str) -> None:
        page = Parsed(hostile_page(words))
        assert [tag for tag, _ in page.tags] == [tag for tag, _ in Parsed(hostile_page("plain")).tags]
        assert not any(name.startswith("on") or name in ("style", "src") for _, found in page.tags for name in found)
        assert {href[0] for href in page.having("href")} == {"#"}
        assert json.loads(page.inside["script"][0])["concepts"][0]["words"] == f"{words} ; {words}"

    @given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
    @settings(max_examples=25, deadline=None)
    def test_any_names_have_ids_of_their_own_and_every_link_its_end(self, names: list[str]) -> None:
        works = tuple(render.Work(name, inline.text("x"), (), (0,), (0,)) for name in names)
        concepts = tuple(render.Concept(name, "", (), (), (), 1) for name in names)
        page = Parsed(render.page(render.Site("t", "", works, concepts)))
        ids = page.having("id")
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"[a-z0-9-]+", one) for one in ids)
        assert {href.removeprefix("#") for href in page.having("href")} <= set(ids)

    def test_it_knows_its_own_pages(self) -> None:
        page = hostile_page("plain")
        assert render.written_by(page) == "litbase"
        assert render.written_by(page + " ") == "both"
        assert render.written_by(page[1:]) == "others"
