"""``serve``: one process to start and to stop, which takes web and workers along however it goes."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.faults.crew import eventually

pytestmark = pytest.mark.timeout(600)
needs_proc = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")


@pytest.fixture
def port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        found: int = asked.getsockname()[1]
        return found


@pytest.fixture
def environment(tmp_path):
    told = {"ADDON_HOME": str(tmp_path / "home"), "SANDBOX": "1", "XDG_RUNTIME_DIR": str(tmp_path)}
    return {**os.environ, **told, "LOG_LEVEL": "warning", "LC_ALL": "C", "NO_COLOR": "1"}


@pytest.fixture
def serve(environment, port, tmp_path):
    """Start ``addon-backend serve``; its standard error goes to a file."""
    started = []

    def start(*options: str) -> subprocess.Popen[bytes]:
        with (tmp_path / "said").open("ab") as said:
            command = [sys.executable, "-m", "addon_backend", "serve", "--port", str(port), *options]
            started.append(subprocess.Popen(command, env=environment, stderr=said))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def said(folder: Path) -> str:
    return (folder / "said").read_text()


def asked(port: int, path: str) -> tuple[int, str]:
    """Ask the site; 0 while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, problem.read().decode()
    except OSError:
        return 0, ""


def of_home(environment) -> dict[int, bytes]:
    """Every process of this home that lives: pid → command line."""
    home = f"\0ADDON_HOME={environment['ADDON_HOME']}\0".encode()
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if home in b"\0" + (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it ended meanwhile, or is not ours to look at
    return found


def test_a_port_that_is_taken_is_told_in_one_sentence(serve, port, tmp_path):
    with socket.create_server(("127.0.0.1", port)):
        assert serve().wait() == 1
        assert serve("--with-worker").wait() == 1
    lines = said(tmp_path).splitlines()
    assert "".join(lines).count(f"Port {port} on 127.0.0.1 cannot be used") == 2
    assert "Traceback" not in said(tmp_path)


def test_web_alone_leaves_in_peace(serve, port, environment):
    process = serve()
    eventually(lambda: asked(port, "/healthz")[0] == 200)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    eventually(lambda: not of_home(environment))


@needs_proc
def test_a_killed_site_leaves_nobody_behind(serve, port, environment):
    process = serve("--with-worker", "-n", "1")
    eventually(lambda: asked(port, "/healthz")[0] == 200)
    eventually(lambda: any(b"jobs.worker" in command for command in of_home(environment).values()))
    process.kill()
    eventually(lambda: not of_home(environment))


@needs_proc
def test_a_site_lives_and_ends_as_one(serve, port, tmp_path, environment):
    """Web and workers come together; whichever dies comes back; Ctrl-C ends both."""

    def alive(part: bytes) -> set[int]:
        return {pid for pid, command in of_home(environment).items() if part in command}

    process = serve("--with-worker", "-n", "1")
    eventually(lambda: f"http://127.0.0.1:{port}/sandbox" in said(tmp_path))
    assert asked(port, "/healthz")[0] == 200
    eventually(lambda: '"sweeper": "ok"' in asked(port, "/readyz")[1])
    for part in (b"--listening", b"--tethered"):
        first = alive(part)
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        eventually(lambda part=part, first=first: alive(part) - first and asked(port, "/readyz")[0] == 200)
    process.send_signal(signal.SIGINT)  # Ctrl-C
    assert process.wait() == 0
    eventually(lambda: not of_home(environment))
    assert asked(port, "/healthz")[0] == 0


def test_logs_hold_no_query(serve, port, tmp_path, environment):
    environment["LOG_LEVEL"] = "info"
    serve()
    eventually(lambda: asked(port, "/healthz?token=whisper")[0] == 200)
    asked(port, "/nowhere?token=whisper")
    with socket.create_connection(("127.0.0.1", port)) as rude:
        rude.sendall(b"GET /whisper whisper whisper\r\nX: whisper\r\n\r\n")
        rude.recv(1_000)
    eventually(lambda: "/healthz" in said(tmp_path))
    assert "whisper" not in said(tmp_path)
