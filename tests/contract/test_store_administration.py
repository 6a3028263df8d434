"""Switches, admissions, proofs, traces and arrivals, on both engines."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from addon_backend.domain.errors import NotVisible
from addon_backend.domain.runs import RunState, Stage
from addon_backend.domain.switches import AUDIT_DAYS, PROOF_SECONDS, Admission, Switches
from tests.contract.world import World, chunks_of

SECRET, BROWSER = "a secret", "a browser"


@pytest.fixture
def ada(world: World):
    return world.member()


def switches(world, member, told):
    world.does(lambda unit: unit.administration.set_switches(member.workspace, told))


def sweeps(world):
    world.does(lambda unit: unit.retention.erase_due())


@pytest.mark.parametrize(
    "told",
    [
        Switches(),
        Switches(everybody=False, fields=frozenset(), in_place=False, delegation=True, paused=True),
        Switches(fields=frozenset({"country", "email.type"})),
    ],
)
def test_switches_stand_as_they_were_set(world, ada, told):
    assert world.sees(lambda unit: unit.administration.switches(ada.workspace)) == Switches()
    for each in (Switches(paused=True), told, told):
        switches(world, ada, each)
    assert world.sees(lambda unit: unit.administration.switches(ada.workspace)) == told


def test_what_was_said_of_a_member_stands(world, ada):
    for admission in (Admission.USUAL, Admission.BLOCKED, Admission.LISTED, Admission.USUAL):
        world.does(lambda unit, a=admission: unit.administration.set_admission(ada.workspace, ada.id, a))
        assert world.sees(lambda unit: unit.administration.admission(ada.workspace, ada.id)) is admission
    with pytest.raises(NotVisible):
        world.does(lambda unit: unit.administration.set_admission(ada.workspace, "nobody", Admission.BLOCKED))


def test_coming_in_again_ends_no_block(world, ada):
    world.does(lambda unit: unit.administration.set_admission(ada.workspace, ada.id, Admission.BLOCKED))
    world.member()
    assert world.sees(lambda unit: unit.administration.admission(ada.workspace, ada.id)) is Admission.BLOCKED


class TestProofs:
    """A day, by the database's clock."""

    def proven(self, world, ada):
        return world.sees(lambda unit: unit.administration.proven(ada.workspace, ada.id))

    def test_counts_for_a_day(self, world, ada):
        assert not self.proven(world, ada)
        world.does(lambda unit: unit.administration.prove(ada.workspace, ada.id))
        world.sql("UPDATE administrator SET proven_at = proven_at - :by", by=PROOF_SECONDS - 60)
        assert self.proven(world, ada)
        world.sql("UPDATE administrator SET proven_at = proven_at - 120")
        assert not self.proven(world, ada)
        world.does(lambda unit: unit.administration.prove(ada.workspace, ada.id))
        assert self.proven(world, ada)

    def test_is_forgotten_when_it_is_told_so_or_too_old(self, world, ada):
        world.does(lambda unit: unit.administration.prove(ada.workspace, ada.id))
        for _ in range(2):
            world.does(lambda unit: unit.administration.disprove(ada.workspace, ada.id))
        assert not self.proven(world, ada)
        world.does(lambda unit: unit.administration.prove(ada.workspace, ada.id))
        sweeps(world)
        assert self.proven(world, ada)
        world.sql("UPDATE administrator SET proven_at = 0")
        sweeps(world)
        assert world.ask("SELECT count(*) FROM administrator") == [(0,)]


class TestPause:
    """Nothing of a paused workspace is due, all of another is."""

    def test_claims_pass_it_by(self, world, ada):
        eve = world.member("eve")
        world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 2)), created_at=1.0)
        switches(world, ada, Switches(paused=True))
        assert world.does(lambda unit: unit.work.claim("w")) is None
        assert world.sees(lambda unit: unit.work.due()) == 0
        world.run(eve, "hers", chunks=chunks_of(eve, "hers", (Stage.ENGINE, 1)))
        assert world.must_claim().workspace == eve.workspace
        switches(world, ada, Switches())
        assert world.sees(lambda unit: unit.work.due()) > 0
        assert world.must_claim().workspace == ada.workspace

    def test_active_are_those_that_could_go_on(self, world, ada):
        for state in RunState:
            world.run(ada, state.value, state=state)
        found = world.sees(lambda unit: unit.administration.active(ada.workspace))
        assert sorted(found) == [(name, ada.id) for name in ("preparing", "queued", "running")]


