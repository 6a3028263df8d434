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
    from addon_backend.google.credentials import AccessTokens
    from addon_backend.google.delegation import Delegation
    from addon_backend.google.licence import MarketplaceLicences
    from addon_backend.ports.access import Access
    from addon_backend.ports.identity import IdTokens
    from addon_backend.ports.mailer import Mailer
    from addon_backend.ports.shared_sheets import SharedSheets
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


def build_house(settings: Settings, engines: Engines, *, shared_sheets: bool = False) -> House:
    """Join every port to its adapter. The database must be migrated: see `migrated`.

    ``shared_sheets`` opens Google sheets also where neither a client nor a service account is named.
    """
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
    asked = shared_sheets or settings.service_account.named or settings.google is not None
    google = _google(settings, store, engines.redis_url) if asked else _Google()
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
        told_by_panel=frozenset(google.hosts) if settings.google else frozenset(),
        shared_sheets=google.shared,
        id_tokens=google.id_tokens,
        licences=_licences(settings),
        consent=google.consent,
        administrators=google.administrators,
    )


def _mailer(settings: Settings) -> Mailer:
    return SmtpMailer(settings.smtp, settings.mail_from) if settings.smtp else ConsoleMailer()


@dataclass(frozen=True, slots=True)
class _Google:
    """Sheets, by (workspace, member) → the host in her name, and by address; who asks, what she lets us do.

    The last two are there where a client of ours is configured.
    """

    hosts: Mapping[str, Callable[[str, str], SheetHost]] = field(default_factory=dict)
    access: Mapping[str, Access] = field(default_factory=dict)
    shared: SharedSheets | None = None
    id_tokens: IdTokens | None = None
    consent: GoogleConsent | None = None
    administrators: GoogleAdministrators | None = None


def _google(settings: Settings, store: Store, redis_url: Callable[[], str]) -> _Google:
    from google.auth.transport.requests import Request

    from addon_backend.google.access import GoogleAccess
    from addon_backend.google.client import SheetsClient
    from addon_backend.google.host import GoogleSheets, Places
    from addon_backend.google.quota import Quotas
    from addon_backend.google.service_account import ServiceAccountTokens, TokensByWorkspace
    from addon_backend.google.shared import SharedWithUs

    client = settings.google
    members = _members(client, store) if client else None
    service = ServiceAccountTokens(settings.service_account, Request)
    tokens = TokensByWorkspace(store, service, members.tokens if members else None)
    quotas = Quotas(redis_url)
    sheets_url = settings.service_account.sheets_url if client is None else client.sheets_url

    def calls(workspace: str, member: str) -> SheetsClient:
        return SheetsClient(
            token=lambda: tokens.token(workspace, member),
            quota=quotas.of(f"{workspace}/{member}"),
            base_url=sheets_url,
            refused=lambda: tokens.drop(workspace, member),
        )

    places: Places = {}
    return _Google(
        hosts={GoogleSheets.name: lambda workspace, member: GoogleSheets(calls(workspace, member), places)},
        access={GoogleSheets.name: GoogleAccess(calls)},
        shared=SharedWithUs(
            SheetsClient(service.token, base_url=sheets_url, refused=service.drop), service.address
        ),
        id_tokens=members.id_tokens if members else None,
        consent=members.consent if members else None,
        administrators=members.administrators if members else None,
    )


@dataclass(frozen=True, slots=True)
class _Members:
    """Who comes from Google: her identity, her consent, her tokens; and who administers."""

    id_tokens: IdTokens
    consent: GoogleConsent
    tokens: AccessTokens
    administrators: GoogleAdministrators


def _members(client: GoogleClient, store: Store) -> _Members:
    from addon_backend.google.administrators import GoogleAdministrators
    from addon_backend.google.consent import GoogleConsent
    from addon_backend.google.credentials import AccessTokens
    from addon_backend.google.identity import GoogleIdTokens
    from addon_backend.google.signing_keys import SigningKeys

    keys = SigningKeys(client.certs_url)
    ours, delegation = GoogleIdTokens(keys, [client.id]), _delegation(client) if client.delegate else None
    consent = GoogleConsent(client, ours)
    return _Members(
        GoogleIdTokens(keys, client.audiences),
        consent,
        AccessTokens(store, consent, delegation),
        GoogleAdministrators(client, ours, delegation),
    )


def _licences(settings: Settings) -> MarketplaceLicences | None:
    """Ask the Marketplace as the service account, where the operator has said which application is ours."""
    if settings.google is None or not settings.google.marketplace_app:
        return None
    from google.auth.transport.requests import Request

    from addon_backend.google.licence import SCOPE, MarketplaceLicences
    from addon_backend.google.service_account import ServiceAccountTokens

    tokens = ServiceAccountTokens(settings.service_account, Request, SCOPE)
    return MarketplaceLicences(settings.google.marketplace_app, settings.google.marketplace_url, tokens.token)


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


def google_account(settings: Settings) -> tuple[str, str]:
    """Return the service account's address and client id as far as the settings tell; nobody is asked."""
    from addon_backend.google.asking import key_of

    account = settings.service_account
    return key_of(account.key_file) if account.key_file else (account.acting_as, "")


def google_questions(settings: Settings) -> Mapping[str, Callable[[], str]]:
    """Return what Google, and our own address, can be asked from here: each answers in words, or raises."""
    from google.auth.transport.requests import Request

    from addon_backend.google import asking
    from addon_backend.google.service_account import ServiceAccountTokens
    from addon_backend.settings import GoogleClient

    client = settings.google or GoogleClient("", "", frozenset())
    tokens = ServiceAccountTokens(settings.service_account, Request)
    questions: dict[str, Callable[[], str]] = {
        "Google's keys": lambda: asking.signing_keys(client.certs_url),
        "clock": lambda: asking.clock(client.certs_url),
        "service account's token": lambda: asking.service_token(tokens),
    }
    licences = _licences(settings)
    if licences is not None:
        questions["Marketplace"] = lambda: asking.licences(licences)
    if settings.public_url:
        questions["our address"] = lambda: asking.site(settings.public_url)
    return questions


def is_migrated(engines: Engines) -> bool:
    """Tell whether the database is at the newest revision. Changes nothing."""
    from addon_backend.store.migrations import at_head

    return at_head(engines.database_url)


def migrated(engines: Engines) -> None:
    """Bring the database to the newest revision."""
    from addon_backend.store.migrations import migrate

    migrate(engines.database_url)


def _vault(settings: Settings) -> AesGcmVault:
    if settings.kek:
        return AesGcmVault(settings.kek, next(iter(settings.kek)))
    key = load_or_create_key(settings.home / "kek")
    return AesGcmVault({key_id(key): key}, key_id(key))
