"""Lists of names in a style: who is printed, in which order and form, with which label.

Source: CSL 1.0.2, "Names" and "Name".
"""

import re
from collections.abc import Iterator
from typing import Any

from citeproc import model  # noqa: TID253  subclassed; this module is imported inside functions only

from litbase.csl.cite import Cite
from litbase.csl.elements import Choose, Element, Label, piece
from litbase.csl.numbers import is_whole
from litbase.csl.reference import Person

_INHERITED = {
    "and": "",
    "delimiter-precedes-et-al": "contextual",
    "delimiter-precedes-last": "contextual",
    "et-al-min": "",
    "et-al-use-first": "1",
    "et-al-use-last": "false",
    "initialize": "true",
    "initialize-with": None,
    "name-as-sort-order": "",
    "sort-separator": ", ",
    "form": "long",
    "delimiter": ", ",
}
# Options that have another name on the elements around cs:name.
_OUTSIDE = {"form": "name-form", "delimiter": "name-delimiter"}


class Names(Element, model.Names):  # type: ignore[misc]
    """The names of one or more roles, with their label and what stands in for them."""

    def prepare(self, sheet: Any) -> None:
        super().prepare(sheet)
        self.roles = self.get("variable", "").split()
        sheet.later.append(self.settle)

    def settle(self) -> None:
        """Take the children, or those of the names element this one stands in for.

        Source: CSL 1.0.2, "Substitute": a cs:names without children is a short form.
        """
        own = any(not isinstance(kid, Substitute) for kid in self.kids)
        stands_in = next((one for one in self.iterancestors() if isinstance(one, Substitute)), None)
        origin = self if own or stands_in is None else stands_in.getparent()
        naming = next((kid for kid in origin.kids if isinstance(kid, Name)), None)
        self.others = next((kid for kid in origin.kids if isinstance(kid, Et_Al)), None)
        self.labels = [kid for kid in origin.kids if isinstance(kid, Label)]
        self.label_first = naming is not None and bool(self.labels) and origin.kids[0] is self.labels[0]
        self.instead = next((kid for kid in self.kids if isinstance(kid, Substitute)), None)
        self.delimiters: dict[str, str] = {}
        if naming is None:
            naming = Name()
            naming.prepare(self.sheet)
        self.naming: Name = naming

    def put(self, cite: Cite) -> str:
        if cite.hushed is self:
            return ""
        out: list[str] = []
        used: list[str] = []
        for role, people in self.found(cite):
            text = self.naming.listed(people, cite, self)
            if not text:
                continue
            if self.labels:
                label = self.labels[0].worded(role, len(people) > 1)
                text = label + text if self.label_first else text + label
            out.append(text)
            used += ["editor", "translator"] if role in _MERGED else [role]
        if out:
            cite.printed(*used)
            return self.dressed(self.joiner(cite).join(out), cite)
        text = self.instead.put(cite) if self.instead is not None else ""
        return self.dressed(text, cite) if text else ""

    def found(self, cite: Cite) -> list[tuple[str, list[Person]]]:
        """Each role asked for that has names; editors who are the translators appear once, as both."""
        found = []
        for role in self.roles:
            people = cite.found(role)
            if isinstance(people, list):
                found.append((role, people))
        if len(found) == 2 and set(self.roles) == {"editor", "translator"} and found[0][1] == found[1][1]:
            for merged in _MERGED:
                if self.sheet.term(merged):
                    return [(merged, found[0][1])]
        return found

    def joiner(self, cite: Cite) -> str:
        if cite.part not in self.delimiters:
            given = self.get("delimiter")
            around = self.sheet.root.find(f"cs:{cite.part}", self.nsmap)
            for element in (around, self.sheet.root):
                if given is None and element is not None:
                    given = element.get("names-delimiter")
            self.delimiters[cite.part] = given or ""
        return self.delimiters[cite.part]


_MERGED = ("editor-translator", "editortranslator")


class Substitute(Element, model.Substitute):  # type: ignore[misc]
    """What is printed where there are no names."""

    def put(self, cite: Cite) -> str:
        """The first child that prints; what it printed is not printed again for this item."""
        for kid in _alternatives(self, cite):
            start = len(cite.trail)
            text = kid.put(cite)
            if text:
                if len(cite.trail) == start:
                    cite.filled += 1
                cite.silenced.update(cite.trail[start:])
                return str(text)
            del cite.trail[start:]
        return ""


