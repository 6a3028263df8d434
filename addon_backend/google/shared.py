"""Sheets that were shared with the service account: found by their address, read, asked for the pen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.errors import (
    AccessLost,
    FileUnknown,
    FileUnreadable,
    HostRefused,
    SheetNotShared,
    SheetReadOnly,
    SheetUnknown,
)
from addon_backend.domain.sheet import SheetRef
from addon_backend.google.host import GoogleSheets
from addon_backend.ports.shared_sheets import SharedTab

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from addon_backend.domain.sheet_address import SheetAddress
    from addon_backend.google.client import SheetsClient
    from addon_backend.ports.sheet_host import CellColumn

_TABS = "properties(title),sheets(properties(sheetId,title,sheetType))"
ADDRESS = "https://docs.google.com/spreadsheets/d/{document}/edit#gid={sheet}"


class SharedWithUs:
    """Implements `SharedSheets` over one client of the service account."""

    def __init__(self, client: SheetsClient, account: Callable[[], str]) -> None:
        """Take the client, and who tells the account's address."""
        self._client = client
        self._account = account

    def account(self) -> str:
        """Return the address with which sheets are to be shared."""
        return self._account()

    def tabs(self, address: SheetAddress) -> tuple[SharedTab, ...]:
        """Ask Google once, for names only."""
        try:
            told = self._client.spreadsheet(address.document, _TABS)
        except (AccessLost, FileUnknown):
            raise SheetNotShared(**self._named()) from None
        except HostRefused:  # Google answers so for an .xlsx that lies in Drive
            raise FileUnreadable(reason="office_file") from None
        found = [one["properties"] for one in told.get("sheets", ())]
        wanted = [one for one in found if address.sheet in {None, str(one.get("sheetId", 0))}]
        grids = [one for one in wanted if one.get("sheetType", "GRID") == "GRID"]
        if not grids:
            raise SheetUnknown(reason="no_cells" if wanted else "no_tab")
        title = told.get("properties", {}).get("title", "")
        return tuple(_tab(address.document, title, str(one.get("sheetId", 0)), one["title"]) for one in grids)

    def reader(self) -> GoogleSheets:
        """Return a host that names no column."""
        return Reader(self._client)

    def check_writable(self, ref: SheetRef) -> None:
        """Write nothing into the first cell: Google looks first whether we may.

        ``null`` leaves a cell as it is. A cell that is protected is refused in another way (400): how a sheet
        is protected is read with its cells, and told then.
        """
        corner = {"sheetId": int(ref.sheet), "startRowIndex": 0, "endRowIndex": 1}
        corner |= {"startColumnIndex": 0, "endColumnIndex": 1}
        nothing = {"dataFilter": {"gridRange": corner}, "majorDimension": "ROWS", "values": [[None]]}
        try:
            self._client.set_values(ref.document, [nothing])
        except (AccessLost, FileUnknown):
            raise SheetReadOnly(**self._named()) from None
        except HostRefused:
            return

    def _named(self) -> dict[str, str]:
        address = self._account()
        return {"reason": "account", "account": address} if address else {}


class Reader(GoogleSheets):
    """A host that leaves no mark: its anchors are places, good for as long as nobody moves a column."""

    def anchors(self, ref: SheetRef, indices: Sequence[int]) -> tuple[str, ...]:
        """Return the columns' places."""
        del ref
        return tuple(str(index) for index in indices)

    def read(
        self, ref: SheetRef, anchors: Sequence[str], top: int, bottom: int | None
    ) -> tuple[CellColumn, ...]:
        """Read the columns in these places, in one call."""
        if not anchors:
            return ()
        indices = [int(anchor) for anchor in anchors]
        return tuple(self._cells(ref, indices, top, bottom).columns(indices, top, bottom))


def _tab(document: str, document_title: str, sheet: str, title: str) -> SharedTab:
    address = ADDRESS.format(document=document, sheet=sheet)
    return SharedTab(SheetRef(GoogleSheets.name, document, sheet), title, document_title, address)
