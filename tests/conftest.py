"""What every test may ask for, and what the end of a run says about what was left out."""

import itertools
import os
import shutil
from collections import Counter
from pathlib import Path

import hypothesis
import psycopg
import pytest
from redis import Redis

from addon_backend.embedded.valkey import EmbeddedValkey
from addon_backend.store.migrations import migrate
from tests.engines.postgres import Postgres, PostgresUnavailable
from tests.engines.tables import empty
from tests.left_out import PREFIX, leave_out

# The same examples in every run of CI, new ones at a desk. A deadline would be a timing in a test.
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run what takes minutes")
    parser.addoption("--live", action="store_true", help="also run what asks Google itself")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two processes more than cores: much of the suite waits, for browsers and for workers that die."""
    return min(8, 2 + (os.cpu_count() or 1))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _leave_live_out(items, asked=config.getoption("--live"))
    if config.getoption("--long"):
        return
    skip = pytest.mark.skip(reason=f"{PREFIX}what takes minutes. Add it with: ./dev test --long")
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(skip)


def _leave_live_out(items: list[pytest.Item], *, asked: bool) -> None:
    """Let nothing ask Google unless somebody wants it; what does is let out of this machine then."""
    skip = pytest.mark.skip(reason=f"{PREFIX}what asks Google itself. tests/live/README.md says how to")
    for item in items:
        if item.get_closest_marker("live"):
            item.add_marker(pytest.mark.enable_socket if asked else skip)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = Counter(
        report.longrepr[2].partition(PREFIX)[2]
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and PREFIX in report.longrepr[2]
    )
    if reasons:
        terminalreporter.section("LEFT OUT", sep="!", red=True, bold=True)
        for reason, count in reasons.most_common():
            terminalreporter.line(f"{count} × {reason}", red=True)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of outside test material that nobody here wrote."""
    folder = os.environ.get("ADDON_CORPORA", "")
    if not folder or not Path(folder).is_dir():
        leave_out(
            "outside test material (no ADDON_CORPORA)",
            "Add it with: ADDON_CORPORA=FOLDER ./dev test",
        )
    return Path(folder)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that tests may drive."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        leave_out("the browser (no Chromium)", "Add it with: ./dev browser")
    return found


@pytest.fixture(scope="session")
def _valkey(tmp_path_factory):
    engine = EmbeddedValkey(tmp_path_factory.mktemp("valkey"))
    yield engine
    engine.close()


@pytest.fixture
def valkey_url(_valkey) -> str:
    """The address of a real Redis that holds nothing."""
    url: str = _valkey.url()
    with Redis.from_url(url) as redis:
        redis.flushall()
    return url


@pytest.fixture(scope="session")
def _postgres():
    try:
        server = Postgres()
    except PostgresUnavailable as reason:
        leave_out(f"PostgreSQL ({reason})", "Run ./dev test on Linux or macOS as an ordinary user")
    yield server
    server.close()


@pytest.fixture(scope="session")
def _migrated_postgres(_postgres):
    with psycopg.connect(_postgres.url().replace("+psycopg", ""), autocommit=True) as server:
        server.execute("CREATE DATABASE migrated")
    url = _postgres.url("migrated")
    migrate(url)
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        yield url, connection


@pytest.fixture
def migrated_postgres_url(_migrated_postgres) -> str:
    """The address of a database with all tables and no row, on a real PostgreSQL."""
    url: str
    url, connection = _migrated_postgres
    empty(connection)
    return url


_database_numbers = itertools.count()


@pytest.fixture
def postgres_url(_postgres):
    """The address of an empty database of its own, on a real PostgreSQL, as its superuser."""
    name = f"test_{next(_database_numbers)}"
    plain = _postgres.url().replace("+psycopg", "")
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    yield _postgres.url(name)
    with psycopg.connect(plain, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
