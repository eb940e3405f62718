"""Every example in every command's help works, as typed, in a shell."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from crossref_sim import Sim

from litbase import bundled
from litbase.cli.commands import TABLE

_EXAMPLES = [
    (listed.name, line.strip())
    for listed in TABLE
    for line in (listed.load().__doc__ or "").partition("Examples:")[2].splitlines()
    if "litbase " in line
]
_EDITOR = """#!/bin/sh
sed -i 's/still face/mended face/; s/^publisher: .*/publisher: Routledge/' "$1"
"""


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the shelf's sources that have a DOI, a few concepts and notes."""
    folder = tmp_path_factory.mktemp("stocked")
    dois = [source.item["DOI"] for source in bundled.shelf() if source.item.get("DOI")]
    lines = [
        ["add", *dois, "--offline", "--concept", "therapeutic relationship"],
        ["tag", "deyoung2015", "repair"],
        ["tag", "bowlby1982", "attachment"],
        ["note", "add", "deyoung2015", "A holding environment; the still face."],
        ["note", "add", "tronick1989", "One."],
        ["note", "add", "tronick1989", "Two."],
    ]
    for line in lines:
        subprocess.run(
            [sys.executable, "-m", "litbase", *line], env=_environment(folder), check=True, capture_output=True
        )
    return folder


@pytest.fixture(scope="module")
def server() -> Iterator[Sim]:
    """A stand-in for Crossref that knows the shelf's works."""
    sim = Sim()
    for source in bundled.shelf():
        if source.item.get("DOI"):
            sim.store.add(_message(source.item))
    with sim:
        yield sim


def _message(item: dict) -> dict:
    """A shelf's item as Crossref might have deposited it."""
    kinds = {"article-journal": "journal-article", "chapter": "book-chapter"}
    kept = {
        name: item[name] for name in ("DOI", "author", "editor", "issued", "volume", "issue", "page") if name in item
    }
    lists = {name: [item[name]] for name in ("title", "container-title") if name in item}
    return {**kept, **lists, "type": kinds.get(item["type"], "book"), "publisher": item.get("publisher", "Mock Press")}


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "LITBASE_LIBRARY": str(folder / "library.db"),
        "LITBASE_CONFIG": str(folder / "config.toml"),
        "LITBASE_CROSSREF_URL": "http://127.0.0.1:9",
        "HOME": str(folder),
        "SHELL": "/bin/bash",
        "BROWSER": "true",
        "VISUAL": str(folder / "editor"),
        "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
    }


@pytest.mark.parametrize(("name", "example"), _EXAMPLES, ids=[example for _, example in _EXAMPLES])
def test_an_example_from_the_help_works(name: str, example: str, stocked: Path, server: Sim, tmp_path: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("no bash to type the examples into")
    shutil.copytree(stocked, tmp_path, dirs_exist_ok=True)
    (tmp_path / "dois.txt").write_text("10.1037/pst0000185\n", encoding="utf-8")
    (tmp_path / "concepts.jsonl").write_text('{"name": "kinship", "broader": ["repair"]}\n', encoding="utf-8")
    _write_drafts(tmp_path)
    (tmp_path / "titles.txt").write_text("A Title in Title Case\n", encoding="utf-8")
    (tmp_path / "note.md").write_text("A note from a file.\n", encoding="utf-8")
    item = '{"id": "a", "type": "book", "title": "A title", "author": [{"family": "Stern"}]}'
    (tmp_path / "items.json").write_text(f"[{item}]", encoding="utf-8")
    (tmp_path / "refs.bib").write_text(
        "@book{a, title = {A Title}, author = {Stern, D. N.}, year = 1985}\n", encoding="utf-8"
    )
    (tmp_path / "zotero.ris").write_text("TY  - BOOK\nTI  - A title\nKW  - repair\nER  - \n", encoding="utf-8")
    (tmp_path / "practice.jsonl").write_text('{"litbase": "library", "version": 1}\n{"end": 0}\n', encoding="utf-8")
    (tmp_path / "many.jsonl").write_text(f"[{item}]\n[{item}, {item}]\n", encoding="utf-8")
    for script, text in (("litbase", f'#!/bin/sh\nexec "{sys.executable}" -m litbase "$@"\n'), ("editor", _EDITOR)):
        (tmp_path / script).write_text(text, encoding="utf-8")
        (tmp_path / script).chmod(0o755)
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", example],
        cwd=tmp_path,
        env={**_environment(tmp_path), "LITBASE_CROSSREF_URL": server.url},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _write_drafts(folder: Path) -> None:
    """A draft without a fault, in three formats."""
    from docx import Document

    prose = "Repair matters (Eubanks et al., 2018)."
    entry = "Eubanks, C. F., Muran, J. C., & Safran, J. D. (2018). Alliance rupture repair: A meta-analysis."
    source, rest = "Psychotherapy", ", 55(4), 508–519. https://doi.org/10.1037/pst0000185"
    (folder / "post.md").write_text(f"{prose}\n\n## References\n\n{entry} *{source}*{rest}\n", encoding="utf-8")
    html = f"<p>{prose}</p><h2>References</h2><p>{entry.replace('&', '&amp;')} <em>{source}</em>{rest}</p>"
    (folder / "handout.html").write_text(html, encoding="utf-8")
    document = Document()
    document.add_paragraph(prose)
    document.add_heading("References")
    document.add_paragraph(f"{entry} {source}{rest}")
    document.save(str(folder / "chapter.docx"))


@pytest.mark.parametrize("listed", TABLE, ids=lambda listed: listed.name)
def test_a_command_explains_itself_with_examples(listed) -> None:
    doc = listed.load().__doc__ or ""
    assert "Examples:" in doc
    assert re.search(rf"^ +(?:.*[|&] )?litbase {listed.name}\b", doc, re.MULTILINE)
