"""Letters that were damaged on their way: decoded twice, lost, or written in a typesetter's code."""

import re

# UTF-8 read as Latin-1 or Windows-1252 leaves a capital with a tilde, a circumflex or a ring
# before a character of the upper half; no language writes these pairs.
_TWICE = re.compile(
    "[\u00c2\u00c3\u00c4\u00c5\u00ce\u00cf\u00d0\u00d1]"
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u2022\u2026]"
    "|\u00e2\u20ac|\u00e2\u0080|\u00ef\u00bb\u00bf"
)

_LOST_DASH = re.compile(r"(?<=\s)\ufffd(?=\s)")
_LOST_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\ufffd(?=(?:s|t|d|m|ll|re|ve)\b)|(?<=s)\ufffd(?=\s[A-Za-z])")
_LOST_QUOTES = re.compile("(?<!\\w)\ufffd([^\ufffd]{1,120})\ufffd(?!\\w)")
# An eight-bit quotation mark that became "?": a question mark before a word has no other reading.
_ASKED = re.compile(r"(?:(?<=\s)|^)\?(\w[^?]{0,60}\w)\?(?=\s|$)")

_GREEK_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο",
    "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω",
}  # fmt: skip
_GREEK = "|".join(_GREEK_LETTERS)
_GREEK_CODE = re.compile(rf"\.({_GREEK})\.|\{{({_GREEK})\}}", re.IGNORECASE)

_TEX_MATH = re.compile(r"\$([^$\s](?:[^$\n]{0,200}[^$\s])?)\$(?!\d)")
_TEX_SIGNS = {
    "ldots": "…", "dots": "…", "infty": "∞", "pm": "±", "times": "×", "cdot": "·", "to": "→",
    "rightarrow": "→", "leftarrow": "←", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠",
    "approx": "≈", "sim": "∼", "ell": "ℓ", "partial": "∂", "nabla": "∇", "sqrt": "√", "sum": "∑",
    "int": "∫", "in": "∈", "subset": "⊂", "cup": "∪", "cap": "∩", "prime": "′", "circ": "∘", "deg": "°",
    "copyright": "©", "textregistered": "®", "texttrademark": "™", "ss": "ß", "ae": "æ", "AE": "Æ",
    "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "quad": " ", "qquad": " ",
}  # fmt: skip
_TEX_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
    ".": "\u0307", "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328",
    "bar": "\u0304", "hat": "\u0302", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307",
}  # fmt: skip
_TEX_FONT = re.compile(r"\\(textit|emph|it|textbf|mathbf|textsubscript|textsuperscript)\s*\{([^{}]*)\}")
_TEX_FONT_TAGS = {"textit": "i", "emph": "i", "it": "i", "textbf": "b", "mathbf": "b",
                  "textsubscript": "sub", "textsuperscript": "sup"}  # fmt: skip
_TEX_PLAIN = re.compile(r"\\(?:mathrm|mathit|mathcal|mathbb|mathsf|text|rm|mbox|operatorname)\s*\{([^{}]*)\}")
_TEX_ACCENTED = re.compile(r"\{?\\(['`^\"~=.]|(?:bar|hat|tilde|vec|dot|[cvuHk])(?![A-Za-z]))\s*\{?\\?([A-Za-z])\}?\}?")
_TEX_SCRIPT = re.compile(r"([_^])(?:\{([^{}]*)\}|([A-Za-z0-9*+−-]))")
_TEX_WORD = re.compile(r"\\([A-Za-z]+)\s?")
_TEX_ESCAPED = re.compile(r"\\([&%$#_{}])")
_TEX_LIKELY = re.compile(r"\\(?:[A-Za-z]{2,}|[&%$#_{}^~=]|['`\"]\s*\{?[A-Za-z]\}|[cvuHk]\{)|\{\\")


def words(listed: str) -> frozenset[str]:
    """The words of a list written on a few lines."""
    return frozenset(listed.split())


def mend(value: str) -> str:
    """Text that was encoded in UTF-8 and decoded as Latin-1 or Windows-1252, read as it was meant.

    "GonzÃ¡lez" becomes "González". Text in which the bytes do not fit comes back as it is.
    """
    if value.isascii() or not _TWICE.search(value):
        return value
    try:
        return b"".join(map(_byte, value)).decode("utf-8")
    except UnicodeError:
        return value


def _byte(letter: str) -> bytes:
    """The byte a letter was made of: Windows-1252's where it has one, else Latin-1's."""
    try:
        return letter.encode("cp1252")
    except UnicodeError:
        return letter.encode("latin-1")


def restore(value: str) -> str:
    """Signs that became "\N{REPLACEMENT CHARACTER}" or "?", where their place tells what they were.

    A lone one between blanks was a dash, one in front of a final s or t an apostrophe, a pair
    around words quotation marks. Letters that are lost stay lost.
    """
    if "\ufffd" in value:
        value = _LOST_APOSTROPHE.sub("’", value)
        value = _LOST_DASH.sub("–", value)
        value = _LOST_QUOTES.sub(r"“\1”", value)
    if "?" in value:
        value = _ASKED.sub(r"“\1”", value)
    return value


def untex(value: str) -> str:
    """LaTeX remains as text and CSL tags: `$H_2O$`, `{\\"o}`, `\\textit{…}`, `\\alpha`.

    Dollar signs that are prices are left alone.
    """
    if "$" in value:
        value = _TEX_MATH.sub(_formula, value)
    if "\\" not in value or not _TEX_LIKELY.search(value):
        return value
    return _commands(value)


def _formula(found: re.Match[str]) -> str:
    inner = found[1]
    if not (len(inner) <= 2 or any(sign in inner for sign in "\\^_{}=")) or inner[:1].isdigit():
        return found[0] if not re.search(r"[\\^_]", inner) else _scripts(_commands(inner))
    return _scripts(_commands(inner))


def _scripts(formula: str) -> str:
    def script(found: re.Match[str]) -> str:
        tag = "sub" if found[1] == "_" else "sup"
        return f"<{tag}>{found[2] if found[2] is not None else found[3]}</{tag}>"

    return _TEX_SCRIPT.sub(script, formula).replace("{", "").replace("}", "")


def _commands(value: str) -> str:
    value = _TEX_ACCENTED.sub(lambda found: found[2] + _TEX_ACCENTS[found[1]], value)
    for _ in range(3):
        value = _TEX_PLAIN.sub(r"\1", value)
        value = _TEX_FONT.sub(lambda f: f"<{_TEX_FONT_TAGS[f[1]]}>{f[2]}</{_TEX_FONT_TAGS[f[1]]}>", value)
    value = _TEX_ESCAPED.sub(r"\1", value)
    return _TEX_WORD.sub(_word, value)


def _word(found: re.Match[str]) -> str:
    name = found[1]
    letter = _GREEK_LETTERS.get(name.lower())
    if letter:
        return letter.upper() if name[0].isupper() else letter
    return _TEX_SIGNS.get(name, "")


def greek(value: str) -> str:
    """Greek letters spelt in a typesetter's code, `.mu.-oxo` or `{beta}-catenin`, as letters."""
    if "." not in value and "{" not in value:
        return value
    return _GREEK_CODE.sub(_spelt, value)


def _spelt(found: re.Match[str]) -> str:
    name = found[1] or found[2]
    letter = _GREEK_LETTERS[name.lower()]
    return letter.upper() if name.isupper() else letter


def quotes(value: str) -> str:
    """Backslashes in front of quotation marks, left by a program that escaped them, taken out."""
    return value.replace("\\'", "'").replace('\\"', '"').replace("\\’", "’") if "\\" in value else value
