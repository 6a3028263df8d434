"""Whether somebody can open a spreadsheet now, by her own credential."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.errors import AccessLost, FileUnknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from addon_backend.domain.workspaces import Caller
    from addon_backend.google.client import SheetsClient


class GoogleAccess:
    """`Access` by one small read; whoever has given us no consent for the file cannot be let in by it."""

    def __init__(self, client: Callable[[str, str], SheetsClient]) -> None:
        """Take who gives the client of a member: (workspace, member)."""
        self._client = client

    def can_open(self, caller: Caller, document: str) -> bool:
        """Ask Google now. Raises `HostTrouble` where it does not answer."""
        try:
            self._client(caller.workspace, caller.member).spreadsheet(document, "spreadsheetId")
        except (AccessLost, FileUnknown):
            return False
        return True
