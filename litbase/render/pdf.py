"""A handout to print or send: a title, the user's own words, further reading, a line on each in plain words.

Tagged as far as fpdf2 goes: headings and paragraphs in reading order, a language, a title; links are drawn
and work, but are not tagged. No line of a work is parted from the others by a page's end.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from litbase.domain.inline import Inlines, text
from litbase.domain.sheets import MARGIN
from litbase.errors import BadInput
from litbase.render import BARE, Frame, Listed, is_web, notes, typefaces
from litbase.render.typesetting import Line, Run, lines, runs

if TYPE_CHECKING:
    from fpdf import FPDF

_LEADING = 1.4
_LINK_COLOUR = (11, 79, 138)
_LANGUAGES = {"en": "en-US"}


class Look(NamedTuple):
    """How a paragraph is set; lengths in times the size of its type, `size` in times the handout's."""

    tag: str = "/P"
    size: float = 1.0
    bold: bool = False
    left: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.7
    follows: int = 0  # lines that must fit on the page below it


_TITLE = Look("/H1", 1.75, bold=True, after=0.5, follows=3)
_HEADING = Look("/H2", 1.3, bold=True, before=0.8, after=0.5, follows=4)
_WORDS = Look()
_ENTRY = Look(left=2.4, first=-2.4, after=0.25)
_NOTE = Look(left=2.4, after=0.8)


class Block(NamedTuple):
    """A paragraph, and whether it is to stay on one page with the next."""

    look: Look
    runs: tuple[Run, ...]
    tied: bool = False


def reference_list(entries: Sequence[Listed], heading: str = "Further reading", frame: Frame = BARE) -> bytes:
    """The handout as a PDF file, one column.

    Raises: BadInput where no font of this machine prints a character of it.
    """
    blocks = list(_blocks(entries, heading, frame))
    pdf = _opened(frame, heading, "".join(run.text for block in blocks for run in block.runs))
    size = 18.0 if frame.large_print else 11.5
    try:
        _set(pdf, blocks, size)
        _number(pdf, size)
        return bytes(pdf.output())
    finally:
        _close_faces(pdf)


def _blocks(entries: Sequence[Listed], heading: str, frame: Frame) -> Iterator[Block]:
    if frame.title:
        yield _block(_TITLE, text(frame.title))
    for words in frame.intro:
        yield _block(_WORDS, words)
    if heading:
        yield _block(_HEADING if frame.title else _TITLE._replace(size=1.5), text(heading))
    for entry in entries:
        if not entry.inlines:
            continue
        beneath = notes(entry)
        yield _block(_ENTRY if beneath else _ENTRY._replace(after=0.8), entry.inlines, bool(beneath))
        for at, note in enumerate(beneath, 1):
            yield _block(_NOTE, note, at < len(beneath))


def _block(look: Look, inlines: Inlines, tied: bool = False) -> Block:
    set_as = (run._replace(text=typefaces.plain(run.text), bold=run.bold or look.bold) for run in runs(inlines))
    return Block(look, tuple(set_as), tied)


def _opened(frame: Frame, heading: str, words: str) -> "FPDF":
    """An empty file in a face that prints all these words.

    Raises: BadInput where there is none.
    """
    from fpdf import FPDF, ViewerPreferences

    if turned := typefaces.needs_shaping(words):
        raise BadInput(f"a PDF here cannot hold text from right to left ({turned})", _elsewhere())
    pdf = FPDF(unit="pt", format=frame.sheet)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.set_lang(_LANGUAGES.get(frame.language, frame.language))
    pdf.set_title(frame.title or heading or "References")
    pdf.set_creator("litbase")
    pdf.viewer_preferences = ViewerPreferences(display_doc_title=True)
    if typefaces.is_western(words):
        pdf.core_fonts_encoding = "cp1252"
        pdf.set_font("helvetica")
        return pdf
    _embed(pdf, set(words))
    return pdf


def _embed(pdf: "FPDF", signs: set[str]) -> None:
    """Put the first face of this machine into the file that has all the signs."""
    lacking = signs
    for number, face in enumerate(typefaces.faces()):
        family = f"face{number}"
        for style, file in zip(("", "I", "B", "BI"), face.files, strict=True):
            pdf.add_font(family, style, file)
        pdf.set_font(family)
        covered = {sign for sign in signs if ord(sign) in pdf.fonts[family].cmap}  # type: ignore[union-attr]
        lacking = min(lacking, signs - covered - {" "}, key=len)
        if not lacking:
            return
    _close_faces(pdf)
    shown = " ".join(sorted(lacking, key=lambda sign: (sign.isascii(), sign))[:5])
    raise BadInput(f"no font was found here that prints {shown}", _elsewhere())


