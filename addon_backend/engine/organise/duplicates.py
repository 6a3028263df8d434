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
    is called identical to another: they are judged by what they say. The time grows with the rows (see
    ``blocking``).
    """
    table: list[Column] = [*columns.items(), *others]
    rows = max((len(cells) for _, cells in table), default=0)
    if rows < 2:
        return ()
    same = _identical_rows(table)
    keep = [members[0] for members in same]
    records = Records(table, contexts, keep)
    judge = Judge(records, rows)
    pairs = candidate_pairs(records)
    links = _links(pairs, judge)
    strong = sum(verdict.bits >= SURE for _, _, verdict in links)
    if judge.expect(2 * strong / rows):
        links = _links(pairs, judge)
    groups = group(links, judge)
    return _Finding(table, same, judge if partial else None).of(groups)


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


class _Finding:
    """What is told of groups of rows, of which ``same`` are those with the same content."""

    def __init__(self, table: Sequence[Column], same: Sequence[Sequence[int]], judge: Judge | None) -> None:
        """Take who judges rows that look the same and need not be; None where they are identical."""
        self._table, self._same, self._judge = table, same, judge

    def of(self, groups: Sequence[Group]) -> tuple[DuplicateGroup, ...]:
        """Return the groups with all their rows, and those of rows that only look the same."""
        found = [self._linked(one) for one in groups]
        grouped = {row for one in groups for row in one.rows}
        for member, rows in enumerate(self._same):
            if len(rows) > 1 and member not in grouped and (alike := self._alike(member)):
                found.append(alike)
        return tuple(sorted(found, key=lambda one: one.rows))

    def _linked(self, one: Group) -> DuplicateGroup:
        rows = tuple(sorted(row for member in one.rows for row in self._same[member]))
        repeated = [member for member in one.rows if len(self._same[member]) > 1]
        verdicts = [self._judge.verdict(member, member) for member in repeated] if self._judge else []
        sure = one.sure and all(verdict is not None and verdict.sure for verdict in verdicts)
        reasons = one.reasons | ({"same_row"} if repeated and not self._judge else set())
        told = tuple(sorted(reasons, key=ORDER.__getitem__))
        return DuplicateGroup(rows, _probability(one.bits), "sure" if sure else "check", told)

    def _alike(self, member: int) -> DuplicateGroup | None:
        """Return rows that look the same, where that says anything: a column of countries is no list."""
        rows = tuple(self._same[member])
        band = _band_of_identical(rows[0], self._table, self._same)
        if not band:
            return None
        if self._judge is None:
            return DuplicateGroup(rows, 1.0, band, ("same_row",))
        verdict = self._judge.verdict(member, member)
        if verdict is None:
            return DuplicateGroup(rows, 0.5, "check", ("same_as_read",))
        band, told = "sure" if verdict.sure else "check", verdict.reasons or ("same_as_read",)
        return DuplicateGroup(rows, _probability(verdict.bits), band, told)


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
