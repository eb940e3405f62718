"""Crossref messages of our own making: works nobody wrote, with the trouble real records have.

All DOIs stand under the prefix 10.5555, which is for tests.
"""

import json
from pathlib import Path
from typing import Any

SICI = "10.5555/(sici)1097-4679(199608)52:4<425::aid-rel7>3.0.co;2-#"
HASHED = "10.5555/repair#2?part=1"
PERCENT = "10.5555/100%25-present"
COMMA = "10.5555/holding,containing"
ACCENTED = "10.5555/généalogie"


def date(*parts: int | None) -> dict[str, Any]:
    return {"date-parts": [list(parts)]}


def person(given: str, family: str, sequence: str = "additional", **more: Any) -> dict[str, Any]:
    return {"given": given, "family": family, "sequence": sequence, "affiliation": [], **more}


def message(doi: str, title: str, kind: str = "journal-article", **fields: Any) -> dict[str, Any]:
    """A message as `/works/{doi}` holds it, with the fields every record has."""
    return {
        "DOI": doi,
        "URL": f"https://doi.org/{doi}",
        "prefix": doi.split("/")[0],
        "type": kind,
        "title": [title] if title else [],
        "publisher": "Example Press",
        "member": "78",
        "source": "Crossref",
        "score": 1.0,
        "issued": date(2015, 4),
        "indexed": {"date-parts": [[2026, 1, 5]], "date-time": "2026-01-05T10:00:00Z", "timestamp": 1767607200000},
        "references-count": 0,
        "is-referenced-by-count": 3,
        "relation": {},
        **fields,
    }


def article(doi: str, title: str, **fields: Any) -> dict[str, Any]:
    journal = {"container-title": ["Journal of Relational Practice"], "ISSN": ["2049-3630"], "volume": "12"}
    return message(doi, title, **{**journal, "issue": "3", "page": "201-219", **fields})


RECORDS: list[dict[str, Any]] = [
    article(
        "10.5555/jrp.2015.0012",
        "Rupture and repair in the first ten sessions",
        author=[person("Ines", "Albrecht", "first"), person("Tomasz", "Wilk")],
        abstract="<jats:p>Two therapists describe <jats:italic>small</jats:italic> ruptures.</jats:p>",
    ),
    article("10.5555/jrp.2016.0001", "THE ANALYST'S SILENCE", author=[person("MARTA", "OYELARAN", "first")]),
    article(
        "10.5555/jrp.2016.0002",
        "Being Seen, Being Known: Recognition In Long-Term Work",
        subtitle=["A Case Study"],
        author=[person("Priya", "de la Cruz", "first"), person("Jonas", "van Aken")],
    ),
    article(SICI, "Affect attunement among siblings", author=[person("Ruth", "Lindqvist", "first", suffix="Jr.")]),
    article(HASHED, "Repair, part two", author=[person("Ines", "Albrecht", "first")], page="no-no"),
    article(PERCENT, "One hundred percent present", author=[person("Ada", "Nwosu", "first")]),
    article(COMMA, "Holding, containing", author=[person("Ada", "Nwosu", "first")]),
    article(ACCENTED, "Généalogie du lien", author=[person("Élise", "Moreau", "first")], language="fr"),
    article("10.5555/JRP.2017.CAPS", "A DOI in capitals", author=[person("Lea", "Stone", "first")]),
    article("10.5555/jrp/2018/7/1", "Slashes in the suffix", author=[person("Lea", "Stone", "first")]),
    article("10.5555/jrp.2018.trailing/", "A DOI that ends in a slash", author=[person("Lea", "Stone", "first")]),
    article("10.5555/jrp..2018", "Two full stops", author=[]),
    article("10.5555/jrp.2019.0004", "", author=[person("Noor", "Haddad", "first")], issued=date(None)),
    article(
        "10.5555/jrp.2019.0005",
        "Mentalizing &amp; <i>play</i>",
        author=[{"name": "Working Group on Play", "sequence": "first", "affiliation": []}],
        **{"article-number": "e118", "published-print": date(2020, 1), "published-online": date(2019, 11, 30)},
    ),
    article(
        "10.5555/jrp.2020.0006", "10.5555/jrp.2020.0006", **{"container-title": ["CrossRef Listing of Deleted DOIs"]}
    ),
    article(
        "10.5555/jrp.2021.0007",
        "RETRACTED: Dosage of empathy",
        author=[person("Karl", "Brandt", "first"), person("Karl", "Brandt")],
        **{"updated-by": [{"DOI": "10.5555/jrp.2021.notice", "type": "retraction", "source": "publisher"}]},
    ),
    article(
        "10.5555/jrp.2021.notice",
        "Retraction notice",
        **{"update-to": [{"DOI": "10.5555/jrp.2021.0007", "type": "retraction", "label": "Retraction"}]},
    ),
    message(
        "10.5555/9780000000017",
        "The two-person room",
        "book",
        author=[person("Oona", "Fairweather", "first")],
        ISBN=["9780000000017"],
        **{"edition-number": "2", "publisher-location": "London"},
    ),
    message(
        "10.5555/9780000000024",
        "Handbook of attachment in groups",
        "edited-book",
        editor=[person("Rui", "Sato", "first"), person("Greta", "Holm")],
        ISBN=["9780000000024"],
        **{"edition-number": "0"},
    ),
    message(
        "10.5555/9780000000024-7",
        "Endings",
        "book-chapter",
        author=[person("Bo", "Nilsen", "first")],
        page="133-150",
        **{"container-title": ["Handbook of attachment in groups"]},
    ),
    message(
        "10.5555/preprint.8891",
        "Enactment online: a preprint",
        "posted-content",
        subtype="preprint",
        institution=[{"name": "Example Preprints"}],
        author=[person("Vera", "Kim", "first")],
    ),
    message("10.5555/thesis.41", "Shame in supervision", "dissertation", author=[person("Sam", "O’Hara", "first")]),
    message("10.5555/report.2012-3", "Waiting for therapy", "report", author=[{"name": "Example Health Board"}]),
    message("10.5555/jrp.2015.0012.s001", "Supplement 1", "component"),
    article(
        "10.5555/jrp.2022.many",
        "A very large group",
        author=[person(f"Member{n}", f"Family{n}", "first" if n == 0 else "additional") for n in range(60)],
    ),
]

DOIS = [record["DOI"].lower() for record in RECORDS]


def many(count: int) -> list[dict[str, Any]]:
    """As many further records as asked for, alike but for DOI and title."""
    return [article(f"10.5555/serial.{n}", f"Letter {n}") for n in range(count)]


def write(path: Path, records: list[dict[str, Any]]) -> Path:
    """The records as the simulator reads them: a file with one message a line."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path
