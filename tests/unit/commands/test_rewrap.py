"""``rewrap``: after a change of the KEK the old one can be dropped."""

import base64

import pytest

from addon_backend.bootstrap import build_house, find_engines
from addon_backend.domain.errors import EngineUnavailable
from addon_backend.security.vault import key_id
from addon_backend.services.accounts import enter
from addon_backend.settings import Settings

NEW = base64.b64encode(b"n" * 32).decode()


def house_of(terminal, kek):
    """The house as a process sees it that was told these keys."""
    told = {"ADDON_HOME": str(terminal.home), "REDIS_URL": "unix:///nowhere", "KEK": kek}
    settings = Settings.from_environment(told)
    return build_house(settings, find_engines(settings))


def address_of(house, caller):
    with house.store.reading() as unit:
        return unit.accounts.member(caller.workspace, caller.member).email


def test_what_was_sealed_opens_under_the_new_key_alone(terminal, monkeypatch):
    callers = [
        enter(house_of(terminal, ""), f"google:{name}", name, "1", "en", name) for name in ("ada", "eve")
    ]
    old = (terminal.home / "kek").read_bytes()
    both = f"new:{NEW},{key_id(old)}:{base64.b64encode(old).decode()}"
    with pytest.raises(EngineUnavailable):
        address_of(house_of(terminal, f"new:{NEW}"), callers[0])

    monkeypatch.setenv("KEK", both)
    assert terminal.types("rewrap") == 0

    assert "2 workspace keys" in terminal.out
    assert [address_of(house_of(terminal, f"new:{NEW}"), caller) for caller in callers] == ["ada", "eve"]


def test_a_key_that_is_not_known_is_told_and_nothing_is_lost(terminal, monkeypatch):
    ada = enter(house_of(terminal, ""), "google:ada", "ada", "1", "en", "ada")
    monkeypatch.setenv("KEK", f"new:{NEW}")
    assert terminal.types("rewrap") == 1
    assert terminal.was_told(EngineUnavailable())
    assert address_of(house_of(terminal, ""), ada) == "ada"
