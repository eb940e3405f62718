"""Sheets of paper: their sizes and margin, in points."""

from typing import NamedTuple


class Sheet(NamedTuple):
    """The size of a sheet, upright."""

    width: float
    height: float


SHEETS = {"letter": Sheet(612.0, 792.0), "a4": Sheet(595.28, 841.89)}
LETTER = SHEETS["letter"]
# On every side. Source: APA 7, 2.22.
MARGIN = 72.0
