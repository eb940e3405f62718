"""Privacy: no socket offline, no note where it has no business, and a word of warning that never stands in the way."""

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Ran
from crossref_sim import Sim
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.services import privacy

Run = Callable[..., Ran]
CANARY = "zanzicanary"


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every attempt to reach anything, each refused."""
    tried: list[object] = []

    def refuse(self: object, address: object, *_: object) -> int:
        tried.append(address)
        raise OSError("no sockets here")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: refuse(None, address))
    return tried


# Each with how it may end: 1 is "findings" or "nothing matched".
OFFLINE = [
    ("add", "10.1111/j.1939-0025.1982.tb01456.x", "--offline"),
    ("add", "10.5555/not-on-the-shelf", "--offline"),
    ("add", "--manual", "book", "--set", "title=Holding", "--set", "author=A, B"),
    ("list",), ("list", "--json"), ("search", "repair"), ("show", "tronick1989"), ("overview",),
    ("note", "add", "tronick1989", "More."), ("note", "list"), ("note", "edit", "tronick1989", "1", "Other."),
    ("tag", "tronick1989", "shame", "--new"), ("untag", "tronick1989", "shame"),
    ("concept", "list"), ("concept", "show", "repair"), ("concept", "suggest", "tronick1989"),
    ("refs",), ("refs", "--format", "html"), ("refs", "--style", "further-reading"), ("cite", "tronick1989"),
    ("sentence-case", "A Title of Sorts"), ("shelf", "list"), ("shelf", "add", "deyoung2015"),
    ("edit", "tronick1989", "--set", "year=1990"), ("clean", "--all"), ("remove", "tronick1989", "--yes"),
    ("undo",), ("history",), ("backup",), ("backup", "list"), ("backup", "verify"), ("backup", "restore", "--yes"),
    ("doctor",), ("purge", "--dry-run"), ("config", "list"), ("demo",),
]  # fmt: skip


def test_what_needs_no_network_opens_no_socket(shelf: Run, no_sockets: list[object], tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("Repair matters (Eubanks et al., 2018).\n", encoding="utf-8")
    for line in (*OFFLINE, ("check", str(draft))):
        shown = shelf(*line)
        assert shown.code in (0, 1, 4 if "--offline" in line else 0), (line, shown.err)
        assert no_sockets == [], line


def test_the_guard_sees_a_socket(run: Run, no_sockets: list[object]) -> None:
    assert run("add", "10.5555/not-on-the-shelf").code == 4
    assert no_sockets


class TestWhoAClientIs:
    @pytest.mark.parametrize(
        ("text", "sign"),
        [
            ("Call her at 416-555-0199 after six.", "a telephone number"),
            ("(604) 555 0123", "a telephone number"),
            ("+44 20 7946 0958", "a telephone number"),
            ("cell: 5550199 22", "a telephone number"),
            ("jane.roe+x@example.org said", "an e-mail address"),
            ("DOB 1984-03-02", "a date of birth"),
            ("D.O.B.: 3/2/84", "a date of birth"),
            ("was born on 2 March 1984 in Hull", "a date of birth"),
            ("born March 2nd, 1984", "a date of birth"),
            ("OHIP 1234 567 890", "a health or insurance number"),
            ("1234-567-890-AB", "a health or insurance number"),
            ("ROEJ 8403 0212", "a health or insurance number"),
            ("her NHS number is 943 476 5919", "a health or insurance number"),
            ("078-05-1120", "a health or insurance number"),
        ],
    )
    def test_signs_of_it(self, text: str, sign: str) -> None:
        assert sign in privacy.signs(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Tronick, E. Z. (1989). American Psychologist, 44(2), 112–119. https://doi.org/10.1037/0003-066X.44.2.112",
            "pp. 508-519, 1985-2004, and 55(4)",
            "ISBN 978-1-138-79331-5, ISSN 0033-3204",
            "978 1 138 79331 5",
            "doi:10.1037/a0022140",
            "Bowlby was born in London in 1907; see chapter 12.",
            "Session of 2 March 1984: what a born clinician would do.",
            "n = 1,234, p < .001, 95% CI [0.123, 0.456]",
            "Write to the editor @journal about 0000-0002-1825-0097",
            "PMID 12345678; 2004-03-12; 10.30-11.20",
        ],
    )
    def test_what_a_reader_writes_down_is_none(self, text: str) -> None:
        assert privacy.signs(text) == ()

    def test_told_once_a_note_and_never_in_the_way(self, shelf: Run) -> None:
        kept = shelf("note", "add", "tronick1989", f"{CANARY} 416-555-0199", "--json")
        assert (kept.code, kept.json["note"]["number"]) == (0, 2)
        assert "telephone" in kept.err
        assert CANARY not in kept.err
        assert "416" not in kept.err
        assert shelf("note", "edit", "tronick1989", "2", f"{CANARY} 416-555-0199, she said").err.count("telephone") == 0
        assert "telephone" in shelf("-q", "note", "edit", "tronick1989", "1", "416-555-0199").err
        assert "telephone" in shelf("add", "10.1037/pst0000185", "--offline", "--note", "416-555-0199").err

    @given(st.text(alphabet="0123456789 .-+()@a/bornphe:–", max_size=300))
    @settings(max_examples=150, deadline=None)
    def test_no_text_takes_long(self, text: str) -> None:
        privacy.signs(text)

    @pytest.mark.parametrize("unit", ["1", "1 ", "(123) ", "+1 ", "a@", "a.", "born ", "OHIP ", "978-", "tel 1", "-"])
    def test_no_text_explodes(self, unit: str) -> None:
        began = time.process_time()
        privacy.signs(unit * (1_000_000 // len(unit)))
        assert time.process_time() - began < 5


def test_a_note_leaves_for_no_server_file_or_error(
    crossref: Sim, shelf: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A private note's words: in what shows notes, and nowhere else."""
    crossref.reset()
    monkeypatch.setenv("LITBASE_CROSSREF_URL", crossref.url)
    shelf("note", "add", "tronick1989", CANARY)
    shelf("add", "10.5555/jrp.2015.0012", "--note", CANARY)
    shelf("refresh", "--all")
    shelf("note", "edit", "tronick1989", "9", CANARY)
    lines = [
        ("refs",), ("refs", "--format", "html"), ("refs", "--format", "md"), ("refs", "--annotated"),
        ("refs", "--json"), ("refs", "--annotated", "--format", "html"), ("cite", "tronick1989"), ("list", "--json"),
        ("overview", "--json"),
        ("history", "--json"), ("concept", "list", "--json"), ("doctor", "--json"), ("undo", "0"),
        ("note", "add", "nobody", CANARY),
        ("note", "list", "nobody"), ("--debug", "note", "add", "nobody", CANARY), ("purge", "--dry-run", "--json"),
    ]  # fmt: skip
    for line in lines:
        shown = shelf(*line)
        assert CANARY not in shown.out, line
        assert CANARY not in shown.err, line
    assert CANARY not in str(crossref.log())
    assert CANARY in shelf("show", "tronick1989").out


def test_settings_are_their_owners_alone(run: Run, library: Path) -> None:
    before = os.umask(0)
    try:
        run("config", "set", "mailto", "secret@example.org")
    finally:
        os.umask(before)
    path = Path(os.environ["LITBASE_CONFIG"])
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
