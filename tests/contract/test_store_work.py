"""The claim query is the scheduler: what is due, whose turn it is, and who holds what, on both engines."""

import pytest

from addon_backend.domain.errors import Lost
from addon_backend.domain.runs import ChunkState, RunState, Stage, Task
from addon_backend.domain.sheet import SheetRef
from tests.contract.world import SHEET, World, chunk_of, chunks_of

OTHER_SHEET = SheetRef("local", "leads", "sheet-2")


@pytest.fixture
def ada(world: World):
    """A person with a workspace of her own."""
    return world.member()


def taken(claim):
    return None if claim is None else (claim.task, claim.run, claim.stage, claim.number)


def test_an_empty_house_has_nothing_to_do(world: World):
    assert world.claims() is None
    assert world.does(lambda unit: unit.work.due()) == 0


@pytest.mark.parametrize("state", list(RunState))
def test_each_state_of_a_run_offers_what_it_may(world: World, ada, state):
    stages = ((Stage.PREPARE, 1), (Stage.ENGINE, 1), (Stage.FINISH, 1))
    world.run(ada, state=state, chunks=chunks_of(ada, "run", *stages))
    offered = {
        RunState.QUEUED: Task.PREPARE,
        RunState.PREPARING: Task.PREPARE,
        RunState.RUNNING: Task.COMPUTE,
        RunState.STOPPING: Task.FINISH,
    }
    due = world.does(lambda unit: unit.work.due())
    claim = world.claims()
    assert (claim.task if claim else None) == offered.get(state)
    assert (due > 0) == (claim is not None)


@pytest.mark.parametrize("state", list(RunState))
def test_what_is_computed_is_written_while_the_run_is_active(world: World, ada, state):
    world.run(
        ada, state=state, chunks=[chunk_of("run", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)]
    )
    active = {RunState.QUEUED, RunState.PREPARING, RunState.RUNNING, RunState.STOPPING}
    assert (world.claims() is not None) == (state in active)


def test_trouble_with_a_host_is_counted_from_its_first_time_until_something_gets_through(world: World, ada):
    """Another run's trouble is its own."""
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    world.run(ada, "another", sheet=OTHER_SHEET)

    def troubled(run="run"):
        return world.does(lambda unit: unit.runs.troubled(ada.workspace, run))

    assert troubled() < 60
    world.sql("UPDATE run SET troubled_at = troubled_at - 100 WHERE id = 'run'")
    assert troubled() >= 100
    assert troubled("another") < 60
    world.computes(world.must_claim())
    assert troubled() >= 100
    world.writes(world.must_claim(), chunk_of("run", ada.workspace, Stage.ENGINE), {})
    assert troubled() < 60
    world.sql("UPDATE run SET troubled_at = troubled_at - 100 WHERE id = 'run'")
    states = {RunState.RUNNING}
    world.does(lambda unit: unit.runs.move(ada.workspace, "run", states, RunState.PARKED, "host_trouble"))
    assert troubled() < 60


def test_a_run_goes_through_its_stages_in_order(world: World, ada):
    stages = ((Stage.ENGINE, 2), (Stage.SOURCES, 1), (Stage.FINISH, 1))
    world.run(ada, chunks=chunks_of(ada, "run", *stages))
    done = []
    while claim := world.claims():
        done.append((claim.task, claim.stage, claim.number))
        if claim.task is Task.COMPUTE:
            world.computes(claim)
        elif claim.task is Task.WRITE:
            world.writes(claim, world.claimed(claim), {})
            world.hands_back(claim)
        else:
            world.ends(claim)
    assert done == [
        (Task.COMPUTE, Stage.ENGINE, 0),
        (Task.WRITE, Stage.ENGINE, 0),
        (Task.COMPUTE, Stage.ENGINE, 1),
        (Task.WRITE, Stage.ENGINE, 1),
        (Task.COMPUTE, Stage.SOURCES, 0),
        (Task.WRITE, Stage.SOURCES, 0),
        (Task.FINISH, Stage.FINISH, 0),
    ]


def test_sources_wait_until_every_engine_chunk_is_written(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1), (Stage.SOURCES, 1)))
    engine = world.must_claim()
    assert world.claims("worker-2") is None
    world.does(lambda unit: unit.chunks.computed(engine))
    writer = world.must_claim("worker-2")
    assert writer.task is Task.WRITE
    assert world.claims("worker-3") is None


