"""What our ledger says we last wrote: a cell that still holds it is ours to refresh (law 4)."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import same_value
from addon_backend.domain.facts import Outcome, may_stand
from addon_backend.domain.runs import Stage
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.snapshot import row_digests, settled_cells

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Output, Run
    from addon_backend.domain.sheet import SheetRef
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.ports.store import UnitOfWork

RUNS_REMEMBERED = 5
RUNS_LOOKED_AT = 20


class EarlierValues:
    """The last values that earlier runs wrote into the columns of this one, by row and output.

    A row is the same row when its key cells hold the same values, in the same columns.
    """

    def __init__(
        self,
        unit: UnitOfWork,
        digests: Sequence[str],
        earlier: Sequence[Run],
        name_of: Callable[[Output], str | None],
    ) -> None:
        """Read the records of these runs, newest first; ``name_of`` says as which output we know theirs."""
        self._values: dict[str, dict[str, CellValue]] = {}
        self._filled: dict[str, set[str]] = {}
        """The rows that a run of ours has filled, and not only found as it would have."""
        self._digests = digests
        for other in reversed(earlier[:RUNS_REMEMBERED]):
            self._remember(unit, other, name_of)

    @classmethod
    def of_run(cls, unit: UnitOfWork, run: Run) -> EarlierValues:
        """Return what was written before a run that is prepared."""
        names = {output.target: output.name for output in run.outputs if output.target}
        earlier = [
            other
            for other in unit.runs.writing_to(
                run.workspace, run.sheet.document, run.sheet.sheet, RUNS_REMEMBERED + 1
            )
            if other.id != run.id and _anchors(other) == _anchors(run)
        ]
        return cls(unit, kept_digests(unit, run), earlier, lambda output: names.get(output.target or ""))

    @classmethod
    def of_list(
        cls, unit: UnitOfWork, workspace: str | None, sheet: SheetRef, frame: Frame, outputs: Sequence[Output]
    ) -> EarlierValues:
        """Return what was written before into a list that is only looked at: columns have their names.

        Without a ``workspace``, nothing is known.
        """
        if workspace is None:
            return cls(unit, [], [], lambda _output: None)
        headers = {column.anchor: column.header for column in frame.columns}
        names = {headers[output.target]: output.name for output in outputs if output.target}
        keys = [column.header for column in frame.columns if column.key]
        earlier = [
            other
            for other in unit.runs.writing_to(workspace, sheet.document, sheet.sheet, RUNS_REMEMBERED)
            if [column.header for column in other.inputs if column.key] == keys
        ]
        digests = row_digests(unit, workspace, frame.telling) if earlier else []
        return cls(unit, digests, earlier, lambda output: names.get(output.header))

    def value(self, output: Output, ordinal: int) -> CellValue:
        """Return what stands in our ledger for a cell, None where nothing does."""
        if not self._values or ordinal >= len(self._digests):
            return None
        return self._values.get(output.name, {}).get(self._digests[ordinal])

    def without_ours(self, frame: Frame, outputs: Sequence[Output]) -> Frame:
        """Return the frame as if no run had filled columns of hers: cells that hold ours are blank."""
        filled = {one.target: one for one in outputs if one.target and not (one.own or one.in_place)}
        if not self._values or not filled:
            return frame
        values = [
            self._hers(filled[column.anchor], cells) if column.anchor in filled else cells
            for column, cells in zip(frame.columns, frame.values, strict=True)
        ]
        return replace(frame, values=tuple(values))

    def _hers(self, output: Output, cells: Sequence[CellValue]) -> list[CellValue]:
        filled = self._filled.get(output.name, set())
        ours = [
            self.value(output, row) if row < len(self._digests) and self._digests[row] in filled else None
            for row in range(len(cells))
        ]
        return [
            None if one is not None and same_value(cell, one) else cell
            for cell, one in zip(cells, ours, strict=True)
        ]

    def _remember(self, unit: UnitOfWork, other: Run, name_of: Callable[[Output], str | None]) -> None:
        digests = kept_digests(unit, other)
        for output in other.outputs:
            name = name_of(output) if output.target else None
            if name is None:
                continue
            known, filled = self._values.setdefault(name, {}), self._filled.setdefault(name, set())
            for ordinal, (outcome, reason), fact in settled_cells(unit, other, output):
                set_by_us = may_stand(outcome, reason)
                if other.parent:
                    if set_by_us:
                        known.pop(digests[ordinal], None)  # put back or chosen: it is hers
                        filled.discard(digests[ordinal])
                elif set_by_us or outcome == Outcome.ALREADY_THERE.value:
                    known[digests[ordinal]] = fact.value
                    if set_by_us:
                        filled.add(digests[ordinal])


def made_columns(unit: UnitOfWork, workspace: str, sheet: SheetRef) -> dict[str, str]:
    """Return the columns that our runs have made in a sheet: anchor → header."""
    runs = unit.runs.writing_to(workspace, sheet.document, sheet.sheet, RUNS_LOOKED_AT)
    return {
        output.target: output.header
        for run in runs
        for output in run.outputs
        if output.made and output.target
    }


def kept_digests(unit: UnitOfWork, run: Run) -> list[str]:
    """Return the keyed digest of each ordinal's inputs; empty where they were erased."""
    packed = unit.blocks.get(BlockKey(run.workspace, run.id, "keys", Stage.PREPARE, 0, ""))
    return [] if packed is None else [str(digest) for digest in json.loads(packed)]


def _anchors(run: Run) -> list[str]:
    return [column.anchor for column in run.inputs if column.key]
