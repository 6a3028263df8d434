"""Which phone numbers are switchboards: answered for several people or several companies."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from addon_backend.engine.organise.records import Records


def shared_phones(records: Records) -> frozenset[int]:
    """Return the numbers (places among the phone feature's values) that more than one person answers.

    Names are told apart by their first letters only, so that a slip does not make two people of one. Where no
    row has a person's name, three companies without a word in common make a switchboard.
    """
    phone = records.phone
    if phone is None:
        return frozenset()
    people: defaultdict[int, set[tuple[str, ...]]] = defaultdict(set)
    companies: defaultdict[int, set[tuple[str, ...]]] = defaultdict(set)
    for row, place in enumerate(phone.at):
        if place < 0 or phone.counts[place] < 2:
            continue
        person = records.persons[row]
        if person is not None:
            people[place].add(tuple(word[:3] for word in (person.given, person.family) if word))
        elif records.firm is not None and (firm := records.firm.value(row)) is not None:
            companies[place].add(firm.words)
    several = {place for place, names in people.items() if _strangers(names) > 1}
    return frozenset(several | {place for place, names in companies.items() if _strangers(names) > 2})


def _strangers(names: set[tuple[str, ...]]) -> int:
    """Count the groups of names that have no word in common with one another."""
    groups: list[set[str]] = []
    for words in sorted(names):
        touching = [group for group in groups if group & set(words)]
        merged = set(words).union(*touching)
        groups = [group for group in groups if group not in touching] + [merged]
    return len(groups)