def test_held_chunks_hold_nobody_up(world: World, ada):
    held = [
        chunk_of("run", ada.workspace, stage, 5, state=ChunkState.HELD)
        for stage in (Stage.ENGINE, Stage.SOURCES)
    ]
    world.run(ada, chunks=[*held, *chunks_of(ada, "run", (Stage.SOURCES, 1), (Stage.FINISH, 1))])
    claim = world.must_claim()
    assert (claim.stage, claim.number) == (Stage.SOURCES, 0)
    world.does(lambda unit: unit.chunks.failed(claim, "x"))
    assert world.must_claim().task is Task.FINISH


def test_a_stopping_run_waits_for_what_was_ordered_and_orders_nothing(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 2), (Stage.FINISH, 1)))
    ordered = world.must_claim()
    world.does(lambda unit: unit.runs.move(ada.workspace, "run", {RunState.RUNNING}, RunState.STOPPING))
    assert world.claims("worker-2") is None
    world.does(lambda unit: unit.chunks.computed(ordered))
    assert world.must_claim("worker-2").task is Task.WRITE


def test_a_stopping_run_does_not_wait_for_the_dead(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1), (Stage.FINISH, 1)))
    world.must_claim()
    world.does(lambda unit: unit.runs.move(ada.workspace, "run", {RunState.RUNNING}, RunState.STOPPING))
    world.leases_run_out()
    assert world.must_claim("worker-2").task is Task.FINISH


