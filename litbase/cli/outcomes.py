"""What became of works that were to be kept, in words: `add` and `import` say it alike."""

from collections import Counter
from collections.abc import Iterable, Mapping

from litbase.domain.library import Status

WORDS: dict[Status, str] = {
    "added": "added",
    "would add": "would be added",
    "present": "already there",
    "restored": "restored from the bin",
    "refused": "refused",
}


def count(statuses: Iterable[Status] | Mapping[Status, int]) -> str:
    """How many of each: `3 added, 1 already there`."""
    counts = Counter(statuses)
    return ", ".join(f"{counts[status]:,} {words}" for status, words in WORDS.items() if counts[status]) or "0 added"