def _close_faces(pdf: "FPDF") -> None:
    """Close the files of the faces: fpdf2 leaves open what it did not print with."""
    from fpdf.fonts import TTFFont

    for font in pdf.fonts.values():
        if isinstance(font, TTFFont):
            font.close()


def _elsewhere() -> str:
    return "write --format html-page and print it from your browser, or --format docx; or install the DejaVu fonts"


def _set(pdf: "FPDF", blocks: Sequence[Block], size: float) -> None:
    """Set the paragraphs down the pages."""
    down = pdf.h
    width = _measure(pdf)
    together: list[tuple[Block, list[Line]]] = []
    for block in blocks:
        together.append((block, _broken(block, size, pdf.w - 2 * MARGIN, width)))
        if block.tied:
            continue
        down = _placed(pdf, together, size, down)
        together = []


def _broken(block: Block, size: float, column: float, width: Callable[[Run, float], float]) -> list[Line]:
    em = size * block.look.size
    room = column - block.look.left * em
    return lines(block.runs, room - block.look.first * em, room, lambda run: width(run, em))


def _measure(pdf: "FPDF") -> Callable[[Run, float], float]:
    """How wide a run is in a size of type, each word measured once."""
    known: dict[tuple[str, bool, bool, str, float], float] = {}

    def width(run: Run, em: float) -> float:
        key = (run.text, run.italic, run.bold, run.raised, em)
        if key not in known:
            _use(pdf, run, em)
            known[key] = pdf.get_string_width(run.text)
        return known[key]

    return width


def _use(pdf: "FPDF", run: Run, em: float) -> None:
    style = ("B" if run.bold else "") + ("I" if run.italic else "") + ("U" if is_web(run.href) else "")
    pdf.set_font(style=style, size=em * 0.65 if run.raised else em)


def _placed(pdf: "FPDF", together: list[tuple[Block, list[Line]]], size: float, down: float) -> float:
    """Draw paragraphs that belong together; where on the page the next may begin."""
    needed = sum(_height(block, broken, size) for block, broken in together)
    last = together[-1][0].look
    needed += size * (last.follows * _LEADING - last.size * last.after)
    bottom = pdf.h - MARGIN
    if down + needed > bottom and (needed <= bottom - MARGIN or down >= bottom):
        pdf.add_page()
        down = MARGIN
    for block, broken in together:
        down = _drawn(pdf, block, broken, size, down)
    return down


def _height(block: Block, broken: Sequence[Line], size: float) -> float:
    return size * block.look.size * (block.look.before + len(broken) * _LEADING + block.look.after)


def _drawn(pdf: "FPDF", block: Block, broken: list[Line], size: float, down: float) -> float:
    """Draw one paragraph, over as many pages as it takes; a tagged sequence on each."""
    look, em = block.look, size * block.look.size
    down += look.before * em if down > MARGIN else 0.0
    at = 0
    while at < len(broken):
        fit = int((pdf.h - MARGIN - down + 0.01) // (em * _LEADING))
        if fit < 1:
            pdf.add_page()
            down = MARGIN
            continue
        with pdf._marked_sequence() as element:
            element.s = look.tag
            for number, line in enumerate(broken[at : at + fit], at):
                down += em * _LEADING
                left = MARGIN + (look.left + (look.first if number == 0 else 0.0)) * em
                _draw(pdf, line, em, left, down - em * (_LEADING - 1.0))
        at += fit
    return down + look.after * em


def _draw(pdf: "FPDF", line: Line, em: float, left: float, baseline: float) -> None:
    for run in line:
        _use(pdf, run, em)
        leads = is_web(run.href)
        pdf.set_text_color(*(_LINK_COLOUR if leads else (0, 0, 0)))
        lift = {"sup": -0.33, "sub": 0.15}.get(run.raised, 0.0) * em
        pdf.text(left, baseline + lift, run.text)
        width = pdf.get_string_width(run.text)
        if leads:
            pdf.link(left, baseline - em * 0.8, width, em * 1.05, run.href)
        left += width


def _number(pdf: "FPDF", size: float) -> None:
    """A number at the foot of each page, where there are several; no part of the text."""
    if pdf.pages_count < 2:
        return
    for number in range(1, pdf.pages_count + 1):
        pdf.page = number
        pdf.set_font(style="", size=size * 0.85)
        # The page ended in another size: fpdf2 would not say this one again.
        pdf.current_font_is_set_on_page = False
        pdf.set_text_color(0, 0, 0)
        shown = f"{number} / {pdf.pages_count}"
        pdf._out("/Artifact BMC")
        pdf.text((pdf.w - pdf.get_string_width(shown)) / 2, pdf.h - MARGIN / 2, shown)
        pdf._out("EMC")
