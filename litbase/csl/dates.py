"""Dates in a style: parts, ranges, seasons, eras, and dates that are only words.

Source: CSL 1.0.2, "Date" and "Localized Date Formats".
"""

from typing import Any, NamedTuple

from citeproc import model  # noqa: TID253  subclassed; this module is imported inside functions only

from litbase.csl.cases import cased
from litbase.csl.cite import Cite
from litbase.csl.elements import Element, piece
from litbase.csl.numbers import is_whole, roman
from litbase.csl.reference import Day, When

_PARTS = ("year", "month", "day")
_SHOWN = {"year": _PARTS[:1], "year-month": _PARTS[:2], "year-month-day": _PARTS}


class Part(NamedTuple):
    """One part of a date as it is to be printed."""

    name: str
    form: str
    before: str
    after: str
    dash: str
    element: "Date_Part"


class Date_Part(Element, model.Date_Part):  # type: ignore[misc] # noqa: N801
    """Year, month or day within a date, of a style or of a locale."""

    def part(self, override: Any = None) -> Part:
        """The part's attributes; a style's own date-part changes the locale's form and text-case."""
        name = self.get("name")

        def option(key: str, default: str) -> str:
            value = override.get(key) if override is not None else None
            return str(value if value is not None else self.get(key, default))

        form = option("form", "numeric" if name == "day" else "long")
        dressing = self if override is None else override
        return Part(name, form, self.before, self.after, option("range-delimiter", "–"), dressing)


class Date(Element, model.Date):  # type: ignore[misc]
    """A date variable, in the style's own parts or in the locale's form."""

    def prepare(self, sheet: Any) -> None:
        super().prepare(sheet)
        self.variable = self.get("variable")
        self.localized = self.get("form") is not None and self.variable is not None
        sheet.later.append(self.settle)

    def settle(self) -> None:
        """Work out the parts to print, from the style or from the locale."""
        parts = [kid for kid in self.kids if isinstance(kid, Date_Part) and kid.get("name") in _PARTS]
        own = {kid.get("name"): kid for kid in parts}
        if not self.localized:
            self.parts_wanted = [kid.part() for kid in parts]
            return
        form = self.sheet.locale_date(self.get("form"))
        shown = _SHOWN.get(self.get("date-parts", "year-month-day"), _PARTS)
        kids = form.kids if form is not None else []
        self.parts_wanted = [kid.part(own.get(kid.get("name"))) for kid in kids if kid.get("name") in shown]
        if form is not None and not self.between:
            self.between = form.between

    def put(self, cite: Cite) -> str:
        when = cite.found(str(self.variable))
        if not isinstance(when, When):
            return ""
        if cite.sorting:
            text = self.sortable(when)
        elif when.begin is None:
            text = self.in_words(when.literal)
        else:
            text = self.spanned(when.begin, when.end, cite, when.open)
        if not text:
            return ""
        cite.printed(str(self.variable))
        return self.dressed(text, cite)

    def in_words(self, words: str) -> str:
        """A date that is only words stands where the year would, with what is put around the year."""
        part = next((part for part in self.parts_wanted if part.name == "year"), None)
        if part is None:
            return ""
        text = part.element.opening + piece(words) + part.element.closing
        return text if self.localized else part.before + text + part.after

    def sortable(self, when: When) -> str:
        """A date that sorts as text, to the parts the element shows.

        Source: CSL 1.0.2, "Sorting", dates in macros.
        """
        shown = {part.name for part in self.parts_wanted}
        return sort_key(when, "month" in shown, "day" in shown)

    def spanned(self, begin: Day, end: Day | None, cite: Cite, unended: bool) -> str:
        """A date or a range; what both ends share is printed once.

        Source: CSL 1.0.2, "Date Ranges".
        """
        parts = [part for part in self.parts_wanted if _present(begin, part.name)]
        if end is None or end == begin:
            return self.run(parts, begin, cite, True, unended=unended)
        differing = _differing(begin, end)
        varying = [index for index, part in enumerate(parts) if part.name in differing]
        if not varying:
            return self.run(parts, begin, cite, True)
        first, last = varying[0], varying[-1] + 1
        era = begin.year < 0 and end.year < 0
        dash = next((part.dash for part in parts if part.name == differing[0]), parts[first].dash)
        head = self.run(parts[:first], begin, cite, False)
        start = self.run(parts[first:last], begin, cite, True, era=not era)
        later = [part for part in parts[first:last] if _present(end, part.name)]
        finish = self.run(later, end, cite, last == len(parts))
        rest = self.run(parts[last:], begin, cite, True)
        return self.between.join(filter(None, [head, start.rstrip() + dash + finish.lstrip(), rest]))

    def run(self, parts: list[Part], day: Day, cite: Cite, ends: bool, era: bool = True, unended: bool = False) -> str:
        """Some parts of a date in a row; at its ends a localized date keeps no affixes."""
        out: list[str] = []
        texts = [(part, text) for part in parts if (text := self.worded(part, day, cite, era))]
        for index, (part, text) in enumerate(texts):
            final = ends and index + 1 == len(texts) and self.localized
            dash = part.dash if unended and index + 1 == len(texts) else ""
            out.append(part.before + part.element.opening + piece(text + dash) + part.element.closing)
            out.append("" if final else part.after)
            if index + 1 < len(texts):
                out.append(self.between)
        return "".join(out)

    def worded(self, part: Part, day: Day, cite: Cite, era: bool) -> str:
        """One part of a date in its form."""
        text = _WRITERS[part.name](self.sheet, part.form, day, era)
        if part.element.bare:
            text = text.replace(".", "")
        if part.element.case_wanted:
            text = cased(text, part.element.case_wanted, True)
        if part.name == "year" and cite.letter and not self.sheet.has_letters and self.variable == "issued":
            # A style that names no place for the letter has it behind the first year.
            text, cite.letter = text + cite.letter, ""
        return text


