"""A load of POST requests over kept connections, each with an Idempotency-Key of its own.

By ``wrk`` where it is on PATH, else by a small generator of ours: plain sockets, one thread, one request in
flight per connection. Both stop by time.
"""

from __future__ import annotations

import json
import selectors
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from uuid import uuid4

CONNECTIONS = 16
THREADS = 2
NUMBER = b"#########"
"""What is replaced in a body by the number of the request, ``thread-count`` with seven digits."""

_GRACE = 30.0
_LUA = """
local before, after, rest, thread, count = %(before)s, %(after)s, %(rest)s, 0, 0
function setup(one) one:set("number", thread); thread = thread + 1 end
function request()
  count = count + 1
  local request = before .. number .. "-" .. count .. after
  return rest and request .. string.format("%%d-%%07d", number, count) .. rest or request
end
function done(summary, latency)
  local wrong = summary.errors
  io.write(string.format('\\n{"requests":%%d,"seconds":%%f,"p50":%%f,"p99":%%f,"wrong":%%d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    wrong.status + wrong.connect + wrong.read + wrong.write + wrong.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """What a load came to: good answers per second, milliseconds, and how many answers were not 2xx."""

    by: str
    per_second: float
    p50: float
    p99: float
    wrong: int


def load(port: int, path: str, body: bytes, headers: Mapping[str, str], lasting: float) -> Load:
    """Send the same body again and again for so many seconds, but for its `NUMBER`."""
    run = uuid4().hex[:12]
    lines = {
        "Host": f"127.0.0.1:{port}",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    before = f"POST {path} HTTP/1.1\r\n{head}Idempotency-Key: {run}-".encode()
    after, numbered, rest = (b"\r\n\r\n" + body).partition(NUMBER)
    parts = (before, after, rest if numbered else None)
    wrk = shutil.which("wrk")
    return _by_wrk(wrk, port, parts, lasting) if wrk else _by_us(port, parts, lasting)


_Parts = tuple[bytes, bytes, bytes | None]


def _by_wrk(wrk: str, port: int, parts: _Parts, lasting: float) -> Load:
    with tempfile.NamedTemporaryFile("w", suffix=".lua", encoding="utf-8") as script:
        texts = ["nil" if part is None else json.dumps(part.decode()) for part in parts]
        script.write(_LUA % dict(zip(("before", "after", "rest"), texts, strict=True)))
        script.flush()
        many = f"-t{THREADS} -c{CONNECTIONS} -d{max(1, round(lasting))}s --timeout 10s".split()
        command = [wrk, *many, "-s", script.name, f"http://127.0.0.1:{port}"]
        done = subprocess.run(command, capture_output=True, check=True, timeout=lasting + _GRACE)
    told = json.loads(done.stdout.decode().splitlines()[-1])
    good = told["requests"] - told["wrong"]
    return Load("wrk", good / told["seconds"], told["p50"], told["p99"], told["wrong"])


class _Line:
    """One kept connection with at most one request in flight."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.sent_at = 0.0
        self.answer = b""

    def send(self, request: bytes) -> None:
        self.answer = b""
        self.sent_at = perf_counter()
        self.socket.sendall(request)

    def complete(self) -> bool:
        """Read what is there; True once the answer is whole."""
        data = self.socket.recv(65_536)
        if not data:
            raise ConnectionError("the server closed a kept connection")
        self.answer += data
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return False
        length = next(
            int(line.split(b":")[1])
            for line in head.splitlines()
            if line.lower().startswith(b"content-length:")
        )
        return len(body) >= length


def _by_us(port: int, parts: _Parts, lasting: float) -> Load:
    before, after, rest = parts

    def request(count: int) -> bytes:
        start = before + f"{count}".encode() + after
        return start if rest is None else start + f"0-{count:07}".encode() + rest

    waits: list[float] = []
    wrong = sent = 0
    with selectors.DefaultSelector() as ready:
        lines = [_Line(port) for _ in range(CONNECTIONS)]
        began = perf_counter()
        for line in lines:
            ready.register(line.socket, selectors.EVENT_READ, line)
            line.send(request(sent))
            sent += 1
        while lines and perf_counter() - began < lasting + _GRACE:
            for key, _ in ready.select(timeout=1.0):
                line = key.data
                if not line.complete():
                    continue
                now = perf_counter()
                waits.append((now - line.sent_at) * 1_000)
                wrong += not line.answer.startswith(b"HTTP/1.1 2")
                if now - began < lasting:
                    line.send(request(sent))
                    sent += 1
                else:
                    ready.unregister(line.socket)
                    line.socket.close()
                    lines.remove(line)
        took = perf_counter() - began
        for line in lines:
            line.socket.close()
    waits.sort()
    p50, p99 = (waits[min(len(waits) - 1, int(len(waits) * part))] for part in (0.50, 0.99))
    return Load("our own generator", (len(waits) - wrong) / took, p50, p99, wrong)
