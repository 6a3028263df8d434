"""Identity: which row is this now (DESIGN §4.5).

Key cells match if each holds what we read *or what we wrote*. One changed key cell is tolerated when the
rest is unique on both sides. Rows that are identical are told apart by their order only, so they may swap
only equal values.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from addon_backend.domain.cells import DateValue, ErrorValue, is_blank

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from addon_backend.domain.cells import CellValue

_MOST_CANDIDATES = 200
"""Of a value that more rows hold than this, a partly written row is not told apart: it is left alone."""

Key: TypeAlias = tuple[object, ...]
"""A row's key cells in a comparable form."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row stands now (None: nowhere), and how that is known.

    ``how`` is ``here``, ``moved``, ``changed`` (one key cell differs), ``gone`` or ``ambiguous``.
    """

    row: int | None
    how: str


def key_cell(value: CellValue) -> object:
    """Return a hashable form in which equal means `same_value`."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return ("?", value)
    if isinstance(value, int | float):
        return ("n", float(value) if abs(value) < 2**53 else value)
    if isinstance(value, DateValue):
        return ("d", value.serial)
    if isinstance(value, ErrorValue):
        return ("e", value.code)
    return value


def keys_of(columns: Sequence[Sequence[CellValue]]) -> list[Key]:
    """Return one key per row of these columns."""
    return list(zip(*[[key_cell(value) for value in column] for column in columns], strict=True))


def place_rows(
    read: Sequence[Key],
    written: Sequence[Key],
    ranks: Sequence[int],
    expected: Sequence[int],
    now: Sequence[Key],
    others: Container[Key] = (),
) -> list[Placed]:
    """Find rows of a chunk among the rows of a sheet as it is now.

    ``read[i]`` is what the snapshot holds for row ``i``, ``written[i]`` the same with what we wrote since
    (equal to ``read[i]`` where nothing), ``ranks[i]`` how many identical rows stood above it in the snapshot,
    ``expected[i]`` where it stood last. ``now`` is every row of the sheet. ``others`` holds the keys of rows
    that are known to be other ones: none of them is taken for a row of the chunk that was changed.
    """
    index: dict[Key, list[int]] = defaultdict(list)
    for row, key in enumerate(now):
        index[key].append(row)
    claimed: set[int] = set()
    found = [
        _exact(read[i], written[i], ranks[i], expected[i], now, index, claimed) for i in range(len(read))
    ]
    if all(place is not None for place in found):
        return [place for place in found if place is not None]
    places = {i: place for i, place in enumerate(found) if place is not None}
    claimed |= {row for row, key in enumerate(now) if row not in claimed and key in others}
    partly = [i for i in range(len(read)) if i not in places and read[i] != written[i]]
    places |= _partly_written(read, written, partly, now, claimed, changed=0)
    lost = [i for i in range(len(read)) if i not in places]
    places |= _one_changed(read, written, lost, now, claimed)
    partly = [i for i in partly if places[i].how == "gone"]
    places |= _partly_written(read, written, partly, now, claimed, changed=1)
    return [places[i] for i in range(len(read))]


def _exact(
    read: Key,
    written: Key,
    rank: int,
    expected: int,
    now: Sequence[Key],
    index: dict[Key, list[int]],
    claimed: set[int],
) -> Placed | None:
    if expected < len(now) and expected not in claimed and _differing(read, written, now[expected]) == 0:
        claimed.add(expected)
        return Placed(expected, "here")
    candidates = (
        index.get(read, []) if read == written else sorted({*index.get(read, ()), *index.get(written, ())})
    )
    if not candidates:
        return None
    free = [row for row in candidates if row not in claimed]
    if not free:
        return Placed(None, "gone")
    row = candidates[rank] if rank < len(candidates) and candidates[rank] not in claimed else free[0]
    claimed.add(row)
    return Placed(row, "moved")


