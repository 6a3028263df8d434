"""Company names: white space, cautious letter case, and the name without its legal form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.engine.clean.company_case import repair_company_case
from addon_backend.engine.clean.legal_forms import split_form
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import at_rest, tidy
from addon_backend.engine.clean.verdict import invalid, is_placeholder, readable, settle, wrong_type

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

LONGEST_COMPANY = 300
LONGEST_COMPANY = 300


def clean_company(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Return the name in one line; parts ``name`` (without legal form) and ``legal_form`` as written.

    Mixed case is never touched. Names in capitals are repaired word by word only where that is safe: short
    words without vowels, known initials and lone short names (``IBM``, ``SAP``, ``VINCI``) stay. Names in
    small letters are repaired from two words on, because lone ones may be a style (``adidas``).
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    if len(text) > LONGEST_COMPANY or not any(map(str.isalnum, text)):
        return invalid(value, Reason.NOT_A_COMPANY)
    if "@" in text and " " not in text and "." in text.rpartition("@")[2]:
        return invalid(value, Reason.NOT_A_COMPANY)
    clean = at_rest(repair_company_case, text)
    name, form = split_form(clean)
    return settle(
        value, clean, Reason.NORMALISED, {"name": name, "legal_form": form} if form else {"name": name}
    )
