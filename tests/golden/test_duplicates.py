"""Duplicates in lists that other people made and labelled, all at the one default setting.

The floors stand just below what was reached; the figures are printed with ``pytest -s``. A pair counts as
found when both rows are in one group of either band.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import pytest

from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.organise import find_duplicates

_PERSONS = {
    Kind.PERSON_FIRST_NAME: ("given_name",),
    Kind.PERSON_LAST_NAME: ("surname",),
    Kind.ADDRESS_STREET: ("street_number", "address_1"),
    Kind.ADDRESS_CITY: ("suburb",),
    Kind.ADDRESS_POSTCODE: ("postcode",),
    Kind.ADDRESS_REGION: ("state",),
    Kind.DATE: ("date_of_birth",),
    Kind.ID: ("soc_sec_id",),
    Kind.TEXT: ("address_2",),
}
_FAKE = {
    Kind.PERSON_FIRST_NAME: ("first_name",),
    Kind.PERSON_LAST_NAME: ("surname",),
    Kind.DATE: ("dob",),
    Kind.ADDRESS_CITY: ("city",),
    Kind.EMAIL: ("email",),
}
_SITES = {
    Kind.COMPANY_NAME: ("Site name",),
    Kind.ADDRESS_LINE: ("Address",),
    Kind.ADDRESS_POSTCODE: ("Zip",),
    Kind.PHONE: ("Phone",),
}
_RESTAURANTS = {
    Kind.COMPANY_NAME: ("name",),
    Kind.ADDRESS_STREET: ("address",),
    Kind.ADDRESS_CITY: ("city",),
    Kind.TEXT: ("cuisine",),
}


@dataclass(frozen=True)
class Case:
    """A labelled list, its columns, and the least it must reach: F1 of all groups, precision of sure ones."""

    files: tuple[str, ...]
    label: str
    columns: Mapping[Kind, tuple[str, ...]]
    f1: float
    sure_precision: float


CASES = {
    "Febrl 3": Case(("febrl/dataset3.csv",), "rec_id", _PERSONS, 0.999, 0.999),
    "Febrl 4": Case(("febrl/dataset4a.csv", "febrl/dataset4b.csv"), "rec_id", _PERSONS, 0.999, 0.999),
    "fake_1000": Case(("splink/fake_1000.csv",), "cluster", _FAKE, 0.95, 0.999),
    "csv_example": Case(
        ("dedupe_csv_example/csv_example_input_with_true_ids.csv",), "True Id", _SITES, 0.945, 0.96
    ),
    "restaurants": Case(
        ("restaurants/restaurant-nophone-training.csv",), "unique_id", _RESTAURANTS, 0.93, 0.97
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_duplicates_that_others_labelled_are_found(name: str, corpora: Path) -> None:
    """Precision and recall over pairs stay at what was reached, and a sure group is right."""
    case = CASES[name]
    rows = [row for file in case.files for row in _rows(corpora / "dedupe" / file)]
    columns = {kind: _column(rows, names) for kind, names in case.columns.items()}
    true = _pairs(_labelled(_label(row[case.label]) for row in rows))

    groups = find_duplicates(columns, {})

    found = _pairs(group.rows for group in groups)
    sure = _pairs(group.rows for group in groups if group.band == "sure")
    precision, recall, f1 = _figures(found, true)
    sure_precision, sure_recall, _ = _figures(sure, true)
    print(  # noqa: T201 - the figures are the point
        f"\n{name}: {len(rows)} rows, P {precision:.4f} R {recall:.4f} F1 {f1:.4f};"
        f" sure P {sure_precision:.4f} R {sure_recall:.4f}"
    )
    assert f1 >= case.f1
    assert sure_precision >= case.sure_precision


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="", encoding="utf-8", errors="replace") as lines:
        return list(csv.DictReader(lines, skipinitialspace=True))


def _column(rows: Sequence[Mapping[str, str]], names: tuple[str, ...]) -> list[str]:
    return [" ".join((row[name] or "").strip().strip("'") for name in names).strip() for row in rows]


def _label(text: str) -> str:
    """Febrl numbers its people inside ``rec-1496-dup-0``; the others have a column of their own."""
    return text.split("-")[1] if text.startswith("rec-") else text


def _labelled(labels: Iterable[str]) -> list[list[int]]:
    members: defaultdict[str, list[int]] = defaultdict(list)
    for row, label in enumerate(labels):
        members[label].append(row)
    return list(members.values())


def _pairs(groups: Iterable[Sequence[int]]) -> set[tuple[int, int]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _figures(found: set[tuple[int, int]], true: set[tuple[int, int]]) -> tuple[float, float, float]:
    hits = len(found & true)
    precision, recall = hits / max(len(found), 1), hits / len(true)
    return precision, recall, 2 * hits / (len(found) + len(true))