def _one_changed(
    read: Sequence[Key], written: Sequence[Key], lost: Sequence[int], now: Sequence[Key], claimed: set[int]
) -> dict[int, Placed]:
    """Match rows that differ in one key cell, where all the other cells are filled enough and unique."""
    places: dict[int, Placed] = {i: Placed(None, "gone") for i in lost}
    width = len(read[lost[0]]) if lost else 0
    if width < 2:
        return places
    for left_out in range(width):
        theirs: dict[Key, list[int]] = defaultdict(list)
        for row, key in enumerate(now):
            if row not in claimed:
                theirs[_without(key, left_out)].append(row)
        ours: dict[Key, list[int]] = defaultdict(list)
        for i in lost:
            if places[i].row is None:
                for rest in {_without(read[i], left_out), _without(written[i], left_out)}:
                    ours[rest].append(i)
        for rest, rows in ours.items():
            if any(cell is not None for cell in rest):
                _settle(rows, theirs.get(rest, []), places, claimed)
    return places


def _settle(
    rows: Sequence[int], candidates: Sequence[int], places: dict[int, Placed], claimed: set[int]
) -> None:
    """One row and one candidate are a match; several of either cannot be told apart."""
    if len(candidates) == 1 and len(rows) == 1:
        if places[rows[0]].row is None and candidates[0] not in claimed:
            claimed.add(candidates[0])
            places[rows[0]] = Placed(candidates[0], "changed")
    elif candidates:
        for i in rows:
            if places[i].row is None:
                places[i] = Placed(None, "ambiguous")


def _partly_written(
    read: Sequence[Key],
    written: Sequence[Key],
    lost: Sequence[int],
    now: Sequence[Key],
    claimed: set[int],
    *,
    changed: int,
) -> dict[int, Placed]:
    """Match rows of which some cells hold what we read and others what we wrote, but for ``changed`` cells.

    That is what a crash, a Stop, or a cell that was left alone leaves behind. Candidates are looked for by
    the two columns that tell most, so that one of them may be the changed one.
    """
    near = _near(read, written, lost, now, claimed, changed) if lost else {}
    rivals = Counter(row for rows in near.values() for row in rows)
    places: dict[int, Placed] = {}
    for i, rows in near.items():
        if len(rows) == 1 and rivals[next(iter(rows))] == 1:
            claimed |= rows
            places[i] = Placed(next(iter(rows)), "changed" if changed else "moved")
        elif rows and changed:
            places[i] = Placed(None, "ambiguous")
    return places


def _near(
    read: Sequence[Key],
    written: Sequence[Key],
    lost: Sequence[int],
    now: Sequence[Key],
    claimed: set[int],
    changed: int,
) -> dict[int, set[int]]:
    telling = sorted(range(len(read[0])), key=lambda at: -len({read[i][at] for i in lost}))[:2]
    near: dict[int, set[int]] = {i: set() for i in lost}
    for at in telling:
        index: dict[object, list[int]] = defaultdict(list)
        for row, key in enumerate(now):
            if row not in claimed:
                index[key[at]].append(row)
        for i in lost:
            rows = [row for value in {read[i][at], written[i][at]} for row in index.get(value, ())]
            if len(rows) <= _MOST_CANDIDATES:
                near[i] |= {row for row in rows if _differing(read[i], written[i], now[row]) <= changed}
    return near


def _differing(read: Key, written: Key, now: Key) -> int:
    """Count the cells that hold neither what we read nor what we wrote; of a blank row, all of them."""
    if now in (read, written):
        return 0
    held = [cell in pair for cell, *pair in zip(now, read, written, strict=True)]
    known = any(ok and cell is not None for ok, cell in zip(held, now, strict=True))
    return held.count(False) if known else len(now)


def _without(key: Key, position: int) -> Key:
    return key[:position] + key[position + 1 :]


def occurrence_ranks(keys: Sequence[Key]) -> list[int]:
    """Return, for each row, how many identical rows stand above it."""
    seen: dict[Key, int] = defaultdict(int)
    ranks = []
    for key in keys:
        ranks.append(seen[key])
        seen[key] += 1
    return ranks


def has_identity(key: Key) -> bool:
    """Return False for a row whose key cells are all blank: nothing tells it from another."""
    return any(cell is not None and not (isinstance(cell, str) and is_blank(cell)) for cell in key)
