"""Markup of every kind a publisher deposits, brought down to CSL's four inline tags.

JATS, HTML, MathML, the same escaped once or twice, and what blanks were lost or gained around
them: one way in, `rich`, for titles; one, `plain`, for names, journals and abstracts.

Source: CSL-JSON, "HTML-like formatting"; JATS 1.3, inline elements; Crossref, "Face markup".
"""

import html
import re

from litbase.domain.inline import strip
from litbase.domain.records import mathml
from litbase.domain.records.lettering import words

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"<(/?)(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)((?:[\s/][^<>]*)?)>")
_KEPT = {
    "i": "i", "em": "i", "italic": "i", "b": "b", "bold": "b", "strong": "b", "sub": "sub", "inf": "sub",
    "sup": "sup", "sc": "c", "scp": "c", "small-caps": "c", "smallcaps": "c", "smcap": "c",
}  # fmt: skip
# Elements whose content is no part of the text, and those that stand for a blank.
_SILENT = frozenset({"script", "style", "tex-math", "fn", "annotation", "object-id", "private-char"})
_BLANK = frozenset({"br", "break", "p", "div", "title", "sec", "li", "list-item", "tr", "td", "hr"})
_DEEPEST = 50
_SPAN_STYLE = re.compile(r"font-style\s*:\s*italic|font-weight\s*:\s*bold|vertical-align\s*:\s*(sub|super)")

# Runs of blanks are one "\n" or one " " before these are asked.
_RUN = re.compile(r"\s\s+|[^\S\n ]")
_SCRIPT_BEFORE = re.compile(r"\n(?=<sub>|<sup>(?!\d+</sup>\s?[A-Z]))")
_SCRIPT_AFTER = re.compile(r"(?<=</su[bp]>)\n(?=[A-Z][a-z]?\n?<sub>|[)\]\d,.;:+−])")
_OPEN_BLANK = re.compile(r"(<(?:i|b|c|sub|sup)>)([ \n])")
_CLOSE_BLANK = re.compile(r"([ \n])(</(?:i|b|c|sub|sup)>)")
_BEFORE_STOP = re.compile(r"(</(?:i|b|c|m|sub|sup)>)[ \n](?=[.,;:!?)\]](?:\s|$|\w)|[-‐‑][^\W_])")
_AFTER_BRACKET = re.compile(r"(?<=[(\[])[ \n](?=<)")

_OPENED = re.compile(r"<([ibm])>(?=[^\W\d_])")
_CLOSED = re.compile(r"</[ibm]>(?=([^\W\d_]{2,30}))")
_LOST_SCRIPT = re.compile(
    r"(?<=[^\s>])(<(su[bp])>[^<>]{1,12}</\2>)(?=[A-Z]?[a-z]{4,}|[A-Z][a-z]{3,}|(?:and|for|of|in|on|by|to|the|was|are|is|as|or|at)\b)"
)
_LAST_WORD = re.compile(r"[^\W_]+$")
# Parts of a word that are set in italics, or stand before one that is.
_PREFIXES = words(
    "cis trans tert sec iso ortho meta para anti syn endo exo neo cyclo nor retro nido closo non micro "
    "pre post sub un re co bio nano poly multi semi pseudo quasi inter intra hyper hypo"
)
_LINKS = words("of in on by the with and for to from or via at as an between against than")
_EMPTY = re.compile(r"<(i|b|sub|sup)>(\s*)</\1>")
_WHOLE = re.compile(r"<(i|b|sub|sup)>((?:(?!</?\1>).)*)</\1>\Z", re.DOTALL)
_NUMERAL = re.compile(r"[ivx]+|[a-z]")


def rich(value: str) -> str:
    """A title's text with `<i> <b> <sub> <sup>` as the only markup, and balanced; blanks are not tidied.

    `<scp>i</scp>` becomes I. Any other tag is taken out, script, style and formula source with
    their content. Blanks that pretty-printing put around a script, or that were lost around
    italics, are mended.
    """
    if "<" not in value and "&" not in value:
        return value
    value = entities(value)
    if "<" not in value:
        return value
    return unwrap(_spaced(_reduced(value)))


def plain(value: str) -> str:
    """Text without any markup; blanks are not tidied."""
    return strip(rich(value))


def entities(value: str) -> str:
    """Character references resolved, up to three deep: `&amp;amp;` is an ampersand.

    Only those that end in a semicolon count, so that "R&D" and "AT&T" stay what they are.
    """
    for _ in range(3):
        if "&" not in value:
            break
        resolved = _ENTITY.sub(lambda found: html.unescape(found[0]), value)
        if resolved == value:
            break
        value = resolved
    return value


def unwrap(value: str) -> str:
    """A text whose only formatting is all around it, without it: that tells nothing."""
    while value.startswith("<") and (whole := _WHOLE.match(value)):
        value = whole[2]
    return value


def _without(value: str, start: str, end: str) -> str:
    """A text without what stands between two marks, the marks included."""
    while (begin := value.find(start)) >= 0:
        stop = value.find(end, begin)
        value = value[:begin] + (value[stop + len(end) :] if stop >= 0 else "")
    return value


