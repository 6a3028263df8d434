"""E-mails, phones, domains, numbers and dates as they are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from addon_backend.engine.enrich.mailboxes import host_of, is_free, is_role, registrable_domain
from addon_backend.engine.organise.evidence import Model
from addon_backend.engine.organise.folding import compact

SAME_DATE, NEAR_DATE, LOOSE_DATE, OTHER_DATE = range(4)
SAME_MAIL, NEAR_MAIL, SAME_LOCAL, SAME_COMPANY, OTHER_MAIL = range(5)

MAIL = Model(m=(0.62, 0.12, 0.06, 0.10, 0.10), u=(1e-5, 1e-4, 1e-4, 0.005, 0.9948), copies=4)
PHONE = Model(m=(0.62, 0.06, 0.32), u=(1e-4, 1e-4, 0.9998), copies=3)
DOMAIN = Model(m=(0.80, 0.04, 0.16), u=(1e-3, 1e-3, 0.998))
IDENTIFIER = Model(m=(0.80, 0.08, 0.12), u=(1e-5, 1e-5, 0.99998), copies=4)
DATE = Model(m=(0.68, 0.14, 0.09, 0.09), u=(0.001, 0.004, 0.04, 0.955))
GENERIC = Model(m=(0.50, 0.12, 0.38), u=(0.05, 0.02, 0.93))

_PHONE_DIGITS = 9
_LEAST_PHONE_DIGITS = 6
_EXTENSION = re.compile(r"(?:ext|extension|poste|x|#|durchwahl|int)\.?\s*\d{1,6}\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    """An address in lower case; ``role`` is a desk's, ``free`` a domain that anybody can use."""

    local: str
    domain: str
    role: bool
    free: bool


def mail_of(text: str) -> Mail | None:
    """Return the address as it is compared; None for a blank or a bare word."""
    plain = text.strip().lower().removeprefix("mailto:")
    if "<" in plain:
        plain = plain.partition("<")[2].partition(">")[0]
    local, at, domain = plain.rpartition("@")
    if not at or not local or not domain:
        return None
    local = local.strip()
    domain = domain.strip(" .;,")
    free = is_free(domain)
    if free:
        local = local.partition("+")[0] or local
        if domain in {"gmail.com", "googlemail.com"}:
            local, domain = local.replace(".", "") or local, "gmail.com"
    return Mail(local, domain, is_role(local), free)


def compare_mails(left: Mail, right: Mail) -> int:
    """Compare two different addresses: a slip in one part, the same person elsewhere, the same company."""
    if left.domain == right.domain:
        if not left.role and not right.role and _one_slip(left.local, right.local):
            return NEAR_MAIL if left.free or left.local[0] == right.local[0] else SAME_COMPANY
        return OTHER_MAIL if left.free else SAME_COMPANY
    if left.role or right.role:
        return OTHER_MAIL
    if left.local == right.local:
        if OSA.distance(left.domain, right.domain, score_cutoff=2) <= 2:
            return NEAR_MAIL
        return SAME_LOCAL if len(left.local) >= 5 else OTHER_MAIL
    if (
        len(left.local) >= 4
        and fuzz.ratio(left.local, right.local) >= 80
        and (fuzz.ratio(left.domain, right.domain) >= 85)
    ):
        return NEAR_MAIL
    return OTHER_MAIL


def _one_slip(left: str, right: str) -> bool:
    """One letter more, less, other or swapped; a digit that differs makes another person (``jean2``)."""
    if min(len(left), len(right)) < 4 or OSA.distance(left, right, score_cutoff=1) > 1:
        return False
    digits = re.sub(r"\D", "", left), re.sub(r"\D", "", right)
    return digits[0] == digits[1] or bool(digits[0] and digits[1] and len(left) >= 8)


def phone_of(text: str) -> str | None:
    """Return the last nine digits, which leave out country code and trunk zero; None for too few."""
    plain = _EXTENSION.sub("", text.removesuffix(".0"))
    digits = re.sub(r"\D", "", plain.replace("(0)", "")).lstrip("0")
    return digits[-_PHONE_DIGITS:] if len(digits) >= _LEAST_PHONE_DIGITS else None


def compare_phones(left: str, right: str) -> int:
    """Compare two different numbers: one without its area code is still the same, one digit off is near."""
    shorter = min(len(left), len(right))
    if left[-shorter:] == right[-shorter:] and shorter >= 7:
        return 0
    return 1 if len(left) == len(right) and OSA.distance(left, right, score_cutoff=1) <= 1 else 2


def domain_of(text: str) -> str | None:
    """Return the registrable domain of a website or domain cell; None where there is none or it is shared."""
    host = host_of(text)
    domain = registrable_domain(host) if host else None
    return None if domain is None or is_free(domain) else domain


def compare_domains(left: str, right: str) -> int:
    """Two domains of one name under different endings are near."""
    return 1 if left.partition(".")[0] == right.partition(".")[0] else 2


def identifier_of(text: str) -> str | None:
    """Return letters and digits; None for fewer than three, which identify nobody."""
    plain = compact(text.removesuffix(".0"))
    return plain if len(plain) >= 3 else None


def compare_identifiers(left: str, right: str) -> int:
    """One slip in a long number is near; a branch's number begins with its company's."""
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= 9 and (longer.startswith(shorter) or longer.endswith(shorter)):
        return 0
    return 1 if len(shorter) >= 6 and OSA.distance(left, right, score_cutoff=1) <= 1 else 2


def date_of(text: str) -> str | None:
    """Return a date's digits, year first where a year can be told; None for no digits."""
    parts = re.findall(r"\d+", text.partition("T")[0])
    if not parts:
        return None
    if len(parts) == 1 and len(parts[0]) == 8 and parts[0][:2] in {"18", "19", "20"}:
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) == 3 and len(parts[2]) == 4:
        parts = [parts[2], parts[1], parts[0]]
    return "-".join(part.zfill(2) for part in parts[:3])


def compare_dates(left: str, right: str) -> int:
    """Compare two dates: one slip, or day and month swapped, is near; two slips, or a year apart, loose."""
    distance = OSA.distance(left, right, score_cutoff=2)
    if distance <= 1 or (len(left) >= 8 and sorted(left.split("-")) == sorted(right.split("-"))):
        return NEAR_DATE
    if distance == 2:
        return LOOSE_DATE
    return LOOSE_DATE if abs(_months(left) - _months(right)) <= 13 else OTHER_DATE


def _months(text: str) -> int:
    year, _, rest = text.partition("-")
    return int(year[:4]) * 12 + int(rest[:2] or 0) if rest[:2].isdigit() or not rest else int(year[:4]) * 12


def compare_generic(left: str, right: str) -> int:
    """Compare other texts by their letters."""
    return 1 if min(len(left), len(right)) >= 4 and fuzz.ratio(left, right) >= 85 else 2
