"""Whether a person can open a document now: the question that decides who sees what a run did (DESIGN §5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from addon_backend.domain.workspaces import Caller


class Access(Protocol):
    """One kind of host that can be asked; a local file, or a pane without its host's API, has none.

    Laws:

    * What the host answers to the caller's *own* credential counts. What she says, what her panel shows and
      what the workspace may read prove nothing.
    * Without such a credential, and for a document that does not exist, the answer is False.
    * `HostTrouble` means that the host did not answer: nobody may be let in on it.
    """

    def can_open(self, caller: Caller, document: str) -> bool:
        """Ask the host now; nothing is remembered here."""
        ...
