"""A mail server on loopback, under TLS, strict about the order of commands; see README.md."""

from __future__ import annotations

import base64
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PASSWORD = "a password for the tests"


@dataclass
class Mailbox:
    """What the server has: the letters that were handed in, and how it is to answer.

    ``answers`` maps a command (``.``: the end of the text) to the replies that it is given first, one each;
    ``hang up`` closes the connection there instead.
    """

    port: int = 0
    starttls: bool = False
    offers_tls: bool = True
    letters: list[EmailMessage] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)


@contextmanager
def mail_server(folder: Path, *, starttls: bool = False) -> Iterator[tuple[Mailbox, ssl.SSLContext]]:
    """Serve until the block ends; yields the mailbox, and a context that trusts this server alone."""
    certificate = _certificate(folder)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate)
    mailbox = Mailbox(starttls=starttls)

    class Conversation(_Conversation):
        box, tls = mailbox, own

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield mailbox, ssl.create_default_context(cafile=str(certificate))
        server.shutdown()
        thread.join()


class _HungUp(Exception):
    """The server has closed the connection on purpose."""


class _Conversation(socketserver.BaseRequestHandler):
    box: Mailbox
    tls: ssl.SSLContext
    request: socket.socket

    def handle(self) -> None:
        """Talk until QUIT, a closed connection, or a reply that is to hang up."""
        self.request.settimeout(10)
        self.secure = self.signed_in = False
        self.sender = self.receiver = ""
        with suppress(_HungUp, OSError):
            if not self.box.starttls:
                self._encrypt()
            self._say("220 mail.example ESMTP")
            while line := self._line():
                verb, _, rest = line.partition(" ")
                self.box.commands.append(verb.upper())
                if not self._answer(verb.upper(), rest):
                    break
        self.request.close()

    def _encrypt(self) -> None:
        self.request = self.tls.wrap_socket(self.request, server_side=True)
        self.lines = self.request.makefile("rb")
        self.secure = True

    def _answer(self, verb: str, rest: str) -> bool:
        scripted = self.box.answers.get(verb)
        if scripted:
            self._say(scripted.pop(0))
        elif verb == "DATA" and self.receiver:
            self._say("354 go ahead")
            self._take(self._text())
        elif verb == "STARTTLS" and not self.secure:
            self._say("220 go ahead")
            self._encrypt()
        else:
            self._say(self._reply(verb, rest))
        return verb != "QUIT"

    def _reply(self, verb: str, rest: str) -> str:
        match verb:
            case "EHLO":
                return self._offers()
            case "AUTH" if self.secure:
                given = base64.b64decode(rest.partition(" ")[2]).split(b"\0")[1:]
                self.signed_in = given == [b"runs", PASSWORD.encode()]
                return "235 welcome" if self.signed_in else "535 who are you"
            case "MAIL" if self.signed_in:
                self.sender = rest
                return "250 ok"
            case "RCPT" if self.sender:
                self.receiver = rest
                return "250 ok"
            case "QUIT":
                return "221 bye"
        return "503 out of order"

    def _offers(self) -> str:
        if self.secure:
            return "250-mail.example\r\n250 AUTH PLAIN"
        return "250-mail.example\r\n250 STARTTLS" if self.box.offers_tls else "250 mail.example"

    def _take(self, text: bytes) -> None:
        scripted = self.box.answers.get(".")
        if scripted:
            self._say(scripted.pop(0))
            return
        letter = message_from_bytes(text, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.box.letters.append(letter)
        self._say("250 taken")

    def _text(self) -> bytes:
        lines = []
        while (line := self.lines.readline()) not in {b".\r\n", b""}:
            assert line.endswith(b"\r\n")
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _line(self) -> str:
        if not self.secure:
            text = b""
            while not text.endswith(b"\r\n") and (one := self.request.recv(1)):
                text += one
            return text.decode().strip()
        return self.lines.readline().decode().strip()

    def _say(self, reply: str) -> None:
        if reply == "hang up":
            raise _HungUp
        self.request.sendall(f"{reply}\r\n".encode())


def _certificate(folder: Path) -> Path:
    """Make a certificate for this machine that is good for an hour."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "mail.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path
