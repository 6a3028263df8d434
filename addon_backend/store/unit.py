"""Units of work over one database: `SqlStore` gives them, `SqlUnit` is one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from addon_backend.ports.administration import Administration
from addon_backend.ports.store import (
    Accounts,
    Blocks,
    Chunks,
    Credentials,
    DataKeys,
    Keys,
    Ledger,
    Notices,
    OneTimeCodes,
    Quotes,
    Retention,
    Runs,
    UnitOfWork,
    Work,
)
from addon_backend.ports.vault import Vault
from addon_backend.store.accounts import SqlAccounts
from addon_backend.store.administration import SqlAdministration
from addon_backend.store.blocks import SqlBlocks
from addon_backend.store.chunks import SqlChunks
from addon_backend.store.clock import read_clock
from addon_backend.store.credentials import SqlCredentials
from addon_backend.store.data_keys import SqlDataKeys
from addon_backend.store.engine import transaction
from addon_backend.store.keys import SqlKeys
from addon_backend.store.ledger import SqlLedger
from addon_backend.store.notices import SqlNotices
from addon_backend.store.one_time_codes import SqlOneTimeCodes
from addon_backend.store.quotes import SqlQuotes
from addon_backend.store.retention import SqlRetention
from addon_backend.store.revision import demand_migrated
from addon_backend.store.runs import SqlRuns
from addon_backend.store.seals import Seals
from addon_backend.store.work import SqlWork


class SqlUnit:
    """Implements `ports.store.UnitOfWork` over a connection whose transaction has begun."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        seals = Seals(connection, vault)
        self._connection = connection
        self.accounts: Accounts = SqlAccounts(connection, seals)
        self.administration: Administration = SqlAdministration(connection, seals)
        self.credentials: Credentials = SqlCredentials(connection, seals)
        self.codes: OneTimeCodes = SqlOneTimeCodes(connection, seals)
        self.data_keys: DataKeys = SqlDataKeys(connection, vault)
        self.quotes: Quotes = SqlQuotes(connection)
        self.runs: Runs = SqlRuns(connection)
        self.chunks: Chunks = SqlChunks(connection)
        self.blocks: Blocks = SqlBlocks(connection, seals)
        self.ledger: Ledger = SqlLedger(connection, seals)
        self.notices: Notices = SqlNotices(connection)
        self.keys: Keys = SqlKeys(connection)
        self.work: Work = SqlWork(connection)
        self.retention: Retention = SqlRetention(connection, seals)

    def now(self) -> float:
        """Return the database's clock."""
        return read_clock(self._connection)

    def commit(self) -> None:
        """Make it so."""
        self._connection.commit()


class SqlStore:
    """Implements `ports.store.Store`. Safe to share between threads, and to inherit by a fork."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """Begin a transaction that may write; it rolls back unless it was committed."""
        with transaction(self._engine) as connection:
            yield SqlUnit(connection, self._vault)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Begin a transaction that only reads: it waits for nobody, and nobody waits for it."""
        with transaction(self._engine, reading=True) as connection:
            yield SqlUnit(connection, self._vault)

    def ping(self) -> None:
        """Raise `EngineUnavailable` if the database does not answer or is not migrated."""
        with transaction(self._engine, reading=True) as connection:
            demand_migrated(connection)
