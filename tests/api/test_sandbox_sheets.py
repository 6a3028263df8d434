"""/sandbox/documents/{d}/sheets/{s}: what the grid shows and what a person does there."""

import gzip
import json

import pytest

from addon_backend.domain.cells import Cell, DateValue, ErrorValue, Obstacle
from addon_backend.ports.documents import RowChange, StoredColumn, StoredDocument, StoredRow, StoredSheet
from tests.api.office import open_list

X = {"X-Sandbox": "1"}
LIST = [["Name", "Age"], ["b", 2], ["a", 10], ["c", None], ["B", 1]]


@pytest.fixture
def workspace(office):
    """The sandbox's workspace."""
    ticket = office.stranger().post("/sandbox/ticket", headers=X).get_json()["ticket"]
    me = office.stranger().get("/v1/me", headers={"Authorization": f"Bearer {ticket}"})
    return me.get_json()["workspace"]


class Grid:
    """One open sheet as the browser sees it."""

    def __init__(self, office, workspace, rows):
        self.office, self.workspace = office, workspace
        self.ref = open_list(office.house, workspace, rows)
        self.path = f"/sandbox/documents/{self.ref.document}/sheets/{self.ref.sheet}"

    def rows(self, query=""):
        answer = self.office.stranger().get(f"{self.path}/rows{query}")
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def does(self, verb, **body):
        return self.office.stranger().post(f"{self.path}/{verb}", json=body, headers=X)

    def shown(self):
        return [row["cells"] for row in self.rows()["rows"]]


@pytest.fixture
def grid(office, workspace):
    """A small list."""
    return Grid(office, workspace, LIST)


def test_the_first_look_shows_everything(grid):
    seen = grid.rows()

    assert seen["rows_total"] == 5
    assert [(column["index"], column["letter"]) for column in seen["columns"]] == [(0, "A"), (1, "B")]
    assert [row["cells"] for row in seen["rows"]] == LIST
    assert [row["position"] for row in seen["rows"]] == [0, 1, 2, 3, 4]
    assert seen["order"] == [row["id"] for row in seen["rows"]]


def test_a_second_look_shows_what_changed(grid):
    seen = grid.rows()
    assert grid.rows(f"?since={seen['revision']}")["rows"] == []

    row, column = seen["rows"][2]["id"], seen["columns"][1]["id"]
    assert (
        grid.does("edit", changes=[{"row": row, "column": column, "value": 11}]).get_json()["refused"] == []
    )

    news = grid.rows(f"?since={seen['revision']}")
    assert [one["cells"] for one in news["rows"]] == [["a", 11]]
    assert "order" not in news
    assert news["revision"] > seen["revision"]


def test_only_the_rows_in_view_are_sent(grid):
    assert [row["position"] for row in grid.rows("?top=1&bottom=3")["rows"]] == [1, 2]


def test_a_new_order_is_told_once(grid):
    seen = grid.rows()
    grid.does("sort", column=seen["columns"][0]["id"], descending=False)

    news = grid.rows(f"?since={seen['revision']}")
    assert news["order"] != seen["order"]
    assert sorted(news["order"]) == sorted(seen["order"])
    assert "order" not in grid.rows(f"?since={news['revision']}")


def test_an_order_is_told_to_whoever_may_not_know_it(grid, office):
    seen = grid.rows()
    row, column = seen["rows"][2]["id"], seen["columns"][1]["id"]
    grid.does("edit", changes=[{"row": row, "column": column, "value": 11}])

    another_process = office.reopened().stranger()

    news = another_process.get(f"{grid.path}/rows?since={seen['revision']}").get_json()
    assert news["order"] == seen["order"]


@pytest.mark.parametrize(
    ("column", "descending", "order"),
    [
        (0, False, ["Name", "a", "b", "B", "c"]),
        (0, True, ["Name", "c", "b", "B", "a"]),
        (1, False, ["Name", "B", "b", "a", "c"]),
        (1, True, ["Name", "a", "b", "B", "c"]),
    ],
)
def test_sorting_keeps_the_header_and_puts_blanks_last(grid, column, descending, order):
    columns = grid.rows()["columns"]

    answer = grid.does("sort", column=columns[column]["id"], descending=descending, header_rows=1)

    assert answer.status_code == 200
    assert [cells[0] for cells in grid.shown()] == order


def test_values_of_all_types_have_an_order(office, workspace):
    values = [ErrorValue("#N/A"), True, "text", DateValue(5.0), 3, None, False, 7.5]
    grid = Grid(office, workspace, [[value] for value in values])

    grid.does("sort", column=grid.rows()["columns"][0]["id"], header_rows=0)

    assert grid.shown() == [
        [3],
        [{"date": 5.0}],
        [7.5],
        ["text"],
        [False],
        [True],
        [{"error": "#N/A"}],
        [None],
    ]


def test_an_edit_finds_its_row_after_a_sort(grid):
    seen = grid.rows()
    row, column = seen["rows"][1]["id"], seen["columns"][1]["id"]
    grid.does("sort", column=seen["columns"][1]["id"], descending=True)

    grid.does("edit", changes=[{"row": row, "column": column, "value": {"date": 2.5}}])

    assert ["b", {"date": 2.5}] in grid.shown()


def test_an_edit_of_a_row_that_is_gone_is_refused_and_the_others_are_not(grid):
    seen = grid.rows()
    gone, kept, column = seen["rows"][1]["id"], seen["rows"][2]["id"], seen["columns"][0]["id"]
    grid.does("delete", rows=[gone])

    answer = grid.does(
        "edit",
        changes=[
            {"row": gone, "column": column, "value": "x"},
            {"row": kept, "column": column, "value": "y"},
        ],
    )

    assert answer.get_json()["refused"] == [gone]
    assert [cells[0] for cells in grid.shown()] == ["Name", "y", "c", "B"]


