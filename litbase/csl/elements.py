"""The elements of a style that place things: layouts, macros, groups, conditions, text and labels.

Each is a subclass of citeproc-py's element of the same name, bound to its XML tag by the table in
`sheet.py`. Elements read their attributes once, in `prepare`, because a list of 500 entries passes
each of them thousands of times, and print themselves in `put`.

Source: CSL 1.0.2, "Rendering Elements".
"""

import re
from collections.abc import Callable
from typing import Any

from citeproc import model  # noqa: TID253  subclassed; this module is imported inside functions only

from litbase.csl import marks
from litbase.csl.cases import cased
from litbase.csl.cite import Cite
from litbase.csl.marks import DOI, DOI_END, PIECE, PIECE_END, QUOTE, QUOTE_END, URL, URL_END, visible
from litbase.csl.numbers import is_numeric, is_plural, pages, ranged
from litbase.csl.reference import Value


class Element(model.SomewhatObjectifiedElement):  # type: ignore[misc]
    """What all elements share: affixes, formatting and children, read once."""

    def prepare(self, sheet: Any) -> None:
        """Read the attributes; `sheet` is the style being loaded (sheet.py)."""
        self.sheet = sheet
        self.kids: list[Any] = [kid for kid in self.iterchildren() if isinstance(kid, Element)]
        self.before: str = self.get("prefix", "")
        self.after: str = self.get("suffix", "")
        self.between: str = self.get("delimiter", "")
        self.case_wanted: str | None = self.get("text-case")
        self.bare = self.get("strip-periods") == "true"
        self.opening, self.closing = _format(self)
        self.margin = " " if self.get("display") in ("left-margin", "block") else ""

    def dressed(self, text: str, cite: Cite | None = None) -> str:
        """A piece with case, formatting and affixes put on."""
        return self.affixed(self.styled(text, cite))

    def styled(self, text: str, cite: Cite | None = None) -> str:
        """A piece in its case and formatting.

        Title case is for English; words of the style's own (no `cite` given) have it in any language.
        """
        if self.bare:
            text = text.replace(".", "")
        if self.case_wanted:
            text = cased(text, self.case_wanted, cite is None or self.sheet.is_english(cite), self.sheet.stop_words)
        return self.opening + text + self.closing

    def affixed(self, text: str) -> str:
        """A piece with what the style puts before and behind it."""
        return self.before + text + self.after + self.margin

    def gathered(self, cite: Cite, delimiter: str) -> str:
        """The children's output, joined."""
        out = []
        for kid in self.kids:
            text = kid.put(cite, delimiter) if isinstance(kid, Choose) else kid.put(cite)
            if text:
                out.append(text)
        return delimiter.join(out)

    def put(self, cite: Cite) -> str:
        """What the element prints for an item; empty where nothing."""
        return ""


# The formatting attributes and the marks their values set; other values set nothing.
_FORMATS = {
    "font-style": {"italic": marks.ITALICS, "oblique": marks.ITALICS, "normal": marks.UPRIGHT},
    "font-variant": {"small-caps": marks.SMALL_CAPITALS},
    "font-weight": {"bold": marks.BOLDFACE},
    "vertical-align": {"sup": marks.SUPERSCRIPT, "sub": marks.SUBSCRIPT},
}


def _format(element: Any) -> tuple[str, str]:
    """The formatting attributes as the marks before and behind a text."""
    before, after = "", ""
    for attribute, pairs in _FORMATS.items():
        opening, closing = pairs.get(element.get(attribute, ""), ("", ""))
        before, after = opening + before, after + closing
    return before, after


def piece(text: str) -> str:
    """A field or term, marked so that punctuation inside it is left alone."""
    return PIECE + text + PIECE_END


class Layout(Element, model.Layout):  # type: ignore[misc]
    """The top of a citation or bibliography."""

    def prepare(self, sheet: Any) -> None:
        super().prepare(sheet)
        if self.getparent().get("second-field-align") and self.kids:
            # Set in columns, the first field needs no blank behind it; set in a line, it does.
            sheet.later.insert(0, self.set_apart)

    def set_apart(self) -> None:
        """Put a blank behind the first field."""
        self.kids[0].margin = " "

    def put(self, cite: Cite) -> str:
        text = self.gathered(cite, "")
        return self.dressed(text) if text else ""

    def inner(self, cite: Cite) -> str:
        """One cite of several: the layout's affixes go around all of them."""
        return self.gathered(cite, "")


