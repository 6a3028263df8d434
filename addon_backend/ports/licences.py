"""Whether an organisation has installed us, by the word of the shop that lists us."""

from __future__ import annotations

from typing import Protocol

from addon_backend.ports.identity import Identity


class Licences(Protocol):
    """Asked when somebody signs in.

    Laws: a shop that is silent, or says what we do not understand, refuses nobody; nothing is raised. An
    account that no organisation manages is never refused.
    """

    def refuses(self, identity: Identity) -> bool:
        """Return True where neither her organisation nor she herself has installed us."""
        ...
