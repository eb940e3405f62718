"""The words of a style: its locales, their terms and ordinals, quotation marks and date formats.

Source: CSL 1.0.2, "Locale Files - Structure" and "Locale Fallback".
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS  # noqa: TID253  imported in functions only
from lxml import etree  # noqa: TID253  the same

from litbase.csl.numbers import is_whole
from litbase.csl.quotes import Quotes

_NS = {"cs": "http://purl.org/net/xbiblio/csl"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@lru_cache(maxsize=8)
def _locale(name: str) -> bytes:
    return (Path(LOCALES_PATH) / f"locales-{name}.xml").read_bytes()


class Words:
    """What a style says in words, looked up in its own locale elements first and in citeproc-py's files then."""

    def __init__(self, root: Any, name: str, parser: Any) -> None:
        self._locales = _locales(root, name, parser)
        self._found: dict[tuple[str, str, bool], str] = {}
        self._table: dict[tuple[str, str], tuple[str, str]] = {}
        self._fallback: dict[tuple[str, str], tuple[str, str]] = {}
        for locale in reversed(self._locales):
            foreign = locale.get(_LANG, name)[:2] != name[:2]
            _read_terms(locale, self._fallback if foreign else self._table)
        self._ordinals = _ordinals(self._locales)

    def elements(self) -> Iterator[Any]:
        """Every element of the locales."""
        for locale in self._locales:
            yield from locale.iter()

    def term(self, name: str, form: str = "long", plural: bool = False) -> str:
        """A term of the locales; a form that is missing falls back to a longer one.

        Source: CSL 1.0.2, "Terms", fallback of forms.
        """
        key = (name, form, plural)
        if key not in self._found:
            self._found[key] = self._term(name, form)[plural]
        return self._found[key]

    def _term(self, name: str, form: str) -> tuple[str, str]:
        for table in (self._table, self._fallback):
            for one in _FORMS.get(form, ("long",)):
                if (name, one) in table:
                    return table[name, one]
        return ("", "")

    def ordinal(self, number: int) -> str:
        """A number with the locale's ordinal ending: 2nd, 11th, 21st.

        Source: CSL 1.0.2, "Ordinal Suffixes".
        """
        for value, match in ((number % 100, "last-two-digits"), (number % 10, "last-digit")):
            for wanted in (("whole-number",) if value == number else ()) + (match,):
                if (value, wanted) in self._ordinals:
                    return str(number) + self._ordinals[value, wanted]
        return str(number) + self.term("ordinal")

    def date(self, form: str) -> Any:
        """The locale's own date format, "text" or "numeric"."""
        dates = (date for locale in self._locales for date in locale.iterfind("cs:date", _NS))
        return next((date for date in dates if date.get("form") == form), None)

    def quotes(self) -> Quotes:
        """The locale's quotation marks."""
        return Quotes(
            self.term("open-quote"),
            self.term("close-quote"),
            self.term("open-inner-quote"),
            self.term("close-inner-quote"),
            self.option("punctuation-in-quote"),
        )

    def option(self, name: str) -> bool:
        """A locale's yes-or-no option; the nearest locale that sets it decides."""
        for locale in self._locales:
            for options in locale.iterfind("cs:style-options", _NS):
                if options.get(name) is not None:
                    return bool(options.get(name) == "true")
        return False


def _locales(root: Any, locale: str, parser: Any) -> list[Any]:
    """The locales to look terms up in, the nearest first.

    Source: CSL 1.0.2, "Locale Fallback".
    """
    language = locale.split("-")[0]
    own = {element.get(_LANG): element for element in root.findall("cs:locale", _NS)}
    found = [own[name] for name in dict.fromkeys((locale, language, None)) if name in own]
    files = [locale] if locale in LANGUAGE_NAMES else []
    files += [PRIMARY_DIALECTS[language]] if language in PRIMARY_DIALECTS else []
    return found + [etree.fromstring(_locale(name), parser) for name in dict.fromkeys([*files, "en-US"])]


_FORMS = {
    "verb-short": ("verb-short", "verb", "long"),
    "verb": ("verb", "long"),
    "symbol": ("symbol", "short", "long"),
    "short": ("short", "long"),
}


def _ordinals(locales: Sequence[Any]) -> dict[tuple[int, str], str]:
    """The ordinal endings of the nearest locale that has any, by number and by what must match.

    A term for 0–9 matches the last digit and one for 10–99 the last two, unless it says otherwise.
    """
    for locale in locales:
        found: dict[tuple[int, str], str] = {}
        for term in locale.iterfind("cs:terms/cs:term", _NS):
            number = term.get("name", "").removeprefix("ordinal-")
            if term.get("gender-form") is None and is_whole(number):
                default = "last-digit" if int(number) < 10 else "last-two-digits"
                found[int(number), term.get("match", default)] = term.text or ""
        if found or any(term.get("name") == "ordinal" for term in locale.iterfind("cs:terms/cs:term", _NS)):
            return found
    return {}


def _read_terms(locale: Any, table: dict[tuple[str, str], tuple[str, str]]) -> None:
    for term in locale.iterfind("cs:terms/cs:term", _NS):
        if term.get("gender-form") is not None:
            continue
        single, multiple = term.find("cs:single", _NS), term.find("cs:multiple", _NS)
        one = (single.text if single is not None else term.text) or ""
        many = (multiple.text if multiple is not None else one) or ""
        table[term.get("name"), term.get("form", "long")] = (one, many)