def _reduced(value: str) -> str:
    """Every tag turned into one of `<i> <b> <sub> <sup> <c> <m>`, a blank, or nothing; all balanced."""
    if "<!" in value or "<?" in value:
        value = value.replace("<![CDATA[", "").replace("]]>", "")
        value = _without(_without(_without(value, "<!--", "-->"), "<?", "?>"), "<!", ">")
    out: list[str] = []
    # Open elements as (name as written, tag kept, place in `out`).
    open_tags: list[tuple[str, str, int]] = []
    position = 0
    for found in _TAG.finditer(value):
        if found.start() < position:
            continue
        out.append(value[position : found.start()])
        position = found.end()
        closing, name, attributes = found[1], found[2].lower(), found[3]
        if closing:
            _close(name, open_tags, out)
        elif attributes.endswith("/"):
            out.append(" " if name in _BLANK else "")
        elif name == "math":
            end = _end_of(value, "math", position)
            formula = mathml.text(value[position:end])
            out.append(f"<m>{formula}</m>" if formula else "")
            position = end
        elif name in _SILENT:
            position = _end_of(value, name, position)
        else:
            tag = _KEPT.get(name) or (_styled(attributes) if name == "span" else "")
            tag = tag if len(open_tags) < _DEEPEST else ""
            out.append(f"<{tag}>" if tag else (" " if name in _BLANK else ""))
            if name not in ("br", "hr", "break") and len(open_tags) < _DEEPEST:
                open_tags.append((name, tag, len(out) - 1))
    out.append(value[position:])
    for _, tag, place in open_tags:
        if tag:
            out[place] = ""
    return "".join(out)


def _close(name: str, open_tags: list[tuple[str, str, int]], out: list[str]) -> None:
    """The closing tags for one end tag and all that was left open inside it."""
    if not any(opened == name for opened, _, _ in open_tags):
        out.append(" " if name in _BLANK else "")
        return
    while True:
        opened, tag, _ = open_tags.pop()
        out.append(f"</{tag}>" if tag else (" " if opened in _BLANK else ""))
        if opened == name:
            return


def _end_of(value: str, name: str, position: int) -> int:
    """Where the next end tag of that name ends; the end of the text where there is none."""
    found = re.compile(rf"</(?:[\w.-]+:)?{re.escape(name)}\s*>", re.IGNORECASE).search(value, position)
    return found.end() if found else len(value)


def _styled(attributes: str) -> str:
    """The tag for a span's style; "" where it has none of ours."""
    found = _SPAN_STYLE.search(attributes)
    if not found:
        return ""
    if found[1]:
        return "sub" if found[1] == "sub" else "sup"
    return "i" if "italic" in found[0] else "b"


def _spaced(value: str) -> str:
    """Blanks around tags as they were meant, and the two tags of our own taken out."""
    value = _RUN.sub(lambda run: "\n" if "\n" in run[0] else " ", value)
    if "\n" in value:
        value = _SCRIPT_BEFORE.sub("", value)
        value = _SCRIPT_AFTER.sub("", value)
    for _ in range(2):
        value = _OPEN_BLANK.sub(lambda found: ("" if found[2] == "\n" else " ") + found[1], value)
        value = _CLOSE_BLANK.sub(lambda found: found[2] + ("" if found[1] == "\n" else " "), value)
    value = _BEFORE_STOP.sub(r"\1", value)
    value = _AFTER_BRACKET.sub("", value)
    value = _OPENED.sub(_blank_before, value)
    value = _CLOSED.sub(_blank_after, value)
    value = _LOST_SCRIPT.sub(r"\1 ", value)
    if "<c>" in value:
        value = re.sub(r"<c>([^<>]*)</c>", lambda f: f[1].upper() if _NUMERAL.fullmatch(f[1]) else f[1], value)
        value = value.replace("<c>", "").replace("</c>", "")
    value = value.replace("<m>", "").replace("</m>", "")
    return _EMPTY.sub(r"\2", value)


def _blank_before(found: re.Match[str]) -> str:
    """An opening tag, with the blank in front of it that a word or a comma there has lost."""
    text, start = found.string, found.start()
    if text[start - 1 : start] in (",", ";", ":", ")"):
        return f" {found[0]}"
    word = _LAST_WORD.search(text, max(0, start - 30), start)
    if not word or not word[0][-2:].isalpha() or len(word[0]) < 2 or word[0].casefold() in _PREFIXES:
        return found[0]
    # A single letter in italics right behind a word is a symbol of it, "PPARα"; longer runs are words.
    symbol = found[1] != "m" and text[found.end() + 1 : found.end() + 2] == "<"
    if word[0] in _LINKS or not (symbol or word[0].isupper()):
        return f" {found[0]}"
    return found[0]


def _blank_after(found: re.Match[str]) -> str:
    """A closing tag, with the blank behind it that the word there has lost."""
    word = _LAST_WORD.search(found.string, max(0, found.start() - 30), found.start())
    after = found[1]
    if not word or word[0].casefold() in _PREFIXES:
        return found[0]
    formula = found[0] == "</m>" and after.islower() and len(after) > 2
    if len(word[0]) >= 3 or formula or (len(after) > 3 and after[0].isupper() and after[1:].islower()):
        return f"{found[0]} "
    return found[0]
