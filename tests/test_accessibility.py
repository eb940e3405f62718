"""Every page litbase writes, asked by axe-core in a real browser: no rule of WCAG 2.1 or of good practice broken."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import browsing
import pytest
from axe import broken
from conftest import Ran
from reading_list import ENTRIES, hostile
from test_site_browser import show, site

from litbase.domain import inline
from litbase.render import Frame, list_writer
from litbase.render import site as render

pytestmark = pytest.mark.skipif(browsing.installed() is None, reason="no Chromium is installed")

FRAME = Frame("Mending what breaks", (inline.text("My own words."),), coins=True, jsonld=True)
# What a blog has around a fragment that is pasted into it.
POST = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>post</title><main><h1>A post</h1>{}</main></html>'

DRAFT = """---
title: Mending & more
---

It matters [@tronick1989, p. 112; @eubanks2018].[^1]

## The room

> So says @deyoung2015.

| when | what |
|------|------|
| then | this |

[^1]: And more.
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browsing.Page]:
    with browsing.chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.mark.parametrize("entries", [ENTRIES, hostile()], ids=["plain", "hostile"])
@pytest.mark.parametrize("form", ["html", "html-page", "wordpress"])
def test_a_reference_list(form: str, entries: list[Any], browser: browsing.Page, tmp_path: Path) -> None:
    out = list_writer(form).reference_list(entries, "References", FRAME)
    assert isinstance(out, str)
    path = tmp_path / "list.html"
    path.write_text(out if form == "html-page" else POST.format(out), encoding="utf-8")
    for width in (360, 1280):
        show(browser, path, width=width)
        assert broken(browser) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_site(width: int, dark: bool, browser: browsing.Page, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(render.page(site()), encoding="utf-8")
    browser.open(path, width, dark)
    assert broken(browser) == []


def test_a_site_of_thousands(browser: browsing.Page, tmp_path: Path) -> None:
    # The least that a work may have: `make bench` asks about as many with notes, in every light and width.
    works = [
        render.Work(f"w{number}", inline.text(f"Okafor, A. ({1950 + number % 70}). Mending {number}."), (), (0,), (0,))
        for number in range(5000)
    ]
    path = tmp_path / "index.html"
    path.write_text(render.page(site(*works)), encoding="utf-8")
    browser.open(path, 1280)
    assert broken(browser) == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_built_draft(
    width: int, dark: bool, shelf: Callable[..., Ran], browser: browsing.Page, tmp_path: Path
) -> None:
    draft, page = tmp_path / "post.md", tmp_path / "post.html"
    draft.write_text(DRAFT, encoding="utf-8")
    assert shelf("build", str(draft), "-o", str(page)).code == 0
    browser.open(page, width, dark)
    assert browser.value("document.querySelectorAll('[role=doc-biblioref]').length") == 3
    assert broken(browser) == []


def test_a_broken_page_is_told(browser: browsing.Page, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(POST.format('<img src="data:,">'), encoding="utf-8")
    browser.open(path)
    assert [rule for rule, _ in broken(browser)] == ["image-alt"]
