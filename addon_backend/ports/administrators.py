"""Whether somebody administers her organisation, by the word of the provider that manages it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from addon_backend.ports.consent import Question
    from addon_backend.ports.identity import Identity


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came back from the provider, and what lets us ask one question there in her name, once."""

    identity: Identity
    token: str = field(repr=False)


class AdministratorDesk(Protocol):
    """A provider's desk for administrators. Nothing of what it hands out is kept."""

    provider: str

    def address(self, question: Question) -> str:
        """Return where a browser is sent to sign in."""
        ...

    def exchange(self, code: str, question: Question) -> SignedIn:
        """Return who came back. A code is good once.

        Raises `NotAdministrator` (``link_used``), `NotSignedIn` or `HostTrouble`.
        """
        ...

    def administers(self, who: SignedIn) -> bool:
        """Return True where the provider says that she administers her organisation; else it is not true.

        An account without organisation is its own. Raises `NotAdministrator` (``unticked``, ``not_enabled``)
        where the provider may not be asked, `HostTrouble` where it does not answer.
        """
        ...

    def offers_delegation(self, workspace_key: str) -> bool:
        """Return True where an organisation may let us act for all its members."""
        ...

    def delegation_trouble(self, email: str) -> str:
        """Try to act for somebody; return "" where it works, else a reason."""
        ...
