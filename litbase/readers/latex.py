"""LaTeX as it stands in BibTeX fields, read as text with CSL's inline tags.

    {\\"o} → ö      \\emph{now} → <i>now</i>      H$_2$O → H<sub>2</sub>O      1--10 → 1–10      {PTSD} → PTSD

Groups that only protect capitals are handed back beside the text: they are evidence for sentence case.
"""

import re
import unicodedata
from typing import NamedTuple

from .latex_signs import ACCENTS, FONTS, SIGNS, SILENT, SWITCHES, VERBATIM

DEEPEST = 40
_SPECIAL = re.compile(r"[\\{}$~]|--|``|''|[!?]`")
_PLAIN = re.compile(r"[^\\{}$~`'\-!?]+")
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\*?\s*|(.))", re.DOTALL)
_MATHS = re.compile(r"\$([^$\s](?:[^$]{0,300}?[^$\s])?)\$|\\\(([^$]{1,300}?)\\\)", re.DOTALL)
_FORMULA = re.compile(r"[\\^_{}=<>+|]|^[A-Za-z]{1,3}$|^\d+$")
_SCRIPT = re.compile(r"([_^])\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|.))", re.DOTALL)
_ESCAPED = re.compile(r"\\([&%$#_{}~^])(?:\{\})?")
_BLANKS = re.compile(r"[ \t\n]+")


class Read(NamedTuple):
    """A field's text, and the groups in it whose capitals braces protect, outermost ones, as they read."""

    text: str
    protected: tuple[str, ...] = ()


def text(value: str) -> str:
    """A field's text with CSL's inline tags."""
    return read(value).text


def read(value: str) -> Read:
    """As `text`, with what braces protect."""
    if not _SPECIAL.search(value):
        return Read(value)
    reader = _Reader(value)
    out = reader.run()
    return Read(unicodedata.normalize("NFC", out), tuple(reader.protected))


def verbatim(value: str) -> str:
    """A field that is no prose, an address or a DOI: braces and escapes taken off, nothing else."""
    return _ESCAPED.sub(r"\1", value).replace("{", "").replace("}", "").strip()


class _Reader:
    """One pass over a field. A class, for a place in the text is shared by functions that call each other."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.at = 0
        self.depth = 0
        self.protected: list[str] = []

    def run(self) -> str:
        """Everything; a closing brace that nothing opened is left out."""
        out: list[str] = []
        while self.at < len(self.value):
            out.append(self.until_brace())
            self.at += 1
        return "".join(out)

    def until_brace(self) -> str:
        """The text up to the next closing brace or the end; `at` stands on it then."""
        out: list[str] = []
        while self.at < len(self.value) and self.value[self.at] != "}":
            out.append(self.piece())
        return "".join(out)

    def piece(self) -> str:
        """What begins here, as text."""
        plain = _PLAIN.match(self.value, self.at)
        if plain:
            self.at = plain.end()
            return plain[0]
        mark = self.value[self.at]
        if mark == "{":
            return self.group()
        if mark == "\\":
            return self.command()
        if mark == "$":
            return self.maths()
        return self.mark(mark)

    def mark(self, mark: str) -> str:
        """Dashes, quotation marks and hard blanks, which LaTeX writes with ASCII characters."""
        for written, meant in (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("!`", "¡"), ("?`", "¿")):
            if self.value.startswith(written, self.at):
                self.at += len(written)
                return meant
        self.at += 1
        return {"~": " ", "`": "‘"}.get(mark, mark)

    def group(self) -> str:
        """A group: its text, in the font that a switch at its beginning names."""
        begin = self.at
        self.at += 1
        self.depth += 1
        if self.depth > DEEPEST:
            self.depth -= 1
            return ""
        switch = re.compile(r"\s*\\([a-z]+)\b\s*").match(self.value, self.at)
        tag = SWITCHES.get(switch[1], "") if switch else ""
        if switch and switch[1] in SWITCHES:
            self.at = switch.end()
        inner = self.until_brace()
        self.at += 1
        self.depth -= 1
        written = self.value[begin + 1 : begin + 2]
        if self.depth == 0 and written != "\\" and any(c.isupper() for c in inner):
            self.protected.append(inner)
        return _tagged(tag, inner)

    def argument(self) -> str:
        """A command's argument: the group, command or character that follows."""
        while self.at < len(self.value) and self.value[self.at] in " \t\n":
            self.at += 1
        if self.at >= len(self.value):
            return ""
        if self.value[self.at] == "{":
            self.depth += 1  # an argument is no group that protects
            inner = self.group()
            self.depth -= 1
            return inner
        if self.value[self.at] == "\\":
            return self.command()
        self.at += 1
        return self.value[self.at - 1]

    def command(self) -> str:
        """A command, its arguments taken where it has any."""
        maths = _MATHS.match(self.value, self.at)
        if maths and maths[2]:
            self.at = maths.end()
            return _formula(maths[2])
        found = _COMMAND.match(self.value, self.at)
        if found is None:  # a backslash at the very end
            self.at += 1
            return ""
        self.at = found.end()
        name = found[1] or found[2]
        if name in ACCENTS and (found[2] or len(name) > 1 or not found[0][2:].strip()):
            return self.accent(ACCENTS[name])
        if name in SIGNS:
            self.skip_empty()
            return SIGNS[name]
        if name in FONTS:
            return _tagged(FONTS[name], self.argument())
        if name in ("enquote", "mkbibquote"):
            return f"“{self.argument()}”"
        if name == "href":
            self.argument()
            return self.argument()
        if name in VERBATIM:
            return verbatim(self.argument())
        if name in SILENT:
            self.argument()
            return ""
        if self.value.startswith("{", self.at):
            return self.argument()
        return "" if name in SWITCHES else name if found[1] else found[2]

    def skip_empty(self) -> None:
        """Pass over the empty group that only ends a command's name: `\\ss{}`."""
        if self.value.startswith("{}", self.at):
            self.at += 2

    def accent(self, combining: str) -> str:
        """A letter under an accent; a dotless i gets its own."""
        letter = self.argument().replace("ı", "i").replace("ȷ", "j")
        return letter[:1] + combining + letter[1:] if letter.strip() else ""

    def maths(self) -> str:
        """A formula between dollars, or a dollar."""
        found = _MATHS.match(self.value, self.at)
        if found and _FORMULA.search(found[1]):
            self.at = found.end()
            return _formula(found[1])
        self.at += 1
        return "$"


def _formula(inner: str) -> str:
    """A formula's scripts as tags, its letters and signs as characters."""
    tagged = _SCRIPT.sub(lambda f: _tagged("sub" if f[1] == "_" else "sup", f[2] if f[2] is not None else f[3]), inner)
    reader = _Reader(tagged)
    reader.depth = 1
    return _BLANKS.sub(" ", reader.run())


def _tagged(tag: str, inner: str) -> str:
    if not tag or not inner.strip():
        return inner
    if tag == "sc":
        return f'<span style="font-variant:small-caps;">{inner}</span>'
    return f"<{tag}>{inner}</{tag}>"
