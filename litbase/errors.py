"""Every way litbase can fail, with the exit code and the word each has.

    LitbaseError                      a fact and a hint; exit code 70 is kept for our own bugs
    ├── UsageError           2  usage         the command line does not make sense
    ├── NotFound             3  not-found     no such source, concept, note or DOI
    ├── ProviderError        4  provider      Crossref or the network
    │   ├── Offline          4  offline       no connection could be made
    │   ├── TimedOut         4  timed-out     no whole answer within the deadline
    │   ├── Limited          4  limited       asked to wait longer than litbase waits
    │   └── Unreadable       4  unreadable    an answer that is not what the API promises
    ├── BadInput             5  bad-input     a malformed DOI, file, field or citation
    │   └── BadRecord        5  bad-record    a record that cannot become a source
    └── LibraryError         6  library       the library file
        ├── Locked           6  locked        another litbase is writing
        ├── Newer            6  newer         written by a newer litbase
        ├── Damaged          6  damaged       not a library, or a broken one
        └── ReadOnly         6  read-only     may not or cannot be written

Messages state facts and never hold a note's text. The hint says what to do next.
"""

from typing import ClassVar


class LitbaseError(Exception):
    """A failure the user can understand: one line of facts, one of advice."""

    exit_code: ClassVar[int] = 70
    code: ClassVar[str] = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(LitbaseError):
    """The command line does not make sense."""

    exit_code = 2
    code = "usage"


class NotFound(LitbaseError):
    """Nothing goes by that citekey, concept, note or DOI."""

    exit_code = 3
    code = "not-found"


class ProviderError(LitbaseError):
    """A provider of metadata, or the network on the way to it, failed."""

    exit_code = 4
    code = "provider"


class Offline(ProviderError):
    """No connection could be made."""

    code = "offline"


class TimedOut(ProviderError):
    """No whole answer came within the deadline."""

    code = "timed-out"


class Limited(ProviderError):
    """The provider asks for a longer wait than litbase is willing to make."""

    code = "limited"


class Unreadable(ProviderError):
    """The answer is not what the provider's API promises."""

    code = "unreadable"


class BadInput(LitbaseError):
    """Something given to litbase cannot be read as what it should be."""

    exit_code = 5
    code = "bad-input"


class BadRecord(BadInput):
    """A record was fetched or read, but it cannot become a source."""

    code = "bad-record"


class LibraryError(LitbaseError):
    """The library file cannot be used as asked."""

    exit_code = 6
    code = "library"


class Locked(LibraryError):
    """Another litbase has been writing for longer than litbase waits."""

    code = "locked"


class Newer(LibraryError):
    """The library was written by a newer litbase."""

    code = "newer"


class Damaged(LibraryError):
    """The file is not a litbase library, or it is a broken one."""

    code = "damaged"


class ReadOnly(LibraryError):
    """The library or its folder cannot be written."""

    code = "read-only"
