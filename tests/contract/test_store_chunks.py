"""Chunks change by compare-and-set under a fence, and are billed once, on both engines."""

import pytest
from sqlalchemy.exc import IntegrityError

from addon_backend.domain.errors import Lost, NotVisible
from addon_backend.domain.runs import ChunkState, RunState, Stage, Task
from addon_backend.ports.store import BlockKey
from tests.contract.world import World, chunk_of, chunks_of

TALLY = {"fill:country": {"written": {"derived": 7}, "kept": {"filled": 3}}}


@pytest.fixture
def ada(world: World):
    """A person with a workspace of her own."""
    return world.member()


def writer_of(world, ada, **money):
    """A run with one computed chunk, and the claim of the worker that writes it."""
    computed = chunk_of("run", ada.workspace, Stage.SOURCES, state=ChunkState.COMPUTED)
    world.run(ada, chunks=[computed], **money)
    claim = world.must_claim()
    assert claim.task is Task.WRITE
    return claim, computed


def test_a_chunk_that_exists_already_is_left_as_it_is(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    again = [chunk_of("run", ada.workspace, Stage.ENGINE, number, first=50 * number) for number in range(2)]
    world.does(lambda unit: unit.chunks.add(again))
    kept = world.sees(lambda unit: unit.chunks.of_run(ada.workspace, "run"))
    assert [(chunk.number, chunk.first) for chunk in kept] == [(0, 0), (1, 50)]


def test_chunks_come_by_stage_and_then_by_first_ordinal(world: World, ada):
    stages = (Stage.FINISH, Stage.SOURCES, Stage.ENGINE)
    chunks = [
        chunk_of("run", ada.workspace, stage, number, first=100 - number)
        for stage in stages
        for number in range(3)
    ]
    world.run(ada, chunks=chunks)
    kept = world.sees(lambda unit: unit.chunks.of_run(ada.workspace, "run"))
    assert [(chunk.stage, chunk.first) for chunk in kept] == [
        (stage, first) for stage in reversed(stages) for first in (98, 99, 100)
    ]


def test_the_computed_chunk_with_the_lowest_stage_and_ordinal_is_next(world: World, ada):
    def computed(stage, number, first):
        return chunk_of("run", ada.workspace, stage, number, first=first, state=ChunkState.COMPUTED)

    world.run(ada, chunks=[*chunks_of(ada, "run", (Stage.FINISH, 1)), computed(Stage.SOURCES, 0, 0)])
    world.does(lambda unit: unit.chunks.add([computed(Stage.ENGINE, 0, 90), computed(Stage.ENGINE, 1, 40)]))
    following = world.sees(lambda unit: unit.chunks.next_computed(ada.workspace, "run"))
    assert following is not None
    assert (following.stage, following.number) == (Stage.ENGINE, 1)
    world.sql("UPDATE chunk SET state = 'written'")
    assert world.sees(lambda unit: unit.chunks.next_computed(ada.workspace, "run")) is None


def test_a_computed_chunk_is_free_and_its_claims_are_forgiven(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    claim = world.must_claim()
    assert world.sees(lambda unit: unit.chunks.get(claim)).claims == 1
    world.does(lambda unit: unit.chunks.computed(claim))
    chunk = world.chunk(world.sees(lambda unit: unit.runs.get(ada.workspace, "run")), Stage.ENGINE, 0)
    assert (chunk.state, chunk.claims) == (ChunkState.COMPUTED, 0)
    assert world.must_claim("worker-2").task is Task.WRITE


@pytest.mark.parametrize(
    "step",
    [
        lambda unit, claim: unit.chunks.get(claim),
        lambda unit, claim: unit.chunks.computed(claim),
        lambda unit, claim: unit.chunks.done(claim),
        lambda unit, claim: unit.chunks.failed(claim, "trouble"),
        lambda unit, claim: unit.work.renew(claim),
        lambda unit, claim: unit.ledger.ask(claim, "demo", ["a"], 1),
    ],
    ids=["get", "computed", "done", "failed", "renew", "ask"],
)
def test_an_old_fence_changes_nothing(world: World, ada, step):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    old = world.must_claim()
    world.leases_run_out()
    new = world.must_claim("worker-2")
    with pytest.raises(Lost):
        world.does(lambda unit: step(unit, old))
    assert world.sees(lambda unit: unit.chunks.get(new)).state is ChunkState.PLANNED


def test_a_claim_that_nobody_took_over_still_holds_after_its_lease(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    claim = world.must_claim()
    world.leases_run_out()
    world.does(lambda unit: unit.chunks.computed(claim))


def test_what_is_computed_already_is_not_computed_again(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    claim = world.must_claim()
    world.does(lambda unit: unit.chunks.computed(claim))
    for step in (lambda unit: unit.chunks.computed(claim), lambda unit: unit.chunks.done(claim)):
        with pytest.raises(Lost):
            world.does(step)


def test_a_written_chunk_is_billed_in_the_same_transaction(world: World, ada):
    claim, chunk = writer_of(world, ada, quoted=100, reserved=40)
    world.sql("UPDATE chunk SET allocated = 30")
    world.does(
        lambda unit: unit.chunks.written(claim, chunk, TALLY, [("demo:country", 20), ("demo:size", 3)])
    )

    run = world.sees(lambda unit: unit.runs.get(ada.workspace, "run"))
    written = world.chunk(run, Stage.SOURCES, 0)
    assert (written.state, written.tally, written.allocated) == (ChunkState.WRITTEN, TALLY, 0)
    assert run.version == 2
    assert world.sees(lambda unit: unit.ledger.spent(ada.workspace, "run")) == 23
    assert world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run")).spent == 23


def test_writing_twice_bills_once(world: World, ada):
    claim, chunk = writer_of(world, ada)
    world.does(lambda unit: unit.chunks.written(claim, chunk, TALLY, [("demo:country", 20)]))
    with pytest.raises(Lost):
        world.does(lambda unit: unit.chunks.written(claim, chunk, TALLY, [("demo:country", 20)]))
    assert world.sees(lambda unit: unit.ledger.spent(ada.workspace, "run")) == 20
    assert world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run")).spent == 20


def test_a_bill_above_what_is_reserved_writes_nothing(world: World, ada):
    claim, chunk = writer_of(world, ada, quoted=100, reserved=10)
    with pytest.raises(IntegrityError):
        world.does(lambda unit: unit.chunks.written(claim, chunk, TALLY, [("demo:country", 11)]))
    assert world.sees(lambda unit: unit.chunks.get(claim)).state is ChunkState.COMPUTED
    assert world.sees(lambda unit: unit.ledger.spent(ada.workspace, "run")) == 0


def test_what_nobody_saw_is_settled_without_a_claim_and_its_writer_is_told(world: World, ada):
    claim, computed = writer_of(world, ada)
    tally = {"fill:country": {"failed": {"unconfirmed": 10}}}
    world.does(lambda unit: unit.chunks.unconfirmed(computed, tally))
    (kept,) = world.sees(lambda unit: unit.chunks.of_run(ada.workspace, "run"))
    assert (kept.state, kept.tally) == (ChunkState.WRITTEN, tally)
    with pytest.raises(Lost):
        world.does(lambda unit: unit.chunks.written(claim, computed, TALLY, []))
    world.does(lambda unit: unit.chunks.unconfirmed(computed, {}))
    (kept,) = world.sees(lambda unit: unit.chunks.of_run(ada.workspace, "run"))
    assert kept.tally == tally


def test_nothing_is_written_once_the_sheet_lease_is_over(world: World, ada):
    claim, chunk = writer_of(world, ada)
    world.sql("UPDATE sheet_lease SET until = 0")
    with pytest.raises(Lost):
        world.does(lambda unit: unit.chunks.written(claim, chunk, TALLY, []))


def test_nothing_is_written_once_another_took_the_sheet(world: World, ada):
    claim, chunk = writer_of(world, ada)
    world.leases_run_out()
    other = world.must_claim("worker-2")
    with pytest.raises(Lost):
        world.does(lambda unit: unit.chunks.written(claim, chunk, TALLY, []))
    world.does(lambda unit: unit.chunks.written(other, chunk, TALLY, []))


def test_a_claim_to_compute_is_no_right_to_write(world: World, ada):
    other = chunk_of("run", ada.workspace, Stage.ENGINE, 1, state=ChunkState.COMPUTED)
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    claim = world.must_claim()
    world.does(lambda unit: unit.chunks.add([other]))
    with pytest.raises(Lost):
        world.does(lambda unit: unit.chunks.written(claim, other, TALLY, []))


def test_one_writer_may_write_all_that_its_run_has_computed(world: World, ada):
    chunks = [
        chunk_of("run", ada.workspace, Stage.ENGINE, number, state=ChunkState.COMPUTED) for number in range(3)
    ]
    world.run(ada, chunks=chunks)
    claim = world.must_claim()
    for chunk in chunks:
        world.writes(claim, chunk, TALLY, ("x", 1))
        world.does(lambda unit: unit.work.renew(claim))
    world.does(lambda unit: unit.work.hand_back(claim))
    assert world.sees(lambda unit: unit.ledger.spent(ada.workspace, "run")) == 3


def test_done_ends_a_finish_and_lets_the_next_writer_in(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.FINISH, 1)))
    waiting = chunk_of("other", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)
    claim = world.must_claim()
    assert claim.task is Task.FINISH
    world.run(ada, "other", chunks=[waiting])
    assert world.claims("worker-2") is None
    world.does(lambda unit: unit.chunks.done(claim))
    assert world.must_claim("worker-2").run == "other"


def test_a_failed_chunk_says_why_and_gives_its_credits_back(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 1)), reserved=10)
    claim = world.must_claim()
    world.does(lambda unit: unit.runs.allocate(claim, 10))
    world.does(lambda unit: unit.chunks.failed(claim, "source_gone"))
    assert world.ask("SELECT state, reason, allocated, worker FROM chunk") == [
        ("failed", "source_gone", 0, "")
    ]


