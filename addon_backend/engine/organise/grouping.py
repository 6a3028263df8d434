"""From pairs to groups: strongest links first, and a weak link may not glue what does not fit together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.engine.organise.judging import Judge, Verdict

_SAMPLE = 4
"""Members of each side that are compared before two groups become one."""

SUPPORT = 0.5
"""Share of the compared members that must be one by themselves."""

CLASH = 0.5
"""How much a pair with names of two people takes away from that share."""


@dataclass(slots=True)
class Group:
    """Rows that are one. ``bits`` is the weakest link that was needed."""

    rows: list[int]
    bits: float = 99.0
    sure: bool = True
    reasons: set[str] = field(default_factory=set)


def group(links: Sequence[tuple[int, int, Verdict]], judge: Judge) -> list[Group]:
    """Return the groups of at least two rows. Sure links come first, then the strongest."""
    groups: dict[int, Group] = {}
    ordered = sorted(links, key=lambda link: (not link[2].sure, -link[2].bits, link[0], link[1]))
    for left, right, found in ordered:
        mine = groups.get(left) or Group([left])
        theirs = groups.get(right) or Group([right])
        if mine is theirs or not _fit(mine, theirs, judge):
            continue
        merged, moved = _merge(mine, theirs, found)
        for row in (*moved, left, right):
            groups[row] = merged
    return list({id(one): one for one in groups.values()}.values())


def _fit(mine: Group, theirs: Group, judge: Judge) -> bool:
    if len(mine.rows) == 1 and len(theirs.rows) == 1:
        return True
    pairs = [(a, b) for a in _spread(mine.rows) for b in _spread(theirs.rows)]
    apart = [pair for pair in pairs if judge.verdict(*pair) is None]
    clashing = sum(judge.clash(*pair) for pair in apart)
    return len(pairs) - len(apart) - CLASH * clashing >= SUPPORT * len(pairs)


def _spread(rows: list[int]) -> list[int]:
    if len(rows) <= _SAMPLE:
        return rows
    return [rows[at * (len(rows) - 1) // (_SAMPLE - 1)] for at in range(_SAMPLE)]


def _merge(mine: Group, theirs: Group, found: Verdict) -> tuple[Group, list[int]]:
    """Return the larger group with the smaller one's rows in it, and those rows."""
    small, large = sorted((mine, theirs), key=lambda one: len(one.rows))
    large.rows.extend(small.rows)
    large.bits = min(large.bits, small.bits, found.bits)
    large.sure = large.sure and small.sure and found.sure
    large.reasons |= small.reasons | set(found.reasons)
    return large, small.rows
