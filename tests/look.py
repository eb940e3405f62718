"""Every output of the starter shelf, its reading list and a draft as files, and as pictures where a program takes them.

    python tests/look.py [FOLDER]

Chromium takes the web pages (desktop, phone, dark, print), LibreOffice turns docx and rtf into PDF, poppler's pdftoppm
takes each page of a PDF. What is not installed is named and left out.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import browsing

INTRO = """When something goes wrong between two people — in therapy as in life — the mending often matters more than
the break.

You need not read all of this. Take what speaks to you, and bring what you find: https://example.org/contact.
"""
# What the pictures are taken of: the format, the file's ending, further options.
OUTPUTS = (
    ("text", "txt", ()),
    ("md", "md", ()),
    ("html", "html", ("--annotated", "--coins", "--jsonld")),
    ("html-page", "page.html", ("--plain-words", "--title", "Mending what breaks")),
    ("wordpress", "wordpress.html", ()),
    ("docx", "docx", ("--plain-words", "--title", "Mending what breaks")),
    ("rtf", "rtf", ("--plain-words", "--title", "Mending what breaks")),
    ("pdf", "pdf", ("--title", "Mending what breaks")),
    ("pdf", "large.pdf", ("--title", "Mending what breaks", "--large-print")),
    ("csl-json", "json", ()),
    ("bibtex", "bib", ()),
    ("ris", "ris", ()),
)
DRAFT = """---
title: Mending what breaks
---

Mismatch is ordinary [@tronick1989, p. 112; see also @winnicott1960]. @safran2011 show what comes of mending.[^1]

> What matters is that it is said [@stern2004, p. 3].

[^1]: On empathy see @elliott2019.
"""
# The web pages among the files; fragments have neither a dark nor a printed look of their own.
FRAGMENTS = ("shelf.html", "shelf.wordpress.html")
PAGES = ("shelf.page.html", "site/index.html", "draft.html")
VIEWS = (
    ("desktop", 1100, False, ""),
    ("phone", 390, False, ""),
    ("dark", 390, True, ""),
    ("print", 800, False, "print"),
)


def main() -> None:
    """Write the files, then the pictures, into a folder."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/look").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    write(folder)
    pictures = folder / "pictures"
    pictures.mkdir(exist_ok=True)
    web(folder, pictures)
    paper(folder, pictures)
    print(f"look at {pictures}")


def write(folder: Path) -> None:
    """Every format of a library of the whole shelf."""
    with tempfile.TemporaryDirectory() as place:
        words = Path(place, "intro.txt")
        words.write_text(INTRO, encoding="utf-8")
        own = {"LITBASE_LIBRARY": str(Path(place, "library.db")), "LITBASE_CONFIG": str(Path(place, "config.toml"))}
        litbase(own, "shelf", "add", "--all")
        litbase(own, "site", str(folder / "site"), "--about", INTRO, "--force")
        draft = Path(place, "draft.md")
        draft.write_text(DRAFT, encoding="utf-8")
        for ending in ("html", "docx"):
            litbase(own, "build", str(draft), "--output", str(folder / f"draft.{ending}"), "--force")
        for form, ending, options in OUTPUTS:
            intro = ("--intro", str(words)) if "--title" in options else ()
            out = folder / f"shelf.{ending}"
            litbase(own, "refs", "--format", form, *options, *intro, "--output", str(out), "--force")


def litbase(own: dict[str, str], *line: str) -> None:
    """Run litbase on a library of its own."""
    subprocess.run([sys.executable, "-m", "litbase", "--quiet", *line], env={**os.environ, **own}, check=True)


def web(folder: Path, pictures: Path) -> None:
    """Pictures of what a browser shows."""
    if browsing.installed() is None:
        print("no Chromium: no pictures of web pages")
        return
    with tempfile.TemporaryDirectory() as place, browsing.chromium(Path(place)) as page:
        for file in (*FRAGMENTS, *PAGES):
            for name, width, dark, media in VIEWS if file in PAGES else VIEWS[:2]:
                page.open(folder / file, width, dark, media)
                page.picture(pictures / f"{file.removesuffix('.html').replace('/', '.')}-{name}.png")


def paper(folder: Path, pictures: Path) -> None:
    """Pictures of pages."""
    office, poppler = shutil.which("soffice"), shutil.which("pdftoppm")
    if office is None:
        print("no LibreOffice: docx and rtf are not turned into pages")
    for file in ("shelf.docx", "shelf.rtf", "draft.docx") if office else ():
        converted = pictures / f"from-{file}"
        line = [str(office), "--headless", "--convert-to", "pdf", "--outdir", str(converted)]
        quiet = subprocess.DEVNULL
        subprocess.run([*line, str(folder / file)], check=True, stdout=quiet, stderr=quiet, timeout=180)
    if poppler is None:
        print("no pdftoppm: no pictures of pages")
        return
    for pdf in (*folder.glob("*.pdf"), *pictures.glob("from-*/*.pdf")):
        name = pdf.parent.name if pdf.parent != folder else pdf.stem.replace("shelf", "pdf")
        subprocess.run([poppler, "-r", "70", "-png", str(pdf), str(pictures / name)], check=True)


if __name__ == "__main__":
    main()
