"""Put back what stands beside rows that it does not belong to, at a host that compares nothing (ADR 12)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from addon_backend.domain.cells import Obstacle, same_value
from addon_backend.domain.errors import AnswerUncertain, CellsProtected, HostRefused
from addon_backend.engine.plan.repair import Sent, strays
from addon_backend.services.runs.writing.guard import read_keys, written_keys
from addon_backend.services.runs.writing.held import PATIENCE
from addon_backend.services.runs.writing.seen import values_of
from addon_backend.services.runs.writing.suspects import keep_suspects, read_suspects

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Output, Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.ports.sheet_host import CellColumn
    from addon_backend.ports.store import Store
    from addon_backend.services.runs.writing.guard import StoredChunk
    from addon_backend.services.runs.writing.held import HeldSheet
    from addon_backend.services.runs.writing.lookout import Lookout, Put
    from addon_backend.services.runs.writing.suspects import Suspect
    from addon_backend.services.runs.writing.telling import Telling

REPAIRS = 5
"""How often a sheet is set right without leaving it alone in between."""


class Repairer:
    """Sets right what writes of one run have done to a sheet that is held."""

    def __init__(
        self, store: Store, run: Run, sheet: HeldSheet, telling: Telling, lookout: Lookout, *, late: bool
    ) -> None:
        """Take by what rows are told, and what was seen. ``late`` is who looks once all was written."""
        self._store, self._run, self._sheet = store, run, sheet
        self._telling, self._lookout, self._late = telling, lookout, late

    def look_again(self, stored: StoredChunk) -> bool:
        """Put back what an earlier writer of this chunk, who never told, has set beside other rows.

        Returns whether there was anything to look for.
        """
        suspects = [
            (output.target, self._sent_before(stored, output))
            for output in stored.outputs
            if output.target and not output.gone and output.name in stored.intents
        ]
        if suspects:
            self._lookout.recall(stored.chunk)
            kept = read_suspects(self._store, self._run, self._telling, stored.chunk)
            self.repair(stored, suspects, kept)
        return bool(suspects)

    def repair(
        self,
        stored: StoredChunk,
        suspects: list[Suspect],
        kept: list[Suspect],
        *,
        seen_whole: bool = False,
    ) -> None:
        """Look at the sheet whole until no value of ours stands beside another row.

        What is being put back is suspect too, and ``kept``: should this writer die, the next one goes on.
        The sheet is held until all is in its place: who writes meanwhile takes what he finds for hers.
        Raises `CellsProtected` where what is left stands in cells that somebody has protected.
        """
        if not suspects and not kept:
            return
        self._sheet.hold()
        for tried in range(PATIENCE):
            if tried >= REPAIRS:
                self._sheet.rest()
            seen = self._sheet.patiently(partial(self._sheet.read, 0, None))
            now = values_of(seen)
            back: dict[str, dict[int, CellValue]] = {}
            for anchor, sent in suspects + kept:
                back.setdefault(anchor, {}).update(
                    self._strays(anchor, sent, now, suspects, seen_whole=seen_whole)
                )
            protected = self._leave_protected(back, seen)
            rows = sorted({row for values in back.values() for row in values})
            if not rows and protected:
                self._lookout.doubt(stored.chunk)
                self._sheet.let_go()
                raise CellsProtected
            if not rows:
                if kept:
                    keep_suspects(self._store, self._run, self._telling, stored.chunk, [])
                self._sheet.let_go()
                return
            for anchor, values in back.items():
                right = [values.get(row, value) for row, value in enumerate(now[anchor])]
                wrong = {row: now[anchor][row] for row in values}
                sent = self.sent(anchor, {**now, anchor: right}, 0, values)
                keys = self._telling.keys_in(now, anchor)
                kept = [(one, other.without(keys, values) if one == anchor else other) for one, other in kept]
                kept.append((anchor, replace(sent, wrong=wrong)))  # the newest look at a cell counts
            keep_suspects(self._store, self._run, self._telling, stored.chunk, kept)
            for first in range(0, len(rows), self._sheet.rows_per_write):
                part = rows[first : first + self._sheet.rows_per_write]
                self._sheet.patiently(partial(self._put_back, part, back))
        raise self._sheet.trouble()

    def sent(
        self,
        anchor: str,
        then: Mapping[str, Sequence[CellValue]],
        top: int,
        values: Mapping[int, CellValue],
    ) -> Sent:
        """Say what was meant to happen to a column, by what was read before."""
        keys = self._telling.keys_in(then, anchor)
        rows = range(top, top + len(then[anchor]))
        return Sent(keys, keys, rows, then[anchor], {row - top: value for row, value in values.items()})

    def _put_back(self, rows: Sequence[int], back: Put) -> None:
        self._sheet.hold()
        with suppress(AnswerUncertain, HostRefused):  # the next look tells
            self._sheet.write(rows, back, {})

    def _leave_protected(self, back: dict[str, dict[int, CellValue]], seen: Mapping[str, CellColumn]) -> bool:
        """Leave out what stands in protected cells, where somebody has sorted it to; True if there is any."""
        found = False
        for anchor, values in back.items():
            for row in [row for row in values if Obstacle.PROTECTED in seen[anchor].cell(row).obstacles]:
                del values[row]
                found = True
        return found

    def _strays(
        self,
        anchor: str,
        sent: Sent,
        now: Mapping[str, Sequence[CellValue]],
        suspects: Sequence[Suspect],
        *,
        seen_whole: bool,
    ) -> dict[int, CellValue]:
        if not self._telling.by(anchor):
            return {}  # a row is its only cell: no value can be told to be another row's
        output = next(output for output in self._run.outputs if output.target == anchor)
        known = partial(self._lookout.known, output)
        late = self._late or self._sheet.was_lost
        if late:  # others have written since what this writer saw
            before = [(known(key) or (cell,))[0] for key, cell in zip(sent.read, sent.before, strict=True)]
            sent = replace(sent, before=before)
        written = [] if late else [one for at, one in suspects if at == anchor]
        expected = self._expected(output, written, seen_whole=seen_whole and not late)
        keys = self._telling.keys_in(now, anchor)
        if late:  # what was sent again stands, too: nobody can say how much of a late write does
            return strays(sent, keys, now[anchor], known, expected, late=True)
        return strays(sent, keys, now[anchor], known, expected, partial(self._lookout.outside, output))

    def _expected(
        self, output: Output, sent: Sequence[Sent], *, seen_whole: bool
    ) -> Callable[[Key], Sequence[CellValue]]:
        """Return what says what rows that are called the same should hold once these writes are done.

        What they held is what was read right before, if that was the whole sheet; else what is known of them.
        """
        stood: dict[Key, list[CellValue]] = {}
        for one in sent if seen_whole else ():
            for key, cell in zip(one.read, one.before, strict=True):
                stood.setdefault(key, []).append(cell)
        changes: dict[Key, list[tuple[CellValue, CellValue]]] = {}
        for one in sent:
            for at, value in one.put.items():
                for key in {one.read[at], one.written[at]}:
                    changes.setdefault(key, []).append((one.before[at], value))

        def expected(key: Key) -> Sequence[CellValue]:
            held = list(stood.get(key) or self._lookout.all_known(output, key))
            for before, value in changes.get(key, ()):
                at = next((at for at, cell in enumerate(held) if same_value(cell, before)), None)
                if at is not None:
                    held[at] = value
            return held

        return expected

    def _sent_before(self, stored: StoredChunk, output: Output) -> Sent:
        """Say what an earlier writer meant to do to a column, by our records."""
        without = output.target if output.target in self._telling.keys else None
        images, facts = stored.intents[output.name], stored.facts[output.name]
        rows = sorted(images)
        read = read_keys(stored, self._run, without)
        written = written_keys(stored, self._run, without)
        return Sent(
            [read[row] for row in rows],
            [written[row] for row in rows],
            [stored.snapshot.rows[row] for row in rows],
            [images[row] for row in rows],
            {at: facts[row].put for at, row in enumerate(rows)},
        )
