"""RTF: what every word processor opens, with styles, a hanging indent and links.

Source: Rich Text Format Specification 1.9.1 (Unicode, paragraph formatting, stylesheet, fields).
"""

from collections.abc import Sequence

from litbase.domain.inline import Inlines, Link, Text
from litbase.domain.sheets import MARGIN, Sheet
from litbase.render import BARE, Frame, Listed, is_web, notes

_STYLES = {"italic": r"\i", "bold": r"\b", "sup": r"\super", "sub": r"\sub", "smallcaps": r"\scaps", "normal": r"\i0"}
# Twentieths of a point: half an inch.
_INDENT = 720
_LANGUAGES = {"en": 1033}
# An address stands within quotation marks of a field's instruction.
_VERBATIM = str.maketrans({'"': "%22", "\\": "%5C", "{": "%7B", "}": "%7D"})


def reference_list(entries: Sequence[Listed], heading: str = "References", frame: Frame = BARE) -> str:
    """The list as an RTF file, in ASCII throughout, with a title and the user's words above it where there are any."""
    looks = _looks(frame)
    lines = [_head(frame, looks)]
    if frame.title:
        lines.append(_paragraph(looks["Title"], _escaped(frame.title)))
    lines += [_paragraph(looks["Normal"], _tree(words)) for words in frame.intro]
    if heading:
        lines.append(_paragraph(looks["heading 1"], _escaped(heading)))
    for entry in entries:
        if entry.inlines:
            beneath = notes(entry)
            lines.append(_paragraph(looks["Bibliography"] + _tied(bool(beneath)), _tree(entry.inlines)))
            for at, note in enumerate(beneath, 1):
                lines.append(_paragraph(looks["Bibliography Note"] + _tied(at < len(beneath)), _tree(note)))
    return "\n".join([*lines, "}", ""])


def _looks(frame: Frame) -> dict[str, str]:
    """The control words of each paragraph style; sizes are in half points."""
    size = 36 if frame.large_print else 24
    after = rf"\sa{size * 6}\sl300\slmult1"
    return {
        "Normal": rf"\s0{after}\f0\fs{size}",
        "Title": rf"\s1\keepn{after}\f0\b\fs{size * 8 // 5}",
        "heading 1": rf"\s2\outlinelevel0\keepn\sb{size * 8}{after}\f0\b\fs{size * 5 // 4}",
        "Bibliography": rf"\s3\keep\fi-{_INDENT}\li{_INDENT}{after}\f0\fs{size}",
        "Bibliography Note": rf"\s4\keep\li{_INDENT}{after}\f0\fs{size}",
    }


def _head(frame: Frame, looks: dict[str, str]) -> str:
    styles = "".join(f"{{{look} {name};}}" for name, look in looks.items())
    title = rf"{{\info{{\title {_escaped(frame.title)}}}}}" if frame.title else ""
    return "\n".join(
        [
            rf"{{\rtf1\ansi\ansicpg1252\uc1\deff0\deflang{_LANGUAGES.get(frame.language, 1033)}",
            r"{\fonttbl{\f0\fswiss\fcharset0 Calibri;}}",
            r"{\colortbl;\red11\green79\blue138;}",
            rf"{{\stylesheet{styles}}}",
            rf"{title}{_sheet(frame.sheet)}",
        ]
    )


def _sheet(sheet: Sheet) -> str:
    """The size of the page and its margins, in twentieths of a point."""
    margin = round(MARGIN * 20)
    size = rf"\paperw{round(sheet.width * 20)}\paperh{round(sheet.height * 20)}"
    return size + "".join(rf"\marg{side}{margin}" for side in "lrtb")


def _paragraph(look: str, text: str) -> str:
    return rf"{{\pard{look} {text}\par}}"


def _tied(tied: bool) -> str:
    """What keeps a paragraph on one page with the next."""
    return r"\keepn" if tied else ""


def _tree(inlines: Inlines, linked: bool = False) -> str:
    out = []
    for node in inlines:
        if isinstance(node, Text):
            out.append(_escaped(node.text))
        elif not isinstance(node, Link):
            out.append(f"{{{_STYLES[node.style]} {_tree(node.children, linked)}}}")
        elif linked or not is_web(node.href):
            out.append(_tree(node.children, linked))
        else:
            address = _escaped(node.href.translate(_VERBATIM))
            shown = rf"{{\ul\cf1 {_tree(node.children, linked=True)}}}"
            out.append(rf'{{\field{{\*\fldinst{{HYPERLINK "{address}"}}}}{{\fldrslt{shown}}}}}')
    return "".join(out)


def _escaped(text: str) -> str:
    """Text that holds no control word; beyond ASCII as UTF-16 units with `?` for readers of before 1997."""
    out = []
    for sign in text:
        if sign in "\\{}":
            out.append("\\" + sign)
        elif sign in "\n\r\t":
            out.append(" ")
        elif " " <= sign <= "~":
            out.append(sign)
        elif sign > "\x9f" and not "\ud800" <= sign <= "\udfff":
            units = sign.encode("utf-16-le")
            for at in range(0, len(units), 2):
                unit = int.from_bytes(units[at : at + 2], "little", signed=True)
                out.append(rf"\u{unit}?")
    return "".join(out)
