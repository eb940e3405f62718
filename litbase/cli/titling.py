"""`sentence-case`."""

from collections.abc import Sequence
from typing import Annotated

from . import console, files
from .command import Argument, Json


def sentence_case(
    titles: Annotated[Sequence[str], Argument("Titles; - reads them from standard input, one a line.", "TITLE...")],
    *,
    json: Json = False,
) -> int:
    """Set titles in APA's sentence case: names and acronyms keep their capitals, the rest loses them.

    A title that is in sentence case already is left alone. With --json, words whose case was a
    guess are named; `litbase config words add` settles them once and for all.

    Examples:
      litbase sentence-case "The Strange Situation in Canada: A Winnicottian Reading"
      litbase sentence-case - < titles.txt
    """
    from litbase.services import titling

    given = [title for word in titles for title in (_lines() if word == "-" else [word])]
    cased = [titling.sentence_case(title) for title in given]
    if json:
        shown = [{"title": one.text, "form": one.form, "unsure": list(one.unsure)} for one in cased]
        console.emit({"schema": "litbase.sentence-case/1", "titles": shown})
        return 0
    for one in cased:
        console.raw(one.text)
    return 0


def _lines() -> list[str]:
    return [line for line in files.text("-").splitlines() if line.strip()]
