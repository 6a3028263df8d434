"""Databases for the suites that hold on both engines."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from addon_backend.store.documents import SqlDocuments
from addon_backend.store.engine import make_engine
from tests.contract.shelf import Shelf
from tests.contract.world import World
from tests.engines.tables import sqlite_with_tables
from tests.fakes.documents import MemoryDocuments


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables, on each engine."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'addon.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database that holds nothing, on each engine."""
    return url_of(request.param, request, tmp_path)


def url_of(engine: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """Return the address of a migrated database that holds nothing, on one engine."""
    if engine == "sqlite":
        return sqlite_with_tables(folder / "addon.db")
    url: str = request.getfixturevalue("migrated_postgres_url")
    return url


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


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def shelf(request: pytest.FixtureRequest, tmp_path):
    """Nothing yet, wherever documents are kept."""
    if request.param == "memory":
        yield Shelf(MemoryDocuments(), "w1", "w2", None)
        return
    engine = make_engine(url_of(request.param, request, tmp_path))
    world = World(engine)
    documents = SqlDocuments(engine, world.vault)
    yield Shelf(documents, world.member("ada").workspace, world.member("eve").workspace, world)
    engine.dispose()


@pytest.fixture
def leads(shelf: Shelf) -> Shelf:
    """A document of three rows and three columns."""
    shelf.open()
    return shelf
