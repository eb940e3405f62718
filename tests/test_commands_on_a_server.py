"""The tests of commands once more, the same ones, with the library on a server: no command knows the difference."""

import pytest
from test_export import *  # noqa: F403
from test_merge import *  # noqa: F403

from litbase.place import Server


@pytest.fixture(autouse=True)
def on_a_server(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that every command finds."""
    monkeypatch.setenv("LITBASE_LIBRARY", server.address)
    monkeypatch.setenv("XDG_DATA_HOME", str(server.folder))


@pytest.fixture
def library(server: Server) -> Server:
    return server
