"""What inspection says about the columns of a selection."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from addon_backend.domain.kinds import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ColumnContext:
    """What is decided once per column, so that every row is read the same way.

    ``country`` is an ISO 3166-1 alpha-2 code; ``date_order`` is ``dmy``, ``mdy`` or ``ymd``; ``name_order``
    is ``given_first`` or ``family_first``; ``decimal`` is ``.`` or ``,``. None means: not known, so abstain.
    ``spelling`` is how a country column writes its countries (``alpha2``, ``en`` …), voted once.
    """

    country: str | None = None
    date_order: str | None = None
    name_order: str | None = None
    decimal: str | None = None
    spelling: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One inspected column. ``position`` counts from 0 inside the table that was inspected.

    ``filled`` and ``distinct`` count non-blank values; ``problems`` counts filled values that are not a good
    value of ``kind`` (by problem code in ``problem_codes``). ``confidence`` runs from 0 to 1.
    """

    position: int
    header: str
    kind: ColumnKind
    confidence: float
    filled: int
    distinct: int
    problems: int
    problem_codes: Mapping[str, int] = field(default_factory=dict)
    context: ColumnContext = ColumnContext()
