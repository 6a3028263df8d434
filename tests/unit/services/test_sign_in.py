"""Who comes from Google, and whom the Marketplace keeps out."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from addon_backend.domain.errors import HostNotConfigured, NotInstalled
from addon_backend.ports.identity import Identity
from addon_backend.services.sign_in import identify, sign_in
from tests.unit.services.desk import make_house

MARIE = Identity("1001", "marie@example.com", "example.com")


class Shop:
    """A Marketplace that refuses everybody, or nobody."""

    def __init__(self, refused: bool) -> None:
        self.refused = refused

    def refuses(self, identity: Identity) -> bool:
        return self.refused


@pytest.fixture
def house(tmp_path):
    return make_house(tmp_path)


def test_without_a_client_nobody_is_asked_who_she_is(house):
    with pytest.raises(HostNotConfigured):
        identify(house, "a token")


@pytest.mark.parametrize("licences", [None, Shop(refused=False)])
def test_who_is_not_refused_comes_in(house, licences):
    caller = sign_in(replace(house, licences=licences), MARIE, "fr")
    with house.store.reading() as unit:
        assert unit.accounts.workspace(caller.workspace).key == "google:example.com"


def test_who_is_refused_leaves_no_trace(house, tmp_path):
    with pytest.raises(NotInstalled):
        sign_in(replace(house, licences=Shop(refused=True)), MARIE, "en")
    with closing(sqlite3.connect(tmp_path / "truth.db")) as database:
        assert database.execute("SELECT count(*) FROM workspace").fetchone() == (0,)
