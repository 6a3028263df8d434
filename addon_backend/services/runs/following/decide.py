"""Decide: a run that sets what a person chose from the list, where the cell still holds what it showed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Fact, Outcome
from addon_backend.domain.runs import Operation, Purpose
from addon_backend.services.runs.following.board import choice_of, groups_named, keep_board, named, whole
from addon_backend.services.runs.following.follow_up import (
    Puts,
    begin,
    first_of,
    keep_puts,
    ordinals_of,
    parent_of,
    still_there,
    take_over_rows,
)
from addon_backend.services.runs.following.offers import GONE, targets
from addon_backend.services.runs.following.shares import held
from addon_backend.services.runs.snapshot import seen_cells, settled_cells
from addon_backend.services.runs.writing.guard import CHOSEN_ANYWAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Claim, Output, Run
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.following.board import Board, Group

NOT_CHOSEN = Fact(None, "not_chosen")
CHOSEN = "chosen"
INPUT_CHANGED = "input_changed"


def prepare_decide(house: House, claim: Claim, run: Run) -> None:
    """Take over the rows that were chosen, and turn what was offered for them into what to put."""
    parent = parent_of(house, run)
    with house.store.reading() as unit:
        choice = choice_of(unit, run)
        groups = groups_named(unit, parent, choice)
    ordinals = sorted({row for rows in choice.values() for row in rows})
    run = replace(run, rows=len(ordinals), inputs=parent.inputs)
    wanted = {group.output for group in groups.values()}
    outputs = [
        replace(target, operation=Operation.DECIDE, sources=(), price=0, in_place=False)
        for target in still_there(house, run, [one for one in targets(parent) if one.name in wanted])
    ]
    take_over_rows(house, parent, run, ordinals)
    for output in outputs:
        mine = [(group, choice[group.id]) for group in groups.values() if group.output == output.name]
        keep_puts(house, claim, run, _chosen(output, mine, ordinals))
    begin(house, claim, run, outputs)


def _chosen(output: Output, groups: Sequence[tuple[Group, Sequence[int]]], ordinals: Sequence[int]) -> Puts:
    at = {ordinal: row for row, ordinal in enumerate(ordinals)}
    facts: list[Fact] = [NOT_CHOSEN] * len(ordinals)
    stands: list[CellValue] = [None] * len(ordinals)
    for group, rows in groups:
        reason = CHOSEN_ANYWAY if group.reason == INPUT_CHANGED else CHOSEN
        fact = replace(group.fact, reason=reason, review=False)
        for ordinal in rows:
            facts[at[ordinal]], stands[at[ordinal]] = fact, group.now
    return Puts(output, facts, stands)


def settle_list(unit: UnitOfWork, run: Run) -> None:
    """Bring the decisions list up to date with a follow-up run that is over.

    What a decide run could not set is offered again as it stands now, and what an undo of it has put back;
    what a redo has set is settled.
    """
    decide, undone = run, False
    while decide.purpose is Purpose.UNDO:
        decide, undone = unit.runs.get(run.workspace, decide.parent), not undone
    if decide.purpose is not Purpose.DECIDE:
        return
    first = first_of(unit, decide)
    board, choice = whole(unit, first), choice_of(unit, decide)
    became = _became(unit, run)
    met: list[Group] = []
    for group in [one for one in board.groups if one.id in choice]:
        rows, cells = choice[group.id], became.get(group.output, {})
        set_now = {row for row in rows if row in cells and cells[row].is_set}
        if undone:
            board.reopen(group.id, set_now)
        else:
            board.settle(group.id, set_now)
        if run is decide:
            for row in set(rows) - set_now:
                met += _again(board, group, row, cells.get(row))
    for group in named(unit, first, met):
        board.add(group)
    keep_board(unit, first, board)
    if first.state.final:
        unit.runs.release_rest(first.workspace, first.id, held(unit, first, board))


@dataclass(frozen=True, slots=True)
class _Cell:
    """What became of a chosen cell, and what stood there."""

    outcome: str
    reason: str
    now: CellValue

    @property
    def is_set(self) -> bool:
        there = self.outcome == Outcome.ALREADY_THERE and self.reason in {CHOSEN, CHOSEN_ANYWAY}
        return there or self.outcome == Outcome.WRITTEN


def _again(board: Board, group: Group, row: int, cell: _Cell | None) -> list[Group]:
    """Return what is still to be asked of a row whose choice was not set; on the board, what stays as it was.

    A row that is gone is no question any more, nor is a guess or a likely slip once somebody has typed there.
    """
    if cell is not None and cell.reason in GONE:
        return []
    if cell is not None and cell.reason == "edited_since":
        if group.kind in {"review", "correction"}:
            return []
        return [replace(group.only({row}), kind="conflict", reason=cell.reason, now=cell.now, since=True)]
    if cell is not None and cell.reason == INPUT_CHANGED and group.reason != INPUT_CHANGED:
        return [replace(group.only({row}), kind="conflict", reason=cell.reason, now=cell.now, since=True)]
    board.reopen(group.id, {row})
    return []


def _became(unit: UnitOfWork, run: Run) -> Mapping[str, Mapping[int, _Cell]]:
    """Return what became of a run's cells: output → the first run's ordinal → cell."""
    ordinals = ordinals_of(unit, run)
    found: dict[str, dict[int, _Cell]] = {}
    for output in run.outputs:
        seen = seen_cells(unit, run, output)
        found[output.name] = {
            ordinals[row]: _Cell(outcome, reason, seen.get(row))
            for row, (outcome, reason), _ in settled_cells(unit, run, output)
        }
    return found
