"""What grid data tell of cells."""

from __future__ import annotations

import pytest

from addon_backend.domain.cells import DateValue, ErrorValue, Obstacle
from addon_backend.google.grid import Grid, grids, plain


def column(cells, **sheet):
    rows = [{"values": [cell]} if cell else {} for cell in cells]
    (one,) = Grid({"data": [{"rowData": rows}], **sheet}).columns([0], 0, len(cells))
    return one


def shown(value, number_format=None):
    told = {"effectiveValue": value, "userEnteredValue": {}}
    return told | ({"effectiveFormat": {"numberFormat": number_format}} if number_format else {})


@pytest.mark.parametrize(
    ("told", "value"),
    [
        (shown({"numberValue": 0}), 0),
        (shown({"boolValue": False}), False),
        (shown({"stringValue": "0042"}), "0042"),
        (shown({"stringValue": ""}), None),
        (shown({"errorValue": {"type": "N_A"}}), ErrorValue("#N/A")),
        (shown({"errorValue": {"type": "SOMETHING_NEW"}}), ErrorValue("#ERROR!")),
        (shown({"numberValue": 46_000}, {"type": "DATE"}), DateValue(46_000.0)),
        (shown({"numberValue": 46_000.5}, {"type": "DATE_TIME"}), DateValue(46_000.5)),
        (shown({"numberValue": 46_000}, {"type": "NUMBER", "pattern": "0.00"}), 46_000),
        ({}, None),
    ],
)
def test_values_keep_their_types(told, value):
    read = column([told]).cell(0).value
    assert (type(read), read) == (type(value), value)


def test_a_value_that_nobody_entered_was_spilled_by_another_cell():
    assert column([{"effectiveValue": {"numberValue": 1}}]).cell(0).obstacles == {Obstacle.SPILL}


@pytest.mark.parametrize(
    ("area", "rows"),
    [
        ({}, [0, 1, 2]),
        ({"startRowIndex": 1}, [1, 2]),
        ({"endRowIndex": 1}, [0]),
        ({"startRowIndex": 1, "endRowIndex": 2}, [1]),
        ({"startColumnIndex": 1}, []),
    ],
)
def test_a_bound_that_is_left_out_is_the_sheets(area, rows):
    told = column([{}, {}, {}], protectedRanges=[{"range": {"sheetId": 4, **area}}])
    assert [row for row in range(3) if Obstacle.PROTECTED in told.cell(row).obstacles] == rows


@pytest.mark.parametrize("but", [{"warningOnly": True}, {"requestingUserCanEdit": True}])
def test_a_protection_that_does_not_forbid_us_anything_is_none(but):
    assert not Grid({"protectedRanges": [{"range": {"sheetId": 4}, **but}]}).protected()
    assert Grid({"protectedRanges": [{"range": {"sheetId": 4}}]}).protected()


def test_a_sheets_id_0_is_left_out_by_google():
    assert list(grids({"sheets": [{"properties": {"title": "A"}}, {"properties": {"sheetId": 7}}]})) == [
        "0",
        "7",
    ]


def test_which_cells_are_filled_is_told_without_what_they_hold():
    rows: list[dict[str, object]] = [
        {"values": [{}, {"effectiveValue": {}}]},
        {},
        {"values": [{"effectiveValue": {}}]},
        {},
    ]
    assert Grid({"data": [{"startRow": 2, "startColumn": 1, "rowData": rows}]}).used() == (5, 3)


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (None, ""),
        ("=1+1", "=1+1"),
        (True, True),
        (12, 12),
        (DateValue(5.5), 5.5),
        (ErrorValue("#N/A"), "#N/A"),
    ],
)
def test_what_is_sent(value, sent):
    assert plain(value) == sent
