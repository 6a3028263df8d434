"""Files as they come by mail, and what is to be said of each."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from addon_backend.domain.cells import CellValue
from addon_backend.domain.errors import AddonError, FileLocked, FileTooLarge, FileUnreadable

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def workbook(rows: list[list[CellValue]], *merged: str) -> bytes:
    """A workbook of one sheet, as openpyxl writes it."""
    book = Workbook()
    sheet = first_sheet(book)
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def first_sheet(book: Workbook | Path) -> Worksheet:
    """The sheet that one sees first."""
    sheet = (load_workbook(book) if isinstance(book, Path) else book).active
    assert isinstance(sheet, Worksheet)
    return sheet


GOOD = workbook([["Name", "E-mail"], ["Marie Dupont", "Marie@EXAMPLE.com"]])


def _locked() -> bytes:
    return _COMPOUND + "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")


def _bomb() -> bytes:
    """A workbook of a few hundred kilobytes whose sheet unpacks to 100 MB of blanks."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bad:
        for name in good.namelist():
            part = good.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", b" " * 100_000_000 + b"</sheetData>")
            bad.writestr(name, part)
    return target.getvalue()


UNUSABLE: dict[str, tuple[bytes, AddonError]] = {
    "password": (_locked(), FileLocked()),
    "truncated": (GOOD[: len(GOOD) // 2], FileUnreadable(reason="truncated")),
    "a picture renamed": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, FileUnreadable(reason="not_a_list")),
    "noise": (random.Random(1).randbytes(3_000), FileUnreadable(reason="not_a_list")),
    "noise that begins as UTF-16": (
        b"\xff\xfe" + random.Random(2).randbytes(3_000),
        FileUnreadable(reason="not_a_list"),
    ),
    "texts of a program": (
        b"\xde\x12\x04\x95" + b"Cancel\0Annuler\0" * 90,
        FileUnreadable(reason="not_a_list"),
    ),
    "old Excel": (
        _COMPOUND + "Workbook".encode("utf-16-le").ljust(128, b"\0"),
        FileUnreadable(reason="old_excel"),
    ),
    "a web page renamed": (b"<html><table><tr><td>1", FileUnreadable(reason="web_page")),
    "zip bomb": (_bomb(), FileTooLarge()),
    "empty": (b"", FileUnreadable(reason="empty")),
    "nothing but NUL": (bytes(2_000), FileUnreadable(reason="not_a_list")),
}
