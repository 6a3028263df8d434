"""Every environment variable."""

import base64
import re
from pathlib import Path

import pytest

from addon_backend import settings as module
from addon_backend.settings import GoogleClient, ServiceAccount, Settings, SettingsWrong, SmtpServer

KEY = base64.b64encode(b"k" * 32).decode()
RIGHT = {
    "ADDON_HOME": "/srv/addon",
    "DATABASE_URL": "postgresql+psycopg://user:secret@db/addon",
    "REDIS_URL": "rediss://:secret@cache:6380/0",
    "SANDBOX": "1",
    "HOST": "192.0.2.1",
    "PORT": "80",
    "WORKERS": "4",
    "THREADS": "16",
    "SECRET_KEY": f"{'n' * 32},{'o' * 40}",
    "KEK": f"2026-11:{KEY},2025-11:{KEY}",
    "METRICS_TOKEN": "m" * 16,
    "CORS_ORIGINS": "https://panel.example, https://two.example:8443",
    "FRAME_ANCESTORS_GOOGLE": "https://docs.google.com http://127.0.0.1:8081",
    "FRAME_ANCESTORS_EXCEL": "https://*.officeapps.live.com https://excel.example:444",
    "RATE_READS": "10/second",
    "RATE_LOOKS": "1/minute",
    "RATE_STARTS": "5/day",
    "PUBLIC_URL": "https://enrich.example/",
    "SMTP_URL": "smtps://runs%40example.com:s%2Fecret@mail.example",
    "MAIL_FROM": "Enrich <runs@example.com>",
    "GOOGLE_CLIENT_ID": "1-web.apps.googleusercontent.com",
    "GOOGLE_CLIENT_SECRET": "GOCSPX-ggggggggggg",
    "GOOGLE_AUDIENCES": "2-script.apps.googleusercontent.com, 3-test.apps.googleusercontent.com",
    "GOOGLE_SCOPE": "Spreadsheets",
    "GOOGLE_DELEGATE": "sheets@project.iam.gserviceaccount.com",
    "GOOGLE_DELEGATED": "Example.com, two.example",
    "GOOGLE_ACCOUNTS_URL": "https://accounts.example/",
    "GOOGLE_TOKEN_URL": "http://127.0.0.1:8081",
    "GOOGLE_DIRECTORY_URL": "https://directory.example/",
    "GOOGLE_CERTS_URL": "https://keys.example/oauth2/v3/certs",
    "GOOGLE_SHEETS_URL": "https://sheets.example",
    "GOOGLE_SERVICE_ACCOUNT": "/etc/enrich/key.json",
    "GOOGLE_MARKETPLACE_APP": "123456789012",
    "GOOGLE_MARKETPLACE_URL": "https://shop.example/",
    "LOG_LEVEL": "WARNING",
}
WRONG = {
    "ADDON_HOME": "relative/path",
    "DATABASE_URL": "mysql://db",
    "REDIS_URL": "localhost:6379",
    "SANDBOX": "maybe",
    "PORT": "65536",
    "WORKERS": "0",
    "THREADS": "many",
    "SECRET_KEY": "short",
    "KEK": "id:not base64",
    "METRICS_TOKEN": "short",
    "CORS_ORIGINS": "*",
    "FRAME_ANCESTORS_GOOGLE": "http://docs.google.com",
    "FRAME_ANCESTORS_EXCEL": "https://*.live.com; script-src *",
    "RATE_READS": "lots",
    "RATE_LOOKS": "-5/minute",
    "RATE_STARTS": "5/fortnight",
    "PUBLIC_URL": "enrich.example/path",
    "SMTP_URL": "smtp://mail.example:25",
    "MAIL_FROM": "nobody",
    "GOOGLE_CLIENT_ID": "our client",
    "GOOGLE_CLIENT_SECRET": "short",
    "GOOGLE_AUDIENCES": "one,,two",
    "GOOGLE_SCOPE": "everything",
    "GOOGLE_DELEGATE": "no address",
    "GOOGLE_DELEGATED": "everybody",
    "GOOGLE_ACCOUNTS_URL": "http://accounts.google.com",
    "GOOGLE_TOKEN_URL": "oauth2.googleapis.com",
    "GOOGLE_DIRECTORY_URL": "http://admin.googleapis.com",
    "GOOGLE_CERTS_URL": "https://keys.example/?x=y",
    "GOOGLE_SHEETS_URL": "http://sheets.googleapis.com",
    "GOOGLE_MARKETPLACE_APP": "our application",
    "GOOGLE_MARKETPLACE_URL": "appsmarket.googleapis.com",
    "LOG_LEVEL": "loud",
}


