"""Citations in a text, found and read: by cases that people can edit, and by texts made to explode a pattern."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase import drafts
from litbase.drafts import Reading
from litbase.services.check_words import lexicon

CASES = (Path(__file__).parent / "drafts" / "citations.txt").read_text(encoding="utf-8").split("\n\n")[1:]


def reading(text: str, path: str = "draft.txt") -> Reading:
    return drafts.read(path, text.encode(), lexicon())


def _entry(listed: str) -> str:
    names, year = listed.rsplit(" ", 1)
    return (
        ", ".join(f"{name}, {'b' if name.islower() else 'B'}." for name in names.split(", "))
        + f" ({year}). A title. Press."
    )


def _shown(reading: Reading) -> list[str]:
    """Each work as the cases write it."""
    found = []
    for work in reading.works:
        cited = work.cited
        names = ", ".join(work.authors) + ("+" if cited.et_al else "")
        if cited.primary:
            names = " ".join(filter(None, [", ".join(cited.primary.authors), cited.primary.year])) + f" < {names}"
        form = reading.citations[work.citation].form
        found.append("; ".join(filter(None, [f"{form}: {names}", cited.year, cited.locator])))
    return found


@pytest.mark.parametrize("case", CASES, ids=[case.strip()[:50] for case in CASES])
def test_a_text_cites(case: str) -> None:
    text, *expected = [line.strip() for line in case.strip().splitlines()]
    listed = re.search(r" \{(.*)\}$", text)
    if listed:
        entries = "\n".join(_entry(one) for one in listed[1].split("; "))
        text = f"{text[: listed.start()]}\n\nReferences\n\n{entries}"
    wanted = [line.removeprefix("= ") for line in expected]
    assert _shown(reading(text)) == ([] if wanted == ["nothing"] else wanted)


def test_a_citation_stands_where_it_begins() -> None:
    text = "One line.\n\nA second, in which (see Stern, 1985,\np. 4) is broken, and Aron’s (1996) is not.\n"
    found = reading(text)
    places = [found.draft.place(found.draft.blocks[one.block], one.start) for one in found.citations]
    assert places == [(3, 20), (4, 22)]
    assert [one.text for one in found.citations] == ["(see Stern, 1985, p. 4)", "Aron’s (1996)"]


HOSTILE = {
    "parentheses": "(" * 100_000,
    "letters": "a" * 1_000_000,
    "capitals": "A" * 1_000_000,
    "names": "Aa " * 200_000 + "(1999)",
    "apostrophes": "A’" * 200_000 + " (1999)",
    "years": "(1999 " * 50_000,
    "joined": "(" + "Smith and " * 50_000 + ", 1999)",
    "semicolons": "(Smith, 1999; " * 20_000 + ")" * 20_000,
    "brackets": "[" * 50_000 + ")" * 50_000,
    "authors": "References\n\n" + "Smith, J., " * 50_000 + "(1999). A title.\n",
    "stops": "References\n\nSmith, J. (1999). " + "T. " * 50_000,
    "entries": "References\n\n" + "Stern, D. (1985). T.\n" * 5_000,
    "see": "(" + "see also " * 20_000 + "Smith, 1999)",
    "dots": "(Smith, 1999, p. " + "1." * 50_000 + ")",
    "blanks": "Smith" + " " * 200_000 + "(1999)",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("path", ["draft.txt", "draft.md", "draft.html"])
def test_no_text_takes_long(name: str, path: str) -> None:
    start = time.process_time()
    reading(HOSTILE[name], path)
    assert time.process_time() - start < 5


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="SternAoand&et al.,;()[]1985/–-n.d'’“”\n #*_`<>|", max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    for path in ("draft.txt", "draft.md", "draft.html"):
        found = drafts.read(path, f"Words. {text}".encode(), lexicon())
        for citation in found.citations:
            block = found.draft.blocks[citation.block]
            assert citation.text == block.text[citation.start : citation.end]
