"""By which cells rows are told while one of their columns is set, at a host that compares nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text
from addon_backend.engine.inspect import names_notes
from addon_backend.engine.plan.placing import keys_of
from addon_backend.services.runs.writing.headers import header_row_now

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.ports.sheet_host import SheetHost

WITNESSES = 8
"""Columns that are read only to tell rows, where the columns in play are all written at once."""


class Telling:
    """The key columns of a run, but for the one that is set; if that is the only one, witnesses.

    ``witnesses`` are columns that are read only for that.
    """

    def __init__(self, run: Run, host: SheetHost) -> None:
        """Ask the host for more columns where the run writes to its only key column."""
        self.keys = [column.anchor for column in run.keys]
        needed = any([output.target] == self.keys for output in run.outputs)
        self.witnesses = _witnesses(run, host) if needed and not host.compares else []

    def forget(self, gone: Collection[str]) -> None:
        """Tell rows without these columns."""
        self.keys = [one for one in self.keys if one not in gone]
        self.witnesses = [one for one in self.witnesses if one not in gone]

    def by(self, anchor: str) -> list[str]:
        """Return the columns by which rows are told where this one is set."""
        return [key for key in self.keys if key != anchor] or self.witnesses

    def as_told_now(self, anchor: str, told_by: Sequence[str], key: Key) -> Key | None:
        """Return a key that was kept while this column was set, without the columns deleted since.

        None where rows are told now by columns that it does not have.
        """
        by = self.by(anchor)
        cells = dict(zip(told_by, key, strict=True))
        return tuple(cells[one] for one in by) if cells.keys() >= set(by) else None

    def keys_in(self, columns: Mapping[str, Sequence[CellValue]], anchor: str) -> list[Key]:
        """Return by what rows are told where this column is set; nothing where nothing else tells them."""
        return keys_of([columns[key] for key in self.by(anchor)])


def _witnesses(run: Run, host: SheetHost) -> list[str]:
    """Return the first columns that are not the run's; notes by their headers only if there is no other."""
    info = host.describe(run.sheet)
    anchors = host.anchors(run.sheet, list(range(info.columns)))
    ours = {*(column.anchor for column in run.keys), *(output.target for output in run.outputs)}
    others = [anchor for anchor in anchors if anchor not in ours]
    at = header_row_now(host, run)
    if at is not None and others:
        heads = host.read(run.sheet, others, at, at + 1)
        named = zip(others, (as_text(column.values[0]) for column in heads), strict=True)
        others = [anchor for anchor, header in named if not names_notes(header)] or others
    return others[:WITNESSES]
