"""What two rows have in common, gathered by whom it belongs to: a person, a phone, a company, a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.organise import contacts, firms, places
from addon_backend.engine.organise.evidence import MISSING
from addon_backend.engine.organise.sharing import shared_phones

if TYPE_CHECKING:
    from addon_backend.engine.organise.records import Records

_GENERIC_EACH = 4.0  # bits: the most that one other column can say
_GENERIC_LEAST = -4.0  # bits: the most that all of them can deny
_SAME_LOCAL_CAP = 2.0  # jdupont@ here and jdupont@ there follows from the name
_RARE_DATE = 8.0  # bits: a birthday, not the day of an import

_DATE_REASONS = ("same_date", "similar_date", "different_date", "different_date")
_REGISTRATION_REASONS = ("same_registration", "similar_registration", "different_registration")


@dataclass(slots=True)
class Tally:
    """Evidence of one pair by whose it is.

    ``personal`` evidence belongs to one person, ``contact`` to a phone, ``firm`` to everybody in the company
    (each value kept apart: colleagues share them all at once), ``place`` to everybody at the address.
    ``hard`` counts agreements that hardly happen by chance, ``soft`` the others, ``common`` those that are
    hard for companies and soft for the people in them. ``identified`` says that a person's own e-mail or
    number is the same; ``doubt`` asks for a look, ``veto`` always does; ``anchored`` outweighs company names
    that clash.
    """

    personal: float = 0.0
    contact: float = 0.0
    firm: list[float] = field(default_factory=list)
    place: list[float] = field(default_factory=list)
    generic: float = 0.0
    identified: bool = False
    hard: int = 0
    soft: int = 0
    common: int = 0
    doubt: bool = False
    veto: bool = False
    anchored: bool = False
    reasons: list[str] = field(default_factory=list)

    def together(self) -> float:
        """Return what a shared company and address say about two people in it: the rarest value alone."""
        values = [*self.firm, *self.place]
        most = max(values, default=0.0)
        return max(most, 0.0) + 0.5 * sum(value for value in values if value < 0)


class Witness:
    """Gathers the evidence of two rows into a `Tally`, one subject at a time."""

    def __init__(self, records: Records) -> None:
        """Note which phones are switchboards."""
        self._records = records
        self._shared = shared_phones(records)

    def personal(self, left: int, right: int, tally: Tally) -> None:
        """Add e-mails, dates and personal numbers."""
        self._mail(left, right, tally)
        for _, feature in self._records.dates:
            level, bits = feature.meet(left, right)
            if level != MISSING:
                tally.personal += bits
                tally.hard += level == 0 and bits >= _RARE_DATE
                tally.soft += level == 0 and bits < _RARE_DATE
                tally.doubt |= level == contacts.LOOSE_DATE
                tally.veto |= level == contacts.OTHER_DATE
                tally.reasons.append(_DATE_REASONS[level])
        for _, feature in self._records.person_ids:
            level, bits = feature.meet(left, right)
            if level != MISSING:
                tally.personal += max(bits, -2.0)
                tally.hard += level == 0
                tally.identified |= level == 0
                if level < 2:
                    tally.reasons.append("same_id" if level == 0 else "similar_id")

    def _mail(self, left: int, right: int, tally: Tally) -> None:
        feature = self._records.mail
        if feature is None:
            return
        level, bits = feature.meet(left, right)
        if level == MISSING:
            return
        value = feature.value(left)
        if level == contacts.SAME_MAIL and value is not None and value.role:
            tally.firm.append(bits)
            tally.soft += 1
            tally.reasons.append("same_shared_mailbox")
        elif level <= contacts.NEAR_MAIL:
            tally.personal += bits
            tally.hard += level == contacts.SAME_MAIL
            tally.identified |= level == contacts.SAME_MAIL
            tally.soft += level == contacts.NEAR_MAIL
            tally.anchored = True
            tally.reasons.append("same_email" if level == contacts.SAME_MAIL else "similar_email")
        elif level == contacts.SAME_LOCAL:
            tally.generic += min(bits, _SAME_LOCAL_CAP)
        elif level == contacts.SAME_COMPANY:
            tally.firm.append(bits)
        else:
            tally.personal += bits

    def phone(self, left: int, right: int, tally: Tally) -> None:
        """Add the phone: a switchboard is the company's."""
        feature = self._records.phone
        if feature is None:
            return
        level, bits = feature.meet(left, right)
        if level == MISSING:
            return
        if level == 0 and feature.at[left] in self._shared:
            tally.firm.append(bits)
            tally.reasons.append("same_switchboard")
            return
        tally.contact += bits
        if level < 2:
            tally.hard += level == 0
            tally.reasons.append("same_phone" if level == 0 else "similar_phone")

    def firm(self, left: int, right: int, tally: Tally) -> None:
        """Add registration numbers, the company's name and its domain."""
        records = self._records
        for _, feature in records.firm_ids:
            level, bits = feature.meet(left, right)
            if level != MISSING:
                tally.firm.append(bits)
                tally.common += level == 0
                tally.veto |= level == 2
                tally.anchored |= level < 2
                tally.reasons.append(_REGISTRATION_REASONS[level])
        if records.firm is not None:
            level, bits = records.firm.meet(left, right)
            tally.firm.append(bits)
            if MISSING < level <= firms.PARTLY:
                tally.soft += level <= firms.CLOSE
                tally.reasons.append("same_company" if level == firms.SAME else "similar_company")
            mine, theirs = records.forms[left], records.forms[right]
            tally.doubt |= level >= firms.PARTLY
            if level <= firms.PARTLY and mine and theirs and mine != theirs:
                tally.doubt = True
                tally.reasons.append("different_legal_form")
        if records.domain is not None:
            level, bits = records.domain.meet(left, right)
            tally.firm.append(bits)
            if level == 0:
                tally.common += 1
                tally.anchored = True
                tally.reasons.append("same_domain")

    def place(self, left: int, right: int, tally: Tally) -> None:
        """Add the address, after the phone: the city says half as much where the street has spoken."""
        records = self._records
        weight = 1.0
        if records.street is not None:
            level, bits = records.street.meet(left, right)
            tally.place.append(bits)
            weight = 1.0 if level == MISSING else 0.5
            if MISSING < level <= places.NEAR:
                tally.common += 1
                tally.anchored |= "same_phone" in tally.reasons
                tally.reasons.append("same_address" if level == places.SAME else "similar_address")
            if level >= places.NUMBER_DIFFERS:
                tally.doubt = True
                tally.reasons.append("different_address")
        for feature in (records.postcode, records.city):
            if feature is not None:
                _, bits = feature.meet(left, right)
                tally.place.append(weight * bits if bits > 0 else bits)
        for _, region in records.regions:
            tally.place.append(0.5 * weight * region.meet(left, right)[1])

    def generic(self, left: int, right: int, tally: Tally) -> None:
        """Add all other columns, and the salutation."""
        total = tally.generic
        for kind, feature in self._records.generic:
            level, bits = feature.meet(left, right)
            total += min(bits, _GENERIC_EACH)
            if level == 2 and kind is ColumnKind.PERSON_FULL_NAME:
                tally.veto = True
                tally.reasons.append("different_contact")
        tally.generic = max(total, _GENERIC_LEAST)
        mine, theirs = self._records.gender[left], self._records.gender[right]
        if mine is not None and theirs is not None and mine != theirs:
            tally.veto = True
            tally.reasons.append("different_salutation")
