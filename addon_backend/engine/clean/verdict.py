"""The four verdicts of cleaning, made in one place so that `Cleaned` always keeps its promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import DateValue, as_text
from addon_backend.domain.facts import Cleaned
from addon_backend.engine.clean.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from addon_backend.domain.cells import CellValue

NO_PARTS: Mapping[str, str] = {}  # a plain dict, so that verdicts can be pickled


def readable(value: CellValue) -> str:
    """Return `as_text`, or "" for the numbers that cannot be told as text (NaN serials, absurd integers)."""
    try:
        return as_text(value)
    except (ValueError, OverflowError):
        return ""


def ok(value: CellValue, parts: Mapping[str, str] = NO_PARTS) -> Cleaned:
    """Say that the cell may stay exactly as it is."""
    return Cleaned(value, "ok", Reason.ALREADY_CLEAN, parts)


def invalid(value: CellValue, reason: Reason) -> Cleaned:
    """Say that the cell cannot be a value of its column; it is left alone."""
    return Cleaned(value, "invalid", reason)


def unknown(value: CellValue, reason: Reason, parts: Mapping[str, str] = NO_PARTS) -> Cleaned:
    """Say that we abstain; the cell is left alone."""
    return Cleaned(value, "unknown", reason, parts)


def settle(value: CellValue, clean: str, reason: Reason, parts: Mapping[str, str] = NO_PARTS) -> Cleaned:
    """Return ``ok`` if the cell already reads ``clean``, else ``changed`` with the plainest true reason.

    White space alone is ``trimmed``, letter case alone ``case_repaired``; otherwise ``reason`` is given.
    """
    if value == clean:
        return Cleaned(value, "ok", Reason.ALREADY_CLEAN, parts)
    text = readable(value)
    if text == clean:
        return Cleaned(value, "ok", Reason.ALREADY_CLEAN, parts)
    words, wanted = " ".join(text.split()), " ".join(clean.split())
    if words == wanted:
        reason = Reason.TRIMMED
    elif words.casefold() == wanted.casefold():
        reason = Reason.CASE_REPAIRED
    return Cleaned(clean, "changed", reason, parts)


def wrong_type(value: CellValue) -> Cleaned | None:
    """Refuse dates and ticks where text is expected: read as digits they would look like phone numbers."""
    if isinstance(value, DateValue):
        return invalid(value, Reason.IS_A_DATE)
    if isinstance(value, bool):
        return invalid(value, Reason.IS_A_TICK)
    return None


_PLACEHOLDERS = frozenset(
    {
        *(
            "n/a",
            "n.a.",
            "n.a",
            "#n/a",
            "none",
            "null",
            "nil",
            "nan",
            "-",
            "--",
            "---",
            "–",
            "—",
            ".",
            "..",
            "...",
        ),
        *("?", "??", "???", "x", "xx", "xxx", "unknown", "inconnu", "inconnue", "unbekannt", "desconocido"),
        *("sconosciuto", "onbekend", "desconhecido", "tbd", "tbc", "tba", "pending", "no email", "no phone"),
        *(
            "not available",
            "not applicable",
            "not provided",
            "non disponible",
            "non renseigné",
            "néant",
            "nc",
        ),
        *("n.c.", "non communiqué", "keine angabe", "k.a.", "k. a.", "sin dato", "s/d", "nd", "n.d.", "n/d"),
        *(
            "*",
            "/",
            "_",
            "(blank)",
            "(empty)",
            "(vide)",
            "undefined",
            "aucun",
            "aucune",
            "sans",
            "vide",
            "empty",
        ),
    }
)


def is_placeholder(text: str) -> bool:
    """Tell whether a tidy text only says "nothing here" (``n/a``, ``-``, ``unknown``, ``néant`` …)."""
    return len(text) < 17 and text.casefold() in _PLACEHOLDERS
