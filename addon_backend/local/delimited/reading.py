"""A list as a sheet: every value is text, leading zeros and all; no number or date is guessed."""

from __future__ import annotations

from dataclasses import dataclass

from addon_backend.domain.cells import CellValue
from addon_backend.domain.errors import FileTooLarge
from addon_backend.local.delimited.dialect import detect
from addon_backend.local.delimited.encoding import Decoded, decode, shown
from addon_backend.local.delimited.records import Dialect, Record, records, value_of
from addon_backend.local.opened import FileLimits, OpenedSheet


@dataclass(frozen=True, slots=True)
class RawList:
    """A list in its own words: from it come the rows, and the same bytes again."""

    decoded: Decoded
    dialect: Dialect
    records: list[Record]


def read_raw(data: bytes, *, tabs_likely: bool, limits: FileLimits) -> RawList:
    """Take any bytes apart into records. Raises `FileTooLarge` only."""
    decoded = decode(data)
    dialect = detect(decoded.text, tabs_likely=tabs_likely)
    held: list[Record] = []
    cells = 0
    for record in records(decoded.text[dialect.preamble :], dialect.delimiter):
        cells += len(record.fields)
        if cells > limits.cells:
            raise FileTooLarge(cells=limits.cells)
        held.append(record)
    return RawList(decoded, dialect, held)


def sheet_of(raw: RawList, name: str) -> OpenedSheet:
    """Return the list as a sheet of this name."""
    rows = [row_of(record) for record in raw.records]
    while rows and not rows[-1]:
        rows.pop()
    return OpenedSheet(name, rows)


def row_of(record: Record) -> list[CellValue]:
    """Return what a person sees of a record; an empty field is an empty cell."""
    row: list[CellValue] = [shown(value_of(field)) or None for field in record.fields]
    while row and row[-1] is None:
        row.pop()
    return row
