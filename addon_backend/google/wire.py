"""One request to Google's identity endpoints: bounded in time and size, never redirected, never repeated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import requests
import urllib3

from addon_backend.domain.errors import HostTrouble

_PATIENCE = (5.0, 10.0)
"""Seconds to connect, and between two bytes."""
_LONGEST = 64 * 1024
_TOO_MANY = 429


@dataclass(frozen=True, slots=True)
class Answer:
    """What Google said: below 500, and a JSON object."""

    status: int
    body: Mapping[str, object]
    headers: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return a field that is text, "" where it is not."""
        value = self.body.get(name)
        return value if isinstance(value, str) else ""


def ask(method: str, url: str, form: Mapping[str, str] | None = None, bearer: str = "") -> Answer:
    """Ask once. Raises `HostTrouble`, which says nothing of what was sent or answered."""
    told = {"Authorization": f"Bearer {bearer}"} if bearer else None
    try:
        with (
            requests.Session() as session,
            session.request(
                method, url, data=form, headers=told, stream=True, allow_redirects=False, timeout=_PATIENCE
            ) as response,
        ):
            body = response.raw.read(_LONGEST + 1, decode_content=True)
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError):
        raise HostTrouble(reason="google_silent") from None
    if response.status_code >= 500 or response.status_code == _TOO_MANY:
        raise HostTrouble(reason="google_busy", status=response.status_code)
    return Answer(response.status_code, _object(body), response.headers)


def _object(body: bytes) -> Mapping[str, object]:
    try:
        told = json.loads(body) if len(body) <= _LONGEST else None
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise HostTrouble(reason="google_unreadable")
    return told
