"""Runs, their states, their versions and their money, on both engines."""

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError

from addon_backend.domain.errors import Lost, NotVisible
from addon_backend.domain.errors import RunState as WrongState
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.runs import (
    ChunkState,
    InputColumn,
    Operation,
    Output,
    Purpose,
    Reservation,
    Run,
    RunState,
    Stage,
)
from addon_backend.domain.sheet import SheetRef
from addon_backend.ports.store import UnitOfWork
from tests.contract.world import SHEET, World, chunk_of, chunks_of

INPUTS = (
    InputColumn("c1", 0, "E-Mail \ud800", ColumnKind.EMAIL),
    InputColumn("c2", 1, "\0", ColumnKind.TEXT),
)
OUTPUTS = (
    Output("clean:c1", "E-mail", Operation.CLEAN, "email", ("c1",), target="c1", in_place=True),
    Output("fill:country", "Country", Operation.FILL, "country", ("c1", "c2"), sources=("demo",), price=3),
)


def test_a_run_comes_back_as_it_was_added(world: World):
    ada = world.member()
    run = world.run(ada, state=RunState.QUEUED)
    assert world.sees(lambda unit: unit.runs.get(ada.workspace, "run")) == run
    assert (run.version, run.state, run.started_at, run.finished_at, run.erase_at) == (
        1,
        RunState.QUEUED,
        None,
        None,
        None,
    )


def test_a_run_without_a_moment_of_creation_is_created_on_the_databases_clock(world: World):
    ada = world.member()
    before = world.sees(lambda unit: unit.now())
    run = world.run(ada, created_at=0.0)
    assert before <= run.created_at <= world.sees(lambda unit: unit.now())


def test_what_becomes_known_is_set_and_the_rest_is_left(world: World):
    ada = world.member()
    run = world.run(ada)
    world.does(lambda unit: unit.runs.describe(ada.workspace, "run", rows=70, inputs=INPUTS, outputs=OUTPUTS))
    world.does(lambda unit: unit.runs.describe(ada.workspace, "run", trial_rows=5, quality_before=60))
    world.does(lambda unit: unit.runs.describe(ada.workspace, "run", quality_after=0))
    assert world.sees(lambda unit: unit.runs.get(ada.workspace, "run")) == replace(
        run,
        rows=70,
        inputs=INPUTS,
        outputs=OUTPUTS,
        trial_rows=5,
        quality_before=60,
        quality_after=0,
        version=4,
    )


def test_every_visible_change_raises_the_version_by_one(world: World):
    ada = world.member()
    world.run(ada, reserved=1)
    steps = [
        lambda unit: unit.runs.touch(ada.workspace, "run"),
        lambda unit: unit.runs.move(ada.workspace, "run", {RunState.RUNNING}, RunState.PARKED),
        lambda unit: unit.runs.describe(ada.workspace, "run", rows=1),
        lambda unit: unit.runs.reserve(ada.workspace, "run", 50),
        lambda unit: unit.runs.release_rest(ada.workspace, "run"),
    ]
    for number, step in enumerate(steps, start=2):
        world.does(step)
        assert world.sees(lambda unit: unit.runs.version(ada.workspace, "run")) == number


def test_a_run_moves_only_from_where_it_may(world: World):
    ada = world.member()
    world.run(ada, state=RunState.PARKED)
    with pytest.raises(WrongState):
        world.does(lambda unit: unit.runs.move(ada.workspace, "run", {RunState.RUNNING}, RunState.FINISHED))
    still = world.sees(lambda unit: unit.runs.get(ada.workspace, "run"))
    assert (still.state, still.version) == (RunState.PARKED, 1)


def test_a_run_is_stamped_when_it_starts_and_when_it_ends(world: World):
    ada = world.member()
    world.does(lambda unit: unit.accounts.set_retention(ada.workspace, 7))
    world.run(ada, state=RunState.QUEUED)

    def moved(to, reason=""):
        return world.does(lambda unit: unit.runs.move(ada.workspace, "run", set(RunState), to, reason))

    started = moved(RunState.PREPARING)
    assert started.started_at is not None
    assert moved(RunState.RUNNING).started_at == started.started_at
    assert moved(RunState.PARKED, "trial_done").reason == "trial_done"
    ended = moved(RunState.FINISHED)
    assert ended.reason == ""
    assert ended.finished_at is not None
    assert ended.finished_at >= started.started_at
    assert ended.erase_at == pytest.approx(ended.finished_at + 7 * 86_400, abs=1)


