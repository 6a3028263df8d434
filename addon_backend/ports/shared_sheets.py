"""Spreadsheets that people have shared with an account of the operator's, named by their address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from addon_backend.domain.sheet import SheetRef
    from addon_backend.domain.sheet_address import SheetAddress
    from addon_backend.ports.sheet_host import SheetHost


@dataclass(frozen=True, slots=True)
class SharedTab:
    """One tab of a shared spreadsheet, and the address that leads a person to it."""

    ref: SheetRef
    title: str
    document_title: str
    address: str


class SharedSheets(Protocol):
    """What the command line needs of such spreadsheets besides their host. Nothing here changes a cell.

    Everything raises `CredentialMissing` without a usable account, and `HostTrouble`.
    """

    def account(self) -> str:
        """Return the address with which sheets are to be shared, "" where it is not known."""
        ...

    def tabs(self, address: SheetAddress) -> tuple[SharedTab, ...]:
        """Return the tab that an address names, or all that hold cells.

        Raises `SheetNotShared`, `SheetUnknown` (``no_tab``, ``no_cells``) or `FileUnreadable`.
        """
        ...

    def reader(self) -> SheetHost:
        """Return a host that only reads: it leaves no mark in a sheet, and a Viewer may use it."""
        ...

    def check_writable(self, ref: SheetRef) -> None:
        """Raise `SheetReadOnly` where the account may not write into the document."""
        ...
