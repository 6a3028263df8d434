"""Whether two rows are one: bits of evidence summed, and the rules that no sum may break."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log2
from typing import TYPE_CHECKING

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.organise import contacts, firms, places
from addon_backend.engine.organise.evidence import MISSING
from addon_backend.engine.organise.namesakes import Names, NameState
from addon_backend.engine.organise.sharing import shared_phones

if TYPE_CHECKING:
    from addon_backend.engine.organise.records import Records

LINK, SURE = 0.0, 8.0
"""Bits above which two rows are shown as one, and above which nobody needs to look."""

_ANCHOR = 6.0  # bits of personal evidence that outweigh a name that clashes
_OVERWHELMING = 20.0  # bits that outweigh a doubt: several rare values in common
_MOST_PARTNERS = 2.0
_GENERIC_EACH = 4.0
_GENERIC_CAP = 4.0
_SAME_LOCAL_CAP = 2.0  # jdupont@ here and jdupont@ there follows from the name

_DATE_REASONS = ("same_date", "similar_date", "different_date", "different_date")
_REGISTRATION_REASONS = ("same_registration", "similar_registration", "different_registration")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why two rows are one: the evidence after the prior, whether nobody must look, reason codes."""

    bits: float
    sure: bool
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """Evidence of one pair by whose it is.

    ``personal`` evidence belongs to one person, ``contact`` to a phone, ``firm`` to everybody in the company
    (each value kept apart: colleagues share them all at once), ``place`` to everybody at the address.
    ``hard`` counts agreements that hardly happen by chance, ``soft`` the others; ``doubt`` asks for a look,
    ``veto`` always does; ``anchored`` outweighs company names that clash.
    """

    personal: float = 0.0
    contact: float = 0.0
    firm: list[float] = field(default_factory=list)
    place: list[float] = field(default_factory=list)
    generic: float = 0.0
    identified: bool = False
    hard: int = 0
    soft: int = 0
    doubt: bool = False
    veto: bool = False
    anchored: bool = False
    reasons: list[str] = field(default_factory=list)

    def together(self) -> float:
        """Return what a shared company and address say about two people in it: the rarest value alone."""
        values = [*self.firm, *self.place]
        most = max(values, default=0.0)
        return max(most, 0.0) + 0.5 * sum(value for value in values if value < 0)


