"""The guard read: a chunk's stored results beside the sheet as it is now (DESIGN §4.5).

Two questions, never one. *Identity*: which row is this now? *Freshness*: is this result still true?
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from addon_backend.domain.cells import EMPTY, same_value
from addon_backend.domain.facts import Fact, Outcome
from addon_backend.domain.runs import Operation, Stage
from addon_backend.engine.plan.frame import blanks, engine_facts
from addon_backend.engine.plan.placing import Placed, keys_of, place_rows
from addon_backend.engine.plan.protection import Decision, Following, Seen, decide, decide_follow_up
from addon_backend.services.runs.blocks import unpack_data, unpack_facts, unpack_values, untag
from addon_backend.services.runs.snapshot import Slice

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from addon_backend.domain.cells import Cell, CellValue
    from addon_backend.domain.facts import FactColumn
    from addon_backend.domain.runs import Chunk, Output, Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.ports.sheet_host import CellColumn
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.runs.earlier import EarlierValues

LONGEST_CELL = 32_767  # Excel's limit; Google's is 50,000
WIDEST_WINDOW = 4
"""A guard read covers at most so many rows per row of the chunk before it reads the sheet whole."""

CHOSEN_ANYWAY = "chosen_anyway"
"""The reason of a value that a person chose although she knew that its row was edited meanwhile."""


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A computed chunk with everything that does not depend on the sheet as it is now.

    ``outputs`` are what this stage settles; ``open_rows`` which rows of each. A key cell holds what ``reads``
    or ``puts`` says, else somebody has edited it: what was read, or what this run means to put there or its
    family has put there (None: nothing). ``intents`` are the before-images that earlier attempts kept.
    """

    chunk: Chunk
    snapshot: Slice
    outputs: tuple[Output, ...]
    facts: Mapping[str, FactColumn]
    open_rows: Mapping[str, frozenset[int]]
    reads: Mapping[str, Sequence[CellValue]]
    puts: Mapping[str, Sequence[CellValue]]
    intents: Mapping[str, Mapping[int, CellValue]]
    earlier: EarlierValues
    stands: Mapping[str, Sequence[CellValue]] | None = None
    """In a follow-up run: what must still stand in each cell, by output; None in any other run."""
    dropped: frozenset[str] = frozenset()
    """The outputs of which nothing more is set, as a column of theirs was deleted."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What the guard read saw: where rows of the chunk stand, and the cells of all columns in play.

    ``places`` is by row of the chunk; ``columns`` hold the sheet's rows ``top … bottom-1``. ``apart`` is
    where an output of a row is set that has twins: by output name, then by row (`Twins`).
    """

    places: Mapping[int, Placed]
    columns: Mapping[str, CellColumn]
    top: int
    bottom: int
    whole: bool
    apart: Mapping[str, Mapping[int, Placed]] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Sequence[CellValue]]:
        """Return what the cells of all columns in play hold."""
        return {anchor: column.values for anchor, column in self.columns.items()}

    def place(self, output: Output, row: int) -> Placed:
        """Return where an output of a row of the chunk is to be set."""
        return self.apart.get(output.name, self.places).get(row) or self.places[row]

    def cell(self, output: Output, row: int, anchor: str | None = None) -> Cell:
        """Return an output's cell of a row of the chunk, or of that row the one in another column.

        The empty cell where the row stands nowhere, or the column is gone.
        """
        at, column = self.place(output, row).row, self.columns.get(anchor or output.target or "")
        return EMPTY if at is None or column is None else column.cell(at - self.top)


def load_chunk(unit: UnitOfWork, run: Run, chunk: Chunk, earlier: EarlierValues) -> StoredChunk:
    """Read a computed chunk back."""
    outputs = tuple(output for output in run.outputs if chunk.stage is Stage.ENGINE or output.sources)
    results = unit.blocks.columns(run.workspace, run.id, "result", chunk.stage, chunk.number)
    before = unit.blocks.columns(run.workspace, run.id, "before", chunk.stage, chunk.number)
    facts = {output.name: unpack_facts(results[output.name]) for output in outputs}
    snapshot = Slice(unit, run, chunk.first, chunk.count)
    stands = _by_column(unit, run, chunk, "stands") if run.parent else None
    reads: dict[str, Sequence[CellValue]] = {
        column.anchor: snapshot.frame.of(column.anchor) for column in run.inputs
    }
    if stands is None:
        puts = _puts(run, snapshot, facts)
    else:
        puts = {**_by_column(unit, run, chunk, "known")}
        _hold(run, facts, stands, reads, puts)
    return StoredChunk(
        chunk=chunk,
        snapshot=snapshot,
        outputs=outputs,
        facts=facts,
        open_rows={
            output.name: _open_rows(run, output, chunk, facts[output.name], snapshot) for output in outputs
        },
        reads=reads,
        puts=puts,
        intents={
            name: {int(row): untag(value) for row, value in unpack_data(data).items()}
            for name, data in before.items()
        },
        earlier=earlier,
        stands=stands,
        dropped=frozenset(output.name for output in outputs if run.is_dropped(output)),
    )


