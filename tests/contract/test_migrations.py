"""The tables come, go and come again, and are what the code thinks they are; on both engines."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, inspect

from addon_backend.store import migrations
from addon_backend.store.engine import make_engine
from addon_backend.store.migrations import at_head, migrate
from addon_backend.store.models import METADATA
from addon_backend.store.revision import HEAD


def tables(url):
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_up_down_and_up_again(empty_url):
    assert not at_head(empty_url)
    migrate(empty_url)
    assert at_head(empty_url)
    assert tables(empty_url) == {*METADATA.tables, "alembic_version"}
    migrate(empty_url, "base")
    assert not at_head(empty_url)
    assert tables(empty_url) == {"alembic_version"}
    migrate(empty_url)
    assert at_head(empty_url)


def test_migrating_twice_changes_nothing(empty_url):
    migrate(empty_url)
    migrate(empty_url)
    assert at_head(empty_url)


def test_the_tables_are_what_the_code_thinks_they_are(database_url):
    engine = make_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_checks_and_partial_indexes_are_there_too(database_url):
    """Alembic compares neither."""
    engine = make_engine(database_url)
    found = inspect(engine)
    for table in METADATA.tables.values():
        wanted = {str(check.name) for check in table.constraints if isinstance(check, CheckConstraint)}
        assert {check["name"] for check in found.get_check_constraints(table.name)} == wanted
    held = next(index for index in found.get_indexes("chunk") if index["name"] == "ix_chunk_held")
    assert any("where" in option for option in held["dialect_options"])
    engine.dispose()


def test_processes_that_start_at_once_wait_for_each_other(empty_url):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: migrate(empty_url), range(4)))
    assert at_head(empty_url)


def test_the_code_knows_the_newest_revision():
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [HEAD]
    assert all(len(script.revision) == 4 for script in scripts.walk_revisions())
