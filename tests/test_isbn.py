"""ISBNs in every spelling, and the slips their check digit tells."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain import isbn
from litbase.errors import BadInput

NINE = st.text("0123456789", min_size=9, max_size=9)
GAPS = st.sampled_from(["", "-", " ", "–", "‑", "\u00a0", ".", "- "])
LABELS = st.sampled_from(["", "ISBN ", "ISBN: ", "isbn-13: ", "ISBN-10 ", "eISBN: ", "e-ISBN ", "ISBN (print): "])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("978-0-00-000006-4", "9780000000064"),
        ("9780000000064", "9780000000064"),
        ("0-00-000006-X", "9780000000064"),
        ("000000006x", "9780000000064"),
        ("ISBN 0 00 000006 X.", "9780000000064"),
        ("(ISBN-13: 978–0–00–000006–4)", "9780000000064"),
        ("９７８００００００００６４", "9780000000064"),
        ("979-10-90636-07-1", "9791090636071"),
    ],
)
def test_every_spelling_is_one_isbn(text: str, expected: str) -> None:
    assert isbn.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("978-0-00-000006-5", "ends in 5, and its other digits call for 4"),
        ("0-00-000006-1", "call for X"),
        ("978000000006", "has 12 digits"),
        ("97800000000644", "has 14 digits"),
        ("977-0-00-000006-7", "begins with 977"),
        ("979-0-2600-0043-8", "printed music"),
        ("00000X0022", "an X stands where only a digit can"),
        ("978000000006X", "an X stands where only a digit can"),
        ("the interpersonal world", "not an ISBN"),
        ("", "not an ISBN"),
    ],
)
def test_the_reason_is_told(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        isbn.parse(text)


@given(NINE, LABELS, st.lists(GAPS, min_size=12, max_size=12))
@settings(max_examples=60)
def test_gaps_and_labels_change_nothing(nine: str, label: str, gaps: list[str]) -> None:
    whole = isbn.thirteen(nine + "0")
    spelt = "".join(digit + gap for digit, gap in zip(whole, [*gaps, ""], strict=True))
    assert isbn.parse(label + spelt) == whole
    assert isbn.parse(isbn.ten(whole)) == whole
    assert isbn.parse(isbn.parse(whole)) == whole


@given(NINE, st.integers(3, 12), st.integers(1, 9))
@settings(max_examples=60)
def test_no_single_slip_passes(nine: str, place: int, by: int) -> None:
    whole = isbn.thirteen(nine + "0")
    slipped = whole[:place] + str((int(whole[place]) + by) % 10) + whole[place + 1 :]
    with pytest.raises(BadInput):
        isbn.parse(slipped)


def test_numbers_are_found_in_a_reference() -> None:
    line = "Fairweather, O. (2014). The two-person room. ISBN-10: 0-00-000006-X, 978-0-00-000006-4; pp. 201-219."
    assert [number.digits for number in isbn.numbers(line)] == ["000000006X", "9780000000064"]
    assert [number.digits for number in isbn.numbers("ISBN 0-00-000006-X 1985")] == ["000000006X"]
    assert isbn.numbers("call 604-555-1234 for the isbn") == []
