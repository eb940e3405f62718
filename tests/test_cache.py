"""The cache of rendered entries: a list from it is always the list made anew."""

import sqlite3
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from litbase.domain.library import NewSource
from litbase.services import edit, refer
from litbase.store.writer import write

_WORDS = st.text(alphabet=st.sampled_from("abcdé <i>&*_[]().,:'\"—字"), min_size=1, max_size=25).filter(str.strip)
_NAME = st.fixed_dictionaries({"family": _WORDS, "given": st.sampled_from(["Ann", "B. C."])})
_ITEM = st.fixed_dictionaries(
    {"type": st.sampled_from(["book", "article-journal", "chapter", "webpage"]), "title": _WORDS},
    optional={
        "author": st.lists(
            st.fixed_dictionaries({"family": _WORDS, "given": st.sampled_from(["Ann", "B. C."])}), max_size=3
        ),
        "issued": st.integers(1900, 2026).map(lambda year: {"date-parts": [[year]]}),
        "container-title": _WORDS,
        "page": st.sampled_from(["1-9", "e12", "33"]),
        "URL": st.sampled_from(["https://example.org/a", "javascript:x"]),
    },
)
_CHANGE = st.tuples(st.integers(0, 3), st.sampled_from(["title", "volume", "publisher"]), _WORDS)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(items=st.lists(_ITEM, min_size=1, max_size=4), changes=st.lists(_CHANGE, max_size=3))
def test_cached_and_fresh_are_equal(tmp_path_factory, items: list[dict], changes: list[tuple[int, str, str]]) -> None:
    library: Path = tmp_path_factory.mktemp("cache") / "library.db"
    with write(library, "test") as writer:
        keys = [writer.add_source(NewSource(item, f"key{number}")) for number, item in enumerate(items)]
    refer.refs(library, (), None)
    for place, field, value in changes:
        edit.apply(library, keys[place % len(keys)], {field: value})
    for form in ("text", "html"):
        filled = refer.refs(library, (), None, form=form).text
        cached = refer.refs(library, (), None, form=form).text
        connection = sqlite3.connect(library)
        connection.execute("DELETE FROM entry")
        connection.commit()
        connection.close()
        assert filled == cached == refer.refs(library, (), None, form=form).text


def test_a_list_from_the_cache_loads_no_engine(tmp_path: Path, monkeypatch) -> None:
    from litbase.csl import Style

    library = tmp_path / "library.db"
    with write(library, "test") as writer:
        writer.add_source(NewSource({"type": "book", "title": "A"}, "a_nd"))
    made = refer.refs(library, (), None).text
    monkeypatch.setattr(Style, "entries", lambda *_: (_ for _ in ()).throw(AssertionError("rendered anew")))
    assert refer.refs(library, (), None).text == made
