"""The demo workbook: what the generator says, trouble enough to show the product, and nobody real."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import date, datetime

import phonenumbers
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from addon_backend.local.demo import demo_workbook
from tests.tools.demo.make import DUPLICATES, HIDDEN, LEADS, build, leads

SET_ASIDE = re.compile(
    r"\+44(207946|161496|131496|117496|113496)0\d{3}"
    r"|\+1(212|312|415|617|512)55501\d\d"
    r"|\+33(19900|26191|35301|46571|53649)\d{4}"
    r"|\+49(3023125|8999998|4066969|2214710|6990009)\d{3}|\+4917139200\d\d"
)


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The committed workbook with the values its formulas show."""
    return load_workbook(demo_workbook(), data_only=True)


def column(book: Workbook, header: str) -> list[object]:
    rows = book["Leads"].iter_rows(values_only=True)
    at = list(next(rows)).index(header)
    return [row[at] for row in rows]


def texts(book: Workbook, header: str) -> list[str]:
    return [value for value in column(book, header) if isinstance(value, str)]


def looks(sheet: Worksheet) -> dict[str, object]:
    """Everything about a sheet that a person could see or run into."""
    cells = {
        cell.coordinate: (cell.value, cell.number_format, cell.data_type)
        for row in sheet.iter_rows()
        for cell in row
    }
    hidden = {number for number, row in sheet.row_dimensions.items() if row.hidden}
    choices = [(str(choice.sqref), choice.formula1) for choice in sheet.data_validations.dataValidation]
    return {
        "cells": cells,
        "hidden": hidden,
        "choices": choices,
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
    }


@pytest.mark.parametrize("values", [True, False], ids=["values", "formulas"])
def test_the_committed_file_is_what_the_generator_makes(values):
    committed = load_workbook(demo_workbook(), data_only=values)
    fresh = load_workbook(io.BytesIO(build()), data_only=values)
    assert committed.sheetnames == fresh.sheetnames == ["Leads", "Suppliers"]
    for name in committed.sheetnames:
        assert looks(committed[name]) == looks(fresh[name])


def test_it_is_small():
    assert demo_workbook().stat().st_size < 150_000


def test_it_has_what_stands_in_the_way_of_a_careless_tool():
    sheet = load_workbook(demo_workbook())["Leads"]
    assert tuple(cell.value for cell in sheet[1]) == LEADS
    assert {number for number, row in sheet.row_dimensions.items() if row.hidden} == set(HIDDEN)
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["P40:P41"]
    assert all(str(cell.value).startswith("=ROUND(") for cell in sheet["O"][1:])
    assert any(
        cell.value == "=SUM of last 3 orders is too low" and cell.data_type == "s" for cell in sheet["P"]
    )


def test_formulas_show_their_values(book):
    for orders, average, value in zip(
        column(book, "Orders"), column(book, "Average order"), column(book, "Value"), strict=True
    ):
        expected = orders * average if isinstance(orders, int) and isinstance(average, int | float) else 0
        assert value == pytest.approx(expected, abs=0.01)


def test_every_domain_is_reserved_or_such_that_nobody_can_own_the_address(book):
    suppliers = [row[3] for row in book["Suppliers"].iter_rows(min_row=2, values_only=True)]
    sites = [*texts(book, "Website"), *(site for site in suppliers if isinstance(site, str))]
    assert all(".example" in site.lower() for site in sites)
    for address in texts(book, "E-mail"):
        bare = re.sub(r"^.*<|>|^mailto:|[;\s]", "", address).lower().replace("(at)", "@").replace("@@", "@")
        local, at, domain = bare.partition("@")
        free = re.fullmatch(r"(gmail|googlemail|gmial|gmai|gnail)[.,]co[mn]", domain)
        assert not at or domain.rstrip(".").endswith((".example", ",example")) or (free and len(local) < 6)


def test_every_number_that_could_be_called_is_set_aside_for_fiction(book):
    numbers = [readings for value in column(book, "Phone") if (readings := valid_readings(str(value or "")))]
    assert len(numbers) > 200
    assert [readings for readings in numbers if not any(map(SET_ASIDE.fullmatch, readings))] == []


def valid_readings(text: str) -> set[str]:
    """What a caller could dial who does not know the country."""
    readings: set[str] = set()
    for land in ("GB", "US", "FR", "DE"):
        try:
            number = phonenumbers.parse(text, land)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            readings.add(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return readings


def test_phones_come_in_ten_formats(book):
    formats = Counter(
        re.sub(r"\d+", "9", str(value)) if isinstance(value, str) else type(value).__name__
        for value in column(book, "Phone")
        if value is not None
    )
    assert len(formats) >= 10


def test_dates_are_dates_and_text_in_the_ways_of_several_countries(book):
    days = column(book, "Last contact")
    assert sum(isinstance(day, date | datetime) for day in days) > 50
    written = " ".join(day for day in days if isinstance(day, str))
    for way in (r"\d\d/\d\d/20\d\d", r"\d+\.\d+\.20\d\d", r"20\d\d-\d\d-\d\d", r"[A-Z]\w+ \d+, 20\d\d"):
        assert re.search(way, written)


def test_some_people_were_entered_twice_and_some_only_share_a_name(book):
    entries = Counter(lead.person for lead in leads())
    assert sum(count == 2 for count in entries.values()) == DUPLICATES
    assert max(entries.values()) == 2
    assert len(column(book, "Full name")) == sum(entries.values())


@pytest.mark.parametrize(
    ("header", "missing"),
    [
        ("Full name", 5),
        ("E-mail", 10),
        ("Phone", 40),
        ("Company", 15),
        ("Country", 100),
        ("City", 30),
        ("VAT", 100),
    ],
)
def test_cells_are_missing_that_a_run_can_fill(book, header, missing):
    assert sum(value is None for value in column(book, header)) >= missing
