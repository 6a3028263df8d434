"""What our ledger says we last wrote: a cell that still holds it is ours to refresh (law 4)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import Stage
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.snapshot import settled_cells

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Output, Run
    from addon_backend.ports.store import UnitOfWork

RUNS_REMEMBERED = 5


class EarlierValues:
    """The last values that earlier runs wrote into the columns of this one, by row and output.

    A row is the same row when its key cells hold the same values, in the same columns.
    """

    def __init__(self, unit: UnitOfWork, run: Run) -> None:
        """Read the earlier runs' records; with none there is nothing to read."""
        self._values: dict[str, dict[str, CellValue]] = {}
        self._digests = kept_digests(unit, run)
        earlier = [
            other
            for other in unit.runs.writing_to(
                run.workspace, run.sheet.document, run.sheet.sheet, RUNS_REMEMBERED + 1
            )
            if other.id != run.id and _anchors(other) == _anchors(run)
        ]
        for other in reversed(earlier[:RUNS_REMEMBERED]):
            self._remember(unit, other, {output.target: output.name for output in run.outputs})

    def value(self, output: Output, ordinal: int) -> CellValue:
        """Return what stands in our ledger for a cell, None where nothing does."""
        if not self._values or ordinal >= len(self._digests):
            return None
        return self._values.get(output.name, {}).get(self._digests[ordinal])

    def _remember(self, unit: UnitOfWork, other: Run, names: dict[str | None, str]) -> None:
        digests = kept_digests(unit, other)
        for output in other.outputs:
            if output.target is None or output.target not in names:
                continue
            known = self._values.setdefault(names[output.target], {})
            for ordinal, (outcome, _), fact in settled_cells(unit, other, output):
                if other.parent:
                    if outcome == Outcome.WRITTEN.value:
                        known.pop(digests[ordinal], None)  # put back or chosen: it is hers
                elif outcome in {Outcome.WRITTEN.value, Outcome.ALREADY_THERE.value}:
                    known[digests[ordinal]] = fact.value


def kept_digests(unit: UnitOfWork, run: Run) -> list[str]:
    """Return the keyed digest of each ordinal's inputs; empty where they were erased."""
    packed = unit.blocks.get(BlockKey(run.workspace, run.id, "keys", Stage.PREPARE, 0, ""))
    return [] if packed is None else [str(digest) for digest in json.loads(packed)]


def _anchors(run: Run) -> list[str]:
    return [column.anchor for column in run.keys]
