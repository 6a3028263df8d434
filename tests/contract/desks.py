"""A desk: a sheet host with a person sitting at the same sheet. What an adapter brings to join the suite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from addon_backend.domain.cells import CellValue, Obstacle
from addon_backend.domain.sheet import SheetRef
from addon_backend.ports.sheet_host import SheetHost


@dataclass(frozen=True)
class Draft:
    """A sheet to lay out from A1. Mappings name cells as (row, column), counted from 0.

    A formula's cell shows its value in ``grid``. ``strays`` lie outside the grid. A desk whose host does not
    know an obstacle lays the cell out without it and leaves the obstacle out of ``Desk.tells``.
    """

    grid: Sequence[Sequence[CellValue]]
    title: str = "Leads"
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    obstacles: Mapping[tuple[int, int], Obstacle] = field(default_factory=dict)
    strays: Mapping[tuple[int, int], CellValue] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()


class Desk(Protocol):
    """Everything the suite needs to know of a host: lay out, do what a person does, look at the sheet.

    ``look`` reads by another way than the host under test. ``columns_move`` says whether a person can insert,
    move and delete columns here; where she cannot, those three are never called.
    """

    tells: frozenset[Obstacle]
    columns_move: bool

    @property
    def host(self) -> SheetHost:
        """The host under test."""
        ...

    def lay_out(self, *drafts: Draft) -> tuple[SheetRef, ...]:
        """Make a new document with these sheets."""
        ...

    def look(self, ref: SheetRef, row: int, column: int) -> CellValue:
        """Return what a person sees in a cell; None for an empty one or one outside the sheet."""
        ...

    def type_in(self, ref: SheetRef, row: int, column: int, value: CellValue) -> None:
        """Type a value into a cell."""
        ...

    def sort(self, ref: SheetRef, order: Sequence[int]) -> None:
        """Put the rows in another order: the row that stood at ``order[n]`` comes to stand at n."""
        ...

    def insert_row(self, ref: SheetRef, at: int) -> None:
        """Insert an empty row."""
        ...

    def delete_row(self, ref: SheetRef, at: int) -> None:
        """Delete a row."""
        ...

    def insert_column(self, ref: SheetRef, at: int) -> None:
        """Insert an empty column."""
        ...

    def move_column(self, ref: SheetRef, at: int, to: int) -> None:
        """Drag a column so that it comes to stand at ``to``."""
        ...

    def delete_column(self, ref: SheetRef, at: int) -> None:
        """Delete a column."""
        ...

    def gone_anchor(self, ref: SheetRef) -> str:
        """Return the anchor of a column that this sheet does not have any more, or never had."""
        ...


@runtime_checkable
class Obstructing(Protocol):
    """A desk where something can come over a cell after the sheet was laid out."""

    def obstruct(self, ref: SheetRef, row: int, column: int, obstacle: Obstacle) -> None:
        """Let an obstacle come over a cell that keeps its value; over the whole row for a hidden one."""
        ...
