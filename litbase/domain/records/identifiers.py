"""ISBN, ISSN, language and the other small certainties of a record."""

import re

from litbase.domain.records import shape
from litbase.domain.records.changes import Part, altered
from litbase.domain.records.shape import Message

_NOT_ISBN = re.compile(r"[^0-9X]")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dX]")
_URL = re.compile(r"https?://[^\s/?#.]+(?:\.[^\s/?#.]+)+(?:[/?#]\S*)?", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}")


def isbn(value: str) -> str:
    """An ISBN as 13 digits, whatever it came as; "" where the check digit is wrong.

    Source: ISBN Users' Manual, 7th ed., section 4.
    """
    digits = _NOT_ISBN.sub("", value.rsplit("/", 1)[-1].upper())
    if len(digits) == 10 and "X" not in digits[:9]:
        total = sum((10 - place) * (10 if d == "X" else int(d)) for place, d in enumerate(digits))
        digits = _with_check("978" + digits[:9]) if total % 11 == 0 else ""
    if len(digits) == 13 and "X" not in digits and _with_check(digits[:12]) == digits:
        return digits
    return ""


def _with_check(twelve: str) -> str:
    total = sum(int(digit) * (1 + 2 * (place % 2)) for place, digit in enumerate(twelve))
    return twelve + str(-total % 10)


def issn(value: str) -> str:
    """An ISSN as `1234-5679`; "" where the check digit is wrong.

    Source: ISO 3297, annex on the check digit.
    """
    found = _ISSN.search(value.upper())
    if not found:
        return ""
    digits = found[0].replace("-", "")
    total = sum((8 - place) * (10 if d == "X" else int(d)) for place, d in enumerate(digits))
    return f"{digits[:4]}-{digits[4:]}" if total % 11 == 0 else ""


def numbers(message: Message, kind: str) -> Part:
    """The variables ISBN and ISSN: every valid one once, print first, parted by a blank.

    Source: Crossref work, `ISBN`, `isbn-type`, `ISSN`, `issn-type`; CSL 1.0.2, "Standard Variables".
    """
    fields: dict[str, str] = {}
    changes = []
    for variable, check, types in (("ISBN", isbn, "isbn-type"), ("ISSN", issn, "issn-type")):
        typed = sorted(shape.mappings(message.get(types)), key=lambda one: one.get("type") != "print")
        given = [line for one in typed if (line := shape.line(one.get("value")))]
        given += shape.lines(message.get(variable))
        valid = list(dict.fromkeys(number for one in given if (number := check(one))))
        wrong = [one for one in dict.fromkeys(given) if not check(one)]
        if valid:
            fields[variable] = " ".join(valid)
        for one in wrong:
            changes += altered(variable, one, "", "the check digit is wrong")
    return Part(fields, changes)


def language(message: Message, kind: str) -> Part:
    """The work's language as a code; none where the field holds something else.

    Source: Crossref work, `language`; CSL 1.0.2, `language`.
    """
    given = shape.line(message.get("language"))
    code = given[:2].lower() + given[2:]
    return Part({"language": code}, []) if _LANGUAGE.fullmatch(code) else Part({}, [])


def keywords(message: Message, kind: str) -> Part:
    """Crossref's subjects as CSL's `keyword`, parted by semicolons as they hold commas."""
    subjects = shape.lines(message.get("subject"))
    return Part({"keyword": "; ".join(dict.fromkeys(subjects))} if subjects else {}, [])


def address(message: Message, kind: str) -> Part:
    """The DOI, or where there is none the work's http(s) address.

    Source: APA 7, 9.34–9.36 (a DOI is preferred to a URL).
    """
    doi = shape.doi(message.get("DOI"))
    if doi:
        return Part({"DOI": doi}, [])
    for given in (shape.mapping(shape.mapping(message.get("resource")).get("primary")), message):
        url = shape.line(given.get("URL"))
        if _URL.fullmatch(url):
            return Part({"URL": url}, [])
    return Part({}, [])
