"""What `litbase tutorial` teaches: ten steps from a first source to a checked draft, and what may be typed at each.

The texts are in `data/tutorial/`.
"""

import shlex
from typing import Any, Literal, NamedTuple, TypeAlias

from litbase import bundled


class Step(NamedTuple):
    """One command, as it is typed: what it is for, and what to see in what it printed.

    `about` and `after` hold paragraphs; `code` is the exit code that it ends with when all goes well.
    """

    title: str
    about: tuple[str, ...]
    line: str
    after: tuple[str, ...]
    code: int

    @property
    def words(self) -> list[str]:
        """The command's words, without `litbase` itself."""
        return shlex.split(self.line)[1:]


Move: TypeAlias = Literal["do", "try", "leave", "again"]


class Answer(NamedTuple):
    """What a typed line asks for: the step itself, another look at the library, to leave, or to be asked again.

    `words` are those of the command to run, without `litbase`; `about` says why it is asked again.
    """

    move: Move
    words: tuple[str, ...] = ()
    about: str = ""


class Lesson(NamedTuple):
    """The tutorial: what is said first and last, the steps, and the drafts they work on, by name."""

    opening: tuple[str, ...]
    steps: tuple[Step, ...]
    closing: tuple[str, ...]
    drafts: dict[str, str]


_STEPS = "steps.toml"
# Commands that only look, and what would make one do more than that.
_LOOKING = (
    ("search",), ("list",), ("show",), ("cite",), ("refs",), ("overview",), ("history",), ("shelf", "list"),
    ("note", "list"), ("concept", "list"), ("concept", "show"),
)  # fmt: skip
_REACHING_OUT = ("--library", "--output", "-o", "--copy")
_LEAVING = ("q", "quit", "exit", "leave", ":q")
# Quotation marks as keyboards and web pages set them.
_QUOTES = str.maketrans("“”„‘’", '"""\'\'')


def lesson() -> Lesson:
    """The tutorial as it ships."""
    import tomllib

    folder = bundled.folder("data") / "tutorial"
    texts = tomllib.loads((folder / _STEPS).read_text(encoding="utf-8"))
    drafts = [path for path in sorted(folder.iterdir()) if path.name not in (_STEPS, "README.md")]
    return Lesson(
        _paragraphs(texts["opening"]),
        tuple(_step(row) for row in texts["step"]),
        _paragraphs(texts["closing"]),
        {path.name: path.read_text(encoding="utf-8") for path in drafts},
    )


def _step(row: dict[str, Any]) -> Step:
    return Step(row["title"], _paragraphs(row["about"]), row["line"], _paragraphs(row["after"]), row.get("ends", 0))


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("\n\n"))


def answer(step: Step, typed: str) -> Answer:
    """What a line typed at a step asks for; the step's own line and an empty one ask for the step.

    Where the step has a text of several words, any text will do: it is hers.
    """
    text = typed.strip().removeprefix("$ ")
    if not text:
        return Answer("do", tuple(step.words))
    if text.lower() in _LEAVING:
        return Answer("leave")
    try:
        words = shlex.split(text.translate(_QUOTES))
    except ValueError:
        return Answer("again", about="A quotation mark is missing: they come in pairs.")
    if words[0] != "litbase":
        return Answer("again", about="Every line begins with litbase.")
    if _is_the_step(words[1:], step.words):
        return Answer("do", tuple(words[1:]))
    if _only_looks(words[1:]):
        return Answer("try", tuple(words[1:]))
    return Answer("again", about=_difference(words, ["litbase", *step.words]))


def _is_the_step(words: list[str], wanted: list[str]) -> bool:
    return len(words) == len(wanted) and all(map(_fits, words, wanted))


def _fits(typed: str, word: str) -> bool:
    """Whether a typed word will do for one of the step's."""
    return typed == word or (" " in word and typed[:1] not in ("", "-"))


def _only_looks(words: list[str]) -> bool:
    """Whether a command can do no more than show something."""
    if any(word.startswith(_REACHING_OUT) for word in words):
        return False
    return "--help" in words or any(tuple(words[: len(look)]) == look for look in _LOOKING)


def _difference(words: list[str], wanted: list[str]) -> str:
    """Where a line parts from the one that was to be typed."""
    for typed, word in zip(words, wanted, strict=False):
        if not _fits(typed, word):
            return f"Not quite: “{typed}” stands where “{word}” should."
    if len(words) < len(wanted):
        return f"Not quite: “{wanted[len(words)]}” is missing at the end."
    return f"Not quite: “{words[len(wanted)]}” is one word too many."