def _alternatives(element: Element, cite: Cite) -> Iterator[Element]:
    """The children to try in turn, those of the branch that holds where there is a choice."""
    for kid in element.kids:
        if isinstance(kid, Choose):
            branch = kid.branch(cite)
            if branch is not None:
                yield from _alternatives(branch, cite)
        else:
            yield kid


class Et_Al(Element, model.Et_Al):  # type: ignore[misc] # noqa: N801
    """ "et al.", or the term a style puts for it."""

    def put(self, cite: Cite) -> str:
        text = self.sheet.term(self.get("term", "et-al"))
        return self.dressed(piece(text)) if text else ""


class Name_Part(Element, model.Name_Part):  # type: ignore[misc] # noqa: N801
    """Formatting of given or family names alone."""


class Name(Element, model.Name):  # type: ignore[misc]
    """How each name is set, and how names are joined."""

    def prepare(self, sheet: Any) -> None:
        super().prepare(sheet)
        self.name_parts = {kid.get("name"): kid for kid in self.kids if isinstance(kid, Name_Part)}
        self.options_by_part: dict[str, dict[str, Any]] = {}

    def options(self, cite: Cite) -> dict[str, Any]:
        """The name options in force: own, those of the citation or bibliography, the style's.

        Source: CSL 1.0.2, "Inheritable Name(s) Options".
        """
        if cite.sort_options:
            return {**self.inherited(cite.part), **cite.sort_options}
        if cite.part not in self.options_by_part:
            self.options_by_part[cite.part] = self.inherited(cite.part)
        return self.options_by_part[cite.part]

    def inherited(self, part: str) -> dict[str, Any]:
        root = self.sheet.root
        around = [element for element in (root.find(f"cs:{part}", self.nsmap), root) if element is not None]
        options: dict[str, Any] = {}
        for name, default in _INHERITED.items():
            value = self.get(name)
            for element in around:
                if value is None:
                    value = element.get(_OUTSIDE.get(name, name))
            options[name] = default if value is None else value
        options["demote"] = root.get("demote-non-dropping-particle", "display-and-sort")
        options["hyphen"] = root.get("initialize-with-hyphen", "true") == "true"
        return options

    def listed(self, people: list[Person], cite: Cite, names: Names) -> str:
        """The names of one role as one string; a number where the style only counts them."""
        options = self.options(cite)
        least = _whole(options["et-al-min"], 0)
        first = _whole(options["et-al-use-first"], 1)
        cut = len(people) > 1 and 0 < least <= len(people) and first < len(people)
        if options["form"] == "count":
            return str(min(first, len(people)) if cut else len(people))
        last = cut and options["et-al-use-last"] == "true" and first + 1 < len(people)
        shown = people[:first] if cut else people
        texts = [_named(self.one(person, options, at, cite), person) for at, person in enumerate(shown)]
        if last:
            final = _named(self.one(people[-1], options, len(people) - 1, cite), people[-1])
            text = options["delimiter"].join([*texts, "… " + final])
        elif cut:
            text = self.shortened(texts, options, names, cite)
        else:
            text = self.joined(texts, options, shown)
        return self.dressed(text, cite)

    def shortened(self, texts: list[str], options: dict[str, Any], names: Names, cite: Cite) -> str:
        others = names.others.put(cite) if names.others is not None else piece(self.sheet.term("et-al"))
        text: str = options["delimiter"].join(texts)
        if not others or not texts:
            return text
        separate = _precedes(options["delimiter-precedes-et-al"], len(texts) > 1, options, len(texts))
        return text + (options["delimiter"] if separate else " ") + others

    def joined(self, texts: list[str], options: dict[str, Any], shown: list[Person]) -> str:
        delimiter: str = options["delimiter"]
        if not options["and"] or len(texts) < 2:
            return delimiter.join(texts)
        conjunction = self.sheet.term("and") if options["and"] == "text" else "&"
        separate = _precedes(options["delimiter-precedes-last"], len(texts) > 2, options, len(texts) - 1)
        if len(texts) == 2 and not any(person.given for person in shown):
            separate = False  # two groups: no name is inverted, so no comma is called for (APA 7, 9.8 and 9.11)
        return delimiter.join(texts[:-1]) + (delimiter if separate else " ") + conjunction + " " + texts[-1]

    def one(self, person: Person, options: dict[str, Any], position: int, cite: Cite) -> str:
        """One name in its form and order.

        Source: CSL 1.0.2, "Name" (name-as-sort-order, form) and "Name-part Order".
        """
        if person.literal:
            return self.part("family", person.family, cite)
        demote = options["demote"]
        if options["form"] == "short":
            return self.part("family", _glued(person.non_dropping, person.family), cite)
        given, suffix = person.given, person.suffix
        if options["initialize-with"] is not None:
            given = initials(given, options["initialize-with"], options["hyphen"], options["initialize"] != "false")
            suffix = suffix if "." in options["initialize-with"] else suffix.replace(".", "")
        order = options["name-as-sort-order"]
        if _is_eastern(person):
            return self.part("family", person.family, cite) + self.part("given", given, cite)
        if order == "all" or (order == "first" and position == 0):
            demoted = demote == "display-and-sort" or (demote == "sort-only" and cite.sorting)
            family = person.family if demoted else _glued(person.non_dropping, person.family)
            after = " ".join(filter(None, [given, person.dropping, person.non_dropping if demoted else ""]))
            listed = [self.part("family", family, cite), self.part("given", after, cite), suffix]
            separator: str = options["sort-separator"]
            return separator.join(part for part in listed if part)
        family = _glued(person.dropping, _glued(person.non_dropping, person.family))
        text = " ".join(filter(None, [self.part("given", given, cite), self.part("family", family, cite)]))
        return text + ((", " if person.comma_suffix else " ") + suffix if suffix else "")

    def part(self, name: str, text: str, cite: Cite) -> str:
        """A given or family name with the formatting cs:name-part gives it."""
        styled = self.name_parts.get(name)
        return styled.dressed(text, cite) if styled is not None and text else text


