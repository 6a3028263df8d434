"""Workers come back, leave when asked, outlive Redis, and never outlive their supervisor."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from redis.exceptions import RedisError

from addon_backend.embedded.valkey import EmbeddedValkey
from addon_backend.store import work as store_work
from tests.faults.crew import Home, eventually, pid_of

pytestmark = pytest.mark.timeout(600)

ROWS = 40  # enough to be a run


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # a killed engine leaves its socket: not in /tmp
    found = Home(tmp_path / "home", rows=ROWS)
    yield found
    found.close()


@pytest.fixture
def process(home):
    """``addon-backend worker -n 2``, as an operator starts it."""
    with subprocess.Popen(
        [sys.executable, "-m", "addon_backend", "worker", "-n", "2"], env=home.environment
    ) as started:
        yield started
        started.kill()


class Silence:
    """A bell whose every ring is lost."""

    def ring(self, times: int = 1) -> None:
        del times


def listening(home: Home) -> dict[int, str]:
    """The workers that are registered in Redis: pid → what they listen to."""
    try:
        with home.redis as redis:
            hashes = [redis.hgetall(key) for key in redis.smembers("rq:workers")]
    except RedisError:
        return {}
    return {int(found[b"pid"]): found[b"queues"].decode() for found in hashes if b"pid" in found}


def is_gone(pid: int) -> bool:
    """Whether a process has ended, be it that nobody has buried it yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return not Path("/proc").exists() or not stat.exists()


def test_every_worker_listens_to_the_one_queue_and_nothing_else(home):
    with home.crew(2):
        eventually(lambda: len(listening(home)) == 2)
        assert set(listening(home).values()) == {"bell"}
        with home.redis as redis:
            assert redis.pubsub_channels() == []  # nor to commands from whoever can write to Redis
        assert home.ended(home.press()).state == "finished"
        with home.redis as redis:
            assert redis.smembers("rq:queues") <= {b"rq:queue:bell"}


def test_a_killed_workers_leases_end_with_it_and_its_place_is_filled(home, monkeypatch):
    monkeypatch.setattr(store_work, "CHUNK_LEASE_SECONDS", 3_600.0)  # nobody will wait for this to pass
    with home.crew(1) as supervisor:
        (worker,) = eventually(lambda: listening(home) and supervisor.workers())
        os.kill(pid_of(worker), signal.SIGSTOP)  # it hangs …
        run = home.press()
        with home.house.store.unit() as unit:
            assert unit.work.claim(worker) is not None  # … with a claim in hand …
            unit.commit()
        os.kill(pid_of(worker), signal.SIGKILL)  # … and dies
        assert home.ended(run).state == "finished"
        assert supervisor.workers() != [worker]


def test_a_ring_lost_on_its_way_is_rung_again_by_the_sweeper(home):
    with home.crew(1):
        eventually(lambda: listening(home))
        home.house = replace(home.house, bell=Silence())
        assert home.ended(home.press()).state == "finished"


def test_redis_wiped_between_ring_and_work_loses_nothing(home):
    with home.crew(1) as supervisor:
        (worker,) = eventually(lambda: listening(home) and supervisor.workers())
        os.kill(pid_of(worker), signal.SIGSTOP)
        run = home.press()
        with home.redis as redis:
            redis.flushall()
        os.kill(pid_of(worker), signal.SIGCONT)
        assert home.ended(run).state == "finished"
        assert supervisor.workers() == [worker]


def test_work_is_done_without_any_redis(home):
    nowhere = {**home.environment, "REDIS_URL": "redis://127.0.0.1:1"}
    home.house = replace(home.house, bell=Silence())
    with home.crew(1, nowhere):
        assert home.ended(home.press()).state == "finished"


def test_workers_outlive_a_redis_that_goes_and_comes_back(home, tmp_path):
    redis = EmbeddedValkey(tmp_path / "redis")
    elsewhere = {**home.environment, "REDIS_URL": redis.url()}
    home.engines = replace(home.engines, redis_url=redis.url, close=home.engines.close)
    try:
        with home.crew(2, elsewhere) as supervisor:
            workers = eventually(lambda: len(listening(home)) == 2 and supervisor.workers())
            redis.close()
            run = home.press()
            eventually(lambda: home.is_over(run))  # with nobody to ring
            redis.url()
            eventually(lambda: len(listening(home)) == 2)
            assert supervisor.workers() == workers
    finally:
        redis.close()


def test_workers_asked_to_leave_leave_in_peace(home, process):
    pids = eventually(lambda: len(listening(home)) == 2 and listening(home))
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGTERM)  # an impatient deploy
    assert process.wait() == 0
    assert all(is_gone(pid) for pid in pids)
    assert listening(home) == {}  # they said good-bye to Redis, too


def test_workers_asked_to_leave_in_the_middle_of_a_run_hand_their_work_back(home, process):
    eventually(lambda: len(listening(home)) == 2)
    run = home.press()
    eventually(lambda: home.view(run).state != "queued")
    process.send_signal(signal.SIGINT)
    assert process.wait() == 0
    with home.house.store.reading() as unit:
        left = [chunk for chunk in unit.chunks.of_run(home.caller.workspace, run) if chunk.claims]
    assert all(chunk.state.value in {"computed", "written"} for chunk in left)
    with home.crew(1):
        assert home.ended(run).state == "finished"


def test_a_killed_supervisor_leaves_no_worker_behind(home, process):
    pids = eventually(lambda: len(listening(home)) == 2 and listening(home))
    process.send_signal(signal.SIGKILL)
    eventually(lambda: all(is_gone(pid) for pid in pids))


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")
def test_workers_outlive_the_nursery_they_were_forked_in(home):
    with home.crew(2) as supervisor:
        left, right = eventually(lambda: len(listening(home)) == 2 and supervisor.workers())
        nursery = int(Path(f"/proc/{pid_of(left)}/stat").read_text().rpartition(")")[2].split()[1])
        assert nursery != os.getpid()
        os.kill(nursery, signal.SIGKILL)
        assert home.ended(home.press()).state == "finished"
        assert supervisor.workers() == [left, right]
        os.kill(pid_of(left), signal.SIGKILL)
        eventually(lambda: left not in supervisor.workers() and len(supervisor.workers()) == 2)
        assert right in supervisor.workers()
