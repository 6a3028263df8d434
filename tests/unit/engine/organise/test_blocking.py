"""The work grows with the rows, whatever stands in them: a bound on comparisons, not on seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.organise.blocking import KEYS_PER_ROW, bound, candidate_pairs, key_families
from addon_backend.engine.organise.grouping import group
from addon_backend.engine.organise.judging import Judge
from addon_backend.engine.organise.records import Records

ROWS = 2_000
WORST = {
    "one company, everybody else differs": {
        Kind.COMPANY_NAME: ["Acme SAS"] * ROWS,
        Kind.COMPANY_DOMAIN: ["acme.example"] * ROWS,
        Kind.PERSON_FIRST_NAME: [f"Given{number}" for number in range(ROWS)],
        Kind.PERSON_LAST_NAME: [f"Family{number}" for number in range(ROWS)],
        Kind.EMAIL: [f"p{number}@acme.example" for number in range(ROWS)],
        Kind.PHONE: ["+33 1 44 55 66 77"] * ROWS,
        Kind.ADDRESS_STREET: ["12 rue de la Paix"] * ROWS,
        Kind.ADDRESS_POSTCODE: ["75002"] * ROWS,
        Kind.ADDRESS_CITY: ["Paris"] * ROWS,
        Kind.DATE: ["2024-01-01"] * ROWS,
    },
    "one name": {
        Kind.PERSON_FULL_NAME: ["Jean Martin"] * ROWS,
        Kind.ADDRESS_CITY: [f"City{number}" for number in range(ROWS)],
    },
    "companies of a few words": {
        Kind.COMPANY_NAME: [f"Garage {'ABCDEFGH'[number % 8]} Paris {number % 50}" for number in range(ROWS)],
        Kind.ADDRESS_STREET: [f"{number % 5} rue du Port" for number in range(ROWS)],
        Kind.PHONE: [f"01445566{number % 10:02d}" for number in range(ROWS)],
    },
}


@pytest.mark.parametrize("list_name", WORST)
def test_comparisons_stay_within_the_bound(list_name: str) -> None:
    """Never everybody with everybody: here that would be two million pairs."""
    pairs = candidate_pairs(_records(WORST[list_name], ROWS))

    assert len(pairs) <= bound(ROWS) < ROWS * (ROWS - 1) // 2
    assert all(left < right for left, right in pairs)


@pytest.mark.parametrize("list_name", WORST)
def test_twice_the_rows_is_about_twice_the_work(list_name: str) -> None:
    """Comparisons per row do not grow with the list."""
    columns = WORST[list_name]
    half = {kind: cells[: ROWS // 2] for kind, cells in columns.items()}

    small = len(candidate_pairs(_records(half, ROWS // 2)))
    large = len(candidate_pairs(_records(columns, ROWS)))

    assert large <= 2.5 * small


@pytest.mark.parametrize("list_name", WORST)
def test_whatever_is_found_the_comparing_stays_within_the_bound(list_name: str) -> None:
    """Grouping asks again for a few members of each group, never for all."""
    records = _records(WORST[list_name], ROWS)
    judge = Judge(records, ROWS)
    pairs = candidate_pairs(records)
    links = [(left, right, found) for left, right in pairs if (found := judge.verdict(left, right))]

    group(links, judge)

    assert judge.compared <= len(pairs) + 16 * len(links)


def test_no_row_has_more_keys_than_the_bound_counts_on() -> None:
    """A row with every kind filled is in no more blocks than `KEYS_PER_ROW`."""
    everything = {kind: [_FILLED.get(kind, "x1234567"), "other"] for kind in Kind}

    for spared in ((), (Kind.COMPANY_NAME, Kind.COMPANY_DOMAIN, Kind.URL), tuple(_NAMES)):
        columns = {kind: cells for kind, cells in everything.items() if kind not in spared}
        keys = sum(len(family[0]) for family in key_families(_records(columns, 2)))
        assert keys <= KEYS_PER_ROW


_NAMES = (Kind.PERSON_FULL_NAME, Kind.PERSON_FIRST_NAME, Kind.PERSON_LAST_NAME)
_FILLED = {
    Kind.EMAIL: "jean.dupont@acme.example",
    Kind.PHONE: "+33144556677",
    Kind.PERSON_FIRST_NAME: "Jean",
    Kind.PERSON_LAST_NAME: "Dupont",
    Kind.PERSON_FULL_NAME: "Jean Dupont",
    Kind.COMPANY_NAME: "Acme Bois Conseil Paris SAS",
    Kind.COMPANY_DOMAIN: "acme.example",
    Kind.URL: "https://acme.example/",
    Kind.ADDRESS_STREET: "12 rue de la Grande Paix",
    Kind.ADDRESS_LINE: "12 rue de la Grande Paix",
    Kind.ADDRESS_POSTCODE: "75002",
    Kind.ADDRESS_CITY: "Paris",
    Kind.DATE: "1980-02-03",
}


def _records(columns: Mapping[Kind, Sequence[str]], rows: int) -> Records:
    return Records(list(columns.items()), {}, range(rows))
