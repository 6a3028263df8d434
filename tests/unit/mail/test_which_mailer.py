"""Which mailer a house gets, by its settings."""

import pytest

from addon_backend.bootstrap import build_house, find_engines
from addon_backend.mail.console import ConsoleMailer
from addon_backend.mail.smtp import SmtpMailer
from addon_backend.settings import SmtpServer
from tests.api.office import settings_for

SERVER = SmtpServer("mail.example", 465, starttls=False)


@pytest.mark.parametrize(
    ("told", "kind", "url"),
    [
        ({}, ConsoleMailer, "http://127.0.0.1:8080"),
        ({"smtp": SERVER, "mail_from": "runs@example.com"}, SmtpMailer, "http://127.0.0.1:8080"),
        ({"public_url": "https://enrich.example"}, ConsoleMailer, "https://enrich.example"),
    ],
)
def test_a_mail_server_that_is_set_is_used(tmp_path, told, kind, url):
    settings = settings_for(tmp_path, **told)
    house = build_house(settings, find_engines(settings))
    assert isinstance(house.mailer, kind)
    assert house.public_url == url