def test_a_stopped_writer_leaves_what_the_engine_worked_out_and_nobody_began(world: World, ada):
    chunks = [
        chunk_of("run", ada.workspace, stage, number, first=50 * number, state=ChunkState.COMPUTED)
        for stage, number in ((Stage.ENGINE, 0), (Stage.ENGINE, 1), (Stage.ENGINE, 2), (Stage.SOURCES, 0))
    ]
    world.run(ada, chunks=chunks, state=RunState.STOPPING)
    intent = BlockKey(ada.workspace, "run", "before", Stage.ENGINE, 1, "fill:country")
    world.does(lambda unit: unit.blocks.put(intent, b"{}"))
    claim = world.must_claim()
    world.does(lambda unit: unit.chunks.leave_unwritten(claim))
    states = {
        (chunk.stage, chunk.number): chunk.state
        for chunk in world.sees(lambda unit: unit.chunks.of_run(ada.workspace, "run"))
    }
    skipped = {key for key, state in states.items() if state is ChunkState.SKIPPED}
    assert skipped == {(Stage.ENGINE, 0), (Stage.ENGINE, 2)}
    world.leases_run_out()
    with pytest.raises(Lost):
        world.does(lambda unit: unit.chunks.leave_unwritten(claim))


def test_turning_leaves_alone_what_somebody_holds(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 3), (Stage.SOURCES, 2)))
    held = world.must_claim()
    turned = world.does(
        lambda unit: unit.chunks.turn(ada.workspace, "run", ChunkState.PLANNED, ChunkState.SKIPPED)
    )
    assert turned == 4
    assert world.sees(lambda unit: unit.chunks.get(held)).state is ChunkState.PLANNED
    again = world.does(
        lambda unit: unit.chunks.turn(ada.workspace, "run", ChunkState.PLANNED, ChunkState.SKIPPED)
    )
    assert again == 0


