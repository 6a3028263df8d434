"""Whatever dies in the middle of a run, the sheet and the bill end as if nothing had.

One exception, by design: a paid look-up that was sent when its worker died is never asked again (law 6). Its
cells may stay empty; they are then counted as possibly spent, and cost no credit.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.work import advance
from addon_backend.telemetry import failpoints
from tests.faults.crew import Ended, Home, InTurn, eventually, kill_one, pid_of

pytestmark = pytest.mark.timeout(900)

ROWS = 1_000
FEW_ROWS = 600  # two chunks in each stage, one of them small
BOUGHT = ("Industry", "Employees")
PLACES = {
    "reading and computing": (
        "before_claim",
        "after_claim",
        "after_snapshot",
        "after_compute",
        "after_ask",
        "after_answer",
    ),
    "writing and ending": (
        "after_columns",
        "before_host_write",
        "after_host_write",
        "after_mark_written",
        "before_finish",
        "after_finish",
    ),
}
AT_A_LOOK_UP = {"after_ask", "after_answer"}
BATCH = 50  # the demo source's
COMPANY = 3  # the column that says whose row it is


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Callable[[int], Ended]:
    """What a run over so many rows leaves when nothing happens: one worker, in this process."""

    @cache
    def leaves(rows: int) -> Ended:
        home = Home(tmp_path_factory.mktemp("undisturbed"), rows=rows)
        try:
            run = home.press()
            while advance(home.house, "alone", lambda: False, 600.0):
                pass
            ended = home.ended(run)
        finally:
            home.close()
        assert ended.state == "finished"
        assert ended.billed == ended.money.spent > 0
        return ended

    return leaves


@pytest.fixture
def make_home(tmp_path, monkeypatch):
    """Make a home with a list of so many rows, on one of the databases."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # a killed engine leaves its socket: not in /tmp
    made = []

    def make(rows: int, database_url: str = "") -> Home:
        made.append(Home(tmp_path / "home", database_url, rows))
        return made[-1]

    yield make
    for home in made:
        home.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request) -> str:
    """The address of a database, or nothing for the home's own."""
    return request.getfixturevalue("migrated_postgres_url") if request.param == "postgres" else ""


def assert_as_if_nothing_had_happened(ended: Ended, undisturbed: Ended, *, lost_look_ups: int = 0) -> None:
    """The same sheet, counts and bill, but for at most so many batches of look-ups that died asked."""
    in_doubt = ended.money.provider_units_possibly_spent
    assert ended.state == "finished"
    assert ended.billed == ended.money.spent
    assert ended.money.spent + ended.money.released == ended.money.reserved
    assert in_doubt <= lost_look_ups * BATCH
    if not in_doubt:
        assert ended == undisturbed
        return
    titles = undisturbed.table[0]
    differing = [
        (row, wanted, titles[i])
        for row, wanted in zip(ended.table, undisturbed.table, strict=True)
        for i in range(len(titles))
        if row[i] != wanted[i]
    ]
    assert all(title in BOUGHT and row[titles.index(title)] is None for row, _, title in differing)
    assert len({wanted[COMPANY] for _, wanted, _ in differing}) <= in_doubt
    lost_credits = len({(wanted[COMPANY], title) for _, wanted, title in differing})
    assert ended.billed == undisturbed.billed - lost_credits


def is_under_way(home: Home, run: str) -> bool:
    """Whether some of the run is done, and some is not."""
    return home.view(run).state == "running" or home.is_over(run)


def test_a_worker_killed_in_the_middle(make_home, database, undisturbed):
    home = make_home(ROWS, database)
    with home.crew(2) as supervisor:
        run = home.press()
        eventually(lambda: is_under_way(home, run))
        assert kill_one(supervisor, random.Random(1))
        ended = home.ended(run)
    assert_as_if_nothing_had_happened(ended, undisturbed(ROWS), lost_look_ups=1)


def test_redis_wiped_in_the_middle(make_home, database, undisturbed):
    home = make_home(ROWS, database)
    with home.crew(2):
        run = home.press()
        eventually(lambda: is_under_way(home, run))
        with home.redis as redis:
            redis.flushall()
        ended = home.ended(run)
    assert_as_if_nothing_had_happened(ended, undisturbed(ROWS))


def test_redis_killed_in_the_middle(make_home, undisturbed):
    home = make_home(ROWS)
    with home.crew(2):
        run = home.press()
        eventually(lambda: is_under_way(home, run))
        home.engines.close()  # it ends; whoever misses it first starts it again
        ended = home.ended(run)
    assert_as_if_nothing_had_happened(ended, undisturbed(ROWS))


