"""The one decisions list (DESIGN §4.7): what a run has left open, and what a person answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text
from addon_backend.domain.errors import CreditsReleased, DecisionUnknown
from addon_backend.domain.errors import RunState as WrongState
from addon_backend.domain.runs import Purpose
from addon_backend.domain.sentences import decisions_headline
from addon_backend.ports.store import KeptAnswer
from addon_backend.services.runs.access import visible_run
from addon_backend.services.runs.following import board as boards
from addon_backend.services.runs.following.follow_up import place_ordinals, start_follow_up
from addon_backend.services.runs.following.offers import targets
from addon_backend.services.runs.following.shares import affordable, held
from addon_backend.services.runs.following.views import Answered, DecisionGroup, Decisions, RowPlace, RowsNow
from addon_backend.services.runs.reasons import explained
from addon_backend.services.runs.snapshot import rows_of
from addon_backend.services.runs.start import answered_before
from addon_backend.services.runs.status import view

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from addon_backend.domain.runs import Run
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.following.board import Board, Group
    from addon_backend.services.runs.following.views import AnswerOrder

MOST_PAGES = 10
"""Pages of the list that one call looks through for groups that are still open."""

MOST_ROWS = 10_000
"""Rows that one call looks for in the sheet."""

RECORDED = 200
NAMED_BY = 2
LONGEST_NAME = 60


def decisions(house: House, caller: Caller, run_id: str, limit: int, after: int) -> Decisions:
    """Return open groups from position ``after`` on, largest first. Raises `NotVisible`, `RunState`."""
    with house.store.reading() as unit:
        run = _answerable(unit, caller, run_id)
        counted = boards.counts(unit, run)
        found: list[tuple[Group, Sequence[int]]] = []
        following: int | None = None
        for at, group, rows in _open_from(unit, run, counted.pages, after):
            if len(found) == limit:
                following = at
                break
            found.append((group, rows))
        shown = _shown(unit, run, found, caller.language)
        looked_at = after // boards.PAGE_GROUPS + MOST_PAGES
        if following is None and looked_at < counted.pages:
            following = looked_at * boards.PAGE_GROUPS
    headline = decisions_headline(counted.decisions, counted.rows, caller.language)
    return Decisions(counted.decisions, counted.rows, headline, shown, following)


def _open_from(
    unit: UnitOfWork, run: Run, pages: int, after: int
) -> Iterator[tuple[int, Group, Sequence[int]]]:
    """Yield (position, group, open rows) for the groups that are open, as far as one call looks."""
    settled = boards.settled(unit, run)
    first = after // boards.PAGE_GROUPS
    for number in range(first, min(pages, first + MOST_PAGES)):
        board = boards.Board(boards.page(unit, run, number), settled)
        for at, group in enumerate(board.groups, number * boards.PAGE_GROUPS):
            if at >= after and (rows := board.open_rows(group)):
                yield at, group, rows


def _shown(
    unit: UnitOfWork, run: Run, groups: Sequence[tuple[Group, Sequence[int]]], language: str
) -> list[DecisionGroup]:
    columns = {target.name: target for target in targets(run)}
    single = [(columns[group.output].target, rows[0]) for group, rows in groups if len(rows) == 1]
    who = _who(unit, run, single)
    return [
        DecisionGroup(
            id=group.id,
            kind=group.kind,
            header=columns[group.output].header,
            rows=len(rows),
            row=_labels(unit, run, group, rows[:1])[0],
            now=group.now,
            read=group.read,
            offered=group.fact.value,
            reason=_sentence(group, language),
            who=who.get((columns[group.output].target, rows[0])),
        )
        for group, rows in groups
    ]


def _who(
    unit: UnitOfWork, run: Run, cells: Sequence[tuple[str | None, int]]
) -> dict[tuple[str | None, int], str]:
    """Return by what a person knows each row: its first two filled cells but the one in question."""
    if not cells:
        return {}
    frame, _, _ = rows_of(unit, run, [row for _, row in cells])
    found = {}
    for at, (anchor, row) in enumerate(cells):
        texts = [
            as_text(values[at]).strip()
            for column, values in zip(frame.columns, frame.values, strict=True)
            if column.anchor != anchor
        ]
        found[anchor, row] = " · ".join([text[:LONGEST_NAME] for text in texts if text][:NAMED_BY])
    return found


def _sentence(group: Group, language: str) -> str:
    """Say why a person is asked, and for a result of ours that was kept back, where it comes from."""
    ours = explained(group.fact.reason, language)[0]
    if group.kind in {"review", "correction"}:
        return ours
    why = group.reason if group.reason == "input_changed" else group.kind
    return f"{explained(why, language)[0]} {ours}"


def _labels(unit: UnitOfWork, run: Run, group: Group, rows: Sequence[int]) -> list[str]:
    texts = [f"{group.id}|{row}" for row in rows]
    return [name[: boards.ID_LENGTH] for name in unit.blocks.digests(run.workspace, "decision_row", texts)]


def answer(
    house: House, caller: Caller, run_id: str, order: AnswerOrder, key: str, body_digest: str
) -> tuple[Answered, bool]:
    """Settle what a person decided, once per key; True says that this key had done it before.

    What is taken starts a run that sets it; what is left needs none. Raises `NotVisible`, `KeyMissing`,
    `KeyReused`, `RunState` while the run goes on, `CreditsReleased` and `DecisionUnknown`; nothing is settled
    then.
    """
    digest = f"decide {run_id} {body_digest}"
    with house.store.unit() as unit:
        before = answered_before(unit, caller, key, digest)
        run = _answerable(unit, caller, run_id)
        if before is not None:
            started = unit.runs.get(run.workspace, before.answer) if before.answer else None
            return _answered(unit, caller, run, started), True
        board = boards.whole(unit, run)
        choice = _settle(unit, run, board, order)
        if not affordable(unit, run, board, choice):
            raise CreditsReleased
        started = None
        if choice:
            started = start_follow_up(unit, caller, run, Purpose.DECIDE, key, digest)
            boards.keep_choice(unit, started, choice)
        else:
            unit.keys.put(caller.workspace, caller.member, key, KeptAnswer(digest, RECORDED, ""))
        boards.keep_settled(unit, run, board)
        if run.state.final:
            unit.runs.release_rest(run.workspace, run.id, held(unit, run, board))
        shown = _answered(unit, caller, run, started)
        unit.commit()
    house.bell.ring()
    return shown, False


def _settle(unit: UnitOfWork, run: Run, board: Board, order: AnswerOrder) -> dict[str, list[int]]:
    """Take off the list what is taken and what is left; return what is taken, rows by group."""
    known = {group.id: group for group in board.groups}
    choice: dict[str, list[int]] = {}
    for take in order.take:
        group = _open(board, known, take.group)
        rows = board.open_rows(group)
        if take.row is not None:
            labels = _labels(unit, run, group, rows)
            rows = [row for row, label in zip(rows, labels, strict=True) if label == take.row]
        if not rows:
            raise DecisionUnknown
        choice.setdefault(group.id, []).extend(rows)
        board.settle(group.id, rows)
    for name in order.leave:
        board.settle(name, _open(board, known, name).rows)
    if order.take_rest:
        for group in board.groups:
            if rows := board.open_rows(group):
                choice.setdefault(group.id, []).extend(rows)
                board.settle(group.id, rows)
    if order.leave_rest:
        for group in board.groups:
            board.settle(group.id, group.rows)
    return choice


def _open(board: Board, known: Mapping[str, Group], name: str) -> Group:
    group = known.get(name)
    if group is None or not board.open_rows(group):
        raise DecisionUnknown
    return group


def _answered(unit: UnitOfWork, caller: Caller, run: Run, started: Run | None) -> Answered:
    counted = boards.counts(unit, run)
    headline = decisions_headline(counted.decisions, counted.rows, caller.language)
    shown = None if started is None else view(unit, caller, started)
    return Answered(shown, counted.decisions, counted.rows, headline)


def rows_now(house: House, caller: Caller, run_id: str, groups: Sequence[str]) -> RowsNow:
    """Say where the open rows of some groups stand in the sheet now, `MOST_ROWS` of them at most.

    Raises `NotVisible`, `RunState` and `DecisionUnknown`.
    """
    with house.store.reading() as unit:
        run = _answerable(unit, caller, run_id)
        settled = boards.settled(unit, run)
        named = boards.groups_named(unit, run, groups)
        if len(named) < len(set(groups)):
            raise DecisionUnknown
        board = boards.Board(list(named.values()), settled)
        open_rows = [(group, row) for group in board.groups for row in board.open_rows(group)]
        looked_for = open_rows[:MOST_ROWS]
        texts = [f"{group.id}|{row}" for group, row in looked_for]
        labels = unit.blocks.digests(run.workspace, "decision_row", texts)
    at = place_ordinals(house, run, sorted({row for _, row in looked_for}))
    places = [
        RowPlace(group.id, label[: boards.ID_LENGTH], at[row] + 1)
        for (group, row), label in zip(looked_for, labels, strict=True)
        if row in at
    ]
    return RowsNow(len(open_rows), sorted(places, key=lambda place: place.number))


def _answerable(unit: UnitOfWork, caller: Caller, run_id: str) -> Run:
    run = visible_run(unit, caller, run_id)
    if not run.answerable:
        raise WrongState(state=run.state.value)
    return run
