"""`config …` and `completion`: what a person sets up once."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from litbase.errors import BadInput, NotFound, UsageError

from . import console
from .command import Argument, Json, Option

_Name = Annotated[str, Argument("The setting: mailto or paper.", "NAME")]


def list_(*, json: Json = False) -> int:
    """List your settings.

    Examples:
      litbase config list
    """
    from litbase import config

    found = config.settings()
    if json:
        console.emit({"schema": "litbase.config/1", "settings": found})
        return 0
    for name, value in found.items():
        console.line(f"{name} = {value}")
    if not found:
        console.say(f"nothing is set; {', '.join(config.KNOWN)} can be")
    return 0


def get(name: _Name) -> int:
    """Print one setting; exit code 3 where it is not set.

    Examples:
      litbase config set mailto me@example.org && litbase config get mailto
    """
    from litbase import config

    _known(name)
    found = config.settings().get(name)
    if found is None:
        raise NotFound(f"{name} is not set", f"litbase config set {name} VALUE")
    console.raw(str(found))
    return 0


def set_(name: _Name, value: Annotated[str, Argument("Its new value.", "VALUE")]) -> int:
    """Change a setting.

    `mailto` is your address: it goes to Crossref, Open Library and PubMed with what you ask them, and to
    nobody else. `paper` is what docx, rtf and pdf are set for: letter, as long as nothing is set, or a4.

    Examples:
      litbase config set mailto me@example.org
      litbase config set paper a4
    """
    from litbase import config

    _known(name)
    path = config.save(name, value)
    console.say(f"{name} set in {path}")
    return 0


def path() -> int:
    """Print where the settings are kept; your own styles and words lie beside them.

    Examples:
      litbase config path
    """
    from litbase import config

    console.raw(str(config.config_path()))
    return 0


def _known(name: str) -> None:
    from litbase import config

    if name not in config.KNOWN:
        raise BadInput(f"there is no setting “{name}”", f"one of {', '.join(config.KNOWN)}")


def words_add(
    words: Annotated[Sequence[str], Argument("Words or names, with the capitals they keep.", "WORD...")],
) -> int:
    """Settle how words are written in titles, for good: your own list outranks litbase's.

    A word in small letters is one that loses its capital.

    Examples:
      litbase config words add Winnicott "Moments of Meeting Group"
      litbase config words add relational
    """
    from litbase.services import titling

    path = titling.add_words(words)
    console.say(f"{', '.join(words)} kept in {path}; litbase clean --all applies {'it' if len(words) == 1 else 'them'}")
    return 0


def words_list(*, json: Json = False) -> int:
    """List the words whose case you have settled.

    Examples:
      litbase config words list
    """
    from litbase.services import titling

    own = titling.own_words()
    if json:
        console.emit({"schema": "litbase.words/1", "words": own})
        return 0
    for word in own:
        console.raw(word)
    return 0


def completion(
    shell: Annotated[str, Argument("bash, zsh or fish; your own where none is named.", "[SHELL]")] = "",
    *,
    show: Annotated[bool, Option(("--show",), "Print the script instead of installing it.")] = False,
) -> int:
    """Install completion of commands, citekeys and concepts for your shell.

    Examples:
      litbase completion
      litbase completion zsh --show
    """
    from . import full

    wanted = shell or Path(os.environ.get("SHELL", "")).name
    if wanted not in ("bash", "zsh", "fish"):
        raise UsageError(f"there is no completion for “{wanted}”", "bash, zsh or fish")
    return full.install_completion(wanted, show)
