"""The provider over HTTP on loopback."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from tests.fakes.google_identity.consent_page import consent_page
from tests.fakes.google_identity.directory import USER, user
from tests.fakes.google_identity.provider import Provider, Said

AUTHORIZE, TOKEN, REVOKE, CERTS = "/o/oauth2/v2/auth", "/token", "/revoke", "/oauth2/v3/certs"

GENERATE = r"/v1/projects/-/serviceAccounts/([^/:]+):generateAccessToken"
LICENCE = r"/appsmarket/v2/(customerLicense|userLicense)/([^/]+)/([^/]+)"
SIGN_JWT = r"/v1/projects/-/serviceAccounts/([^/:]+):signJwt"


@contextmanager
def identity_provider() -> Iterator[Provider]:
    """Serve a provider until the block ends."""
    provider = Provider()

    class Handler(_Handler):
        google = provider

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        provider.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    google: Provider
    timeout = 10

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._call("GET", parts.path, dict(parse_qsl(parts.query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        kind, sent = self.headers.get_content_type(), {}
        if kind == "application/x-www-form-urlencoded":
            sent = self._client() | dict(parse_qsl(body))
        elif kind == "application/json":
            sent = {name: value for name, value in json.loads(body).items() if isinstance(value, str)}
        self._call("POST", urlsplit(self.path).path, sent)

    def _client(self) -> dict[str, str]:
        """The client's id and secret where it says them as HTTP Basic: Google takes either way."""
        kind, _, encoded = self.headers.get("Authorization", "").partition(" ")
        if kind != "Basic":
            return {}
        user, _, password = base64.b64decode(encoded).decode().partition(":")
        return {"client_id": unquote(user), "client_secret": unquote(password)}

    def _call(self, method: str, path: str, sent: dict[str, str]) -> None:
        google = self.google
        google.calls.append(f"{method} {path}")
        waiting = google.trouble.get(path)
        trouble = waiting.pop(0) if waiting else ""
        if trouble in {"", "lost", "cut"}:
            status, headers, body = self._answer(method, path, sent)
        elif trouble == "html":
            status, headers, body = (
                200,
                {"Content-Type": "text/html"},
                b"<html>an error of the front end</html>",
            )
        elif trouble.isdigit():
            status, headers, body = int(trouble), {}, b"<html>try again</html>"
        else:
            status, headers, body = 0, {}, b""
        if trouble in {"silent", "lost"}:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if trouble == "cut" else body)

    def _answer(self, method: str, path: str, sent: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        google = self.google
        json_header = {"Content-Type": "application/json; charset=utf-8"}
        match method, path:
            case "GET", str(known) if known == CERTS:
                keys = {"keys": [signer.jwk() for signer in google.signers]}
                cache = {"Cache-Control": f"public, max-age={google.max_age}, must-revalidate, no-transform"}
                return 200, json_header | cache, json.dumps(keys).encode()
            case "GET", str(known) if known == AUTHORIZE:
                return self._authorized(sent)
            case "GET", str(known) if shop := re.fullmatch(LICENCE, known):
                kind, application, whose = map(unquote, shop.groups())
                said = google.licence(kind, application, whose, self.headers.get("Authorization", ""))
            case "GET", str(known) if asked_for := re.fullmatch(USER, known):
                said = user(google, unquote(asked_for[1]), self.headers.get("Authorization", ""), sent)
            case "POST", str(known) if known == TOKEN:
                said = google.token(sent)
            case "POST", str(known) if known == REVOKE:
                said = google.revoke(sent)
            case "POST", str(known) if iam := re.fullmatch(SIGN_JWT, known):
                said = google.sign_jwt(iam[1], self.headers.get("Authorization", ""), sent)
            case "POST", str(known) if iam := re.fullmatch(GENERATE, known):
                said = google.generate_token(iam[1], self.headers.get("Authorization", ""))
            case _:
                said = Said(404, {"error": "not_found"})
        return (
            said.status,
            json_header | {"Cache-Control": "no-cache, no-store"},
            json.dumps(said.body).encode(),
        )

    def _authorized(self, sent: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Show the consent page, or send her back with what she said."""
        google = self.google
        if google.asks and "decision" not in sent and not google.refusal(sent):
            return 200, {"Content-Type": "text/html"}, consent_page(google.user.email, sent)
        back = google.authorize(sent)
        if isinstance(back, Said):
            told = {"Content-Type": "application/json; charset=utf-8"}
            return back.status, told, json.dumps(back.body).encode()
        return 302, {"Location": f"{sent['redirect_uri']}?{urlencode(back)}"}, b""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name for it
        """Say nothing on stderr."""
