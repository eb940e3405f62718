"""The doctor: is the library whole, safe where it lies, and fit to make entries of?

It tells and changes nothing. `fix` mends what can be made again, on a copy that takes the library's place
only when it is found whole.
"""

from collections.abc import Iterator
from itertools import chain
from json import loads
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from litbase import bundled, config, match, stages
from litbase.apa.needs import may_lack, missing
from litbase.domain.kinds import shown
from litbase.domain.library import Source
from litbase.domain.likeness import compare
from litbase.domain.traits import Traits, traits
from litbase.errors import Damaged, LibraryError
from litbase.place import Place, Server
from litbase.store import backups, checking, files, surroundings, verdicts
from litbase.store.postgres import checking as server_checking
from litbase.store.reader import Reader

_BACKUP_DAYS = 7
_ADMINISTRATOR = "tell the server's administrator"
# For each kind of flaw on a server: the code, what to do, and whether `fix` mends it.
_ON_A_SERVER = {
    "open": ("open", "keep no private notes there until the owner has put it right: litbase share init --sql", False),
    "rules": ("rules", _ADMINISTRATOR, False),
    "index": ("index", "litbase doctor --fix makes it anew", True),
    "derived": ("stale", "litbase doctor --fix makes it anew", True),
    "unsafe": ("unsafe", _ADMINISTRATOR, False),
    "alone": ("alone", "should the machine die, what is in the server's last backup is left", False),
}
_CODES = {"integrity": "damaged", "orphans": "orphans", "index": "index", "derived": "stale"}


Severity: TypeAlias = Literal["error", "hint"]


class Finding(NamedTuple):
    """A code that stays, a sentence, what to do, what it is about, and whether `fix` mends it.

    A hint tells of what is lawful and perhaps not meant; errors alone make a library one to see to.
    """

    code: str
    message: str
    hint: str
    about: tuple[str, ...] = ()
    fixable: bool = False
    severity: Severity = "error"


class Fixed(NamedTuple):
    """What `fix` has mended, what is left, and where the library is kept as it was (None where it was not replaced)."""

    mended: list[Finding]
    left: list[Finding]
    aside: Path | None


def examine(library: Place) -> list[Finding]:
    """All there is to tell about a library, the gravest first, hints last.

    Raises: NotFound where there is none; Newer for one that a newer litbase wrote.
    """
    if isinstance(library, Server):
        found = [*_server_flaws(library), *_sources(library)]  # its administrator's programs look after the rest
        return sorted(found, key=lambda one: one.severity == "hint")
    try:
        if files.schema_of(library) is None:
            raise files.missing(library)
        with Reader(library):
            pass  # an older library is brought up to date, a newer one refused
        inside = [*_flaws(library)]
        works = [] if any(one.code == "damaged" for one in inside) else [*_sources(library)]
    except Damaged as error:
        inside, works = [Finding("damaged", error.message, error.hint)], []
    found = [*inside, *_backups(library), *_surroundings(library), *works]
    return sorted(found, key=lambda one: one.severity == "hint")


def fix(library: Place) -> Fixed:
    """Mend what can be: rights, leftovers, and what is made from something else, on a copy first.

    Raises: NotFound; Locked; LibraryError.
    """
    found = examine(library)
    if isinstance(library, Server):
        if any(one.fixable for one in found):
            server_checking.mend(library)
        return _told(found, examine(library), None)
    for path, mode in surroundings.readable_by_others(library, config.config_path()):
        path.chmod(mode)
    for path in surroundings.leftovers(library):
        path.unlink(missing_ok=True)
    aside = None
    if any(one.fixable and one.code in _CODES.values() for one in found):
        aside = backups.put(library, lambda temporary: _mended_copy(library, temporary))
    return _told(found, examine(library), aside)


def _told(found: list[Finding], left: list[Finding], aside: Path | None) -> Fixed:
    codes = {(one.code, one.message) for one in left}
    return Fixed([one for one in found if (one.code, one.message) not in codes], left, aside)


def _mended_copy(library: Path, temporary: Path) -> None:
    backups.copy(library, temporary)
    checking.mend(temporary)
    still = checking.flaws(temporary)
    if still:
        raise LibraryError(f"this cannot be mended: {still[0].message}", backups.restorable(library))


