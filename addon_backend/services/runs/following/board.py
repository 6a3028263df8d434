"""The decisions list of a run as it is kept: computed once, in pages, with what has been settled since."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass, field, replace
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Fact
from addon_backend.domain.runs import Stage
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.blocks import pack_data, tag, untag

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Run
    from addon_backend.ports.store import UnitOfWork

PAGE_GROUPS = 100
ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Charge:
    """What setting a row costs the run that bought it; ``who`` names whom each row was asked about."""

    field: str
    source: str
    price: int
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Identical rows: the same offer for each. ``id`` is stable and tells nothing outside the workspace.

    ``rows`` are ordinals of the run, ascending; ``now`` stands in the cell, ``read`` is what was cleaned.
    ``since`` says that a choice met cells that somebody had changed after the run.
    """

    id: str
    output: str
    kind: str
    reason: str
    now: CellValue
    read: CellValue
    fact: Fact
    rows: tuple[int, ...]
    charge: Charge | None = None
    since: bool = False

    def only(self, rows: Collection[int]) -> Group:
        """Return the group with only these of its rows."""
        kept = [at for at, row in enumerate(self.rows) if row in rows]
        charge = self.charge and replace(self.charge, who=tuple(self.charge.who[at] for at in kept))
        return replace(self, rows=tuple(self.rows[at] for at in kept), charge=charge)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is open: groups of identical rows, and the rows they touch. ``pages`` are kept of the list."""

    decisions: int = 0
    rows: int = 0
    pages: int = 0


@dataclass(slots=True)
class Board:
    """Groups in their order, and which rows of each are settled."""

    groups: list[Group]
    settled: dict[str, set[int]] = field(default_factory=dict)

    def open_rows(self, group: Group) -> list[int]:
        """Return the rows of a group that nobody has settled."""
        done = self.settled.get(group.id)
        return list(group.rows) if not done else [row for row in group.rows if row not in done]

    def settle(self, group: str, rows: Collection[int]) -> None:
        """Take rows off the list."""
        self.settled.setdefault(group, set()).update(rows)

    def reopen(self, group: str, rows: Collection[int]) -> None:
        """Put rows on the list again."""
        self.settled.get(group, set()).difference_update(rows)

    def add(self, group: Group) -> None:
        """Put a group's rows on the list: into the one of that id, or at the end."""
        at = next((at for at, other in enumerate(self.groups) if other.id == group.id), None)
        if at is None:
            self.groups.append(group)
            return
        more = group.only(set(group.rows).difference(self.groups[at].rows))
        self.groups[at] = _joined(self.groups[at], more)
        self.reopen(group.id, group.rows)


def counts(unit: UnitOfWork, run: Run) -> Counts:
    """Return how much of a run is open: one small block."""
    packed = unit.blocks.get(_key(run, 0, "count"))
    return Counts() if packed is None else Counts(*json.loads(packed))


def page(unit: UnitOfWork, run: Run, number: int) -> list[Group]:
    """Return one page of the list, settled groups too."""
    packed = unit.blocks.get(_key(run, number, "groups"))
    return [] if packed is None else _groups_of(packed)


def settled(unit: UnitOfWork, run: Run) -> dict[str, set[int]]:
    """Return the settled rows by group."""
    packed = unit.blocks.get(_key(run, 0, "settled"))
    return {} if packed is None else {group: set(rows) for group, rows in json.loads(packed).items()}


def whole(unit: UnitOfWork, run: Run) -> Board:
    """Return the whole list to change it; who asks next waits until this transaction is over."""
    unit.runs.touch(run.workspace, run.id)
    pages = range(counts(unit, run).pages)
    return Board([group for number in pages for group in page(unit, run, number)], settled(unit, run))


def named(unit: UnitOfWork, run: Run, groups: Sequence[Group]) -> list[Group]:
    """Return the groups with their ids: keyed digests of what is offered, for whichever rows."""
    names = unit.blocks.digests(run.workspace, "decision", [_text(run, group) for group in groups])
    return [replace(group, id=name[:ID_LENGTH]) for group, name in zip(groups, names, strict=True)]


def keep_groups(unit: UnitOfWork, run: Run, groups: Sequence[Group]) -> Board:
    """Keep a list that was computed; what was settled or changed since it was kept before stays so."""
    before = whole(unit, run)
    board = Board(list(groups), before.settled)
    for group in before.groups:
        if group.since and (rows := before.open_rows(group)):
            board.add(group.only(rows))
    keep_board(unit, run, board)
    return board


