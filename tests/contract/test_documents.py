"""The laws of opened workbooks, for the ones in memory and in SQL on both engines."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from addon_backend.domain.cells import Cell, DateValue, ErrorValue, Obstacle
from addon_backend.domain.errors import FileUnknown, SheetFull, SheetUnknown
from addon_backend.ports.documents import MOST_COLUMNS, RowChange, StoredColumn, StoredRow, StoredSheet
from tests.contract.shelf import COLUMNS, Shelf, a_document, some_rows

EVERY_CELL = {
    "none": Cell(None, number_format="0.00"),
    "true": Cell(True),
    "one": Cell(1),
    "float": Cell(1.5),
    "huge": Cell(10**30),
    "text": Cell("Ünïcode \0 \ud800 🗂"),
    "date": Cell(DateValue(45_000.25)),
    "error": Cell(ErrorValue("#N/A")),
    "formula": Cell(3, "=1+2", "0", frozenset({Obstacle.FORMULA, Obstacle.PROTECTED})),
    "listy": Cell('["d", 1]'),
}


def test_an_opened_file_comes_back_whole(leads: Shelf):
    (sheet,) = leads.documents.sheets(leads.workspace, "doc")
    assert (sheet.title, sheet.rows, sheet.columns, sheet.revision) == ("Leads", 3, COLUMNS, 0)
    assert leads.rows() == [
        StoredRow(n, n, 0, n == 1, {"A": Cell(f"row {n}"), "B": Cell(n)}) for n in range(3)
    ]
    assert leads.documents.get(leads.workspace, "doc") == a_document("doc", leads.workspace)


def test_every_kind_of_cell_comes_back_as_it_was(shelf: Shelf):
    columns = tuple(StoredColumn(name, index) for index, name in enumerate(EVERY_CELL))
    sheet = StoredSheet("doc", "s1", "Leads", 1, columns, 0, protected=True)
    row = StoredRow(7, 0, 0, False, EVERY_CELL)
    shelf.documents.add(a_document("doc", shelf.workspace), [(sheet, [row])])
    (kept,) = shelf.rows()
    assert kept == row
    assert [type(cell.value) for cell in kept.cells.values()] == [
        type(cell.value) for cell in EVERY_CELL.values()
    ]
    assert shelf.documents.sheets(shelf.workspace, "doc")[0].protected


def test_a_file_that_cannot_be_read_to_its_end_is_not_kept_at_all(shelf: Shelf):
    def broken() -> Iterator[StoredRow]:
        yield from some_rows(5)
        raise OSError

    sheet = StoredSheet("doc", "s1", "Leads", 9, COLUMNS, 0)
    with pytest.raises(OSError):  # noqa: PT011 - any will do
        shelf.documents.add(a_document("doc", shelf.workspace), [(sheet, broken())])
    assert list(shelf.documents.all(shelf.workspace)) == []


def test_sheets_keep_their_order_and_documents_come_newest_first(shelf: Shelf):
    for name, opened_at in (("old", 1.0), ("new", 2.0)):
        sheets = [(StoredSheet(name, f"{name}-{n}", f"Sheet {n}", 0, (), 0), ()) for n in (3, 1, 2)]
        shelf.documents.add(a_document(name, shelf.workspace, opened_at), sheets)
    assert [document.id for document in shelf.documents.all(shelf.workspace)] == ["new", "old"]
    titles = [sheet.title for sheet in shelf.documents.sheets(shelf.workspace, "new")]
    assert titles == ["Sheet 3", "Sheet 1", "Sheet 2"]


def test_only_asked_positions_and_newer_revisions_are_read(leads: Shelf):
    def positions(top, bottom, since=-1):
        rows = leads.documents.rows(leads.workspace, "doc", "s1", top, bottom, since)
        return [row.position for row in rows]

    assert positions(1, 3) == [1, 2]
    assert positions(2, 99) == [2]
    leads.change(RowChange(1, {}, {"C": "new"}))
    assert positions(0, 9, since=0) == [1]
    assert positions(0, 9, since=leads.revision) == []


def test_a_change_is_set_where_its_expectation_holds_and_refused_elsewhere(leads: Shelf):
    refused = leads.change(
        RowChange(0, {"A": "row 0", "B": 0.0, "C": ""}, {"C": "set"}),
        RowChange(1, {"A": "row 1", "B": "1"}, {"C": "a number is not its text"}),
        RowChange(2, {"A": "row 2"}, {"C": "set", "B": None}),
        RowChange(3, {}, {"C": "past the last row"}),
        RowChange(-1, {}, {"C": "before the first"}),
    )
    assert refused == {1, 3, 4}
    assert leads.column("C") == ["set", None, "set"]
    assert leads.column("B") == [0, 1, None]


def test_a_later_change_meets_what_an_earlier_one_set(leads: Shelf):
    assert leads.change(
        RowChange(0, {"A": "row 0"}, {"A": "one"}),
        RowChange(0, {"A": "row 0"}, {"A": "two"}),
        RowChange(0, {"A": "one"}, {"A": "three"}),
    ) == {1}
    assert leads.column("A")[0] == "three"


@pytest.mark.parametrize(
    "cell",
    [
        Cell(3, "=1+2"),
        *(Cell("x", obstacles=frozenset({o})) for o in (Obstacle.SPILL, Obstacle.MERGED, Obstacle.FORMULA)),
    ],
)
def test_nobody_overwrites_a_formula_a_spill_or_a_merge(shelf: Shelf, cell):
    sheet = StoredSheet("doc", "s1", "Leads", 1, COLUMNS, 0)
    row = StoredRow(0, 0, 0, False, {"A": cell})
    shelf.documents.add(a_document("doc", shelf.workspace), [(sheet, [row])])
    assert shelf.change(RowChange(0, {}, {"A": "mine", "B": "all or none"})) == {0}
    assert shelf.change(RowChange(0, {"A": cell.value}, {"B": "beside it"})) == frozenset()
    assert shelf.rows()[0].cells == {"A": cell, "B": Cell("beside it")}


def test_a_cell_keeps_its_format_and_emptying_it_leaves_nothing_else(shelf: Shelf):
    sheet = StoredSheet("doc", "s1", "Leads", 1, COLUMNS, 0)
    cells = {"A": Cell(1, number_format="0%"), "B": Cell("x")}
    shelf.documents.add(a_document("doc", shelf.workspace), [(sheet, [StoredRow(0, 0, 0, False, cells)])])
    shelf.change(RowChange(0, {}, {"A": 2, "B": ""}))
    assert shelf.rows()[0].cells == {"A": Cell(2, number_format="0%")}


def test_setting_what_is_there_is_no_change(leads: Shelf):
    assert leads.change(RowChange(0, {}, {"A": "row 0", "B": 0.0, "C": ""})) == frozenset()
    assert leads.revision == 0
    assert leads.rows(since=0) == []


def test_a_column_that_is_not_there_stops_the_whole_change(leads: Shelf):
    for change in (RowChange(1, {"Z": None}, {}), RowChange(1, {}, {"Z": 1})):
        with pytest.raises(SheetUnknown) as caught:
            leads.change(RowChange(0, {}, {"C": "no"}), change)
        assert caught.value.facts == {"column": "Z"}
    assert leads.column("C") == [None, None, None]


def test_new_columns_stand_right_of_the_last_and_are_found_again(leads: Shelf):
    def add(*keys, header_row=0):
        return leads.documents.add_columns(leads.workspace, "doc", "s1", keys, header_row)

    first, second = add(("addon:x", "X"), ("addon:y", "Y"))
    assert (first.index, second.index) == (3, 4)
    assert leads.rows()[0].cells[first.id] == Cell("X")
    revision = leads.revision
    assert add(("addon:y", "Why"), ("addon:x", "X")) == (second, first)
    assert leads.revision == revision, "asking again changes nothing"
    (third,) = add(("addon:z", "Z"), header_row=None)
    assert third.index == 5
    assert third.id not in leads.rows()[0].cells
    assert len({column.id for column in leads.documents.sheets(leads.workspace, "doc")[0].columns}) == 6


def test_there_is_an_end_to_columns(shelf: Shelf):
    shelf.open(columns=(StoredColumn("last", MOST_COLUMNS - 1),))
    with pytest.raises(SheetFull):
        shelf.documents.add_columns(shelf.workspace, "doc", "s1", [("addon:x", "X")], 0)


def test_hidden_rows_are_told_as_spans(leads: Shelf):
    assert list(leads.documents.hidden_rows(leads.workspace, "doc", "s1")) == [(1, 2)]


def test_a_sort_moves_rows_and_keeps_their_ids(leads: Shelf):
    leads.documents.reorder(leads.workspace, "doc", "s1", [2, 1, 0])
    assert list(leads.documents.order(leads.workspace, "doc", "s1")) == [2, 1, 0]
    assert leads.column("A") == ["row 2", "row 1", "row 0"]
    assert [row.id for row in leads.rows(since=0)] == [2, 0], "the middle row stands where it stood"
    assert leads.change(RowChange(0, {"A": "row 0"}, {"C": "x"})) == {0}


@pytest.mark.parametrize("order", [[0, 1], [0, 1, 1], [0, 1, 2, 3], []])
def test_a_sort_names_every_row_once(leads: Shelf, order):
    with pytest.raises(ValueError, match="every row once"):
        leads.documents.reorder(leads.workspace, "doc", "s1", order)
    assert list(leads.documents.order(leads.workspace, "doc", "s1")) == [0, 1, 2]


def test_inserted_rows_are_empty_and_push_the_others_down(leads: Shelf):
    leads.documents.insert_rows(leads.workspace, "doc", "s1", 1, 2)
    assert leads.column("A") == ["row 0", None, None, "row 1", "row 2"]
    assert list(leads.documents.order(leads.workspace, "doc", "s1")) == [0, -1, -2, 1, 2]
    assert leads.documents.sheets(leads.workspace, "doc")[0].rows == 5
    leads.documents.insert_rows(leads.workspace, "doc", "s1", 5, 1)
    assert leads.change(RowChange(5, {"A": None}, {"A": "last"})) == frozenset()
    with pytest.raises(ValueError, match="after the last"):
        leads.documents.insert_rows(leads.workspace, "doc", "s1", 7, 1)


def test_an_id_of_a_deleted_row_is_never_given_again(leads: Shelf):
    leads.documents.insert_rows(leads.workspace, "doc", "s1", 0, 1)
    leads.documents.delete_rows(leads.workspace, "doc", "s1", [-1])
    leads.documents.insert_rows(leads.workspace, "doc", "s1", 0, 1)
    assert list(leads.documents.order(leads.workspace, "doc", "s1")) == [-2, 0, 1, 2]


def test_deleted_rows_leave_no_gaps(shelf: Shelf):
    shelf.open(rows=20)
    shelf.documents.delete_rows(shelf.workspace, "doc", "s1", [0, 3, 4, 5, 18, 19, 77])
    left = [1, 2, *range(6, 18)]
    assert list(shelf.documents.order(shelf.workspace, "doc", "s1")) == left
    assert [row.position for row in shelf.rows()] == list(range(14))
    assert shelf.documents.sheets(shelf.workspace, "doc")[0].rows == 14
    assert {row.id for row in shelf.rows(since=0)} == set(left), "all of them moved up"


def test_what_is_forgotten_is_gone(leads: Shelf):
    for _ in range(2):
        leads.documents.forget(leads.workspace, "doc")
    with pytest.raises(FileUnknown):
        leads.documents.get(leads.workspace, "doc")
    assert list(leads.documents.all(leads.workspace)) == []
    leads.open()
    assert len(leads.rows()) == 3


CALLS = {
    "get": lambda d, w, s: d.get(w, "doc"),
    "sheets": lambda d, w, s: d.sheets(w, "doc"),
    "rows": lambda d, w, s: d.rows(w, "doc", s, 0, 9),
    "change": lambda d, w, s: d.change(w, "doc", s, [RowChange(0, {}, {"C": "stolen"})]),
    "columns": lambda d, w, s: d.add_columns(w, "doc", s, [("k", "K")], 0),
    "hidden": lambda d, w, s: d.hidden_rows(w, "doc", s),
    "order": lambda d, w, s: d.order(w, "doc", s),
    "reorder": lambda d, w, s: d.reorder(w, "doc", s, [2, 1, 0]),
    "insert": lambda d, w, s: d.insert_rows(w, "doc", s, 0, 1),
    "delete": lambda d, w, s: d.delete_rows(w, "doc", s, [0]),
}


@pytest.mark.parametrize("call", CALLS)
def test_another_workspaces_document_is_unknown(leads: Shelf, call):
    before = leads.rows()
    with pytest.raises(FileUnknown):
        CALLS[call](leads.documents, leads.stranger, "s1")
    assert leads.rows() == before


@pytest.mark.parametrize("call", [name for name in CALLS if name not in {"get", "sheets"}])
def test_a_sheet_that_is_not_in_the_document_is_unknown(leads: Shelf, call):
    with pytest.raises(SheetUnknown):
        CALLS[call](leads.documents, leads.workspace, "s9")


def test_a_stranger_forgets_nothing_and_sees_no_list(leads: Shelf):
    leads.documents.forget(leads.stranger, "doc")
    assert list(leads.documents.all(leads.stranger)) == []
    assert len(leads.rows()) == 3


def test_of_two_people_at_once_one_wins_each_cell(leads: Shelf):
    def rename(number):
        return leads.change(RowChange(0, {"A": "row 0"}, {"A": f"by {number}"}))

    with ThreadPoolExecutor(6) as pool:
        refused = list(pool.map(rename, range(6)))
    assert refused.count(frozenset()) == 1
    assert leads.column("A")[0] == f"by {refused.index(frozenset())}"