def _present(day: Day, name: str) -> bool:
    if name == "month":
        return bool(day.month or day.season)
    return bool(day.day and day.month) if name == "day" else True


def _differing(begin: Day, end: Day) -> tuple[str, ...]:
    if begin.year != end.year:
        return _PARTS
    if (begin.month, begin.season) != (end.month, end.season):
        return _PARTS[1:]
    return _PARTS[2:]


def _year(sheet: Any, form: str, day: Day, era: bool) -> str:
    if form == "short" and day.year > 0:
        return f"{day.year % 100:02}"
    if day.year < 0:
        return str(-day.year) + (sheet.term("bc") if era else "")
    return str(day.year) + (sheet.term("ad") if era and day.year < 1000 else "")


def _month(sheet: Any, form: str, day: Day, era: bool) -> str:
    if not day.month:
        return str(sheet.term(f"season-{day.season:02}"))
    if form == "numeric":
        return str(day.month)
    if form == "numeric-leading-zeros":
        return f"{day.month:02}"
    return str(sheet.term(f"month-{day.month:02}", form))


def _day(sheet: Any, form: str, day: Day, era: bool) -> str:
    if form == "numeric-leading-zeros":
        return f"{day.day:02}"
    if form == "ordinal" and not (sheet.ordinal_day_one and day.day > 1):
        return str(sheet.ordinal(day.day))
    return str(day.day)


_WRITERS = {"year": _year, "month": _month, "day": _day}


def sort_key(when: When, month: bool = True, day: bool = True) -> str:
    """A date as text that sorts by time; years before 1 come first."""
    if when.begin is None:
        return when.literal
    return "/".join(
        f"{one.year + 100000:06}{one.month if month else 0:02}{one.day if day else 0:02}"
        for one in (when.begin, when.end)
        if one
    )


class Number(Element, model.Number):  # type: ignore[misc]
    """A variable set as a number: as it is, ordinal, or Roman."""

    def prepare(self, sheet: Any) -> None:
        super().prepare(sheet)
        self.variable = self.get("variable")
        self.form = self.get("form", "numeric")

    def put(self, cite: Cite) -> str:
        name = str(self.variable)
        value = cite.found(name)
        if not isinstance(value, str):
            return ""
        cite.printed(name)
        if cite.sorting:
            return value.zfill(8) if value.isdecimal() else value
        return self.dressed(piece(self.formed(value)), cite)

    def formed(self, value: str) -> str:
        """A number in the form asked for; text that is no number stays.

        Source: CSL 1.0.2, "Number", form.
        """
        if not is_whole(value.strip()):
            return value.replace("-", "–") if value.replace("-", "").isdecimal() else value
        number = int(value)
        if self.form == "roman":
            return roman(number) if 0 < number < 4000 else value
        if self.form == "long-ordinal" and 0 < number <= 10:
            return str(self.sheet.term(f"long-ordinal-{number:02}") or self.sheet.ordinal(number))
        return str(self.sheet.ordinal(number)) if self.form in ("ordinal", "long-ordinal") else value