def _whole(value: str, default: int) -> int:
    """An option as a number; what is none counts as not given."""
    return int(value) if is_whole(value) else default


def _precedes(when: str, contextual: bool, options: dict[str, Any], inverted: int) -> bool:
    if when == "after-inverted-name":
        order = options["name-as-sort-order"]
        return order == "all" or (order == "first" and inverted == 1)
    return when == "always" or (when == "contextual" and contextual)


def _named(text: str, person: Person) -> str:
    return piece(text) + (f" ({person.role})" if person.role else "")


def _glued(particle: str, name: str) -> str:
    """A particle before a name; one ending in an apostrophe or hyphen takes no blank."""
    if not particle or not name:
        return particle or name
    return particle + ("" if particle[-1] in "'’-‐" else " ") + name


_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def _is_eastern(person: Person) -> bool:
    """Chinese, Japanese and Korean names in their own scripts stand family first, unspaced."""
    return _EASTERN.search(person.family + person.given) is not None


def initials(given: str, mark: str, hyphen: bool, initialize: bool) -> str:
    """Given names as initials: "Jean-Paul Marie" with ". " becomes "J.-P. M.".

    A hyphenated second part in small letters gives no initial (APA 7, 9.8). With initialize="false"
    only initials that are there already are set with the mark; full names stay.
    Source: CSL 1.0.2, "initialize-with", "initialize", "initialize-with-hyphen".
    """
    given, aside = _without_asides(given)
    small = given.islower()  # "bell hooks" is "hooks, b."
    text = ""
    for word in _words(given):
        if (word[0].islower() and not small) or not (initialize or _is_initial(word)):
            text += (" " if text and not text.endswith(" ") else "") + word + " "
        else:
            text += _initial(word, mark, hyphen)
    return " ".join([*text.split(), *aside])


def _without_asides(given: str) -> tuple[str, list[str]]:
    """Given names, and what stands behind them in brackets: "M. [Grammar Woman]"."""
    found = re.fullmatch(r"([^(\[]*\S)\s*([(\[].*)", given)
    return (found[1], [found[2]]) if found else (given, [])


def _words(given: str) -> list[str]:
    return re.sub(r"\.(?=[^\s.\-‐])", ". ", given).split()


def _is_initial(word: str) -> bool:
    return re.fullmatch(r"[^\W\d_]\.?(?:[-‐][^\W\d_]\.?)*", word) is not None and word[0].isupper()


def _initial(word: str, mark: str, hyphen: bool) -> str:
    parts = [part.strip(".") for part in re.split(r"[-‐]", word) if part.strip(".")]
    letters = [part[0] for index, part in enumerate(parts) if index == 0 or not part[0].islower()]
    if len(parts) == 1 and re.fullmatch(r"[A-Z]{2}", parts[0]):
        letters = list(parts[0])  # "JM" is two initials run together
        return "".join(letter + mark for letter in letters)
    if not hyphen:
        return "".join(letter + mark for letter in letters)
    return "-".join(letter + mark.rstrip() for letter in letters) + mark[len(mark.rstrip()) :]
