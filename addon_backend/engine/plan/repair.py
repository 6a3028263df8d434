"""Verify: which values of ours stand beside another row (DESIGN §4.5).

A host that cannot compare sets cells by their position. Where somebody sorts, inserts or deletes between our
guard read and the moment at which the write is applied, values land beside rows that they do not belong to.
A second read tells: a value that its own row lacks, and that another row holds which did not hold it before.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import same_value
from addon_backend.engine.plan.placing import has_identity, key_cell, occurrence_ranks, place_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.engine.plan.placing import Key

MAY_BE_DELETED = 5
"""One value in so many may stand nowhere any more, as its row was deleted, where a write was applied."""


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
    expected: Callable[[Key], Sequence[CellValue]] = lambda _key: (),
    outside: Callable[[Key], tuple[CellValue, ...]] | None = None,
    *,
    late: bool = False,
) -> dict[int, CellValue]:
    """Return, by row of the sheet, what to put back where a value of ours stands beside another row.

    ``keys`` and ``cells`` are the whole sheet as it is now: every row's keys, and the column that was set.
    ``known`` says what a row held that was not seen before the write, as one value, or none where nobody
    knows; such a cell is put back to nothing if it stands where we wrote. ``expected`` says what rows that
    are called the same should hold by now, in any order, as far as that is known. A write that was applied
    ``late`` may have come after another that put every value into its own row: there a value need not be
    lacking. ``outside`` says what rows held that the write did not mean. What stands there counts only where
    nearly all that is lacking is found so (rows may have been deleted): a write is applied whole, and what is
    less may have been typed since.
    """
    if outside is not None:
        around = outside
        back, is_whole = _astray(
            sent, keys, cells, lambda key: known(key) or around(key), expected, late=late
        )
        if is_whole:
            return back
    return _astray(sent, keys, cells, known, expected, late=late)[0]


def _astray(
    sent: Sent,
    keys: Sequence[Key],
    cells: Sequence[CellValue],
    known: Callable[[Key], tuple[CellValue, ...]],
    expected: Callable[[Key], Sequence[CellValue]],
    *,
    late: bool,
) -> tuple[dict[int, CellValue], bool]:
    """Return what to put back, and whether nearly all that is lacking was found."""
    twins = _Twins(keys, cells, expected)
    places = _places(sent, keys, cells)
    back = _in_nobodys_row(sent, keys, cells)
    lacking: Counter[object] = Counter({None: len(back)})  # who was to be cleared there may have hit another
    for at, wanted in sent.put.items():
        if late or twins.lack(places[at], wanted):
            lacking[key_cell(wanted)] += has_identity(sent.read[at])
    sought = _count(lacking)
    for row, right in _seen_wrong(sent, places, cells, twins):
        back.setdefault(row, right)
    found = {row: at for at, row in enumerate(places) if row is not None and row not in twins}
    sent_to = {sent.rows[at] for at in sent.put}
    for row in sorted(range(len(keys)), key=lambda row: row not in sent_to) if lacking else ():
        value = key_cell(cells[row])
        if not lacking[value] or row in back or not has_identity(keys[row]):
            continue
        was = found.get(row)
        seen_before = () if was is None else (sent.before[was],)
        held = twins.held(row) or seen_before or known(keys[row])
        if not held and row not in sent_to:
            continue
        before = held[0] if held else None
        if key_cell(before) == value:
            continue
        if was is not None and was in sent.put and same_value(sent.put[was], cells[row]):
            continue
        lacking[value] -= 1
        back[row] = before
    return back, _count(lacking) <= sought // MAY_BE_DELETED


def _count(lacking: Mapping[object, int]) -> int:
    return sum(count for value, count in lacking.items() if value is not None and count > 0)


def _seen_wrong(
    sent: Sent, places: Sequence[int | None], cells: Sequence[CellValue], twins: _Twins
) -> Iterator[tuple[int, CellValue]]:
    """Yield what to put back where a value stands that was seen there before, and does not belong there."""
    for at, wrong in sent.wrong.items():
        place = places[at]
        if place is None:
            continue
        if place in twins:
            yield from twins.holding_too_much(place, wrong)
        elif same_value(cells[place], wrong):
            yield place, sent.put[at]


class _Twins:
    """Rows of a sheet that are called the same, where it is known what all of them together should hold.

    Which of them holds what is all one: a value that stands in more of them than it should is put back to one
    that stands in fewer. Where some were deleted, nobody knows which: a value comes before a blank.
    """

    def __init__(
        self,
        keys: Sequence[Key],
        cells: Sequence[CellValue],
        expected: Callable[[Key], Sequence[CellValue]],
    ) -> None:
        self._keys, self._cells = keys, cells
        self._rows: dict[Key, list[int]] = defaultdict(list)
        for row, key in enumerate(keys):
            self._rows[key].append(row)
        self._missing: dict[Key, list[CellValue]] = {}
        self._in_excess: dict[Key, Counter[object]] = {}
        for key, alike in self._rows.items():
            if len(alike) < 2 or not has_identity(key):
                continue
            missing = sorted(expected(key), key=lambda value: value is not None)
            if len(missing) < len(alike):
                continue  # others are called so that nobody has told us of
            in_excess: Counter[object] = Counter()
            for row in alike:
                standing = next((at for at, one in enumerate(missing) if same_value(one, cells[row])), None)
                if standing is None:
                    in_excess[key_cell(cells[row])] += 1
                else:
                    del missing[standing]
            self._missing[key], self._in_excess[key] = missing, in_excess

    def __contains__(self, row: int) -> bool:
        return self._keys[row] in self._missing

    def lack(self, row: int | None, value: CellValue) -> bool:
        """Return whether a value lacks in a row, or in one of those like it."""
        if row is None:
            return True
        if row not in self:
            return not same_value(self._cells[row], value)
        return any(same_value(one, value) for one in self._missing[self._keys[row]])

    def holding_too_much(self, row: int, value: CellValue) -> Iterator[tuple[int, CellValue]]:
        """Yield one of the rows like this that holds a value too many, if any does, and what it should."""
        key = self._keys[row]
        if self._in_excess[key][key_cell(value)]:
            one = next(at for at in self._rows[key] if same_value(self._cells[at], value))
            yield one, self.held(one)[0]

    def held(self, row: int) -> tuple[CellValue, ...]:
        """Return what a row should hold: what it does, or what one of those like it should and does not.

        () for a row that has none like it.
        """
        if row not in self:
            return ()
        key, value = self._keys[row], key_cell(self._cells[row])
        if not self._in_excess[key][value]:
            return (self._cells[row],)
        self._in_excess[key][value] -= 1
        return (self._missing[key].pop(),)


def _places(sent: Sent, keys: Sequence[Key], cells: Sequence[CellValue]) -> list[int | None]:
    """Return where each row stands now; of identical rows, where one stands that holds what it should."""
    placed = place_rows(sent.read, sent.written, occurrence_ranks(sent.read), sent.rows, keys)
    places = [place.row for place in placed]
    twins: dict[tuple[Key, Key], list[int]] = defaultdict(list)
    for at, row in enumerate(places):
        if row is not None:
            twins[sent.read[at], sent.written[at]].append(at)
    for alike in twins.values():
        if len(alike) > 1:
            standing: dict[object, list[int]] = defaultdict(list)
            for at in alike:
                row = places[at] or 0
                standing[key_cell(cells[row])].append(row)
            lacking: list[int] = []
            for at in sorted(alike, key=lambda at: at in sent.put):  # whoever was written to may be lacking
                rows = standing[key_cell(sent.put.get(at, sent.before[at]))]
                if rows:
                    places[at] = rows.pop(0)
                else:
                    lacking.append(at)
            left = sorted(row for rows in standing.values() for row in rows)
            for at, row in zip(lacking, left, strict=True):
                places[at] = row
    return places


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
