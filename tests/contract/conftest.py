"""Databases for the suites that hold on both engines."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from addon_backend.store.engine import make_engine
from addon_backend.store.migrations import migrate
from tests.contract.world import World


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables, on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'addon.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def database_url(empty_url: str) -> str:
    """The address of a migrated database that holds nothing, on each engine."""
    migrate(empty_url)
    return empty_url


@pytest.fixture
def engine(database_url: str):
    """An engine over an empty, migrated database."""
    engine = make_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def world(engine: Engine) -> World:
    """A store, and short words for what tests set up in it."""
    return World(engine)
