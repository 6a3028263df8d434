"""What a database that does not answer, or cannot grow, looks like to everybody else."""

import pytest
from sqlalchemy import text

from addon_backend.domain.errors import DiskFull, EngineUnavailable
from addon_backend.store import engine as engines
from addon_backend.store.engine import make_engine, transaction
from addon_backend.store.migrations import at_head, migrate
from addon_backend.store.unit import SqlStore
from tests.contract.world import a_vault

NOWHERE = ["sqlite:////nowhere/at/all.db", "postgresql://nobody@127.0.0.1:9/nothing"]


@pytest.mark.parametrize("url", NOWHERE)
def test_a_database_that_is_not_there_is_an_engine_that_is_unavailable(url):
    engine = make_engine(url)
    store = SqlStore(engine, a_vault())
    with pytest.raises(EngineUnavailable):
        store.ping()
    with pytest.raises(EngineUnavailable):
        store.unit().__enter__()
    with pytest.raises(EngineUnavailable):
        migrate(url)
    with pytest.raises(EngineUnavailable):
        at_head(url)
    engine.dispose()


def test_a_database_that_cannot_grow_says_so(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'addon.db'}")

    def grow():
        with transaction(engine) as connection:
            connection.execute(text("PRAGMA max_page_count = 3"))
            connection.execute(text("CREATE TABLE heap (data BLOB)"))
            connection.execute(text("INSERT INTO heap VALUES (zeroblob(1000000))"))

    with pytest.raises(DiskFull):
        grow()
    engine.dispose()


def test_who_waits_too_long_for_a_writer_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "_BUSY_SECONDS", 0.01)
    engine = make_engine(f"sqlite:///{tmp_path / 'addon.db'}")
    with transaction(engine), pytest.raises(EngineUnavailable) as caught, transaction(engine):
        pass
    assert caught.value.facts == {"reason": "database_locked"}
    engine.dispose()


def test_sqlite_keeps_what_it_committed_and_holds_its_foreign_keys(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'addon.db'}")
    with transaction(engine, reading=True) as connection:
        told = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "secure_delete": 1,
    }
    engine.dispose()
