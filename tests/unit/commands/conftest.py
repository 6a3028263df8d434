"""One migrated home per session, a copy of it for each person at a terminal."""

import pytest

from tests.api.office import build_blank
from tests.unit.commands.terminal import Terminal, make_terminal


@pytest.fixture(scope="session")
def blank_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("blank")
    build_blank(home)
    return home


@pytest.fixture
def terminal(tmp_path, blank_home, monkeypatch) -> Terminal:
    """Someone with an empty desk."""
    return make_terminal(tmp_path, blank_home, monkeypatch)