def test_the_grid_is_told_of_everything_that_stands_in_the_way(office, workspace):
    cells = {
        "c0": Cell(3, obstacles=frozenset({Obstacle.SPILL, Obstacle.VALIDATED})),
        "c1": Cell("x", obstacles=frozenset({Obstacle.VALIDATED})),
    }
    sheet = StoredSheet("doc", "s", "S", 1, (StoredColumn("c0", 0), StoredColumn("c1", 2)), 0, protected=True)
    document = StoredDocument("doc", workspace, "f.xlsx", "xlsx", "", "", "", 0.0)
    office.house.documents.add(document, [(sheet, [StoredRow(0, 0, 0, hidden=False, cells=cells)])])

    seen = office.stranger().get("/sandbox/documents/doc/sheets/s/rows").get_json()
    assert seen["protected"]
    assert seen["rows"][0]["obstacles"] == {"spill": [0], "validated": [0, 2]}


def test_a_cell_with_a_formula_is_shown_and_left_alone(office, workspace):
    cells = {"c0": Cell(3, formula="=1+2"), "c1": Cell("x")}
    sheet = StoredSheet("doc", "s", "S", 1, (StoredColumn("c0", 0), StoredColumn("c1", 2)), 0)
    document = StoredDocument("doc", workspace, "f.xlsx", "xlsx", "", "", "", 0.0)
    office.house.documents.add(document, [(sheet, [StoredRow(0, 0, 0, hidden=True, cells=cells)])])
    path = "/sandbox/documents/doc/sheets/s"

    (row,) = office.stranger().get(f"{path}/rows").get_json()["rows"]
    assert row == {"id": 0, "position": 0, "hidden": True, "cells": [3, "x"], "obstacles": {"formula": [0]}}

    assert not office.stranger().get(f"{path}/rows").get_json()["protected"]

    change = {"changes": [{"row": 0, "column": "c0", "value": 4}]}
    assert office.stranger().post(f"{path}/edit", json=change, headers=X).get_json()["refused"] == [0]


def test_a_person_wins_over_a_write_that_comes_in_between(grid, office, monkeypatch):
    seen = grid.rows()
    row, column = seen["rows"][1], seen["columns"][0]["id"]
    change = type(office.house.documents).change
    interfering: list[bool] = []

    def late(documents, workspace, document, sheet, changes):
        if not interfering:
            interfering.append(True)
            written = RowChange(row["position"], {column: "b"}, {column: "written by a run"})
            change(documents, workspace, document, sheet, [written])
        return change(documents, workspace, document, sheet, changes)

    monkeypatch.setattr(type(office.house.documents), "change", late)
    answer = grid.does("edit", changes=[{"row": row["id"], "column": column, "value": "typed by a person"}])

    assert answer.get_json()["refused"] == []
    assert grid.shown()[1][0] == "typed by a person"


def test_rows_are_inserted_and_deleted(grid):
    ids = [row["id"] for row in grid.rows()["rows"]]

    grid.does("insert", position=1, count=2)
    assert [cells[0] for cells in grid.shown()] == ["Name", None, None, "b", "a", "c", "B"]
    assert all(row["id"] < 0 for row in grid.rows("?top=1&bottom=3")["rows"])

    grid.does("delete", rows=[ids[0], ids[4], ids[4], 999])
    assert [cells[0] for cells in grid.shown()] == [None, None, "b", "a", "c"]

    grid.does("insert", position=1_000)
    assert grid.rows()["rows_total"] == 6


def test_a_large_answer_is_compressed_for_who_can_read_it(office, workspace):
    grid = Grid(office, workspace, [[f"row {number}"] for number in range(500)])

    packed = office.stranger().get(f"{grid.path}/rows", headers={"Accept-Encoding": "gzip, br"})
    plain = office.stranger().get(f"{grid.path}/rows", headers={"Accept-Encoding": "gzip;q=0"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert json.loads(gzip.decompress(packed.data)) == plain.get_json()


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("edit", {"changes": []}),
        ("edit", {"changes": [{"row": "1", "column": "a", "value": 1}]}),
        ("sort", {"column": 1}),
        ("insert", {"position": -1}),
        ("insert", {"position": 0, "count": 10_001}),
        ("delete", {"rows": [1.5]}),
        ("delete", {}),
    ],
)
def test_what_is_no_such_deed_is_refused(grid, verb, body):
    assert grid.does(verb, **body).status_code == 422
    assert grid.shown() == LIST


def test_a_column_that_is_not_there_is_not_found(grid):
    row = grid.rows()["rows"][0]["id"]

    assert grid.does("sort", column="none").status_code == 404
    assert grid.does("edit", changes=[{"row": row, "column": "none", "value": 1}]).status_code == 404


def test_a_sheet_of_someone_else_is_not_there(office, marie):
    sheet = marie.opens()
    path = f"/sandbox/documents/{sheet.document}/sheets/{sheet.sheet}"

    assert office.stranger().get(f"{path}/rows").status_code == 404
    for verb, body in {
        "edit": {"changes": [{"row": 0, "column": "c", "value": 1}]},
        "sort": {"column": "c"},
        "insert": {"position": 0},
        "delete": {"rows": [0]},
    }.items():
        assert office.stranger().post(f"{path}/{verb}", json=body, headers=X).status_code == 404, verb
