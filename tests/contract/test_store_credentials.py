"""Grants, one-time codes and data keys wrapped anew, on both engines."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.domain.workspaces import REVOKED_SECONDS
from addon_backend.security.vault import AesGcmVault
from addon_backend.store.unit import SqlStore
from tests.contract.world import VAULT_KEY, World

SCOPES = frozenset({"openid", "https://www.googleapis.com/auth/drive.file"})
NEW_KEY = b"n" * 32
FIRST, SECRET = "1//first", "secret"


@pytest.fixture
def ada(world: World):
    return world.member()


def puts(world, member, token=FIRST, provider="google"):
    world.does(lambda unit: unit.credentials.put(member.workspace, member.id, provider, token, SCOPES))


def gets(world, member, provider="google"):
    return world.sees(lambda unit: unit.credentials.get(member.workspace, member.id, provider))


def sweeps(world):
    world.does(lambda unit: unit.retention.erase_due())


class TestCredentials:
    """One grant for each member and provider."""

    def test_what_was_granted_comes_back(self, world, ada):
        assert gets(world, ada) is None
        puts(world, ada)
        found = gets(world, ada)
        assert (found.token, found.scopes) == ("1//first", SCOPES)
        assert gets(world, ada, "microsoft") is None

    def test_a_token_is_in_no_row_and_in_no_text(self, world, ada):
        puts(world, ada)
        ((kept,),) = world.ask("SELECT token FROM credential")
        assert b"first" not in bytes(kept)
        assert "first" not in repr(gets(world, ada))

    def test_a_token_moved_to_somebody_else_opens_for_nobody(self, world, ada):
        grace = world.does(lambda unit: unit.accounts.enter("person:ada", "ada", "grace", "en"))
        puts(world, ada)
        puts(world, grace, "1//graces")
        world.sql(
            "UPDATE credential SET token = (SELECT token FROM credential WHERE member = :ada)", ada=ada.id
        )
        assert gets(world, ada).token == "1//first"
        with pytest.raises(EngineUnavailable):
            gets(world, grace)

    def test_a_new_grant_takes_the_place_of_the_old(self, world, ada):
        puts(world, ada)
        puts(world, ada, "1//second")
        assert gets(world, ada).token == "1//second"
        assert world.ask("SELECT count(*) FROM credential") == [(1,)]

    def test_one_that_has_ended_keeps_no_token(self, world, ada):
        puts(world, ada)
        granted = gets(world, ada).granted_at
        for _ in range(2):
            world.does(lambda unit: unit.credentials.revoke(ada.workspace, ada.id, "google", granted))
        assert (gets(world, ada).token, gets(world, ada).scopes) == ("", SCOPES)
        assert world.ask("SELECT token FROM credential") == [(None,)]
        puts(world, ada, "1//again")
        assert gets(world, ada).token == "1//again"

    def test_the_end_of_an_older_grant_does_not_end_a_newer_one(self, world, ada):
        puts(world, ada)
        older = gets(world, ada).granted_at - 60
        world.does(lambda unit: unit.credentials.revoke(ada.workspace, ada.id, "google", older))
        assert gets(world, ada).token == "1//first"

    def test_a_forgotten_one_never_was(self, world, ada):
        puts(world, ada)
        for _ in range(2):
            world.does(lambda unit: unit.credentials.forget(ada.workspace, ada.id, "google"))
        assert gets(world, ada) is None

    def test_nobody_but_a_member_grants_anything(self, world, ada):
        with pytest.raises(IntegrityError):
            world.does(lambda unit: unit.credentials.put(ada.workspace, "nobody", "google", "x", SCOPES))

    def test_that_it_has_ended_is_remembered_for_a_while(self, world, ada):
        puts(world, ada)
        granted = gets(world, ada).granted_at
        world.does(lambda unit: unit.credentials.revoke(ada.workspace, ada.id, "google", granted))
        world.sql("UPDATE credential SET revoked_at = revoked_at - :by", by=REVOKED_SECONDS - 60)
        sweeps(world)
        assert gets(world, ada) is not None
        world.sql("UPDATE credential SET revoked_at = revoked_at - :by", by=120)
        sweeps(world)
        assert gets(world, ada) is None

    def test_one_that_lasts_is_not_swept(self, world, ada):
        puts(world, ada)
        world.sql("UPDATE credential SET granted_at = 1000")
        sweeps(world)
        assert gets(world, ada).token == "1//first"


class TestCodes:
    """One secret, one door, once."""

    @pytest.fixture(autouse=True)
    def code(self, world, ada):
        world.does(lambda unit: unit.codes.add(ada.workspace, ada.id, "start", "secret", b"what", 60.0))

    def take(self, world, ada, purpose="start", secret=SECRET):
        return world.does(lambda unit: unit.codes.take(ada.workspace, purpose, secret))

    def test_opens_once(self, world, ada):
        taken = self.take(world, ada)
        assert (taken.member, taken.payload) == (ada.id, b"what")
        assert self.take(world, ada) is None

    def test_opens_no_other_door(self, world, ada):
        assert self.take(world, ada, purpose="return") is None
        assert self.take(world, ada, secret="another") is None
        assert self.take(world, ada) is not None

    def test_opens_nothing_when_it_is_too_old(self, world, ada):
        world.sql("UPDATE one_time_code SET expires_at = expires_at - 61")
        assert self.take(world, ada) is None
        assert world.ask("SELECT count(*) FROM one_time_code") == [(0,)]

    def test_of_many_who_take_it_at_once_one_gets_it(self, world, ada):
        with ThreadPoolExecutor(4) as pool:
            taken = list(pool.map(lambda _: self.take(world, ada), range(4)))
        assert sum(one is not None for one in taken) == 1

    def test_what_it_stands_for_is_in_no_row_and_in_no_text(self, world, ada):
        ((payload, digest),) = world.ask("SELECT payload, digest FROM one_time_code")
        assert b"what" not in bytes(payload)
        assert "secret" not in digest
        assert "what" not in repr(self.take(world, ada))

    def test_is_still_there_where_the_taking_was_not_committed(self, world, ada):
        with world.store.unit() as unit:
            assert unit.codes.take(ada.workspace, "start", "secret")
        assert self.take(world, ada) is not None

    def test_is_swept_when_it_is_too_old_and_not_before(self, world, ada):
        sweeps(world)
        assert world.ask("SELECT count(*) FROM one_time_code") == [(1,)]
        world.sql("UPDATE one_time_code SET expires_at = expires_at - 61")
        sweeps(world)
        assert world.ask("SELECT count(*) FROM one_time_code") == [(0,)]


class TestWrappingAnew:
    """After a change of the key-encryption key the old one can be dropped."""

    def store(self, world, *names):
        known = {"one": VAULT_KEY, "two": NEW_KEY}
        return SqlStore(world.engine, AesGcmVault({name: known[name] for name in names}, names[0]))

    def rewrap(self, store):
        done: list[str] = []
        last = ""
        while True:
            with store.unit() as unit:
                batch = unit.data_keys.rewrap(last)
                unit.commit()
            if not batch:
                return done
            done += batch
            last = batch[-1]

    def token(self, store, member):
        with store.reading() as unit:
            return unit.credentials.get(member.workspace, member.id, "google").token

    def test_the_old_key_can_be_dropped(self, world):
        members = [world.member(name) for name in ("ada", "eve", "grace")]
        for member in members:
            puts(world, member, f"1//{member.id}")
        both, new = self.store(world, "two", "one"), self.store(world, "two")
        with pytest.raises(EngineUnavailable):
            self.token(new, members[0])
        assert sorted(self.rewrap(both)) == sorted(member.workspace for member in members)
        assert [self.token(new, member) for member in members] == [f"1//{one.id}" for one in members]
        with pytest.raises(EngineUnavailable):
            self.token(world.store, members[0])

    def test_twice_is_as_good_as_once(self, world, ada):
        puts(world, ada)
        both = self.store(world, "two", "one")
        assert self.rewrap(both) == self.rewrap(both) == [ada.workspace]
        assert self.token(self.store(world, "two"), ada) == "1//first"

    def test_all_are_wrapped_however_many_there_are(self, world):
        members = [world.member(f"person-{number}") for number in range(103)]
        assert len(set(self.rewrap(self.store(world, "two", "one")))) == len(members)

    def test_a_key_that_nobody_knows_stops_it(self, world, ada):
        with pytest.raises(EngineUnavailable):
            self.rewrap(self.store(world, "two"))
