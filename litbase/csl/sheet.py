"""A loaded style sheet: its elements, its locales, its terms, and the rendering of one item.

citeproc-py finds element classes by looking through the subclasses of its base class; here the
table is given, so that its own classes stay as they are in the same process.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, PRIMARY_DIALECTS  # noqa: TID253  imported in functions only
from lxml import etree  # noqa: TID253  the same

from litbase.csl import dates, elements, marks, names, sorting
from litbase.csl.cases import APA_STOP_WORDS, STOP_WORDS
from litbase.csl.cite import Cite
from litbase.csl.punctuation import settled
from litbase.csl.quotes import Quotes
from litbase.csl.reference import Reference
from litbase.errors import BadInput

_CSL = "http://purl.org/net/xbiblio/csl"
_NS = {"cs": _CSL}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _parser() -> Any:
    """An XML parser that makes elements of our classes and opens nothing but what it is given.

    Source: lxml, "Custom element classes", ElementNamespaceClassLookup.
    """
    lookup = etree.ElementNamespaceClassLookup()
    table = lookup.get_namespace(_CSL)
    table[None] = elements.Element
    for module in (elements, names, dates, sorting):
        for name, kind in vars(module).items():
            if isinstance(kind, type) and issubclass(kind, elements.Element) and kind is not elements.Element:
                table[name.replace("_", "-").lower()] = kind
    parser = etree.XMLParser(remove_comments=True, remove_pis=True, no_network=True, resolve_entities=False)
    parser.set_element_class_lookup(lookup)
    return parser


@lru_cache(maxsize=8)
def _locale(name: str) -> bytes:
    return (Path(LOCALES_PATH) / f"locales-{name}.xml").read_bytes()


class Sheet:
    """One CSL style, ready to render.

    Built from the bytes of an independent style that `stylefiles` has found well-formed.
    """

    formatter = marks

    def __init__(self, content: bytes, apa: bool = False) -> None:
        parser = _parser()
        try:
            self.root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as fault:
            raise BadInput(f"the style cannot be read: {fault}") from fault
        self.locale_name = self.root.get("default-locale") or "en-US"
        self.apa = apa
        self.stop_words = APA_STOP_WORDS if apa else STOP_WORDS
        self.later: list[Callable[[], None]] = []
        self.locales = self._locales(parser)
        self._terms: dict[tuple[str, str, bool], str] = {}
        self._table: dict[tuple[str, str], tuple[str, str]] = {}
        self._fallback: dict[tuple[str, str], tuple[str, str]] = {}
        for locale in reversed(self.locales):
            english = locale.get(_LANG, self.locale_name)[:2] != self.locale_name[:2]
            _read_terms(locale, self._fallback if english else self._table)
        self._ordinals = _ordinals(self.locales)
        self.quotes = self._quotes()
        self.ordinal_day_one = self._option("limit-day-ordinals-to-day-1")
        self.range_delimiter = self.term("page-range-delimiter") or "–"
        self.page_format = self.root.get("page-range-format")
        # lxml drops an element's Python side once nobody holds it: held here for good.
        self.held = [*self.root.iter(), *(element for locale in self.locales for element in locale.iter())]
        for element in self.held:
            if isinstance(element, elements.Element):
                element.prepare(self)
        self._macros = {macro.get("name"): macro for macro in self.root.findall("cs:macro", _NS)}
        self._check_macros()
        self._nothing = elements.Element()
        self._nothing.prepare(self)
        for finish in self.later:
            finish()
        self.wanted = self._variables()
        self.has_letters = "year-suffix" in self.wanted
        self.numbered = "citation-number" in self.wanted
        self.sorts = {
            part: found
            for part in ("citation", "bibliography")
            if (found := self.root.find(f"cs:{part}/cs:sort", _NS)) is not None
        }
        citation = self.root.find("cs:citation", _NS)
        self.collapses_numbers = citation is not None and citation.get("collapse") == "citation-number"
        self.layouts = {
            part: found
            for part in ("citation", "bibliography")
            if (found := self.root.find(f"cs:{part}/cs:layout", _NS)) is not None
        }

    def _locales(self, parser: Any) -> list[Any]:
        """The locales to look terms up in, the nearest first.

        Source: CSL 1.0.2, "Locale Fallback".
        """
        language = self.locale_name.split("-")[0]
        own = {locale.get(_LANG): locale for locale in self.root.findall("cs:locale", _NS)}
        found = [own[name] for name in dict.fromkeys((self.locale_name, language, None)) if name in own]
        names_ = [self.locale_name] if self.locale_name in LANGUAGE_NAMES else []
        names_ += [PRIMARY_DIALECTS[language]] if language in PRIMARY_DIALECTS else []
        return found + [etree.fromstring(_locale(name), parser) for name in dict.fromkeys([*names_, "en-US"])]

    def _quotes(self) -> Quotes:
        return Quotes(
            self.term("open-quote"),
            self.term("close-quote"),
            self.term("open-inner-quote"),
            self.term("close-inner-quote"),
            self._option("punctuation-in-quote"),
            not self.apa,  # APA 7, 6.7: double quotation marks first, whatever the title page has
        )

    def _option(self, name: str) -> bool:
        """A locale's yes-or-no option; the nearest locale that sets it decides."""
        for locale in self.locales:
            for options in locale.iterfind("cs:style-options", _NS):
                if options.get(name) is not None:
                    return bool(options.get(name) == "true")
        return False

    def _variables(self) -> frozenset[str]:
        """Every variable the style asks for anywhere, with the short form it may print instead."""
        attributes = ("variable", "is-numeric", "is-uncertain-date")
        named = {name for element in self.root.iter() for key in attributes for name in element.get(key, "").split()}
        if "page-first" in named:
            named.add("page")
        if "event-title" in named:
            named.add("event")  # its name before CSL 1.0.2
        return frozenset(named | {f"{name}-short" for name in named})

    def _check_macros(self) -> None:
        """Raises: BadInput where a macro calls itself, through others or not."""
        calls = {
            name: {text.get("macro") for text in macro.iter(f"{{{_CSL}}}text") if text.get("macro") is not None}
            for name, macro in self._macros.items()
        }
        left = dict(calls)
        while ready := [name for name, called in left.items() if not called & left.keys()]:
            for name in ready:
                del left[name]
        if left:
            raise BadInput(f"the style's macro {min(left, key=str)} calls itself, or another that does")

    def macro(self, name: str) -> Any:
        """A macro by name; an unknown one prints nothing."""
        return self._macros.get(name, self._nothing)

    def term(self, name: str, form: str = "long", plural: bool = False) -> str:
        """A term of the locales; a form that is missing falls back to a longer one.

        Source: CSL 1.0.2, "Terms", fallback of forms.
        """
        key = (name, form, plural)
        if key not in self._terms:
            self._terms[key] = self._term(name, form)[plural]
        return self._terms[key]

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

    def locale_date(self, form: str) -> Any:
        """The locale's own date format, "text" or "numeric"."""
        for locale in self.locales:
            found = locale.find(f"cs:date[@form='{form}']", _NS)
            if found is not None:
                return found
        return None

    def is_english(self, cite: Cite) -> bool:
        """Whether title case is for this item: its own language, else the style's."""
        language = cite.reference.english
        return self.locale_name.startswith("en") if language is None else language

    def first_names(self, element: Any, cite: Cite) -> tuple[str, Any]:
        """The first names a layout prints for an item, and their element; walked as it would be rendered."""
        for kid in element.kids:
            found: tuple[str, Any]
            if isinstance(kid, names.Names):
                found = kid.put(cite), kid
            elif isinstance(kid, elements.Choose):
                branch = kid.branch(cite)
                found = self.first_names(branch, cite) if branch is not None else ("", None)
            elif isinstance(kid, elements.Text) and kid.called is not None:
                found = self.first_names(self.macro(kid.called), cite)
            else:
                found = self.first_names(kid, cite)
            if found[0]:
                return found
        return "", None

    def entry(self, reference: Reference, letter: str = "", number: int = 1) -> str:
        """The settled, marked entry of one item; empty where the style prints none."""
        layout = self.layouts.get("bibliography")
        if layout is None:
            return ""
        cite = Cite(reference, "bibliography", letter, number)
        return settled(layout.put(cite), self.quotes)


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
            if term.get("gender-form") is None and number.isdigit():
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
