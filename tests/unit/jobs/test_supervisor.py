"""Who dies young comes back later each time; who is asked to leave is not killed before its time."""

import pytest

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.jobs import supervisor as supervisor_module
from addon_backend.jobs.supervisor import PATIENCE, Supervisor
from addon_backend.store.unit import SqlStore
from addon_backend.store.work import SqlWork
from tests.unit.services.desk import make_house


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Crew:
    """Worker processes that are none: each lives as long as the test says."""

    def __init__(self, clock: Clock, life: float) -> None:
        self.clock = clock
        self.life = life
        self.starts: list[float] = []
        self.asked: list[int] = []

    def hire(self, token, environment):
        return Worker(self)


class Worker:
    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._began = crew.clock.now
        crew.starts.append(self._began)
        self.pid = len(crew.starts)

    def ended(self) -> int | None:
        return 1 if self._crew.clock.now >= self._began + self._crew.life else None

    def ask_to_leave(self) -> None:
        self._crew.asked.append(self.pid)

    def see_off(self, deadline: float) -> int:
        assert deadline == self._crew.clock.now + PATIENCE
        return -9 if self.pid % 2 else 0


@pytest.fixture
def clock(monkeypatch):
    time = Clock()
    monkeypatch.setattr(supervisor_module, "time", time)
    return time


@pytest.fixture
def house(tmp_path):
    return make_house(tmp_path)


def supervised(house, clock: Clock, monkeypatch, *, life: float, seconds: float, count: int = 1) -> Crew:
    """Let a supervisor look after such workers for a while."""
    crew = Crew(clock, life)
    monkeypatch.setattr(supervisor_module, "WorkerProcess", crew.hire)
    supervisor = Supervisor(house, count, {})
    until = clock.now + seconds
    passes = clock.sleep

    def sleep(pause: float) -> None:
        passes(pause)
        if clock.now >= until:
            supervisor.stop()

    monkeypatch.setattr(clock, "sleep", sleep)
    supervisor.run()
    return crew


def leases_ended(monkeypatch) -> list[str]:
    """Whose leases are ended from now on."""
    ended: list[str] = []

    def end_leases(_, worker: str) -> int:
        ended.append(worker)
        return 0

    monkeypatch.setattr(SqlWork, "end_leases", end_leases)
    return ended


def test_workers_that_die_young_come_back_later_each_time(house, clock, monkeypatch):
    crew = supervised(house, clock, monkeypatch, life=0.0, seconds=60.0)
    pauses = [round(after - before) for before, after in zip(crew.starts, crew.starts[1:], strict=False)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 5
    assert len(crew.starts) < 20


def test_a_worker_that_dies_old_is_replaced_at_once(house, clock, monkeypatch):
    crew = supervised(house, clock, monkeypatch, life=20.0, seconds=100.0)
    assert len(crew.starts) == 5


def test_every_worker_is_asked_once_to_leave(house, clock, monkeypatch):
    crew = supervised(house, clock, monkeypatch, life=1_000.0, seconds=5.0, count=3)
    assert crew.asked == [1, 2, 3]


def test_the_leases_of_who_was_killed_at_the_end_are_ended_too(house, clock, monkeypatch):
    ended = leases_ended(monkeypatch)
    supervised(house, clock, monkeypatch, life=1_000.0, seconds=5.0, count=2)
    assert [worker.split(":")[1] for worker in ended] == ["1"]


def test_leases_wait_for_a_database_that_is_away(house, clock, monkeypatch):
    """The dead are remembered until their leases could be ended."""
    whole = SqlStore.unit

    def unit(store):
        if clock.now < 1_005.0:
            raise EngineUnavailable(reason="database")
        return whole(store)

    monkeypatch.setattr(SqlStore, "unit", unit)
    ended = leases_ended(monkeypatch)
    crew = supervised(house, clock, monkeypatch, life=1.0, seconds=10.0)
    assert {int(worker.split(":")[1]) for worker in ended} >= set(range(1, len(crew.starts)))