def _hold(
    run: Run,
    facts: Mapping[str, FactColumn],
    stands: Mapping[str, Sequence[CellValue]],
    reads: dict[str, Sequence[CellValue]],
    puts: dict[str, Sequence[CellValue]],
) -> None:
    """A key cell that a follow-up sets holds what must stand there, or what an earlier attempt has put."""
    for output in run.outputs:
        anchor = output.target
        if anchor is None or anchor not in reads:
            continue
        values = [fact.value for fact in (facts[output.name][row] for row in range(len(facts[output.name])))]
        known = puts.get(anchor, [None] * len(values))
        read = zip(values, stands[output.name], reads[anchor], strict=True)
        reads[anchor] = [was if value is None else standing for value, standing, was in read]
        puts[anchor] = [other if value is None else value for value, other in zip(values, known, strict=True)]


def _by_column(unit: UnitOfWork, run: Run, chunk: Chunk, kind: str) -> Mapping[str, Sequence[CellValue]]:
    held = unit.blocks.columns(run.workspace, run.id, kind, chunk.stage, chunk.number)
    return {column: unpack_values(data) for column, data in held.items()}


def _open_rows(run: Run, output: Output, chunk: Chunk, facts: FactColumn, snapshot: Slice) -> frozenset[int]:
    """Which rows this stage settles: rows that only a source may fill are settled by the sources stage."""
    everything = frozenset(range(chunk.count))
    if not output.sources:
        return everything
    engine = facts if chunk.stage is Stage.ENGINE else engine_facts(snapshot.frame, output, run.language)
    left_open = frozenset(blanks(snapshot.frame, output, engine))
    return left_open if chunk.stage is Stage.SOURCES else everything - left_open


def _puts(run: Run, snapshot: Slice, facts: Mapping[str, FactColumn]) -> Mapping[str, Sequence[CellValue]]:
    keys = {column.anchor for column in run.inputs}
    puts: dict[str, list[CellValue]] = {}
    for output in run.outputs:
        if output.target not in keys or output.target is None:
            continue
        column = facts.get(output.name) or engine_facts(snapshot.frame, output, run.language)
        values = puts.setdefault(output.target, [None] * snapshot.frame.rows)
        for row in range(snapshot.frame.rows):
            fact = column[row]
            if fact.value is not None and not fact.review:
                values[row] = fact.value
    return puts


def guard_read(
    read: Callable[[int, int | None], Mapping[str, CellColumn]],
    run: Run,
    stored: StoredChunk,
    rows: range,
    shift: int,
    others: Container[Key],
    *,
    whole: bool = False,
) -> Guard:
    """Read the rows where they should be; where they are not, read the columns whole and look for them.

    ``read`` returns the columns of `in_play` between two rows of the sheet. ``rows`` are the rows of the
    chunk to look for, ``shift`` how far such rows were found from where they stood when read, ``others`` the
    rows of the run that they must not be taken for. ``whole`` asks for the whole sheet at once.
    """
    keys = [column.anchor for column in run.keys]
    expected = [max(0, stored.snapshot.rows[row] + shift) for row in rows]
    span = slice(rows.start, rows.stop)
    wanted = (
        read_keys(stored, run)[span],
        written_keys(stored, run)[span],
        stored.snapshot.ranks[span],
    )

    def look(top: int, bottom: int | None) -> Guard:
        columns = read(top, bottom)
        now = keys_of([columns[anchor].values for anchor in keys])
        places = place_rows(*wanted, [max(0, row - top) for row in expected], now, others)
        moved = [Placed(None if p.row is None else p.row + top, p.how) for p in places]
        return Guard(dict(zip(rows, moved, strict=True)), columns, top, top + len(now), bottom is None)

    top, bottom = min(expected), max(expected) + 1
    if not whole and bottom - top <= WIDEST_WINDOW * len(expected):
        guard = look(top, bottom)
        if all(place.how == "here" for place in guard.places.values()):
            return guard
    return look(0, None)


def in_play(run: Run, witnesses: Sequence[str] = ()) -> list[str]:
    """Return the columns that a run looks at: by which rows are told, what it read, where it writes."""
    read = [column.anchor for column in (*run.keys, *run.inputs)]  # how fresh they are matters, too
    targets = [output.target for output in run.outputs if output.target]
    return [anchor for anchor in dict.fromkeys((*read, *targets, *witnesses)) if anchor not in run.gone]


