"""The inspection of a table: one profile per column."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from addon_backend.domain.cells import ErrorValue, is_blank
from addon_backend.domain.columns import ColumnContext, ColumnProfile
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean import clean_column
from addon_backend.engine.clean.country import country_code
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import readable
from addon_backend.engine.inspect.context import column_context, table_country
from addon_backend.engine.inspect.evidence import value_shares
from addon_backend.engine.inspect.header_words import header_hints, names_notes, names_something_else
from addon_backend.engine.inspect.neighbours import compare_columns
from addon_backend.engine.inspect.sample import take_sample
from addon_backend.engine.inspect.verdicts import Column, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue


def inspect_table(
    headers: Sequence[str] | None, columns: Sequence[Sequence[CellValue]]
) -> tuple[ColumnProfile, ...]:
    """Say what each column holds, how it must be read, and how many of its values are not good ones.

    ``columns`` are the values below the header, one sequence per column; ``headers`` may be None or shorter.
    Kinds come from header, values (at most 300 distinct ones) and neighbours; where they do not suffice the
    column is ``text`` with low confidence. ``problems`` counts filled cells whose value is invalid or would
    change, by reason code; cells we merely cannot judge are not problems.
    """
    names = list(headers or ())
    names += [""] * (len(columns) - len(names))
    judged = [_look(position, names[position], values) for position, values in enumerate(columns)]
    country = table_country(judged)
    if country:
        judged = [
            _look(column.position, column.header, columns[column.position], country)
            if column.kind in _LEANING
            else column
            for column in judged
        ]
    compare_columns(judged, columns)
    for column in judged:
        if _holds_notes(column):
            column.settle(Kind.NOTES, _NOTES_CONFIDENCE)
    country = table_country(judged)
    countries = row_countries(judged, columns)
    return tuple(_profile(column, columns[column.position], country, countries) for column in judged)


_LEANING = frozenset({Kind.TEXT, Kind.PHONE, Kind.NUMBER, Kind.ID, Kind.REGISTRATION})
"""Kinds that are looked at again once the table's country is known."""


_NOTES_WORDS = 8
"""Cells of so many words on average are sentences."""
_NOTES_CONFIDENCE = 0.8
"""How sure we are of notes: a header or long cells say so, no value proves it."""


def _holds_notes(column: Column) -> bool:
    if column.kind is not Kind.TEXT:
        return False
    texts = column.sample.texts
    words = sum(len(text.split()) for text in texts)
    return names_notes(column.header) or (bool(texts) and words >= _NOTES_WORDS * len(texts))


def context_of(
    kind: Kind, values: Sequence[CellValue], *, header: str = "", country: str | None = None
) -> ColumnContext:
    """Return how a column must be read once somebody has said what it holds.

    For a kind that a person chose, and for bare values without a table. ``country`` is an ISO 3166-1 code
    known from elsewhere; None leaves it to the values.
    """
    column = Column(0, header, take_sample(values), {}, {}, kind)
    return column_context(column, country or table_country([column]))


def row_countries(
    judged: Sequence[Column], columns: Sequence[Sequence[CellValue]]
) -> list[str | None] | None:
    """Return each row's ISO 3166-1 code from the table's country column, or None if it has none."""
    for column in judged:
        if column.kind is Kind.COUNTRY:
            return codes_of(columns[column.position])
    return None


def codes_of(values: Sequence[CellValue]) -> list[str | None]:
    """Return the ISO 3166-1 code of each cell of a country column, each distinct text read once."""
    known: dict[str, str | None] = {}
    codes: list[str | None] = []
    for value in values:
        text = readable(value)
        if text not in known:
            known[text] = country_code(tidy(text))
        codes.append(known[text])
    return codes


def _look(position: int, header: str, values: Sequence[CellValue], country: str | None = None) -> Column:
    sample = take_sample(values)
    column = Column(
        position,
        header,
        sample,
        header_hints(header),
        value_shares(sample, country),
        other=names_something_else(header),
    )
    judge(column)
    return column


def _profile(
    column: Column, values: Sequence[CellValue], country: str | None, countries: Sequence[str | None] | None
) -> ColumnProfile:
    context = column_context(column, country)
    codes = _problems(column.kind, values, context, countries)
    return ColumnProfile(
        position=column.position,
        header=column.header,
        kind=column.kind,
        confidence=column.confidence,
        filled=column.sample.filled,
        distinct=column.sample.distinct,
        problems=codes.total(),
        problem_codes=dict(codes),
        context=context,
    )


def _problems(
    kind: Kind, values: Sequence[CellValue], context: ColumnContext, countries: Sequence[str | None] | None
) -> Counter[str]:
    same_length = countries is not None and len(countries) == len(values)
    cleaned = clean_column(kind, values, context, countries if same_length else None)
    return Counter(
        str(verdict.reason)
        for value, verdict in zip(values, cleaned, strict=True)
        if verdict.status in {"invalid", "changed"}
        and not is_blank(value)
        and not isinstance(value, ErrorValue)
    )
