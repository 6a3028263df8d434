"""Addresses as people copy them from their browser."""

import pytest

from addon_backend.domain.errors import RangeUnclear, SheetAddressWrong
from addon_backend.domain.sheet_address import is_address, parse_sheet_address

ID = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"
D = f"https://docs.google.com/spreadsheets/d/{ID}"


@pytest.mark.parametrize(
    ("text", "sheet", "area"),
    [
        (D, None, None),
        (f"{D}/edit", None, None),
        (f"{D}/edit#gid=0", "0", None),
        (f"{D}/edit?gid=7", "7", None),
        (f"{D}/edit?gid=7#gid=8", "8", None),
        (f"{D}/edit?usp=sharing", None, None),
        (f"{D}/edit#gid=5&range=A1:C9", "5", "A1:C9"),
        (f"{D}/edit?gid=5#gid=5&range=B%3AD", "5", "B:D"),
        (f"{D}/edit#range='My list'!A2:B3", None, "A2:B3"),
        (f"https://docs.google.com/spreadsheets/u/1/d/{ID}/edit#gid=2", "2", None),
        (f"https://docs.google.com/a/example.com/spreadsheets/d/{ID}/edit", None, None),
        (f" docs.google.com/spreadsheets/d/{ID}/htmlview ", None, None),
    ],
)
def test_an_address_names_document_tab_and_range(text, sheet, area):
    found = parse_sheet_address(text)
    assert is_address(text)
    assert (found.document, found.sheet, found.range.a1 if found.range else None) == (ID, sheet, area)


@pytest.mark.parametrize(
    "text",
    [
        "https://docs.google.com/document/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit",
        f"https://docs.google.com.example/spreadsheets/d/{ID}/edit",
        "https://docs.google.com/spreadsheets/d/short/edit",
        "https://docs.google.com/spreadsheets/",
        "https://example.com/list.csv",
        f"{D}/edit#gid=two",
        f"https://docs.google.com/spreadsheets/d/{ID}%2F..%2Fx/edit",
    ],
)
def test_another_address_is_refused(text):
    with pytest.raises(SheetAddressWrong):
        parse_sheet_address(text)


def test_a_published_copy_is_told_as_one():
    with pytest.raises(SheetAddressWrong) as caught:
        parse_sheet_address("https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml?gid=0")
    assert caught.value.facts == {"reason": "published"}


@pytest.mark.parametrize("area", ["everything", "A1:B2,C3:D4"])
def test_a_range_that_is_none_is_refused(area):
    with pytest.raises(RangeUnclear):
        parse_sheet_address(f"{D}/edit#gid=0&range={area}")


@pytest.mark.parametrize("name", ["list.csv", "https.xlsx", "./docs.google.com.csv"])
def test_a_file_is_no_address(name):
    assert not is_address(name)
