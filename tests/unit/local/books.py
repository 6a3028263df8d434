"""Workbooks for the tests: by openpyxl where its word is enough, by hand where the XML is the case."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from addon_backend.domain.cells import CellValue
from addon_backend.local.edits import ExportReport, SheetEdits
from addon_backend.local.files import export_file, open_file
from addon_backend.local.opened import OpenedSheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/>'
    '<xf numFmtId="164" fontId="0" applyNumberFormat="1"/><xf numFmtId="49"><alignment wrapText="1"/></xf>'
    '<xf numFmtId="0" applyProtection="1"><protection locked="0"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{SHEET_TYPE}.styles+xml"/></Types>'
)
STRINGS_TYPE = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHEET_TYPE}.sharedStrings+xml"/>'


def package(parts: Mapping[str, str | bytes], *, stored: Sequence[str] = ()) -> bytes:
    """Zip these parts in this order; those named in ``stored`` uncompressed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, part, compress_type=method)
    return target.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Unzip: name → content."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def worksheet(rows: str, *, before: str = "", after: str = "") -> str:
    """Return a sheet part with this inside ``sheetData``."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def workbook(
    sheet: str | bytes, *, strings: str = "", settings: str = "", **parts: str | bytes
) -> dict[str, str | bytes]:
    """Return the parts of a workbook with the one sheet ``Contacts``; ``parts`` replace or add.

    Names are those of the keyword, ``__`` for a slash and ``_`` for a dot.
    """
    shared = f'<Relationship Id="r3" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{settings}'
        '<sheets><sheet name="Contacts" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{LINKS}/styles" Target="styles.xml"/>'
        f"{shared if strings else ''}</Relationships>",
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings:
        made["[Content_Types].xml"] = TYPES.replace("</Types>", STRINGS_TYPE + "</Types>")
        made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return made | {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}


def by_hand(folder: Path, sheet: str | bytes, **parts: str) -> Path:
    """Write such a workbook into the folder."""
    path = folder / "contacts.xlsx"
    path.write_bytes(package(workbook(sheet, **parts)))
    return path


def by_openpyxl(folder: Path, fill: Callable[[Worksheet], object], name: str = "contacts.xlsx") -> Path:
    """Write a workbook whose one sheet ``Contacts`` is filled by openpyxl."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Contacts"
    fill(sheet)
    path = folder / name
    book.save(path)
    return path


def read(path: Path) -> OpenedSheet:
    """Open a file and return its first sheet."""
    return open_file(path).sheets[0]


def export(
    path: Path, edits: SheetEdits | Mapping[tuple[int, int], CellValue], out: str = "out"
) -> ExportReport:
    """Export the file with edits of its first sheet, beside it."""
    opened = open_file(path)
    changes = edits if isinstance(edits, SheetEdits) else SheetEdits(edits)
    target = path.with_name(out + path.suffix)
    return export_file(path, opened.signature, {opened.sheets[0].name: changes}, target)


def sheet_xml(path: Path) -> str:
    """Return the XML of the first sheet of a workbook."""
    return parts_of(path.read_bytes())["xl/worksheets/sheet1.xml"].decode()
