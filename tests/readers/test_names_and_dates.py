"""Names and dates as reference managers write them."""

import pytest

from litbase.readers import dates, names


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Stern, Daniel N.", [{"family": "Stern", "given": "Daniel N."}]),
        ("Daniel N. Stern", [{"family": "Stern", "given": "Daniel N."}]),
        ("van der Kolk, Bessel A.", [{"family": "van der Kolk", "given": "Bessel A."}]),
        ("Bessel A. van der Kolk", [{"family": "van der Kolk", "given": "Bessel A."}]),
        ("King, Jr., Martin Luther", [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]),
        ("King, Martin Luther, Jr.", [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]),
        ("Martin Luther King Jr.", [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]),
        ("{World Health Organization}", [{"literal": "World Health Organization"}]),
        ("American Psychological Association", [{"literal": "American Psychological Association"}]),
        ("{Barnes and Noble} and Stern, D.", [{"literal": "Barnes and Noble"}, {"family": "Stern", "given": "D."}]),
        (r"M{\"u}ller, J{\'e}r{\^o}me", [{"family": "Müller", "given": "Jérôme"}]),
        ("Medeiros, Elias de", [{"family": "Medeiros", "given": "Elias", "dropping-particle": "de"}]),
        ("given=Daniel, family=Kolk, prefix=van der", [{"family": "van der Kolk", "given": "Daniel"}]),
        ("Plato", [{"family": "Plato"}]),
        ("Stern, D. and others", [{"family": "Stern", "given": "D."}]),
        ("{{von} Braun}, W.", [{"family": "von Braun", "given": "W."}]),
        (", and ", []),
    ],
)
def test_names_in_bibtex(written: str, read: list[dict[str, str]]) -> None:
    assert names.bibtex(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Stern, Daniel N.", [{"family": "Stern", "given": "Daniel N."}]),
        ("King, Martin Luther, Jr", [{"family": "King", "given": "Martin Luther", "suffix": "Jr."}]),
        ("World Health Organization", [{"literal": "World Health Organization"}]),
        (
            "American Psychological Association, Division 39",
            [{"literal": "American Psychological Association, Division 39"}],
        ),
        ("UNESCO", [{"literal": "UNESCO"}]),
        ("Plato", [{"family": "Plato"}]),
        ("Stern,", [{"family": "Stern"}]),
        ("et al.", []),
    ],
)
def test_names_in_ris(written: str, read: list[dict[str, str]]) -> None:
    assert names.ris(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2015", {"date-parts": [[2015]]}),
        ("2015-09-14", {"date-parts": [[2015, 9, 14]]}),
        ("2015/09//", {"date-parts": [[2015, 9]]}),
        ("2015///Spring", {"date-parts": [[2015]], "season": 1}),
        ("2015/09/14/", {"date-parts": [[2015, 9, 14]]}),
        ("2015-09/2015-10", {"date-parts": [[2015, 9], [2015, 10]]}),
        ("1999–2004", {"date-parts": [[1999], [2004]]}),
        ("2004/", {"date-parts": [[2004]]}),
        ("2015-22", {"date-parts": [[2015]], "season": 2}),
        ("14 September 2015", {"date-parts": [[2015, 9, 14]]}),
        ("Sept. 2015", {"date-parts": [[2015, 9]]}),
        ("Winter 1987", {"date-parts": [[1987]], "season": 4}),
        ("ca. 1900", {"date-parts": [[1900]], "circa": True}),
        ("1900~", {"date-parts": [[1900]], "circa": True}),
        ("c2001", {"date-parts": [[2001]]}),
        ("[2015]", {"date-parts": [[2015]]}),
        ("2015a", {"date-parts": [[2015]]}),
        ("-0044", {"date-parts": [[-44]]}),
        ("2015-09-14T10:20:30Z", {"date-parts": [[2015, 9, 14]]}),
        ("2015-13", {"date-parts": [[2015]]}),
        ("no idea at all", {"literal": "no idea at all"}),
        ("n.d.", None),
        ("", None),
    ],
)
def test_dates(written: str, read: dict[str, object] | None) -> None:
    assert dates.read(written).date == read


@pytest.mark.parametrize("written", ["in press", "Forthcoming", "(in press)"])
def test_what_is_in_press_has_no_date(written: str) -> None:
    assert dates.read(written) == dates.Dated(None, "in press")
