"""What undecided cells hold back of a run's credits: bought, kept from the sheet, and still offered.

Their share stays reserved when the run ends. It is spent once when one of them is set, under the same ledger,
and released when it is left, or 30 days after the end.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import Purpose
from addon_backend.services.runs.following.board import Charge, choice_of, groups_named
from addon_backend.services.runs.following.follow_up import ordinals_of
from addon_backend.services.runs.pricing import identities
from addon_backend.services.runs.snapshot import Slice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from addon_backend.domain.runs import Chunk, Output, Run
    from addon_backend.engine.plan.protection import Decision
    from addon_backend.ports.source import Source
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.runs.following.board import Board, Group

Bought = tuple[str, str, int, str]
"""A field, its source, our price, and who was looked up (a keyed digest): charged once per run."""


def with_charges(
    unit: UnitOfWork, sources: Mapping[str, Source], run: Run, groups: Sequence[Group]
) -> list[Group]:
    """Return the groups with what setting each of their rows costs."""
    priced = {output.name: output for output in run.outputs if output.price}
    bought = {(group.output, group.fact.source) for group in groups if group.output in priced}
    if not bought:
        return list(groups)
    frame = Slice(unit, run, 0, run.rows).frame
    charges: dict[tuple[str, str], tuple[str, ...]] = {}
    for name, source in bought:
        if source in priced[name].sources:
            who = [one or "" for one in identities(sources[source], frame, priced[name])]
            charges[name, source] = tuple(unit.blocks.digests(run.workspace, f"ask|{source}", who))
    return [_priced(group, priced, charges.get((group.output, group.fact.source))) for group in groups]


def _priced(group: Group, priced: Mapping[str, Output], who: Sequence[str] | None) -> Group:
    if who is None:
        return group
    output = priced[group.output]
    asked = tuple(who[row] for row in group.rows)
    return replace(group, charge=Charge(output.field, group.fact.source, output.price, asked))


def held(unit: UnitOfWork, run: Run, board: Board) -> int:
    """Return the credits that may still be spent: for rows that are open, and rows being set right now."""
    open_rows = ((group, board.open_rows(group)) for group in board.groups)
    return _cost(unit, run, [*_bought(open_rows), *being_set(unit, run, board)])


def being_set(unit: UnitOfWork, run: Run, board: Board) -> list[Bought]:
    """Return what decide runs that are not over yet may buy."""
    known = {group.id: group for group in board.groups if group.charge}
    if not known:
        return []
    chosen: list[tuple[Group, Sequence[int]]] = []
    for child in unit.runs.following(run.workspace, [run.id]):
        if child.purpose is Purpose.DECIDE and not child.state.final:
            choice = choice_of(unit, child)
            chosen += [(known[name], rows) for name, rows in choice.items() if name in known]
    return _bought(chosen)


def affordable(unit: UnitOfWork, run: Run, board: Board, choice: Mapping[str, Sequence[int]]) -> bool:
    """Tell whether what is reserved covers a choice, beside what is being set right now."""
    chosen = [(group, choice[group.id]) for group in board.groups if group.id in choice]
    wanted = _bought(chosen)
    if not wanted:
        return True
    money = unit.runs.reservation(run.workspace, run.id)
    left = money.reserved - money.spent - money.released
    return _cost(unit, run, [*wanted, *being_set(unit, run, board)]) <= left


def bill_first_run(
    unit: UnitOfWork, run: Run, chunk: Chunk, decisions: Mapping[str, Mapping[int, Decision]]
) -> None:
    """Bill the run that bought them for the cells that a chunk of a decide run has set; each once."""
    first = unit.runs.get(run.workspace, run.parent)
    if not unit.runs.reservation(first.workspace, first.id).quoted:
        return
    ordinals = ordinals_of(unit, run)
    choice = choice_of(unit, run)
    bought: set[Bought] = set()
    for group in groups_named(unit, first, choice).values():
        rows = {
            ordinals[chunk.first + row]
            for row, one in decisions.get(group.output, {}).items()
            if one.outcome is Outcome.WRITTEN
        }.intersection(choice[group.id])
        bought.update(_bought([(group, sorted(rows))]))
    charges = []
    for field, source, price in sorted({one[:3] for one in bought}):
        who = [one[3] for one in bought if one[:3] == (field, source, price)]
        new = unit.ledger.charge_once(first.workspace, first.id, field, source, who)
        if new:
            charges.append((f"{source}:{field}", len(new) * price))
    unit.ledger.bill(first.workspace, first.id, chunk, charges)


def _bought(groups: Iterable[tuple[Group, Sequence[int]]]) -> list[Bought]:
    found: list[Bought] = []
    for group, rows in groups:
        if group.charge is not None:
            who = dict(zip(group.rows, group.charge.who, strict=True))
            found += [(group.charge.field, group.charge.source, group.charge.price, who[row]) for row in rows]
    return found


def _cost(unit: UnitOfWork, run: Run, bought: Iterable[Bought]) -> int:
    """Sum the prices of what this run has not been charged for, each (field, identity) once."""
    once = set(bought)
    paid = {
        (source, *pair)
        for source in {source for _, source, _, _ in once}
        for pair in unit.ledger.charged(
            run.workspace, run.id, source, [who for _, of, _, who in once if of == source]
        )
    }
    return sum(price for field, source, price, who in once if (source, field, who) not in paid)
