"""What can be filled from the list itself, and the filling of it: pure, offline, each distinct input once."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text, is_blank
from addon_backend.domain.facts import Fact, FactColumn
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.enrich.clues import Clues, found, nothing
from addon_backend.engine.enrich.companies import company_domain, company_name
from addon_backend.engine.enrich.countries import country
from addon_backend.engine.enrich.mailboxes import read_mailbox
from addon_backend.engine.enrich.names import first_name, full_name, last_name
from addon_backend.engine.enrich.phones import phone_time_zone, phone_type
from addon_backend.engine.enrich.titles import department, seniority

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext

_LONGEST = 1_000  # characters of a cell that are read: longer ones are prose


def email_type(clues: Clues) -> Fact:
    """Return ``work``, ``role``, ``free`` or ``disposable``, by our own lists."""
    text = clues.text(ColumnKind.EMAIL)
    if not text:
        return nothing("no_input")
    mailbox = read_mailbox(text)
    if mailbox is None:
        return nothing("invalid_email")
    return found(
        mailbox.type.value, "derived_from_email", 0.9 if mailbox.type == "work" else 1.0, "mail_lists"
    )


_BOTH = frozenset({ColumnKind.PERSON_FIRST_NAME, ColumnKind.PERSON_LAST_NAME})
_NAME_INPUTS = (ColumnKind.PERSON_FULL_NAME, ColumnKind.EMAIL)
_DERIVATIONS: dict[str, tuple[Callable[[Clues], Fact], tuple[ColumnKind, ...]]] = {
    "person.first_name": (first_name, _NAME_INPUTS),
    "person.last_name": (last_name, _NAME_INPUTS),
    "person.full_name": (full_name, (ColumnKind.PERSON_FIRST_NAME, ColumnKind.PERSON_LAST_NAME)),
    "email.type": (email_type, (ColumnKind.EMAIL,)),
    "company.name": (
        company_name,
        (ColumnKind.LINKEDIN_COMPANY, ColumnKind.COMPANY_DOMAIN, ColumnKind.URL, ColumnKind.EMAIL),
    ),
    "company.domain": (company_domain, (ColumnKind.URL, ColumnKind.EMAIL)),
    "country": (
        country,
        (ColumnKind.VAT, ColumnKind.PHONE, ColumnKind.URL, ColumnKind.COMPANY_DOMAIN, ColumnKind.EMAIL),
    ),
    "phone.type": (phone_type, (ColumnKind.PHONE,)),
    "phone.time_zone": (phone_time_zone, (ColumnKind.PHONE,)),
    "job.seniority": (seniority, (ColumnKind.JOB_TITLE,)),
    "job.department": (department, (ColumnKind.JOB_TITLE,)),
}


def derivable(field: str, kinds: Collection[ColumnKind]) -> tuple[ColumnKind, ...] | None:
    """Return the columns a field would be read from, best first; None where these columns cannot give it."""
    if field not in _DERIVATIONS:
        return None
    wanted = _DERIVATIONS[field][1]
    present = tuple(kind for kind in wanted if kind in kinds)
    if not present or (field == "person.full_name" and set(present) != _BOTH):
        return None
    return present


def derive_column(
    field: str,
    inputs: Mapping[ColumnKind, Sequence[CellValue]],
    contexts: Mapping[ColumnKind, ColumnContext],
    countries: Sequence[str | None] | None = None,
) -> FactColumn:
    """Return one fact per row for a field, each distinct set of inputs read once.

    ``countries`` holds each row's own country (ISO 3166-1 alpha-2) where a column says it. All sequences are
    equally long. Never raises on any cell value. A field that cannot be read from these columns gives
    ``no_input`` on every row.
    """
    rows = max((len(column) for column in inputs.values()), default=len(countries or ()))
    kinds = derivable(field, inputs)
    if kinds is None:
        return FactColumn((nothing("no_input"),) if rows else (), (0,) * rows)
    derive = _DERIVATIONS[field][0]
    facts: dict[Fact, int] = {}
    seen: dict[tuple[str | None, ...], int] = {}
    at: list[int] = []
    columns = [map(_readable, inputs[kind]) for kind in kinds]
    for row in zip(countries if countries is not None else repeat(None, rows), *columns, strict=True):
        place = seen.get(row)
        if place is None:
            texts = {kind: text for kind, text in zip(kinds, row[1:], strict=True) if text}
            fact = derive(Clues(texts, contexts, _code(row[0])))
            place = seen[row] = facts.setdefault(fact, len(facts))
        at.append(place)
    return FactColumn(tuple(facts), tuple(at))


def _readable(value: CellValue) -> str:
    return "" if is_blank(value) or isinstance(value, bool) else as_text(value).strip()[:_LONGEST]


def _code(country: str | None) -> str | None:
    return country.upper() if country and len(country) == 2 and country.isascii() else None
