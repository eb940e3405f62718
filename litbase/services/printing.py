"""What the user prints on."""

from litbase import config
from litbase.domain.sheets import LETTER, SHEETS, Sheet


def sheet() -> Sheet:
    """The paper that is set; US Letter where none is.

    Raises: BadInput where the configuration cannot be read.
    """
    return SHEETS.get(config.setting("paper"), LETTER)
