"""The laws of opened documents (`ports/documents.py`): in memory, where tests use them, and in SQL."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from addon_backend.domain.cells import EMPTY, Cell, CellValue, DateValue, ErrorValue, Obstacle
from addon_backend.domain.errors import FileUnknown, SheetFull, SheetUnknown
from addon_backend.ports.documents import (
    MOST_COLUMNS,
    Documents,
    RowChange,
    StoredColumn,
    StoredDocument,
    StoredRow,
    StoredSheet,
)
from addon_backend.store.documents import SqlDocuments
from addon_backend.store.engine import make_engine
from addon_backend.store.migrations import migrate
from tests.contract.world import World
from tests.fakes.documents import MemoryDocuments

LEADS = StoredDocument(
    "d1", "w1", "Leads.xlsx", "xlsx", "/leads.xlsx", "/copies/leads.xlsx", "12:34:ab", 10.0
)
COLUMNS = (StoredColumn("a", 0), StoredColumn("b", 1))
NAMES: Sequence[CellValue] = ("Name", "Ada", "Bo", "Chloé")

CELLS = [
    Cell(1),
    Cell(1.5),
    Cell(10**17),
    Cell(True),
    Cell("1"),
    Cell(""),
    Cell("[1]"),
    Cell("half a character: \ud83d"),
    Cell(DateValue(46_000.25)),
    Cell(ErrorValue("#N/A")),
    Cell(3, "=LEN(A2)", "0.00", frozenset({Obstacle.FORMULA})),
    Cell(None, None, "@", frozenset({Obstacle.MERGED, Obstacle.VALIDATED})),
]
UNTOUCHABLE = [
    Cell(1, "=A1"),
    Cell(1, obstacles=frozenset({Obstacle.SPILL})),
    Cell(obstacles=frozenset({Obstacle.MERGED})),
]


class Opened:
    """One opened document, in short words."""

    def __init__(self, documents: Documents, workspace: str) -> None:
        self.documents = documents
        self.info = replace(LEADS, workspace=workspace)
        self.at = (workspace, "d1", "s")

    def add(self, rows: Sequence[StoredRow], info: StoredDocument | None = None) -> None:
        document = info or self.info
        sheet = StoredSheet(document.id, "s", "Leads", len(rows), COLUMNS, revision=0)
        other = StoredSheet(document.id, "t", "Other", 0, (StoredColumn("z", 0),), revision=0, protected=True)
        self.documents.add(document, [(sheet, iter(rows)), (other, iter(()))])

    def sheet(self) -> StoredSheet:
        return self.documents.sheets(*self.at[:2])[0]

    def rows(self, since: int = -1) -> Sequence[StoredRow]:
        return self.documents.rows(*self.at, 0, 1_000, since)

    def values(self, column: str = "a") -> list[CellValue]:
        return [row.cells.get(column, EMPTY).value for row in self.rows()]

    def change(self, *changes: RowChange) -> frozenset[int]:
        return self.documents.change(*self.at, changes)

    def set(self, row: int, **put: CellValue) -> frozenset[int]:
        return self.change(RowChange(row, {}, put))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path):
    """A workspace without a document, in each implementation."""
    if request.param == "memory":
        yield Opened(MemoryDocuments(), "w1")
        return
    url = f"sqlite:///{tmp_path}/addon.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    migrate(url)
    world = World(make_engine(url))
    yield Opened(SqlDocuments(world.engine, world.vault), world.member().workspace)
    world.engine.dispose()


@pytest.fixture
def opened(empty: Opened) -> Opened:
    """A document of four rows; the fourth is hidden."""
    empty.add([StoredRow(at, at, 0, at == 3, {"a": Cell(name)}) for at, name in enumerate(NAMES)])
    return empty


class TestKeeping:
    def test_what_was_added_is_there(self, opened):
        assert opened.documents.get(*opened.at[:2]) == opened.info
        assert [
            (sheet.id, sheet.rows, sheet.protected) for sheet in opened.documents.sheets(*opened.at[:2])
        ] == [
            ("s", 4, False),
            ("t", 0, True),
        ]
        assert opened.sheet() == StoredSheet("d1", "s", "Leads", 4, COLUMNS, revision=0)
        assert opened.rows()[1] == StoredRow(1, 1, 0, False, {"a": Cell("Ada")})

    def test_cells_come_back_as_they_were(self, empty):
        empty.add([StoredRow(at, at, 0, False, {"a": cell}) for at, cell in enumerate(CELLS)])
        kept = [row.cells["a"] for row in empty.rows()]
        assert kept == CELLS
        assert [type(cell.value) for cell in kept] == [type(cell.value) for cell in CELLS]

    def test_documents_are_listed_newest_first(self, opened):
        opened.add([], replace(opened.info, id="d2", opened_at=20.0))
        assert [info.id for info in opened.documents.all(opened.at[0])] == ["d2", "d1"]

    def test_a_file_that_breaks_off_is_not_kept_at_all(self, opened):
        def rows():
            yield StoredRow(0, 0, 0, False, {})
            raise OSError

        info = replace(opened.info, id="d2")
        sheet = StoredSheet("d2", "s", "Leads", 1, COLUMNS, revision=0)
        with pytest.raises(OSError):  # noqa: PT011 - the bare error of a source that broke off
            opened.documents.add(info, [(sheet, rows())])
        with pytest.raises(FileUnknown):
            opened.documents.get(opened.at[0], "d2")

    def test_another_workspace_finds_nothing(self, opened):
        documents = opened.documents
        assert documents.all("w9") == []
        for attempt in (
            lambda: documents.get("w9", "d1"),
            lambda: documents.sheets("w9", "d1"),
            lambda: documents.rows("w9", "d1", "s", 0, 9),
            lambda: documents.change("w9", "d1", "s", [RowChange(1, {}, {"a": "mine"})]),
            lambda: documents.add_columns("w9", "d1", "s", [("k", "K")], 0),
            lambda: documents.order("w9", "d1", "s"),
            lambda: documents.delete_rows("w9", "d1", "s", [1]),
        ):
            with pytest.raises(FileUnknown):
                attempt()
        documents.forget("w9", "d1")
        assert opened.values() == list(NAMES)

    def test_an_unknown_sheet_is_told_from_an_unknown_document(self, opened):
        with pytest.raises(SheetUnknown):
            opened.documents.rows(*opened.at[:2], "nothing", 0, 9)

    def test_what_was_forgotten_is_gone_and_may_be_forgotten_again(self, opened):
        for _ in range(2):
            opened.documents.forget(*opened.at[:2])
        with pytest.raises(FileUnknown):
            opened.rows()


class TestChanging:
    def test_a_change_takes_place_where_the_expectation_holds(self, opened):
        refused = opened.change(
            RowChange(1, {"a": "Ada", "b": None}, {"b": 1}), RowChange(2, {"a": "Ada"}, {"b": 2})
        )
        assert refused == {1}
        assert opened.values("b") == [None, 1, None, None]

    def test_refused_are_indices_of_changes_not_rows(self, opened):
        changes = [
            RowChange(3, {}, {"b": "x"}),
            RowChange(7, {}, {"b": "x"}),
            RowChange(1, {"a": 0}, {"b": "x"}),
        ]
        assert opened.change(*changes) == {1, 2}

    def test_a_later_change_of_a_row_meets_what_an_earlier_one_set(self, opened):
        assert (
            opened.change(RowChange(1, {"b": None}, {"b": 1}), RowChange(1, {"b": 1}, {"b": 2}))
            == frozenset()
        )
        assert opened.values("b")[1] == 2

    def test_revisions_grow_with_changes_only(self, opened):
        opened.set(1, a="Ada", b=None)
        assert (opened.sheet().revision, opened.rows(since=0)) == (0, [])
        opened.set(1, b="x")
        first = opened.sheet().revision
        opened.set(2, b="y")
        assert 0 < first < opened.sheet().revision
        assert [row.id for row in opened.rows(since=0)] == [1, 2]
        assert [row.id for row in opened.rows(since=first)] == [2]

    def test_a_cell_keeps_its_number_format_and_obstacles(self, empty):
        cell = Cell(1, None, "0.00", frozenset({Obstacle.VALIDATED}))
        empty.add([StoredRow(0, 0, 0, False, {"a": cell})])
        for value in (2, None):
            empty.set(0, a=value)
            assert empty.rows()[0].cells["a"] == replace(cell, value=value)

    def test_what_nobody_overwrites_is_refused_with_its_row(self, empty):
        empty.add([StoredRow(at, at, 0, False, {"a": cell}) for at, cell in enumerate(UNTOUCHABLE)])
        rows = range(len(UNTOUCHABLE))
        assert empty.change(*(RowChange(at, {}, {"a": 2, "b": "x"}) for at in rows)) == set(rows)
        assert [row.cells for row in empty.rows()] == [{"a": cell} for cell in UNTOUCHABLE]
        assert empty.change(*(RowChange(at, {}, {"b": "x"}) for at in rows)) == frozenset()

    def test_an_unknown_column_stops_the_whole_batch(self, opened):
        with pytest.raises(SheetUnknown) as refusal:
            opened.change(RowChange(1, {}, {"b": "x"}), RowChange(2, {"z": None}, {}))
        assert refusal.value.facts == {"column": "z"}
        assert opened.values("b") == [None] * 4

    def test_of_many_who_compare_and_set_one_wins(self, opened):
        wins: list[int] = []
        start = threading.Barrier(6)

        def claim(number: int) -> None:
            start.wait()
            if not opened.change(RowChange(1, {"b": None}, {"b": number})):
                wins.append(number)

        threads = [threading.Thread(target=claim, args=(number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(wins) == 1
        assert opened.values("b")[1] == wins[0]


class TestColumns:
    def test_a_key_is_the_same_column_for_ever(self, opened):
        wishes = [("k1", "One"), ("k2", "Two")]
        made = opened.documents.add_columns(*opened.at, wishes, 0)
        assert [(column.index, column.key) for column in made] == [(2, "k1"), (3, "k2")]
        revision = opened.sheet().revision
        assert opened.documents.add_columns(*opened.at, wishes[::-1], 0) == made[::-1]
        assert (opened.sheet().columns, opened.sheet().revision) == ((*COLUMNS, *made), revision)
        assert [opened.values(column.id)[0] for column in made] == ["One", "Two"]

    def test_a_full_sheet_gets_none(self, empty):
        sheet = StoredSheet("d1", "s", "Leads", 0, (StoredColumn("a", MOST_COLUMNS - 2),), revision=0)
        empty.documents.add(empty.info, [(sheet, iter(()))])
        with pytest.raises(SheetFull):
            empty.documents.add_columns(*empty.at, [("k1", "One"), ("k2", "Two")], None)
        assert len(empty.sheet().columns) == 1


class TestMoving:
    def positions(self, opened: Opened) -> Mapping[int, int]:
        return {row.id: row.position for row in opened.rows(since=0)}

    def test_rows_are_put_in_another_order_and_those_that_moved_have_changed(self, opened):
        opened.documents.reorder(*opened.at, [0, 3, 2, 1])
        assert opened.values() == ["Name", "Chloé", "Bo", "Ada"]
        assert self.positions(opened) == {3: 1, 1: 3}
        assert opened.documents.hidden_rows(*opened.at) == [(1, 2)]
        assert opened.documents.order(*opened.at) == [0, 3, 2, 1]

    def test_an_order_names_every_row_once(self, opened):
        for order in ([0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 3, 4], [0, 1, 2, 9]):
            with pytest.raises(ValueError, match="every row once"):
                opened.documents.reorder(*opened.at, order)
        assert opened.values() == list(NAMES)

    def test_empty_rows_are_inserted_with_ids_of_their_own(self, opened):
        opened.documents.insert_rows(*opened.at, 1, 2)
        opened.documents.insert_rows(*opened.at, 6, 1)
        assert opened.values() == ["Name", None, None, "Ada", "Bo", "Chloé", None]
        made = [row.id for row in opened.rows() if row.id < 0]
        assert len(set(made)) == 3
        assert opened.sheet().rows == 7
        assert self.positions(opened).keys() == {*made, 1, 2, 3}

    def test_rows_are_inserted_among_the_rows(self, opened):
        for position in (-1, 5):
            with pytest.raises(ValueError, match="inserted"):
                opened.documents.insert_rows(*opened.at, position, 1)
        assert opened.values() == list(NAMES)

    def test_deleted_rows_leave_no_gap_and_are_no_trouble_when_gone(self, opened):
        for _ in range(2):
            opened.documents.delete_rows(*opened.at, [1, 99])
        assert opened.values() == ["Name", "Bo", "Chloé"]
        assert [row.position for row in opened.rows()] == [0, 1, 2]
        assert (opened.sheet().rows, self.positions(opened)) == (3, {2: 1, 3: 2})

    def test_an_id_is_never_given_twice(self, opened):
        opened.documents.insert_rows(*opened.at, 0, 1)
        (first,) = [row.id for row in opened.rows() if row.id < 0]
        opened.documents.delete_rows(*opened.at, [first])
        opened.documents.insert_rows(*opened.at, 0, 1)
        assert first not in opened.documents.order(*opened.at)
