"""What columns say about each other: first beside last names, streets beside cities, one company per row."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.country import fold
from addon_backend.engine.inspect.echoes import hear_echoes
from addon_backend.engine.inspect.verdicts import ABSTAIN, Column, company_words, full_name_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue

_HALF = 0.5
_NAMES = frozenset(
    {
        *(Kind.PERSON_FIRST_NAME, Kind.PERSON_LAST_NAME, Kind.PERSON_FULL_NAME, Kind.COMPANY_NAME),
        *(Kind.TEXT, Kind.ADDRESS_CITY),
    }
)
"""What a bare name may have been taken for."""
_BARE_NAME = re.compile(r"name|names|nom|noms|naam|nome|nombre|namen")


def compare_columns(columns: Sequence[Column], values: Sequence[Sequence[CellValue]]) -> None:
    """Let the columns of a table settle each other's doubts; changes their kinds and confidences."""
    _names(columns)
    _two_first_names(columns)
    hear_echoes([column for column in columns if is_bare(column)], columns, values)
    _addresses(columns)
    _companies(columns)
    _titles(columns)
    _postcodes(columns)


def is_bare(column: Column) -> bool:
    """Tell whether a header says no more than that the column holds some name."""
    return _BARE_NAME.fullmatch(fold(column.header)) is not None


def _names(columns: Sequence[Column]) -> None:
    """Decide what a bare "name", "nom" or "nombre" is by the columns beside it and by its values."""
    first_elsewhere = any(column.hint(Kind.PERSON_FIRST_NAME) > _HALF for column in columns)
    last_elsewhere = any(column.hint(Kind.PERSON_LAST_NAME) > _HALF for column in columns)
    company_elsewhere = any(
        column.kind is Kind.COMPANY_NAME and column.hint(Kind.COMPANY_NAME) > _HALF for column in columns
    )
    for column in columns:
        if not is_bare(column) or column.kind not in _NAMES:
            continue
        if first_elsewhere and not last_elsewhere:
            column.settle(Kind.PERSON_LAST_NAME, 0.9)
        elif last_elsewhere and not first_elsewhere:
            column.settle(Kind.PERSON_FIRST_NAME, 0.9)
        elif not column.sample.size:
            column.settle(Kind.PERSON_FULL_NAME, ABSTAIN)
        else:
            _by_values(column, company_elsewhere=company_elsewhere)


def _by_values(column: Column, *, company_elsewhere: bool) -> None:
    person = column.share(Kind.PERSON_FULL_NAME)
    company = max(column.share(Kind.COMPANY_NAME), 0.8 * company_words(column))
    if column.share(Kind.PERSON_FIRST_NAME) > max(_HALF, person):
        column.settle(Kind.PERSON_FIRST_NAME, 0.6)
    elif person >= 0.3 and person > company:
        column.settle(Kind.PERSON_FULL_NAME, 0.6 + 0.3 * person)
    elif company >= 0.25:
        column.settle(Kind.COMPANY_NAME, 0.55 + 0.35 * company)
    elif company_elsewhere and not company and full_name_shape(column) >= 0.8:
        column.settle(Kind.PERSON_FULL_NAME, 0.6)
    else:
        column.settle(Kind.TEXT, 0.0)


def _two_first_names(columns: Sequence[Column]) -> None:
    """Of two unnamed neighbours that both look like given names, the lesser is the family name."""
    for left, right in pairwise(columns):
        pair = (left, right)
        if all(column.kind is Kind.PERSON_FIRST_NAME and not column.hints for column in pair):
            lesser = min(pair, key=lambda column: column.share(Kind.PERSON_FIRST_NAME))
            lesser.settle(Kind.PERSON_LAST_NAME, lesser.confidence)


def _addresses(columns: Sequence[Column]) -> None:
    """An "address" beside a city or postcode column is its street; alone it is the whole line."""
    kinds = {column.kind for column in columns}
    split = bool(kinds & {Kind.ADDRESS_CITY, Kind.ADDRESS_POSTCODE})
    for column in columns:
        if column.kind is Kind.ADDRESS_LINE and split and column.share(Kind.ADDRESS_LINE) < _HALF:
            column.settle(Kind.ADDRESS_STREET, column.confidence)
        elif column.kind is Kind.ADDRESS_STREET and not split and column.share(Kind.ADDRESS_LINE) >= _HALF:
            column.settle(Kind.ADDRESS_LINE, column.confidence)


def _companies(columns: Sequence[Column]) -> None:
    """Keep one company per row: where a header says so plainly, columns believed by values alone abstain."""
    companies = [column for column in columns if column.kind is Kind.COMPANY_NAME]
    best = max((column.hint(Kind.COMPANY_NAME) for column in companies), default=0.0)
    for column in companies:
        if column.hint(Kind.COMPANY_NAME) < best - 0.3:
            column.settle(Kind.TEXT, 0.0)


def _titles(columns: Sequence[Column]) -> None:
    """A "title" is a salutation when its values are, else a function only if some values look like one."""
    for column in columns:
        if column.kind is not Kind.JOB_TITLE or column.hint(Kind.PERSON_SALUTATION) == 0:
            continue
        if column.share(Kind.PERSON_SALUTATION) >= _HALF:
            column.settle(Kind.PERSON_SALUTATION, 0.5 + 0.4 * column.share(Kind.PERSON_SALUTATION))
        elif column.sample.size and column.share(Kind.JOB_TITLE) < 0.2:
            column.settle(Kind.TEXT, 0.0)


def _postcodes(columns: Sequence[Column]) -> None:
    """Five digits beside a city are its postcode, whatever the header says, if it says nothing else."""
    for column in columns:
        beside = [
            other
            for other in columns
            if abs(other.position - column.position) == 1 and other.kind is Kind.ADDRESS_CITY
        ]
        if beside and not column.hints and column.kind in {Kind.TEXT, Kind.NUMBER, Kind.ID}:
            share = column.share(Kind.ADDRESS_POSTCODE)
            if share >= 0.9:
                column.settle(Kind.ADDRESS_POSTCODE, 0.6)
