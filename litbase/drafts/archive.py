"""Before a docx is opened: is it one, and how large would it get?

A zip of a megabyte can open to a gigabyte, and XML with a document type can fetch files or multiply
itself. Both are refused by what the archive says of itself; Python's zipfile reads no member beyond that.
"""

from io import BytesIO

from litbase.errors import BadInput

LARGEST = 80_000_000  # bytes of all parts unpacked
LARGEST_XML = 16_000_000  # bytes of one XML part
MOST_MARKS = 600_000  # tags and attributes of all XML parts: each takes some 170 bytes of memory when it is read
_RATIO = 250  # how many times a part of a megabyte or more may grow
_MEGABYTE = 1_000_000
_PARTS = 5_000
_OLE = b"\xd0\xcf\x11\xe0"
_HINT = "save it again as docx, without its pictures, or as HTML or text"


def is_old_or_locked(content: bytes) -> bool:
    """Whether this is Word's old format, or a docx behind a password: both come in the same wrapping."""
    return content.startswith(_OLE)


def check(content: bytes, name: str) -> None:
    """Refuse what cannot be opened safely.

    Raises: BadInput.
    """
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if "word/document.xml" not in archive.namelist():
                raise BadInput(f"{name} is a zip archive, but no docx", "give a docx, Markdown, HTML or text file")
            if any(part.flag_bits & 1 for part in parts):
                raise BadInput(f"{name} is encrypted", "take its password off and save it again")
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > LARGEST:
                raise BadInput(f"{name} would unpack to more than {LARGEST // _MEGABYTE} MB", _HINT)
            for part in parts:
                is_xml = part.filename.lower().endswith((".xml", ".rels"))
                grown = part.file_size > max(_MEGABYTE, _RATIO * part.compress_size)
                if grown or (is_xml and part.file_size > LARGEST_XML):
                    raise BadInput(f"{name} holds a part that unpacks to {part.file_size // _MEGABYTE} MB", _HINT)
            marks = 0
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    xml = archive.read(part)
                    if _declares(xml):
                        raise BadInput(f"{name} holds XML with a document type, which no docx needs", _HINT)
                    marks += xml.count(b"<") + xml.count(b"=")
                    if marks > MOST_MARKS:
                        raise BadInput(f"{name} holds more than {MOST_MARKS:,} marks of formatting", _HINT)
    except (BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadInput(f"{name} is a damaged docx: {error}", "open it in Word and save it again") from error


def _declares(xml: bytes) -> bool:
    """Whether XML declares a document type or an entity, in whatever Unicode it is written."""
    plain = xml.replace(b"\0", b"")
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain
