"""Records in the shapes of DataCite, mEDRA, Open Library, arXiv and NCBI, of works nobody wrote."""

from typing import Any

DATASET = "10.5555/archive.31"
ARTICLE = "10.5555/passi.2009.78"
UNKNOWN_AUTHOR = "10.5555/archive.32"

AGENCY: dict[str, dict[str, Any]] = {
    DATASET: {
        "type": "dataset",
        "id": f"https://doi.org/{DATASET}",
        "categories": ["alliance", "repair"],
        "author": [{"family": "Wilk", "given": "Tomasz"}, {"literal": "Relational Practice Network"}],
        "issued": {"date-parts": [["2019", "3", "14"]]},
        "abstract": "Ratings of 40 sessions.",
        "DOI": DATASET.upper(),
        "URL": "https://archive.example/31",
        "publisher": "Example Archive",
        "title": "Session Ratings of Rupture and Repair",
        "version": "1.2",
    },
    ARTICLE: {
        "type": "article-journal",
        "journalAbbreviation": "PASSI",
        "author": [{"literal": "Bruni Chiara"}],
        "issued": {"date-parts": [[2009, 10]]},
        "DOI": ARTICLE,
        "issue": "78",
        "volume": "27",
        "page": "5-19",
        "publisher": "Editrice Esempio",
        "title": "La voce dell&#39;altro",
        "container-title": "Passi e incontri",
        "ISSN": "2049-3630",
        "language": "it",
    },
    UNKNOWN_AUTHOR: {
        "type": "report",
        "author": [{"family": "(:unav)"}],
        "issued": {"date-parts": [[2020]]},
        "DOI": UNKNOWN_AUTHOR,
        "publisher": ":unav",
        "title": "Waiting times",
    },
}

HANDBOOK, ALLIANCE, LATECOMER, TRANSLATED = "9780000000019", "9780000000026", "9780000000033", "9780000000040"

EDITIONS: dict[str, dict[str, Any]] = {
    HANDBOOK: {
        "type": {"key": "/type/edition"},
        "title": "Handbook of group attachment",
        "subtitle": "theory, research, and practice",
        "authors": [{"key": "/authors/OL1A", "name": "Rui Sato"}],
        "by_statement": "edited by Rui Sato and Greta Holm ; with a foreword by Bo Nilsen.",
        "contributions": ["Holm, Greta, 1950-", "Nilsen, Bo", "Stone, Lea (Illustrator)"],
        "edition_name": "2nd pbk. ed.",
        "series": ["Relational perspectives ; v. 12"],
        "publishers": ["Example Press"],
        "publish_places": ["New York"],
        "publish_date": "c2008",
        "languages": [{"key": "/languages/eng"}],
        "isbn_10": ["0000000019"],
        "isbn_13": [HANDBOOK],
    },
    ALLIANCE: {
        "title": "The two-person room :",
        "by_statement": "Oona Fairweather, Jan van der Meer.",
        "publishers": ["Example Press"],
        "publish_date": "March 2000",
        "edition_name": "3rd printing",
        "isbn_13": ["978-0-00-000002-6"],
    },
    LATECOMER: {
        "title": "Being met",
        "publishers": ["Example Press"],
        "publish_date": "[2015?]",
        "isbn_10": ["0000000035"],
    },
    TRANSLATED: {
        "title": "Das Gespräch",
        "authors": [{"name": "Brandt, Karl, 1896-1971"}],
        "contributors": [{"role": "Translator", "name": "Vera Kim"}, {"role": "Cover artist", "name": "Sam O’Hara"}],
        "publish_date": "2005",
        "languages": [{"key": "/languages/ger"}],
        "isbn_13": [TRANSLATED],
    },
}
VIEWS = {LATECOMER: {"title": "Being met", "authors": [{"name": "Noor Haddad"}]}}


def entry(number: str, version: int, title: str, *names: str, more: str = "") -> str:
    """An entry of arXiv's feed."""
    people = "".join(f"<author><name>{name}</name></author>" for name in names)
    return (
        f"<entry><id>http://arxiv.org/abs/{number}v{version}</id><updated>2023-01-05T10:00:00Z</updated>"
        f"<published>2021-06-23T17:59:59Z</published><title>{title}</title>"
        f"<summary>  We show\n  something. </summary>{people}"
        f'{more}<link href="http://arxiv.org/abs/{number}v{version}" rel="alternate" type="text/html"/></entry>'
    )


_NAMESPACE = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
ENTRIES = {
    "2106.12345": entry(
        "2106.12345",
        2,
        "Repair &amp; rupture in\n  $\\alpha$-trees",
        "Jan Obłój",
        "Ludwig van den Berg",
        "Relational Trees Collaboration",
        more=f"<arxiv:doi {_NAMESPACE}>10.5555/JRP.2022.9</arxiv:doi>",
    ),
    "math/0309136": entry(
        "math/0309136",
        1,
        "Withdrawn ideas",
        "Ada Nwosu",
        more=f"<arxiv:comment {_NAMESPACE}>This paper has been withdrawn by the author</arxiv:comment>",
    ),
}


def summary(uid: str, title: str, authors: list[str], **fields: Any) -> dict[str, Any]:
    """A summary of PubMed with the fields that every one has."""
    return {
        "uid": uid,
        "pubdate": "2016 Mar",
        "epubdate": "2015 Dec 15",
        "source": "J Relat Pract",
        "authors": [{"name": name, "authtype": "Author", "clusterid": ""} for name in authors],
        "title": title,
        "volume": "16",
        "issue": "3",
        "pages": "339-47",
        "lang": ["eng"],
        "issn": "2049-3630",
        "essn": "",
        "pubtype": ["Journal Article"],
        "articleids": [{"idtype": "pubmed", "idtypen": 1, "value": uid}],
        "references": [],
        "fulljournalname": "Journal of relational practice (London, England)",
        "vernaculartitle": "",
        "doctype": "citation",
        **fields,
    }


RETRACTED, GERMAN, IN_PMC = "26652862", "26652863", "7654321"

SUMMARIES: dict[str, dict[str, dict[str, Any]]] = {
    "pubmed": {
        RETRACTED: summary(
            RETRACTED,
            "Dosage of empathy in &lt;i&gt;very&lt;/i&gt; brief therapy.",
            ["van Aken JM", "Oyelaran M 3rd", "de la Cruz P"],
            pubtype=["Journal Article", "Retracted Publication"],
            references=[
                {
                    "refsource": "J Relat Pract. 2017;17(1):2. doi: 10.5555/jrp.ret.",
                    "reftype": "Retraction in",
                    "pmid": 1,
                }
            ],
            articleids=[
                {"idtype": "pubmed", "value": RETRACTED},
                {"idtype": "doi", "value": "10.5555/JRP.2016.77"},
                {"idtype": "pmc", "value": "PMC123"},
            ],
        ),
        GERMAN: summary(
            GERMAN,
            "[Shame in supervision].",
            ["Brandt K"],
            vernaculartitle="Scham in der Supervision.",
            pubdate="2016 Mar-Apr",
        ),
    },
    "pmc": {
        IN_PMC: summary(
            IN_PMC,
            "Waiting together",
            ["Haddad N"],
            articleids=[{"idtype": "pmid", "value": "0"}, {"idtype": "doi", "value": ""}],
        )
    },
}
