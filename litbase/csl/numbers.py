"""Numbers in CSL: what counts as one, ranges of them, ordinals and pages."""

import re
from typing import Any

from citeproc import model  # noqa: TID253  subclassed; this module is imported inside functions only

_ONE = r"[A-Za-z]{0,4}\d+[A-Za-z]{0,4}"
_NUMERIC = re.compile(rf"\s*{_ONE}(\s*[,&–-]\s*{_ONE})*\s*")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
_SEVERAL = re.compile(r"\d\w*\s*([-–—&]|,\s)\s*\w*\d|\d\w*\s+and\s+\w*\d")
_LISTED = re.compile(r"\d\w*\s*(&|,\s)\s*\w*\d|\d\w*\s+and\s+\w*\d")
_END = r"([A-Za-z]{0,4}\d+[A-Za-z]{0,2}|[ivxlcdm]+)"
_RANGE = re.compile(rf"(?<![\w-]){_END}\s*(?:--|[-–])\s*{_END}(?![\w-])")


def is_numeric(value: str) -> bool:
    """Whether a field holds nothing but numbers: `2`, `2nd`, `L2d`, `2, 3`, `12–15`; not `9,367,592`.

    Source: CSL 1.0.2, "Choose", is-numeric.
    """
    return _NUMERIC.fullmatch(value) is not None and not _GROUPED.fullmatch(value)


def is_whole(value: str) -> bool:
    """Whether this is a number to count or compare by: figures only, and no more than any real number has.

    Python itself reads no number of thousands of figures.
    """
    return value.isdecimal() and len(value) < 19


def is_plural(variable: str, value: str) -> bool:
    """Whether a label before this number stands in the plural.

    A comma without a blank groups thousands (patent 9,367,592) and a hyphen in a report's number
    joins its parts; neither makes two of them.
    Source: CSL 1.0.2, "Label", plural.
    """
    if variable.startswith("number-of"):
        return is_whole(value.strip()) and int(value) > 1
    if variable in ("number", "version"):
        return _LISTED.search(value) is not None
    return _SEVERAL.search(value) is not None or _RANGE.search(value) is not None


def ranged(value: str, delimiter: str) -> str:
    """A number field with its ranges joined as the locale does: `3-4` becomes `3–4`."""
    return _RANGE.sub(lambda found: found[1] + delimiter + found[2], value) if "-" in value or "–" in value else value


def pages(value: str, page_format: str | None, delimiter: str) -> str:
    """Page ranges in the style's page-range-format.

    Source: CSL 1.0.2, "Page Ranges" and appendix V.
    """

    def put(found: re.Match[str]) -> str:
        first, last = found[1], found[2]
        if page_format:
            last = _last_page(first, _expanded(first, last), page_format)
        return first + delimiter + last

    return _RANGE.sub(put, value)


_PARTS = re.compile(r"(\D*)(\d+)(\D*)")


def _expanded(first: str, last: str) -> str:
    """The last page in full: `321`, `8` gives `328`."""
    one, two = _PARTS.fullmatch(first), _PARTS.fullmatch(last)
    if not one or not two or two[1] not in ("", one[1]) or len(two[2]) >= len(one[2]):
        return last
    return one[1] + one[2][: len(one[2]) - len(two[2])] + two[2] + two[3]


class _Pages(model.FormatNumber):  # type: ignore[misc]
    """citeproc-py's own shortening of a last page, asked without a style around it."""

    def __init__(self, page_format: str) -> None:
        self._page_format = page_format

    def get_root(self) -> Any:
        return self

    def get_option(self, name: str) -> str:
        return self._page_format


def _last_page(first: str, last: str, page_format: str) -> str:
    """The last page, shortened; a letter both pages share is not repeated either."""
    one, two = _PARTS.fullmatch(first), _PARTS.fullmatch(last)
    if page_format == "expanded" or not one or not two or (one[1], one[3], two[3]) != (two[1], "", ""):
        return last
    if len(one[2]) != len(two[2]) or not is_whole(one[2]):
        return last
    return str(_Pages(page_format)._format_last_page(one[2], two[2]))


def roman(number: int) -> str:
    """A number in small Roman numerals."""
    return str(model.romanize(number)).lower()
