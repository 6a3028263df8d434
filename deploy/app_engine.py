"""What App Engine starts: secrets go from Secret Manager into the environment, then come site or workers.

``SECRETS`` in app.yaml and worker.yaml says which: ``KEK=enrich-kek SECRET_KEY=enrich-tickets`` reads the
newest version of each named secret, once, at the start. Nothing is written to disk or to the log. Only the
standard library is used, so that a wrong secret is told before anything else can go wrong.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

# https://docs.cloud.google.com/appengine/docs/standard/python3/accessing-instance-metadata
METADATA = "http://metadata.google.internal"
# https://docs.cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions/access
SECRET_MANAGER = "https://secretmanager.googleapis.com"  # noqa: S105 - an address

_PATIENCE = 10.0  # seconds for Google to answer
_FAREWELL = 40.0  # seconds for a worker to finish the chunk in hand


def main(role: str) -> int:
    """Start the site (``serve``) or the workers (``worker``) with the secrets, and be it until it ends."""
    environment = dict(os.environ) | secrets(os.environ)
    command = [sys.executable, "-m", "addon_backend", role]
    if role == "serve":
        os.execve(sys.executable, command, environment)  # noqa: S606 - our own command, and no shell
    return behind_a_door(command, environment)


def secrets(
    environment: Mapping[str, str], metadata: str = METADATA, manager: str = SECRET_MANAGER
) -> dict[str, str]:
    """Return the variables that ``SECRETS`` names. Raises ``OSError`` where Google does not give one."""
    wanted = dict(pair.split("=", 1) for pair in environment.get("SECRETS", "").split())
    if not wanted:
        return {}
    told = {"Metadata-Flavor": "Google"}
    account = f"{metadata}/computeMetadata/v1/instance/service-accounts/default/token"
    token = json.loads(_get(account, told))["access_token"]
    project = environment["GOOGLE_CLOUD_PROJECT"]
    found = {}
    for variable, name in wanted.items():
        address = f"{manager}/v1/projects/{project}/secrets/{name}/versions/latest:access"
        answer = json.loads(_get(address, {"Authorization": f"Bearer {token}"}))
        found[variable] = base64.b64decode(answer["payload"]["data"]).decode().strip()
    return found


def behind_a_door(command: list[str], environment: Mapping[str, str]) -> int:
    """Run a command that listens nowhere behind a port that answers while it lives: App Engine wants one.

    SIGTERM is handed on. Returns how the command ended; one that SIGTERM met while it started has ended well.
    """
    child = subprocess.Popen(command, env=dict(environment))
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    door = ThreadingHTTPServer(("", int(environment["PORT"])), _Door)
    threading.Thread(target=door.serve_forever, daemon=True).start()
    try:
        code = child.wait()
        return 0 if code == -signal.SIGTERM else code
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait(_FAREWELL)
        door.shutdown()
        door.server_close()


class _Door(BaseHTTPRequestHandler):
    """Answers ``/_ah/start``, ``/_ah/stop`` and health checks alike; it knows nothing that could leak."""

    def do_GET(self) -> None:
        """Say that the process is up."""
        self.send_response(200)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", "3")
        self.end_headers()
        self.wfile.write(b"ok\n")

    def log_message(self, *_: object) -> None:
        """Say nothing: App Engine logs requests itself."""


def _get(address: str, headers: dict[str, str]) -> bytes:
    with urlopen(Request(address, headers=headers), timeout=_PATIENCE) as answer:  # noqa: S310 - Google's
        text: bytes = answer.read()
    return text


if __name__ == "__main__":
    if sys.argv[1:] not in (["serve"], ["worker"]):
        sys.exit("usage: app_engine.py serve|worker")
    sys.exit(main(sys.argv[1]))