def read_keys(stored: StoredChunk, run: Run, without: str | None = None) -> list[Key]:
    """Return the chunk's keys as they were read, ``without`` one of their columns."""
    return keys_of([stored.reads[column.anchor] for column in run.keys if column.anchor != without])


def written_keys(stored: StoredChunk, run: Run, without: str | None = None) -> list[Key]:
    """Return the chunk's keys as they are once this run has written, ``without`` one of their columns."""
    return keys_of([_put_or_read(stored, column.anchor) for column in run.keys if column.anchor != without])


def _put_or_read(stored: StoredChunk, anchor: str) -> Sequence[CellValue]:
    read, puts = stored.reads[anchor], stored.puts.get(anchor)
    return read if puts is None else [r if put is None else put for r, put in zip(read, puts, strict=True)]


def decide_all(
    stored: StoredChunk, guard: Guard, outputs: Sequence[Output] | None = None
) -> dict[str, dict[int, Decision]]:
    """Decide every open cell of the rows that were looked for: output name → row of the chunk → decision."""
    decided = {
        output.name: {
            row: _decide(stored, guard, output, row)
            for row in sorted(stored.open_rows[output.name] & guard.places.keys())
        }
        for output in (stored.outputs if outputs is None else outputs)
    }
    if any(output.operation is Operation.SWAP for output in stored.outputs):
        return _swap_whole_rows(decided)
    return decided


def _swap_whole_rows(decided: dict[str, dict[int, Decision]]) -> dict[str, dict[int, Decision]]:
    """Leave both cells of a row where one of them must be left, or where ours was emptied by somebody."""
    put, cleared = decided
    left: dict[int, Decision] = {}
    for row, ours in decided[cleared].items():
        there = decided[put][row]
        if ours.outcome is Outcome.ALREADY_THERE:
            left[row] = Decision(Outcome.KEPT, "edited_since")
        elif ours.outcome is not Outcome.WRITTEN:
            left[row] = ours
        elif there.outcome not in {Outcome.WRITTEN, Outcome.ALREADY_THERE}:
            left[row] = there
    return {name: {**chosen, **left} for name, chosen in decided.items()}


def _decide(stored: StoredChunk, guard: Guard, output: Output, row: int) -> Decision:
    if stored.stands is not None:
        fact, undoing = stored.facts[output.name][row], output.operation is Operation.UNDO
        return decide_follow_up(
            Following(
                fact=fact,
                placed=guard.place(output, row),
                now=guard.cell(output, row),
                stands=stored.stands[output.name][row],
                fresh=undoing or fact.reason == CHOSEN_ANYWAY or _fresh(stored, guard, output, row),
                unseen_too=undoing,
                intended=row in stored.intents.get(output.name, {}),
                dropped=output.name in stored.dropped,
            )
        )
    return decide(
        Seen(
            fact=_sendable(stored.facts[output.name][row]),
            placed=guard.place(output, row),
            fresh=_fresh(stored, guard, output, row),
            now=guard.cell(output, row),
            before=stored.snapshot.frame.of(output.target)[row]
            if output.in_place and output.target
            else None,
            in_place=output.in_place,
            ours_last=stored.earlier.value(output, stored.chunk.first + row),
            intended=row in stored.intents.get(output.name, {}),
            dropped=output.name in stored.dropped,
        )
    )


def held_before(stored: StoredChunk, output: Output, row: int) -> CellValue:
    """Return what a cell held before this run set it, as far as we know.

    What must still stand there, what was read, or what an earlier run has written.
    """
    if stored.stands is not None:
        return stored.stands[output.name][row]
    if output.in_place and output.target:
        return stored.snapshot.frame.of(output.target)[row]
    return stored.earlier.value(output, stored.chunk.first + row)


def _sendable(fact: Fact) -> Fact:
    if isinstance(fact.value, str) and len(fact.value) > LONGEST_CELL:
        return Fact(None, "too_long", source=fact.source, rule=fact.rule)
    return fact


def _fresh(stored: StoredChunk, guard: Guard, output: Output, row: int) -> bool:
    """Each input cell holds what the result was computed from, or what we mean to put there.

    A duplicate's label was computed from the whole list: it stays true while the row can be told.
    """
    if output.operation is Operation.DUPLICATES or guard.place(output, row).how in {"gone", "ambiguous"}:
        return True
    for anchor in output.inputs:
        if anchor not in guard.columns:
            continue  # a column that was deleted is no edit of the row
        now = guard.cell(output, row, anchor).value
        put = stored.puts[anchor][row] if anchor in stored.puts else None
        if not same_value(now, stored.reads[anchor][row]) and not (put is not None and same_value(now, put)):
            return False
    return True
