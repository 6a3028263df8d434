"""Letters over SMTP: under TLS or not at all, never raising, and never in doubt without saying so."""

import io
import json
import sys

import pytest

from addon_backend.mail.smtp import SmtpMailer
from addon_backend.ports.mailer import Delivery, Letter
from addon_backend.settings import SmtpServer
from addon_backend.telemetry.logs import set_up_logs
from tests.fakes.smtp import PASSWORD, mail_server

SENDER = "Enrich <runs@example.com>"
LETTER = Letter(
    "marie@example.com", "Votre liste est prête", "812 cellules remplies\n.\nhttps://enrich.example/\n"
)


@pytest.fixture(params=["smtps", "starttls"])
def box(request, tmp_path):
    """A mail server, and how to send to it."""
    with mail_server(tmp_path, starttls=request.param == "starttls") as (mailbox, tls):

        def send(letter=LETTER, password=PASSWORD, tls=tls):
            server = SmtpServer("127.0.0.1", mailbox.port, mailbox.starttls, "runs", password)
            return SmtpMailer(server, SENDER, tls).send(letter)

        mailbox.send = send  # type: ignore[attr-defined]
        yield mailbox


@pytest.fixture
def logged():
    out = io.StringIO()
    set_up_logs("debug", out)
    yield out.getvalue
    set_up_logs("info", sys.stderr)


def test_a_letter_arrives_as_it_was_written(box):
    assert box.send() is Delivery.SENT
    (letter,) = box.letters
    assert (letter["From"], letter["To"], letter["Subject"]) == (SENDER, LETTER.to, LETTER.subject)
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == LETTER.text
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@example.com>")
    assert letter["Date"]


@pytest.mark.parametrize(
    ("command", "reply", "delivery"),
    [
        ("EHLO", "hang up", Delivery.LATER),
        ("AUTH", "454 not now", Delivery.LATER),
        ("AUTH", "535 who are you", Delivery.LATER),
        ("MAIL", "451 try later", Delivery.LATER),
        ("RCPT", "450 greylisted", Delivery.LATER),
        ("RCPT", "550 no such person", Delivery.LOST),
        ("RCPT", "hang up", Delivery.LATER),
        ("DATA", "451 try later", Delivery.LATER),
        ("DATA", "554 no", Delivery.LOST),
        (".", "452 full", Delivery.LATER),
        (".", "554 spam", Delivery.LOST),
        (".", "hang up", Delivery.LOST),
    ],
)
def test_only_what_was_surely_not_taken_may_be_sent_again(box, logged, command, reply, delivery):
    box.answers[command] = [reply]
    assert box.send() is delivery
    assert box.letters == []
    assert_tells_nothing(logged())


def test_a_server_that_was_not_asked_for_tls_rightly_gets_nothing(box, logged):
    """Its certificate is somebody's that the system does not trust: no password, no letter."""
    assert box.send(tls=None) is Delivery.LATER
    assert box.letters == []
    assert "AUTH" not in box.commands
    assert_tells_nothing(logged())


def test_a_server_without_starttls_gets_nothing(tmp_path, logged):
    with mail_server(tmp_path, starttls=True) as (mailbox, tls):
        mailbox.offers_tls = False
        server = SmtpServer("127.0.0.1", mailbox.port, starttls=True, user="runs", password=PASSWORD)
        assert SmtpMailer(server, SENDER, tls).send(LETTER) is Delivery.LATER
        assert mailbox.letters == []
        assert "AUTH" not in mailbox.commands
    assert_tells_nothing(logged())


def test_nobody_there_is_for_later(tmp_path):
    with mail_server(tmp_path) as (mailbox, tls):
        server = SmtpServer("127.0.0.1", mailbox.port, starttls=False)
    assert SmtpMailer(server, SENDER, tls).send(LETTER) is Delivery.LATER


@pytest.mark.parametrize(
    "address", ["two\r\nBcc: lines@example.com", "mari\u00e9@example.com", "", "a\0b@c.d"]
)
def test_an_address_that_is_none_is_no_accident(box, address):
    assert box.send(Letter(address, "subject", "text")) is Delivery.LOST
    assert box.letters == []


def test_a_success_says_nothing_of_whom(box, logged):
    box.send()
    assert_tells_nothing(logged())


def assert_tells_nothing(text):
    for secret in (LETTER.to, "marie", PASSWORD, "greylisted", "no such person", "cellules"):
        assert secret not in text
    for line in text.splitlines():
        assert json.loads(line)["event"].startswith("mail_")