def test_history_is_newest_first_and_can_be_paged(world: World):
    ada = world.member()
    for number in range(5):
        world.run(ada, f"run-{number}", created_at=1000.0 + number)
    world.run(ada, "elsewhere", sheet=SheetRef("local", "other", "s"), created_at=2000.0)

    def names(document, before, limit=10):
        runs = world.sees(lambda unit: unit.runs.history(ada.workspace, ada.id, document, before, limit))
        return [run.id for run in runs]

    assert names(None, None, 2) == ["elsewhere", "run-4"]
    assert names("leads", None) == ["run-4", "run-3", "run-2", "run-1", "run-0"]
    assert names("leads", 1002.0) == ["run-1", "run-0"]


def test_history_is_ones_own_and_the_sheets_writers_are_the_workspaces(world: World):
    ada = world.does(lambda unit: unit.accounts.enter("google:acme.example", "Acme", "1", "en"))
    grace = world.does(lambda unit: unit.accounts.enter("google:acme.example", "Acme", "2", "en"))
    for member, name in ((ada, "hers"), (grace, "theirs")):
        chunk = chunk_of(name, member.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)
        world.run(member, name, chunks=[chunk])
        claim = world.must_claim()
        tally = {"fill:country": {"written": {"derived": 1}}}
        world.writes(claim, chunk, tally)
        world.leases_run_out()
    world.run(ada, "wrote-nothing")
    history = world.sees(lambda unit: unit.runs.history(ada.workspace, ada.id, None, None, 9))
    assert {run.id for run in history} == {"hers", "wrote-nothing"}
    writers = world.sees(lambda unit: unit.runs.writing_to(ada.workspace, SHEET.document, SHEET.sheet, 9))
    assert {run.id for run in writers} == {"hers", "theirs"}


def test_the_runs_on_a_sheet_that_have_not_ended(world: World):
    ada = world.member()
    for name in ("stops", "waits", "goes on"):
        world.run(ada, name)
    states = {RunState.QUEUED, RunState.PREPARING, RunState.RUNNING}
    world.does(lambda unit: unit.runs.move(ada.workspace, "stops", states, RunState.STOPPED))
    world.does(lambda unit: unit.runs.move(ada.workspace, "waits", states, RunState.PARKED))
    here = world.sees(lambda unit: unit.runs.unfinished_on(ada.workspace, SHEET.document, SHEET.sheet))
    assert [run.id for run in here] == ["goes on", "waits"]
    assert not world.sees(lambda unit: unit.runs.unfinished_on(ada.workspace, SHEET.document, "another"))


def test_reserving_rises_to_the_quote_and_never_falls(world: World):
    ada = world.member()
    world.run(ada, quoted=100, reserved=20)

    def reserved(up_to):
        return world.does(lambda unit: unit.runs.reserve(ada.workspace, "run", up_to)).reserved

    assert [reserved(amount) for amount in (50, 30, 1000, 0)] == [50, 50, 100, 100]


def test_what_is_over_goes_back(world: World):
    ada = world.member()
    world.run(ada, quoted=100, reserved=40)
    world.sql("UPDATE reservation SET spent = 15")
    world.does(lambda unit: unit.runs.release_rest(ada.workspace, "run"))
    money = world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run"))
    assert (money.quoted, money.reserved, money.spent, money.released) == (100, 40, 15, 25)


def release(unit: UnitOfWork, workspace: str, keep: int) -> None:
    unit.runs.release_rest(workspace, "run", keep)


def test_what_may_still_be_spent_is_kept_and_what_was_given_back_is_not_taken_again(world: World):
    ada = world.member()
    world.run(ada, quoted=100, reserved=40)
    world.sql("UPDATE reservation SET spent = 15")
    for keep, released in ((10, 15), (4, 21), (9, 21), (0, 25)):
        world.does(partial(release, workspace=ada.workspace, keep=keep))
        money = world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run"))
        assert (money.spent, money.released) == (15, released)


