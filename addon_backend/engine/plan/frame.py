"""A selection as the engine sees it, and what the engine finds for each output. Pure.

Preview, preparation and chunks all compute through here, so that what was shown is what is written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank, same_value
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.facts import Cleaned, Fact, FactColumn
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.labels import VALUE_LABELS, value_label
from addon_backend.domain.recipes import CLEANABLE
from addon_backend.domain.runs import InputColumn, Operation, Output
from addon_backend.engine.clean import clean_column
from addon_backend.engine.clean.columns import spelling_of
from addon_backend.engine.enrich import derive_column
from addon_backend.engine.inspect import codes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnProfile

NOTHING = Fact(None, "no_input")
EMPTY = Fact(None, "empty")
GUARDED = Fact(None, "guarded")


@dataclass(frozen=True, slots=True)
class Frame:
    """Whole columns, or a slice of them, with what was decided once for the whole columns.

    ``values``, ``countries``, ``duplicates`` and ``guarded`` have one entry per row; ``countries`` are ISO
    codes, ``guarded`` the anchors of cells that nobody may write to: formulas, merged, protected cells …
    """

    columns: tuple[InputColumn, ...]
    contexts: tuple[ColumnContext, ...]
    values: tuple[Sequence[CellValue], ...]
    countries: Sequence[str | None] | None = None
    duplicates: Sequence[str | None] | None = None
    guarded: Sequence[frozenset[str]] | None = None
    unread: bool = False
    """Whether columns of the list were left unread: rows that look identical need not be."""

    @property
    def rows(self) -> int:
        """Count the rows."""
        return len(self.values[0]) if self.values else 0

    @property
    def telling(self) -> list[Sequence[CellValue]]:
        """The columns by which rows are told from each other."""
        return [values for column, values in zip(self.columns, self.values, strict=True) if column.key]

    def of(self, anchor: str) -> Sequence[CellValue]:
        """Return the values of a column."""
        return self.values[next(i for i, column in enumerate(self.columns) if column.anchor == anchor)]

    def is_guarded(self, anchor: str | None, row: int) -> bool:
        """Tell whether a cell may not be written to."""
        return self.guarded is not None and anchor in self.guarded[row]

    def by_kind(self, anchors: Collection[str]) -> dict[ColumnKind, Sequence[CellValue]]:
        """Return the first column of each kind among these anchors."""
        found: dict[ColumnKind, Sequence[CellValue]] = {}
        for column, values in zip(self.columns, self.values, strict=True):
            if column.anchor in anchors:
                found.setdefault(column.kind, values)
        return found

    def contexts_by_kind(self, anchors: Collection[str]) -> dict[ColumnKind, ColumnContext]:
        """Return the contexts of `by_kind`."""
        found: dict[ColumnKind, ColumnContext] = {}
        for column, context in zip(self.columns, self.contexts, strict=True):
            if column.anchor in anchors:
                found.setdefault(column.kind, context)
        return found

    def only(self, anchors: Collection[str]) -> Frame:
        """Return the frame with only these columns: what a run does not use, it does not keep."""
        kept = [i for i, column in enumerate(self.columns) if column.anchor in anchors]
        return replace(
            self,
            columns=tuple(self.columns[i] for i in kept),
            contexts=tuple(self.contexts[i] for i in kept),
            values=tuple(self.values[i] for i in kept),
        )

    def rows_at(self, positions: Sequence[int]) -> Frame:
        """Return the frame with only these rows, in this order."""
        return replace(
            self,
            values=tuple([column[i] for i in positions] for column in self.values),
            countries=None if self.countries is None else [self.countries[i] for i in positions],
            duplicates=None if self.duplicates is None else [self.duplicates[i] for i in positions],
            guarded=None if self.guarded is None else [self.guarded[i] for i in positions],
        )

    def followed_by(self, other: Frame) -> Frame:
        """Return the rows of this frame and then those of another one with the same columns."""
        return replace(
            self,
            values=tuple([*mine, *more] for mine, more in zip(self.values, other.values, strict=True)),
            countries=_joined(self.countries, other.countries),
            duplicates=_joined(self.duplicates, other.duplicates),
            guarded=_guards_joined(self, other),
        )


def _joined(mine: Sequence[str | None] | None, more: Sequence[str | None] | None) -> list[str | None] | None:
    return None if mine is None or more is None else [*mine, *more]


def _guards_joined(one: Frame, other: Frame) -> Sequence[frozenset[str]] | None:
    if one.guarded is None and other.guarded is None:
        return None
    return [*(one.guarded or [frozenset()] * one.rows), *(other.guarded or [frozenset()] * other.rows)]


def frame_of(
    profiles: Sequence[ColumnProfile], columns: tuple[InputColumn, ...], values: Sequence[Sequence[CellValue]]
) -> Frame:
    """Return the frame of inspected columns; row countries come from the surest country column."""
    contexts = tuple(
        _context(profile, column, cells)
        for profile, column, cells in zip(profiles, columns, values, strict=True)
    )
    countries = None
    for column, cells in zip(columns, values, strict=True):
        if column.kind is ColumnKind.COUNTRY:
            countries = codes_of(cells)
            break
    return Frame(columns, contexts, tuple(values), countries)


def _context(profile: ColumnProfile, column: InputColumn, values: Sequence[CellValue]) -> ColumnContext:
    if column.kind is not ColumnKind.COUNTRY:
        return profile.context
    return replace(profile.context, spelling=spelling_of(values))


def engine_facts(frame: Frame, output: Output, language: str) -> FactColumn:
    """Compute one output for every row of the frame, without asking anybody.

    ``language`` is that of the words which stand for our own codes (``mobile``, ``C-level`` …).
    """
    if output.operation is Operation.DUPLICATES:
        labels = frame.duplicates or [None] * frame.rows
        return FactColumn.of(
            [Fact(label, "duplicate" if label else "no_duplicate", rule="duplicates.v1") for label in labels]
        )
    if output.operation is Operation.CLEAN:
        position = next(i for i, column in enumerate(frame.columns) if column.anchor == output.inputs[0])
        return _cleaned(frame, position)
    if output.engine:
        inputs = frame.by_kind(output.inputs)
        found = derive_column(output.field, inputs, frame.contexts_by_kind(output.inputs), frame.countries)
        found = _in_the_column_s_own_style(frame, output, _in_words(found, output.field, language))
    else:
        found = FactColumn.of([NOTHING] * frame.rows)
    return _without_guarded(frame, output, found) if output.sources and frame.guarded else found


def _without_guarded(frame: Frame, output: Output, found: FactColumn) -> FactColumn:
    """Say of cells that a source could fill and nobody may write to that they are guarded."""
    facts = (found[row] for row in range(frame.rows))
    return FactColumn.of(
        [
            GUARDED if fact.value is None and frame.is_guarded(output.target, row) else fact
            for row, fact in enumerate(facts)
        ]
    )


def _cleaned(frame: Frame, position: int) -> FactColumn:
    column, context = frame.columns[position], frame.contexts[position]
    countries = frame.countries if column.kind is not ColumnKind.COUNTRY else None
    cleaned = clean_column(column.kind, frame.values[position], context, countries)
    rule = f"clean.{column.kind.value}.v1"
    return FactColumn.of(
        [_fact(value, one, rule) for value, one in zip(frame.values[position], cleaned, strict=True)]
    )


def _fact(value: CellValue, cleaned: Cleaned, rule: str) -> Fact:
    if is_blank(value):
        return EMPTY
    if cleaned.review:
        return Fact(cleaned.value, cleaned.reason, score=0.6, rule=rule, review=True)
    if cleaned.status == "changed":
        return Fact(cleaned.value, cleaned.reason, rule=rule)
    if cleaned.status == "ok":
        return Fact(value, "already_clean", rule=rule)
    return Fact(None, cleaned.reason, score=0.0, rule=rule)


def _in_words(found: FactColumn, field: str, language: str) -> FactColumn:
    """Write our own codes as words that a salesperson knows."""
    if field not in VALUE_LABELS:
        return found
    facts = [
        fact if fact.value is None else replace(fact, value=value_label(field, str(fact.value), language))
        for fact in found.facts
    ]
    return FactColumn(tuple(facts), found.at)


def _in_the_column_s_own_style(frame: Frame, output: Output, found: FactColumn) -> FactColumn:
    """Bring values for an existing column into the form that this column's cleaner would leave alone."""
    position = next((i for i, column in enumerate(frame.columns) if column.anchor == output.target), None)
    if position is None or frame.columns[position].kind not in CLEANABLE:
        return found
    kind, context = frame.columns[position].kind, frame.contexts[position]
    cleaned = clean_column(kind, [fact.value for fact in found.facts], context)
    facts = [
        replace(fact, value=one.value) if one.status == "changed" else fact
        for fact, one in zip(found.facts, cleaned, strict=True)
    ]
    return FactColumn(tuple(facts), found.at)


