"""The finished entries of the shelf that ship with it: `make shelf` writes them, a test holds them to the engine's."""

import json
from pathlib import Path

from litbase import bundled, csl
from litbase.domain import inline
from litbase.store.sources import columns

FILE = Path(__file__).parent.parent / "data" / "shelf_apa.jsonl"


def lines() -> list[str]:
    """One line a work of the shelf, in the shelf's order."""
    works = [{**source.item, "id": source.citekey} for source in bundled.shelf()]
    rows = [
        {"digest": columns(work, work["id"])["digest"], "inlines": inline.to_json(entry.inlines)}
        for work, entry in zip(works, csl.open_style("apa").entries(works), strict=True)
    ]
    return [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows]


if __name__ == "__main__":
    FILE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
