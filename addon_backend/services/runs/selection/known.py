"""A list that was run before: which of its rows are new since (DESIGN §4.8).

A row is known where an earlier run has read the same values in the columns that it was not to write to: what
a run fills or cleans in place may change, and the row is still the one that was run. No value is kept for
this but keyed digests, in the run's block ``known``.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from addon_backend.domain.runs import Purpose, RunState, Stage
from addon_backend.domain.sheet import GridRange
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.blocks import pack_data
from addon_backend.services.runs.selection.views import Known
from addon_backend.services.runs.snapshot import row_digests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.runs import InputColumn, Output, Run
    from addon_backend.domain.workspaces import Caller
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.selection.reading import Reading
    from addon_backend.services.runs.selection.views import Selection

RUNS_COMPARED = 5
RUNS_LOOKED_AT = 20

_ENDED_EARLY = frozenset({RunState.STOPPED, RunState.FAILED})


def keep_known(unit: UnitOfWork, run: Run, frame: Frame, outputs: Sequence[Output]) -> None:
    """Keep which rows a run has read, so that those that come later can be told from them."""
    lasting = _lasting(frame.columns, outputs)
    if lasting:
        digests = row_digests(unit, run.workspace, [frame.of(column.anchor) for column in lasting])
        unit.blocks.put(_key(run), pack_data(digests))


def known_list(
    house: House, caller: Caller, selection: Selection, reading: Reading, rows: int
) -> Known | None:
    """Return what is new in a selection since this member's earlier runs; None where they share no row.

    ``rows`` is how many are in play: of a sample, the share of new rows is counted up to them.
    """
    with house.store.reading() as unit:
        runs = _runs_on(unit, caller, selection)
        seen: set[int] = set()
        for run in runs:
            seen.update(_rows_of(unit, run, reading))
        switches = unit.administration.switches(caller.workspace)
    newest = next((run for run in runs if run.state is RunState.FINISHED), None)
    if not seen or newest is None or any(name not in house.sources for name in newest.recipe.sources):
        return None
    new = [row for row in range(reading.frame.rows) if row not in seen]
    return Known(
        run=newest.id,
        recipe=switches.narrowed(newest.recipe).as_data(),
        new_rows=round(len(new) * rows / reading.frame.rows),
        range=_range_of(newest, selection, reading, new),
    )


def _runs_on(unit: UnitOfWork, caller: Caller, selection: Selection) -> list[Run]:
    """Return this member's runs on the sheet that did not end early and were not undone, newest first."""
    runs = unit.runs.history(caller.workspace, caller.member, selection.sheet.document, None, RUNS_LOOKED_AT)
    kept = [run for run in runs if run.sheet == selection.sheet and run.state not in _ENDED_EARLY]
    undone = {run.parent for run in kept if run.purpose is Purpose.UNDO}
    return [run for run in kept if not run.parent and run.id not in undone][:RUNS_COMPARED]


def _rows_of(unit: UnitOfWork, run: Run, reading: Reading) -> list[int]:
    """Return the rows of a table that a run has read; none where a column of it is not there any more."""
    packed = unit.blocks.get(_key(run))
    columns = _found(_lasting(run.inputs, run.outputs), reading.frame.columns)
    if packed is None or columns is None:
        return []
    known = Counter(json.loads(packed))
    values = [reading.frame.of(column.anchor) for column in columns]
    found = []
    for row, digest in enumerate(row_digests(unit, run.workspace, values)):
        if known[digest]:
            known[digest] -= 1  # of identical rows, as many are known as there were
            found.append(row)
    return found


def _found(wanted: Sequence[InputColumn], there: Sequence[InputColumn]) -> list[InputColumn] | None:
    """Find a run's columns by place and header, or by a header that no other column has."""
    by_header: dict[str, list[InputColumn]] = {}
    for column in there:
        by_header.setdefault(column.header, []).append(column)
    found = []
    for column in wanted:
        same = by_header.get(column.header, [])
        here = next((one for one in same if one.index == column.index), None)
        if here is None and len(same) != 1:
            return None
        found.append(here or same[0])
    return found


def _lasting(columns: Sequence[InputColumn], outputs: Sequence[Output]) -> list[InputColumn]:
    """Return the columns that a run reads and does not write to."""
    written = {output.target for output in outputs}
    return [column for column in columns if column.anchor not in written]


def _range_of(newest: Run, selection: Selection, reading: Reading, new: Sequence[int]) -> str | None:
    """Return the new rows as a range, where they are the last ones of the list; of a sample nobody can say.

    It has the columns of the earlier run where they stand as they stood, so that its own columns go on.
    """
    count = reading.frame.rows
    if not new or selection.table.sampled or list(new) != list(range(count - len(new), count)):
        return None
    first, last = (selection.table.top + reading.rows[row] for row in (new[0], new[-1]))
    stands = {column.index: column.header for column in reading.frame.columns}
    as_before = all(stands.get(column.index) == column.header for column in newest.inputs)
    span = newest.range if as_before else selection.range
    return GridRange(first, span.left, last + 1, span.right).a1


def _key(run: Run) -> BlockKey:
    return BlockKey(run.workspace, run.id, "known", Stage.PREPARE, 0, "")
