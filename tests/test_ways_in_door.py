"""From what a person hands over to an item: recognised, fetched from the provider that has it, cleaned."""

import subprocess
import sys
from collections.abc import Iterator

import other_records as records
import pytest
import servers
from asking import Hurried

from litbase.domain.foreign import clean
from litbase.domain.identifiers import identify
from litbase.providers import others
from litbase.providers.outcomes import Answer


@pytest.fixture
def settings() -> Iterator[others.Settings]:
    with (
        servers.serving(servers.agency(records.AGENCY)) as agency,
        servers.serving(servers.open_library(records.EDITIONS, records.VIEWS)) as books,
        servers.serving(servers.arxiv(records.ENTRIES)) as preprints,
        servers.serving(servers.ncbi(records.SUMMARIES)) as ncbi,
    ):
        yield others.Settings(agency.url, books.url, preprints.url, ncbi.url)


@pytest.mark.parametrize(
    ("handed", "title", "author"),
    [
        (f"https://doi.org/{records.DATASET.upper()}", "Session Ratings of Rupture and Repair", "Wilk"),
        ("ISBN 978-0-00-000002-6", "The two-person room", "Fairweather"),
        ("0-00-000002-7", "The two-person room", "Fairweather"),
        ("https://arxiv.org/pdf/2106.12345v2.pdf", "Repair & rupture in α-trees", "Obłój"),
        ("arXiv:math.GT/0309136", "Withdrawn ideas", "Nwosu"),
        (f"PMID: {records.RETRACTED}", "Dosage of empathy in <i>very</i> brief therapy", "van Aken"),
        (f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{records.IN_PMC}/", "Waiting together", "Haddad"),
    ],
)
def test_from_the_hand_to_an_item(settings: others.Settings, handed: str, title: str, author: str) -> None:
    kind, value = identify(handed)
    (answer,) = others.fetch(kind, [value], settings, clock=Hurried().clock)
    assert isinstance(answer, Answer)
    item = clean(answer.provider, answer.body, lambda title, evidence: title).item
    assert item["title"] == title
    assert item["author"][0]["family"] == author
    assert item.get("DOI", "") == answer.doi


def test_words_and_pages_have_no_provider(settings: others.Settings) -> None:
    assert list(others.fetch("words", ["repair"], settings)) == []
    assert list(others.fetch("link", ["https://practice.example/"], settings)) == []


def test_settings_load_nothing_that_opens_sockets() -> None:
    code = "import sys; from litbase.providers import others; others.Settings(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"httpx2", "ssl", "litbase.providers.http", "xml.parsers.expat"} & set(loaded)
