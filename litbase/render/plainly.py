"""An item's fields as plain text of one line, for the formats that hold no more than that."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from litbase.domain.inline import strip
from litbase.domain.item import Name
from litbase.domain.text import clean_line

_DASHES = re.compile(r"\s*(?:-{1,3}|[‐‑–—])\s*")


def words(item: Mapping[str, Any], *fields: str) -> str:
    """The first of these fields that says anything, without tags or line ends; empty where none does."""
    for field in fields:
        value = item.get(field)
        found = clean_line(strip(str(value))) if isinstance(value, str | int | float) else ""
        if found:
            return found
    return ""


def days(item: Mapping[str, Any], variable: str = "issued") -> list[list[int]]:
    """A date's beginning, and its end where it is a range: each `[year]`, `[year, month]` or `[year, month, day]`."""
    date = item.get(variable)
    parts = date.get("date-parts") if isinstance(date, dict) else None
    found = []
    for end in parts if isinstance(parts, list) else []:
        try:
            numbers = [int(part) for part in end][:3]
        except (TypeError, ValueError):
            continue
        if numbers:
            found.append(numbers)
    return found


def said(item: Mapping[str, Any], variable: str = "issued") -> str:
    """A date that is only described in words: `in press`, `spring 1987`; empty where there is none."""
    date = item.get(variable)
    return words(date, "literal", "raw") if isinstance(date, dict) else ""


def iso(date: Iterable[int]) -> str:
    """A date as ISO 8601 has it: `2015`, `2015-09`, `2015-09-14`; seasons (months past 12) as the year."""
    year, *rest = date
    known: list[str] = []
    for part in rest:
        if not 0 < part < (32 if known else 13):
            break
        known.append(f"{part:02d}")
    return "-".join([f"{year:04d}", *known])


def pages(item: Mapping[str, Any]) -> tuple[str, str]:
    """The first and the last page; the last is empty for one page and for several ranges."""
    shown = words(item, "page")
    if "," in shown or ";" in shown:
        return shown, ""
    first, *last = _DASHES.split(shown, maxsplit=1)
    return first, "".join(last)


def family(name: Name) -> str:
    """The family name with the particle that belongs to it; a whole literal name."""
    if name.get("literal"):
        return words(name, "literal")
    return " ".join(part for part in (words(name, "non-dropping-particle"), words(name, "family")) if part)


def given(name: Name) -> str:
    """The given names, with the particle that is dropped in lists after them."""
    return " ".join(part for part in (words(name, "given"), words(name, "dropping-particle")) if part)


def web(item: Mapping[str, Any]) -> str:
    """Where the work is: its DOI as an address, else its URL; empty where it has neither."""
    doi = words(item, "DOI")
    if not doi:
        return words(item, "URL")
    from urllib.parse import quote

    return "https://doi.org/" + quote(doi, safe="/:;()")
