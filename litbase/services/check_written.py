"""How findings write works: by name and year, as a citation would."""

import re
from collections.abc import Sequence

from litbase.drafts import Entry


def names(authors: Sequence[str], et_al: bool = False, joint: str = "&") -> str:
    """Names as a citation has them: "Stern", "Safran & Muran", "Shear et al."."""
    if not authors:
        return "an unnamed author"
    if et_al or len(authors) > 2:
        return f"{authors[0]} et al."
    return f" {joint} ".join(authors)


def named(authors: Sequence[str], et_al: bool = False) -> str:
    """Names with none left out, but of a long list: "Baldwin, Berkel, et al."."""
    if len(authors) > 4:
        return f"{', '.join(authors[:3])}, et al."
    if et_al:
        return f"{', '.join(authors)}{',' if len(authors) > 1 else ''} et al."
    return names(authors) if len(authors) < 3 else f"{', '.join(authors[:-1])}, & {authors[-1]}"


def cited(authors: Sequence[str], year: str | None, et_al: bool = False) -> str:
    """A work as a citation has it: "Safran & Muran, 2000"."""
    return f"{names(authors, et_al)}, {year}" if year else names(authors, et_al)


def entry(one: Entry) -> str:
    """An entry as a citation would have it."""
    return cited(one.reference.authors, one.reference.year)


def short(text: str, limit: int = 60) -> str:
    """The beginning of a text."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def labelled(locator: str) -> str:
    """A place as APA gives it: "p. 45", "pp. 45–47"; what is no page stands as it is."""
    number = re.sub(r"^(?:pp?\.|:)?\s*", "", locator) if re.match(r"pp?\.|:|\d", locator) else ""
    if not number:
        return locator
    number = re.sub(r"\s?[–—-]\s?", "–", number)
    return f"pp. {number}" if "–" in number or "," in number else f"p. {number}"
