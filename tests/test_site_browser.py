"""A reading list in a real browser: what typing, pressing and following links does, with a script and without."""

import time
from collections.abc import Iterator
from pathlib import Path

import browsing
import pytest

from litbase.domain import inline
from litbase.render import site as render

pytestmark = pytest.mark.skipif(browsing.installed() is None, reason="no Chromium is installed")

_CONCEPTS = (
    render.Concept("care", "What carers do.", ("looking after",), (), (1,), 3),
    render.Concept("play", "", (), (0,), (), 1),
    render.Concept("rest", "", (), (), (), 2),
)
_WORKS = (
    ("Ångström, B. (2001). Heart to heart.", "For beginners.", (0,), (0,)),
    ("Bell, C. (2002). The art of play.", "", (1,), (0, 1)),
    ("Cho, D. (2003). 安全基地の研究.", "Self-compassion, in short.", (0, 2), (0, 2)),
    ("Díaz, E. (2004). Sleep.", "", (2,), (2,)),
)
HOSTILE = "</script><script>acted=1</script><img src=x onerror=acted=1><svg onload=acted=1>"
# The milliseconds in which a list of thousands is to have answered.
SOON = 100
_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}


def site(*extra: render.Work) -> render.Site:
    works = [
        render.Work(
            entry.split(",")[0],
            inline.text(entry),
            (render.Kept("plain words", words, ""),) if words else (),
            concepts,
            under,
        )
        for entry, words, concepts, under in _WORKS
    ]
    return render.Site("Reading list", "A few words.", (*works, *extra), _CONCEPTS)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browsing.Page]:
    with browsing.chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture
def page(browser: browsing.Page, tmp_path: Path) -> browsing.Page:
    show(browser, written(tmp_path, site()))
    return browser


def written(folder: Path, shown: render.Site) -> Path:
    path = folder / "index.html"
    path.write_text(render.page(shown), encoding="utf-8")
    return path


def show(page: browsing.Page, path: Path, behind: str = "", scripted: bool = True, width: int = 1280) -> None:
    """Open a page afresh with what stands behind `#` in its address."""
    page.ask("Emulation.setScriptExecutionDisabled", value=not scripted)
    page.ask("Page.navigate", url="about:blank")
    page.open(path, width)
    if behind:
        page.ask("Page.navigate", url=path.as_uri() + behind)
        time.sleep(0.1)


def kept(page: browsing.Page) -> list[str]:
    """The first words of the works that can be seen."""
    script = "[...document.querySelectorAll('#list > li')].filter(li => li.checkVisibility()).map(li => li.id)"
    return page.value(script)


def press(page: browsing.Page, *keys: str) -> None:
    """Press Tab, Enter or the space bar; type anything else."""
    for key in keys:
        if key not in _KEYS:
            page.ask("Input.insertText", text=key)
            continue
        code, text = _KEYS[key]
        named = {"key": key, "code": "Space" if key == " " else key, "windowsVirtualKeyCode": code}
        page.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **named)
        page.ask("Input.dispatchKeyEvent", type="keyUp", **named)


def ask(page: browsing.Page, words: str) -> list[str]:
    """Type words into the emptied search, and see what is left."""
    page.value("document.getElementById('words').focus(), document.getElementById('words').select()")
    page.ask("Input.insertText", text=words)
    return kept(page)


def focused(page: browsing.Page) -> str:
    return page.value("(document.activeElement.innerText || document.activeElement.id).trim()")


def told(page: browsing.Page) -> str:
    return page.value("document.querySelector('[role=status]').textContent")


ALL = ["ref-angstrom", "ref-bell", "ref-cho", "ref-diaz"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("angstrom", [0]),
        ("HEART", [0]),
        ("art", [1]),
        ("heart heart", [0]),
        ('"heart to heart"', [0]),
        ('"heart heart"', []),
        ("self-compassion", [2]),
        ("compassion self", [2]),
        ("looking after", [0, 1, 2]),
        ("looking diaz", []),
        ("基地", [2]),
        ("diaz 2004", [3]),
        (".*", [0, 1, 2, 3]),
        ("[0", []),
    ],
)
def test_words_are_found_as_people_write_them(page: browsing.Page, words: str, found: list[int]) -> None:
    assert ask(page, words) == [ALL[number] for number in found]
    shown = f"{len(found) or 'None'} of 4 works"
    assert told(page) == (shown if words != ".*" else "4 works")


def test_concepts_narrow_together_and_one_button_undoes_it(page: browsing.Page) -> None:
    press_chip = "document.querySelectorAll('#concepts button')[{}].click()"
    page.value(press_chip.format(0))
    assert kept(page) == ALL[:3]
    assert "What carers do." in page.value("document.querySelector('.panel:not([hidden])').innerText")
    page.value(press_chip.format(2))
    assert kept(page) == ALL[2:3]
    assert page.value("[...document.querySelectorAll('.count')].map(one => one.textContent)") == ["1", "0", "1"]
    assert page.value("document.querySelectorAll('[aria-pressed=true]').length") == 2
    page.value("document.getElementById('all').click()")
    assert (kept(page), told(page), focused(page)) == (ALL, "4 works", "words")


