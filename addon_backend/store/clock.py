"""The database's clock: the only one by which leases, quotes and retention are judged."""

from sqlalchemy import Connection, Double, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class db_now(FunctionElement[float]):  # noqa: N801 - reads as the SQL function it is
    """Seconds since 1970 on the database's clock, as it stands now and not when the transaction began."""

    type = Double()
    inherit_cache = True


@compiles(db_now, "sqlite")
def _on_sqlite(_element: db_now, _compiler: SQLCompiler, **_options: object) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"  # unixepoch('subsec') needs SQLite 3.42


@compiles(db_now, "postgresql")
def _on_postgresql(_element: db_now, _compiler: SQLCompiler, **_options: object) -> str:
    return "extract(epoch FROM clock_timestamp())::double precision"


def read_clock(connection: Connection) -> float:
    """Return the database's clock."""
    return connection.execute(select(db_now())).scalar_one()
