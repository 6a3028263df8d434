"""One way to open the database, so that no transaction is ever weaker than the laws need.

SQLite: ``BEGIN IMMEDIATE`` for units that may write. Left to itself, ``sqlite3`` begins no transaction at a
SELECT, and of 600 read-modify-writes 450 were lost. WAL lets readers go on meanwhile, ``synchronous=FULL``
keeps what was committed through a power cut, ``secure_delete`` overwrites what was erased.
PostgreSQL: ``READ COMMITTED``; the rows a decision rests on are locked where it is taken.
"""

import os
import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from random import uniform
from threading import RLock
from time import monotonic, sleep
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, ExceptionContext
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from addon_backend.domain.errors import DiskFull, EngineUnavailable

READING: Final = "addon_reading"
_BUSY_SECONDS = 10.0
_ASK_AGAIN = (0.001, 0.008)  # seconds: a unit takes about as long
_TURNS: Final[weakref.WeakKeyDictionary[Engine, RLock]] = weakref.WeakKeyDictionary()
_PRAGMAS = (
    f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000:.0f}",  # first: the change to WAL may have to wait
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)


def make_engine(url: str) -> Engine:
    """Return an engine for ``sqlite:///path`` or ``postgresql://…`` that is safe to inherit by a fork.

    Error texts never carry parameters: they may be cell values (law 10).
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        _TURNS[engine] = RLock()
    else:
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
        )
        event.listen(engine, "handle_error", _leave_out_values)
    _forget_connections_after_fork(engine)
    return engine


@contextmanager
def transaction(engine: Engine, *, reading: bool = False) -> Iterator[Connection]:
    """Begin a transaction that is rolled back at the end unless it was committed.

    Raises `EngineUnavailable` where the database does not answer, `DiskFull` where it cannot grow.
    """
    with _turn(engine, reading=reading), translated(), _connected(engine, reading=reading) as connection:
        connection.begin()
        yield connection


@contextmanager
def _turn(engine: Engine, *, reading: bool) -> Iterator[None]:
    """Let the threads of this process queue for SQLite's one place to write.

    Woken, not asking: with eight threads that ask, a request costs half as much CPU again, and the slowest of
    a hundred takes twice as long (`benchmarks/accept.py`). Between processes it is still who asks first.
    """
    turn = None if reading else _TURNS.get(engine)
    if turn is None:
        yield
        return
    if not turn.acquire(timeout=_BUSY_SECONDS):
        raise EngineUnavailable(reason="database_locked")
    try:
        yield
    finally:
        turn.release()


@contextmanager
def translated() -> Iterator[None]:
    """Turn the driver's troubles into ours."""
    try:
        yield
    except (OperationalError, InterfaceError) as trouble:
        raise _ours(trouble) from trouble
    except PoolTimeout as trouble:
        raise EngineUnavailable(reason="database_busy") from trouble


def _connected(engine: Engine, *, reading: bool) -> Connection:
    if not reading:
        return engine.connect()
    options: dict[str, bool] = {READING: True}
    if engine.dialect.name == "postgresql":
        options["postgresql_readonly"] = True
    return engine.connect().execution_options(**options)


def _ours(trouble: DBAPIError) -> DiskFull | EngineUnavailable:
    text = str(trouble.orig).lower()
    if "disk is full" in text or "no space left" in text:
        return DiskFull()
    return EngineUnavailable(reason="database_locked" if "locked" in text else "database")


def _leave_out_values(context: ExceptionContext) -> None:
    """Cut what PostgreSQL adds to a message: ``DETAIL: Failing row contains (…)``, a whole row of values."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL:")[0],)


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # no implicit BEGIN: _begin_sqlite says which one
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = bool(connection.get_execution_options().get(READING))
    # A reader that could write would begin without the lock that makes what it read still true.
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
    if reading:
        connection.exec_driver_sql("BEGIN")
        return
    if not _locked_in_time(connection.connection.cursor()):
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the last attempt: its error is the caller's


def _locked_in_time(cursor: DBAPICursor) -> bool:
    """Begin to write as soon as nobody else does; False after ten seconds.

    SQLite's own waiting asks less and less often, so that under load whoever waits longest is overtaken by
    all who come later. Here everybody asks equally often.
    """
    deadline = monotonic() + _BUSY_SECONDS
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        while monotonic() < deadline:
            try:
                cursor.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as trouble:
                if "locked" not in str(trouble):
                    return False
            else:
                return True
            sleep(uniform(*_ASK_AGAIN))  # noqa: S311 - no secret hangs on it
        return False
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000:.0f}")


def _forget_connections_after_fork(engine: Engine) -> None:
    known = weakref.ref(engine)

    def forget() -> None:
        inherited = known()
        if inherited is not None:
            inherited.dispose(close=False)  # they belong to the parent, which goes on using them
            if inherited in _TURNS:
                _TURNS[inherited] = RLock()  # whoever has the parent's turn will never give it back here

    os.register_at_fork(after_in_child=forget)
