"""What a run leaves for a person to decide: results that were kept from the sheet, and likely corrections.

========== =====================================================================================
kind       what is offered
========== =====================================================================================
review     a candidate for a blank cell, or for one cleaned in place, not sure enough to be written unseen
conflict   our result, where somebody edited the cell or its row during the run: her edit stands
differs    our result, where another value stood before
correction what a cell was probably meant to hold
========== =====================================================================================

Of one cell at most one thing is offered. A candidate that is not sure is no question beside a person's value,
nor once its row was changed; nor is a result that says the same as what stands there in other words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank, same_value
from addon_backend.domain.facts import Outcome
from addon_backend.domain.recipes import CleanMode
from addon_backend.domain.runs import Operation, Output
from addon_backend.engine.plan.corrections import corrections
from addon_backend.engine.plan.frame import means_the_same
from addon_backend.engine.plan.protection import COLUMN_GONE
from addon_backend.services.runs.following.board import Group, named
from addon_backend.services.runs.snapshot import Slice, seen_cells, settled_cells
from addon_backend.services.runs.writing.guard import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.facts import Fact
    from addon_backend.domain.runs import Run
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.ports.store import UnitOfWork

GONE = frozenset({"gone", "ambiguous", COLUMN_GONE})


@dataclass(frozen=True, slots=True)
class Offer:
    """What is offered for one cell: ``now`` stands there, ``fact`` would.

    ``read`` is what was cleaned, where that stands in another column.
    """

    output: str
    kind: str
    reason: str
    now: CellValue
    read: CellValue
    fact: Fact


def offered(unit: UnitOfWork, run: Run) -> list[Group]:
    """Return everything the run leaves to decide, identical rows together, largest group first."""
    frame = Slice(unit, run, 0, run.rows).frame
    found: list[tuple[Offer, list[int]]] = []
    taken: dict[str, set[int]] = {}
    for target in targets(run):
        settled = taken.setdefault(target.target or "", set())
        alike = _identical(_of_target(unit, run, target, frame), settled)
        found += [(one, rows) for one, rows in alike if _is_a_question(frame, target, one)]
        settled.update(row for _, rows in alike for row in rows)
    groups = [
        Group("", one.output, one.kind, one.reason, one.now, one.read, one.fact, tuple(sorted(rows)))
        for one, rows in found
    ]
    by_size = named(unit, run, groups)
    return sorted(by_size, key=lambda group: (-len(group.rows), group.rows[0], group.id))


def _identical(
    offers: Iterator[tuple[int, Offer]], settled: Collection[int]
) -> list[tuple[Offer, list[int]]]:
    """Put rows with the same offer together, typed (1 is not ``True``); the lowest score stands for all."""
    found: dict[tuple[Offer, type, type], list[int]] = {}
    scores: dict[tuple[Offer, type, type], float] = {}
    for ordinal, offer in offers:
        if ordinal in settled:
            continue
        alike = replace(offer, fact=replace(offer.fact, score=0.0))
        key = (alike, type(offer.now), type(offer.fact.value))
        found.setdefault(key, []).append(ordinal)
        scores[key] = min(offer.fact.score, scores.get(key, 1.0))
    return [
        (replace(key[0], fact=replace(key[0].fact, score=scores[key])), rows) for key, rows in found.items()
    ]


def _is_a_question(frame: Frame, target: Output, offer: Offer) -> bool:
    if offer.kind not in {"differs", "conflict"}:
        return True
    return not means_the_same(frame, target.target or "", offer.now, offer.fact.value)


def targets(run: Run) -> list[Output]:
    """Return the columns that a decision may set: the run's own outputs, and inputs that it left as they are.

    A cleaned column is corrected in its result.
    """
    outputs = [output for output in run.outputs if output.target is not None and not output.gone]
    cleaned = {output.inputs[0] for output in outputs if output.operation is Operation.CLEAN}
    untouched = [
        Output(
            name=f"correct:{column.anchor}",
            header=column.header,
            operation=Operation.CLEAN,
            field=column.kind.value,
            inputs=(column.anchor,),
            target=column.anchor,
        )
        for column in run.inputs
        if column.anchor not in cleaned | run.gone and run.recipe.mode(column.kind) is not CleanMode.OFF
    ]
    return [*outputs, *untouched]


def _of_target(unit: UnitOfWork, run: Run, target: Output, frame: Frame) -> Iterator[tuple[int, Offer]]:
    """Yield what is offered for the cells of one column; a likely correction before anything else."""
    meant = corrections(frame, target.inputs[0]) if target.operation is Operation.CLEAN else {}
    before = _read(frame, target)
    if target not in run.outputs:
        for row, fact in meant.items():
            yield row, Offer(target.name, "correction", fact.reason, before[row], None, fact)
        return
    source = None
    if target.operation is Operation.CLEAN and target.own:
        source = frame.of(target.inputs[0])
    seen = seen_cells(unit, run, target)
    for row, (outcome, reason), fact in settled_cells(unit, run, target):
        if reason in GONE or (row not in seen and outcome in {Outcome.REVIEW.value, Outcome.KEPT.value}):
            continue
        stands = seen.get(row, _standing(outcome, fact, before, row))
        read = None if source is None else source[row]
        if row in meant and reason != "input_changed":
            offer = Offer(target.name, "correction", meant[row].reason, stands, read, meant[row])
        else:
            kind = _kind(outcome, reason, fact, stands, before[row])
            if kind is None:
                continue
            ours = replace(fact, review=False, seen_on="")
            offer = Offer(target.name, kind, reason, stands, read, ours)
        if not same_value(offer.fact.value, stands):
            yield row, offer


def _kind(outcome: str, reason: str, fact: Fact, stands: CellValue, before: CellValue) -> str | None:
    if is_blank(fact.value) or (isinstance(fact.value, str) and len(fact.value) > LONGEST_CELL):
        return None
    if fact.review:
        return "review" if outcome == Outcome.REVIEW.value and reason != "input_changed" else None
    if outcome == Outcome.KEPT.value and reason == "filled_by_person":
        return "differs" if same_value(stands, before) else "conflict"
    return "conflict" if outcome == Outcome.REVIEW.value and reason == "input_changed" else None


def _standing(outcome: str, fact: Fact, before: Sequence[CellValue], row: int) -> CellValue:
    """Return what stands in a cell that nobody was kept from: our value, or what was read there."""
    if outcome in {Outcome.WRITTEN.value, Outcome.ALREADY_THERE.value} and fact.value is not None:
        return fact.value
    return before[row]


def _read(frame: Frame, target: Output) -> Sequence[CellValue]:
    """Return what was read in a column; one of our own was blank."""
    if all(column.anchor != target.target for column in frame.columns):
        return [None] * frame.rows
    return frame.of(target.target or "")