class Macro(Element, model.Macro):  # type: ignore[misc]
    """Elements under a name, called by cs:text."""

    def put(self, cite: Cite) -> str:
        return self.gathered(cite, "")


class Group(Element, model.Group):  # type: ignore[misc]
    """Elements that appear together: left out where every variable they ask for is empty.

    Source: CSL 1.0.2, "Group".
    """

    def put(self, cite: Cite) -> str:
        calls, filled = cite.calls, cite.filled
        text = self.gathered(cite, self.between)
        if not text or (cite.calls > calls and cite.filled == filled):
            return ""
        if cite.calls == calls:
            cite.calls += 1  # a group of words alone counts as a variable for the group around it
            cite.filled += 1
        return self.dressed(text, cite)


class Choose(Element, model.Choose):  # type: ignore[misc]
    """The first branch whose condition holds; the delimiter around it goes on inside."""

    def put(self, cite: Cite, delimiter: str = "") -> str:
        branch = self.branch(cite)
        return branch.gathered(cite, delimiter) if branch is not None else ""

    def branch(self, cite: Cite) -> "If | Else | None":
        """The branch whose condition holds for an item."""
        return next((kid for kid in self.kids if isinstance(kid, If | Else) and kid.holds(cite)), None)


class If(Element, model.If):  # type: ignore[misc]
    """A branch with a condition."""

    def prepare(self, sheet: Any) -> None:
        super().prepare(sheet)
        self.match = self.get("match", "all")
        self.types = self.get("type", "").split()
        self.tests = [(test, value) for name, test in _TESTS.items() for value in self.get(name, "").split()]

    def holds(self, cite: Cite) -> bool:
        """Whether the condition is met.

        Source: CSL 1.0.2, "Choose".
        """
        kind = cite.kind
        if self.match == "any":
            return kind in self.types or any(test(cite, value) for test, value in self.tests)
        if self.match == "none":
            return kind not in self.types and not any(test(cite, value) for test, value in self.tests)
        # No item is of two types, so several types are alternatives even here.
        return (not self.types or kind in self.types) and all(test(cite, value) for test, value in self.tests)


class Else_If(If, model.Else_If):  # type: ignore[misc] # noqa: N801
    """A further branch with a condition."""


class Else(Element, model.Else):  # type: ignore[misc]
    """The branch for all that is left."""

    def holds(self, cite: Cite) -> bool:
        return True


def _has(cite: Cite, variable: str) -> bool:
    if variable == "locator":
        return bool(cite.locator)
    if variable == "year-suffix":
        return bool(cite.letter)
    return variable in cite.fields or (variable == "citation-number")


def _numeric(cite: Cite, variable: str) -> bool:
    value = cite.locator if variable == "locator" else cite.fields.get(variable, "")
    return isinstance(value, str) and is_numeric(value)


def _uncertain(cite: Cite, variable: str) -> bool:
    return bool(getattr(cite.fields.get(variable), "circa", False))


def _labelled(cite: Cite, label: str) -> bool:
    return bool(cite.locator) and cite.label.replace(" ", "-") == label


def _first(cite: Cite, position: str) -> bool:
    return position == "first" and cite.part == "citation"


_TESTS: dict[str, Callable[[Cite, str], bool]] = {
    "variable": _has,
    "is-numeric": _numeric,
    "is-uncertain-date": _uncertain,
    "locator": _labelled,
    "position": _first,
    "disambiguate": lambda cite, value: False,
}


_RANGED = frozenset(("volume", "issue", "chapter-number", "collection-number", "locator", "supplement-number"))


