"""What happens where two pieces of an entry meet: doubled marks, marks and closing quotes, blanks.

The engine joins pieces (fields, terms) with affixes and delimiters. Inside a piece nothing is
touched; where pieces meet, punctuation is settled here, in one pass over the marked string.
"""

import re

from litbase.csl.marks import MARKS, PIECE, PIECE_END, QUOTE, QUOTE_END, TYPED, TYPED_END
from litbase.csl.quotes import Quotes

# Formatting marks, blanks and punctuation one by one; what lies between them in one.
_PARTS = re.compile("[\U0010ff00-\U0010ff1f .,:;?!“”‘’]|[^\U0010ff00-\U0010ff1f .,:;?!“”‘’]+")
_PUNCTUATION = frozenset(".,:;?!")
# A mark met by another, where the second gives way. Source: citeproc-js's table of swallowed marks.
_GIVES_WAY = frozenset(
    ((".", "."), ("?", "."), ("!", "."), ("?", ":"), ("!", ":"), *((mark, mark) for mark in ",;:?!"))
)


def settled(marked: str, quotes: Quotes) -> str:
    """A marked string with its seams in order and its quotation marks written out.

    A full stop after `.`, `?` or `!` is left out, also behind a closing quotation mark or the end
    of italics; where the locale puts punctuation inside quotation marks, a full stop or comma moves
    in. Quotation marks within quotation marks become inner ones.

    Source: CSL 1.0.2, "punctuation-in-quote" and "Quotes"; APA 7, 6.7 and 9.19.
    """
    line = _Line(quotes)
    typed = ""  # the mark before a quotation mark that came as it is to be printed
    for part in _PARTS.findall(marked):
        if part in (TYPED, TYPED_END):
            typed = part
        elif typed or part in (QUOTE, QUOTE_END):
            line.quote((typed or part) in (QUOTE, TYPED), part if typed else "")
            typed = ""
        elif part in (PIECE, PIECE_END):
            line.seam(1 if part == PIECE else -1)
        elif part in MARKS:
            line.out.append(part)
        else:
            line.add(part)
    return "".join(line.out).rstrip(" ")


class _Line:
    """The line as written so far."""

    def __init__(self, quotes: Quotes) -> None:
        self.quotes = quotes
        self.out: list[str] = []
        self.last = -1  # where in `out` the last visible part stands
        self.closers: set[int] = set()  # where closing quotation marks stand
        self.depth = 0  # how many quotations are open
        self.inside = 0  # how many pieces are open
        self.fresh = True  # whether a seam lies behind the last visible part

    def seam(self, step: int) -> None:
        """A piece begins or ends."""
        self.inside += step
        self.fresh = True

    def add(self, part: str) -> None:
        """Write a visible part, or not, as what it meets at a seam demands."""
        if self.fresh and (self.meets(part) if self.last >= 0 else part.isspace()):
            return
        self.out.append(part)
        self.last = len(self.out) - 1
        self.fresh = not self.inside

    def quote(self, opens: bool, typed: str) -> None:
        """Write a quotation mark: an outer one as it came, if it came curled, all others as the locale has them."""
        self.depth += opens
        outer = self.depth % 2 == 1
        if typed and self.depth == 1 and self.quotes.as_typed:
            self.out.append(typed)
        elif opens:
            self.out.append(self.quotes.opening if outer else self.quotes.inner_opening)
        else:
            self.out.append(self.quotes.closing if outer else self.quotes.inner_closing)
        self.last = len(self.out) - 1
        if not opens:
            self.depth -= self.depth > 0
            self.closers.add(self.last)

    def meets(self, part: str) -> bool:
        """Settle a part that meets what is written; whether nothing is left of it to write."""
        if part == " ":
            return self.out[self.last] == " "
        if part not in _PUNCTUATION:
            return False
        if part in ".," and self.out[self.last] == " " and self.close_up(part):
            return True
        if part == "." and self.out[self.last] == "," and self.last > 0:
            self.drop_last()
        at = self.behind_quotes()
        if (self.out[at][-1], part) in _GIVES_WAY:
            return True
        if at != self.last and part in ".," and self.quotes.punctuation_inside:
            self.out.insert(at + 1, part)
            self.closers = {place + (place > at) for place in self.closers}
            self.last += 1
            return True
        return False

    def close_up(self, part: str) -> bool:
        """Take back a blank that an empty piece was to follow; whether the mark before it takes this one's place."""
        before = self.visible_before(self.last)
        if before < 0 or (self.out[before] == "." and part == ","):
            return True
        self.drop_last()
        return False

    def drop_last(self) -> None:
        """Take the last visible part away."""
        del self.out[self.last]
        self.last = self.visible_before(self.last)

    def visible_before(self, end: int) -> int:
        """Where the last visible part before `end` stands; -1 where none does."""
        return next((at for at in range(end - 1, -1, -1) if self.out[at] not in MARKS), -1)

    def behind_quotes(self) -> int:
        """Where the last part before any closing quotation marks stands."""
        at = self.last
        while at > 0 and (at in self.closers or self.out[at] in MARKS):
            at -= 1
        return at if any(place in self.closers for place in range(at + 1, self.last + 1)) else self.last
