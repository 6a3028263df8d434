"""Whether two rows are one: bits of evidence summed, and the rules that no sum may break."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from addon_backend.engine.organise import contacts, firms
from addon_backend.engine.organise.evidence import MISSING
from addon_backend.engine.organise.namesakes import Names, NameState
from addon_backend.engine.organise.tally import Tally, Witness

if TYPE_CHECKING:
    from addon_backend.engine.organise.records import Records

LINK, SURE = 0.0, 8.0
"""Bits above which two rows are shown as one, and above which nobody needs to look."""

_ANCHOR = 6.0  # bits of personal evidence that outweigh a name that clashes
_OVERWHELMING = 20.0  # bits that outweigh a doubt: several rare values in common
_MOST_PARTNERS = 2.0
_GENERIC_CAP = 4.0
_TRADE_CAP = 1.0  # other columns of a company tell its trade, which its neighbours share


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why two rows are one: the evidence after the prior, whether nobody must look, reason codes."""

    bits: float
    sure: bool
    reasons: tuple[str, ...]


class Judge:
    """Compares rows of one list; ``compared`` counts the comparisons."""

    def __init__(self, records: Records, rows: int) -> None:
        """Take the prior from the length of the list: one true partner among all its rows."""
        self._records = records
        self._rows = max(rows, 2)
        self._prior = -log2(self._rows)
        self._witness = Witness(records)
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
        self._witness.personal(left, right, tally)
        self._witness.generic(left, right, tally)
        spare = 0.0 if self._office else max(tally.generic - _GENERIC_CAP, 0.0)
        if state is NameState.CLASH and tally.personal + spare < _ANCHOR:
            return None
        if reason:
            tally.reasons.append(reason)
        self._witness.phone(left, right, tally)
        self._witness.firm(left, right, tally)
        self._witness.place(left, right, tally)
        bits = name + tally.personal + tally.contact
        if not self._office:
            bits += sum(tally.place) + sum(tally.firm)
        elif state is not NameState.CLASH:
            bits += tally.together()
        tally.hard += state is NameState.SAME
        tally.soft += tally.common
        tally.soft += state in (NameState.LIKE, NameState.PART) and name > 0
        tally.veto |= state is NameState.CLASH or (state is NameState.PART and not tally.identified)
        tally.veto |= reason == "different_generation"
        tally.veto |= not any(
            reason.startswith("same_") and reason != "same_name" for reason in tally.reasons
        )
        return self._weighed(tally, bits + spare, _GENERIC_CAP)

    def _companies(self, left: int, right: int, *, named: bool) -> Verdict | None:
        if not named and not self._may_be_one_firm(left, right):
            return None
        tally = Tally()
        self._witness.personal(left, right, tally)
        self._witness.phone(left, right, tally)
        self._witness.firm(left, right, tally)
        self._witness.place(left, right, tally)
        bits = tally.personal + tally.contact
        if named:
            tally.veto = True
            bits += tally.together() if self._office else sum(tally.place) + sum(tally.firm)
        elif self._strangers(left, right, tally) or self._colleagues(left, right, tally):
            return None
        else:
            bits += sum(tally.firm) + sum(tally.place)
        tally.hard += tally.common
        self._witness.generic(left, right, tally)
        return self._weighed(tally, bits, _TRADE_CAP)

    def _weighed(self, tally: Tally, bits: float, cap: float) -> Verdict | None:
        bits += min(tally.generic, cap) + self._prior
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

    def _colleagues(self, left: int, right: int, tally: Tally) -> bool:
        """Tell whether two people with addresses of their own have nothing but the company in common."""
        mail = self._records.mail
        if mail is None or mail.meet(left, right)[0] != contacts.SAME_COMPANY:
            return False
        boxes = mail.value(left), mail.value(right)
        shared = {"same_phone", "same_registration", "same_address"}
        return not any(box is None or box.role for box in boxes) and shared.isdisjoint(tally.reasons)

    def _strangers(self, left: int, right: int, tally: Tally) -> bool:
        """Tell whether two companies' names clash and nothing else says that they are one."""
        if self._records.firm is None or tally.anchored:
            return False
        level, _ = self._records.firm.meet(left, right)
        if level == firms.LITTLE:
            return "same_address" not in tally.reasons and "similar_address" not in tally.reasons
        moved = "different_address" in tally.reasons and tally.contact <= 0
        return level == firms.OTHER or (level == firms.PARTLY and moved)
