"""Names: every way a contributor comes in wrong, on people of its own making."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litbase.domain.records import clean_crossref
from litbase.domain.records.contributors import contributors
from litbase.domain.records.namecase import initials
from litbase.domain.records.persons import people


def written(*parts: str | None, **more: Any) -> list[str]:
    """The names in a contributor (given, family), each as "family | given | particle | suffix" or its literal."""
    given, family = (*parts, None, None)[:2]
    names = people({"given": given, "family": family, **more})
    return [
        name.get("literal")
        or " | ".join(name[part] for part in ("family", "given", "dropping-particle", "suffix") if part in name)
        for name in names
    ]


@pytest.mark.parametrize(
    ("given", "family", "right"),
    [
        ("Ada", "Lehto", "Lehto | Ada"),
        ("A. B.", "Lehto", "Lehto | A. B."),
        ("A.B.", "Lehto", "Lehto | A. B."),
        ("A B", "Lehto", "Lehto | A. B."),
        ("AB", "Lehto", "Lehto | A. B."),
        ("A", "Lehto", "Lehto | A."),
        ("Ada B", "Lehto", "Lehto | Ada B."),
        ("Ada B..", "Lehto", "Lehto | Ada B."),
        ("J.-P.", "Lehto", "Lehto | J.-P."),
        ("J-P", "Lehto", "Lehto | J.-P."),
        ("I-Ching", "Lehto", "Lehto | I-Ching"),
        ("Yu‐Chan", "Lehto", "Lehto | Yu-Chan"),
        ("D'Ann L", "Lehto", "Lehto | D'Ann L."),
        ("José Y.", "Lehto", "Lehto | José Y."),
        ("ADA B.", "LEHTO", "Lehto | Ada B."),
        ("BO", "LEHTO", "Lehto | Bo"),
        ("TOM", "LEHTO", "Lehto | Tom"),
        ("ANN", "LEHTO", "Lehto | Ann"),
        ("RPM", "LEHTO", "Lehto | R. P. M."),
        ("MARY-ANN", "O'NEILL", "O'Neill | Mary-Ann"),
        ("IAN", "MCDONALD", "McDonald | Ian"),
        ("IAN", "VAN DER BERG", "van der Berg | Ian"),
        ("Ian", "SMITH-JONES", "Smith-Jones | Ian"),
        ("AYŞE", "YILDIZ-IŞIK", "Yildiz-Işık | Ayşe"),
        ("Ольга", "ШЕВЧЕНКО", "Шевченко | Ольга"),
        ("JingHao", "MA", "Ma | JingHao"),
        ("xiaoxiao", "wei", "Wei | Xiaoxiao"),
        ("bell", "hooks", "hooks | bell"),
        ("Ian", "de Vries", "de Vries | Ian"),
        ("Ian van", "Vulpen", "van Vulpen | Ian"),
        ("Ian van der", "Berg", "van der Berg | Ian"),
        ("Otto von", "Zell", "von Zell | Otto"),
        ("Omar bin", "Khalid", "bin Khalid | Omar"),
        ("Yahya EL", "HAMRI", "El Hamri | Yahya"),
        ("Rosa Lima da", "Costa", "Costa | Rosa Lima | da"),
        ("Guy de", "Montfort", "de Montfort | Guy"),
        ("Rui Bender", "Filho", "Bender Filho | Rui"),
        ("João L.", "Neto", "Neto | João L."),
        ("P. S.", "Harvey Jr.", "Harvey | P. S. | Jr."),
        ("P. S.", "Harvey, III", "Harvey | P. S. | III"),
        ("H. H. Shugart.", "Jr", "Shugart | H. H. | Jr."),
        ("Ann Jr.", "Lehto", "Lehto | Ann | Jr."),
        ("Dr. Ada", "Lehto", "Lehto | Ada"),
        ("Dr.Ada B.", "Lehto", "Lehto | Ada B."),
        ("Prof. Dr. Ada", "Lehto", "Lehto | Ada"),
        ("Ada", "Lehto, PhD", "Lehto | Ada"),
        ("Ada", "Lehto PhD", "Lehto | Ada"),
        ("Ada", "Lehto, M.D., Ph.D.", "Lehto | Ada"),
        ("Ada, RN", "Lehto", "Lehto | Ada"),
        ("Ada M.A.", "Lehto", "Lehto | Ada M. A."),
        ("Ada", "Lehto M.A.", "Lehto | Ada"),
        ("Jin", "Ma", "Ma | Jin"),
        ("Bin", "Na", "Na | Bin"),
        ("Chris", "Null", "Null | Chris"),
        ("Md.", "Rahman", "Rahman | Md."),
        ("W.", "“Grace” Guo", "Guo | W."),
        ("Farsi", "Z", "Farsi | Z."),
        ("Farsi.", "Z", "Farsi | Z."),
        ("Swetha", "MG", "Swetha | M. G."),
        ("Ky", "Ng", "Ng | Ky"),
        ("Ada*", "Lehto†", "Lehto | Ada"),
        ("Ada", "Lehto<sup>1</sup>", "Lehto | Ada"),
        ("Ada", "Lehto1,2", "Lehto | Ada"),
        ("Ad&#233;la", "N&amp;#225;dler", "Nádler | Adéla"),
        ("MÃ´nica", "CecÃ­lia", "Cecília | Mônica"),
        ("-", "Sumarya", "Sumarya"),
        ("Xu Ding", "-", "Ding | Xu"),
        ("join(' '", "Lehto", "Lehto"),
        ("null", "Lehto", "Lehto"),
    ],
)
def test_each_part_of_a_name_is_put_in_its_place(given: str, family: str, right: str) -> None:
    assert written(given, family) == [right]


@pytest.mark.parametrize(
    ("field", "right"),
    [
        ("Lehto, Ada B.", ["Lehto | Ada B."]),
        ("LEHTO, ADA B.", ["Lehto | Ada B."]),
        ("Lehto, M.A.", ["Lehto | M. A."]),
        ("Ada Lehto, M.A.", ["Lehto | Ada"]),
        ("Ada Lehto M.D.", ["Lehto | Ada"]),
        ("Park,Sung-Han", ["Park | Sung-Han"]),
        ("Lee Jong-Sam", ["Lee | Jong-Sam"]),
        ("Hee-won Moon", ["Moon | Hee-won"]),
        ("Ada B. Lehto", ["Lehto | Ada B."]),
        ("Ada van der Berg", ["van der Berg | Ada"]),
        ("Ada Lehto Jr.", ["Lehto | Ada | Jr."]),
        ("Ada B. Lehto, Olli K. Aalto", ["Lehto | Ada B.", "Aalto | Olli K."]),
        ("Ada Lehto; Olli Aalto", ["Lehto | Ada", "Aalto | Olli"]),
        ("Lehto, Ada; Aalto, Olli", ["Lehto | Ada", "Aalto | Olli"]),
        ("Ada Lehto and Olli Aalto", ["Lehto | Ada", "Aalto | Olli"]),
        ("Ada Lehto, Olli Aalto, and Eva Virta", ["Lehto | Ada", "Aalto | Olli", "Virta | Eva"]),
        ("de la Cruz, Maria", ["de la Cruz | Maria"]),
        ("임영조", ["임영조"]),
        ("Anamika", ["Anamika"]),
        ("H.J.H.", ["H.J.H."]),
        ("et al.", []),
        ("***", []),
        ("", []),
    ],
)
def test_whole_names_and_lists_in_one_field_are_taken_apart(field: str, right: list[str]) -> None:
    assert written(None, field) == right


@pytest.mark.parametrize(
    ("contributor", "right"),
    [
        ({"name": "Imagined Grief Consortium"}, ["Imagined Grief Consortium"]),
        ({"name": "On behalf of the Grief Study Group"}, ["the Grief Study Group"]),
        ({"given": "for the", "family": "GRIEF Study Group"}, ["the GRIEF Study Group"]),
        ({"given": "on behalf of", "family": "GRIEF Investigators"}, ["GRIEF Investigators"]),
        ({"family": "Grief Editorial Office"}, ["Grief Editorial Office"]),
        ({"given": "Grief", "family": "Research and Practice"}, ["Grief Research and Practice"]),
        ({"given": "Ada", "family": "Board"}, ["Board | Ada"]),
        ({"given": "Ada", "family": "Silva e Souza"}, ["Silva e Souza | Ada"]),
        ({"name": "Lehto, Ada"}, ["Lehto | Ada"]),
        ({"name": "Ada B. Lehto"}, ["Lehto | Ada B."]),
        ({"name": "Grief Lab Turku"}, ["Grief Lab Turku"]),
        ({"name": "PhD in Grief, Department of Loss, University of Turku, Finland"}, []),
        ({"name": "Faculty of Loss, University of Turku, Turku, Finland. Email: ada@example.org"}, []),
        ({"literal": "Grief Society."}, ["Grief Society"]),
        ({"given": "Ada", "family": "Lehto", "suffix": "Jr"}, ["Lehto | Ada | Jr."]),
        ({"given": "Ada", "family": "Lehto", "suffix": "Ph.D"}, ["Lehto | Ada"]),
        ({"given": "Ada", "family": "Lehto", "suffix": "III"}, ["Lehto | Ada | III"]),
        ({"given": 7, "family": ["Lehto"]}, ["Lehto"]),
        ({}, []),
    ],
)
def test_groups_are_literals_and_addresses_are_no_authors(contributor: dict[str, Any], right: list[str]) -> None:
    assert (
        written(
            contributor.get("given"),
            contributor.get("family"),
            **{key: value for key, value in contributor.items() if key not in ("given", "family")},
        )
        == right
    )


def names_of(message: dict[str, Any], kind: str = "article-journal") -> dict[str, list[str]]:
    fields = contributors(message, kind).fields
    return {
        role: [name.get("literal") or f"{name['family']}, {name.get('given', '')}" for name in fields[role]]
        for role in fields
    }


def test_an_author_named_twice_stands_once_and_an_address_between_authors_not_at_all() -> None:
    message = {
        "author": [
            {"given": "Ada", "family": "Lehto"},
            {"name": "Turku University"},
            {"given": "Olli", "family": "Aalto"},
            {"name": "Turku University"},
            {"given": "ADA", "family": "LEHTO"},
            {},
        ]
    }
    assert names_of(message) == {"author": ["Lehto, Ada", "Aalto, Olli"]}
    reasons = [change.reason for change in contributors(message, "article-journal").changes if change.notable]
    assert reasons == ["named twice", "the authors' address"]


def test_one_orcid_and_family_name_are_one_person() -> None:
    ada, eva = "https://orcid.org/0000-0001-0002-0003", "https://orcid.org/0000-0001-0002-0004"
    lehtos = [("Ada B.", ada), ("A. B.", ada), ("Ada", eva), ("Aino", "")]
    message = {"author": [{"given": given, "family": "Lehto", "ORCID": orcid} for given, orcid in lehtos]}
    assert names_of(message) == {"author": ["Lehto, Ada B.", "Lehto, Ada", "Lehto, Aino"]}


def test_initials_and_the_names_they_stand_for_are_one_person() -> None:
    givens = ("A. B.", "Olli", "Ada Beata", "O.", "Otso", "P.", "P.-K.")
    message = {"author": [{"given": given, "family": "Lehto"} for given in givens]}
    assert names_of(message) == {
        "author": ["Lehto, Ada Beata", "Lehto, Olli", "Lehto, Otso", "Lehto, P.", "Lehto, P.-K."]
    }


def test_roles_within_authors_are_heard() -> None:
    message = {
        "author": [
            {"given": "Ada", "family": "Lehto", "role": [{"role": "author", "vocabulary": "crossref"}]},
            {"given": "Olli", "family": "Aalto", "role": [{"role": "translator", "vocabulary": "crossref"}]},
            {"given": "Eva", "family": "Virta", "role": [{"role": "writing", "vocabulary": "credit"}]},
            {"given": "Ivo", "family": "Berg", "role": [{"role": "stats-reviewer"}]},
        ],
        "editor": [{"given": "Pia", "family": "Salo"}],
        "chair": [{"given": "Oskar", "family": "Laine"}],
    }
    assert names_of(message, "book") == {
        "author": ["Lehto, Ada", "Virta, Eva"],
        "translator": ["Aalto, Olli"],
        "editor": ["Salo, Pia"],
        "chair": ["Laine, Oskar"],
    }
    assert "editor" not in names_of(message, "article-journal")


def test_in_a_brazilian_record_de_stays_behind_the_given_name() -> None:
    author = [{"given": "Rosa Lima de", "family": "Castro"}]
    brazilian = contributors({"author": author, "language": "pt"}, "book").fields
    assert brazilian["author"] == [{"family": "Castro", "given": "Rosa Lima", "dropping-particle": "de"}]
    assert contributors({"author": author, "publisher": "Editora Saudade"}, "book").fields == brazilian
    assert contributors({"author": author, "language": "nl"}, "book").fields["author"] == [
        {"family": "de Castro", "given": "Rosa Lima"}
    ]


def test_a_report_of_no_one_is_by_the_body_that_issued_it() -> None:
    message = {"type": "report", "title": ["Grief in towns"], "publisher": "Imagined Health Agency"}
    item = clean_crossref(message, lambda title, evidence: title).item
    assert item["author"] == [{"literal": "Imagined Health Agency"}]


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="ABCaéoß .,-'’;&", max_size=25),
    st.text(alphabet="ABCaéoß .,-'’;& Jr", max_size=25),
)
def test_a_name_put_right_stays_as_it_is(given: str, family: str) -> None:
    for name in people({"given": given, "family": family}):
        assert name.get("literal") or name.get("family")
        again = people({"given": name.get("given"), "family": name.get("family"), "name": name.get("literal")})
        assert initials(str(name.get("given", ""))) == name.get("given", "")
        assert again
