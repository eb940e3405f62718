"""Corrections of an item's data before the engine, each with its section of the Publication Manual."""

from collections.abc import Mapping
from typing import Any


def corrected(item: Mapping[str, Any], letter: str) -> tuple[dict[str, Any], str]:
    return dict(item), letter
