"""What columns say about each other: names beside e-mails, streets beside cities, one company per row."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.country import fold
from addon_backend.engine.clean.email_address import parse_address
from addon_backend.engine.clean.legal_forms import split_form
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import readable
from addon_backend.engine.clean.web import host_of
from addon_backend.engine.inspect.evidence import given_name_share
from addon_backend.engine.inspect.verdicts import ABSTAIN, Column, company_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue

_MOST_ROWS = 200
_SHORTEST_WORD = 3
_ECHO = 0.5
_NAMES = (Kind.PERSON_FIRST_NAME, Kind.PERSON_LAST_NAME, Kind.PERSON_FULL_NAME, Kind.COMPANY_NAME)
_UNNAMED = re.compile(r"(?i)(?:(?:column|colonne|spalte|field|champ|col|unnamed:?) ?\w{0,3})?")
_BARE_NAME = re.compile(r"(?i)\W*(?:name|names|nom|noms|naam|nome|nombre|namen)\W*")


def compare_columns(columns: Sequence[Column], values: Sequence[Sequence[CellValue]]) -> None:
    """Let the columns of a table settle each other's doubts; changes their kinds and confidences."""
    _names(columns)
    _two_first_names(columns)
    _echoes(columns, values)
    _addresses(columns)
    _companies(columns)
    _titles(columns)
    _postcodes(columns)


def _names(columns: Sequence[Column]) -> None:
    """Decide what a bare "name", "nom" or "nombre" is by the columns beside it and by its values."""
    first_elsewhere = any(column.hint(Kind.PERSON_FIRST_NAME) > _ECHO for column in columns)
    last_elsewhere = any(column.hint(Kind.PERSON_LAST_NAME) > _ECHO for column in columns)
    company_elsewhere = any(
        column.kind is Kind.COMPANY_NAME and column.hint(Kind.COMPANY_NAME) > _ECHO for column in columns
    )
    person_elsewhere = first_elsewhere or last_elsewhere
    for column in columns:
        if not _BARE_NAME.fullmatch(fold(column.header)) or column.kind not in {
            *_NAMES,
            Kind.TEXT,
            Kind.ADDRESS_CITY,
        }:
            continue
        if first_elsewhere and not last_elsewhere:
            column.settle(Kind.PERSON_LAST_NAME, 0.9)
        elif last_elsewhere and not first_elsewhere:
            column.settle(Kind.PERSON_FIRST_NAME, 0.9)
        elif not column.sample.size:
            column.settle(Kind.PERSON_FULL_NAME, ABSTAIN)
        else:
            _by_values(column, company_elsewhere=company_elsewhere, person_elsewhere=person_elsewhere)


def _by_values(column: Column, *, company_elsewhere: bool, person_elsewhere: bool) -> None:
    person = column.share(Kind.PERSON_FULL_NAME)
    company = max(column.share(Kind.COMPANY_NAME), 0.8 * company_words(column))
    if column.share(Kind.PERSON_FIRST_NAME) > max(_ECHO, person):
        column.settle(Kind.PERSON_FIRST_NAME, 0.6)
    elif (person >= 0.3 and person > company) or (company_elsewhere and person >= 0.15 and company < 0.1):
        column.settle(Kind.PERSON_FULL_NAME, 0.6 + 0.3 * person)
    elif company >= 0.25 or (person_elsewhere and not company_elsewhere and company >= 0.1):
        column.settle(Kind.COMPANY_NAME, 0.55 + 0.35 * company)
    else:
        column.settle(Kind.TEXT, 0.0)


def _two_first_names(columns: Sequence[Column]) -> None:
    """Of two unnamed neighbours that both look like given names, the lesser is the family name."""
    for left, right in pairwise(columns):
        pair = (left, right)
        if all(column.kind is Kind.PERSON_FIRST_NAME and not column.hints for column in pair):
            lesser = min(pair, key=lambda column: column.share(Kind.PERSON_FIRST_NAME))
            lesser.settle(Kind.PERSON_LAST_NAME, lesser.confidence)


def _echoes(columns: Sequence[Column], values: Sequence[Sequence[CellValue]]) -> None:
    """Recognise unnamed name columns by the e-mail beside them: ``jane.doe@acme.com`` tells."""
    mails = [column for column in columns if column.kind is Kind.EMAIL]
    if not mails:
        return
    rows = [row for row, cell in enumerate(values[mails[0].position]) if not is_blank(cell)][:_MOST_ROWS]
    parsed = {row: parse_address(tidy(readable(values[mails[0].position][row]))) for row in rows}
    for column in columns:
        if column.kind is not Kind.TEXT or not _UNNAMED.fullmatch(column.header.strip()):
            continue
        cells = [
            (readable(values[column.position][row]), mail)
            for row, mail in parsed.items()
            if mail and row < len(values[column.position])
        ]
        cells = [(text, mail) for text, mail in cells if text]
        if len(cells) < _SHORTEST_WORD:
            continue
        local = sum(_echoes_in(text, mail[0]) for text, mail in cells) / len(cells)
        domain = sum(
            _echoes_in(split_form(text)[0], mail[1].partition(".")[0]) for text, mail in cells
        ) / len(cells)
        if domain >= _ECHO and domain > local:
            column.settle(Kind.COMPANY_NAME, 0.5 + 0.4 * domain)
        elif local >= _ECHO:
            _settle_person(column, local)


def _settle_person(column: Column, local: float) -> None:
    texts = column.sample.texts
    several = sum(" " in text for text in texts) / len(texts) if texts else 0.0
    if several > 0.8:
        column.settle(Kind.PERSON_FULL_NAME, 0.5 + 0.4 * local)
    elif given_name_share(texts, 0) >= 0.3:
        column.settle(Kind.PERSON_FIRST_NAME, 0.5 + 0.4 * local)
    else:
        column.settle(Kind.PERSON_LAST_NAME, 0.5 + 0.3 * local)


def _echoes_in(text: str, part: str) -> bool:
    letters = re.sub(r"[^a-z0-9]", "", fold(part))
    return any(len(word) >= _SHORTEST_WORD and word in letters for word in fold(text).split())


def _addresses(columns: Sequence[Column]) -> None:
    """An "address" beside a city or postcode column is its street; alone it is the whole line."""
    kinds = {column.kind for column in columns}
    split = bool(kinds & {Kind.ADDRESS_CITY, Kind.ADDRESS_POSTCODE})
    for column in columns:
        if column.kind is Kind.ADDRESS_LINE and split and column.share(Kind.ADDRESS_LINE) < _ECHO:
            column.settle(Kind.ADDRESS_STREET, column.confidence)
        elif column.kind is Kind.ADDRESS_STREET and not split and column.share(Kind.ADDRESS_LINE) >= _ECHO:
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
        if column.share(Kind.PERSON_SALUTATION) >= _ECHO:
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


def hosts_of(texts: Sequence[str]) -> list[str]:
    """Return the hosts of web addresses, e-mails and domains: evidence for a country."""
    return [host for text in texts if (host := host_of(text.rpartition("@")[2]))]
