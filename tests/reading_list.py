"""Works of the tests' own for the output formats: plain ones, and some that try to be more than words."""

from typing import NamedTuple

from litbase.domain.inline import Inlines, Link, Span, Text, text
from litbase.domain.item import Item

HOSTILE = [
    "<script>document.title = 'run'; alert(1)</script>",
    '"><img src=x onerror="alert(1)">',
    "'><svg onload=alert(1)>",
    "</style></title></script><b>bold",
    "--><script>alert(1)</script><!--",
    "[video] and [caption]x[/caption]",
    "javascript:alert(1)",
    "@{x} } @article{y, title={z}}",
    "TY  - JOUR",
    "One\nER  - \nTY  - BOOK",
    '{\\rtf1 \\field{\\*\\fldinst HYPERLINK "x"}} \\par \\bin99999 \\\'41',
    "nul \x00 bell \x07 escape \x1b[31m vertical \x0b unit \x1f",
    "100% of $5 & #1 _under_ ~ ^ \\input{x}",
    "back\\slash and {unbalanced",
    "a & b &amp; c &lt;i&gt;",
    "=HYPERLINK(1)",
    "“curly” ‘quotes’ – — … naïve Øre",
]


class Entry(NamedTuple):
    """An entry as `render` takes it."""

    id: str
    inlines: Inlines
    notes: tuple[Inlines, ...] = ()
    item: Item = {}  # noqa: RUF012


def doi(suffix: str) -> Link:
    """A DOI as entries show it."""
    address = f"https://doi.org/10.5555/{suffix}"
    return Link(address, (Text(address),))


ENTRIES = [
    Entry(
        "okafor2019",
        (
            Text("Okafor, N., & Lindqvist, Å. (2019). "),
            Span("italic", (Text("Between two: A "), Span("normal", (Text("Hamlet"),)), Text(" of the room"))),
            Text(" (2nd ed.). Harbour Press. "),
            doi("between.2019"),
        ),
        (text("On what happens between two people, told for everyone."),),
        {
            "id": "okafor2019", "type": "book", "title": "Between two: A Hamlet of the room", "edition": "2",
            "author": [{"family": "Okafor", "given": "Ngozi"}, {"family": "Lindqvist", "given": "Åsa"}],
            "issued": {"date-parts": [[2019]]}, "publisher": "Harbour Press", "DOI": "10.5555/between.2019",
            "ISBN": "9780306406157",
        },
    ),
    Entry(
        "vandermeer2004",
        (
            Text("van der Meer, J. (2004). Holding H"),
            Span("sub", (Text("2"),)),
            Text("O, x"),
            Span("sup", (Text("2"),)),
            Text(" and "),
            Span("smallcaps", (Text("ad"),)),
            Span("bold", (Text(" bold"),)),
            Text(". "),
            Span("italic", (Text("Journal of Quiet Rooms"),)),
            Text(", "),
            Span("italic", (Text("12"),)),
            Text("(3), 45–61. "),
            doi("jqr.12(3).45"),
        ),
        (),
        {
            "id": "vandermeer2004", "type": "article-journal",
            "title": "Holding H<sub>2</sub>O, <i>x</i><sup>2</sup> and ad",
            "author": [{"family": "Meer", "given": "Jan", "non-dropping-particle": "van der"}],
            "container-title": "Journal of Quiet Rooms", "volume": "12", "issue": "3", "page": "45-61",
            "issued": {"date-parts": [[2004, 9, 14]]}, "DOI": "10.5555/jqr.12(3).45",
        },
    ),
]  # fmt: skip


def hostile() -> list[Entry]:
    """An entry for every string that tries to be more: as text, in italics, as a link, as note, id and item."""
    return [
        Entry(
            words,
            (
                Text(f"A{number}. {words} "),
                Span("italic", (Text(words),)),
                Link(f"javascript:alert({number})", (Text(f" {words}"),)),
                Link(f'https://example.org/{number}?q="\'<x>{{\\', (Text(" there"),)),
            ),
            (text(words),),
            {"id": words, "type": "article-journal", "title": words, "container-title": words,
             "DOI": f"10.5555/{words}", "URL": words, "abstract": words,
             "author": [{"family": words, "given": words}, {"literal": words}],
             "issued": {"date-parts": [[2001]]}, "keyword": words, "page": words},
        )
        for number, words in enumerate(HOSTILE)
    ]  # fmt: skip
