"""The starter shelf taken over, and the page to write from."""

from collections.abc import Callable

from conftest import Ran

from litbase import bundled

Run = Callable[..., Ran]


def test_the_whole_shelf_comes_with_concepts_and_plain_words(run: Run) -> None:
    assert run("shelf", "add", "--all").code == 0
    listed = {one["citekey"]: one for one in run("list", "--json").json["sources"]}
    for one in bundled.shelf():
        assert listed[one.citekey]["concepts"] == sorted(one.concepts, key=str.casefold)
        assert listed[one.citekey]["item"] == {**one.item, "id": one.citekey}
    assert run("shelf", "list", "--keys").lines == [one.citekey for one in bundled.shelf()]
    again = run("shelf", "add", "--all", "--json").json
    assert (again["added"], len(again["present"])) == ([], len(listed))


def test_one_undo_takes_the_shelf_back(run: Run) -> None:
    run("shelf", "add", "bowlby1969", "benjamin2004")
    assert run("undo").code == 0
    assert run("list").out == ""


def test_a_misspelt_key_gets_the_nearest(run: Run) -> None:
    shown = run("shelf", "add", "bowlby1996")
    assert shown.code == 3
    assert "bowlby1969" in shown.err
    assert run("shelf", "add").code == 2


def test_a_page_has_quotations_first_with_their_citations(shelf: Run) -> None:
    shelf("note", "add", "tronick1989", "--quote", "--page", "113", "Made up.")
    shown = shelf("concept", "show", "repair", "--notes", "--json").json
    entry = next(one for one in shown["entries"] if one["citekey"] == "tronick1989")
    assert (entry["parenthetical"], entry["narrative"]) == ("(Tronick, 1989)", "Tronick (1989)")
    assert [(kept["kind"], kept["citation"]) for kept in entry["kept"]] == [
        ("quotation", "(Tronick, 1989, p. 113)"),
        ("note", ""),
    ]
    text = shelf("search", "author:tronick", "--notes").out
    assert "“Made up.” (Tronick, 1989, p. 113)" in text
    assert "p. 112: The still face, and what mends it." in text


def test_a_page_as_markdown_is_inert(shelf: Run) -> None:
    shelf("note", "add", "tronick1989", "*Not* [a link](javascript:x) <b>")
    text = shelf("search", "author:tronick", "--notes", "--format", "md").out
    assert "\\*Not\\* \\[a link\\](javascript:x) \\<b" in text


def test_a_narrow_shelf_says_so(run: Run) -> None:
    run("shelf", "add", "benjamin2004", "benjamin2012", "benjamin2018", "aron1996")
    assert (
        run("concept", "show", "intersubjectivity", "--notes")
        .lines[0]
        .endswith("4 sources, 1996 to 2018, 3 by Benjamin")
    )