@pytest.mark.parametrize("phase", PLACES)
def test_workers_that_die_one_after_another(phase, make_home, undisturbed):
    """The first worker dies at the first place of a phase, the one in its stead at the next, and so on."""
    home = make_home(FEW_ROWS)
    run = home.press()
    deaths = InTurn(home.environment, "ADDON_CRASH", PLACES[phase])
    with home.crew(1, deaths):
        eventually(lambda: deaths.is_used_up)
        ended = home.ended(run)
    lost = len(AT_A_LOOK_UP & set(PLACES[phase]))
    assert_as_if_nothing_had_happened(ended, undisturbed(FEW_ROWS), lost_look_ups=lost)
    assert bool(ended.money.provider_units_possibly_spent) is bool(lost)


def test_an_undo_whose_workers_die(make_home, undisturbed):
    """Every cell that the run wrote is put back, once, whoever does it."""
    home = make_home(FEW_ROWS)
    before = home.table()
    dying = ("after_snapshot", "before_host_write", "after_host_write", "before_finish")
    with home.crew(2):
        run = home.press()
        assert_as_if_nothing_had_happened(home.ended(run), undisturbed(FEW_ROWS))
    deaths = InTurn(home.environment, "ADDON_CRASH", dying)
    with home.crew(1, deaths):
        back = undo(home.house, home.caller, run, "undo")[0].id
        eventually(lambda: deaths.is_used_up)
        ended = home.ended(back)
    assert (ended.state, ended.billed) == ("finished", 0)
    assert ended.counts["written"] == undisturbed(FEW_ROWS).counts["written"]
    width = len(before[0])
    assert [row[:width] for row in ended.table] == before
    assert not any(cell for row in ended.table for cell in row[width:])


def test_every_place_to_die_at_has_its_turn():
    assert sorted(place for places in PLACES.values() for place in places) == sorted(failpoints.NAMES)


def test_workers_killed_at_random(make_home, undisturbed):
    ended, kills = kill_at_random(make_home(ROWS), random.Random(7), at_most=5)
    assert_as_if_nothing_had_happened(ended, undisturbed(ROWS), lost_look_ups=kills)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_a_worker_frozen_past_its_leases(make_home, database, undisturbed, seed):
    """Another finishes the run; the frozen one wakes afterwards, in the middle of whatever it was doing."""
    choose = random.Random(seed)
    home = make_home(2 * ROWS, database)
    with home.crew(2) as supervisor:
        run = home.press()
        eventually(lambda: is_under_way(home, run))
        time.sleep(choose.uniform(0.0, 3.0))
        frozen = pid_of(choose.choice(supervisor.workers()))
        os.kill(frozen, signal.SIGSTOP)
        try:
            home.ended(run)
        finally:
            os.kill(frozen, signal.SIGCONT)
        home.ended(home.press("clean"))  # whoever wakes has had its time
        ended = home.ended(run)
    kept = undisturbed(2 * ROWS)
    width = len(kept.table[0])
    ended = replace(ended, table=[row[:width] for row in ended.table])
    assert_as_if_nothing_had_happened(ended, kept, lost_look_ups=1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_workers_killed_and_redis_wiped_at_random_for_long(make_home, database, undisturbed, seed):
    home = make_home(2 * ROWS, database)
    ended, kills = kill_at_random(home, random.Random(seed), at_most=40, wipe=True)
    assert_as_if_nothing_had_happened(ended, undisturbed(2 * ROWS), lost_look_ups=kills)


@pytest.mark.long
@pytest.mark.parametrize("place", failpoints.NAMES)
@pytest.mark.parametrize("time_there", [1, 2, 3, 5])
def test_a_worker_that_dies_at(place, time_there, make_home, database, undisturbed):
    home = make_home(ROWS, database)
    run = home.press()
    with home.crew(2, InTurn(home.environment, "ADDON_CRASH", [f"{place}:{time_there}"])):
        ended = home.ended(run)
    lost = int(place in AT_A_LOOK_UP)
    assert_as_if_nothing_had_happened(ended, undisturbed(ROWS), lost_look_ups=lost)


def kill_at_random(
    home: Home, choose: random.Random, *, at_most: int, wipe: bool = False
) -> tuple[Ended, int]:
    """Kill workers of a run at moments that the seed draws; return what it left, and how many died."""
    kills = 0
    with home.crew(2) as supervisor:
        run = home.press()
        eventually(
            lambda: is_under_way(home, run)
        )  # a list that kills whoever reads it ends the run: not this
        while not home.is_over(run) and kills < at_most:
            time.sleep(choose.uniform(0.2, 3.0))
            kills += kill_one(supervisor, choose) is not None
            if wipe and choose.random() < 0.2:
                with home.redis as redis:
                    redis.flushall()
        return home.ended(run), kills
