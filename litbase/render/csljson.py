"""CSL-JSON: the items as they are, nothing lost. Source: CSL-JSON 1.0.2."""

import json
from collections.abc import Sequence

from litbase.domain.item import Item


def listing(items: Sequence[Item]) -> str:
    """The items as an array, one field a line."""
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"