def test_an_empty_environment_is_a_laptop():
    plain = Settings.from_environment(
        {"HOME": "/home/marie", "XDG_STATE_HOME": "/home/marie/state", "PORT": ""}
    )

    assert plain.home == Path("/home/marie/state/addon-backend")
    assert (plain.host, plain.port, plain.workers, plain.threads) == ("127.0.0.1", 8080, 2, 8)
    assert not plain.sandbox
    assert plain.database_url is plain.redis_url is plain.metrics_token is None
    assert not plain.cors_origins


def test_every_variable_is_read():
    told = Settings.from_environment(RIGHT)

    assert told.home == Path("/srv/addon")
    assert (told.sandbox, told.port, told.workers, told.threads) == (True, 80, 4, 16)
    assert told.secret_keys == ("n" * 32, "o" * 40)
    assert list(told.kek) == ["2026-11", "2025-11"]
    assert told.cors_origins == {"https://panel.example", "https://two.example:8443"}
    assert told.excel_ancestors == ("https://*.officeapps.live.com", "https://excel.example:444")
    assert told.public_url == "https://enrich.example"
    assert told.smtp == SmtpServer("mail.example", 465, False, "runs@example.com", "s/ecret")
    assert told.google == GoogleClient(
        "1-web.apps.googleusercontent.com",
        "GOCSPX-ggggggggggg",
        frozenset({"2-script.apps.googleusercontent.com", "3-test.apps.googleusercontent.com"}),
        "spreadsheets",
        "sheets@project.iam.gserviceaccount.com",
        frozenset({"example.com", "two.example"}),
        "https://accounts.example",
        "http://127.0.0.1:8081",
        "https://keys.example/oauth2/v3/certs",
        "https://sheets.example",
        "123456789012",
        "https://shop.example",
        "https://directory.example",
    )
    assert told.service_account == ServiceAccount(
        Path("/etc/enrich/key.json"), sheets_url="https://sheets.example"
    )
    assert told.mail_from == "Enrich <runs@example.com>"
    assert (told.rate_reads, told.log_level) == ("10/second", "warning")


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_variable_is_one_sentence_that_does_not_repeat_it(name):
    with pytest.raises(SettingsWrong) as wrong:
        Settings.from_environment(RIGHT | {name: WRONG[name]})

    (sentence,) = wrong.value.sentences
    assert sentence.startswith(f"{name} must be ")
    assert sentence.endswith(".")
    assert WRONG[name] not in sentence


def test_all_wrong_variables_are_told_at_once():
    with pytest.raises(SettingsWrong) as wrong:
        Settings.from_environment(WRONG)

    assert len(wrong.value.sentences) == len(WRONG)


def test_the_sandbox_is_one_process():
    """Its grid remembers per process which order of rows it showed."""
    assert Settings.from_environment({"SANDBOX": "1"}).workers == 1


def test_secrets_are_not_in_the_text_form():
    text = repr(Settings.from_environment(RIGHT))

    assert not re.search(r"secret@|s/ecret|nnn|ooo|mmm|kkk|ggg", text)


def test_a_mail_server_needs_a_sender():
    with pytest.raises(SettingsWrong, match="MAIL_FROM"):
        Settings.from_environment({"SMTP_URL": RIGHT["SMTP_URL"]})


def test_googles_client_needs_its_secret_and_takes_its_own_tokens():
    only = {name: RIGHT[name] for name in ("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET")}
    assert Settings.from_environment({}).google is None
    told = Settings.from_environment(only).google
    assert told is not None
    assert told.audiences == {RIGHT["GOOGLE_CLIENT_ID"]}
    assert told.scope == "drive.file"
    with pytest.raises(SettingsWrong, match="GOOGLE_CLIENT_SECRET must be set"):
        Settings.from_environment({"GOOGLE_CLIENT_ID": RIGHT["GOOGLE_CLIENT_ID"]})
    delegating = Settings.from_environment(only | {"GOOGLE_DELEGATE": RIGHT["GOOGLE_DELEGATE"]}).google
    assert delegating is not None
    assert (delegating.delegate, delegating.delegated) == (RIGHT["GOOGLE_DELEGATE"], frozenset())


def test_every_variable_is_documented():
    documented = set(re.findall(r"^([A-Z_]+(?:, [A-Z_]+)?) ", module.__doc__ or "", re.MULTILINE))

    assert {name for names in documented for name in names.split(", ")} == RIGHT.keys()
