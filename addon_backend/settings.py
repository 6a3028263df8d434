"""Every environment variable we read, typed: the one place that knows their names.

====================== =====================================================================================
ADDON_HOME             where state lives (default: the XDG state directory)
DATABASE_URL           SQLAlchemy URL (default: SQLite in the home)
REDIS_URL              ``redis://``, ``rediss://`` or ``unix://`` (default: an engine of the home's own)
SANDBOX                1 serves ``/sandbox`` to this machine only
HOST, PORT             where ``serve`` listens (127.0.0.1, 8080)
WORKERS, THREADS       gunicorn's processes and the threads of each (2, 8; one process in the sandbox)
SECRET_KEY             signs tickets: one or more keys of 32 characters or more, comma-separated, newest first
KEK                    wraps data keys: ``id:base64``, comma-separated, the current one first, 32 bytes each
METRICS_TOKEN          what ``/metrics`` wants as a bearer token (default: no ``/metrics``)
CORS_ORIGINS           origins whose pages may call ``/v1``, comma-separated (default: none but our own)
FRAME_ANCESTORS_GOOGLE who may frame the panel in Google Sheets, separated by spaces
FRAME_ANCESTORS_EXCEL  the same in Excel; Microsoft publishes no list, see docs/operations.md
RATE_READS             how often one member may read, such as ``600/minute``
RATE_LOOKS             how often she may inspect, preview and explain
RATE_STARTS            how often she may start and continue runs
PUBLIC_URL             where people reach us, for links in e-mails (default: HOST and PORT)
SMTP_URL               ``smtps://user:password@host:465`` or ``smtp+starttls://…:587``; without it e-mails are
                       printed to the console
MAIL_FROM              who writes e-mails: an address, or ``Name <address>``; needed with SMTP_URL
GOOGLE_CLIENT_ID       our OAuth web client at Google (default: Google Sheets is not offered)
GOOGLE_CLIENT_SECRET   its secret; needed with GOOGLE_CLIENT_ID
GOOGLE_AUDIENCES       clients whose ID tokens sign people in, comma-separated: the script's (default: ours)
GOOGLE_SCOPE           what we ask for: ``drive.file`` (files people choose; the default) or ``spreadsheets``
GOOGLE_DELEGATE        our service account, for organisations whose administrator has installed us for all
GOOGLE_DELEGATED       these organisations' domains, comma-separated; needed with GOOGLE_DELEGATE
GOOGLE_ACCOUNTS_URL    where people consent (``https://accounts.google.com``)
GOOGLE_TOKEN_URL       where tokens are had and revoked (``https://oauth2.googleapis.com``)
GOOGLE_CERTS_URL       Google's signing keys (``https://www.googleapis.com/oauth2/v3/certs``)
LOG_LEVEL              debug, info, warning or error
====================== =====================================================================================
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

Value = TypeVar("Value")

GOOGLE_ANCESTORS = "https://docs.google.com https://*.googleusercontent.com"
EXCEL_ANCESTORS = (
    "https://*.officeapps.live.com https://*.office.com https://*.sharepoint.com "
    "https://onedrive.live.com https://*.cloud.microsoft"
)
LEVELS = ("debug", "info", "warning", "error")

GOOGLE_SCOPES = ("drive.file", "spreadsheets")

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+")
_ANCESTOR = re.compile(r"https://(\*\.)?[A-Za-z0-9.-]+(:[0-9]+)?")
_ADDRESS = re.compile(r"[^@\s<>]+@[A-Za-z0-9.-]+")
_RATE = re.compile(r"[1-9][0-9]{0,6}/(second|minute|hour|day)")
_CLIENT = re.compile(r"[A-Za-z0-9._-]{1,200}")
_ENDPOINT = re.compile(
    r"(https://[A-Za-z0-9.-]+|http://(localhost|127\.0\.0\.1|\[::1\]))(:[0-9]+)?(/[\w./-]*)?"
)
_REDIS = re.compile(r"(redis|rediss|unix)://.+")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where e-mails are handed in: TLS from the first byte, or from STARTTLS on; never without."""

    host: str
    port: int
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class GoogleClient:
    """Our OAuth web client, whose ID tokens sign people in, what we ask for, and where Google is."""

    id: str
    secret: str = field(repr=False)
    audiences: frozenset[str]
    scope: str = "drive.file"
    delegate: str = ""
    delegated: frozenset[str] = frozenset()
    accounts_url: str = "https://accounts.google.com"
    token_url: str = "https://oauth2.googleapis.com"  # noqa: S105 - an address
    certs_url: str = "https://www.googleapis.com/oauth2/v3/certs"


