"""What `build` writes, `check` has nothing against: drafts are made up, built, and checked.

`BUILD_DRAFTS=200 pytest tests/test_build_check.py` makes up as many.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from litbase import bundled
from litbase.services import build, check, shelf
from litbase.services.build_citing import Wanted

DRAFTS = int(os.environ.get("BUILD_DRAFTS", "60"))

SECOND_HAND = [("badenoch2008", "holmqvist2022"), ("ogden2006", "deyoung2015"), ("levine2010", "main1990")]
# Works of the shelf that are read; several have authors and years in common.
KEYS = [one.citekey for one in bundled.shelf() if one.citekey not in dict(SECOND_HAND)]
PLACES = [
    "",
    "",
    "",
    ", p. 45",
    ", pp. 12-15",
    ", Chapter 3",
    ", para. 4",
    " 112",
    ", pp. 3, 9 and *passim*",
    ", 1:02:30",
]
PREFIXES = ["", "", "", "see ", "see also ", "e.g., ", "cf. "]
SENTENCES = [
    "Repair is what makes the difference {}.",
    "Nothing of this is new {}, and some of it is older than we think.",
    "What mends, in the end, is being met {}, as clients say.",
    "The work is slow. The work is joint {}. The work is never done.",
    "- a rupture that is named {}",
    "> A longer thought about meeting {}",
]
NARRATIVE = [
    "As {} showed, a rupture can be mended.",
    "I return to {} when I am stuck.",
    "Both {} and the people I work with say so.",
]
OWNERS = ["I like {} idea of meeting.", "In {} view nobody is alone."]

key = st.sampled_from(KEYS)
work = st.builds(
    lambda prefix, name, place: f"{prefix}@{name}{place}", st.sampled_from(PREFIXES), key, st.sampled_from(PLACES)
)
parenthesis = st.lists(work, min_size=1, max_size=4, unique_by=lambda one: one.split("@")[1][:8]).map(
    lambda works: f"[{'; '.join(works)}]"
)
second_hand = st.sampled_from(SECOND_HAND).map(lambda pair: f"[@{pair[0]}, as cited in @{pair[1]}, p. 7]")
in_sentence = st.builds(
    lambda name, place: f"@{name}" + (f" [{place.strip(', ')}]" if place else ""), key, st.sampled_from(PLACES[:7])
)
sentence = st.one_of(
    st.builds(str.format, st.sampled_from(SENTENCES), st.one_of(parenthesis, parenthesis, second_hand)),
    st.builds(str.format, st.sampled_from(NARRATIVE), in_sentence),
    st.builds(lambda words, name: words.format(f"@{name}’s"), st.sampled_from(OWNERS), key),
)
draft = st.lists(sentence, min_size=1, max_size=12).map(lambda found: "# A post\n\n" + "\n\n".join(found) + "\n")
FORMATS = {"md": "md", "html": "html", "html-page": "html", "text": "txt", "docx": "docx"}


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = tmp_path_factory.mktemp("stocked") / "library.db"
    shelf.take(library, [])
    return library


@seed(7)
@settings(max_examples=DRAFTS, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(text=draft, form=st.sampled_from([*FORMATS]))
def test_check_finds_nothing_in_what_build_writes(stocked: Path, text: str, form: str) -> None:
    made = build.build(stocked, "draft.md", text.encode(), Wanted(form))
    again = build.build(stocked, "draft.md", text.encode(), Wanted(form))
    assert again.content == made.content
    checked = check.check(f"draft.{FORMATS[form]}", made.content, stocked)
    found = [(one.code, one.message) for one in checked.findings if one.severity != "hint"]
    assert found == [], made.content[:3000] if form != "docx" else text
    assert len(checked.reading.entries) == len(made.keys)
