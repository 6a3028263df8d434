"""The sheet where a person works, wherever it lives. The same laws for Google, Excel and local files."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from addon_backend.domain.cells import EMPTY, Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.sheet import SheetRef


class Leave(Enum):
    """The value that means "do not touch this cell"."""

    ALONE = "leave"


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet's name and used area. ``hidden_rows`` are half-open spans, filtered rows included."""

    ref: SheetRef
    title: str
    document_title: str
    rows: int
    columns: int
    hidden_rows: tuple[tuple[int, int], ...] = ()
    protected: bool = False


@dataclass(frozen=True, slots=True)
class CellColumn:
    """A column of cells as read: every value, and the details of those cells that have any."""

    values: Sequence[CellValue]
    details: Mapping[int, Cell] = field(default_factory=dict)

    def cell(self, position: int) -> Cell:
        """Return the cell at a position of this read."""
        known = self.details.get(position)
        if known is not None:
            return known
        value = self.values[position]
        return EMPTY if value is None else Cell(value)


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column wished for. The same ``key`` on the same sheet is the same column, for ever.

    ``dates`` says that it is to show days: a host where that is a matter of format sets it from the start.
    """

    key: str
    header: str
    dates: bool = False


@dataclass(frozen=True, slots=True)
class WriteBatch:
    """Cells to set, by column, over the same ``rows`` (row numbers of the last read, from 0).

    ``expect`` holds, for key and output columns, what the guard read saw; ``put`` what to set, or
    ``Leave.ALONE``. Both map an anchor to one entry per row.
    """

    rows: Sequence[int]
    expect: Mapping[str, Sequence[CellValue]]
    put: Mapping[str, Sequence[CellValue | Leave]]


class SheetHost(Protocol):
    """One kind of host (``google``, ``excel``, ``local``), acting for one workspace's credential.

    Laws, held by the contract suite:

    * Columns are named by anchors, which survive that people move, sort and rename; a row has no name:
      callers find it again by its cells.
    * `read` tells what a person would see now, typed, with formulas, number formats and obstacles.
    * `add_columns` returns the same anchors when asked again, also after an answer was lost; new columns are
      the first wholly empty ones right of the used area; it never inserts, moves or overwrites.
    * `write` sets text as text (law 5), all or none of a row's cells; a host that can compare sets only rows
      whose expectation still holds and names the others; one that cannot compares in nothing and says so by
      ``compares = False`` (the caller's guard read is then the only guard).
    * Every refusal is an `AddonError`; `AnswerUncertain` means: read back before sending again; `AccessLost`
      that the credential no longer opens the file: the run waits for a new owner.
    """

    name: str
    compares: bool
    rows_per_write: int

    def sheets(self, document: str) -> tuple[SheetInfo, ...]:
        """List the document's sheets in its order. Raises `FileUnknown`."""
        ...

    def describe(self, ref: SheetRef) -> SheetInfo:
        """Return the sheet's used area now. Raises `SheetUnknown` or `FileUnknown`."""
        ...

    def anchors(self, ref: SheetRef, indices: Sequence[int]) -> tuple[str, ...]:
        """Name the columns that stand at these indices now, so that they can be found after a move."""
        ...

    def locate(self, ref: SheetRef, anchors: Sequence[str]) -> tuple[int | None, ...]:
        """Return where these columns stand now; None for one that was deleted."""
        ...

    def read(
        self, ref: SheetRef, anchors: Sequence[str], top: int, bottom: int | None
    ) -> tuple[CellColumn, ...]:
        """Read rows ``top … bottom-1`` of these columns, padded with empty cells below the used area.

        Without a ``bottom``, as far down at least as one of them holds anything; all are equally long. A
        deleted column raises `SheetUnknown` with ``column`` among its facts.
        """
        ...

    def add_columns(
        self, ref: SheetRef, wishes: Sequence[NewColumn], header_row: int | None
    ) -> tuple[str, ...]:
        """Return the anchors of these columns, made where missing, headers set if there is a header row.

        Raises `SheetFull`, or `ColumnsProtected` where the host knows of protected cells there.
        """
        ...

    def busy(self) -> float:
        """Return how many seconds to wait before a write and the reads around it are begun; 0.0 for none.

        So that a run which must wait for its host's quota waits before it writes, and not before it looks at
        what it wrote.
        """
        ...

    def write(self, ref: SheetRef, batch: WriteBatch) -> frozenset[int]:
        """Set the cells; return the positions in ``batch.rows`` whose expectation no longer held."""
        ...
