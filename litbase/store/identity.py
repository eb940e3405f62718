"""Public ids and times: what names a row for ever, wherever the library goes."""

import os
import time


def uuid7() -> str:
    """A new UUID of version 7: its text sorts by the moment it was made.

    Source: RFC 9562, 5.7.
    """
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def now(ago: int = 0) -> str:
    """The present moment in UTC, or so many seconds before it, to the millisecond: `2026-11-23T09:30:00.123Z`."""
    seconds, nanoseconds = divmod(time.time_ns() - ago * 1_000_000_000, 1_000_000_000)
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{moment}.{nanoseconds // 1_000_000:03d}Z"
