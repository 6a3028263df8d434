"""Who is there: workspaces (the tenants), members, and the terms that are in force for them."""

from __future__ import annotations

from dataclasses import dataclass, field

SERVICE_WORKSPACE = "person:service-account"
"""The key of the operator's own workspace at Google: its runs act with the service account."""
TERMS_VERSION = "2026-11"
DEFAULT_RETENTION_DAYS = 90
ACCESS_SECONDS = 600.0
"""How long a host's word that somebody can open a document counts."""
REVOKED_SECONDS = 30 * 86_400.0
"""How long we remember that a consent has ended, to say so when she comes back."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A tenant. ``key`` is what proves it.

    ``google:<hd>``, ``google:user:<sub>`` for a Google account of one's own, ``microsoft:<tid>`` or
    ``person:<subject>``.
    """

    id: str
    key: str
    name: str
    retention_days: int = DEFAULT_RETENTION_DAYS


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a workspace. ``subject`` is the identity provider's stable id, never an e-mail address.

    ``email`` is "" where nobody told us one; ``mail`` says whether she wants to be written to.
    """

    id: str
    workspace: str
    subject: str
    language: str = "en"
    email: str = field(default="", repr=False)
    mail: bool = True


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is asking: what every use case takes first, and what every query is confined to."""

    workspace: str
    member: str
    language: str = "en"
