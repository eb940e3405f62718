"""`litbase check`: rules by cases, the command's forms, and what a library adds."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from litbase.cli import console
from litbase.services import check
from litbase.services.check_finding import CODES

LIST = """
# References

Aron, L. (1996). *A meeting of minds*. Analytic Press.

Safran, J. D., & Muran, J. C. (2000). *Negotiating the therapeutic alliance*. Guilford Press.

Stern, D. N. (1985). *The interpersonal world of the infant*. Basic Books.
"""
CLEAN = f"It is so (Aron, 1996; Safran & Muran, 2000), and Stern (1985) agrees.\n{LIST}"


def findings(text: str, path: str = "draft.md") -> list[tuple[str, int, int]]:
    return [(one.code, one.line, one.column) for one in check.check(path, text.encode()).findings]


def codes(text: str, path: str = "draft.md") -> list[str]:
    return [code for code, _, _ in findings(text, path)]


def test_a_clean_draft_has_no_findings() -> None:
    assert findings(CLEAN) == []


# What is written in place of the clean sentence, and the codes of what is found then, places apart.
SENTENCES = {
    "So it is (Aron, 1996; Muran, 1999; Safran & Muran, 2000; Stern, 1985).": ["cited-not-listed"],
    "So it is (Aron, 1996; Stern, 1985).": ["listed-not-cited"],
    "So it is (Aron, 1997; Safran & Muran, 2000; Stern, 1985).": ["year-differs"],
    "So it is (Arron, 1996; Safran & Muran, 2000; Stern, 1985).": ["name-differs"],
    "So it is (Aron, 1996; Safran, 2000; Stern, 1985).": ["name-differs"],
    "So it is (Aron, 1996; Safran et al., 2000; Stern, 1985).": ["apa-form"],
    "So it is (Aron, 1996; Safran and Muran, 2000; Stern, 1985).": ["apa-form"],
    "Safran & Muran (2000), Aron (1996) and Stern (1985).": ["apa-form"],
    "Safran and Muran (2000), Aron (1996) and (Stern 1985).": ["apa-form"],
    "So it is (Stern, 1985; Aron, 1996; Safran & Muran, 2000).": ["apa-form"],
    "So it is (Stern, 1985; see also Aron, 1996; Safran & Muran, 2000).": [],
    "Aron (1996, p. 4–6), Safran and Muran (2000, pp. 7), Stern (1985, p. 8).": ["apa-form", "apa-form"],
    "(Freud, 1900, as cited in Aron, 1996), (Safran & Muran, 2000), (Stern, 1985).": ["secondary-citation"],
    "(Freud, 1900, as cited in Aron, 1996), (Freud, 1900, as cited in Stern, 1985), (Safran & Muran, 2000).": [
        "secondary-citation", "secondary-citation", "secondary-two-sources",
    ],
    "Aron (1996) speaks of “the third that we make together” (p. 12). (Safran & Muran, 2000; Stern, 1985)": [],
    "Aron (1996) has “the third that we make together”. So: (Safran & Muran, 2000; Stern, 1985)": [
        "quotation-without-locator"
    ],
    "“There is no such thing as repair” (Aron, 1996). (Safran & Muran, 2000; Stern, 1985)": [
        "quotation-without-locator"
    ],
    "The “good enough” mother (Aron, 1996), the “third” (Safran & Muran, 2000; Stern, 1985).": [],
    "Aron (1996), Safran and Muran (2000), Stern (1985), my client (B. D., personal communication, May 4, 2020).": [],
    "In his A Meeting of Minds (1996) there is more. (Safran & Muran, 2000; Stern, 1985)": [],
}  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_has_its_findings(sentence: str) -> None:
    assert sorted(codes(sentence + LIST)) == SENTENCES[sentence]


# An entry put into the list, cited, and what is found then.
ENTRIES = {
    "Zed, A. (2001). A title. *A Journal*, *4*(1), 10–20. https://doi.org/10.1000/zed": [],
    "Zed, A. (2001). A title. *A Journal*, *4*(1), 10-20. https://doi.org/10.1000/zed": ["apa-form"],
    "Zed, A. (2001). A title. *A Journal*, *4*(1), 10–20. doi:10.1000/zed": ["apa-form"],
    "Zed, A. (2001). A title. *A Journal*, *4*(1), 10–20. https://www.example.com/doi/full/10.1000/zed": ["apa-form"],
    "Zed, A. (2001). A title. *A Journal*, *4*(1), 10–20.": ["doi-missing"],
    "Zed, A. (2001). *A title*.": ["incomplete-entry"],
    "Zed, A. (2001). *A title*. London: Routledge.": ["apa-form"],
    "Zed, A. (2001). *The Long and Winding Road Toward Better Listening in Therapy*. Routledge.": ["apa-form"],
    "Zed, A. (2001). *Development of the Gender Minority Stress and Resilience Measure*. Routledge.": [],
    "Zed, A. (2001). *A title*. Routledge. Retrieved from https://example.org/": ["apa-form"],
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_has_its_findings(entry: str) -> None:
    assert codes(f"{CLEAN.replace('agrees', 'agrees (Zed, 2001)')}\n{entry}\n") == ENTRIES[entry]


def test_one_slip_of_many_entries_is_told_once() -> None:
    names = ("Zab", "Zed", "Zil", "Zom", "Zut")
    entries = [f"{name}, A. (2001). A title. *A Journal*, *4*(1), 10–20." for name in names]
    cited = "; ".join(f"{name}, 2001" for name in names)
    assert codes(CLEAN.replace("agrees", f"agrees ({cited})") + "\n" + "\n\n".join(entries)) == ["doi-missing"]


def test_lists_are_looked_at_as_wholes() -> None:
    twice = CLEAN + "\nStern, D. N. (1985). *The interpersonal world of the infant*. Basic Books.\n"
    assert codes(twice) == ["duplicate-entry"]
    entry = "Zed, A. ({year}). A {title}. *J*, *4*, 1–2. https://doi.org/10.1000/z"
    shared = "\n\n".join(entry.format(year=year, title=title) for year, title in ((2001, "part"), (2002, "whole")))
    assert codes(CLEAN.replace("agrees", "agrees (Zed, 2001, 2002)") + "\n" + shared) == ["doi-elsewhere"]
    journal = (
        "Frontiers in Psychology. (2022). The impact. https://www.frontiersin.org/journals/psychology/articles/1/full"
    )
    found = codes(CLEAN.replace("agrees", "agrees (Frontiers in Psychology, 2022)") + "\n" + journal)
    assert sorted(found) == ["journal-as-author", "order"]


def test_further_reading_need_not_be_cited() -> None:
    assert codes(CLEAN + "\n# Further reading\n\nZed, A. (2001). *A title*. Routledge.\n") == []


def test_a_draft_without_a_list_is_told_so_once() -> None:
    [one] = check.check("a.md", b"Stern (1985) and Aron (1996), again Stern (1985).").findings
    assert (one.code, len(one.works)) == ("cited-not-listed", 2)


def test_other_styles_are_not_measured_by_apas() -> None:
    text = "As Stern 1985 says, and Aron & Zed (1996).\n\n# Works Cited\n\n"
    text += "Aron, Lewis, and Ann Zed. *Minds*. Routledge, 1996.\n\n"
    assert codes(text + "Stern, Daniel. *World*. Basic Books, 1985.\n") == ["apa-form"]


# The command


@pytest.fixture
def draft(tmp_path: Path) -> Callable[..., str]:
    def write(text: str, name: str = "post.md") -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


MISSING = CLEAN.replace("agrees", "agrees (Zed, 2001)")
WHERE = MISSING.index("Zed") + 1


def test_findings_are_printed_with_their_places(run, draft) -> None:
    path = draft(MISSING)
    done = run("check", path)
    assert done.code == 1
    assert done.lines == [
        f"{path}:1:{WHERE}: cited-not-listed: Zed, 2001 is not in the reference list",
        "    add its entry, or take the citation out",
    ]
    assert run("check", draft(CLEAN)).code == 0


def test_a_terminal_sees_the_words_in_question(run, draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "on_terminal", lambda: True)
    monkeypatch.setattr(console, "width", lambda: 60)
    monkeypatch.setenv("NO_COLOR", "1")
    rows = run("check", draft(MISSING)).lines
    assert [row.strip() for row in rows if "│" in row] == [f"│ …{MISSING[WHERE - 25 : WHERE - 1]}Zed, 2001)."]


def test_hints_fail_only_under_strict(run, draft) -> None:
    path = draft(CLEAN.replace("Safran & Muran, 2000", "Safran and Muran, 2000"))
    assert run("check", path).code == 0
    assert run("check", path, "--strict").code == 1
    assert run("check", path, "--strict", "--ignore", "apa-form").code == 0


def test_codes_are_chosen(run, draft) -> None:
    path = draft(MISSING.replace("Aron, 1996", "Aron, 1997"))
    chosen = [run("check", path, *line).json["drafts"][0]["findings"] for line in (
        ("--json",), ("--json", "--only", "year-differs"), ("--json", "--ignore", "year-differs"),
    )]  # fmt: skip
    assert [[one["code"] for one in found] for found in chosen] == [
        ["year-differs", "cited-not-listed"], ["year-differs"], ["cited-not-listed"],
    ]  # fmt: skip
    assert run("check", path, "--only", "year-differ").code == 2
    assert "did you mean year-differs" in run("check", path, "--ignore", "year-differ").err


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained(run, code: str) -> None:
    done = run("check", "--explain", code)
    assert done.code == 0
    assert done.out.startswith(f"{code} (")
    assert len(done.out) > 100


def test_json_is_as_promised(run, draft) -> None:
    text = MISSING.replace("(Aron, 1996;", "(Freud, 1900, as cited in Aron, 1996, p. 4;")
    path = draft(text + "\n(L. Roy, personal communication, May 4, 2020)\n")
    answer = run("check", path, "--json").json
    assert answer["schema"] == "litbase.check/1"
    [one] = answer["drafts"]
    assert set(one) >= {"path", "citations", "entries", "findings"}
    first = one["citations"][0]
    assert {"line", "column", "text", "form", "works"} <= set(first)
    assert first["works"][0] == {
        "authors": ["Aron"], "et_al": False, "year": "1996", "locator": "p. 4", "secondary": True,
        "primary": {"authors": ["Freud"], "year": "1900"}, "status": "listed", "entry_line": 5, "citekey": None,
    }  # fmt: skip
    statuses = {work["authors"][0]: work["status"] for citation in one["citations"] for work in citation["works"]}
    assert statuses == {
        "Aron": "listed",
        "Safran": "listed",
        "Stern": "listed",
        "Zed": "not_listed",
        "Roy": "no_entry_due",
    }
    entry = one["entries"][0]
    assert {"line", "text", "authors", "year", "title", "doi", "csl", "cited", "citekey"} <= set(entry)
    assert (entry["line"], entry["authors"], entry["year"], entry["cited"]) == (5, ["Aron"], "1996", True)
    missing = next(finding for finding in one["findings"] if finding["code"] == "cited-not-listed")
    assert {"code", "severity", "line", "column", "message", "hint", "entry_line", "works"} <= set(missing)
    assert (missing["severity"], missing["works"]) == ("error", [{"authors": ["Zed"], "year": "2001"}])


def test_standard_input_is_a_draft(spawn) -> None:
    done = spawn("check", "-", given=MISSING)
    assert done.code == 1
    assert done.out.startswith(f"stdin:1:{WHERE}: cited-not-listed")


def test_what_cannot_be_read_is_explained(run, draft, tmp_path: Path) -> None:
    assert run("check").code == 2
    assert run("check", str(tmp_path / "none.md")).code == 3
    assert run("check", draft("")).code == 5
    both = run("check", draft(MISSING), draft("", "empty.md"), "--json")
    assert both.code == 5
    assert [one["path"][-8:] for one in both.json["unreadable"]] == ["empty.md"]
    assert len(both.json["drafts"]) == 1


# With a library


QUOTED = "Rogers (1957) says that “{}” is needed (p. 98), as do DeYoung (2015) and Tronick (1989).\n"
KEPT = "psychological contact between two persons of whom the first is in a state of incongruence"


def test_a_library_knows_what_is_missing(shelf, draft) -> None:
    path = draft(
        "It is so (Tronick, 1989; DeYoung, 2015).\n\n# References\n\n"
        "DeYoung, P. A. (2015). *Relational psychotherapy: A primer* (2nd ed.). Routledge.\n"
    )
    [one] = shelf("check", path, "--json").json["drafts"]
    found = {finding["code"]: finding for finding in one["findings"]}
    assert set(found) == {"cited-not-listed", "in-library", "doi-missing", "apa-form"}
    assert "Tronick, E. Z. (1989)." in found["in-library"]["hint"]
    assert "10.4324/9781315723709" in found["doi-missing"]["message"]
    assert [work["citekey"] for citation in one["citations"] for work in citation["works"]] == [
        "tronick1989",
        "deyoung2015",
    ]
    assert one["entries"][0]["citekey"] == "deyoung2015"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (KEPT, 0),
        ("two persons of whom the first is in a state of incongruence", 0),
        (KEPT.replace("two persons", "two people"), 1),
        ("something else that nobody has kept a word of", 0),
    ],
)
def test_a_quotation_is_compared_with_the_one_kept(shelf, draft, words: str, expected: int) -> None:
    assert (
        shelf("note", "add", "rogers1957", "--page", "96", "--quote", KEPT + ", whom we shall term the client").code
        == 0
    )
    path = draft(QUOTED.format(words))
    [one] = shelf("check", path, "--json", "--only", "quotation-differs").json["drafts"]
    assert len(one["findings"]) == expected
    if expected:
        assert one["findings"][0]["hint"] == "you wrote “people” for “persons”"


def test_a_broken_library_is_no_hindrance(run, draft, library: Path) -> None:
    library.parent.mkdir(parents=True)
    library.write_bytes(b"no library at all, but a file of some size" * 100)
    done = run("check", draft(CLEAN))
    assert done.code == 0
    assert "checked without your library" in done.err


def test_json_holds_only_what_json_can(run, draft) -> None:
    text = run("check", draft(MISSING), "--json").out
    assert json.loads(text) == json.loads(json.dumps(json.loads(text)))
