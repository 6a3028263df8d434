"""Cleaning bare values, outside any sheet: the ``clean`` command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.engine.clean import clean_column
from addon_backend.engine.inspect import context_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.facts import Cleaned
    from addon_backend.domain.kinds import ColumnKind


def clean_values(kind: ColumnKind, values: Sequence[str], country: str | None) -> list[Cleaned]:
    """Clean values of one kind; what can be told from all of them (date order …) is decided together."""
    return clean_column(kind, values, context_of(kind, values, country=country))
