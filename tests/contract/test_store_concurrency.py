"""Several processes and threads at once lose nothing and share nothing, on both engines."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest

from addon_backend.domain.errors import Lost
from addon_backend.domain.runs import ChunkState, Stage, Task
from addon_backend.ports.store import KeptAnswer
from addon_backend.store.engine import make_engine
from addon_backend.store.migrations import migrate
from tests.contract.claimers import in_processes
from tests.contract.world import World, chunk_of, chunks_of

PROCESSES = 4


@pytest.fixture
def ada(world: World):
    """A person with a workspace of her own."""
    return world.member()


def at_once(count, step):
    """Do a step in so many threads that all begin together; each has a connection of its own."""
    together = threading.Barrier(count)

    def begin(number):
        together.wait()
        return step(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(begin, range(count)))


def test_claimers_in_processes_never_share_a_chunk(world: World, ada, database_url):
    for name in ("one", "two", "three"):
        world.run(ada, name, chunks=chunks_of(ada, name, (Stage.ENGINE, 20)))
    claimed = Counter(chain.from_iterable(in_processes(PROCESSES, "claim_all", database_url)))
    assert set(claimed) == {f"{run}/{number}/1" for run in ("one", "two", "three") for number in range(20)}
    assert set(claimed.values()) == {1}


def test_claimers_in_threads_never_share_a_chunk_or_a_sheet(world: World, ada):
    world.run(ada, "engine", chunks=chunks_of(ada, "engine", (Stage.ENGINE, 10)))
    for name in ("a", "b"):
        computed = [
            chunk_of(name, ada.workspace, Stage.ENGINE, n, state=ChunkState.COMPUTED) for n in range(5)
        ]
        world.run(ada, name, chunks=computed)
    claims = [claim for claim in at_once(8, lambda n: world.claims(f"worker-{n}")) if claim]
    assert len({(claim.run, claim.stage, claim.number) for claim in claims}) == len(claims)
    assert sum(claim.task is Task.WRITE for claim in claims) <= 1


def test_six_hundred_touches_are_all_kept(world: World, ada):
    world.run(ada)

    def touch(_):
        for _ in range(100):
            world.does(lambda unit: unit.runs.touch(ada.workspace, "run"))

    at_once(6, touch)
    assert world.sees(lambda unit: unit.runs.version(ada.workspace, "run")) == 601


def test_on_sqlite_what_was_read_is_still_true_when_it_is_written_back(tmp_path):
    """Left to themselves, SQLAlchemy and sqlite3 keep 150 of these 600; READ COMMITTED promises less."""
    url = f"sqlite:///{tmp_path / 'addon.db'}"
    migrate(url)
    engine = make_engine(url)
    world = World(engine)
    ada = world.member()
    world.run(ada, quoted=1000, reserved=0)
    in_processes(PROCESSES, "increment", url, ada.workspace, "150")
    assert world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run")).reserved == 600
    engine.dispose()


def test_no_more_is_set_aside_than_is_reserved_however_many_ask_at_once(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 6)), reserved=25)
    claims = [world.must_claim(f"worker-{number}") for number in range(6)]
    granted = at_once(6, lambda n: world.does(lambda unit: unit.runs.allocate(claims[n], 10)))
    assert sum(granted) == 25


def test_only_one_of_many_attempts_to_write_a_chunk_is_billed(world: World, ada):
    chunk = chunk_of("run", ada.workspace, Stage.SOURCES, state=ChunkState.COMPUTED)
    world.run(ada, chunks=[chunk])
    claim = world.must_claim()

    def write(_):
        try:
            world.does(lambda unit: unit.chunks.written(claim, chunk, {}, [("demo", 5)]))
        except Lost:
            return False
        return True

    assert sorted(at_once(6, write)) == [False] * 5 + [True]
    assert world.sees(lambda unit: unit.ledger.spent(ada.workspace, "run")) == 5


def test_an_identity_asked_by_many_at_once_is_sent_by_one(world: World, ada):
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 6)))
    claims = [world.must_claim(f"worker-{number}") for number in range(6)]
    names = [f"identity-{number}" for number in range(40)]

    def ask(number):
        known = world.does(lambda unit: unit.ledger.ask(claims[number], "demo", names, 1))
        return [name for name in names if name not in known]

    sent = list(chain.from_iterable(at_once(6, ask)))
    assert sorted(sent) == sorted(names)


def test_first_visits_at_once_make_one_member(world: World):
    assert len(set(at_once(6, lambda _: world.member("ada")))) == 1


def test_one_key_pressed_many_times_at_once_starts_one_run(world: World, ada):
    def start(number):
        with world.store.unit() as unit:
            kept = unit.keys.get(ada.workspace, ada.id, "key")
            if kept is None:
                kept = KeptAnswer("digest", 202, f"run-{number}")
                unit.keys.put(ada.workspace, ada.id, "key", kept)
            unit.commit()
            return kept.answer

    assert len(set(at_once(6, start))) == 1


def test_a_role_taken_by_many_at_once_has_one_holder(world: World):
    led = at_once(6, lambda n: world.does(lambda unit: unit.work.lead("sweeper", f"holder-{n}", 30.0)))
    assert led.count(True) == 1


def test_a_store_can_be_inherited_by_a_fork(world: World, database_url):
    assert in_processes(1, "fork", database_url) == [["3"]]


def test_a_reader_goes_on_while_a_unit_writes(world: World, ada):
    world.run(ada)
    with world.store.unit() as writing:
        writing.runs.touch(ada.workspace, "run")
        assert world.sees(lambda unit: unit.runs.version(ada.workspace, "run")) == 1
        writing.commit()
    assert world.sees(lambda unit: unit.runs.version(ada.workspace, "run")) == 2