def test_the_address_tells_what_is_asked_and_gives_it_back(page: browsing.Page, tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    ask(page, "self compassion")
    page.value("document.querySelectorAll('#concepts button')[2].click()")
    time.sleep(0.5)
    address = page.value("location.hash")
    assert address == "#words=self+compassion&concept=rest"
    show(page, path, address)
    assert (kept(page), page.value("document.getElementById('words').value")) == (ALL[2:3], "self compassion")
    for behind in ("#%E0%A4%A", "#words=%", "#concept=", "#concept-none", "#=&=", "#index"):
        show(page, path, behind)
        assert len(kept(page)) in (0, 4), behind
    assert not page.happened("Runtime.exceptionThrown")


def test_a_works_concept_leads_to_all_works_under_it(page: browsing.Page) -> None:
    page.value("document.querySelector('#ref-bell .about a').click()")
    time.sleep(0.1)
    assert kept(page) == ALL[1:2]
    assert focused(page).startswith("play")
    page.value("document.querySelector('.panel:not([hidden]) .about a').click()")
    time.sleep(0.1)
    assert kept(page) == ALL[:3]
    page.value("history.back()")
    time.sleep(0.2)
    assert kept(page) == ALL[1:2]


def test_without_a_script_all_is_there_and_a_concept_narrows(browser: browsing.Page, tmp_path: Path) -> None:
    path = written(tmp_path, site())
    for behind, found in (("", ALL), ("#concept-care", ALL[:3]), ("#concept-rest", ALL[2:]), ("#works", ALL)):
        show(browser, path, behind, scripted=False)
        assert kept(browser) == found
        assert not browser.value("document.getElementById('words').checkVisibility()")
    show(browser, path, "#concept-care", scripted=False)
    assert "What carers do." in browser.value("document.querySelector('.panel:target').innerText")


def test_the_keyboard_alone_is_enough(page: browsing.Page) -> None:
    press(page, "Tab")
    assert focused(page) == "Skip to the works"
    assert page.value("document.activeElement.getBoundingClientRect().top") >= 0
    press(page, "Tab", "sleep")
    assert (focused(page), kept(page)) == ("words", ALL[3:])
    page.value("document.getElementById('words').select()")
    press(page, "heart", "Tab")
    assert focused(page) == "Concepts"
    press(page, "Tab", " ")
    assert (focused(page).split()[:2], kept(page)) == (["care", "1"], ALL[:1])
    press(page, " ", "Tab", "Tab", "Tab")
    assert focused(page) == "Show all"
    press(page, "Enter")
    assert kept(page) == ALL
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.value(outline) == "solid"


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_runs_off_the_page(browser: browsing.Page, tmp_path: Path, width: int) -> None:
    long = render.Work("long", inline.text("https://doi.org/10.5555/" + "x" * 200), (), (0,), (0,))
    show(browser, written(tmp_path, site(long)), width=width)
    browser.value("document.getElementById('concepts').open = true")
    assert browser.value("document.documentElement.scrollWidth") <= width


def test_on_paper_only_the_list_is_left(browser: browsing.Page, tmp_path: Path) -> None:
    browser.open(written(tmp_path, site()), media="print")
    assert not browser.value("document.querySelector('.tools').checkVisibility()")
    assert len(kept(browser)) == 4
    assert browser.value("getComputedStyle(document.querySelector('#list > li')).contentVisibility") == "visible"


def test_hostile_words_do_nothing(browser: browsing.Page, tmp_path: Path) -> None:
    kinds = tuple(render.Kept(kind, HOSTILE, HOSTILE) for kind in ("note", "quotation", "plain words"))
    works = (render.Work(HOSTILE, inline.text(HOSTILE), kinds, (0,), (0,), (HOSTILE,)),)
    concepts = (render.Concept(HOSTILE, HOSTILE, (HOSTILE,), (), (), 1),)
    show(browser, written(tmp_path, render.Site(HOSTILE, HOSTILE, works, concepts)))
    browser.value("document.querySelector('#concepts button').click()")
    assert ask(browser, HOSTILE) == browser.value("[...document.querySelectorAll('#list > li')].map(li => li.id)")
    assert browser.value("typeof acted") == "undefined"
    assert len(browser.happened("Network.requestWillBeSent")) == 1
    assert not browser.happened("Runtime.exceptionThrown", "Log.entryAdded")


_ANSWERED = """(async () => {
  const frame = () => new Promise(resolve => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(0);
  }));
  const field = document.getElementById('words');
  field.value = WORDS;
  field.dispatchEvent(new Event('input'));
  await frame();
})()"""


def test_five_thousand_works_answer_at_once(browser: browsing.Page, tmp_path: Path) -> None:
    words = ["mending", "repair", "still", "face", "holding", "secure", "base", "third", "shame", "grief"]
    works = [
        render.Work(
            f"w{number}",
            (*inline.text(f"Okafor{number % 70}, A. ({1950 + number % 70}). "), *inline.text(words[number % 10] * 3)),
            (render.Kept("plain words", " ".join(words[number % 7 :] * 3), ""),),
            (number % 3,),
            (number % 3,),
        )
        for number in range(5000)
    ]
    browser.ask("Performance.enable", timeDomain="threadTicks")
    show(browser, written(tmp_path, site(*works)))
    asked = ("s", "st", "still face", "zzz", "")
    best = dict.fromkeys(asked, float("inf"))
    # The page's own work until the frame with the answer, not the machine's: a few rounds, and the best of each.
    for _ in range(8):
        for words in asked:
            begins = worked(browser)
            browser.promised(_ANSWERED.replace("WORDS", repr(words)))
            best[words] = min(best[words], worked(browser) - begins)
        if max(best.values()) <= SOON:
            break
    assert max(best.values()) <= SOON, best


def worked(page: browsing.Page) -> float:
    """The milliseconds of processor time that the page's thread has worked so far."""
    found = page.ask("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in found if one["name"] == "TaskDuration") * 1000
