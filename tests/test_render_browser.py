"""Every HTML output in a real browser: indents as they are computed, links, ids, and nothing that acts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import browsing
import pytest
from reading_list import ENTRIES, hostile

from litbase.domain.inline import text
from litbase.render import Frame, html, list_writer

pytestmark = pytest.mark.skipif(browsing.installed() is None, reason="no Chromium is installed")

FORMS = ("html", "html-page", "wordpress")
FRAME = Frame("Mending <b>what</b> breaks", (text("My own words, <i>as written</i>."),), coins=True, jsonld=True)

_FOUND = """(() => ({
  items: [...document.querySelectorAll('li')].map(li => {
    const style = getComputedStyle(li);
    return {id: li.id, indent: parseFloat(style.textIndent), margin: parseFloat(style.marginLeft),
            bullets: style.listStyleType, words: li.innerText};
  }),
  ids: [...document.querySelectorAll('[id]')].map(one => one.id),
  links: [...document.links].map(link => link.href),
  tags: [...new Set([...document.body.querySelectorAll('*')].map(one => one.localName))],
  acting: [...document.querySelectorAll('*')].flatMap(one => [...one.attributes].map(at => at.name))
          .filter(name => name.startsWith('on')),
  scripts: [...document.scripts].map(one => one.type),
  headings: [...document.querySelectorAll('h1,h2,h3,h4')].map(one => one.localName),
  wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  title: document.title,
}))()"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browsing.Page]:
    with browsing.chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def written(form: str, entries: list[Any], folder: Path, frame: Frame = FRAME) -> Path:
    """A list as a file; a fragment gets a page around it that would run whatever was let through."""
    out = list_writer(form).reference_list(entries, "References", frame)
    assert isinstance(out, str)
    path = folder / f"{form}.html"
    around = out if form == "html-page" else f'<!DOCTYPE html><meta charset="utf-8"><title>post</title>{out}'
    path.write_text(around, encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMS)
def test_a_list_hangs_and_leads_somewhere(form: str, page: browsing.Page, tmp_path: Path) -> None:
    page.open(written(form, ENTRIES, tmp_path))
    found = page.value(_FOUND)
    assert [item["id"] for item in found["items"]] == ["ref-okafor2019", "ref-vandermeer2004"]
    for item in found["items"]:
        assert item["margin"] > 20
        assert item["indent"] == -item["margin"]
        assert item["bullets"] == "none"
    assert found["items"][1]["words"].startswith("van der Meer, J. (2004). Holding H2O, x2")
    assert found["links"] == ["https://doi.org/10.5555/between.2019", "https://doi.org/10.5555/jqr.12(3).45"]
    assert len(found["ids"]) == len(set(found["ids"]))


@pytest.mark.parametrize("form", FORMS)
def test_nothing_acts(form: str, page: browsing.Page, tmp_path: Path) -> None:
    entries = hostile()
    page.open(written(form, entries, tmp_path))
    found = page.value(_FOUND)
    assert len(found["items"]) == len(entries)
    for item, entry in zip(found["items"], entries, strict=True):
        first = entry.inlines[0].text.replace("\x00", "").split()  # type: ignore[union-attr]
        shown = item["words"].replace("�", "").split()
        assert shown[: len(first)] == first
    assert set(found["tags"]) <= {"main", "section", "h1", "h2", "h3", "ul", "li", "p", "em", "a", "span", "script"}
    assert found["acting"] == []
    assert found["scripts"] == ["application/ld+json"]
    assert found["title"] in ("post", FRAME.title)
    assert all(link.startswith("https://example.org/") for link in found["links"])
    assert len(found["ids"]) == len(set(found["ids"]))
    assert page.happened("Page.javascriptDialogOpening", "Runtime.exceptionThrown", "Runtime.consoleAPICalled") == []
    asked = [event["request"]["url"] for event in page.happened("Network.requestWillBeSent")]
    assert [url for url in asked if not url.startswith("file:") or url.endswith("/x")] == []


def test_metadata_stay_data(page: browsing.Page, tmp_path: Path) -> None:
    page.open(written("html-page", hostile(), tmp_path))
    cited = page.value("JSON.parse(document.scripts[0].textContent).citation.map(work => work.name)")
    assert cited[0] == "<script>document.title = 'run'; alert(1)</script>"
    assert "[video] and [caption]x[/caption]" in cited
    titles = page.value(
        "[...document.querySelectorAll('.Z3988')].map(one => new URLSearchParams(one.title).get('rft.atitle'))"
    )
    assert titles == cited


def test_a_page_is_readable_in_any_light_and_width(page: browsing.Page, tmp_path: Path) -> None:
    path = written("html-page", ENTRIES, tmp_path)
    colours = set()
    for width, dark, media in ((1200, False, ""), (360, True, ""), (360, False, ""), (700, False, "print")):
        page.open(path, width, dark, media)
        found = page.value(_FOUND)
        assert not found["wide"]
        assert found["headings"] == ["h1", "h2"]
        style = page.value("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
        assert contrast(*style) > 7
        assert contrast(page.value("getComputedStyle(document.links[0]).color"), style[1]) > 4.5
        colours.add(tuple(style))
    assert len(colours) == 3
    # The policy let the page's own style through, and said so of nothing else.
    assert page.happened("Log.entryAdded") == []


def test_the_policy_holds_whatever_is_put_into_the_page(page: browsing.Page, tmp_path: Path) -> None:
    path = written("html-page", ENTRIES, tmp_path)
    hole = '<script>document.title = "run"</script><img src="x.png"><p style="color:red">let in</p>'
    path.write_text(path.read_text(encoding="utf-8").replace("</main>", f"{hole}</main>"), encoding="utf-8")
    page.open(path)
    assert page.value("document.title") == FRAME.title
    assert page.value("getComputedStyle(document.querySelector('p[style]')).color") != "rgb(255, 0, 0)"
    assert len(page.happened("Log.entryAdded")) >= 3


def test_large_print_is_larger(page: browsing.Page, tmp_path: Path) -> None:
    sizes = []
    for large in (False, True):
        page.open(written("html-page", ENTRIES, tmp_path, FRAME._replace(large_print=large)))
        sizes.append(page.value("parseFloat(getComputedStyle(document.querySelector('li')).fontSize)"))
    assert sizes[0] >= 16
    assert sizes[1] >= 24


def test_what_is_pasted_hangs(page: browsing.Page, tmp_path: Path) -> None:
    path = tmp_path / "pasted.html"
    path.write_text(f'<meta charset="utf-8">{html.pasted(ENTRIES, "References")}', encoding="utf-8")
    page.open(path)
    styles = page.value(
        "[...document.querySelectorAll('p')].map(p => getComputedStyle(p)).map(s => [s.marginLeft, s.textIndent])"
    )
    assert styles == [["48px", "-48px"], ["48px", "0px"], ["48px", "-48px"]]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21. Source: WCAG 2.2, "contrast ratio"."""
    lights = []
    for colour in (one, other):
        parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)