def keep_board(unit: UnitOfWork, run: Run, board: Board) -> None:
    """Keep the whole list."""
    for number, first in enumerate(range(0, len(board.groups), PAGE_GROUPS)):
        data = [_group_data(group) for group in board.groups[first : first + PAGE_GROUPS]]
        unit.blocks.put(_key(run, number, "groups"), pack_data(data))
    keep_settled(unit, run, board)


def keep_settled(unit: UnitOfWork, run: Run, board: Board) -> None:
    """Keep what is settled, and how much is still open."""
    still = [rows for group in board.groups if (rows := board.open_rows(group))]
    pages = -(-len(board.groups) // PAGE_GROUPS)
    count = [len(still), len(set().union(*still)), pages]
    unit.blocks.put(_key(run, 0, "count"), pack_data(count))
    kept = {group: sorted(rows) for group, rows in board.settled.items() if rows}
    unit.blocks.put(_key(run, 0, "settled"), pack_data(kept))


def keep_choice(unit: UnitOfWork, run: Run, choice: Mapping[str, Sequence[int]]) -> None:
    """Keep what a decide run is to set: rows by group."""
    unit.blocks.put(_choice_key(run), pack_data(dict(choice)))


def choice_of(unit: UnitOfWork, run: Run) -> dict[str, list[int]]:
    """Return what a decide run is to set; nothing where it was erased."""
    packed = unit.blocks.get(_choice_key(run))
    return {} if packed is None else json.loads(packed)


def groups_named(unit: UnitOfWork, run: Run, ids: Iterable[str]) -> dict[str, Group]:
    """Return groups by their ids; ids that are not on the list are left out. Stops at the last one found."""
    wanted = set(ids)
    found: dict[str, Group] = {}
    for number in range(counts(unit, run).pages):
        found |= {group.id: group for group in page(unit, run, number) if group.id in wanted}
        if len(found) == len(wanted):
            break
    return found


def _group_data(group: Group) -> list[object]:
    fact = group.fact
    how = [fact.reason, fact.score, fact.source, fact.rule, fact.licence]
    charge = None if group.charge is None else astuple(group.charge)
    head = [group.id, group.output, group.kind, group.reason]
    what = [tag(group.now), tag(group.read), tag(fact.value), how]
    return [*head, *what, list(group.rows), charge, group.since]


def _groups_of(data: bytes) -> list[Group]:
    return [
        Group(
            name,
            output,
            kind,
            reason,
            untag(now),
            untag(read),
            _fact_of(value, *how),
            tuple(rows),
            _charge_of(charge),
            since,
        )
        for name, output, kind, reason, now, read, value, how, rows, charge, since in json.loads(data)
    ]


def _joined(one: Group, more: Group) -> Group:
    """Return one group of the rows of two; they have none in common."""
    who = dict(zip(one.rows, one.charge.who, strict=True)) if one.charge else {}
    if more.charge:
        who |= dict(zip(more.rows, more.charge.who, strict=True))
    rows = tuple(sorted({*one.rows, *more.rows}))
    charge = one.charge and replace(one.charge, who=tuple(who[row] for row in rows))
    return replace(one, rows=rows, charge=charge)


def _text(run: Run, group: Group) -> str:
    fact = group.fact
    what = (group.output, group.kind, group.reason, tag(group.now), tag(group.read), tag(fact.value))
    return json.dumps((run.id, *what, fact.reason, fact.source, fact.rule, fact.licence))


def _charge_of(data: tuple[str, str, int, Sequence[str]] | None) -> Charge | None:
    if data is None:
        return None
    field_, source, price, who = data
    return Charge(field_, source, price, tuple(who))


def _fact_of(value: object, reason: str, score: float, source: str, rule: str, licence: str) -> Fact:
    return Fact(untag(value), reason, score, source, rule, licence=licence)


def _key(run: Run, number: int, column: str) -> BlockKey:
    return BlockKey(run.workspace, run.id, "decisions", Stage.FINISH, number, column)


def _choice_key(run: Run) -> BlockKey:
    return BlockKey(run.workspace, run.id, "choice", Stage.PREPARE, 0, "")
