"""Numbers in words, for the order of the list: an entry that begins with 50 stands where "fifty" would."""

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}


def spelled(number: int, ordinal: bool = False) -> str:
    """A number below a million as it is said, "two thousand nineteen"; years as years, "nineteen eighty-four".

    Source: APA Style, "How to alphabetize a number" (for 9.44).
    """
    words = _year(number) if 1100 <= number < 2100 and number % 1000 >= 10 else _words(number)
    if not ordinal:
        return words
    head, last = words[: len(words) - len(_last(words))], _last(words)
    return head + _ORDINALS.get(last, last[:-1] + "ieth" if last.endswith("y") else last + "th")


def _last(words: str) -> str:
    return words.replace("-", " ").rsplit(" ", 1)[-1]


def _year(number: int) -> str:
    century, rest = divmod(number, 100)
    if not rest:
        return f"{_below_hundred(century)} hundred"
    return f"{_below_hundred(century)} {'oh ' if rest < 10 else ''}{_below_hundred(rest)}"


def _words(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    parts = [f"{_words(thousands)} thousand"] if thousands else []
    hundreds, ones = divmod(rest, 100)
    if hundreds:
        parts.append(f"{_ONES[hundreds]} hundred")
    if ones or not parts:
        parts.append(_below_hundred(ones))
    return " ".join(parts)


def _below_hundred(number: int) -> str:
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_ONES[ones]}" if ones else "")


def counted(word: str) -> int | None:
    """The number that counts a part of a series: "2", "two" or "II"; None where the word is no number."""
    word = word.lower()
    if word.isascii() and word.isdigit():
        return int(word)
    if word in _ONES:
        return _ONES.index(word)
    return _roman(word)


def _roman(word: str) -> int | None:
    if not word or not set(word) <= _ROMAN.keys():
        return None
    values = [_ROMAN[letter] for letter in word]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
