"""Corrections that change a meaning: each is offered to a person, never applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.country import DEFAULT_STYLE, spelling, style_of
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import readable
from addon_backend.engine.correct.country_typos import meant_country
from addon_backend.engine.correct.date_numbers import meant_date
from addon_backend.engine.correct.mail_slips import mended_address
from addon_backend.engine.correct.mail_typos import meant_domain, recurring_domains
from addon_backend.engine.correct.phone_slips import meant_phone
from addon_backend.engine.correct.suggestion import suggest
from addon_backend.engine.correct.wrong_column import misplaced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned


def correct_column(
    kind: Kind, values: Sequence[CellValue], cleaned: Sequence[Cleaned], context: ColumnContext
) -> list[Cleaned]:
    """Return the verdicts of `clean_column` with corrections put in their place, one per row.

    A correction has ``review`` set, status ``changed`` and the value to offer. A value that belongs to
    another column stays where it is: status ``invalid``, reason ``belongs_to_…``, the part named after its
    kind holds the clean value. All other verdicts come back as they were. Equal rows share one object.
    """
    correct = _corrector(kind, values, cleaned, context)
    known: dict[int, Cleaned] = {}
    corrected: list[Cleaned] = []
    for value, verdict in zip(values, cleaned, strict=True):
        found = known.get(id(verdict))
        if found is None:
            found = verdict if is_blank(value) else correct(value, verdict) or verdict
            known[id(verdict)] = found
        corrected.append(found)
    return corrected


def _corrector(
    kind: Kind, values: Sequence[CellValue], cleaned: Sequence[Cleaned], context: ColumnContext
) -> Callable[[CellValue, Cleaned], Cleaned | None]:
    if kind is Kind.EMAIL:
        return _email(cleaned)
    if kind is Kind.COUNTRY:
        return _country(values)
    if kind is Kind.PHONE:
        return lambda value, verdict: (
            meant_phone(value, verdict, context) or misplaced(kind, value, verdict, context)
        )
    if kind is Kind.DATE:
        return meant_date
    return lambda value, verdict: misplaced(kind, value, verdict, context)


def _email(cleaned: Sequence[Cleaned]) -> Callable[[CellValue, Cleaned], Cleaned | None]:
    once = {id(verdict): verdict for verdict in cleaned}.values()
    parts = [verdict.parts for verdict in once if "domain" in verdict.parts]
    recurring, familiar = recurring_domains((part["local"], part["domain"]) for part in parts)
    meanings = {
        domain: meant_domain(domain, recurring, familiar) for domain in {part["domain"] for part in parts}
    }

    def correct(value: CellValue, verdict: Cleaned) -> Cleaned | None:
        domain = verdict.parts.get("domain")
        if domain is None:
            return mended_address(value, verdict, recurring, familiar) or misplaced(
                Kind.EMAIL, value, verdict
            )
        if (meant := meanings[domain]) is None:
            return None
        local = verdict.parts["local"]
        return suggest(f"{local}@{meant}", Reason.DOMAIN_TYPO, {"local": local, "domain": meant})

    return correct


def _country(values: Sequence[CellValue]) -> Callable[[CellValue, Cleaned], Cleaned | None]:
    texts = sorted({value for value in values if isinstance(value, str)})
    style = style_of(map(tidy, texts)) if texts else DEFAULT_STYLE

    def correct(value: CellValue, verdict: Cleaned) -> Cleaned | None:
        if verdict.reason != Reason.COUNTRY_UNKNOWN:
            return misplaced(Kind.COUNTRY, value, verdict)
        code = meant_country(tidy(readable(value)))
        if code is None:
            return misplaced(Kind.COUNTRY, value, verdict)
        return suggest(spelling(code, style), Reason.COUNTRY_TYPO, {"alpha2": code})

    return correct
