"""E-mail addresses that a slip of the finger, or a few words around them, made invalid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from addon_backend.engine.clean.email_address import LONGEST_ADDRESS, parse_address
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import readable
from addon_backend.engine.correct.mail_typos import meant_domain
from addon_backend.engine.correct.suggestion import suggest

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.facts import Cleaned

_INSIDE = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_SLIPS = (
    (re.compile(r"\s*[\[({<]\s*(?:at|arobase|a)\s*[\])}>]\s*|\s+(?:at|arobase)\s+", re.IGNORECASE), "@"),
    (
        re.compile(r"\s*[\[({<]\s*(?:dot|point|punkt|punto)\s*[\])}>]\s*|\s+(?:dot|point)\s+", re.IGNORECASE),
        ".",
    ),
    (re.compile(r"@[@.]+|[.]+@|\s*@\s*"), "@"),
    (re.compile(r"[.,;:]{2,}|[,;:](?=\w)"), "."),
    (re.compile(r"\s*\.\s*"), "."),
)


def mended_address(
    value: CellValue, verdict: Cleaned, recurring: frozenset[str], familiar: frozenset[str]
) -> Cleaned | None:
    """Return the one address an invalid value probably holds, to be offered, or None."""
    text = tidy(readable(value))
    if verdict.reason != Reason.NOT_AN_EMAIL or len(text) > 2 * LONGEST_ADDRESS:
        return None
    local, at, domain = text.rpartition("@")
    if (
        at
        and (meant := meant_domain(domain, recurring, familiar))
        and (right := parse_address(f"{local}@{meant}"))
    ):
        return _offer(right, Reason.DOMAIN_TYPO)
    inside = set(_INSIDE.findall(text))
    if len(inside) == 1 and (found := parse_address(inside.pop().strip(".'-"))):
        return _offer(found, Reason.FOUND_INSIDE)
    for slip, sign in _SLIPS:
        text = slip.sub(sign, text)
    mended = parse_address(text.strip(".,;: "))
    return _offer(mended, Reason.EMAIL_TYPO) if mended else None


def _offer(address: tuple[str, str], reason: Reason) -> Cleaned:
    local, domain = address
    return suggest(f"{local}@{domain}", reason, {"local": local, "domain": domain})