class SettingsWrong(ValueError):
    """One sentence for each variable that cannot be used; no value is repeated, for it may be a secret."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Settings:
    """What one process was told. Secrets stay out of its text form."""

    home: Path
    database_url: str | None = field(default=None, repr=False)
    redis_url: str | None = field(default=None, repr=False)
    sandbox: bool = False
    host: str = "127.0.0.1"
    port: int = 8080
    workers: int = 2
    threads: int = 8
    secret_keys: tuple[str, ...] = field(default=(), repr=False)
    kek: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    metrics_token: str | None = field(default=None, repr=False)
    cors_origins: frozenset[str] = frozenset()
    google_ancestors: tuple[str, ...] = tuple(GOOGLE_ANCESTORS.split())
    excel_ancestors: tuple[str, ...] = tuple(EXCEL_ANCESTORS.split())
    rate_reads: str = "600/minute"
    rate_looks: str = "120/minute"
    rate_starts: str = "30/minute"
    public_url: str = ""
    smtp: SmtpServer | None = None
    mail_from: str = ""
    google: GoogleClient | None = None
    log_level: str = "info"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the variables; an empty one is absent. Raises `SettingsWrong` naming all that are wrong."""
        reading = _Reading(environment)
        usual = cls(home=reading.get("ADDON_HOME", _folder, default=_default_home(environment)))
        sandbox = reading.get("SANDBOX", _switch, default=False)
        settings = cls(
            home=usual.home,
            database_url=reading.get("DATABASE_URL", _database, default=None),
            redis_url=reading.get(
                "REDIS_URL", _matching(_REDIS, "a redis://, rediss:// or unix:// URL"), default=None
            ),
            sandbox=sandbox,
            host=reading.get("HOST", str, default=usual.host),
            port=reading.get("PORT", _number(1, 65_535), default=usual.port),
            workers=reading.get("WORKERS", _number(1, 64), default=1 if sandbox else usual.workers),
            threads=reading.get("THREADS", _number(2, 256), default=usual.threads),
            secret_keys=reading.get("SECRET_KEY", _secret_keys, default=()),
            kek=reading.get("KEK", _keks, default={}),
            metrics_token=reading.get("METRICS_TOKEN", _token, default=None),
            cors_origins=reading.get("CORS_ORIGINS", _origins, default=frozenset()),
            google_ancestors=reading.get(
                "FRAME_ANCESTORS_GOOGLE", _ancestors, default=usual.google_ancestors
            ),
            excel_ancestors=reading.get("FRAME_ANCESTORS_EXCEL", _ancestors, default=usual.excel_ancestors),
            rate_reads=reading.get("RATE_READS", _rate, default=usual.rate_reads),
            rate_looks=reading.get("RATE_LOOKS", _rate, default=usual.rate_looks),
            rate_starts=reading.get("RATE_STARTS", _rate, default=usual.rate_starts),
            public_url=reading.get("PUBLIC_URL", _public_url, default=usual.public_url),
            smtp=reading.get("SMTP_URL", _smtp, default=None),
            mail_from=reading.get("MAIL_FROM", _sender, default=usual.mail_from),
            google=_google(reading),
            log_level=reading.get("LOG_LEVEL", _level, default=usual.log_level),
        )
        if settings.smtp and not settings.mail_from and "MAIL_FROM" not in " ".join(reading.wrong):
            reading.wrong.append("MAIL_FROM must be set, too, where SMTP_URL is.")
        if reading.wrong:
            raise SettingsWrong(reading.wrong)
        return settings


