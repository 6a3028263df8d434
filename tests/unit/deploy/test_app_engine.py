import base64
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from deploy import app_engine

ROOT = Path(__file__).parents[3]


def read_yaml(text):
    """Return YAML as plain as these files write it: mappings, lists of them, text. Anything else fails."""
    found: dict[str, Any] = {}
    into: dict[str, Any] = found
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parsed = re.fullmatch(r'( *)(- )?([\w.]+):(?: "?(.*?)"?)?', line)
        assert parsed, line
        indent, dash, key, value = len(parsed[1]), parsed[2], parsed[3], parsed[4]
        if not indent:
            into = found
        elif dash:
            into = {}
            found[list(found)[-1]] = [*(found[list(found)[-1]] or []), into]
        if value is None:
            found[key] = into = {}
        else:
            into[key] = value
    return found


SITE, WORKER = (read_yaml((ROOT / name).read_text("utf-8")) for name in ("app.yaml", "worker.yaml"))


def test_both_services_run_on_the_same_python_that_we_support():
    assert SITE["runtime"] == WORKER["runtime"] == "python314"
    assert 'requires-python = ">=3.11,<3.15"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_services_have_their_names_and_start_their_own_part():
    assert (SITE["service"], WORKER["service"]) == ("default", "worker")
    assert SITE["entrypoint"] == "python deploy/app_engine.py serve"
    assert WORKER["entrypoint"] == "python deploy/app_engine.py worker"
    assert (ROOT / "deploy" / "app_engine.py").is_file()


def test_the_site_scales_by_itself_and_speaks_https_only_and_the_workers_are_closed():
    assert int(SITE["automatic_scaling"]["min_instances"]) >= 1
    assert WORKER["manual_scaling"] == {"instances": "1"}
    assert SITE["handlers"] == [{"url": "/.*", "script": "auto", "secure": "always"}]
    assert WORKER["handlers"][0]["login"] == "admin"


def test_both_see_the_same_database_keys_and_network():
    names = [
        set(dict(pair.split("=") for pair in service["env_variables"]["SECRETS"].split()).items())
        for service in (SITE, WORKER)
    ]
    assert names[1] <= names[0]
    assert {variable for variable, _ in names[1]} >= {"DATABASE_URL", "REDIS_URL", "KEK", "SECRET_KEY"}
    assert SITE["vpc_access_connector"] == WORKER["vpc_access_connector"]


@pytest.mark.parametrize("service", [SITE, WORKER], ids=["site", "worker"])
def test_no_secret_stands_in_a_file(service):
    told = set(service["env_variables"])
    assert told.isdisjoint(
        {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "KEK", "SMTP_URL", "GOOGLE_CLIENT_SECRET"}
    )


class _Google(BaseHTTPRequestHandler):
    """The metadata server and Secret Manager, for a project with one secret."""

    def do_GET(self):
        if self.path.endswith("/service-accounts/default/token"):
            return self._say(
                200 if self.headers["Metadata-Flavor"] == "Google" else 403, {"access_token": "t"}
            )
        known = self.path == "/v1/projects/p1/secrets/enrich-kek/versions/latest:access"
        data = base64.b64encode(b"k1:abc\n").decode()
        return self._say(
            200 if known and self.headers["Authorization"] == "Bearer t" else 403, {"payload": {"data": data}}
        )

    def _say(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


@pytest.fixture
def google():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Google)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_secrets_are_read_by_name(google):
    environment = {"SECRETS": "KEK=enrich-kek", "GOOGLE_CLOUD_PROJECT": "p1"}
    assert app_engine.secrets(environment, google, google) == {"KEK": "k1:abc"}


def test_a_secret_that_google_refuses_ends_the_start(google):
    environment = {"SECRETS": "KEK=other", "GOOGLE_CLOUD_PROJECT": "p1"}
    with pytest.raises(urllib.error.HTTPError) as refused:
        app_engine.secrets(environment, google, google)
    refused.value.close()


def test_without_secrets_nobody_is_asked():
    assert app_engine.secrets({}, "http://nowhere.invalid", "http://nowhere.invalid") == {}


@pytest.mark.parametrize("role", ["serve", "worker"])
def test_each_part_starts_answers_and_leaves_when_told(role, tmp_path):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    told = {"ADDON_HOME": str(tmp_path / "home"), "PORT": str(port), "WORKERS": "1", "LOG_LEVEL": "warning"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL", "SECRETS"}
    }
    command = [sys.executable, str(ROOT / "deploy" / "app_engine.py"), role]
    part = subprocess.Popen(command, env=kept | told)
    try:
        assert _answer(f"http://127.0.0.1:{port}/healthz", part) == 200
        time.sleep(1)
        assert part.poll() is None
        part.send_signal(signal.SIGTERM)
        assert part.wait(40) == 0
    finally:
        part.kill()
        part.wait()


def _answer(address, part):
    until = time.monotonic() + 60
    while time.monotonic() < until and part.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - our own
                return answer.status
        except OSError:
            time.sleep(0.1)
    return None
