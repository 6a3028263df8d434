"""Which rows of a selection an earlier run has done already, told before the price."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import same_value
from addon_backend.domain.runs import Purpose, RunState
from addon_backend.services.runs.access import may_see
from addon_backend.services.runs.earlier import RUNS_REMEMBERED, row_digests
from addon_backend.services.runs.prepare import DIGEST_LENGTH
from addon_backend.services.runs.snapshot import ROW_DIGEST, row_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from addon_backend.domain.facts import FactColumn
    from addon_backend.domain.recipes import Recipe
    from addon_backend.domain.runs import Output, Run
    from addon_backend.domain.sheet import SheetRef
    from addon_backend.domain.workspaces import Caller
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.ports.store import UnitOfWork


def fresh_rows(
    unit: UnitOfWork, caller: Caller, sheet: SheetRef, recipe: Recipe, frame: Frame, filled: Frame
) -> int:
    """Count the rows that a finished run which the caller may see has done, and that are as it left them.

    ``filled`` is the frame as it was before values that are ours came into columns of hers (`unfilled`).
    """
    runs = unit.runs.writing_to(caller.workspace, sheet.document, sheet.sheet, RUNS_REMEMBERED)
    runs = [run for run in runs if may_see(unit, caller, run)]
    undone = {run.parent for run in runs if run.purpose is Purpose.UNDO}
    done: set[int] = set()
    for run in runs:
        if run.parent or run.id in undone or run.recipe != recipe or run.state is not RunState.FINISHED:
            continue
        known = set(row_digests(unit, run))
        for now in (frame, filled):
            done.update(row for row, one in enumerate(_digests(unit, run, now)) if one in known)
    return len(done)


def unfilled(frame: Frame, found: Sequence[tuple[Output, FactColumn]]) -> Frame:
    """Return the frame without the values that equal what would be filled in: ours, as far as can be told."""
    targets: Mapping[str | None, FactColumn] = {
        output.target: facts for output, facts in found if not output.in_place
    }
    return replace(
        frame,
        values=tuple(
            [
                None if same_value(value, targets[column.anchor][row].value) else value
                for row, value in enumerate(values)
            ]
            if column.anchor in targets
            else values
            for column, values in zip(frame.columns, frame.values, strict=True)
        ),
    )


def _digests(unit: UnitOfWork, run: Run, frame: Frame) -> Iterator[str]:
    """Yield the digest that the run would have taken of each row; none where a column of it is missing."""
    places = {(column.index, column.kind): place for place, column in enumerate(frame.columns)}
    wanted = [places.get((column.index, column.kind)) for column in run.inputs]
    columns = [frame.values[place] for place in wanted if place is not None]
    if len(columns) == len(wanted):
        texts = [row_text(cells) for cells in zip(*columns, strict=True)]
        for digest in unit.blocks.digests(run.workspace, ROW_DIGEST, texts):
            yield digest[:DIGEST_LENGTH]