class _Reading:
    """Reads variable after variable and collects what is wrong, so that one start tells everything."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.wrong: list[str] = []

    def get(self, name: str, read: Callable[[str], Value], *, default: Value) -> Value:
        text = self.environment.get(name, "").strip()
        if not text:
            return default
        try:
            return read(text)
        except ValueError as wrong:
            self.wrong.append(f"{name} must be {wrong}.")
            return default


def _google(reading: _Reading) -> GoogleClient | None:
    usual = GoogleClient("", "", frozenset())
    client = reading.get(
        "GOOGLE_CLIENT_ID", _matching(_CLIENT, "a client id such as 1.apps.googleusercontent.com"), default=""
    )
    told_before = len(reading.wrong)
    secret = reading.get("GOOGLE_CLIENT_SECRET", _client_secret, default="")
    if client and not secret and len(reading.wrong) == told_before:
        reading.wrong.append("GOOGLE_CLIENT_SECRET must be set, too, where GOOGLE_CLIENT_ID is.")
    delegate = reading.get("GOOGLE_DELEGATE", _matching(_ADDRESS, "a service account's address"), default="")
    told_before = len(reading.wrong)
    delegated = reading.get("GOOGLE_DELEGATED", _domains, default=usual.delegated)
    if delegate and not delegated and len(reading.wrong) == told_before:
        reading.wrong.append("GOOGLE_DELEGATED must be set, too, where GOOGLE_DELEGATE is.")
    endpoint = _matching(_ENDPOINT, "an https:// address; http:// on this machine only")
    found = GoogleClient(
        client,
        secret,
        audiences=reading.get("GOOGLE_AUDIENCES", _audiences, default=frozenset({client})),
        scope=reading.get("GOOGLE_SCOPE", _one_of(GOOGLE_SCOPES), default=usual.scope),
        delegate=delegate,
        delegated=delegated,
        accounts_url=reading.get("GOOGLE_ACCOUNTS_URL", endpoint, default=usual.accounts_url).rstrip("/"),
        token_url=reading.get("GOOGLE_TOKEN_URL", endpoint, default=usual.token_url).rstrip("/"),
        certs_url=reading.get("GOOGLE_CERTS_URL", endpoint, default=usual.certs_url),
    )
    return found if client else None


def _default_home(environment: Mapping[str, str]) -> Path:
    state = environment.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "addon-backend"


def _folder(text: str) -> Path:
    path = Path(text).expanduser()
    if not path.is_absolute():
        raise ValueError("an absolute path")
    return path


def _switch(text: str) -> bool:
    known = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    if text.lower() not in known:
        raise ValueError("1 or 0")
    return known[text.lower()]


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _matching(pattern: re.Pattern[str], wanted: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(wanted)
        return text

    return read


_rate = _matching(_RATE, "a number per second, minute, hour or day, such as 600/minute")


def _database(text: str) -> str:
    if not text.startswith(("sqlite:", "postgresql:", "postgresql+psycopg:")):
        raise ValueError("a sqlite: or postgresql: URL")
    return text


def _secret_keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(","))
    if any(len(key) < 32 for key in keys):
        raise ValueError("one or more keys of at least 32 characters, separated by commas, newest first")
    return keys


def _keks(text: str) -> Mapping[str, bytes]:
    keys: dict[str, bytes] = {}
    for entry in text.split(","):
        name, _, encoded = entry.strip().partition(":")
        try:
            keys[name] = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            keys[name] = b""
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", name) or len(keys[name]) != 32:
            raise ValueError("id:base64 of 32 bytes, separated by commas, the current key first")
    return keys


def _token(text: str) -> str:
    if len(text) < 16:
        raise ValueError("at least 16 characters long")
    return text


def _origins(text: str) -> frozenset[str]:
    origins = frozenset(origin.strip() for origin in text.split(","))
    if not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError("origins such as https://example.com, separated by commas, without a path or a star")
    return origins


def _ancestors(text: str) -> tuple[str, ...]:
    ancestors = tuple(text.split())
    if not all(_ANCESTOR.fullmatch(ancestor) for ancestor in ancestors):
        raise ValueError("https:// origins separated by spaces; a star may stand for the first label only")
    return ancestors


def _public_url(text: str) -> str:
    if not _ORIGIN.fullmatch(text.rstrip("/")):
        raise ValueError("an address such as https://enrich.example.com, without a path")
    return text.rstrip("/")


def _smtp(text: str) -> SmtpServer:
    url = urlsplit(text)
    ports = {"smtps": 465, "smtp+starttls": 587}
    if url.scheme not in ports or not url.hostname or url.path.strip("/") or url.query or url.fragment:
        raise ValueError("smtps://user:password@host:465 or smtp+starttls://user:password@host:587")
    return SmtpServer(
        host=url.hostname,
        port=url.port or ports[url.scheme],
        starttls=url.scheme == "smtp+starttls",
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
    )


def _sender(text: str) -> str:
    if not _ADDRESS.fullmatch(parseaddr(text)[1]) or not text.isprintable():
        raise ValueError("an e-mail address, or a name and an address such as Enrich <runs@example.com>")
    return text


def _client_secret(text: str) -> str:
    if len(text) < 8 or not text.isprintable():
        raise ValueError("the secret that Google shows with the client, at least 8 characters long")
    return text


def _audiences(text: str) -> frozenset[str]:
    clients = frozenset(client.strip() for client in text.split(","))
    if not all(_CLIENT.fullmatch(client) for client in clients):
        raise ValueError("OAuth client ids, separated by commas")
    return clients


def _domains(text: str) -> frozenset[str]:
    domains = frozenset(domain.strip().lower() for domain in text.split(","))
    if not all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in domains):
        raise ValueError("domains such as example.com, separated by commas")
    return domains


def _one_of(known: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.lower() not in known:
            raise ValueError(f"one of {', '.join(known)}")
        return text.lower()

    return read


_level = _one_of(LEVELS)
