"""A person's consent that we work in her sheets while she is away, as her host's provider gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from addon_backend.ports.identity import Identity


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked at the provider, and about whom.

    ``back`` is where her browser is sent afterwards, with ``state``; ``verifier`` proves later that whoever
    exchanges the answer is who asked. ``hint`` is her address or subject, ``domain`` her organisation or "".
    """

    back: str
    state: str = field(repr=False)
    verifier: str = field(repr=False)
    hint: str = field(repr=False)
    domain: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What came of it: who consented, to what, and the token that stands for it."""

    identity: Identity
    token: str = field(repr=False)
    scopes: frozenset[str]


class ConsentDesk(Protocol):
    """A provider's desk. Its token never leaves this process but sealed, or back to the provider."""

    provider: str
    scope: str
    """What is asked for, by its short name: a run can do nothing without it."""

    def for_everybody(self, workspace_key: str) -> str:
        """Return the short name of what her organisation can allow for all its members, "" for nothing."""
        ...

    def address(self, question: Question) -> str:
        """Return where her browser is sent to be asked."""
        ...

    def exchange(self, code: str, question: Question) -> Grant:
        """Return what she granted. A code is good once.

        Raises `ConsentFailed` where it was not enough, `NotSignedIn` or `HostTrouble`.
        """
        ...

    def revoke(self, token: str) -> None:
        """End the grant at the provider; one that has ended already is as good. Raises `HostTrouble`."""
        ...

    def short(self, scope: str) -> str:
        """Return the short name of a scope of the provider's that people should know of, "" for others."""
        ...
