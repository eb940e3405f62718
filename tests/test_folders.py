"""Where litbase's files are on Linux: found without platformdirs, and found where it finds them."""

import sys

import platformdirs
import pytest

from litbase import config

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="folders by environment variables are Linux's")


@pytest.mark.parametrize("kind", ["data", "config"])
@pytest.mark.parametrize("chosen", [None, "", "  ", "/srv/her files", "/srv/", "relative"])
def test_they_are_platformdirs(kind: str, chosen: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/someone")
    for name in ("LITBASE_LIBRARY", "LITBASE_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    if chosen is not None:
        monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", chosen)
    found = {"data": config.library_place, "config": config.config_path}[kind]().parent
    assert found == getattr(platformdirs, f"user_{kind}_path")("litbase", appauthor=False)
