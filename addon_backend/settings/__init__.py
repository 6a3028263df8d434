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
GOOGLE_DELEGATE        our service account, for organisations whose administrator has switched delegation on
GOOGLE_DELEGATED       the only domains whose administrators may, comma-separated (default: all)
GOOGLE_SERVICE_ACCOUNT as whom the command line opens sheets that were shared: a service account's key file,
                       or its address, to act as it without a key (default: the machine's credentials)
GOOGLE_MARKETPLACE_APP our id at the Workspace Marketplace: organisations that have not installed us are
                       refused (default: nobody is)
GOOGLE_MARKETPLACE_URL the Marketplace's API (``https://appsmarket.googleapis.com``)
GOOGLE_ACCOUNTS_URL    where people consent (``https://accounts.google.com``)
GOOGLE_TOKEN_URL       where tokens are had and revoked (``https://oauth2.googleapis.com``)
GOOGLE_DIRECTORY_URL   where Google says who is an administrator (``https://admin.googleapis.com``)
GOOGLE_CERTS_URL       Google's signing keys (``https://www.googleapis.com/oauth2/v3/certs``)
GOOGLE_SHEETS_URL      Google's Sheets API (``https://sheets.googleapis.com``)
LOG_LEVEL              debug, info, warning or error
====================== =====================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from addon_backend.settings import reading as read
from addon_backend.settings.google import GoogleClient, ServiceAccount, google_client, service_account
from addon_backend.settings.mail import SmtpServer, sender, smtp_server
from addon_backend.settings.reading import Reading, matching

__all__ = ["GoogleClient", "ServiceAccount", "Settings", "SettingsWrong", "SmtpServer"]

GOOGLE_ANCESTORS = "https://docs.google.com https://*.googleusercontent.com"
EXCEL_ANCESTORS = (
    "https://*.officeapps.live.com https://*.office.com https://*.sharepoint.com "
    "https://onedrive.live.com https://*.cloud.microsoft"
)


_REDIS = re.compile(r"(redis|rediss|unix)://.+")


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
    service_account: ServiceAccount = field(default_factory=ServiceAccount)
    log_level: str = "info"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the variables; an empty one is absent. Raises `SettingsWrong` naming all that are wrong."""
        reading = Reading(environment)
        usual = cls(home=reading.get("ADDON_HOME", read.folder, default=_default_home(environment)))
        sandbox = reading.get("SANDBOX", read.switch, default=False)
        settings = cls(
            home=usual.home,
            database_url=reading.get("DATABASE_URL", read.database, default=None),
            redis_url=reading.get(
                "REDIS_URL", matching(_REDIS, "a redis://, rediss:// or unix:// URL"), default=None
            ),
            sandbox=sandbox,
            host=reading.get("HOST", str, default=usual.host),
            port=reading.get("PORT", read.number(1, 65_535), default=usual.port),
            workers=reading.get("WORKERS", read.number(1, 64), default=1 if sandbox else usual.workers),
            threads=reading.get("THREADS", read.number(2, 256), default=usual.threads),
            secret_keys=reading.get("SECRET_KEY", read.secret_keys, default=()),
            kek=reading.get("KEK", read.keks, default={}),
            metrics_token=reading.get("METRICS_TOKEN", read.token, default=None),
            cors_origins=reading.get("CORS_ORIGINS", read.origins, default=frozenset()),
            google_ancestors=reading.get(
                "FRAME_ANCESTORS_GOOGLE", read.ancestors, default=usual.google_ancestors
            ),
            excel_ancestors=reading.get(
                "FRAME_ANCESTORS_EXCEL", read.ancestors, default=usual.excel_ancestors
            ),
            rate_reads=reading.get("RATE_READS", read.rate, default=usual.rate_reads),
            rate_looks=reading.get("RATE_LOOKS", read.rate, default=usual.rate_looks),
            rate_starts=reading.get("RATE_STARTS", read.rate, default=usual.rate_starts),
            public_url=reading.get("PUBLIC_URL", read.public_url, default=usual.public_url),
            smtp=reading.get("SMTP_URL", smtp_server, default=None),
            mail_from=reading.get("MAIL_FROM", sender, default=usual.mail_from),
            google=google_client(reading),
            service_account=service_account(reading),
            log_level=reading.get("LOG_LEVEL", read.level, default=usual.log_level),
        )
        if settings.smtp and not settings.mail_from and "MAIL_FROM" not in " ".join(reading.wrong):
            reading.wrong.append("MAIL_FROM must be set, too, where SMTP_URL is.")
        if reading.wrong:
            raise SettingsWrong(reading.wrong)
        return settings


def _default_home(environment: Mapping[str, str]) -> Path:
    state = environment.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "addon-backend"
