"""Sentence case for titles, as APA 7 has it: the whole story, told by the rooms in casing/.

A title is cut into words; phrases and patterns claim the names they know; the form the title
came in is recognised; then each word left is decided alone. What begins a title, a subtitle
or a sentence gets its capital. A title that is in sentence case already is left as it is.

Source: APA 7, 6.17 (sentence case), 6.13-6.20 (what is capitalised), 5.7 (racial and ethnic groups).
"""

from typing import NamedTuple

from litbase.domain.casing import evidence as evidences
from litbase.domain.casing.form import Form, form_of, is_joint
from litbase.domain.casing.lexicon import Words
from litbase.domain.casing.patterns import claim_patterns
from litbase.domain.casing.phrases import Claims, claim_phrases
from litbase.domain.casing.single import choose
from litbase.domain.casing.tokens import Tokens, cut, join

__all__ = ["Cased", "Form", "Words", "sentence_case"]


class Cased(NamedTuple):
    """A title in sentence case, the form it came in, and the words whose case was a guess."""

    text: str
    form: Form
    unsure: tuple[str, ...]


def sentence_case(title: str, words: Words, evidence: str = "") -> Cased:
    """A title in APA's sentence case, with the words it was unsure of, as written, each once.

    The title may hold CSL's inline tags, which are kept; what stands in a nocase span is not
    touched. `evidence` is running text of the same work, its abstract for one: the case a word
    has there amid a sentence outranks the word lists, but not the user's own words.

    Source: APA 7, 6.17.
    """
    tokens = cut(title)
    if not tokens.words:
        return Cased(title, "short", ())
    claimed: Claims = [None] * len(tokens.words)
    claim_phrases(tokens, words.own_phrases, words, claimed)
    claim_phrases(tokens, words.phrases, words, claimed)
    claim_phrases(tokens, words.works, words, claimed, amid=True)
    forms = form_of(tokens, claimed, words.names)
    form = _overall(forms)
    if form == "sentence" and not words.own:
        return Cased(join(_with_starts(tokens, list(tokens.words), forms), tokens.gaps), form, ())
    shown = evidences.read(evidence, words)
    claim_phrases(tokens, shown.runs, words, claimed)
    claim_patterns(tokens, words, claimed)
    out, unsure = _decide(tokens, forms, claimed, words, shown)
    gaps = [gap.replace("'S", "'s").replace("’S", "’s") for gap in tokens.gaps] if form == "capitals" else tokens.gaps
    return Cased(join(_with_starts(tokens, out, forms), gaps), form, tuple(dict.fromkeys(unsure)))


def _overall(forms: list[Form]) -> Form:
    first = forms[0]
    return first if all(form == first for form in forms) else "mixed"


def _decide(
    tokens: Tokens, forms: list[Form], claimed: Claims, words: Words, shown: evidences.Evidence
) -> tuple[list[str], list[str]]:
    """The words of a title as they are to be written, sentence starts apart; and those that were guesses."""
    out: list[str] = []
    guesses: list[int] = []
    for index, (word, lower, claim) in enumerate(zip(tokens.words, tokens.lowers, claimed, strict=True)):
        form = forms[index]
        if index in tokens.kept:
            out.append(word)
        elif lower in words.own:
            out.append(words.own[lower])
        elif form == "sentence":
            out.append(word)
        elif claim is not None:
            out.append(claim)
        elif words.is_plain(lower) and lower not in shown.names and (form == "capitals" or word[1:].islower()):
            out.append(lower)
        else:
            choice = choose(tokens, index, form, words, shown)
            out.append(choice.text)
            if choice.guessed:
                guesses.append(index)
    letters = [index for index, word in enumerate(tokens.words) if len(word) == 1]
    if len(guesses) > 2 and 2 * len(guesses) > len(out) - len(letters):
        # Not English, then: most of its words are no names.
        for index in guesses + letters:
            out[index] = tokens.lowers[index]
    out = [_with_apostrophe(text, word) for text, word in zip(out, tokens.words, strict=True)]
    return out, [out[index] for index in guesses if not tokens.starts[index]]


def _with_apostrophe(text: str, word: str) -> str:
    """A word with the apostrophes it came with, straight or curly."""
    if "'" not in text and "’" not in text:
        return text
    return "".join(came if came in "'’" else letter for letter, came in zip(text, word, strict=True))


def _with_starts(tokens: Tokens, out: list[str], forms: list[Form]) -> list[str]:
    """The words with a capital wherever a title, subtitle or sentence begins."""
    for index, start in enumerate(tokens.starts):
        if start and index not in tokens.kept and _may_rise(tokens, out, index):
            if forms[index] == "sentence" and index and not _surely_begins(tokens, index):
                continue
            out[index] = out[index][0].upper() + out[index][1:]
    return out


def _may_rise(tokens: Tokens, out: list[str], index: int) -> bool:
    """Whether a sentence's first word takes a capital: not iPhone, mRNA, p-values, β-blockers or d.js."""
    word = out[index]
    first = word[0]
    if not word.islower() or first.upper().lower() != first or "Ͱ" <= first <= "Ͽ":
        return False
    if tokens.words[index][0].isupper():
        return True
    after = tokens.gaps[index + 1]
    return after != "." and (len(word) > 1 or not is_joint(after))


def _surely_begins(tokens: Tokens, index: int) -> bool:
    """Whether a sentence begins at a word even though whoever wrote the title in sentence case left it small.

    A colon, a question or an exclamation says so, and a dash if it is the only one: two are a
    parenthesis. A full stop may belong to an abbreviation, and a hyphen to a compound.
    """
    gap = tokens.gaps[index]
    if any(mark in gap for mark in ":?!"):
        return True
    return any(dash in gap for dash in "—–") and sum("—" in near or " – " in near for near in tokens.gaps) == 1