def finish(unit: UnitOfWork, workspace: str, name: str) -> None:
    unit.runs.move(workspace, name, set(RunState), RunState.FINISHED)


def test_what_is_undecided_is_released_thirty_days_after_the_end(world: World):
    ada = world.member()
    for name, days in (("old", 31), ("new", 29)):
        world.run(ada, name, quoted=10)
        world.does(partial(finish, workspace=ada.workspace, name=name))
        world.sql(
            "UPDATE run SET finished_at = finished_at - :age WHERE id = :name", age=days * 86_400, name=name
        )
    world.run(ada, "going on", quoted=10)
    assert world.does(lambda unit: unit.retention.release_due()) == 1
    assert world.does(lambda unit: unit.retention.release_due()) == 0
    assert world.ask("SELECT run, released FROM reservation ORDER BY run") == [
        ("going on", 0),
        ("new", 0),
        ("old", 10),
    ]


def add(unit: UnitOfWork, run: Run) -> None:
    unit.runs.add(run, Reservation(0, 0, 0, 0), [])


def test_runs_that_follow_up_others_are_found_oldest_first(world: World):
    ada = world.member()
    first = world.run(ada, "first")
    other = world.run(ada, "other")
    for name, parent, created_at in (("b", first, 30.0), ("a", other, 20.0), ("c", first, 10.0)):
        follow = replace(first, id=name, purpose=Purpose.DECIDE, parent=parent.id, created_at=created_at)
        world.does(partial(add, run=follow))
    found = world.sees(lambda unit: unit.runs.following(ada.workspace, ["first", "other"]))
    assert [(run.id, run.parent, run.purpose) for run in found] == [
        ("c", "first", Purpose.DECIDE),
        ("a", "other", Purpose.DECIDE),
        ("b", "first", Purpose.DECIDE),
    ]
    assert world.sees(lambda unit: unit.runs.following(ada.workspace, [])) == []


@pytest.mark.parametrize(
    "breach",
    ["spent = 11", "released = 11", "spent = 6, released = 5", "reserved = 101", "spent = -1", "quoted = 9"],
)
def test_the_database_itself_refuses_to_break_the_ceiling(world: World, breach):
    ada = world.member()
    world.run(ada, quoted=100, reserved=10)
    with pytest.raises(IntegrityError):
        world.sql(f"UPDATE reservation SET {breach}")  # noqa: S608 - the cases are above


def test_credits_are_set_aside_once_and_only_while_there_are_any(world: World):
    ada = world.member()
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 3)), reserved=25)
    claims = [world.must_claim(f"worker-{number}") for number in range(3)]

    def allocated(claim, wanted):
        return world.does(lambda unit: unit.runs.allocate(claim, wanted))

    assert [allocated(claim, 10) for claim in claims] == [10, 10, 5]
    assert allocated(claims[0], 10) == 10, "asking again does not count against oneself"
    assert allocated(claims[0], 2) == 2
    assert allocated(claims[2], 100) == 13


def test_an_old_claim_sets_nothing_aside(world: World):
    ada = world.member()
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 1)))
    old = world.must_claim()
    world.leases_run_out()
    world.must_claim("worker-2")
    with pytest.raises(Lost):
        world.does(lambda unit: unit.runs.allocate(old, 1))


def test_a_run_that_never_was_is_not_visible(world: World):
    ada = world.member()
    steps = [
        lambda unit: unit.runs.get(ada.workspace, "no"),
        lambda unit: unit.runs.version(ada.workspace, "no"),
        lambda unit: unit.runs.move(ada.workspace, "no", set(RunState), RunState.FAILED),
        lambda unit: unit.runs.describe(ada.workspace, "no", rows=1),
        lambda unit: unit.runs.touch(ada.workspace, "no"),
        lambda unit: unit.runs.reservation(ada.workspace, "no"),
        lambda unit: unit.runs.reserve(ada.workspace, "no", 1),
        lambda unit: unit.runs.release_rest(ada.workspace, "no"),
    ]
    for step in steps:
        with pytest.raises(NotVisible):
            world.does(step)
