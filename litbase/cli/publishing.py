"""`site`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from . import console, session
from .command import Argument, DryRun, Json, Option

if TYPE_CHECKING:
    from litbase.services.site import Read


def site(
    folder: Annotated[str, Argument("The folder to put the page in.", "DIR", "files")],
    *,
    title: Annotated[str, Option(("--title",), "The page's title.", "TEXT")] = "Reading list",
    about: Annotated[str, Option(("--about",), "A few words of your own under the title.", "TEXT")] = "",
    concept: Annotated[
        Sequence[str], Option(("--concept", "-c"), "Only sources under this concept.", "CONCEPT", "concepts")
    ] = (),
    search: Annotated[str, Option(("--search",), "Only sources that this search finds.", "WORDS")] = "",
    all_sources: Annotated[bool, Option(("--all-sources",), "Sources without a public note too.")] = False,
    force: Annotated[bool, Option(("--force",), "Write over a page that is not litbase's, or was changed.")] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> int:
    """Write a reading list for your blog's resources page: one HTML page, DIR/index.html.

    Public are sources with a public note or a line in plain words, their APA references and their
    concepts with what these mean and are also called. Private notes never are. --dry-run shows which sources these are.

    The page can be searched and narrowed by concept wherever it lies: on a server, or as a file. It
    needs no network and no other file, and can be read without a script and printed. A link to a
    concept's works ends in #concept-repair. The same command brings the page up to date; other
    files in the folder are left alone.

    Examples:
      litbase site resources --all-sources
      litbase note add deyoung2015 --public "A first book." && litbase site resources --title "Further reading"
      litbase site repair --concept repair --all-sources --about "What I read on repair."
    """
    from litbase.services import site as service
    from litbase.services.search import Question

    question = Question(search, tuple(concept)) if search or concept else None
    made = service.read(session.current.library, service.Wanted(title, about, question, all_sources))
    path = Path(folder)
    if made.keys:
        changed = not dry_run and service.write(made, path, force)
        _tell(made, path / service.PAGE, changed, dry_run, json)
    elif json:
        console.emit(_json(made, path / service.PAGE, False))
    for remark in made.remarks:
        console.warn(remark)
    if made.keys:
        return 0
    console.say("nothing is public; litbase note add KEY --public makes a source so, or --all-sources")
    if service.stands(path):
        console.warn(f"{path / service.PAGE} still shows what it showed before")
    return 1


def _tell(made: "Read", page: Path, changed: bool, dry_run: bool, json: bool) -> None:
    if json:
        console.emit(_json(made, page, changed))
        return
    if dry_run:
        console.rows(
            (
                (
                    console.Piece(work.id, "bold cyan"),
                    _counted(len(work.kept), "public note"),
                    _named(made, work.concepts),
                )
                for work in made.site.works
            ),
            flexible=2,
        )
    numbers = (
        f"{_counted(len(made.keys), 'work')}, {_counted(made.notes, 'public note')}, "
        f"{_counted(len(made.site.concepts), 'concept')}"
    )
    console.say(f"{'would write' if dry_run else 'wrote' if changed else 'nothing new in'} {page}: {numbers}")


def _named(made: "Read", numbers: Sequence[int]) -> str:
    return ", ".join(made.site.concepts[number].name for number in numbers)


def _counted(count: int, one: str) -> str:
    return f"{count:,} {one if count == 1 else one + 's'}"


def _json(made: "Read", page: Path, changed: bool) -> dict[str, object]:
    return {
        "schema": "litbase.site/1",
        "file": str(page),
        "changed": changed,
        "keys": list(made.keys),
        "public_notes": made.notes,
        "concepts": [concept.name for concept in made.site.concepts],
    }
