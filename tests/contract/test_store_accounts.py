"""Workspaces, members, terms, quotes and idempotency keys, on both engines."""

import traceback
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from addon_backend.domain.errors import (
    BodyInvalid,
    EngineUnavailable,
    KeyReused,
    NotVisible,
    QuoteUnknown,
    QuoteUsed,
)
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.runs import Reservation
from addon_backend.ports.store import KeptAnswer
from addon_backend.store.engine import make_engine
from addon_backend.store.migrations import migrate
from tests.contract.world import World, a_quote


def test_whoever_comes_back_is_the_same_member(world: World):
    first = world.member("ada")
    assert world.member("ada") == first
    assert world.sees(lambda unit: unit.accounts.member(first.workspace, first.id)) == first


def test_colleagues_share_a_workspace_and_are_two_members(world: World):
    def enter(subject):
        return world.does(lambda unit: unit.accounts.enter("google:acme.example", "Acme", subject, "fr"))

    ada, grace = enter("1"), enter("2")
    assert ada.workspace == grace.workspace
    assert ada.id != grace.id
    kept = world.sees(lambda unit: unit.accounts.workspace(ada.workspace))
    assert (kept.key, kept.name, kept.retention_days) == ("google:acme.example", "Acme", 90)


def test_the_language_of_the_last_visit_is_kept(world: World):
    ada = world.member("ada")
    again = world.does(lambda unit: unit.accounts.enter("person:ada", "ada", "ada", "fr"))
    assert (again.id, again.language) == (ada.id, "fr")
    assert world.sees(lambda unit: unit.accounts.member(ada.workspace, ada.id)).language == "fr"


@pytest.mark.parametrize("name", ["NUL \0 inside", "a lone \ud800 surrogate", "日本 🗂"])
def test_a_name_that_the_database_cannot_hold_is_kept_as_far_as_it_can_be(world: World, name):
    ada = world.does(lambda unit: unit.accounts.enter("person:x", name, "x", "en"))
    kept = world.sees(lambda unit: unit.accounts.workspace(ada.workspace)).name
    assert kept == name.replace("\0", "\ufffd").replace("\ud800", "\ufffd")


def test_each_workspace_has_a_data_key_of_its_own(world: World):
    world.member("ada")
    world.member("grace")
    keys = [key for (key,) in world.ask("SELECT data_key FROM workspace")]
    assert len({bytes(key) for key in keys}) == 2  # type: ignore[call-overload]


@pytest.mark.parametrize("days", [1, 400])
def test_retention_can_be_one_to_four_hundred_days(world: World, days):
    ada = world.member()
    world.does(lambda unit: unit.accounts.set_retention(ada.workspace, days))
    assert world.sees(lambda unit: unit.accounts.workspace(ada.workspace)).retention_days == days


@pytest.mark.parametrize("days", [0, 401])
def test_no_other_retention_is_taken(world: World, days):
    ada = world.member()
    with pytest.raises(BodyInvalid):
        world.does(lambda unit: unit.accounts.set_retention(ada.workspace, days))


def test_terms_are_in_force_once_accepted_and_the_newest_counts(world: World):
    ada = world.member()
    assert world.sees(lambda unit: unit.accounts.terms_in_force(ada.workspace)) is None
    for version in ("2026-01", "2026-11"):
        world.accepts(ada, version)
    assert world.sees(lambda unit: unit.accounts.terms_in_force(ada.workspace)) == "2026-11"


def test_accepting_again_changes_nothing(world: World):
    ada = world.member()
    for version in ("2025-07", "2026-01", "2025-07"):  # in one millisecond, the newer text counts
        world.accepts(ada, version)
    assert world.sees(lambda unit: unit.accounts.terms_in_force(ada.workspace)) == "2026-01"
    assert world.ask("SELECT count(*) FROM terms_acceptance") == [(2,)]


def test_a_quote_comes_back_as_it_was_shown_even_when_it_has_expired(world: World):
    ada = world.member()
    quote = replace(a_quote(ada, expires_at=1.0), kinds=((3, ColumnKind.PHONE),), marks={"height": 9})
    world.does(lambda unit: unit.quotes.add(quote))
    assert world.sees(lambda unit: unit.quotes.get(ada.workspace, ada.id, "quote")) == quote


