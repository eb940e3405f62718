"""Export and restore: everything comes back as it was, and nothing private leaves unasked."""

from pathlib import Path

import random_library
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litbase.services import exporting, restoring
from litbase.services.exporting import Wanted

seeds = st.integers(0, 10_000)
quick = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def place(tmp_path: Path, seed: int, name: str) -> Path:
    return tmp_path / f"{seed}-{len(list(tmp_path.iterdir()))}-{name}" / "library.db"


@given(seed=seeds)
@quick
def test_a_whole_export_restores_every_table(tmp_path: Path, seed: int) -> None:
    library, other = place(tmp_path, seed, "a"), place(tmp_path, seed, "b")
    random_library.build(library, seed)
    file = library.with_name("all.jsonl")
    exporting.save(library, Wanted(notes="all"), "jsonl", file)
    assert restoring.restore(other, file).whole
    before, after = random_library.tables(library), random_library.tables(other)
    assert before.keys() == after.keys()
    for table in before:
        assert after[table] == before[table], table
    # And once more: the export of what was restored is the same, byte for byte.
    exporting.save(other, Wanted(notes="all"), "jsonl", other.with_name("all.jsonl"))
    assert other.with_name("all.jsonl").read_bytes() == file.read_bytes()


@given(seed=seeds)
@quick
def test_a_folder_with_a_file_a_source_restores_every_table(tmp_path: Path, seed: int) -> None:
    library, other = place(tmp_path, seed, "a"), place(tmp_path, seed, "b")
    random_library.build(library, seed, steps=15)
    folder = library.with_name("split")
    exporting.split(library, Wanted(notes="all"), folder)
    assert restoring.is_export(folder)
    restoring.restore(other, folder)
    assert random_library.tables(other) == random_library.tables(library)


@given(seed=seeds, notes=st.sampled_from(["none", "public"]), form=st.sampled_from(exporting.FORMATS))
@quick
def test_private_words_leave_only_when_asked_for(tmp_path: Path, seed: int, notes: str, form: str) -> None:
    library = place(tmp_path, seed, "a")
    random_library.build(library, seed)
    text = "".join(exporting.pieces(library, Wanted(notes=notes), form))  # type: ignore[arg-type]
    assert random_library.CANARY not in text
    exporting.split(library, Wanted(notes=notes), library.with_name("split"))  # type: ignore[arg-type]
    written = [path.read_text(encoding="utf-8") for path in library.with_name("split").rglob("*") if path.is_file()]
    assert not any(random_library.CANARY in one for one in written)