def test_turning_gives_set_aside_credits_back(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 1)), reserved=10)
    claim = world.must_claim()
    world.does(lambda unit: unit.runs.allocate(claim, 10))
    world.leases_run_out()
    world.does(lambda unit: unit.chunks.turn(ada.workspace, "run", ChunkState.PLANNED, ChunkState.SKIPPED))
    assert world.ask("SELECT allocated FROM chunk") == [(0,)]


def test_a_reopened_chunk_is_billed_for_what_it_adds(world: World, ada):
    claim, chunk = writer_of(world, ada)
    world.does(lambda unit: unit.chunks.written(claim, chunk, TALLY, [("demo:country", 20)]))
    world.does(lambda unit: unit.work.hand_back(claim))
    world.does(lambda unit: unit.chunks.reopen(ada.workspace, "run", Stage.SOURCES, 0))
    assert (
        world.chunk(world.sees(lambda unit: unit.runs.get(ada.workspace, "run")), Stage.SOURCES, 0).tally
        == {}
    )

    again = world.must_claim()
    assert again.task is Task.COMPUTE
    world.does(lambda unit: unit.chunks.computed(again))
    writer = world.must_claim()
    world.does(lambda unit: unit.chunks.written(writer, chunk, TALLY, [("demo:country", 5)]))
    assert world.sees(lambda unit: unit.ledger.spent(ada.workspace, "run")) == 25
    assert world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run")).spent == 25


def test_only_a_written_chunk_can_be_reopened(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 1)), state=RunState.PARKED)
    with pytest.raises(NotVisible):
        world.does(lambda unit: unit.chunks.reopen(ada.workspace, "run", Stage.SOURCES, 0))
