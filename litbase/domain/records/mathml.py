"""MathML as running text: letters and signs, with sub and superscripts as CSL's inline tags."""

import re

_TOKEN = re.compile(r"<(/?)(?:[A-Za-z][\w-]*:)?([A-Za-z][\w-]*)([^<>]*?)(/?)>|([^<]+)|<")
_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_SILENT = frozenset({"annotation", "annotation-xml", "mphantom", "none", "mprescripts"})
_RELATIONS = frozenset("=<>≤≥≠≈∼→←↔⇌±×∈⊂")
_ACCENTS = {"¯": "\u0304", "‾": "\u0304", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303",
            "˙": "\u0307", "¨": "\u0308", "→": "\u20d7"}  # fmt: skip


def text(formula: str) -> str:
    """The text of one `<math>` element, its own tags included or not.

    Written from the leaves up without recursion, so that nesting of any depth is read.

    Source: MathML 3, chapter 3 (presentation markup).
    """
    names, frames = [""], [[""]]
    for closing, name, _, empty, run in _TOKEN.findall(formula):
        if run:
            if names[-1] in _LEAVES or run.strip():
                frames[-1].append(" ".join(run.split()))
        elif not name:
            frames[-1].append("<")
        elif not closing:
            if empty:
                frames[-1].append(_write(name, []))
            else:
                names.append(name)
                frames.append([])
        elif name in names:
            while True:
                last = names.pop()
                written = _write(last, frames.pop())
                frames[-1].append(written)
                if last == name:
                    break
    while len(names) > 1:
        written = _write(names.pop(), frames.pop())
        frames[-1].append(written)
    return re.sub(r"\s+", " ", "".join(frames[0])).strip()


def _write(name: str, children: list[str]) -> str:
    """One element from the texts of its children."""
    inner = "".join(children)
    if name in _LEAVES:
        inner = inner.strip()
        return f" {inner} " if inner in _RELATIONS else inner
    if name in _SILENT:
        return ""
    if name in ("mspace", "mtr", "mtd"):
        return f"{inner} "
    first, second, third = [*children, "", "", ""][:3]
    match name:
        case "msub":
            return first + _script("sub", second)
        case "msup":
            return first + _script("sup", second)
        case "msubsup":
            return first + _script("sub", second) + _script("sup", third)
        case "mover":
            return first + (_ACCENTS.get(second.strip()) or _script("sup", second))
        case "munder":
            return first + _script("sub", second)
        case "munderover":
            return first + _script("sub", second) + _script("sup", third)
        case "mfrac":
            return f"{first}/{second}"
        case "msqrt":
            return f"√({inner})" if len(inner) > 1 else f"√{inner}"
        case "mroot":
            return _script("sup", second) + f"√{first}"
        case "mfenced":
            return f"({', '.join(children)})"
    return inner


def _script(tag: str, inner: str) -> str:
    inner = inner.strip()
    return f"<{tag}>{inner}</{tag}>" if inner else ""
