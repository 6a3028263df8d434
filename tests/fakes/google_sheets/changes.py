"""One request of a batch, and what every kind of request reads from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tests.fakes.google_sheets.areas import Area, Axis, area_of
from tests.fakes.google_sheets.errors import Message, invalid
from tests.fakes.google_sheets.fields import Mask
from tests.fakes.google_sheets.model import Document, Grant
from tests.fakes.google_sheets.ranges import in_grid, sheet_of
from tests.fakes.google_sheets.sheets import Sheet
from tests.fakes.google_sheets.values import guarded


@dataclass(frozen=True)
class Change:
    """A request: what to do in which document for whom."""

    document: Document
    grant: Grant
    wish: Message

    def fields(self) -> list[str]:
        """Return the leaves of the update mask. Raises `Refused` where there is none."""
        mask = self.wish.get("fields")
        if not mask:
            raise invalid("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
        return Mask.read(mask).paths()

    def range(self, name: str = "range") -> tuple[Sheet, Area]:
        """Return a ``GridRange`` of the request, which must begin in its sheet. Raises `Refused`."""
        told = self.wish.get(name)
        if told is None:
            raise invalid("range is required.")
        sheet = sheet_of(self.document, told.get("sheetId") or 0)
        return sheet, in_grid(sheet, area_of(told))

    def lines(self, told: Message | None) -> tuple[Sheet, Axis, int, int]:
        """Read a ``DimensionRange``: sheet, axis, from, to before. Raises `Refused`."""
        if not told or told.get("dimension") not in {"ROWS", "COLUMNS"}:
            raise invalid("No dimension set.")
        sheet = sheet_of(self.document, told.get("sheetId") or 0)
        axis: Axis = told["dimension"]
        start = told.get("startIndex") or 0
        end = told.get("endIndex")
        return sheet, axis, start, len(sheet.lines(axis)) if end is None else end

    def guard_shape(self, sheet: Sheet) -> None:
        """Refuse to reshape a sheet that is protected as a whole. Raises `Refused`."""
        for one in sheet.protections:
            if one.area == Area() and one.stops(Area(), self.grant.user, self.document.owner):
                raise invalid(self.document.protected_wording)

    def guard(self, sheet: Sheet, area: Area) -> None:
        """Refuse to change what the caller may not edit. Raises `Refused`."""
        guarded(self.document, self.grant, sheet, area)


Kind: TypeAlias = Callable[[Change], Message | None]
"""Applies one request and returns its reply; None where the reply is empty."""
Kinds: TypeAlias = Mapping[str, Kind]
