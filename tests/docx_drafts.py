"""Making docx drafts out of text: a line a paragraph, so that both count alike.

`# ` makes a heading, `- ` a list item, `| ` a row of a table (which is no paragraph of its own), asterisks
make italics.
"""

import re
from pathlib import Path


def make(text: str, path: Path) -> None:
    """Write a text as a docx."""
    from docx import Document

    made = Document()
    table = None
    for line in text.splitlines():
        if line.startswith("| "):
            cells = [cell.strip() for cell in line[2:].split("|")]
            table = table if table is not None else made.add_table(0, len(cells))
            for cell, words in zip(table.add_row().cells, cells, strict=True):
                cell.text = words
            continue
        table = None
        heading = re.match(r"(#+) ", line)
        if heading:
            made.add_heading(line[heading.end() :], len(heading[1]))
            continue
        item = line.startswith("- ")
        paragraph = made.add_paragraph(style="List Bullet" if item else None)
        for number, run in enumerate(re.split(r"\*", line.removeprefix("- ") if item else line)):
            paragraph.add_run(run).italic = bool(number % 2)
    made.save(str(path))