class Text(Element, model.Text):  # type: ignore[misc]
    """A variable, a macro, a term or fixed words."""

    def prepare(self, sheet: Any) -> None:
        super().prepare(sheet)
        self.short = self.get("form") == "short"
        self.variable = self.get("variable")
        self.called = self.get("macro")
        self.quoted = self.get("quotes") == "true"
        self.fixed: str | None = None
        if self.variable is None and self.called is None:
            sheet.later.append(self.fix)

    def fix(self) -> None:
        """Terms and values are the same for every item: put together once the locales stand."""
        if self.get("term") is not None:
            plural = self.get("plural") == "true"
            text = self.sheet.term(self.get("term"), self.get("form", "long"), plural)
        else:
            text = self.get("value", "")
        self.fixed = self.framed(piece(text)) if text else ""

    def put(self, cite: Cite) -> str:
        if self.fixed is not None:
            return self.fixed
        if self.called is not None:
            return self.macro_text(cite)
        text = self.variable_text(cite)
        return self.framed(text, cite) if text else ""

    def macro_text(self, cite: Cite) -> str:
        calls, filled = cite.calls, cite.filled
        text = self.sheet.macro(self.called).gathered(cite, "")
        if not text or (cite.calls > calls and cite.filled == filled):
            return ""  # as a group would
        if cite.calls == calls:
            cite.calls += 1
            cite.filled += 1
        return self.framed(text, cite)

    def framed(self, text: str, cite: Cite | None = None) -> str:
        """A piece dressed; quotation marks stand outside the formatting and inside the affixes."""
        if self.quoted:
            return self.affixed(QUOTE + self.styled(text, cite) + QUOTE_END)
        if self.variable == "URL":
            return self.affixed(self.opening + _address(text) + self.closing)
        if self.variable == "DOI":
            return self.resolved(text)
        return self.dressed(text, cite)

    def resolved(self, text: str) -> str:
        """A DOI with its mark; the resolver's address, where the style prints it, belongs to the link."""
        bare = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", visible(text), flags=re.IGNORECASE)
        resolver = re.search(r"https?://(dx\.)?doi\.org/$", self.before)
        if not resolver:
            return self.affixed(self.opening + DOI + piece(bare) + DOI_END + self.closing)
        link = URL + piece(resolver[0] + bare) + URL_END
        return self.before[: resolver.start()] + self.opening + link + self.closing + self.after

    def variable_text(self, cite: Cite) -> str:
        name = str(self.variable)
        if name == "year-suffix":
            return piece(cite.letter) if cite.letter else ""
        if name == "citation-number":
            cite.calls += 1
            cite.printed(name)
            return piece(str(cite.number))
        if name == "locator":
            cite.calls += 1
            if not cite.locator:
                return ""
            cite.printed(name)
            return piece(ranged(cite.locator, self.sheet.range_delimiter))
        value: Value | None = None
        if self.short:
            value = cite.found(name + "-short")
            cite.calls -= 1
        value = value or cite.found(name)
        if not isinstance(value, str):
            return ""
        cite.printed(name)
        if name in ("page", "page-first"):
            return piece(pages(value, self.sheet.page_format, self.sheet.range_delimiter))
        return piece(ranged(value, self.sheet.range_delimiter) if name in _RANGED else value)


def _address(text: str) -> str:
    """An address with its mark; words before it ("Retrieved …, from") are no part of the link."""
    shown = visible(text)
    start = re.search("https?://", shown, re.IGNORECASE)
    if not start:
        return text
    return piece(shown[: start.start()] + URL + shown[start.start() :] + URL_END)


class Label(Element, model.Label):  # type: ignore[misc]
    """The word before a number or behind a name, such as "p." and "Eds." are."""

    def prepare(self, sheet: Any) -> None:
        super().prepare(sheet)
        self.variable = self.get("variable")
        self.form = self.get("form", "long")
        self.number = self.get("plural", "contextual")

    def put(self, cite: Cite) -> str:
        name = str(self.variable)
        value: Value | None = cite.locator if name == "locator" else cite.fields.get(name)
        term = cite.label or "page" if name == "locator" else name
        if name in cite.silenced:
            return ""
        if not isinstance(value, str) or not value:
            return ""
        return self.worded(term, is_plural(name, value))

    def worded(self, term: str, plural: bool) -> str:
        """The label for a term, with its formatting; empty where the locale has no such term."""
        many = plural if self.number == "contextual" else self.number == "always"
        text = self.sheet.term(term, self.form, many)
        return self.dressed(piece(text)) if text else ""
