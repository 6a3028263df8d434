"""What a browser is told about each kind of page. Complete sets: nothing is added elsewhere, nothing merged.

The panel lives in frames of its hosts, so its ``frame-ancestors`` names them, and it never sends
``X-Frame-Options``, which knows no list. Office.js writes inline styles on the web
(https://github.com/OfficeDev/office-js/issues/1687): Excel's panel alone allows those. Scripts are never
inline but for one import map, allowed by its digest.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum

OFFICE_JS = "https://appsforoffice.microsoft.com"
HSTS = "max-age=63072000; includeSubDomains"

_POWERS = "camera microphone geolocation payment usb serial midi hid display-capture".split()


class PageKind(StrEnum):
    """What is being answered."""

    API = "api"
    ASSET = "asset"
    PAGE = "page"
    ADMIN = "admin"
    SANDBOX = "sandbox"
    PANEL_GOOGLE = "panel.google"
    PANEL_EXCEL = "panel.excel"
    PANEL_SANDBOX = "panel.sandbox"


def headers(
    kind: PageKind, *, ancestors: Sequence[str] = (), scripts: Sequence[str] = (), secure: bool = False
) -> Mapping[str, str]:
    """Return the headers of a page: who may frame it, the digests of its inline scripts."""
    told = {
        "Content-Security-Policy": _policy(kind, ancestors, scripts),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if not kind.startswith("panel"):
        told["Cross-Origin-Opener-Policy"] = "same-origin"
    if kind is not PageKind.ASSET:
        told["Cache-Control"] = "no-store"
    if secure:
        told["Strict-Transport-Security"] = HSTS
    return told


def script_digest(text: str) -> str:
    """Return the source expression that allows exactly this inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _policy(kind: PageKind, ancestors: Sequence[str], scripts: Sequence[str]) -> str:
    rules: dict[str, Sequence[str]] = {
        "default-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    own = ["'self'"]
    if kind not in {PageKind.API, PageKind.ASSET}:
        rules |= {
            "script-src": [*own, *scripts],
            "style-src": own,
            "img-src": [*own, "data:"],
            "font-src": own,
            "connect-src": own,
        }
    match kind:
        case PageKind.SANDBOX:
            rules |= {"frame-src": own, "require-trusted-types-for": ["'script'"]}
        case PageKind.ADMIN:
            rules |= {"script-src": ["'none'"], "connect-src": ["'none'"], "form-action": own}
        case PageKind.PANEL_EXCEL:
            rules |= {
                "script-src": [*own, OFFICE_JS, *scripts],
                "style-src": [*own, "'unsafe-inline'"],
                "connect-src": [*own, OFFICE_JS],
            }
        case PageKind.PANEL_GOOGLE | PageKind.PANEL_SANDBOX:
            rules |= {"require-trusted-types-for": ["'script'"]}
        case _:
            pass
    rules["frame-ancestors"] = list(ancestors) or ["'none'"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())
