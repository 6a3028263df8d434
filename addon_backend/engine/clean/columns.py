"""Cleaning of values and whole columns: each distinct value once, and never an exception."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, TypeAlias

from addon_backend.domain.cells import ErrorValue, is_blank
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean.address import clean_place, clean_postcode, clean_street
from addon_backend.engine.clean.company import clean_company
from addon_backend.engine.clean.country import clean_country, style_of
from addon_backend.engine.clean.date import clean_date
from addon_backend.engine.clean.email_address import clean_email
from addon_backend.engine.clean.identifier import clean_iban, clean_lei, clean_registration, clean_vat
from addon_backend.engine.clean.job_title import clean_job_title
from addon_backend.engine.clean.linkedin import clean_linkedin_company, clean_linkedin_person
from addon_backend.engine.clean.number import clean_boolean, clean_currency, clean_number
from addon_backend.engine.clean.person import (
    clean_first_name,
    clean_full_name,
    clean_last_name,
    clean_salutation,
)
from addon_backend.engine.clean.phone import clean_phone
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import clean_id, clean_text, tidy
from addon_backend.engine.clean.verdict import readable, unknown
from addon_backend.engine.clean.web import clean_domain, clean_url

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

    Cleaner: TypeAlias = Callable[[CellValue, ColumnContext], Cleaned]

_CLEANERS: dict[ColumnKind, Cleaner] = {
    ColumnKind.EMAIL: clean_email,
    ColumnKind.PHONE: clean_phone,
    ColumnKind.PERSON_FULL_NAME: clean_full_name,
    ColumnKind.PERSON_FIRST_NAME: clean_first_name,
    ColumnKind.PERSON_LAST_NAME: clean_last_name,
    ColumnKind.PERSON_SALUTATION: clean_salutation,
    ColumnKind.JOB_TITLE: clean_job_title,
    ColumnKind.COMPANY_NAME: clean_company,
    ColumnKind.COMPANY_DOMAIN: clean_domain,
    ColumnKind.URL: clean_url,
    ColumnKind.LINKEDIN_PERSON: clean_linkedin_person,
    ColumnKind.LINKEDIN_COMPANY: clean_linkedin_company,
    ColumnKind.ADDRESS_LINE: clean_street,
    ColumnKind.ADDRESS_STREET: clean_street,
    ColumnKind.ADDRESS_POSTCODE: clean_postcode,
    ColumnKind.ADDRESS_CITY: clean_place,
    ColumnKind.ADDRESS_REGION: clean_place,
    ColumnKind.COUNTRY: clean_country,
    ColumnKind.VAT: clean_vat,
    ColumnKind.REGISTRATION: clean_registration,
    ColumnKind.IBAN: clean_iban,
    ColumnKind.LEI: clean_lei,
    ColumnKind.DATE: clean_date,
    ColumnKind.NUMBER: clean_number,
    ColumnKind.CURRENCY: clean_currency,
    ColumnKind.BOOLEAN: clean_boolean,
    ColumnKind.ID: clean_id,
    ColumnKind.NOTES: clean_text,
    ColumnKind.TEXT: clean_text,
}
_READ_BY_COUNTRY = frozenset(
    {
        ColumnKind.PHONE,
        ColumnKind.VAT,
        ColumnKind.REGISTRATION,
        ColumnKind.ADDRESS_POSTCODE,
        ColumnKind.PERSON_FULL_NAME,
        ColumnKind.PERSON_LAST_NAME,
    }
)
"""Kinds whose reading depends on the row's country; for others the same text is the same value everywhere."""

_LONGEST_REMEMBERED = 200
"""Longer texts are read again, so that what is remembered stays within some 30 MB."""


def clean_value(kind: ColumnKind, text: CellValue, context: ColumnContext) -> Cleaned:
    """Clean one cell as a value of ``kind``. Never raises; a cleaned value cleans to ``ok``.

    Empty cells and sheet errors are ``unknown`` and left alone. Numbers are read as their digits where the
    kind is text (phones, identifiers), so a cell that already shows the clean value stays a number.
    """
    return _clean(_CLEANERS[kind], text, context)


def clean_column(
    kind: ColumnKind,
    values: Sequence[CellValue],
    context: ColumnContext,
    countries: Sequence[str | None] | None = None,
) -> list[Cleaned]:
    """Clean a column, one verdict per row, each distinct (value, country) once; equal rows share one object.

    ``countries`` are the rows' ISO 3166-1 codes from the sheet's country column; where one is None the
    column's own ``context.country`` counts. A country column keeps the way most of its values are written,
    so hand it over whole.
    """
    cleaner = _cleaner_for(kind, values, context)
    if countries is None or kind not in _READ_BY_COUNTRY:
        return _each_once(cleaner, values, context)
    contexts = {country: replace(context, country=country) for country in set(countries) if country}
    known: dict[tuple[str | None, type, CellValue], Cleaned] = {}
    cleaned: list[Cleaned] = []
    for value, country in zip(values, countries, strict=True):
        key = (country, type(value), value)
        found = known.get(key)
        if found is None:
            found = known[key] = _clean(cleaner, value, contexts[country] if country else context)
        cleaned.append(found)
    return cleaned


def _each_once(cleaner: Cleaner, values: Sequence[CellValue], context: ColumnContext) -> list[Cleaned]:
    """Keep texts and other types apart: ``True``, ``1`` and ``1.0`` are equal keys but not equal cells."""
    texts: dict[str, Cleaned] = {}
    others: dict[tuple[type, CellValue], Cleaned] = {}
    cleaned: list[Cleaned] = []
    for value in values:
        if isinstance(value, str):
            found = texts.get(value)
            if found is None:
                found = texts[value] = _clean(cleaner, value, context)
        else:
            key = (type(value), value)
            found = others.get(key)
            if found is None:
                found = others[key] = _clean(cleaner, value, context)
        cleaned.append(found)
    return cleaned


def _cleaner_for(kind: ColumnKind, values: Sequence[CellValue], context: ColumnContext) -> Cleaner:
    if kind is not ColumnKind.COUNTRY:
        return _CLEANERS[kind]
    return partial(clean_country, style=context.spelling or spelling_of(values))


def spelling_of(values: Sequence[CellValue]) -> str:
    """Return how most of a whole country column is written, for `ColumnContext.spelling`."""
    texts = {value for value in values if isinstance(value, str)}
    return style_of(tidy(readable(text)) for text in sorted(texts))


def _clean(cleaner: Cleaner, value: CellValue, context: ColumnContext) -> Cleaned:
    if isinstance(value, str) and len(value) <= _LONGEST_REMEMBERED and not isinstance(cleaner, partial):
        return _clean_text(cleaner, value, context)
    return _judge(cleaner, value, context)


@lru_cache(maxsize=65_536)
def _clean_text(cleaner: Cleaner, text: str, context: ColumnContext) -> Cleaned:
    """Remember verdicts: inspecting, cleaning, deriving and comparing a column all ask for the same ones."""
    return _judge(cleaner, text, context)


def _judge(cleaner: Cleaner, value: CellValue, context: ColumnContext) -> Cleaned:
    if is_blank(value):
        return unknown(value, Reason.EMPTY)
    if isinstance(value, ErrorValue):
        return unknown(value, Reason.SHEET_ERROR)
    if isinstance(value, str) and not tidy(value):
        return unknown(value, Reason.EMPTY)
    return cleaner(value, context)
