"""A list of 100,000 rows: made, opened, given four columns, read again. Times are printed, not asserted."""

import resource
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from addon_backend.local.edits import SheetEdits
from addon_backend.local.files import export_file, open_file

ROWS, COLUMNS = 100_000, 12


def make_large(path):
    """100,000 rows × 12 columns of mixed values, written by another program."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Contacts")
    sheet.append([f"column {number}" for number in range(COLUMNS)])
    for row in range(ROWS):
        name = f"First{row % 5_000} Last{row}"
        mail, phone, company = f"{row}@company.example", f"+336{row:08}", f"Company {row % 900} & Sons"
        sheet.append(
            [row, name, mail, phone, company, "Łódź", f"{row:05}", None, row / 7, True, "", f"note {row}"]
        )
    book.save(path)


def changes():
    return SheetEdits(
        {(row, COLUMNS + at): f"value {row} {at}" for row in range(ROWS + 1) for at in range(4)}
    )


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_large_list_is_opened_and_exported_within_its_memory(tmp_path, suffix):
    """In a process of its own: never more than 600 MB, and another reader finds every cell."""
    path = tmp_path / f"large{suffix}"
    make_large(tmp_path / "large.xlsx")
    if suffix == ".csv":
        rows = (
            python_calamine.CalamineWorkbook.from_path(tmp_path / "large.xlsx")
            .get_sheet_by_index(0)
            .to_python()
        )
        path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    out = tmp_path / f"out{suffix}"
    command = [sys.executable, "-m", "tests.unit.local.test_large_lists", path, out]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, timeout=900, cwd=Path(__file__).parents[3]
    )
    print(done.stdout)  # noqa: T201 - pytest -s shows it
    assert int(done.stdout.split()[-1]) < 600
    opened = open_file(out).sheets[0]
    assert (opened.row_count, opened.column_count) == (ROWS + 1, COLUMNS + 4)
    assert opened.rows[-1][-1] == f"value {ROWS} 3"
    if suffix == ".xlsx":
        seen = python_calamine.CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()
        assert [[value or "" for value in row] for row in opened.rows] == [
            [value or "" for value in row] for row in seen
        ]


if __name__ == "__main__":
    start = time.perf_counter()
    source = open_file(Path(sys.argv[1]))
    opened_at = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    edits = {source.sheets[0].name: changes()}
    asked_at = time.perf_counter()
    export_file(source.path, source.signature, edits, Path(sys.argv[2]))
    end = time.perf_counter()
    print(f"open {opened_at - start:.1f} s {peak} MB, export {end - asked_at:.1f} s, peak MB:")  # noqa: T201
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)  # noqa: T201
