"""Whether two rows are one: bits of evidence summed, and the rules that no sum may break."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.organise import contacts, firms, persons, places
from addon_backend.engine.organise.evidence import MISSING
from addon_backend.engine.organise.sharing import shared_phones

if TYPE_CHECKING:
    from addon_backend.engine.organise.records import Records

LINK, SURE = 2.0, 8.0
"""Bits above which two rows are shown as one, and above which nobody needs to look."""

_ANCHOR = 6.0  # bits of personal evidence that outweigh a name that clashes
_FIRM_CAP = 6.0  # colleagues share their firm: it can only support a name
_GENERIC_CAP = 4.0

AGREES, WEAK, ABSENT, CLASHES = range(4)


@dataclass(slots=True)
class Verdict:
    """Why two rows are one: the evidence after the prior, whether anybody must look, reason codes."""

    bits: float
    sure: bool
    reasons: tuple[str, ...]


@dataclass(slots=True)
class _Tally:
    """Evidence by whose it is, and what agreed."""

    personal: float = 0.0
    contact: float = 0.0
    firm: float = 0.0
    place: float = 0.0
    generic: float = 0.0
    agreed: int = 0
    doubt: bool = False
    anchored: bool = False


class Judge:
    """Compares rows of one list; `compared` counts the comparisons."""

    def __init__(self, records: Records, rows: int) -> None:
        """Take the prior from the length of the list: one true partner among all its rows."""
        self._records = records
        self._prior = -log2(max(rows, 2))
        self._shared = shared_phones(records)
        self._office = records.firm is not None or records.domain is not None
        self.compared = 0

    def verdict(self, left: int, right: int) -> Verdict | None:
        """Return why two rows are one, None where they are not."""
        self.compared += 1
        records, tally = self._records, _Tally()
        reasons: list[str] = []
        self._mail(left, right, tally, reasons)
        self._phone(left, right, tally, reasons)
        self._identity(left, right, tally, reasons)
        mine, theirs = records.persons[left], records.persons[right]
        if mine and theirs:
            name, state = self._name(left, right, reasons)
            if state == CLASHES and tally.personal < _ANCHOR:
                return None
            self._firm(left, right, tally, reasons)
            self._place(left, right, tally, reasons)
            bits = self._person_bits(tally, name, state)
        else:
            state = ABSENT
            self._firm(left, right, tally, reasons)
            self._place(left, right, tally, reasons)
            if mine or theirs:
                bits = tally.personal + tally.contact + min(tally.firm + tally.place, _FIRM_CAP)
                tally.doubt = True
            else:
                if records.firm and records.firm.level(left, right) == firms.OTHER and not tally.anchored:
                    return None
                bits = tally.personal + tally.contact + tally.firm + tally.place
        self._generic(left, right, tally)
        bits += min(tally.generic, _GENERIC_CAP) + self._prior
        if bits < LINK:
            return None
        sure = bits >= SURE and tally.agreed >= 2 and not tally.doubt and state in {AGREES, ABSENT}
        return Verdict(bits, sure, tuple(reasons))

    def _person_bits(self, tally: _Tally, name: float, state: int) -> float:
        bits = name + tally.personal + tally.contact
        if state == AGREES:
            tally.agreed += 1
        if state == CLASHES:
            return bits + (0.0 if self._office else tally.place)
        if self._office:
            return bits + min(tally.firm + tally.place, _FIRM_CAP)
        return bits + tally.place + tally.firm

    def _mail(self, left: int, right: int, tally: _Tally, reasons: list[str]) -> None:
        feature = self._records.mail
        if feature is None:
            return
        level = feature.level(left, right)
        if level == MISSING:
            return
        bits = feature.bits(left, right)
        value = feature.value(left)
        if level == contacts.SAME_MAIL and value and value.role:
            tally.firm += bits
            tally.anchored = True
            reasons.append("same_shared_mailbox")
        elif level <= contacts.SAME_LOCAL:
            tally.personal += bits
            tally.agreed += level < contacts.SAME_LOCAL
            tally.anchored |= level < contacts.SAME_LOCAL
            reasons.append("same_email" if level == contacts.SAME_MAIL else "similar_email")
        elif level == contacts.SAME_COMPANY:
            tally.firm += bits
        else:
            tally.personal += bits

    def _phone(self, left: int, right: int, tally: _Tally, reasons: list[str]) -> None:
        feature = self._records.phone
        if feature is None:
            return
        level = feature.level(left, right)
        if level == MISSING:
            return
        bits = feature.bits(left, right)
        if level == 0 and feature.at[left] in self._shared:
            tally.firm += bits
            reasons.append("same_switchboard")
            return
        tally.contact += bits
        if level < 2:
            tally.agreed += level == 0
            reasons.append("same_phone" if level == 0 else "similar_phone")

    def _identity(self, left: int, right: int, tally: _Tally, reasons: list[str]) -> None:
        for _, feature in self._records.dates:
            level = feature.level(left, right)
            if level != MISSING:
                tally.personal += feature.bits(left, right)
                tally.agreed += level == 0
                tally.doubt |= level == 2
                if level < 2:
                    reasons.append("same_date" if level == 0 else "similar_date")
        for kind, feature in self._records.person_ids:
            level = feature.level(left, right)
            if level != MISSING:
                bits = feature.bits(left, right)
                tally.personal += max(bits, -2.0) if kind is ColumnKind.ID else bits
                tally.agreed += level == 0
                if level < 2:
                    reasons.append("same_id" if level == 0 else "similar_id")
        for _, feature in self._records.firm_ids:
            level = feature.level(left, right)
            if level != MISSING:
                tally.firm += feature.bits(left, right)
                tally.agreed += level == 0
                tally.doubt |= level == 2
                tally.anchored |= level < 2
                if level < 2:
                    reasons.append("same_registration" if level == 0 else "similar_registration")

    def _name(self, left: int, right: int, reasons: list[str]) -> tuple[float, int]:
        records = self._records
        given, family = records.given, records.family
        first = given.level(left, right) if given else MISSING
        last = family.level(left, right) if family else MISSING
        bits = (given.bits(left, right) if given else 0.0) + (family.bits(left, right) if family else 0.0)
        mine, theirs = records.persons[left], records.persons[right]
        if mine is None or theirs is None:
            return 0.0, ABSENT
        if persons.OTHER in (first, last) or MISSING in (first, last):
            crossed = self._crossed(left, right)
            if crossed > bits:
                reasons.append("swapped_name")
                return crossed, AGREES
        if mine.generation and theirs.generation and mine.generation != theirs.generation:
            return bits, CLASHES
        if persons.OTHER in (first, last):
            reasons.append("different_first_name" if first == persons.OTHER else "different_last_name")
            return bits, CLASHES
        same = first in (persons.SAME, MISSING) and last in (persons.SAME, MISSING)
        if first != MISSING or last != MISSING:
            reasons.append("same_name" if same else "similar_name")
        weak = MISSING in (first, last) or max(first, last) >= persons.LOOSE
        return bits, WEAK if weak or mine.generation != theirs.generation else AGREES

    def _crossed(self, left: int, right: int) -> float:
        """Return the evidence of names in each other's columns, 0 where they are not."""
        mine, theirs = self._records.persons[left], self._records.persons[right]
        given, family = self._records.given, self._records.family
        if mine is None or theirs is None or given is None or family is None:
            return 0.0
        one, other = _alike(mine.given, theirs.family), _alike(mine.family, theirs.given)
        if one < 0 or other < 0 or one + other == 0:
            return 0.0
        bits = -2.0
        if one and given.at[left] >= 0:
            bits += given.same_bits[given.at[left]] * one
        if other and family.at[left] >= 0:
            bits += family.same_bits[family.at[left]] * other
        return bits

    def _firm(self, left: int, right: int, tally: _Tally, reasons: list[str]) -> None:
        feature, domain = self._records.firm, self._records.domain
        if feature is not None and (level := feature.level(left, right)) != MISSING:
            tally.firm += feature.bits(left, right)
            if level <= firms.PARTLY:
                tally.agreed += level <= firms.CLOSE
                reasons.append("same_company" if level == firms.SAME else "similar_company")
            tally.doubt |= level >= firms.PARTLY
        if domain is not None and (level := domain.level(left, right)) != MISSING:
            tally.firm += domain.bits(left, right)
            if level == 0:
                tally.agreed += 1
                reasons.append("same_domain")

    def _place(self, left: int, right: int, tally: _Tally, reasons: list[str]) -> None:
        records = self._records
        weight = 1.0
        if records.street is not None and (level := records.street.level(left, right)) != MISSING:
            tally.place += records.street.bits(left, right)
            weight = 0.5
            if level <= places.NEAR:
                tally.agreed += 1
                tally.anchored |= "same_phone" in reasons
                reasons.append("same_address" if level == places.SAME else "similar_address")
            tally.doubt |= level >= places.NUMBER_DIFFERS
        for feature in (records.postcode, records.city):
            if feature is not None:
                tally.place += weight * feature.bits(left, right)
        for _, feature in records.regions:
            tally.place += 0.5 * weight * feature.bits(left, right)

    def _generic(self, left: int, right: int, tally: _Tally) -> None:
        for _, feature in self._records.generic:
            tally.generic += min(feature.bits(left, right), 3.0)
        titles = self._records.salutation
        if titles is not None and titles[left] and titles[right]:
            tally.doubt |= titles[left].casefold()[:2] != titles[right].casefold()[:2]


def _alike(left: str, right: str) -> float:
    """Return 1 for the same word, 0.8 for nearly, 0 where one is missing, -1 for different ones."""
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0 if len(left) > 1 else 0.2
    level = persons.compare_family(left, right)
    return 0.8 if level == persons.NEAR else -1.0
