"""Verify: which values of ours stand beside another row (DESIGN §4.5).

A host that cannot compare sets cells by their position. Where somebody sorts, inserts or deletes between our
guard read and the moment at which the write is applied, values land beside rows that they do not belong to.
A second read tells: a value that its own row lacks, and that another row holds which did not hold it before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import same_value
from addon_backend.engine.plan.placing import has_identity, key_cell, occurrence_ranks, place_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.engine.plan.placing import Key


@dataclass(frozen=True, slots=True)
class Sent:
    """What a write was to do to one column: by row, who it is, what it held, and what was put there.

    ``read`` and ``written`` are the row's keys as `place_rows` takes them, without the column itself;
    ``rows`` is where each stood; ``put`` holds positions of these sequences. ``wrong`` are values that were
    seen to stand where they do not belong, and that this write was to replace.
    """

    read: Sequence[Key]
    written: Sequence[Key]
    rows: Sequence[int]
    before: Sequence[CellValue]
    put: Mapping[int, CellValue]
    wrong: Mapping[int, CellValue] = field(default_factory=dict)

    def without(self, keys: Sequence[Key], rows: Container[int]) -> Sent:
        """Return what was sent, but for what stands in these rows of a sheet with these keys."""
        places = place_rows(self.read, self.written, occurrence_ranks(self.read), self.rows, keys)
        put = {at: value for at, value in self.put.items() if places[at].row not in rows}
        return replace(self, put=put, wrong={at: value for at, value in self.wrong.items() if at in put})


def strays(
    sent: Sent,
    keys: Sequence[Key],
    cells: Sequence[CellValue],
    known: Callable[[Key], tuple[CellValue, ...]],
    *,
    late: bool = False,
) -> dict[int, CellValue]:
    """Return, by row of the sheet, what to put back where a value of ours stands beside another row.

    ``keys`` and ``cells`` are the whole sheet as it is now: every row's keys, and the column that was set.
    ``known`` says what a row held that was not seen before the write, as one value, or none where nobody
    knows; such a cell is put back to nothing if it stands where we wrote. A write that was applied ``late``
    may have come after another that put every value into its own row: there a value need not be lacking.
    """
    places = place_rows(sent.read, sent.written, occurrence_ranks(sent.read), sent.rows, keys)
    found = {place.row: at for at, place in enumerate(places) if place.row is not None}
    back = _in_nobodys_row(sent, keys, cells)
    lacking: Counter[object] = Counter({None: len(back)})  # who was to be cleared there may have hit another
    for at, wanted in sent.put.items():
        place = places[at].row
        if late or place is None or not same_value(cells[place], wanted):
            lacking[key_cell(wanted)] += has_identity(sent.read[at])
        if place is not None and at in sent.wrong and same_value(cells[place], sent.wrong[at]):
            back.setdefault(place, wanted)
    sent_to = {sent.rows[at] for at in sent.put}
    for row in sorted(range(len(keys)), key=lambda row: row not in sent_to) if lacking else ():
        value = key_cell(cells[row])
        if not lacking[value] or row in back or not has_identity(keys[row]):
            continue
        was = found.get(row)
        held = known(keys[row]) if was is None else (sent.before[was],)
        if not held and row not in sent_to:
            continue
        before = held[0] if held else None
        if key_cell(before) == value:
            continue
        if was is not None and was in sent.put and same_value(sent.put[was], cells[row]):
            continue
        lacking[value] -= 1
        back[row] = before
    return back


def _in_nobodys_row(sent: Sent, keys: Sequence[Key], cells: Sequence[CellValue]) -> dict[int, CellValue]:
    """Clear values of ours from rows that nothing tells from each other: they are in nobody's list."""
    ours = {key_cell(value) for value in (*sent.put.values(), *sent.wrong.values())} - {None}
    had = Counter(
        key_cell(value) for key, value in zip(sent.read, sent.before, strict=True) if not has_identity(key)
    )
    back: dict[int, CellValue] = {}
    for row, key in enumerate(keys):
        value = key_cell(cells[row])
        if value not in ours or has_identity(key):
            continue
        if had[value] > 0:
            had[value] -= 1
        else:
            back[row] = None
    return back
