"""Columns that somebody deletes while a run is written: the others go on.

An output whose column, or one that it is computed from, is gone is dropped; what it has set already counts.
Where one of the columns by which rows are told is gone, a row is still told where the others tell it beyond
doubt: all that are called so, in the run and in the sheet, were identical before. Where two are gone that is
enough to find what stands, and not to set anything (ADR 12).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from addon_backend.domain.errors import SheetUnknown
from addon_backend.domain.runs import Purpose
from addon_backend.engine.plan.placing import Placed, has_identity, keys_of
from addon_backend.services.runs.writing.guard import read_keys, written_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from addon_backend.domain.runs import Run
    from addon_backend.ports.sheet_host import SheetHost
    from addon_backend.services.house import House
    from addon_backend.services.runs.writing.guard import Guard, StoredChunk
    from addon_backend.services.runs.writing.rows import RunRows

Answer = TypeVar("Answer")


def with_what_is_left(house: House, host: SheetHost, run: Run, work: Callable[[Run], Answer]) -> Answer:
    """Do the work with the run's columns as far as they are there; again where one is found to be deleted.

    Raises `SheetUnknown` where the sheet is gone, or nothing is left by which rows are told.
    """
    while True:
        try:
            return work(run)
        except SheetUnknown as unknown:
            run = _without_deleted(house, host, run, unknown)


def _without_deleted(house: House, host: SheetHost, run: Run, unknown: SheetUnknown) -> Run:
    """Take note of which columns of a run are gone. Raises what it was told if none has gone since."""
    with house.store.reading() as unit:
        known = unit.runs.get(run.workspace, run.id)
    anchors = [column.anchor for column in known.inputs]
    anchors += [output.target for output in known.outputs if output.target]
    if unknown.facts.get("column") not in {None, *anchors}:
        return known  # one that was read only to tell rows: others do that, too
    located = host.locate(run.sheet, anchors)
    gone = {anchor for anchor, at in zip(anchors, located, strict=True) if at is None}
    inputs = tuple(replace(column, gone=column.anchor in gone) for column in known.inputs)
    outputs = tuple(replace(output, gone=output.target in gone) for output in known.outputs)
    left = replace(known, inputs=inputs, outputs=outputs)
    if left.gone <= run.gone or not left.keys:
        raise unknown
    with house.store.unit() as unit:
        unit.runs.describe(run.workspace, run.id, inputs=inputs, outputs=outputs)
        unit.commit()
        return unit.runs.get(run.workspace, run.id)


def may_set(run: Run) -> bool:
    """Return whether the columns that are left tell rows well enough to set anything.

    To take back what we wrote they do: there, the cell itself must hold it.
    """
    return run.keys_gone <= 1 or run.purpose is Purpose.UNDO


def told_beyond_doubt(run: Run, stored: StoredChunk, guard: Guard, rows: RunRows) -> Guard:
    """Return a guard read of the whole sheet without the places of rows that might be other ones.

    With a column gone, rows that were different may be called the same.
    """
    read, written = read_keys(stored, run), written_keys(stored, run)
    keys = keys_of([guard.columns[column.anchor].values for column in run.keys])
    standing = Counter(keys)
    places = dict(guard.places)
    for row, place in places.items():
        if place.row is None:
            continue
        called = {read[row], written[row]}
        alike = frozenset[int]().union(*(rows.alike(key) for key in called))
        alone = rows.were_identical(alike) and sum(standing[key] for key in called) <= len(alike)
        if place.how == "changed" or not alone or not has_identity(keys[place.row - guard.top]):
            places[row] = Placed(None, "ambiguous")
    return replace(guard, places=places)
