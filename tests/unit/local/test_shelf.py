"""From a file to a document and back: what a person changed is in the export, and nothing else is changed."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from addon_backend.domain.cells import CellValue
from addon_backend.domain.errors import DiskFull, FileUnknown, FileUnreadable, OutputExists
from addon_backend.domain.sheet import SheetRef
from addon_backend.local.demo import demo_workbook
from addon_backend.local.host import LocalHost
from addon_backend.local.shelf import ROW_ORDER, export_document, forget_document, open_document, tidy_copies
from addon_backend.ports.documents import Documents, StoredDocument, StoredRow
from addon_backend.ports.sheet_host import NewColumn, WriteBatch
from addon_backend.security.vault import AesGcmVault
from addon_backend.store.documents import SqlDocuments
from addon_backend.store.engine import make_engine
from addon_backend.store.migrations import migrate
from addon_backend.store.unit import SqlStore
from tests.fakes.documents import MemoryDocuments

ROWS: list[list[CellValue]] = [
    ["Name", "Phone", "Country"],
    ["Ada", "1", None],
    ["Bo", "2", "FR"],
    ["Chloé", "3", "France"],
]


class Shelf:
    """One person's opened file, by row and column numbers of today."""

    def __init__(
        self, folder: Path, file: Path, documents: Documents | None = None, workspace: str = "w1"
    ) -> None:
        self.documents = documents or MemoryDocuments()
        self.workspace = workspace
        self.folder = folder
        self.copies = folder / "copies"
        self.document = open_document(self.documents, workspace, file, self.copies)
        self.host = LocalHost(self.documents, workspace)
        self.ref = SheetRef("local", self.document.id, "s0")

    def put(self, row: int, column: int, value: CellValue) -> None:
        (anchor,) = self.host.anchors(self.ref, [column])
        assert not self.host.write(self.ref, WriteBatch([row], {}, {anchor: [value]}))

    def add(self, header: str, values: Sequence[CellValue]) -> None:
        (anchor,) = self.host.add_columns(self.ref, [NewColumn(header, header)], 0)
        rows = range(1, 1 + len(values))
        assert not self.host.write(self.ref, WriteBatch(rows, {}, {anchor: values}))

    def order(self) -> list[int]:
        return list(self.documents.order(self.workspace, self.document.id, "s0"))

    def reorder(self, order: Sequence[int]) -> None:
        self.documents.reorder(self.workspace, self.document.id, "s0", order)

    def export(self, name: str | None = "out.xlsx"):
        return export_document(
            self.documents, self.workspace, self.document.id, self.folder / name if name else None
        )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workbook of two sheets."""
    return write_workbook(tmp_path / "leads.xlsx", ROWS)


@pytest.fixture
def shelf(tmp_path: Path, file: Path) -> Shelf:
    """The workbook, opened."""
    return Shelf(tmp_path, file)


def write_workbook(path: Path, rows: Sequence[Sequence[CellValue]]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.worksheets[0].title = "Leads"
    book.create_sheet("Suppliers").append(["Acme"])
    book.save(path)
    return path


def grid(path: Path, sheet: str = "Leads") -> list[list[object]]:
    return [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


class TestOpening:
    def test_a_workbook_becomes_a_document_with_its_sheets(self, shelf, file):
        assert (shelf.document.title, shelf.document.format) == ("leads.xlsx", "xlsx")
        assert shelf.documents.get("w1", shelf.document.id) == shelf.document
        assert [(info.title, info.rows, info.columns) for info in shelf.host.sheets(shelf.document.id)] == [
            ("Leads", 4, 3),
            ("Suppliers", 1, 1),
        ]

    def test_the_demo_tells_what_stands_in_the_way(self, tmp_path):
        shelf = Shelf(tmp_path, demo_workbook())
        info = shelf.host.describe(shelf.ref)
        assert info.hidden_rows == ((56, 58), (132, 133), (199, 202))
        status, value, notes = shelf.host.read(shelf.ref, shelf.host.anchors(shelf.ref, [11, 14, 15]), 39, 40)
        assert [sorted(column.cell(0).obstacles) for column in (status, value, notes)] == [
            ["validated"],
            ["formula"],
            ["merged"],
        ]
        assert str(value.cell(0).formula).startswith("=ROUND(")

    def test_a_private_copy_is_kept_that_only_we_may_read(self, shelf, file):
        copy = Path(shelf.document.copy)
        assert copy.read_bytes() == file.read_bytes()
        assert copy.is_relative_to(shelf.copies)
        assert copy.stat().st_mode & 0o077 == 0

    def test_a_title_may_be_given(self, tmp_path, file):
        opened = open_document(MemoryDocuments(), "w1", file, tmp_path / "copies", title="My list")
        assert opened.title == "My list"

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook", b"%PDF-1.7", b"<html><table>"])
    def test_of_a_file_that_cannot_be_read_nothing_is_kept(self, tmp_path, content):
        (tmp_path / "bad.xlsx").write_bytes(content)
        documents = MemoryDocuments()
        with pytest.raises(FileUnreadable):
            open_document(documents, "w1", tmp_path / "bad.xlsx", tmp_path / "copies")
        assert documents.all("w1") == []
        assert list((tmp_path / "copies").glob("*/*")) == []

    def test_a_file_that_is_not_there_is_unknown(self, tmp_path):
        with pytest.raises(FileUnknown):
            open_document(MemoryDocuments(), "w1", tmp_path / "none.xlsx", tmp_path / "copies")

    def test_opened_twice_it_is_two_documents(self, tmp_path, file):
        documents = MemoryDocuments()
        first, second = Shelf(tmp_path, file, documents), Shelf(tmp_path, file, documents)
        first.put(1, 0, "Augusta")
        assert first.document.id != second.document.id
        assert not second.export().file.written

    def test_each_document_has_a_copy_of_its_own_that_goes_with_it(self, tmp_path, file):
        documents, copies = MemoryDocuments(), tmp_path / "copies"
        first, second = (open_document(documents, "w1", file, copies) for _ in range(2))
        forget_document(documents, "w1", first.id, copies)
        forget_document(documents, "w1", first.id, copies)
        assert [one.id for one in documents.all("w1")] == [second.id]
        assert [path for path in copies.rglob("*") if path.is_file()] == [Path(second.copy)]
        assert [path.name for path in copies.glob("*/*")] == [second.id]
        assert file.exists()

    def test_what_is_not_our_copy_is_never_removed(self, tmp_path, file):
        documents = MemoryDocuments()
        opened = open_document(documents, "w1", file, tmp_path / "copies")
        forget_document(documents, "w1", opened.id, tmp_path / "elsewhere")
        assert Path(opened.copy).exists()

    def test_of_a_document_that_could_not_be_kept_no_copy_is_left(self, tmp_path, file):
        class Full(MemoryDocuments):
            def add(self, document: StoredDocument, sheets) -> None:
                raise DiskFull

        with pytest.raises(DiskFull):
            open_document(Full(), "w1", file, tmp_path / "copies")
        assert list((tmp_path / "copies").glob("*/*")) == []

    def test_rows_are_handed_on_one_by_one(self, tmp_path, file):
        taken: list[int] = []

        class Slow(MemoryDocuments):
            def add(self, document: StoredDocument, sheets) -> None:
                for _, rows in sheets:
                    assert iter(rows) is rows
                    taken.extend(row.position for row in rows)

        open_document(Slow(), "w1", file, tmp_path / "copies")
        assert taken == [0, 1, 2, 3, 0]


class TestExporting:
    def test_without_any_change_it_is_the_opened_file(self, shelf, file):
        report = shelf.export()
        assert (report.file.written, report.left_out, report.changed_on_disk) == (0, {}, False)
        assert grid(report.path) == grid(file)

    def test_changed_cells_and_new_columns_are_in_it(self, shelf):
        shelf.put(1, 2, "GB")
        shelf.put(3, 2, None)
        shelf.add("Country (filled)", ["GB", None, "FR"])
        assert grid(shelf.export().path) == [
            ["Name", "Phone", "Country", "Country (filled)"],
            ["Ada", "1", "GB", "GB"],
            ["Bo", "2", "FR", None],
            ["Chloé", "3", None, "FR"],
        ]

    def test_what_nobody_touched_keeps_its_bytes(self, shelf, file):
        shelf.put(1, 2, "GB")
        with zipfile.ZipFile(file) as before, zipfile.ZipFile(shelf.export().path) as after:
            assert before.read("xl/worksheets/sheet2.xml") == after.read("xl/worksheets/sheet2.xml")

    def test_the_opened_file_is_never_written_to(self, shelf, file):
        before = file.read_bytes()
        shelf.put(1, 2, "GB")
        shelf.export()
        with pytest.raises(OutputExists):
            shelf.export("leads.xlsx")
        assert file.read_bytes() == before

    def test_another_file_is_not_overwritten_either(self, shelf, tmp_path):
        (tmp_path / "mine.xlsx").write_text("mine")
        with pytest.raises(OutputExists):
            shelf.export("mine.xlsx")
        assert (tmp_path / "mine.xlsx").read_text() == "mine"

    def test_without_a_name_it_lies_beside_the_opened_file(self, shelf):
        assert [shelf.export(None).path.name for _ in range(3)] == [
            "leads.enriched.xlsx",
            "leads.enriched.2.xlsx",
            "leads.enriched.3.xlsx",
        ]

    def test_text_that_looks_like_a_formula_is_text(self, shelf):
        shelf.put(1, 2, "=1+1")
        cell = load_workbook(shelf.export().path)["Leads"]["C2"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")

    def test_a_file_that_changed_meanwhile_is_not_taken_for_the_newer_one(self, shelf, file):
        shelf.put(1, 2, "GB")
        write_workbook(file, [["Name"], ["Somebody else"]])
        report = shelf.export()
        assert report.changed_on_disk
        assert report.path.name == "out.2.xlsx"
        assert grid(report.path)[1] == ["Ada", "1", "GB"]
        assert grid(file) == [["Name"], ["Somebody else"]]

    def test_an_upload_that_is_gone_is_exported_under_the_name_asked_for(self, shelf, file):
        file.unlink()
        report = shelf.export()
        assert (report.path.name, report.changed_on_disk) == ("out.xlsx", False)

    def test_a_damaged_copy_is_noticed(self, shelf):
        copy = Path(shelf.document.copy)
        copy.chmod(0o600)
        write_workbook(copy, [["Name"]])
        with pytest.raises(FileUnreadable) as refusal:
            shelf.export()
        assert refusal.value.facts["reason"] == "changed"

    def test_nobody_elses_document_is_exported(self, shelf, tmp_path):
        with pytest.raises(FileUnknown):
            export_document(shelf.documents, "w2", shelf.document.id, tmp_path / "out.xlsx")

    def test_only_rows_that_changed_are_read(self, tmp_path):
        read = 0

        class Counting(MemoryDocuments):
            def rows(
                self, workspace: str, document: str, sheet: str, top: int, bottom: int, since: int = -1
            ) -> Sequence[StoredRow]:
                nonlocal read
                found = super().rows(workspace, document, sheet, top, bottom, since)
                read += len(found)
                return found

        file = write_workbook(tmp_path / "leads.xlsx", [["n", "m"], *((n, None) for n in range(12_000))])
        shelf = Shelf(tmp_path, file, Counting())
        for row in (1, 5_000, 11_999):
            shelf.put(row, 1, "x")
        report = shelf.export()
        assert (report.file.written, read) == (3, 3)


class TestMovedRows:
    def test_sorted_rows_are_in_their_new_order_with_their_edits(self, shelf):
        shelf.put(1, 2, "GB")
        shelf.reorder([0, 3, 2, 1])
        shelf.put(1, 1, "three")
        assert grid(shelf.export().path) == [
            ["Name", "Phone", "Country"],
            ["Chloé", "three", "France"],
            ["Bo", "2", "FR"],
            ["Ada", "1", "GB"],
        ]

    def test_inserted_and_deleted_rows_are_in_it(self, shelf):
        shelf.documents.insert_rows("w1", shelf.document.id, "s0", 2, 2)
        shelf.put(2, 0, "Between")
        shelf.documents.delete_rows("w1", shelf.document.id, "s0", [2])
        assert grid(shelf.export().path) == [
            ["Name", "Phone", "Country"],
            ["Ada", "1", None],
            ["Between", None, None],
            [None, None, None],
            ["Chloé", "3", "France"],
        ]

    def test_where_formulas_forbid_it_the_order_of_the_file_stays_and_is_told(self, tmp_path):
        rows: list[list[CellValue]] = [
            ["n", "double", "note"],
            [1, "=A2*2", None],
            [2, "=A3*2", None],
            [3, "=A4*2", None],
        ]
        shelf = Shelf(tmp_path, write_workbook(tmp_path / "leads.xlsx", rows))
        shelf.reorder([0, 3, 2, 1])
        shelf.put(1, 2, "this is three")
        report = shelf.export()
        assert report.left_out == {ROW_ORDER: 2}
        assert [row[0] for row in grid(report.path)] == ["n", 1, 2, 3]
        assert grid(report.path)[3][2] == "this is three"

    def test_turned_and_turned_back_nothing_has_changed(self, shelf):
        shelf.reorder([3, 2, 1, 0])
        shelf.reorder([0, 1, 2, 3])
        assert shelf.export().file.written == 0


class TestLists:
    LIST = b'\xef\xbb\xbfName;Phone\r\n"M\xc3\xbcller; Ada";+33199000001\r\nBo;=1+1\r\n'

    @pytest.fixture
    def listed(self, tmp_path: Path) -> Shelf:
        """A list with semicolons, a byte order mark and a cell that looks like a formula."""
        (tmp_path / "list.csv").write_bytes(self.LIST)
        return Shelf(tmp_path, tmp_path / "list.csv")

    def test_what_nobody_changed_stays_byte_for_byte(self, listed):
        assert listed.document.format == "csv"
        assert listed.export("out.csv").path.read_bytes() == self.LIST

    def test_a_value_put_back_is_no_change(self, listed):
        listed.put(2, 1, "cleaned")
        listed.put(2, 1, "=1+1")
        assert listed.export("out.csv").path.read_bytes() == self.LIST

    def test_an_outside_value_becomes_no_formula_and_a_phone_stays_one(self, listed):
        listed.add("New", ["=cmd()", "+33199000002"])
        lines = listed.export("out.csv").path.read_bytes().split(b"\r\n")
        assert lines[0].endswith(b";New")
        assert lines[1].endswith(b";'=cmd()")
        assert lines[2] == b"Bo;=1+1;+33199000002"


def test_a_copy_whose_opening_was_killed_is_erased_and_no_other(tmp_path):
    """Law 11: what no document knows would be kept for ever; what is being opened now has no document yet."""
    (tmp_path / "list.csv").write_text("Name\nAda\n")
    shelf = Shelf(tmp_path, tmp_path / "list.csv")
    stray, fresh = shelf.copies / "w1" / "killed", shelf.copies / "w2" / "opening"
    for folder in (stray, fresh):
        folder.mkdir(parents=True)
        (folder / "list.csv").write_text("Name\nAda\n")
    known = Path(shelf.document.copy).parent
    for folder in (stray, known):
        os.utime(folder, (1, 1))
    assert tidy_copies(shelf.documents, shelf.copies) == 1
    assert not stray.exists()
    assert (fresh / "list.csv").exists()
    assert (known / "list.csv").exists()


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_hundred_thousand_rows_are_opened_worked_on_and_exported_over_sql(tmp_path):
    """The largest list we promise to handle: no row lost, no value beside another row."""
    count = 100_000
    lines = ["name,mail,phone,company,site,title,country,city,a,b,c,d"]
    lines += [f"n{row},m{row}@x.example,+33199000001,c,,t,FR,Paris,{row},,,d" for row in range(count)]
    (tmp_path / "large.csv").write_text("\n".join(lines) + "\n")
    url = f"sqlite:///{tmp_path / 'addon.db'}"
    migrate(url)
    engine = make_engine(url)
    vault = AesGcmVault({"k": b"k" * 32}, "k")
    with SqlStore(engine, vault).unit() as unit:
        workspace = unit.accounts.enter("person:a", "A", "a", "en").workspace
        unit.commit()
    try:
        shelf = Shelf(tmp_path, tmp_path / "large.csv", SqlDocuments(engine, vault), workspace)
        assert shelf.host.describe(shelf.ref).rows == count + 1
        shelf.reorder([0, *range(count, 0, -1)])
        (anchor,) = shelf.host.add_columns(shelf.ref, [NewColumn("k", "filled")], 0)
        (name,) = shelf.host.anchors(shelf.ref, [0])
        for top in range(1, count + 1, 10_000):
            rows = range(top, top + 10_000)
            (names,) = shelf.host.read(shelf.ref, [name], rows.start, rows.stop)
            batch = WriteBatch(rows, {name: names.values}, {anchor: [f"{value}!" for value in names.values]})
            assert not shelf.host.write(shelf.ref, batch)
        written = shelf.export("out.csv").path.read_text().splitlines()
    finally:
        engine.dispose()
    assert written[0] == f"{lines[0]},filled"
    assert written[1:] == [f"{lines[count - at]},n{count - at - 1}!" for at in range(count)]
