"""Which rows are worth comparing: rows that share a key, never everybody with everybody.

A key that many rows share (a common name, a big company) would cost the square of them. Such a block is
sorted by what else stands in its rows, and each row is compared with its few neighbours only. So the number
of comparisons grows with the rows, whatever the list holds: at most `bound`.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from addon_backend.engine.organise.persons import Person
    from addon_backend.engine.organise.records import Records

BLOCK_CAP = 24
NEIGHBOURS = 3
KEYS_PER_ROW = 24
RARE_WORDS, RARE = 2, 10
"""How many words of a company's name are keys, and up to how many rows a word is one by itself."""


def bound(rows: int) -> int:
    """Return how many pairs are compared at most in a list of so many rows."""
    return rows * KEYS_PER_ROW * BLOCK_CAP // 2


def candidate_pairs(records: Records) -> list[tuple[int, int]]:
    """Return the pairs (smaller row first) worth comparing, in order; no more than `bound` of them."""
    pairs: set[int] = set()  # left * rows + right: half the memory of tuples, and sorted faster
    order = _order(records)
    for keys in key_families(records):
        blocks: defaultdict[str, list[int]] = defaultdict(list)
        for row, found in enumerate(keys):
            for key in found:
                blocks[key].append(row)
        for rows in blocks.values():
            if len(rows) > 1:
                pairs.update(_paired(rows, order))
    total = len(order)
    return [divmod(pair, total) for pair in sorted(pairs) if pair % (total + 1)]  # no row with itself


def _paired(rows: list[int], order: Sequence[str]) -> list[int]:
    total = len(order)
    if len(rows) <= BLOCK_CAP:  # rows stand in order here
        return [left * total + right for left, right in combinations(rows, 2)]
    alike = sorted(rows, key=lambda row: (order[row], row))
    near = (pair for step in range(1, NEIGHBOURS + 1) for pair in zip(alike, alike[step:], strict=False))
    return [left * total + right if left < right else right * total + left for left, right in near]


def _order(records: Records) -> list[str]:
    """Return a text by which rows that look alike stand side by side."""
    texts = []
    for row in range(records.rows):
        parts = []
        person = records.persons[row]
        if person is not None:
            parts.append(f"{person.family} {person.given}")
        if records.firm is not None and (firm := records.firm.value(row)):
            parts.append(firm.key)
        if records.street is not None and (street := records.street.value(row)):
            parts.append(f"{street.text} {street.number}")
        if records.mail is not None and (mail := records.mail.value(row)):
            parts.append(mail.local)
        texts.append("|".join(parts))
    return texts


def key_families(records: Records) -> Iterator[list[list[str]]]:
    """Yield, one family of keys after the other, the keys of each row; at most `KEYS_PER_ROW` in all."""
    yield [_contact_keys(records, row) for row in range(records.rows)]
    yield [_identity_keys(records, row) for row in range(records.rows)]
    yield [_name_keys(records, row) for row in range(records.rows)]
    yield [_firm_keys(records, row) for row in range(records.rows)]
    yield [_place_keys(records, row) for row in range(records.rows)]


def _contact_keys(records: Records, row: int) -> list[str]:
    keys = []
    person = records.persons[row]
    if records.mail is not None and (mail := records.mail.value(row)):
        keys.append(f"m{mail.local}@{mail.domain}")
        if not mail.role and len(mail.local) > 3:
            keys.append(f"l{mail.local}")
        if not mail.free and person is None:
            keys.append(f"d{mail.domain}{mail.local[:1]}")
    if records.phone is not None and (phone := records.phone.value(row)):
        keys.append(f"p{phone[-7:]}{_least_initial(person)}")
    if person is None and records.domain is not None and (domain := records.domain.value(row)):
        keys.append(f"w{domain}")
    return keys


def _identity_keys(records: Records, row: int) -> list[str]:
    keys = []
    for at, (_, feature) in enumerate((*records.person_ids[:2], *records.firm_ids[:3])):
        if value := feature.value(row):
            keys.append(f"{at}{value[:9]}")
    for _, feature in records.dates[:1]:
        if value := feature.value(row):
            keys.append(f"t{value}")
    return keys


def _name_keys(records: Records, row: int) -> list[str]:
    person = records.persons[row]
    if person is None:
        return []
    given, family = person.given, person.family
    keys = ["n" + " ".join(sorted(f"{given} {family}".split()))]
    if given and family:
        keys += [f"f{family}{given[0]}", f"s{family[:4]}{given[:3]}"]
        keys.append("c" + "".join(sorted((given[:4], family[:4]))))
    parts = [word for word in (given, family) if word]
    office = _office(records, row)
    if office:
        return [*keys, *(f"o{word[:3]}{office}" for word in parts)]
    if given and family:
        keys.append(f"g{given}{family[0]}")
    if records.dates and (date := records.dates[0][1].value(row)):
        keys += [f"y{word[:4]}{date[:4]}" for word in parts]
        keys += [f"e{word[:4]}{date[4:]}" for word in parts]
    if records.city and (city := records.city.value(row)):
        keys += [f"v{word}{city[:4]}" for word in parts]
    if records.postcode and (postcode := records.postcode.value(row)):
        keys += [f"x{postcode}{word[:3]}" for word in parts]
    return keys


def _office(records: Records, row: int) -> str:
    """Return what colleagues share, "" where the row says nothing of a company."""
    if records.domain is not None and (domain := records.domain.value(row)):
        return domain.partition(".")[0]
    if records.firm is not None and (firm := records.firm.value(row)):
        return "".join(firm.words)
    return ""


def _least_initial(person: Person | None) -> str:
    """Return an initial that stays the same when first and last name are swapped."""
    return "" if person is None else min(word[0] for word in (person.given, person.family) if word)


def _firm_keys(records: Records, row: int) -> list[str]:
    feature = records.firm
    if feature is None or records.persons[row] is not None or (firm := feature.value(row)) is None:
        return []  # colleagues are found by their names
    shared = [word for word in firm.words if feature.rows_with(word) > 1]
    rare = sorted(shared, key=lambda word: (feature.rows_with(word), word))[:RARE_WORDS]
    place = _town(records, row)
    keys = [f"k{firm.key}", f"b{firm.joined[:12]}"]
    keys += [f"r{word}" if feature.rows_with(word) <= RARE else f"r{word}{place}" for word in rare]
    if len(firm.words) > 2:
        keys.append("i" + "".join(word[0] for word in firm.words))
    return keys


def _town(records: Records, row: int) -> str:
    """Return what tells the garages of one town from those of another, "" where the row does not say."""
    if records.postcode is not None and (postcode := records.postcode.value(row)):
        return postcode[:2]
    return (records.city.value(row) or "")[:4] if records.city else ""


def _place_keys(records: Records, row: int) -> list[str]:
    person = records.persons[row]
    street = records.street.value(row) if records.street else None
    if street is None or (person is not None and _office(records, row)):
        return []
    keys = []
    postcode = records.postcode.value(row) if records.postcode else None
    if street.number:
        keys += [f"a{street.number}{word[:4]}" for word in sorted(street.words, key=len)[-2:]]
    if postcode and street.words:
        keys.append(f"z{postcode}{max(street.words, key=len)[:5]}")
    return keys