def test_a_quote_starts_one_run_of_its_own_workspace(world: World):
    ada, eve = world.member(), world.member("other")
    world.does(lambda unit: unit.quotes.add(a_quote(ada)))
    with pytest.raises(QuoteUsed):
        world.does(lambda unit: unit.quotes.use(eve.workspace, "quote", "run-0"))
    world.does(lambda unit: unit.quotes.use(ada.workspace, "quote", "run-1"))
    with pytest.raises(QuoteUsed):
        world.does(lambda unit: unit.quotes.use(ada.workspace, "quote", "run-2"))


def test_a_colleagues_quote_is_unknown(world: World):
    ada = world.does(lambda unit: unit.accounts.enter("google:acme.example", "Acme", "1", "en"))
    grace = world.does(lambda unit: unit.accounts.enter("google:acme.example", "Acme", "2", "en"))
    world.does(lambda unit: unit.quotes.add(a_quote(ada)))
    with pytest.raises(QuoteUnknown):
        world.sees(lambda unit: unit.quotes.get(grace.workspace, grace.id, "quote"))


def test_an_idempotency_key_answers_what_it_answered(world: World):
    ada = world.member()
    kept = KeptAnswer("digest", 202, "run-1")
    assert world.does(lambda unit: unit.keys.get(ada.workspace, ada.id, "key")) is None
    world.does(lambda unit: unit.keys.put(ada.workspace, ada.id, "key", kept))
    assert world.sees(lambda unit: unit.keys.get(ada.workspace, ada.id, "key")) == kept
    with pytest.raises(KeyReused):
        world.does(lambda unit: unit.keys.put(ada.workspace, ada.id, "key", kept))


def test_a_unit_that_is_not_committed_leaves_nothing(world: World):
    with world.store.unit() as unit:
        ada = unit.accounts.enter("person:ada", "ada", "ada", "en")
    with pytest.raises(NotVisible):
        world.sees(lambda unit: unit.accounts.workspace(ada.workspace))


def test_a_unit_that_fails_leaves_nothing(world: World):
    def fail(unit):
        unit.accounts.enter("person:ada", "ada", "ada", "en")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        world.does(fail)
    assert world.ask("SELECT count(*) FROM workspace") == [(0,)]


def test_a_reading_unit_cannot_write(world: World):
    ada = world.member()
    with world.store.reading() as unit, pytest.raises((EngineUnavailable, DBAPIError)):
        unit.accounts.set_retention(ada.workspace, 7)
    assert world.sees(lambda unit: unit.accounts.workspace(ada.workspace)).retention_days == 90


def test_no_error_of_the_database_tells_a_value(world: World):
    ada = world.member()
    run = replace(world.run(ada, "first"), title="ada@example.com")
    steps = [
        lambda unit: unit.runs.add(run, Reservation(1, 2, 0, 0), []),
        lambda unit: unit.runs.add(replace(run, id="second", member="nobody"), Reservation(1, 1, 0, 0), []),
        lambda unit: unit.runs.add(replace(run, id="third"), Reservation(1, 2, 0, 0), []),
        lambda unit: unit.runs.add(replace(run, id="fourth", rows=2**70), Reservation(1, 1, 0, 0), []),
    ]
    for step in steps:
        with pytest.raises((DBAPIError, OverflowError)) as caught:
            world.does(step)
        told = "".join(traceback.format_exception(caught.value))
        assert "ada@example.com" not in told
        assert ada.workspace not in told


@pytest.fixture
def of_its_own(empty_url):
    """A store over a database that no other test will see: its tables may be changed."""
    migrate(empty_url)
    engine = make_engine(empty_url)
    yield World(engine)
    engine.dispose()


def test_ping_is_silent_when_all_is_well_and_names_what_is_missing(of_its_own: World):
    of_its_own.store.ping()
    of_its_own.sql("DROP TABLE alembic_version")
    with pytest.raises(EngineUnavailable) as caught:
        of_its_own.store.ping()
    assert caught.value.facts == {"reason": "database_not_migrated"}


def test_a_newer_database_is_welcome_while_two_versions_run(of_its_own: World):
    of_its_own.sql("UPDATE alembic_version SET version_num = '9999'")
    of_its_own.store.ping()
