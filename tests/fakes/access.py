"""A host that knows who can open what: `Access` in memory, with trouble on demand."""

from __future__ import annotations

from dataclasses import dataclass, field

from addon_backend.domain.errors import HostTrouble
from addon_backend.domain.workspaces import Caller


@dataclass
class MemoryAccess:
    """Members are let in document by document; ``asked`` remembers every question."""

    let_in: set[tuple[str, str]] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)
    silent: bool = False

    def shares(self, document: str, caller: Caller) -> None:
        """Let a person into a document."""
        self.let_in.add((caller.member, document))

    def takes_back(self, document: str, caller: Caller) -> None:
        """Let her in no more."""
        self.let_in.discard((caller.member, document))

    def can_open(self, caller: Caller, document: str) -> bool:
        """Answer for the document as it is shared now; a silent host does not answer."""
        self.asked.append((caller.member, document))
        if self.silent:
            raise HostTrouble(retry_after=1.0)
        return (caller.member, document) in self.let_in