def _flaws(library: Path) -> Iterator[Finding]:
    for flaw in checking.flaws(library):
        if flaw.kind == "integrity":
            # Where only an index is broken a copy passes, and can be mended; else a backup is needed.
            hint = f"litbase doctor --fix tries to mend it on a copy; {backups.restorable(library)}"
        else:
            hint = "litbase doctor --fix makes it anew, on a copy first"
        yield Finding(_CODES[flaw.kind], flaw.message, hint, flaw.about, True)


def _server_flaws(library: Server) -> Iterator[Finding]:
    for flaw in server_checking.flaws(library):
        code, hint, fixable = _ON_A_SERVER[flaw.kind]
        lawful: Severity = "hint" if flaw.kind == "alone" else "error"
        yield Finding(code, flaw.message, hint, flaw.about, fixable, lawful)


def _backups(library: Path) -> Iterator[Finding]:
    for one in backups.made(library)[:1]:
        trouble = verdicts.verify(one.path).trouble
        if trouble:
            yield Finding("backup", f"the newest backup is no good: {trouble}", "litbase backup", (str(one.path),))
    if backups.overdue(library, _BACKUP_DAYS):
        message = f"the library has changed and there is no backup of the last {_BACKUP_DAYS} days"
        yield Finding("backup", message, "litbase backup; if that fails it says why")


def _surroundings(library: Path) -> Iterator[Finding]:
    program, network = surroundings.synchronised(library), surroundings.network(library)
    if program:
        message = f"{program} copies the folder {library.parent} while litbase writes: a library can be damaged by that"
        yield Finding("synchronised", message, "keep the library elsewhere, and let the backups be copied")
    if network:
        message = f"the library lies on a network drive ({network}), whose locks cannot be relied on"
        yield Finding("network", message, "keep the library on a disk of this machine")
    if surroundings.writable_by_others(library):
        yield Finding("rights", f"others may change what is in {library.parent}", f"chmod go-w {library.parent}")
    for path, mode in surroundings.readable_by_others(library, config.config_path()):
        yield Finding("rights", f"others may read {path}", f"litbase doctor --fix sets {mode:o}", (str(path),), True)
    left = tuple(str(path) for path in surroundings.leftovers(library))
    if left:
        yield Finding("leftover", f"{len(left)} temporary files are left over", "doctor --fix removes them", left, True)
    unsaved = tuple(str(path) for path in surroundings.unsaved(library))
    if unsaved:
        message = f"{len(unsaved)} texts from the editor were not kept, and are nowhere else"
        yield Finding("unsaved", message, "read them, keep what you need, and delete the files", unsaved)


def _sources(library: Place) -> Iterator[Finding]:
    """What entries are made of, a source at a time: a library may be larger than the memory there is."""
    shelf = {str(one.item["DOI"]).lower(): traits(one.item) for one in bundled.shelf() if one.item.get("DOI")}
    nameless: list[Finding] = []
    with Reader(library) as reader:
        unheld = {doi: known for doi, known in shelf.items() if reader.source_by_doi(doi) is None}
        with stages.stage("reading the sources", reader.count()) as done:
            for number, source in enumerate(chain.from_iterable(reader.by_citekey()), 1):
                yield from _incomplete(source)
                nameless += _known_to_the_shelf(source, unheld)
                done(number)
    yield from nameless


def _incomplete(source: Source) -> Iterator[Finding]:
    item = loads(source.item)
    lacks = missing(item)
    if lacks:
        message = f"{source.citekey} ({shown(source.type)}) has no {', no '.join(lacks)}"
        hint = f"litbase edit {source.citekey}, if the work has {'it' if len(lacks) == 1 else 'them'}"
        lawful: Severity = "hint" if all(may_lack(item, one) for one in lacks) else "error"
        yield Finding("incomplete", message, hint, (source.citekey,), severity=lawful)


def _known_to_the_shelf(source: Source, unheld: dict[str, Traits]) -> Iterator[Finding]:
    if source.doi is not None:
        return
    own = traits(loads(source.item))
    for doi, known in unheld.items():
        if compare(own, known, match.ratio).verdict == "same":
            message = f"{source.citekey} has no DOI; the shelf knows it as {doi}"
            hint = f"litbase edit {source.citekey} --set doi={doi}"
            yield Finding("doi", message, hint, (source.citekey,), severity="hint")
