"""Letters over SMTP, always under TLS: what cannot be encrypted is not sent."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import closing
from email.message import EmailMessage
from email.utils import format_datetime, localtime, make_msgid, parseaddr

import structlog

from addon_backend.ports.mailer import Delivery, Letter
from addon_backend.settings import SmtpServer

PATIENCE = 15.0
"""Seconds for each answer of the server."""

_ADDRESS = re.compile(r"[^\s@<>\x00-\x20\x7f-\U0010ffff]+@[A-Za-z0-9.-]+")
_PASSING = range(400, 500)  # RFC 5321 §4.2.1: transient, the same may succeed later
_TAKEN = 250
_WELCOME = {250, 251}  # 251: to another mailbox, whose forwarding the server takes on itself

log = structlog.get_logger(__name__)


class SmtpMailer:
    """`Mailer` over one server; a connection for each letter, for there are few."""

    def __init__(self, server: SmtpServer, sender: str, tls: ssl.SSLContext | None = None) -> None:
        """``tls`` says whom to trust; without it, whom the system trusts."""
        self._server = server
        self._sender = sender
        self._tls = tls or ssl.create_default_context()

    def send(self, letter: Letter) -> Delivery:
        """Try once. Only a server that has begun to read the letter leaves it open whether it was taken."""
        try:
            message = self._message(letter)
            with closing(self._connect()) as client:
                return self._hand_in(client, letter.to, message)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as refused:
            log.error("mail_server_refused", reason=type(refused).__name__)  # noqa: TRY400 - it quotes the server
            return Delivery.LATER
        except (smtplib.SMTPException, OSError) as trouble:
            log.warning("mail_server_silent", reason=type(trouble).__name__)
            return Delivery.LATER
        except ValueError:
            log.warning("mail_address_unusable")
            return Delivery.LOST

    def _message(self, letter: Letter) -> bytes:
        if not _ADDRESS.fullmatch(letter.to):
            raise ValueError("an address of another shape")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, letter.to, letter.subject
        message["Date"] = format_datetime(localtime())
        message["Message-ID"] = make_msgid(domain=_domain(self._sender))
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday note comes back
        message.set_content(letter.text)
        return message.as_bytes(policy=message.policy.clone(linesep="\r\n"))

    def _connect(self) -> smtplib.SMTP:
        server, own_name = self._server, _domain(self._sender)
        if server.starttls:
            client = smtplib.SMTP(server.host, server.port, own_name, timeout=PATIENCE)
        else:
            client = smtplib.SMTP_SSL(server.host, server.port, own_name, timeout=PATIENCE, context=self._tls)
        try:
            if server.starttls:
                client.starttls(context=self._tls)
            if server.user:
                client.login(server.user, server.password)
        except BaseException:
            client.close()
            raise
        return client

    def _hand_in(self, client: smtplib.SMTP, to: str, message: bytes) -> Delivery:
        client.ehlo_or_helo_if_needed()
        code, _ = client.mail(parseaddr(self._sender)[1])
        if code == _TAKEN:
            code, _ = client.rcpt(to)
        if code not in _WELCOME:
            return _refused(code)
        try:
            code, _ = client.data(message)
        except smtplib.SMTPDataError as early:
            return _refused(early.smtp_code)
        except (smtplib.SMTPException, OSError) as trouble:
            log.warning("mail_in_doubt", reason=type(trouble).__name__)
            return Delivery.LOST
        return Delivery.SENT if code == _TAKEN else _refused(code)


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2]


def _refused(code: int) -> Delivery:
    log.warning("mail_refused", status=code)
    return Delivery.LATER if code in _PASSING else Delivery.LOST
