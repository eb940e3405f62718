"""Languages as library catalogues code them, in the codes CSL takes.

Source: ISO 639-2/B (MARC's codes) and ISO 639-1; CSL 1.0.2, `language`.
"""

_CODES = {
    "chi": "zh", "cze": "cs", "dan": "da", "dut": "nl", "eng": "en", "fin": "fi", "fre": "fr", "ger": "de",
    "gre": "el", "heb": "he", "hun": "hu", "ita": "it", "jpn": "ja", "kor": "ko", "lat": "la", "nor": "no",
    "per": "fa", "pol": "pl", "por": "pt", "rus": "ru", "spa": "es", "swe": "sv", "tur": "tr", "ukr": "uk",
}  # fmt: skip


def two_letters(code: str) -> str:
    """The code of two letters for a catalogue's of three; empty for one that is not known here."""
    return _CODES.get(code.lower(), "")
