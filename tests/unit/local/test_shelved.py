"""How the cells of an opened file are kept: with everything that stands in the way of writing to them."""

from __future__ import annotations

from dataclasses import replace

from addon_backend.domain.cells import CellValue
from addon_backend.domain.sheet import GridRange, parse_a1
from addon_backend.local.formats import CellFormats, Style
from addon_backend.local.opened import OpenedSheet
from addon_backend.local.shelved import stored_rows, stored_sheet

GRID: list[list[CellValue]] = [["Name", "Len", "Status"], ["Ada", 3, "Lead"], ["Bo", 2], [None, None, "Lost"]]
PLAIN = OpenedSheet("Leads", GRID)


def obstacles(sheet: OpenedSheet) -> dict[str, set[str]]:
    """Which cells have something in the way, by A1 name."""
    stored = stored_sheet("d", 0, sheet)
    index = {column.id: column.index for column in stored.columns}
    return {
        GridRange(row.position, index[column], row.position + 1, index[column] + 1).a1.split(":")[0]: {
            obstacle.value for obstacle in cell.obstacles
        }
        for row in stored_rows(stored, sheet)
        for column, cell in row.cells.items()
        if cell.obstacles
    }


def test_only_cells_that_hold_something_are_kept():
    stored = stored_sheet("d", 0, PLAIN)
    rows = list(stored_rows(stored, PLAIN))
    assert (stored.rows, len(stored.columns), stored.title) == (4, 3, "Leads")
    assert [[cell.value for cell in row.cells.values()] for row in rows] == [
        ["Name", "Len", "Status"],
        ["Ada", 3, "Lead"],
        ["Bo", 2],
        ["Lost"],
    ]
    assert [(row.id, row.position, row.revision, row.hidden) for row in rows[:2]] == [
        (0, 0, 0, False),
        (1, 1, 0, False),
    ]


def test_columns_of_two_sheets_never_share_an_id():
    ids = [column.id for number in range(12) for column in stored_sheet("d", number, PLAIN).columns]
    assert len(set(ids)) == len(ids)


def test_formulas_and_spills_are_obstacles():
    sheet = replace(PLAIN, formulas={(1, 1): "=LEN(A2)"}, spills=frozenset({(2, 1)}))
    assert obstacles(sheet) == {"B2": {"formula"}, "B3": {"spill"}}
    (_, second, *_) = stored_rows(stored_sheet("d", 0, sheet), sheet)
    assert second.cells["s0c1"].formula == "=LEN(A2)"


def test_every_cell_of_a_merge_is_merged_the_empty_ones_too():
    assert obstacles(replace(PLAIN, merged=(parse_a1("A3:B4"),))) == {
        "A3": {"merged"}, "B3": {"merged"}, "A4": {"merged"}, "B4": {"merged"},
    }  # fmt: skip


def test_a_choice_list_for_a_whole_column_reaches_as_far_as_the_list():
    sheet = replace(PLAIN, validated=(parse_a1("C2:C1048576"),), merged=(parse_a1("C4:D4"),))
    assert obstacles(sheet) == {
        "C2": {"validated"}, "C3": {"validated"}, "C4": {"validated", "merged"}, "D4": {"merged"},
    }  # fmt: skip


def test_the_headers_of_a_table_are_protected():
    assert set(obstacles(replace(PLAIN, table_headers=(parse_a1("A1:B1"),)))) == {"A1", "B1"}


def test_a_protected_sheet_protects_all_cells_but_the_unlocked():
    formats = CellFormats((Style(), Style(locked=False)), ({}, {0: 1}), {}, ())
    sheet = replace(PLAIN, protected=True, formats=formats)
    guarded = obstacles(sheet)
    assert "A2" not in guarded
    assert guarded["B2"] == {"protected"}
    assert len(guarded) == 11


def test_hidden_rows_are_hidden_and_so_is_every_row_of_a_hidden_sheet():
    some = replace(PLAIN, hidden_rows=frozenset({2}))
    assert [row.hidden for row in stored_rows(stored_sheet("d", 0, some), some)] == [
        False,
        False,
        True,
        False,
    ]
    all_of_them = replace(PLAIN, hidden=True)
    assert all(row.hidden for row in stored_rows(stored_sheet("d", 0, all_of_them), all_of_them))


def test_a_merge_that_sticks_out_belongs_to_the_used_area_and_a_banner_does_not():
    assert len(stored_sheet("d", 0, replace(PLAIN, merged=(parse_a1("C1:F1"),))).columns) == 6
    assert len(stored_sheet("d", 0, replace(PLAIN, merged=(parse_a1("A1:XFD1"),))).columns) == 3
    assert len(stored_sheet("d", 0, replace(PLAIN, merged=(parse_a1("H90:K90"),))).columns) == 3


def test_number_formats_are_kept_with_their_cells():
    formats = CellFormats((Style(), Style("0.00")), ({}, {1: 1}), {}, ())
    rows = list(stored_rows(stored_sheet("d", 0, PLAIN), replace(PLAIN, formats=formats)))
    assert rows[1].cells["s0c1"].number_format == "0.00"
    assert rows[2].cells["s0c1"].number_format is None


def test_cells_of_a_hidden_column_are_hidden():
    hidden = obstacles(replace(PLAIN, hidden_columns=frozenset({1})))
    assert hidden == {cell: {"hidden"} for cell in ("B1", "B2", "B3", "B4")}