class Judge:
    """Compares rows of one list; ``compared`` counts the comparisons."""

    def __init__(self, records: Records, rows: int) -> None:
        """Take the prior from the length of the list: one true partner among all its rows."""
        self._records = records
        self._rows = max(rows, 2)
        self._prior = -log2(self._rows)
        self._shared = shared_phones(records)
        self._names = Names(records)
        self._office = records.firm is not None or records.domain is not None
        own = [feature for feature in (records.phone, records.domain) if feature is not None]
        self._firm_anchors = [*own, *(feature for _, feature in records.firm_ids)]
        self.compared = 0

    def expect(self, partners: float) -> bool:
        """Take a prior of so many true partners per row, within reason; tell whether it grew."""
        before = self._prior
        self._prior = log2(min(max(partners, 1.0), _MOST_PARTNERS) / self._rows)
        return self._prior > before

    def verdict(self, left: int, right: int) -> Verdict | None:
        """Return why two rows are one, None where they are not."""
        self.compared += 1
        mine, theirs = self._names.initials[left], self._names.initials[right]
        if mine and theirs:
            return self._people(left, right, strangers=not mine & theirs)
        return self._companies(left, right, named=bool(mine or theirs))

    def clash(self, left: int, right: int) -> bool:
        """Tell whether two rows have names of two people in a list of colleagues, who share all the rest."""
        return self._office and self._names.compare(left, right)[1] is NameState.CLASH

    def _people(self, left: int, right: int, *, strangers: bool) -> Verdict | None:
        if strangers and not self._same_anchor(left, right):
            return None
        name, state, reason = self._names.compare(left, right)
        if state is NameState.CLASH and not self._may_be_anchored(left, right):
            return None
        tally = Tally()
        self._personal(left, right, tally)
        self._generic(left, right, tally)
        spare = 0.0 if self._office else max(tally.generic - _GENERIC_CAP, 0.0)
        if state is NameState.CLASH and tally.personal + spare < _ANCHOR:
            return None
        if reason:
            tally.reasons.append(reason)
        self._phone(left, right, tally)
        self._firm(left, right, tally)
        self._place(left, right, tally)
        bits = name + tally.personal + tally.contact
        if not self._office:
            bits += sum(tally.place) + sum(tally.firm)
        elif state is not NameState.CLASH:
            bits += tally.together()
        tally.hard += state is NameState.SAME
        tally.soft += state in (NameState.LIKE, NameState.PART) and name > 0
        tally.veto |= state is NameState.CLASH or (state is NameState.PART and not tally.identified)
        tally.veto |= reason == "different_generation"
        return self._weighed(tally, bits + spare)

    def _companies(self, left: int, right: int, *, named: bool) -> Verdict | None:
        if not named and not self._may_be_one_firm(left, right):
            return None
        tally = Tally()
        self._personal(left, right, tally)
        self._phone(left, right, tally)
        self._firm(left, right, tally)
        self._place(left, right, tally)
        bits = tally.personal + tally.contact
        if named:
            tally.veto = True
            bits += tally.together() if self._office else sum(tally.place) + sum(tally.firm)
        elif self._strangers(left, right, tally):
            return None
        else:
            bits += sum(tally.firm) + sum(tally.place)
        self._generic(left, right, tally)
        return self._weighed(tally, bits)

    def _weighed(self, tally: Tally, bits: float) -> Verdict | None:
        bits += min(tally.generic, _GENERIC_CAP) + self._prior
        if bits < LINK:
            return None
        doubt = tally.veto or (tally.doubt and bits < _OVERWHELMING)
        sure = bits >= SURE and not doubt and tally.hard >= 1 and tally.hard + tally.soft >= 2
        return Verdict(bits, sure, tuple(tally.reasons))

    def _same_anchor(self, left: int, right: int) -> bool:
        """Tell whether two people without a common initial share an address, a birthday or a number."""
        records = self._records
        if records.mail is not None and records.mail.same(left, right):
            return True
        return any(feature.same(left, right) for _, feature in (*records.dates, *records.person_ids))

    def _may_be_anchored(self, left: int, right: int) -> bool:
        """Tell cheaply whether two clashing names are worth a closer look; most pairs end here."""
        records = self._records
        if records.dates or records.person_ids or (records.generic and not self._office):
            return True
        return records.mail is not None and MISSING < records.mail.meet(left, right)[0] <= contacts.NEAR_MAIL

    def _may_be_one_firm(self, left: int, right: int) -> bool:
        """Tell cheaply whether two companies are worth a closer look; most pairs end here."""
        records = self._records
        if records.firm is None or records.firm.meet(left, right)[0] < firms.OTHER:
            return True
        mail = records.mail
        if mail is not None and MISSING < mail.meet(left, right)[0] <= contacts.NEAR_MAIL:
            return True
        for feature in self._firm_anchors:  # noqa: SIM110 - a generator costs more than the comparing
            if MISSING < feature.meet(left, right)[0] <= 1:
                return True
        return False

    def _strangers(self, left: int, right: int, tally: Tally) -> bool:
        """Tell whether two companies' names clash and nothing else says that they are one."""
        if self._records.firm is None or tally.anchored:
            return False
        level, _ = self._records.firm.meet(left, right)
        if level == firms.LITTLE:
            return "same_address" not in tally.reasons and "similar_address" not in tally.reasons
        moved = "different_address" in tally.reasons and tally.contact <= 0
        return level == firms.OTHER or (level == firms.PARTLY and moved)

    def _personal(self, left: int, right: int, tally: Tally) -> None:
        self._mail(left, right, tally)
        for _, feature in self._records.dates:
            level, bits = feature.meet(left, right)
            if level != MISSING:
                tally.personal += bits
                tally.soft += level == 0
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

    def _phone(self, left: int, right: int, tally: Tally) -> None:
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

    def _firm(self, left: int, right: int, tally: Tally) -> None:
        records = self._records
        for _, feature in records.firm_ids:
            level, bits = feature.meet(left, right)
            if level != MISSING:
                tally.firm.append(bits)
                tally.hard += level == 0
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
                tally.hard += 1
                tally.anchored = True
                tally.reasons.append("same_domain")

    def _place(self, left: int, right: int, tally: Tally) -> None:
        records = self._records
        weight = 1.0
        if records.street is not None:
            level, bits = records.street.meet(left, right)
            tally.place.append(bits)
            weight = 1.0 if level == MISSING else 0.5
            if MISSING < level <= places.NEAR:
                tally.hard += 1
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

    def _generic(self, left: int, right: int, tally: Tally) -> None:
        total = tally.generic
        for kind, feature in self._records.generic:
            level, bits = feature.meet(left, right)
            total += min(bits, _GENERIC_EACH)
            if level == 2 and kind is ColumnKind.PERSON_FULL_NAME:
                tally.veto = True
                tally.reasons.append("different_contact")
        tally.generic = max(total, -_GENERIC_CAP)
        mine, theirs = self._records.gender[left], self._records.gender[right]
        if mine is not None and theirs is not None and mine != theirs:
            tally.veto = True
            tally.reasons.append("different_salutation")
