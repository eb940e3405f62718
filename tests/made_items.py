"""Items of many kinds, made up from parts, for parsers and writers to be held against each other."""

import random
from typing import Any

FAMILIES = (
    "Abara", "Bellini", "Castaño", "de Groot", "Dufour", "Eriksson", "Fitzgerald", "García Lorca", "Haraldsdóttir",
    "Ito", "Janssen-Vos", "Kowalczyk", "Lindqvist", "Mbeki", "N’Diaye", "O’Neill", "Petrović", "Quist", "Rao",
    "St. Clair", "Szabó", "Takahashi", "van den Berg", "von Braun", "Watanabe", "Xu", "Yılmaz", "Zhang",
    "McAllister", "El-Amin",
)  # fmt: skip
GIVEN = (
    "Ada", "Ben C.", "Chloé", "D. E.", "Farid", "Grace H.", "Ines", "Jean-Paul", "K. L. M.", "Noor", "Olu",
    "Priya S.",
)  # fmt: skip
GROUPS = (
    "Northern Health Authority", "Canadian Counselling and Psychotherapy Association",
    "World Federation for Mental Health", "Ministry of Children and Family Development",
    "Institute for Relational Studies", "Statistics Finland",
)  # fmt: skip
TITLES = (
    "Repair after rupture: A task analysis", "What silence says", "Who holds the frame?",
    "Listening for the unsaid in groups", "The 36-item form of a measure of trust",
    "Trust, doubt, and the third: A reply to critics", "A year of first sessions",
    "“Not me, not you”: Notes on dissociation", "Does it matter who pays? Money in the consulting room",
    "Working with shame in the U.S. and Canada", "Attachment at work—and after",
    "Therapists’ tears: How often, and why",
)  # fmt: skip
JOURNALS = (
    "Psychotherapy", "Journal of Relational Practice", "Clinical Psychology: Science and Practice",
    "Body, Movement and Dance", "The Canadian Journal of Psychiatry", "Counselling & Psychotherapy Research",
    "American Psychologist", "Qualitative Health Research",
)  # fmt: skip
HOUSES = (
    "Guilford Press", "Routledge", "W. W. Norton", "Oxford University Press", "Little, Brown Spark",
    "Springer Publishing", "Wiley",
)  # fmt: skip


def items(count: int, seed: int) -> list[dict[str, Any]]:
    """So many items, the same for the same seed."""
    chance = random.Random(seed)
    return [{"id": f"made{number}", **_KINDS[number % len(_KINDS)](chance)} for number in range(count)]


def _people(chance: random.Random, most: int = 5) -> list[dict[str, str]]:
    count = chance.choice([1, 1, 2, 2, 3, most])
    return [{"family": family, "given": chance.choice(GIVEN)} for family in chance.sample(FAMILIES, count)]


def _issued(chance: random.Random, day: bool = False) -> dict[str, Any]:
    parts = [chance.randint(1950, 2025)]
    return {"date-parts": [[*parts, chance.randint(1, 12), chance.randint(1, 28)] if day else parts]}


def _doi(chance: random.Random) -> dict[str, str]:
    return {"DOI": f"10.{chance.randint(1000, 9999)}/{chance.choice(('abc', 'j.x', 's'))}.{chance.randint(10, 99999)}"}


def _article(chance: random.Random) -> dict[str, Any]:
    first = chance.randint(1, 900)
    item = {
        "type": "article-journal", "author": _people(chance, 22), "issued": _issued(chance),
        "title": chance.choice(TITLES), "container-title": chance.choice(JOURNALS),
        "volume": str(chance.randint(1, 99)),
    }  # fmt: skip
    if chance.random() < 0.8:
        item["issue"] = chance.choice(["1", "2", "3–4", "11"])
    if chance.random() < 0.9:
        item["page"] = f"{first}-{first + chance.randint(1, 30)}"
    else:
        item["number"] = f"e{first}"
    return {**item, **(_doi(chance) if chance.random() < 0.7 else {})}


def _book(chance: random.Random) -> dict[str, Any]:
    edition = {"edition": str(chance.randint(2, 6))} if chance.random() < 0.4 else {}
    return {
        "type": "book", "author": _people(chance), "issued": _issued(chance), "title": chance.choice(TITLES),
        "publisher": chance.choice(HOUSES), **edition, **(_doi(chance) if chance.random() < 0.3 else {}),
    }  # fmt: skip


def _edited(chance: random.Random) -> dict[str, Any]:
    return {
        "type": "book", "editor": _people(chance), "issued": _issued(chance), "title": chance.choice(TITLES),
        "publisher": chance.choice(HOUSES),
    }  # fmt: skip


def _chapter(chance: random.Random) -> dict[str, Any]:
    first = chance.randint(1, 300)
    return {
        "type": "chapter", "author": _people(chance), "editor": _people(chance, 3), "issued": _issued(chance),
        "title": chance.choice(TITLES), "container-title": "Handbook of relational work",
        "page": f"{first}-{first + 20}",
        "publisher": chance.choice(HOUSES), **({"edition": "2"} if chance.random() < 0.3 else {}),
    }  # fmt: skip


def _report(chance: random.Random) -> dict[str, Any]:
    return {
        "type": "report", "author": [{"literal": chance.choice(GROUPS)}], "issued": _issued(chance),
        "title": chance.choice(TITLES), "URL": f"https://example.org/reports/{chance.randint(1, 999)}.pdf",
    }  # fmt: skip


def _page(chance: random.Random) -> dict[str, Any]:
    return {
        "type": "webpage", "author": _people(chance, 3), "issued": _issued(chance, day=True),
        "title": chance.choice(TITLES), "container-title": "The Harbour Blog",
        "URL": f"https://example.org/post/{chance.randint(1, 999)}",
    }  # fmt: skip


def _thesis(chance: random.Random) -> dict[str, Any]:
    return {
        "type": "thesis", "author": _people(chance, 1)[:1], "issued": _issued(chance), "title": chance.choice(TITLES),
        "genre": "Doctoral dissertation", "publisher": "University of Saskatchewan",
    }  # fmt: skip


def _newspaper(chance: random.Random) -> dict[str, Any]:
    return {
        "type": "article-newspaper", "author": _people(chance, 2), "issued": _issued(chance, day=True),
        "title": chance.choice(TITLES), "container-title": chance.choice(("The Globe and Mail", "The New York Times")),
        "URL": f"https://example.org/news/{chance.randint(1, 999)}",
    }  # fmt: skip


def _undated(chance: random.Random) -> dict[str, Any]:
    return {
        "type": "webpage", "author": [{"literal": chance.choice(GROUPS)}], "title": chance.choice(TITLES),
        "URL": f"https://example.org/{chance.randint(1, 999)}",
    }  # fmt: skip


def _republished(chance: random.Random) -> dict[str, Any]:
    return {**_book(chance), "original-date": {"date-parts": [[chance.randint(1880, 1949)]]}}


_KINDS = (
    _article,
    _article,
    _article,
    _book,
    _book,
    _edited,
    _chapter,
    _chapter,
    _report,
    _page,
    _thesis,
    _newspaper,
    _undated,
    _republished,
)
