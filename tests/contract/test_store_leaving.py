"""The outbox, what was seen, who could open a document, and who a run belongs to; on both engines."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest

from addon_backend.domain.errors import NotVisible
from addon_backend.domain.runs import NOTICE_SECONDS, RunState
from addon_backend.domain.workspaces import ACCESS_SECONDS
from tests.contract.world import World

ENDS = [state for state in RunState if state.final or state is RunState.PARKED]


@pytest.fixture
def run(world: World):
    return world.run(world.member())


def moves(world, run, to, allowed=tuple(RunState)):
    world.does(lambda unit: unit.runs.move(run.workspace, run.id, allowed, to, "why"))


def takes(world):
    return world.does(lambda unit: unit.notices.take())


def due(world):
    return world.sees(lambda unit: unit.notices.due())


def passes(world, seconds):
    world.sql("UPDATE notice SET due_at = due_at - :by", by=seconds)


@pytest.mark.parametrize("state", list(RunState))
def test_a_run_that_ends_or_parks_enters_the_outbox_and_no_other(world, run, state):
    moves(world, run, state)
    passes(world, NOTICE_SECONDS)
    assert due(world) == (state in ENDS)
    notice = takes(world)
    assert (notice is not None) == (state in ENDS)
    assert takes(world) is None


def test_the_need_is_written_with_the_end_or_not_at_all(world, run):
    with world.store.unit() as unit:
        unit.runs.move(run.workspace, run.id, [RunState.RUNNING], RunState.FINISHED)
    passes(world, NOTICE_SECONDS)
    assert due(world) == 0


def test_nothing_is_due_before_an_open_panel_has_had_its_time(world, run):
    moves(world, run, RunState.FINISHED)
    passes(world, NOTICE_SECONDS - 5)
    assert (due(world), takes(world)) == (0, None)


def test_a_run_that_goes_on_leaves_the_outbox(world, run):
    moves(world, run, RunState.PARKED)
    moves(world, run, RunState.RUNNING, [RunState.PARKED])
    passes(world, NOTICE_SECONDS)
    assert takes(world) is None


def test_a_run_that_parks_twice_is_told_anew(world, run):
    moves(world, run, RunState.PARKED)
    passes(world, NOTICE_SECONDS)
    assert takes(world).tries == 0
    moves(world, run, RunState.RUNNING, [RunState.PARKED])
    moves(world, run, RunState.PARKED)
    assert takes(world) is None
    passes(world, NOTICE_SECONDS)
    assert takes(world).run == run.id


def test_what_is_put_back_comes_again_later_and_counts(world, run):
    moves(world, run, RunState.FINISHED)
    passes(world, NOTICE_SECONDS)
    notice = takes(world)
    world.does(lambda unit: unit.notices.put_back(notice, 60))
    assert takes(world) is None
    passes(world, 61)
    assert takes(world).tries == 1


def test_what_is_put_back_does_not_hide_a_newer_need(world, run):
    moves(world, run, RunState.PARKED)
    passes(world, NOTICE_SECONDS)
    notice = takes(world)
    moves(world, run, RunState.FINISHED)
    world.does(lambda unit: unit.notices.put_back(notice, 3600))
    passes(world, NOTICE_SECONDS)
    assert takes(world).tries == 0


def test_of_many_who_take_each_need_goes_to_one(world):
    ada = world.member()
    for number in range(12):
        moves(world, world.run(ada, f"run{number}"), RunState.FINISHED)
    passes(world, NOTICE_SECONDS)
    with ThreadPoolExecutor(4) as pool:
        taken = [notice for notice in pool.map(lambda _: takes(world), range(40)) if notice]
    assert sorted(notice.run for notice in taken) == sorted(f"run{number}" for number in range(12))


@pytest.mark.parametrize("state", ENDS)
def test_a_run_is_unseen_until_its_newest_version_was_looked_at(world, run, state):
    def unseen():
        return [one.id for one in world.sees(lambda unit: unit.runs.unseen(run.workspace, run.member, 9))]

    assert unseen() == []
    moves(world, run, state)
    assert unseen() == [run.id]
    now = world.sees(lambda unit: unit.runs.get(run.workspace, run.id))
    world.does(lambda unit: unit.runs.seen(run.workspace, run.id, now.version - 1))
    assert unseen() == [run.id]
    for version in (now.version, now.version - 1):
        world.does(lambda unit, version=version: unit.runs.seen(run.workspace, run.id, version))
        assert unseen() == []
    assert world.sees(lambda unit: unit.runs.get(run.workspace, run.id)) == replace(
        now, seen_version=now.version
    )


def test_a_run_that_is_handed_over_is_the_other_s_and_new_to_her(world, run):
    moves(world, run, RunState.PARKED)
    grace = world.does(lambda unit: unit.accounts.enter("person:ada", "ada", "grace", "en"))
    world.does(lambda unit: unit.runs.seen(run.workspace, run.id, 99))
    world.does(lambda unit: unit.runs.hand_over(run.workspace, run.id, grace.id))
    now = world.sees(lambda unit: unit.runs.get(run.workspace, run.id))
    assert (now.member, now.unseen, now.version) == (grace.id, True, 3)
    with pytest.raises(NotVisible):
        world.does(lambda unit: unit.runs.hand_over("other", run.id, grace.id))


def test_a_host_s_word_counts_for_its_time_and_for_what_it_was_about(world):
    ada = world.member()

    def has(member=ada.id, host="google", document="d", workspace=ada.workspace):
        return world.sees(lambda unit: unit.accounts.has_access(workspace, member, host, document))

    def proves():
        world.does(lambda unit: unit.accounts.prove_access(ada.workspace, ada.id, "google", "d"))

    def loses(workspace, member, document, unit):
        unit.accounts.lose_access(workspace, member, "google", document)

    assert not has()
    proves()
    assert has()
    assert not any([has(member="x"), has(host="excel"), has(document="e"), has(workspace="w")])
    world.sql("UPDATE document_access SET proven_at = proven_at - :by", by=ACCESS_SECONDS)
    assert not has()
    proves()
    assert has()
    others = [("w", ada.id, "d"), (ada.workspace, "x", "d"), (ada.workspace, ada.id, "e")]
    for workspace, member, document in others:
        world.does(partial(loses, workspace, member, document))
    assert has()
    world.does(partial(loses, ada.workspace, ada.id, "d"))
    assert not has()


def test_old_words_are_erased(world):
    ada = world.member()
    world.does(lambda unit: unit.accounts.prove_access(ada.workspace, ada.id, "google", "d"))
    world.does(lambda unit: unit.retention.erase_due())
    assert world.ask("SELECT count(*) FROM document_access") == [(1,)]
    world.sql("UPDATE document_access SET proven_at = proven_at - :by", by=ACCESS_SECONDS)
    world.does(lambda unit: unit.retention.erase_due())
    assert world.ask("SELECT count(*) FROM document_access") == [(0,)]


def test_an_address_is_kept_sealed_and_a_visit_without_one_keeps_it(world):
    def enter(email=""):
        return world.does(lambda unit: unit.accounts.enter("person:ada", "ada", "ada", "en", email))

    assert enter().email == ""
    first = enter("ada@example.com")
    assert enter() == first
    assert enter("ada@new.example").email == "ada@new.example"
    kept = world.sees(lambda unit: unit.accounts.member(first.workspace, first.id))
    assert (kept.email, kept.mail) == ("ada@new.example", True)
    assert "example" not in repr(kept)
    (sealed,) = world.ask("SELECT email FROM member")[0]
    assert b"example" not in bytes(sealed)


def test_mail_is_turned_off_and_on(world):
    ada = world.member()

    def wants(mail):
        world.does(lambda unit: unit.accounts.set_mail(ada.workspace, ada.id, wanted=mail))
        return world.sees(lambda unit: unit.accounts.member(ada.workspace, ada.id)).mail

    assert [wants(False), wants(False), wants(True)] == [False, False, True]
    with pytest.raises(NotVisible):
        world.does(lambda unit: unit.accounts.set_mail("other", ada.id, wanted=False))


def test_a_workspace_is_erased_with_all_of_it(world, run):
    moves(world, run, RunState.FINISHED)
    world.does(lambda unit: unit.accounts.prove_access(run.workspace, run.member, "google", "d"))
    world.does(lambda unit: unit.retention.erase_workspace(run.workspace))
    assert world.ask("SELECT count(*) FROM notice") == [(0,)]
    assert world.ask("SELECT count(*) FROM document_access") == [(0,)]
