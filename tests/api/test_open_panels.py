"""200 open panels on the server that production runs: gunicorn, two processes of eight threads."""

import contextlib
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.api.office import METRICS_TOKEN, SECRET

PANELS = 200
PROCESSES, THREADS = 2, 8
SEATS = PROCESSES * (THREADS // 2 - 1)
PATIENCE = 15  # seconds; a wait lasts 20, so who is answered within these did not queue behind one


class Server:
    """A running gunicorn."""

    def __init__(self, port):
        self.port = port

    def ask(self, method, path, headers=None, body=None):
        """Return status, headers and text of one request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE * 3)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, dict(answer.headers), answer.read().decode()

    def waiting(self):
        """Count the panels that hold a thread, over all processes."""
        told = self.ask("GET", "/metrics", {"Authorization": f"Bearer {METRICS_TOKEN}"})[2]
        return sum(
            float(value) for value in re.findall(r"^addon_waiting_panels(?:{.*})? (\S+)", told, re.MULTILINE)
        )


def eventually(happened):
    """Wait until it is so."""
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.fixture
def server(office, valkey_url, tmp_path):
    """``addon-backend serve`` over the office's own database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    metrics = tmp_path / "metrics"
    metrics.mkdir()
    told = os.environ | {
        "ADDON_HOME": str(office.settings.home),
        "REDIS_URL": valkey_url,
        "SECRET_KEY": SECRET,
        "METRICS_TOKEN": METRICS_TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(metrics),
        "RATE_READS": "1000000/minute",
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "WORKERS": str(PROCESSES),
        "THREADS": str(THREADS),
        "SANDBOX": "0",
    }
    command = [sys.executable, "-m", "addon_backend", "serve"]
    with (
        (tmp_path / "log").open("wb") as log,
        subprocess.Popen(command, env=told, stdout=log, stderr=log) as process,
    ):
        running = Server(port)

        def answers():
            assert process.poll() is None, (tmp_path / "log").read_text()
            with contextlib.suppress(OSError):
                return running.ask("GET", "/healthz")[0] == 200

        try:
            eventually(answers)
            yield running
        finally:
            process.terminate()


def test_open_panels_do_not_stop_anything_else(server, marie):
    run = marie.starts()
    version = marie.get(f"/v1/runs/{run}").get_json()["version"]
    over = threading.Event()
    told_to_come_back: set[int] = set()

    def panel(number):
        """Follow the run as a panel does, until there is news or the test is over."""
        while True:
            last_time = over.is_set()
            path = f"/v1/runs/{run}?since={version}&wait=20"
            status, headers, body = server.ask("GET", path, marie.headers())
            assert status == 200, body
            if last_time or json.loads(body)["version"] != version:
                return json.loads(body)["state"]
            if "Retry-After" in headers:
                assert 1 <= int(headers["Retry-After"]) <= 5
                told_to_come_back.add(number)
                over.wait(int(headers["Retry-After"]))

    with ThreadPoolExecutor(PANELS) as pool, ThreadPoolExecutor(1) as somebody:
        panels = [pool.submit(panel, number) for number in range(PANELS)]
        try:
            eventually(lambda: len(told_to_come_back) >= PANELS - SEATS and server.waiting() == SEATS)

            for _ in range(20):
                assert somebody.submit(server.ask, "GET", "/healthz").result(PATIENCE)[0] == 200
            headers = marie.headers({"Content-Type": "application/json", "Idempotency-Key": uuid4().hex})
            order = json.dumps(marie.order())
            started = somebody.submit(server.ask, "POST", "/v1/runs", headers, order).result(PATIENCE)
            assert started[0] == 202, started
            assert server.waiting() <= SEATS

            path = f"/v1/runs/{run}/stop"
            stopped = somebody.submit(server.ask, "POST", path, marie.headers()).result(PATIENCE)
            assert json.loads(stopped[2])["state"] == "stopped"
        finally:
            over.set()
        assert {seen.result(60) for seen in panels} == {"stopped"}
    eventually(lambda: server.waiting() == 0)
