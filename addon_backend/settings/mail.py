"""Where e-mails are handed in, and who writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

_ADDRESS = re.compile(r"[^@\s<>]+@[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where e-mails are handed in: TLS from the first byte, or from STARTTLS on; never without."""

    host: str
    port: int
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)


def smtp_server(text: str) -> SmtpServer:
    """Read a mail server."""
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


def sender(text: str) -> str:
    """Read who writes."""
    if not _ADDRESS.fullmatch(parseaddr(text)[1]) or not text.isprintable():
        raise ValueError("an e-mail address, or a name and an address such as Enrich <runs@example.com>")
    return text
