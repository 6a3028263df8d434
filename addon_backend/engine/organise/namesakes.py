"""What two people's names say together: the same, a short form, swapped columns, or two people."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from addon_backend.engine.organise import persons
from addon_backend.engine.organise.evidence import MISSING

if TYPE_CHECKING:
    from addon_backend.engine.organise.records import Records

_SWAP_COST = 2.0  # bits: two columns were mixed up, which happens to one row in four at worst


class NameState(IntEnum):
    """How two names stand to each other: ``LIKE`` is a slip or a short form, ``PART`` a half or initial."""

    SAME = 0
    LIKE = 1
    PART = 2
    ABSENT = 3
    CLASH = 4


class Names:
    """Compares the names of two rows that both have one."""

    def __init__(self, records: Records) -> None:
        """Note each row's initials: two rows without a common one are two people."""
        self._persons = records.persons
        self._given = records.given
        self._family = records.family
        self.initials = [_initials(person) for person in records.persons]

    def compare(self, left: int, right: int) -> tuple[float, NameState, str]:
        """Return the evidence in bits, how the names stand to each other, and a reason code or ""."""
        mine, theirs = self._persons[left], self._persons[right]
        if mine is None or theirs is None:
            return 0.0, NameState.ABSENT, ""
        first, given_bits = self._given.meet(left, right) if self._given else (MISSING, 0.0)
        last, family_bits = self._family.meet(left, right) if self._family else (MISSING, 0.0)
        bits = given_bits + family_bits
        apart = persons.OTHER in (first, last)
        if apart or MISSING in (first, last):
            crossed = self._crossed(left, mine, theirs)
            if crossed > max(bits, 0.0):
                return crossed, NameState.LIKE, "swapped_name"
        if mine.generation and theirs.generation and mine.generation != theirs.generation:
            return bits, NameState.CLASH, "different_generation"
        if apart:
            reason = "different_first_name" if first == persons.OTHER else "different_last_name"
            return bits, NameState.CLASH, reason
        if mine.generation != theirs.generation:
            return bits, NameState.PART, "different_generation"
        if MISSING in (first, last) or max(first, last) >= persons.LOOSE:
            return bits, NameState.PART, "similar_name" if bits > 0 else ""
        if first == last == persons.SAME:
            return bits, NameState.SAME, "same_name"
        return bits, NameState.LIKE, "similar_name"

    def _crossed(self, left: int, mine: persons.Person, theirs: persons.Person) -> float:
        """Return the evidence of names in each other's columns, 0 where they are not."""
        given, family = self._given, self._family
        if given is None or family is None:
            return 0.0
        one, other = _alike(mine.given, theirs.family), _alike(mine.family, theirs.given)
        if one < 0 or other < 0 or one + other == 0:
            return 0.0
        bits = -_SWAP_COST
        if one > 0:
            bits += given.same_bits[given.at[left]] * one
        if other > 0:
            bits += family.same_bits[family.at[left]] * other
        return bits


def _initials(person: persons.Person | None) -> frozenset[str]:
    return (
        frozenset()
        if person is None
        else frozenset(word[0] for word in (person.given, person.family) if word)
    )


def _alike(left: str, right: str) -> float:
    """Return 1 for the same word, 0.8 for nearly, 0 where one is missing, -1 for different ones."""
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0 if len(left) > 1 else 0.2
    if left[0] != right[0] and left[-1] != right[-1]:
        return -1.0
    level = persons.compare_family(left, right)
    return 0.8 if level == persons.NEAR else -1.0
