"""Rows that are one and the same: identical ones, and those that say the same in other words."""

from __future__ import annotations

from collections import defaultdict
from math import exp, log
from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text, is_blank
from addon_backend.domain.facts import DuplicateGroup
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.organise.blocking import candidate_pairs
from addon_backend.engine.organise.grouping import Group, group
from addon_backend.engine.organise.judging import SURE, Judge, Verdict
from addon_backend.engine.organise.reasons import ORDER
from addon_backend.engine.organise.records import Column, Records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext

IDENTIFYING = frozenset(ColumnKind) - {
    ColumnKind.PERSON_FIRST_NAME,
    ColumnKind.PERSON_SALUTATION,
    ColumnKind.JOB_TITLE,
    ColumnKind.ADDRESS_POSTCODE,
    ColumnKind.ADDRESS_CITY,
    ColumnKind.ADDRESS_REGION,
    ColumnKind.COUNTRY,
    ColumnKind.DATE,
    ColumnKind.NUMBER,
    ColumnKind.CURRENCY,
    ColumnKind.BOOLEAN,
    ColumnKind.NOTES,
    ColumnKind.TEXT,
}
"""Kinds of which one filled cell says who or what a row is about."""

_MOSTLY_DISTINCT = 0.5


def find_duplicates(
    columns: Mapping[ColumnKind, Sequence[CellValue]],
    contexts: Mapping[ColumnKind, ColumnContext],
    others: Sequence[tuple[ColumnKind, Sequence[CellValue]]] = (),
    *,
    partial: bool = False,
) -> tuple[DuplicateGroup, ...]:
    """Return the groups of rows that are one, each row in one group at most, by their first rows.

    ``others`` are the remaining columns: a second column of a kind, or ``TEXT`` where no kind is known.
    All columns are equally long. ``sure`` groups need no look; ``check`` groups are shown to a person.
    ``score`` is the probability of the weakest link that holds a group together. Never raises on any cell
    value; the same columns give the same groups. Of ``partial`` rows, which hold more than is told here, none
    is called identical to another: each is judged by what it says. The time grows with the rows (see
    ``blocking``).
    """
    table: list[Column] = [*columns.items(), *others]
    rows = max((len(cells) for _, cells in table), default=0)
    if rows < 2:
        return ()
    same = _identical_rows(table)
    if partial:
        same = [[row] for row in sorted(row for rows_of in same for row in rows_of)]
    keep = [members[0] for members in same]
    records = Records(table, contexts, keep)
    judge = Judge(records, rows)
    pairs = candidate_pairs(records)
    links = _links(pairs, judge)
    strong = sum(verdict.bits >= SURE for _, _, verdict in links)
    if judge.expect(2 * strong / rows):
        links = _links(pairs, judge)
    groups = group(links, judge)
    return _found(same, groups, table)


def _links(pairs: Sequence[tuple[int, int]], judge: Judge) -> list[tuple[int, int, Verdict]]:
    links = []
    for left, right in pairs:
        verdict = judge.verdict(left, right)
        if verdict is not None:
            links.append((left, right, verdict))
    return links


def _identical_rows(table: Sequence[Column]) -> list[list[int]]:
    """Return the rows by what stands in them; rows without any value are left out."""
    found: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    texts = [["" if is_blank(value) else as_text(value).strip() for value in cells] for _, cells in table]
    for row, content in enumerate(zip(*texts, strict=True)):
        if any(content):
            found[content].append(row)
    return list(found.values())


def _found(
    same: list[list[int]], groups: Sequence[Group], table: Sequence[Column]
) -> tuple[DuplicateGroup, ...]:
    result: list[DuplicateGroup] = []
    grouped: set[int] = set()
    for one in groups:
        grouped.update(one.rows)
        rows = tuple(sorted(row for member in one.rows for row in same[member]))
        identical = {"same_row"} if any(len(same[member]) > 1 for member in one.rows) else set()
        reasons = sorted(one.reasons | identical, key=ORDER.__getitem__)
        band = "sure" if one.sure else "check"
        result.append(DuplicateGroup(rows, _probability(one.bits), band, tuple(reasons)))
    for member, rows_of in enumerate(same):
        if (
            len(rows_of) > 1
            and member not in grouped
            and (band := _band_of_identical(rows_of[0], table, same))
        ):
            result.append(DuplicateGroup(tuple(rows_of), 1.0, band, ("same_row",)))
    return tuple(sorted(result, key=lambda found: found.rows))


def _band_of_identical(row: int, table: Sequence[Column], same: Sequence[Sequence[int]]) -> str:
    """Return the band of identical rows, "" where being identical says nothing (a column of countries)."""
    filled = [kind for kind, cells in table if not is_blank(cells[row])]
    if any(kind in IDENTIFYING for kind in filled):
        return "sure"
    if len(filled) >= 3:
        return "sure"
    distinct = len(same) / sum(map(len, same))
    return "check" if distinct >= _MOSTLY_DISTINCT else ""


def _probability(bits: float) -> float:
    return round(1 / (1 + exp(-min(bits, 50.0) * log(2))), 4)
