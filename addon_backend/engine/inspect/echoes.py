"""Names known by the address beside them: ``jane.doe@acme.com`` repeats the person and the company."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.country import fold
from addon_backend.engine.clean.email_address import parse_address
from addon_backend.engine.clean.legal_forms import split_form
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import readable
from addon_backend.engine.clean.web import host_of, registrable
from addon_backend.engine.inspect.evidence import given_name_share
from addon_backend.engine.inspect.verdicts import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from addon_backend.domain.cells import CellValue

_MOST_ROWS = 200
_FEWEST_ROWS = 3
_SHORTEST_WORD = 3
_ECHO = 0.5
"""The part of the rows in which a name must come back."""
_ADDRESSES = (Kind.EMAIL, Kind.COMPANY_DOMAIN, Kind.URL)
_UNNAMED = re.compile(r"(?:(?:column|colonne|spalte|field|champ|col|unnamed) ?\w{0,3})?")


def hear_echoes(
    bare: Sequence[Column], columns: Sequence[Column], values: Sequence[Sequence[CellValue]]
) -> None:
    """Settle undecided columns that have no header, and the ``bare`` ones, by the addresses in their rows."""
    addresses = next((found for kind in _ADDRESSES if (found := _addresses(kind, columns, values))), None)
    if addresses is None:
        return
    for column in columns:
        unnamed = _UNNAMED.fullmatch(fold(column.header)) is not None
        if column.kind is Kind.TEXT and (unnamed or column in bare):
            _settle(column, list(_pairs(values[column.position], addresses)))


def _addresses(
    kind: Kind, columns: Sequence[Column], values: Sequence[Sequence[CellValue]]
) -> dict[int, tuple[str, str]] | None:
    """Return local part and domain name by row, from the first column of a kind; None without one."""
    column = next((column for column in columns if column.kind is kind), None)
    if column is None:
        return None
    found: dict[int, tuple[str, str]] = {}
    for row, cell in enumerate(values[column.position]):
        text = tidy(readable(cell))
        address = parse_address(text) if kind is Kind.EMAIL else ("", host_of(text) or "")
        if address and address[1]:
            found[row] = (_letters(address[0]), _letters(registrable(address[1]).partition(".")[0]))
        if len(found) == _MOST_ROWS:
            break
    return found


def _pairs(
    cells: Sequence[CellValue], addresses: dict[int, tuple[str, str]]
) -> Iterator[tuple[str, tuple[str, str]]]:
    for row, address in addresses.items():
        if row < len(cells) and (text := tidy(readable(cells[row]))):
            yield text, address


def _settle(column: Column, pairs: Sequence[tuple[str, tuple[str, str]]]) -> None:
    if len(pairs) < _FEWEST_ROWS:
        return
    local = sum(_comes_back(text, address[0]) for text, address in pairs) / len(pairs)
    domain = sum(_comes_back(split_form(text)[0], address[1]) for text, address in pairs) / len(pairs)
    if domain >= _ECHO and domain > local:
        column.settle(Kind.COMPANY_NAME, 0.5 + 0.4 * domain)
    elif local >= _ECHO:
        column.settle(_which_name(column.sample.texts), 0.5 + 0.4 * local)


def _which_name(texts: Sequence[str]) -> Kind:
    if sum(" " in text for text in texts) > 0.8 * len(texts):
        return Kind.PERSON_FULL_NAME
    return Kind.PERSON_FIRST_NAME if given_name_share(texts) >= 0.3 else Kind.PERSON_LAST_NAME


def _comes_back(text: str, letters: str) -> bool:
    return any(len(word) >= _SHORTEST_WORD and word in letters for word in fold(text).split())


def _letters(text: str) -> str:
    return fold(text).replace(" ", "")
