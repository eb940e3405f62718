"""Sentence case with the word lists that ship with litbase and the user's own, which outranks them."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from litbase import bundled, config
from litbase.domain import titles
from litbase.domain.text import clean_line, fold
from litbase.errors import BadInput

from . import saving


def sentence_case(title: str, evidence: str = "") -> titles.Cased:
    """A title in APA's sentence case, and the words whose case was a guess.

    `evidence` is other text of the same work, an abstract: how it writes a word outranks the lists.
    """
    return titles.sentence_case(title, words(), evidence)


@cache
def words() -> titles.Words:
    """The word lists, read once a run, the user's own among them."""
    return titles.Words.of({**bundled.word_lists(), "own": own_words()})


def words_path() -> Path:
    """The file of the user's own words: `words.txt` beside the settings."""
    return config.config_path().with_name("words.txt")


def own_words() -> list[str]:
    """The words whose case the user has settled, as she writes them; none where there is no list."""
    try:
        lines = words_path().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"cannot read {words_path()}: {error}", "save it as UTF-8, one word a line") from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def add_words(new: Sequence[str]) -> Path:
    """Add words to the user's list, each in the place of another spelling of it; the file written.

    Raises: BadInput for one that holds no letter; LibraryError where the file cannot be written.
    """
    kept = {fold(word): word for word in own_words()}
    for text in new:
        word = clean_line(text)
        if not any(character.isalpha() for character in word) or word.startswith("#"):
            raise BadInput(f"“{word}” is no word", 'litbase config words add Winnicott "Strange Situation"')
        kept[fold(word)] = word
    path = words_path()
    path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    saving.save(path, "\n".join(sorted(kept.values(), key=fold)) + "\n", force=True)
    words.cache_clear()
    return path
