"""What happens where two pieces of an entry meet: doubled marks, marks and closing quotes, blanks.

The engine joins pieces (fields, terms) with affixes and delimiters. Inside a piece nothing is
touched; where pieces meet, punctuation is settled here, in one pass over the marked string.
"""

from litbase.csl.marks import MARKS, PIECE, PIECE_END, QUOTE, QUOTE_END
from litbase.csl.quotes import Quotes

_PUNCTUATION = frozenset(".,:;?!")
# A mark met by another, where the second gives way. Source: citeproc-js's table of swallowed marks.
_GIVES_WAY = frozenset(
    (".", ".") if left == "." else (left, ".") for left in ".?!"
) | frozenset(((",", ","), (";", ";"), (":", ":"), ("?", "?"), ("!", "!"), ("?", ":"), ("!", ":")))  # fmt: skip


def settled(marked: str, quotes: Quotes) -> str:
    """A marked string with its seams in order and its quotation marks written out.

    A full stop after `.`, `?` or `!` is left out, also behind a closing quotation mark or the end
    of italics; where the locale puts punctuation inside quotation marks, a full stop or comma moves
    in. Quotation marks within quotation marks become inner ones.

    Source: CSL 1.0.2, "punctuation-in-quote" and "Quotes"; APA 7, 6.7 and 9.19.
    """
    out: list[str] = []
    last = -1  # where in `out` the last visible character stands
    inside = 0  # how many pieces are open
    fresh = True  # whether a seam lies between the last visible character and this one
    depth = 0  # how many quotations are open
    closers: set[int] = set()  # where in `out` closing quotation marks stand
    for char in marked:
        if char in (PIECE, PIECE_END):
            inside += 1 if char == PIECE else -1
            fresh = True
            continue
        if char in (QUOTE, QUOTE_END):
            depth += char == QUOTE
            out.append(_quote(char, depth, quotes))
            depth -= char == QUOTE_END and depth > 0
            last = len(out) - 1
            if char == QUOTE_END:
                closers.add(last)
            continue
        if char in MARKS:
            out.append(char)
            continue
        if fresh and last < 0 and char.isspace():
            continue
        if fresh and last >= 0:
            if char == " " and out[last] == " ":
                continue
            if char in _PUNCTUATION:
                last, settled_here = _met(out, last, char, quotes, closers)
                if settled_here:
                    continue
        out.append(char)
        last = len(out) - 1
        fresh = not inside
    while out and out[-1] == " ":
        out.pop()
    return "".join(out)


def _quote(mark: str, depth: int, quotes: Quotes) -> str:
    """The quotation mark for a depth, 1 the outermost."""
    if mark == QUOTE:
        return quotes.opening if depth % 2 else quotes.inner_opening
    return quotes.closing if depth % 2 else quotes.inner_closing


def _met(out: list[str], last: int, char: str, quotes: Quotes, closers: set[int]) -> tuple[int, bool]:
    """Settle punctuation that meets what is there: where the last character is then, and whether this was all."""
    if char in ".," and last > 0 and out[last] == " ":
        # A blank that a piece left empty was to follow: the marks around it become one.
        before = _last_visible(out, last)
        if before < 0 or (out[before] == "." and char == ","):
            return last, True
        del out[last]
        last = before
    if char == "." and out[last] == ",":
        del out[last]
        last = _last_visible(out, last)
    at = _behind_quotes(out, last, closers)
    if (out[at], char) in _GIVES_WAY:
        return last, True
    if at != last and char in ".," and quotes.punctuation_inside:
        out.insert(at + 1, char)
        closers_moved = {place + (place > at) for place in closers}
        closers.clear()
        closers.update(closers_moved)
        return last + 1, True
    return last, False


def _last_visible(out: list[str], end: int) -> int:
    """Where the last visible character before `end` stands; -1 where none does."""
    return next((at for at in range(end - 1, -1, -1) if out[at] not in MARKS), -1)


def _behind_quotes(out: list[str], last: int, closers: set[int]) -> int:
    """Where the last character before any closing quotation marks stands."""
    at = last
    while at > 0 and (at in closers or out[at] in MARKS):
        at -= 1
    return at if any(place in closers for place in range(at + 1, last + 1)) else last
