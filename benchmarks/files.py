"""Opening and exporting a workbook, against openpyxl's load and save."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from addon_backend.local.edits import SheetEdits
from addon_backend.local.files import export_file, open_file
from benchmarks.child import in_child
from benchmarks.desk import desk
from benchmarks.lists import rows
from benchmarks.report import Subject, seconds, share, table

SIZES, FEW = (20_000, 100_000), (20_000,)
COLUMNS = 12
ROUNDS = 3
_WAYS = {
    "openpyxl, load and save": "by_openpyxl",
    "ours, open and export": "by_files",
    "ours, into SQL, sealed, and back": "by_documents",
}
_SHEET = "xl/worksheets/sheet1.xml"
_SPARKLINES = (
    '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:sparklineGroups xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup>'
    "<x14:sparklines><x14:sparkline><xm:f>List!J2:J9</xm:f><xm:sqref>N2</xm:sqref></x14:sparkline>"
    "</x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>"
)


def make_workbook(path: Path, count: int) -> None:
    """Write a list with a column of formulas whose values Excel had computed, and a sparkline."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("List")
    for number, row in enumerate(rows(count), 1):
        formula = f"=LEN(A{number})" if number > 1 else "Length"
        sheet.append([*(value or None for value in row[: COLUMNS - 1]), formula])
    plain = path.with_suffix(".plain")
    book.save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == _SHEET:
                text = re.sub(r"(</f>)(<v ?/>|<v></v>)?", r"\1<v>12</v>", data.decode())
                data = text.replace("</worksheet>", _SPARKLINES).encode()
            target.writestr(name, data)
    plain.unlink()


def by_openpyxl(path: str, out: str, count: int) -> dict[str, float]:
    """Load, set one new column, save."""
    began = perf_counter()
    book = openpyxl.load_workbook(path)
    opened = perf_counter()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError
    for row in range(2, count + 2):
        sheet.cell(row, COLUMNS + 1, f"value {row}")
    book.save(out)
    return {"open": opened - began, "export": perf_counter() - opened}


def by_files(path: str, out: str, count: int) -> dict[str, float]:
    """Open, set one new column, export: the part of our work that openpyxl does as well."""
    began = perf_counter()
    opened = open_file(Path(path))
    read = perf_counter()
    edits = SheetEdits({(row, COLUMNS): f"value {row + 1}" for row in range(1, count + 1)})
    export_file(Path(path), opened.signature, {"List": edits}, Path(out))
    return {"open": read - began, "export": perf_counter() - read}


def by_documents(path: str, out: str, count: int) -> dict[str, float]:
    """Open into SQL and export from there, as a run does. Nothing is changed: `run.py` does that."""
    del count
    with desk() as at:
        began = perf_counter()
        document = at.house.workbooks.open(at.caller.workspace, Path(path)).id
        opened = perf_counter()
        at.house.workbooks.export(at.caller.workspace, document, Path(out))
        return {"open": opened - began, "export": perf_counter() - opened}


def measure(*, quick: bool) -> Subject:
    """Measure each way in fresh processes, and compare what came out with what went in."""
    found: dict[int, dict[str, dict[str, float]]] = {}
    with tempfile.TemporaryDirectory(prefix="addon-bench-") as folder:
        for count in FEW if quick else SIZES:
            path = Path(folder, f"list-{count}.xlsx")
            make_workbook(path, count)
            rounds = ROUNDS if count == FEW[0] else 1
            found[count] = {way: _tried(function, path, count, rounds) for way, function in _WAYS.items()}
    return _told(found)


def _tried(function: str, path: Path, count: int, rounds: int) -> dict[str, float]:
    tries = []
    for number in range(rounds):
        out = path.with_name(f"{function}-{count}-{number}.xlsx")
        figures = in_child(f"benchmarks.files:{function}", path=str(path), out=str(out), count=count)
        tries.append(figures | _kept(path, out))
        out.unlink()
    return {name: median(one[name] for one in tries) for name in tries[0]}


def _kept(before: Path, after: Path) -> dict[str, float]:
    """Return which share survived of cached formula values, of sparklines, and of parts byte for byte."""
    with zipfile.ZipFile(before) as one, zipfile.ZipFile(after) as other:
        names, there = one.namelist(), set(other.namelist())
        same = sum(name in there and one.read(name) == other.read(name) for name in names)
        sheet_before, sheet_after = one.read(_SHEET), other.read(_SHEET)
    cached = re.compile(rb"</f><v>[^<]+</v>")
    return {
        "cached": len(cached.findall(sheet_after)) / len(cached.findall(sheet_before)),
        "sparklines": sheet_after.count(b"<x14:sparkline>") / sheet_before.count(b"<x14:sparkline>"),
        "parts": same / len(names),
    }


def _told(found: dict[int, dict[str, dict[str, float]]]) -> Subject:
    peer, ours, sealed = _WAYS
    ratios: list[tuple[str, str]] = []
    losses: list[str] = []
    for count, ways in found.items():
        slower = {way: _total(ways[way]) / _total(ways[peer]) for way in (ours, sealed)}
        ratios += [
            (f"{count:,} rows: time, openpyxl : ours", f"{1 / slower[ours]:.1f} ×"),
            (
                f"{count:,} rows: time, openpyxl : ours, into SQL, sealed, and back",
                f"{1 / slower[sealed]:.1f} ×",
            ),
            (
                f"{count:,} rows: peak memory, openpyxl : ours",
                f"{ways[peer]['peak'] / ways[ours]['peak']:.1f} ×",
            ),
        ]
        losses += [
            f"{count:,} rows: “{way}” takes {times:.1f} × as long as openpyxl."
            for way, times in slower.items()
            if times > 1
        ]
        if ways[sealed]["peak"] > ways[peer]["peak"]:
            losses.append(f"{count:,} rows: “{sealed}” takes more memory than openpyxl.")
    lines: tuple[tuple[str, Callable[[dict[str, float]], str]], ...] = (
        ("open", lambda one: seconds(one["open"])),
        ("export", lambda one: seconds(one["export"])),
        ("peak memory", lambda one: f"{one['peak']:,.0f} MiB"),
        ("cached formula values kept", lambda one: share(one["cached"])),
        ("sparklines kept", lambda one: share(one["sparklines"])),
        ("parts kept byte for byte", lambda one: share(one["parts"])),
    )
    figures = "\n\n".join(
        table(
            (f"{count:,} × {COLUMNS}", *ways),
            [(name, *(tell(one) for one in ways.values())) for name, tell in lines],
        )
        for count, ways in found.items()
    )
    return Subject(
        name="files",
        title="Opening and exporting an .xlsx",
        how="Peer: openpyxl's `load_workbook` and `save`. Each opens the file, adds one column of values "
        "and saves it; the third way also keeps every row sealed in SQLite in between, as a run needs, and "
        f"adds nothing. A fresh process each; median of {ROUNDS}, once above 20,000 rows. The workbook has "
        "a column of formulas with cached values and a sparkline.",
        ratios=ratios,
        figures=figures,
        losses=losses,
    )


def _total(one: dict[str, float]) -> float:
    return one["open"] + one["export"]
