"""What happens where two pieces of an entry meet: doubled marks, marks and closing quotes, blanks.

The engine joins pieces (fields, terms) with affixes and delimiters. Inside a piece nothing is
touched; where pieces meet, punctuation is settled here, in one pass over the marked string.
"""

from litbase.csl.marks import MARKS, PIECE, PIECE_END, QUOTE, QUOTE_END
from litbase.csl.quotes import Quotes

_TERMINAL = frozenset(".?!")
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
    depth = 0  # how many generated quotations are open
    swaps = {quotes.opening: quotes.inner_opening, quotes.closing: quotes.inner_closing}
    singles = 0
    for char in marked:
        if char in MARKS:
            if char in (PIECE, PIECE_END):
                inside += 1 if char == PIECE else -1
                fresh = True
                continue
            if char == QUOTE:
                out.append(quotes.inner_opening if depth % 2 else quotes.opening)
                last = len(out) - 1
                depth += 1
                continue
            if char == QUOTE_END:
                depth -= 1
                out.append(quotes.inner_closing if depth % 2 else quotes.closing)
                last = len(out) - 1
                fresh = True
                singles += depth % 2
                continue
            out.append(char)
            continue
        if inside and not fresh:
            pass
        elif last < 0:
            if char.isspace():
                continue
        elif char == " ":
            if out[last] == " ":
                continue
        elif char in ".,:;?!":
            if char in ".," and last > 0 and out[last] == " ":
                # A blank that a piece left empty was to follow: the marks around it become one.
                before = _last_visible(out[:last])
                if out[before] == "." and char == ",":
                    continue
                del out[last]
                last = before
            if char == "." and out[last] == ",":
                out[last] = "."
                continue
            at = _behind_quotes(out, last, quotes, singles)
            if (out[at], char) in _GIVES_WAY:
                continue
            if at != last and char in ".," and quotes.punctuation_inside:
                out.insert(at + 1, char)
                last += 1
                fresh = False
                continue
        if depth and char in swaps:
            char = swaps[char]
        singles += char == quotes.inner_opening
        out.append(char)
        last = len(out) - 1
        fresh = not inside
    while out and (out[-1] == " "):
        out.pop()
    return "".join(out)


def _last_visible(out: list[str]) -> int:
    return max((at for at, char in enumerate(out) if char not in MARKS), default=-1)


def _behind_quotes(out: list[str], last: int, quotes: Quotes, singles: int) -> int:
    """Where the last character before any closing quotation marks stands.

    A single mark counts as closing only where one was opened: else it is an apostrophe.
    """
    at = last
    while at > 0 and (
        out[at] == quotes.closing or (singles > 0 and out[at] == quotes.inner_closing) or out[at] in MARKS
    ):
        at -= 1
    return at if any(out[i] not in MARKS for i in range(at + 1, last + 1)) else last
