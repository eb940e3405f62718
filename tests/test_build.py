"""Drafts built: citations of every shape, where the list goes, what stays untouched, what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from litbase.domain.library import NewSource
from litbase.drafts import pandoc
from litbase.drafts.pandoc_places import Place, place
from litbase.errors import BadInput, NotFound
from litbase.services import build as service
from litbase.services.build_citing import Wanted
from litbase.store.writer import write


def person(family: str, given: str = "A.") -> dict[str, str]:
    return {"family": family, "given": given}


def book(year: int, *authors: dict[str, str], title: str = "A book") -> dict[str, object]:
    return {
        "type": "book",
        "title": title,
        "author": list(authors),
        "issued": {"date-parts": [[year]]},
        "publisher": "Example Press",
    }


ITEMS = {
    "hale2004": book(2004, person("Hale"), title="Meeting in the middle"),
    "hale2009": book(2009, person("Hale"), title="After the meeting"),
    "hale2009b": book(2009, person("Hale"), title="Before the meeting"),
    "moss1985": book(1985, person("Moss", "B."), person("Reed", "C."), title="Two of them"),
    "moss2001": book(2001, person("Moss", "D."), title="Another Moss"),
    "reed1999": book(1999, person("Reed", "C."), person("Hale"), person("Fern", "E."), title="Three of them"),
    "society2015": {
        **book(2015, {"literal": "Society of Example Studies"}, title="Guidelines"),
        "custom": {"abbreviations": {"Society of Example Studies": "SES"}},
    },
}


@pytest.fixture
def stocked(library: Path) -> Path:
    with write(library, "test") as writer:
        for key, item in ITEMS.items():
            writer.add_source(NewSource(item, key))
    return library


@pytest.fixture
def built(stocked: Path) -> Callable[..., str]:
    def call(text: str, form: str = "", path: str = "draft.md", **more: object) -> str:
        return service.build(stocked, path, text.encode(), Wanted(form, **more)).content.decode()

    return call


def sentence(built: Callable[..., str], text: str) -> str:
    """What one line of Markdown becomes, without links and list."""
    return built(text, linked=False).split("\n")[0]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[@hale2004]", "(Hale, 2004)"),
        ("[@hale2004, p. 45]", "(Hale, 2004, p. 45)"),
        ("[@hale2004 p. 45]", "(Hale, 2004, p. 45)"),
        ("[@hale2004, 45-7]", "(Hale, 2004, pp. 45–47)"),
        ("[@hale2004, pp. 33–35 and *passim*]", "(Hale, 2004, pp. 33–35 and *passim*)"),
        ("[@hale2004, para. 4, emphasis added]", "(Hale, 2004, para. 4, emphasis added)"),
        ("[@hale2004, Chapter 3, p. 45]", "(Hale, 2004, Chapter 3, p. 45)"),
        ("[@hale2004, 1:02:30]", "(Hale, 2004, 1:02:30)"),
        ("[@hale2004, Discussion section]", "(Hale, 2004, Discussion section)"),
        ("[@hale2004{pp. iv, vi-xi, with more}, and so on]", "(Hale, 2004, pp. iv, vi–xi, with more, and so on)"),
        ("[see @hale2004, p. 4; see also @moss1985]", "(see Hale, 2004, p. 4; see also Moss & Reed, 1985)"),
        ("[*see* @hale2004]", "(*see* Hale, 2004)"),
        ("[@moss1985; @hale2009; @hale2004]", "(Hale, 2004, 2009; Moss & Reed, 1985)"),
        ("[@hale2004, @moss1985 and @reed1999, p. 3]", "(Hale, 2004; Moss & Reed, 1985; Reed et al., 1999, p. 3)"),
        ("Hale [-@hale2004, p. 3]", "Hale (2004, p. 3)"),
        ("@hale2004 says", "Hale (2004) says"),
        ("@hale2004 [p. 3] says", "Hale (2004, p. 3) says"),
        ("@hale2004 [my emphasis]", "Hale (2004, my emphasis)"),
        ("@hale2004 [p. 3; see also @moss1985]", "Hale (2004, p. 3; see also Moss & Reed, 1985)"),
        ("@hale2004 [@moss1985]", "Hale (2004) (Moss & Reed, 1985)"),
        ("@moss1985's view", "Moss and Reed’s (1985) view"),
        ("@hale2004’s [p. 3] view", "Hale’s (2004, p. 3) view"),
        ("[@moss2001 as cited in @hale2004, p. 5]", "(Moss, 2001, as cited in Hale, 2004, p. 5)"),
        ("[@moss2001, cited in @hale2004]", "(Moss, 2001, as cited in Hale, 2004)"),
        ("@moss2001 [as cited in @hale2004]", "Moss (2001, as cited in Hale, 2004)"),
        ("@{hale2004}.", "Hale (2004)."),
        ("_@hale2004_, “@hale2004” —@hale2004", "_Hale (2004)_, “Hale (2004)” —Hale (2004)"),
        ("@HALE2004 and @Hale2009", "Hale (2004) and Hale (2009)"),
        ("See @hale2004.", "See Hale (2004)."),
        ("(@hale2004)", "(Hale (2004))"),
        ("[note [@hale2004] here]", "[note (Hale, 2004) here]"),
        ("[@hale2004]: so it began", "(Hale, 2004): so it began"),
        ("[@hale2004, p. 5 [sic]]", "(Hale, 2004, p. 5 [sic])"),
        ("[see below; @hale2004; and so on]", "(see below; Hale, 2004; and so on)"),
    ],
)
def test_a_citation_becomes(built: Callable[..., str], written: str, expected: str) -> None:
    assert sentence(built, written) == expected


@pytest.mark.parametrize(
    "text",
    [
        "`@hale2004` and ``[@hale2004]``",
        "write to a.hale2004@hale2004.example or hale@hale2004.org",
        "<https://m.example/@hale2004> and https://m.example/@hale2004 and www.x.example/@hale2004",
        "[her page @hale2004](https://m.example/@hale2004)",
        r"\@hale2004 and [\@hale2004]",
        "@annphoto and @someone.else on the web",
        "<span title='@hale2004'>x</span> <!-- @hale2004 -->",
        "[^1] and a^[no citation]",
        "    @hale2004 in code",
        "```\n[@hale2004]\n```",
        "~~~ {.r}\n@hale2004\n~~~",
        "---\ntitle: '@hale2004'\n---",
        "<pre>[@hale2004]</pre>",
        "[link]\n\n[link]: https://m.example/@hale2004",
    ],
)
def test_what_is_no_citation_stays(built: Callable[..., str], text: str) -> None:
    draft = f"{text}\n\nWords.\n"
    assert built(draft) == draft


def test_the_rest_stays_byte_for_byte(stocked: Path) -> None:
    before = "\ufeff---\r\ntitle: x\r\n---\r\n\r\n  Odd   blanks\t\r\nand [@hale2004] \r\n\r\n\r\n"
    before += "```\r\n@x\r\n```\rmore\x0c\u2028é"
    made = service.build(stocked, "d.md", before.encode(), Wanted(linked=False)).content.decode()
    head, tail = before.split("[@hale2004]")
    assert made.startswith(f"{head}(Hale, 2004){tail}")
    assert made[len(f"{head}(Hale, 2004){tail}") :].startswith("\r\n\r\n## References\r\n\r\nHale, A. (2004).")


def test_other_encodings_stay_what_they_are(stocked: Path) -> None:
    for encoding in ("utf-16-le", "utf-16-be", "cp1252"):
        bom = "\ufeff" if encoding.startswith("utf") else ""
        made = service.build(stocked, "d.txt", f"{bom}Café [@hale2004]".encode(encoding), Wanted()).content
        assert made.decode(encoding).startswith(f"{bom}Café (Hale, 2004)")


def test_letters_initials_and_groups_are_those_of_the_whole_draft(built: Callable[..., str]) -> None:
    made = built(
        "[@hale2009b] and [@hale2009]. [@moss1985; @moss2001]\n\n[@society2015] then @society2015 [p. 3]", linked=False
    )
    assert "(Hale, 2009b) and (Hale, 2009a)" in made
    assert "(B. Moss & Reed, 1985; D. Moss, 2001)" in made
    assert "(Society of Example Studies \\[SES\\], 2015) then SES (2015, p. 3)" in made
    assert made.index("(2009a). *After") < made.index("(2009b). *Before")


def test_a_work_known_through_another_is_not_listed(stocked: Path) -> None:
    made = service.build(stocked, "d.md", b"[@moss2001 as cited in @hale2004]", Wanted())
    assert made.keys == ["hale2004"]
    assert [use.citekey for use in made.uses] == ["moss2001", "hale2004"]


class TestTheList:
    @pytest.mark.parametrize(
        "mark",
        ["<!-- references -->", "{{references}}", "{{ Bibliography }}", "::: references :::", "::: {#refs}\n:::",
         "::: {#refs .small}\nold\n\nlist\n:::"],
    )  # fmt: skip
    def test_it_stands_at_its_mark(self, built: Callable[..., str], mark: str) -> None:
        made = built(f"[@hale2004]\n\n{mark}\n\nAfter.\n", linked=False)
        head, _, tail = made.partition("## References\n\n")
        assert head == "(Hale, 2004)\n\n"
        assert tail == "Hale, A. (2004). *Meeting in the middle*. Example Press.\n\nAfter.\n"

    def test_a_heading_over_the_mark_is_enough(self, built: Callable[..., str]) -> None:
        made = built("[@hale2004]\n\n# Sources\n\n{{references}}\n", linked=False)
        assert made.startswith("(Hale, 2004)\n\n# Sources\n\nHale, A.")

    def test_a_heading_that_waits_at_the_end_gets_it(self, built: Callable[..., str]) -> None:
        assert "# References\n\nHale, A." in built("[@hale2004]\n\n# References\n", linked=False)

    def test_at_the_end_under_the_heading_asked_for(self, built: Callable[..., str]) -> None:
        assert built("[@hale2004]", heading="Reading", linked=False).startswith("(Hale, 2004)\n\n## Reading\n\nHale")
        assert built("[@hale2004]", heading="", linked=False).startswith("(Hale, 2004)\n\nHale, A.")

    def test_a_mark_in_code_is_none(self, built: Callable[..., str]) -> None:
        made = built("```\n{{references}}\n```\n\n[@hale2004]", linked=False)
        assert made.startswith("```\n{{references}}\n```\n\n(Hale, 2004)\n\n## References")

    def test_two_marks_are_one_too_many(self, built: Callable[..., str]) -> None:
        with pytest.raises(BadInput, match="lines 3, 5"):
            built("[@hale2004]\n\n{{references}}\n\n{{references}}\n")

    def test_a_mark_lists_what_is_cited_in_plain_words_too(self, stocked: Path) -> None:
        text = "As Reed et al. (1999) wrote, and others (Hale, 2004), and [@moss1985].\n\n{{references}}\n"
        made = service.build(stocked, "d.md", text.encode(), Wanted())
        assert made.keys == ["hale2004", "moss1985", "reed1999"]
        assert service.cited(stocked, "d.md", text.encode()) == ["moss1985", "reed1999", "hale2004"]

    def test_links_lead_there_and_back(self, built: Callable[..., str]) -> None:
        made = built("[@hale2004; @moss1985]\n\n@hale2004 again.\n")
        assert '<a id="cite-1"></a>([Hale, 2004](#ref-hale2004); [Moss & Reed, 1985](#ref-moss1985))' in made
        assert '<a id="ref-hale2004"></a>Hale, A.' in made
        assert "[↩](#cite-1) [↩](#cite-2)" in made


def test_a_work_that_stands_in_no_list_is_cited_without_a_link(stocked: Path) -> None:
    with write(stocked, "test") as writer:
        letter = {
            "type": "personal_communication",
            "author": [person("Moss", "B.")],
            "issued": {"date-parts": [[2020, 5, 3]]},
        }
        writer.add_source(NewSource(letter, "moss2020"))
    made = service.build(stocked, "d.md", b"[@moss2020; @hale2004]", Wanted()).content.decode()
    assert "B. Moss, personal communication, May 3, 2020" in made
    assert "#ref-moss2020" not in made
    assert "[Hale, 2004](#ref-hale2004)" in made


def test_a_list_that_is_there_already_is_named(stocked: Path) -> None:
    text = "[@hale2004]\n\n## References\n\nOld, A. (1999). *Entry*. Press.\n"
    made = service.build(stocked, "d.md", text.encode(), Wanted())
    assert any(remark.startswith("d.md:3: a list stands here already") for remark in made.remarks)


class TestUnknownKeys:
    def test_one_is_told_with_its_place_and_the_nearest(self, built: Callable[..., str]) -> None:
        with pytest.raises(NotFound) as raised:
            built("---\ntitle: x\n---\nOne\n\ntwo [see @hale2005]")
        assert raised.value.message == "draft.md:6:10: no source with the citekey “hale2005”"
        assert "hale2004" in raised.value.hint

    def test_all_are_told(self, built: Callable[..., str]) -> None:
        with pytest.raises(NotFound) as raised:
            built("[@nobody; @hale2004]\n\n@hale2004 [as cited in @noone1999]")
        assert [line.split(" ")[0] for line in raised.value.message.splitlines()] == ["draft.md:1:2:", "draft.md:3:24:"]

    def test_outside_of_brackets_they_are_text_and_those_like_keys_are_named(self, stocked: Path) -> None:
        made = service.build(stocked, "d.md", b"By @hale2010 and @annphoto.\n", Wanted())
        assert made.content == b"By @hale2010 and @annphoto.\n"
        assert any("d.md:1:4: @hale2010 is no citekey" in remark for remark in made.remarks)
        assert not any("annphoto" in remark for remark in made.remarks)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("", Place()),
        (", p. 45", Place("p. 45", "page", "45")),
        (", pp. 3, 9–12 & 20", Place("pp. 3, 9–12 & 20", "page", "3, 9–12 & 20")),
        (" ¶4", Place("¶4", "paragraph", "4")),
        (", S12", Place(suffix=", S12")),
        (", 12", Place("12", "", "12")),
        (", xii", Place("xii", "", "xii")),
        (", 2nd ed.", Place(suffix=", 2nd ed.")),
        (", for a review", Place(suffix=", for a review")),
        (", fig. 2a, see below", Place("fig. 2a", "figure", "2a", ", see below")),
    ],
)
def test_a_place_is_told_from_words(rest: str, expected: Place) -> None:
    assert place(rest) == expected


@pytest.mark.parametrize(
    "text",
    ["[" * 50_000 + "@a", "[@a" * 20_000, "[@a]" * 20_000, "@" * 100_000, "`" * 50_001 + "@a", "a@" * 50_000,
     "[@a; " * 20_000 + "]", "](" * 30_000, "<a " * 30_000, "[@a, " + "1, " * 30_000 + "]", "{{" * 50_000 + "@"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["markdown", "html", "text"])
def test_no_text_takes_long(text: str, form: str) -> None:
    import time

    began = time.process_time()
    pandoc.scan(text, form, lambda key: key if key == "a" else None)
    assert time.process_time() - began < 4
