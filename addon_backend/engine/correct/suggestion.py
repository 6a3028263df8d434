"""The shape of every correction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.facts import Cleaned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from addon_backend.domain.cells import CellValue
    from addon_backend.engine.clean.reasons import Reason


def suggest(value: CellValue, reason: Reason, parts: Mapping[str, str]) -> Cleaned:
    """Return a correction to offer: ``review`` is set, so that nobody applies it unseen."""
    return Cleaned(value, "changed", reason, parts, review=True)