class TestTraces:
    """Newest first, for 400 days."""

    def test_are_told_and_forgotten(self, world, ada):
        for what in ("paused", "in_place"):
            world.does(lambda unit, w=what: unit.administration.note(ada.workspace, ada.id, w, "on", "about"))
            world.sql("UPDATE audit SET at = at - 60")
        found = world.sees(lambda unit: unit.administration.audit(ada.workspace, 9))
        assert [(line.what, line.value, line.about) for line in found] == [
            ("in_place", "on", "about"),
            ("paused", "on", "about"),
        ]
        assert len(world.sees(lambda unit: unit.administration.audit(ada.workspace, 1))) == 1
        sweeps(world)
        assert world.ask("SELECT count(*) FROM audit") == [(2,)]
        world.sql("UPDATE audit SET at = at - :by", by=AUDIT_DAYS * 86_400)
        sweeps(world)
        assert world.ask("SELECT count(*) FROM audit") == [(0,)]


class TestArrivals:
    """One secret, one browser, once."""

    @pytest.fixture(autouse=True)
    def way(self, world):
        world.does(lambda unit: unit.administration.set_out(SECRET, BROWSER, 60.0))

    def back(self, world, secret=SECRET, browser=BROWSER):
        return world.does(lambda unit: unit.administration.come_back(secret, browser))

    def test_of_many_who_come_back_one_is_let_in(self, world):
        with ThreadPoolExecutor(4) as pool:
            assert sum(pool.map(lambda _: self.back(world), range(4))) == 1

    def test_another_browser_uses_it_up(self, world):
        assert not self.back(world, browser="another")
        assert not self.back(world)

    def test_another_secret_does_not(self, world):
        assert not self.back(world, secret="another")
        assert self.back(world)

    def test_too_late_is_too_late(self, world):
        world.sql("UPDATE arrival SET expires_at = expires_at - 61")
        assert not self.back(world)

    def test_no_secret_is_in_a_row(self, world):
        ((digest, browser),) = world.ask("SELECT digest, browser FROM arrival")
        assert SECRET not in digest
        assert BROWSER not in browser

    def test_is_swept(self, world):
        sweeps(world)
        assert world.ask("SELECT count(*) FROM arrival") == [(1,)]
        world.sql("UPDATE arrival SET expires_at = expires_at - 61")
        sweeps(world)
        assert world.ask("SELECT count(*) FROM arrival") == [(0,)]


def test_spending_is_summed_by_member_and_month(world, ada):
    grace = world.does(lambda unit: unit.accounts.enter("person:ada", "ada", "grace", "en"))
    for member, name, at in ((ada, "a", 150.0), (ada, "b", 199.0), (grace, "c", 250.0), (ada, "d", 99.0)):
        world.run(member, name, created_at=at)
    world.sql("UPDATE run SET rows = 10")
    world.sql("UPDATE reservation SET spent = 3")
    found = world.sees(lambda unit: unit.administration.spent(ada.workspace, [100.0, 200.0]))
    told = sorted((one.month, one.member == ada.id, one.runs, one.rows, one.credits) for one in found)
    assert told == [(0, True, 2, 20, 6), (1, False, 1, 10, 3)]


def test_seats_tell_how_consents_stand(world, ada):
    seats = lambda: world.sees(lambda unit: unit.administration.seats(ada.workspace, "google"))  # noqa: E731
    assert [seat.granted for seat in seats()] == [None]
    world.does(
        lambda unit: unit.credentials.put(ada.workspace, ada.id, "google", "1//t", frozenset({"openid"}))
    )
    assert [seat.granted for seat in seats()] == [True]
    world.sql("UPDATE credential SET token = NULL, revoked_at = 1")
    assert [seat.granted for seat in seats()] == [False]
    assert seats()[0].seen_at > 0