def means_the_same(frame: Frame, anchor: str, one: CellValue, other: CellValue) -> bool:
    """Tell whether two values of a column are one once they are clean: "Francia" and "France", for one."""
    position = next((i for i, column in enumerate(frame.columns) if column.anchor == anchor), None)
    if position is None or frame.columns[position].kind not in CLEANABLE:
        return same_value(one, other)
    cleaned = clean_column(frame.columns[position].kind, [one, other], frame.contexts[position])
    return same_value(cleaned[0].value, cleaned[1].value)


def changes(frame: Frame, output: Output, facts: FactColumn) -> list[int]:
    """Return the rows in which this output may set something new; candidates for review set nothing.

    Whether a value of ours that stands there may be replaced is for `protection` to say.
    """
    there = None if output.in_place else _there(frame, output)
    if output.operation is Operation.CLEAN:
        column = frame.of(output.inputs[0])
        worth = [_settable(fact) and fact.reason != "already_clean" for fact in facts.facts]
        rows = [row for row in range(len(facts)) if worth[facts.at[row]] and not is_blank(column[row])]
    else:
        known = [_settable(fact) for fact in facts.facts]
        rows = [row for row in range(len(facts)) if known[facts.at[row]]]
    if there is None:
        return rows
    if output.own:
        return [row for row in rows if is_blank(there[row]) or not same_value(there[row], facts[row].value)]
    return [row for row in rows if is_blank(there[row])]


def _there(frame: Frame, output: Output) -> Sequence[CellValue] | None:
    """Return what the output's column holds, where it was read."""
    if all(column.anchor != output.target for column in frame.columns):
        return None
    return frame.of(output.target or "")


def _settable(fact: Fact) -> bool:
    return fact.value is not None and not fact.review


def blanks(frame: Frame, output: Output, facts: FactColumn) -> list[int]:
    """Return the rows that only a priced source may still fill, where it may write."""
    missing = [fact.value is None and fact.reason != GUARDED.reason for fact in facts.facts]
    there = _there(frame, output)
    return [
        row for row in range(len(facts)) if missing[facts.at[row]] and (there is None or is_blank(there[row]))
    ]


def row_inputs(inputs: Mapping[ColumnKind, Sequence[CellValue]], row: int) -> dict[ColumnKind, CellValue]:
    """Return one row of some columns by kind."""
    return {kind: values[row] for kind, values in inputs.items()}
