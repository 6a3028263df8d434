"""Rows that are identical in every key cell: nothing but their number tells what is still to be done.

A row is looked for where it stood last. After a sort one of its twins may stand there, which has its value
already: the row would be told "already there", and another one stay blank for ever. So the sheet's identical
rows are counted beside the run's: as many may be filled as our records say, and a row that finds its place
filled beyond that takes one that is not.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank, same_value
from addon_backend.engine.plan.placing import Placed, key_cell, keys_of
from addon_backend.services.runs.writing.guard import held_before, read_keys, written_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Output, Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.services.runs.writing.guard import Guard, StoredChunk
    from addon_backend.services.runs.writing.rows import RunRows

    _Group: TypeAlias = tuple[frozenset[Key], tuple[tuple[str, object], ...]]
    """By what rows are called, and what is to be put into their cells."""


class Twins:
    """The rows of a guard read that may stand where a twin of theirs is settled already."""

    def __init__(
        self, run: Run, stored: StoredChunk, guard: Guard, outputs: Sequence[Output], rows: RunRows
    ) -> None:
        """Find rows of which a twin may have the place: it holds already what is yet to be put there."""
        self._run, self._stored, self._guard, self._rows = run, stored, guard, rows
        self._outputs = outputs
        self._groups: dict[_Group, list[int]] = defaultdict(list)
        doubtful = [row for row in guard.places if self._may_be_another(row)]
        if not doubtful:
            return
        read, written = read_keys(stored, run), written_keys(stored, run)
        for row in doubtful:
            called = frozenset({read[row], written[row]})
            if not self._is_intended(row) or len(self._alike(called)) > 1:
                puts = tuple((output.name, key_cell(put)) for output, put in self._puts(row))
                self._groups[called, puts].append(row)

    def __bool__(self) -> bool:
        """Return whether there are any: who has not seen the sheet whole must look."""
        return bool(self._groups)

    def apart(self) -> Mapping[str, Mapping[int, Placed]]:
        """Return for each of them, by output, a row of its own that no other has taken.

        The guard read must have seen the whole sheet.
        """
        if not self._groups:
            return {}
        places = dict(self._guard.places)
        keys = keys_of([self._guard.columns[column.anchor].values for column in self._run.keys])
        standing: dict[Key, list[int]] = {key: [] for called, _ in self._groups for key in called}
        for at, key in enumerate(keys, self._guard.top):
            if key in standing:
                standing[key].append(at)
        for (called, _), rows in self._groups.items():
            theirs = sorted(at for key in called for at in standing[key])
            self._tell_apart(rows, self._alike(called), theirs, places)
        return {output.name: places for output in self._outputs}

    def _tell_apart(
        self, rows: Sequence[int], alike: frozenset[int], standing: Sequence[int], places: dict[int, Placed]
    ) -> None:
        """Give these rows places of their own among the sheet's that are called so.

        ``alike`` are the run's rows that are called so, by their ordinals; ``standing`` the sheet's. What is
        filled beyond our records an earlier attempt of this write has filled, or a person.
        """
        first, outputs = self._stored.chunk.first, self._puts(rows[0])
        left_out = {one for one in alike if any(self._rows.is_left_out(output, one) for output, _ in outputs)}
        settled = sum(
            all(same_value(self._rows.value(output, other), put) for output, put in outputs)
            for other in alike - left_out - {first + row for row in rows}
        )
        filled = [at for at in standing if all(self._holds(at, output, put) for output, put in outputs)]
        still_open = [at for at in standing if self._is_open(at, rows[0])]
        to_do = len(alike - left_out) - settled
        strangers = len(standing) > len(alike)
        doubtful = strangers and len(still_open) > to_do
        spare = to_do - len(still_open)
        if not strangers:
            spare = min(spare, len(filled) - settled)
        taken = {place.row for row, place in places.items() if row not in rows and self._puts(row)}
        done, free = ([at for at in some if at not in taken] for some in (filled, still_open))
        for row in sorted(rows, key=lambda row: not self._is_intended(row)):
            if doubtful:
                if places[row].row not in free and free and not (spare > 0 and self._is_intended(row)):
                    places[row] = Placed(None, "ambiguous")
            elif spare > 0 and done:
                spare -= 1
                places[row] = _take(done, places[row])
            elif free:
                places[row] = _take(free, places[row])
            elif len(standing) < len(alike):
                places[row] = Placed(None, "gone")

    def _alike(self, called: frozenset[Key]) -> frozenset[int]:
        return frozenset().union(*(self._rows.alike(key) for key in called))

    def _puts(self, row: int) -> list[tuple[Output, CellValue]]:
        """Return what is to be put into the row's cells by these outputs."""
        facts = [(output, self._stored.facts[output.name][row]) for output in self._outputs]
        return [
            (output, fact.put)
            for output, fact in facts
            if row in self._stored.open_rows[output.name] and fact.value is not None and not fact.review
        ]

    def _may_be_another(self, row: int) -> bool:
        """Say whether the row's place holds all that is to be put there, and did not when it was read.

        A row that an earlier attempt has set may stand elsewhere, too, where its place holds nothing of it.
        """
        at, puts = self._guard.places[row].row, self._puts(row)
        if at is None or not puts:
            return False
        return self._is_intended(row) or (
            all(self._holds(at, output, put) for output, put in puts)
            and not all(same_value(held_before(self._stored, output, row), put) for output, put in puts)
        )

    def _is_intended(self, row: int) -> bool:
        return any(row in self._stored.intents.get(output.name, {}) for output in self._outputs)

    def _is_open(self, at: int, row: int) -> bool:
        """Say whether a row of the sheet holds what this one should, so that its cells may be set."""
        return all(
            self._holds(at, output, held_before(self._stored, output, row))
            or (self._stored.stands is None and is_blank(self._value(at, output)))
            for output, _ in self._puts(row)
        )

    def _holds(self, at: int, output: Output, value: CellValue) -> bool:
        return same_value(self._value(at, output), value)

    def _value(self, at: int, output: Output) -> CellValue:
        return self._guard.columns[output.target or ""].cell(at - self._guard.top).value


def _take(free: list[int], placed: Placed) -> Placed:
    """Take the place where a row stands, or else the first that is free."""
    if placed.row in free:
        free.remove(placed.row)
        return placed
    return Placed(free.pop(0), "moved")
