"""Cells compare as a careful person would; ranges read and write as people do."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.cells import Cell, DateValue, ErrorValue, as_text, is_blank, same_value
from addon_backend.domain.errors import RangeUnclear
from addon_backend.domain.facts import Fact, FactColumn
from addon_backend.domain.sheet import GridRange, column_index, column_letter, parse_a1, spans


@given(st.integers(0, 18_277))
def test_letters_and_indices_are_one_to_one(index):
    """A is 0, AA is 26, and back."""
    assert column_index(column_letter(index)) == index


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A2:L51", GridRange(1, 0, 51, 12)),
        ("l51:a2", GridRange(1, 0, 51, 12)),
        ("$B$3", GridRange(2, 1, 3, 2)),
        ("B:D", GridRange(0, 1, None, 4)),
        ("3:7", GridRange(2, 0, 7, None)),
        (" A1 ", GridRange(0, 0, 1, 1)),
    ],
)
def test_ranges_are_read_as_people_write_them(text, expected):
    """Corners in any order, dollars allowed."""
    assert parse_a1(text) == expected


@pytest.mark.parametrize("text", ["", ":", "A", "3", "A:3", "A1:B", "A0", "Sheet1!A1", "A1:B2:C3", "AAAA1"])
def test_what_is_no_range_is_refused(text):
    """Anything else is one sentence."""
    with pytest.raises(RangeUnclear):
        parse_a1(text)


@given(st.integers(0, 500), st.integers(0, 80), st.integers(1, 500), st.integers(1, 80))
def test_ranges_read_back_what_they_write(top, left, height, width):
    """a1 and parse_a1 are inverse."""
    area = GridRange(top, left, top + height, left + width)
    assert parse_a1(area.a1) == area


def test_open_ranges_write_and_clip():
    """Whole columns are clipped to the used cells."""
    assert GridRange(0, 1, None, 4).a1 == "B:D"
    assert GridRange(2, 0, 7, None).a1 == "3:7"
    assert GridRange(0, 1, None, None).clip(10, 5) == GridRange(0, 1, 10, 5)
    assert GridRange(20, 0, 30, 2).clip(10, 5).empty
    assert not GridRange(0, 0, None, None).empty


def test_spans_join_neighbours():
    """1 2 3 7 is two spans."""
    assert spans([3, 1, 2, 7, 7]) == [(1, 4), (7, 8)]
    assert spans([]) == []


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (1, 1.0, True),
        (1, "1", False),
        (1, True, False),
        (0, False, False),
        (None, "", True),
        ("a", "a", True),
        ("a", "A", False),
        (DateValue(1.0), DateValue(1.0), True),
        (DateValue(1.0), 1.0, False),
        (ErrorValue("#N/A"), "#N/A", False),
        (None, 0, False),
    ],
)
def test_values_compare_typed(left, right, same):
    """A number is not its text."""
    assert same_value(left, right) is same
    assert same_value(right, left) is same


def test_dates_are_serials():
    """20 February 2026, with and without a time of day."""
    assert DateValue.of(date(2026, 2, 20)).isoformat() == "2026-02-20"
    assert DateValue.of(datetime.fromisoformat("2026-02-20T09:30")).isoformat() == "2026-02-20T09:30:00"
    assert DateValue(1e12).isoformat() == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (False, "FALSE"),
        (7, "7"),
        (7.0, "7"),
        (7.25, "7.25"),
        (1e20, "1e+20"),
        (DateValue(1.0), "1899-12-31"),
        (ErrorValue("#REF!"), ""),
        ("x", "x"),
    ],
)
def test_values_read_as_text(value, text):
    """What the engine reads is never localised."""
    assert as_text(value) == text


def test_blank_is_what_shows_nothing():
    """Spaces and no-break spaces show nothing; a formula is never empty."""
    assert is_blank(" \u00a0\ufeff")
    assert not is_blank(0)
    assert Cell(" ").empty
    assert not Cell("", formula="=A1").empty


def test_fact_columns_keep_each_fact_once():
    """A thousand equal facts are one."""
    column = FactColumn.of([Fact("x", "r")] * 3 + [Fact(None, "n")])
    assert (len(column), len(column.facts), column[3].reason) == (4, 2, "n")