def test_a_claim_holds_its_chunk_until_the_lease_is_over(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    first = world.must_claim()
    assert world.claims("worker-2") is None
    world.leases_run_out()
    second = world.must_claim("worker-2")
    assert (second.number, second.fence) == (first.number, first.fence + 1)


def test_renewing_extends_and_never_shortens(world: World, ada):
    world.run(ada, chunks=[chunk_of("run", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)])
    claim = world.must_claim()
    world.does(lambda unit: unit.work.renew(claim, 500.0))
    world.does(lambda unit: unit.work.renew(claim))
    now = world.sees(lambda unit: unit.now())
    ((chunk_until,),) = world.ask("SELECT lease_until FROM chunk")
    ((sheet_until,),) = world.ask("SELECT until FROM sheet_lease")
    assert min(float(str(chunk_until)), float(str(sheet_until))) > now + 400


def test_a_writer_whose_own_chunk_is_written_keeps_the_sheet(world: World, ada):
    chunk = chunk_of("run", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)
    world.run(ada, chunks=[chunk])
    claim = world.must_claim()
    world.does(lambda unit: unit.chunks.written(claim, chunk, {}, []))
    world.does(lambda unit: unit.work.renew(claim))
    world.leases_run_out()
    world.run(ada, "next", chunks=[chunk_of("next", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)])
    assert world.must_claim("worker-2").run == "next"
    with pytest.raises(Lost):
        world.does(lambda unit: unit.work.renew(claim))


def test_a_sheet_has_one_writer_whoever_the_tenant_is(world: World, ada):
    grace = world.member("grace")
    for member in (ada, grace):
        world.run(member, chunks=[chunk_of("run", member.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)])
    first = world.must_claim()
    assert first.sheet_key == SHEET.lease_key
    assert world.claims("worker-2") is None
    world.does(lambda unit: unit.work.hand_back(first))
    assert world.must_claim("worker-2").task is Task.WRITE


def test_two_sheets_are_written_at_once(world: World, ada):
    for name, sheet in (("one", SHEET), ("two", OTHER_SHEET)):
        computed = chunk_of(name, ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)
        world.run(ada, name, sheet=sheet, chunks=[computed])
    assert {world.must_claim().run, world.must_claim("worker-2").run} == {"one", "two"}


def test_finishing_waits_for_the_sheet(world: World, ada):
    world.run(ada, "one", chunks=[chunk_of("one", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)])
    world.run(ada, "two", chunks=chunks_of(ada, "two", (Stage.FINISH, 1)), created_at=2000.0)
    writer = world.must_claim()
    assert world.claims("worker-2") is None
    world.does(lambda unit: unit.work.hand_back(writer, 60.0))
    assert taken(world.claims("worker-2")) == (Task.FINISH, "two", Stage.FINISH, 0)


def test_sheet_fences_grow(world: World, ada):
    world.run(ada, chunks=[chunk_of("run", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)])
    fences = []
    for _ in range(3):
        claim = world.must_claim()
        fences.append(claim.sheet_fence)
        world.hands_back(claim)
    assert fences == [1, 2, 3]


def test_the_tenant_with_fewest_leases_comes_first(world: World, ada):
    grace = world.member("grace")
    world.run(ada, "flood", chunks=chunks_of(ada, "flood", (Stage.ENGINE, 6)), created_at=1000.0)
    world.run(grace, "one", chunks=chunks_of(grace, "one", (Stage.ENGINE, 2)), created_at=2000.0)
    order = [world.must_claim(f"worker-{number}").run for number in range(5)]
    assert order == ["flood", "one", "flood", "one", "flood"]


def test_an_older_run_of_a_tenant_comes_first(world: World, ada):
    for name, created_at in (("young", 2000.0), ("old", 1000.0)):
        world.run(ada, name, chunks=chunks_of(ada, name, (Stage.ENGINE, 1)), created_at=created_at)
    assert [world.must_claim().run, world.must_claim().run] == ["old", "young"]


def test_within_a_run_writing_comes_before_computing_and_lower_ordinals_first(world: World, ada):
    chunks = [
        chunk_of("run", ada.workspace, Stage.ENGINE, number, first=90 - 10 * number) for number in range(3)
    ]
    computed = chunk_of("run", ada.workspace, Stage.ENGINE, 9, first=500, state=ChunkState.COMPUTED)
    world.run(ada, chunks=[*chunks, computed])
    assert [world.must_claim(f"w{n}").number for n in range(4)] == [9, 2, 1, 0]


def test_what_is_handed_back_is_due_again_and_its_claim_is_not_counted(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    for _ in range(5):
        claim = world.must_claim()
        world.hands_back(claim)
    assert world.ask("SELECT claims, fence, worker FROM chunk") == [(0, 5, "")]
    claim = world.must_claim()
    world.does(lambda unit: unit.work.hand_back(claim, 3600.0))
    assert world.claims() is None
    assert world.does(lambda unit: unit.work.due()) == 0
    world.waits_are_over()
    assert world.must_claim().fence == 7


def test_when_a_host_asks_to_wait_all_that_the_run_has_to_write_waits(world: World, ada):
    computed = [chunk_of("run", ada.workspace, Stage.ENGINE, n, state=ChunkState.COMPUTED) for n in range(3)]
    world.run(ada, chunks=computed)
    claim = world.must_claim()
    world.does(lambda unit: unit.work.hand_back(claim, 60.0))
    assert world.claims() is None


def test_handing_back_late_changes_nothing(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    late = world.must_claim()
    world.leases_run_out()
    held = world.must_claim("worker-2")
    world.does(lambda unit: unit.work.hand_back(late, 60.0))
    world.does(lambda unit: unit.work.renew(held))
    assert world.claims("worker-3") is None


def test_the_leases_of_a_dead_worker_end_at_once(world: World, ada):
    world.run(ada, "one", chunks=chunks_of(ada, "one", (Stage.ENGINE, 1)))
    computed = chunk_of("two", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)
    world.run(ada, "two", chunks=[computed])
    dead = [world.must_claim("dead"), world.must_claim("dead")]
    assert world.does(lambda unit: unit.work.end_leases("dead")) == 3, "two chunks and a sheet"
    assert world.does(lambda unit: unit.work.end_leases("dead")) == 0
    assert {world.must_claim("alive").run for _ in dead} == {"one", "two"}
    for claim in dead:
        with world.store.unit() as unit, pytest.raises(Lost):
            unit.work.renew(claim)


def test_a_worker_that_was_thought_dead_has_lost_its_fences(world: World, ada):
    chunk = chunk_of("run", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)
    world.run(ada, chunks=[chunk])
    claim = world.must_claim("slow")
    world.does(lambda unit: unit.work.end_leases("slow"))
    for step in (
        lambda unit: unit.work.renew(claim),
        lambda unit: unit.chunks.written(claim, chunk, {}, []),
    ):
        with pytest.raises(Lost):
            world.does(step)


def test_a_role_has_one_holder_until_its_lease_is_over(world: World):
    def lead(holder):
        return world.does(lambda unit: unit.work.lead("sweeper", holder, 30.0))

    assert world.sees(lambda unit: unit.work.beat("sweeper")) is None
    assert [lead("a"), lead("b"), lead("a")] == [True, False, True]
    beat = world.sees(lambda unit: unit.work.beat("sweeper"))
    assert beat is not None
    assert beat >= 0
    world.leases_run_out()
    assert [lead("b"), lead("a")] == [True, False]


@pytest.mark.parametrize("size", [10, 300])
def test_a_claim_costs_the_same_few_statements_whatever_the_number_of_chunks(world: World, ada, size):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, size), (Stage.SOURCES, size)))
    with world.counted() as statements:
        world.must_claim()
    assert len(statements) == 4
