"""A chunk that kills its workers is halved until the row that does it is found, on both engines."""

import pytest

from addon_backend.domain.errors import Lost
from addon_backend.domain.runs import ChunkState, RunState, Stage, Task
from tests.contract.world import World, chunk_of, chunks_of


@pytest.fixture
def ada(world: World):
    """A person with a workspace of her own."""
    return world.member()


def dies(world, times=1):
    """Workers claim and die, one after the other; return the last claim."""
    claim = None
    for number in range(times):
        claim = world.must_claim(f"victim-{number}")
        world.leases_run_out()
        world.waits_are_over()
    return claim


def rows_of(world, ada, state=ChunkState.PLANNED):
    chunks = world.sees(lambda unit: unit.chunks.of_run(ada.workspace, "run"))
    return {
        (chunk.number, chunk.first, chunk.count)
        for chunk in chunks
        if chunk.stage is Stage.ENGINE and chunk.state is state
    }


def test_after_three_deaths_a_chunk_is_halved(world: World, ada):
    world.run(ada, chunks=[chunk_of("run", ada.workspace, Stage.ENGINE, 0, first=40, count=11)])
    dead = dies(world, 3)
    claim = world.must_claim()
    assert (claim.number, claim.fence) == (1, 1)
    assert rows_of(world, ada) == {(1, 40, 5), (2, 45, 6)}
    assert rows_of(world, ada, ChunkState.SKIPPED) == {(0, 40, 0)}, "no row is counted twice"
    with pytest.raises(Lost):
        world.does(lambda unit: unit.chunks.computed(dead))


def test_halves_get_numbers_above_all_others_of_their_stage(world: World, ada):
    chunks = [chunk_of("run", ada.workspace, Stage.ENGINE, number, count=2) for number in (0, 7)]
    world.run(ada, chunks=[*chunks, *chunks_of(ada, "run", (Stage.SOURCES, 1))])
    world.sql("UPDATE chunk SET claims = 3 WHERE number = 0 AND stage = 1")
    assert world.must_claim().number == 8
    assert rows_of(world, ada) == {(8, 0, 1), (9, 1, 1), (7, 14, 2)}


def test_what_was_halved_is_not_added_again(world: World, ada):
    chunks = chunks_of(ada, "run", (Stage.ENGINE, 1))
    world.run(ada, chunks=chunks)
    dies(world, 3)
    world.must_claim()
    before = rows_of(world, ada)
    world.does(lambda unit: unit.chunks.add(chunks))
    assert rows_of(world, ada) == before


def test_the_row_that_kills_is_found_and_the_run_goes_on(world: World, ada):
    poison = 37
    world.run(ada, chunks=[chunk_of("run", ada.workspace, Stage.ENGINE, 0, first=0, count=64)])
    deaths = 0
    computed: set[int] = set()
    while (claim := world.claims()) and claim.task is Task.COMPUTE:
        chunk = world.claimed(claim)
        rows = set(range(chunk.first, chunk.first + chunk.count))
        if poison in rows:
            deaths += 1
            world.leases_run_out()
        else:
            world.fails(claim)
            computed |= rows
    assert computed == set(range(64)) - {poison}
    assert world.ask("SELECT first, count FROM chunk WHERE reason = 'row_kills_worker'") == [(poison, 1)]
    assert deaths == 6 * 3 + 2


def test_what_is_handed_back_never_counts(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.ENGINE, 1)))
    for _ in range(9):
        claim = world.must_claim()
        world.hands_back(claim)
    assert world.must_claim().number == 0


def test_a_halved_chunk_gives_its_set_aside_credits_back(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 1)), reserved=10)
    claim = world.must_claim()
    world.does(lambda unit: unit.runs.allocate(claim, 10))
    world.leases_run_out()
    dies(world, 2)
    half = world.must_claim()
    assert world.does(lambda unit: unit.runs.allocate(half, 10)) == 10


def test_a_write_is_tried_for_ever_with_longer_and_longer_pauses(world: World, ada):
    world.run(ada, chunks=[chunk_of("run", ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)])
    dies(world, 20)
    world.must_claim()
    world.leases_run_out()
    assert world.claims() is None, "others get a turn"
    world.waits_are_over()
    assert world.must_claim().task is Task.WRITE


def test_a_selection_that_kills_whoever_prepares_it_fails_its_run(world: World, ada):
    chunk = chunk_of("run", ada.workspace, Stage.PREPARE, count=0)
    world.run(ada, state=RunState.PREPARING, chunks=[chunk], reserved=10)
    dies(world, 6)
    assert world.claims() is None
    run = world.sees(lambda unit: unit.runs.get(ada.workspace, "run"))
    assert (run.state, run.reason) == (RunState.FAILED, "prepare_kills_worker")
    assert run.erase_at is not None
    assert world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run")).released == 10
