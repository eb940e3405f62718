"""A loaded style sheet: its elements, its locales, its terms, and the rendering of one item.

citeproc-py finds element classes by looking through the subclasses of its base class; here the
table is given, so that its own classes stay as they are in the same process.
"""

from collections.abc import Callable
from typing import Any

from lxml import etree  # noqa: TID253  this module is imported inside functions only

from litbase.csl import dates, elements, names, sorting
from litbase.csl.cases import APA_STOP_WORDS, STOP_WORDS
from litbase.csl.cite import Cite
from litbase.csl.punctuation import settled
from litbase.csl.reference import Reference
from litbase.csl.words import Words
from litbase.errors import BadInput

_CSL = "http://purl.org/net/xbiblio/csl"
_NS = {"cs": _CSL}


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


class Sheet:
    """One CSL style, ready to render.

    Built from the bytes of an independent style that `stylefiles` has found well-formed.
    """

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
        words = Words(self.root, self.locale_name, parser)
        self.term, self.ordinal, self.locale_date = words.term, words.ordinal, words.date
        # APA 7, 6.7: double quotation marks first, whatever the title page has.
        self.quotes = words.quotes()._replace(as_typed=not apa)
        self.ordinal_day_one = words.option("limit-day-ordinals-to-day-1")
        self.range_delimiter = self.term("page-range-delimiter") or "–"
        self.page_format = self.root.get("page-range-format")
        # lxml drops an element's Python side once nobody holds it: held here for good.
        self.held = [*self.root.iter(), *words.elements()]
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
