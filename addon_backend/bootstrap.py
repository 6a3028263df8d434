"""The one place where ports meet adapters. Only the composition roots import it; only it imports adapters."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from time import sleep
from typing import TYPE_CHECKING

from addon_backend.domain.errors import NotVisible
from addon_backend.embedded.sqlite import database_url
from addon_backend.embedded.valkey import EmbeddedValkey
from addon_backend.jobs.bell import RqBell
from addon_backend.local.host import LocalHost
from addon_backend.local.pace import FilePace, PacedHost
from addon_backend.local.workbooks import LocalWorkbooks
from addon_backend.mail.console import ConsoleMailer
from addon_backend.mail.smtp import SmtpMailer
from addon_backend.security.vault import AesGcmVault, key_id, load_or_create_key
from addon_backend.services.house import House
from addon_backend.sources.demo import DemoSource
from addon_backend.store.documents import SqlDocuments
from addon_backend.store.engine import make_engine
from addon_backend.store.unit import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from google.auth.credentials import Credentials

    from addon_backend.google.administrators import GoogleAdministrators
    from addon_backend.google.consent import GoogleConsent
    from addon_backend.google.delegation import Delegation
    from addon_backend.ports.access import Access
    from addon_backend.ports.identity import IdTokens
    from addon_backend.ports.mailer import Mailer
    from addon_backend.ports.sheet_host import SheetHost
    from addon_backend.ports.store import Store
    from addon_backend.settings import GoogleClient, Settings

DEMO_PAUSE = 0.4
"""Seconds the demo source takes per call, so that waiting can be seen."""

LINKS = {"google": "https://docs.google.com/spreadsheets/d/{document}"}

COLLECT_AFTER = (50_000, 20, 100)
"""How many objects come to be before Python looks for cycles among them.

Its own 700 cost a quarter of a run's CPU time: a list of 100,000 rows is millions of living cells without a
cycle, and they were looked at again and again.
"""


@dataclass(frozen=True, slots=True)
class Engines:
    """The database and Redis of one process: configured, or the home's own.

    ``redis_url`` is asked each time a connection is made: an embedded Redis that has gone is started again.
    """

    database_url: str
    redis_url: Callable[[], str]
    close: Callable[[], None]


def find_engines(settings: Settings) -> Engines:
    """Return the configured engines, or the home's own, started where nobody has.

    Raises `EngineUnavailable`.
    """
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = settings.database_url or database_url(settings.home)
    configured = settings.redis_url
    if configured is not None:
        return Engines(database, lambda: configured, lambda: None)
    valkey = EmbeddedValkey(settings.home)
    return Engines(database, valkey.url, valkey.close)


def build_house(settings: Settings, engines: Engines) -> House:
    """Join every port to its adapter. The database must be migrated: see `migrated`."""
    gc.set_threshold(*COLLECT_AFTER)
    vault = _vault(settings)
    engine = make_engine(engines.database_url)
    documents = SqlDocuments(engine, vault)
    pace = FilePace(settings.home / "pace") if settings.sandbox else None

    def host(name: str, workspace: str, member: str) -> SheetHost:
        if name in google.hosts:
            return google.hosts[name](workspace, member)
        if name != LocalHost.name:
            raise NotVisible(reason="host_unknown")
        if pace is not None:
            return PacedHost(documents, workspace, pace, sleep)
        return LocalHost(documents, workspace)

    store = SqlStore(engine, vault)
    google = _google(settings.google, store, engines.redis_url)
    return House(
        store=store,
        bell=RqBell(engines.redis_url),
        host=host,
        sources={DemoSource.name: DemoSource(DEMO_PAUSE, sleep)} if settings.sandbox else {},
        documents=documents,
        workbooks=LocalWorkbooks(documents, settings.home / "documents"),
        pace=pace,
        mailer=_mailer(settings),
        public_url=settings.public_url or f"http://{settings.host}:{settings.port}",
        links=LINKS,
        access=google.access,
        told_by_panel=frozenset(google.hosts),
        id_tokens=google.id_tokens,
        consent=google.consent,
        administrators=google.administrators,
    )


def _mailer(settings: Settings) -> Mailer:
    return SmtpMailer(settings.smtp, settings.mail_from) if settings.smtp else ConsoleMailer()


@dataclass(frozen=True, slots=True)
class _Google:
    """Who asks, what she lets us do, who administers; her sheets: (workspace, member) → host in her name.

    The first three rest on Google's signing keys, which are fetched once for all.
    """

    id_tokens: IdTokens | None = None
    consent: GoogleConsent | None = None
    administrators: GoogleAdministrators | None = None
    hosts: Mapping[str, Callable[[str, str], SheetHost]] = field(default_factory=dict)
    access: Mapping[str, Access] = field(default_factory=dict)


def _google(client: GoogleClient | None, store: Store, redis_url: Callable[[], str]) -> _Google:
    if client is None:
        return _Google()

    from addon_backend.google.access import GoogleAccess
    from addon_backend.google.administrators import GoogleAdministrators
    from addon_backend.google.client import SheetsClient
    from addon_backend.google.consent import GoogleConsent
    from addon_backend.google.credentials import AccessTokens
    from addon_backend.google.host import GoogleSheets
    from addon_backend.google.identity import GoogleIdTokens
    from addon_backend.google.quota import Quotas
    from addon_backend.google.signing_keys import SigningKeys

    keys = SigningKeys(client.certs_url)
    ours = GoogleIdTokens(keys, [client.id])
    consent, delegation = GoogleConsent(client, ours), _delegation(client) if client.delegate else None
    tokens = AccessTokens(store, consent, delegation)
    quotas = Quotas(redis_url)

    def calls(workspace: str, member: str) -> SheetsClient:
        return SheetsClient(
            token=lambda: tokens.token(workspace, member),
            quota=quotas.of(f"{workspace}/{member}"),
            base_url=client.sheets_url,
            refused=lambda: tokens.drop(workspace, member),
        )

    return _Google(
        GoogleIdTokens(keys, client.audiences),
        consent,
        GoogleAdministrators(client, ours, delegation),
        hosts={GoogleSheets.name: lambda workspace, member: GoogleSheets(calls(workspace, member))},
        access={GoogleSheets.name: GoogleAccess(calls)},
    )


def _delegation(client: GoogleClient) -> Delegation:
    """Act in the name of members with the credentials of the machine we run on."""
    import google.auth
    from google.auth.transport.requests import Request

    from addon_backend.google.delegation import Delegation

    def source() -> Credentials:
        found: Credentials
        found, _ = google.auth.default(scopes=["https://www.googleapis.com/auth/cloud-platform"])
        return found

    return Delegation(client.delegate, client.delegated, source, Request)


def migrated(engines: Engines) -> None:
    """Bring the database to the newest revision."""
    from addon_backend.store.migrations import migrate

    migrate(engines.database_url)


def _vault(settings: Settings) -> AesGcmVault:
    if settings.kek:
        return AesGcmVault(settings.kek, next(iter(settings.kek)))
    key = load_or_create_key(settings.home / "kek")
    return AesGcmVault({key_id(key): key}, key_id(key))
