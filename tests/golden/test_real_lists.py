"""``enrich`` on lists that nobody here wrote: it finishes, counts sensibly, and leaves her cells alone."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from openpyxl import Workbook, load_workbook

from tests.api.office import build_blank
from tests.unit.commands.bad_files import first_sheet, workbook
from tests.unit.commands.terminal import Terminal, make_terminal

pytestmark = pytest.mark.timeout(600)

FINE = {0, 3}
MAY_CHANGE = {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
IN_A_WORKBOOK = 2_500
"""Universities in the .xlsx: the same run as on the list, over another kind of file."""


@pytest.fixture
def terminal(tmp_path, tmp_path_factory, monkeypatch) -> Terminal:
    blank = tmp_path_factory.mktemp("blank")
    build_blank(blank)
    return make_terminal(tmp_path, blank, monkeypatch)


@pytest.fixture(scope="session")
def companies(corpora: Path) -> list[list[str]]:
    """The S&P 500."""
    return list(csv.reader(io.StringIO((corpora / "reference/sp500_constituents.csv").read_text("utf-8"))))


@pytest.fixture(scope="session")
def universities(corpora: Path) -> list[list[str]]:
    """The world's universities, each with an address that we made up at its real domain.

    Every second one has lost its domain, as lists do.
    """
    known = json.loads((corpora / "reference/world_universities_and_domains.json").read_text("utf-8"))
    rows = [["University", "Domain", "Web page", "Country", "E-mail"]]
    for number, one in enumerate(known):
        domain = one["domains"][0]
        page = (one["web_pages"] or [""])[0]
        rows.append([one["name"], domain if number % 2 else "", page, one["country"], f"info@{domain}"])
    return rows


def as_list(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def of_list(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def counts_add_up(report) -> bool:
    """Rows × outputs: a new column each, or cells of hers that were blank."""
    outputs, rest = divmod(sum(report["cells"].values()), report["rows"])
    return rest == 0 and bool(outputs >= len(report["columns_added"]))


def is_part(domain: str, of: str) -> bool:
    """True for the domain itself and for one above it."""
    return bool(domain) and f".{of}".endswith(f".{domain}")


def host(page: str) -> str:
    return urlsplit(page.strip()).hostname or ""


def test_the_500_companies_stay_as_they_are(terminal, corpora, companies):
    """Every line begins with the bytes it had; ours are behind them."""
    before = (corpora / "reference/sp500_constituents.csv").read_bytes()
    file = terminal.file("companies.csv", before)

    assert terminal.enriches(file) in FINE, terminal.told
    print(json.dumps(terminal.data))  # noqa: T201 - figures for who looks
    assert file.read_bytes() == before
    assert terminal.data["rows"] == len(companies) - 1
    assert counts_add_up(terminal.data)
    after = terminal.result.read_bytes().splitlines()
    for line, old in zip(after, before.splitlines(), strict=True):
        assert line.startswith(old + b",")


def test_the_500_companies_in_a_workbook(terminal, companies):
    """Every cell has its value, every other part of the package its bytes."""
    assert_workbook_kept(terminal, [list(row) for row in companies])


@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.long)])
def test_the_universities_are_recognised_and_completed(terminal, universities, every):
    """10,251 rows or a fifth: countries and domains to 99 %, and no cell that held anything is another."""
    universities = [universities[0], *universities[1::every]]
    before = as_list(universities)
    file = terminal.file("universities.csv", before)

    assert terminal.enriches(file) in FINE, terminal.told
    assert terminal.data["rows"] == len(universities) - 1
    assert counts_add_up(terminal.data)
    assert file.read_bytes() == before
    result = terminal.result.read_bytes()
    header, *rows = of_list(result)
    assert header[:5] == universities[0]
    for line, raw, old in zip(rows, result.split(b"\r\n")[1:], universities[1:], strict=False):
        if all(old):
            assert raw.startswith(as_list([old]).rstrip(b"\r\n") + b",")
        assert [new for new, was in zip(line, old, strict=False) if was] == [was for was in old if was]

    countries = sum(bool(row[header.index("Country (clean)")]) for row in rows)
    roles = sum(row[header.index("E-mail type")] == "Shared" for row in rows)
    lost = [(old, row[1]) for row, old in zip(rows, universities[1:], strict=True) if not old[1]]
    filled = sum(bool(ours) for _, ours in lost)
    right = sum(is_part(ours, old[4].partition("@")[2]) for old, ours in lost)
    known = sum(is_part(ours, old[4].partition("@")[2]) or is_part(ours, host(old[2])) for old, ours in lost)
    print(  # noqa: T201 - figures for who looks
        f"\ncountries {countries / len(rows):.4f}  role addresses {roles / len(rows):.4f}  "
        f"domains filled {filled / len(lost):.4f}, "
        f"of the address {right / len(lost):.4f}, of address or web page {known / len(lost):.4f}\n"
        + json.dumps(terminal.data)
    )
    assert countries / len(rows) >= 0.999
    assert roles / len(rows) >= 0.999
    assert filled / len(lost) >= 0.999
    assert right / len(lost) >= 0.985
    assert known / len(lost) >= 0.999


def test_universities_in_a_workbook(terminal, universities):
    """Every cell has its value, every other part of the package its bytes."""
    assert_workbook_kept(terminal, [list(row) for row in universities[: IN_A_WORKBOOK + 1]])


def assert_workbook_kept(terminal: Terminal, rows: list[list[str]]) -> None:
    data = workbook([[cell or None for cell in row] for row in rows])
    file = terminal.file("list.xlsx", data)

    assert terminal.enriches(file) in FINE, terminal.told
    assert terminal.data["rows"] == len(rows) - 1
    assert counts_add_up(terminal.data)
    assert file.read_bytes() == data
    before, after = parts(data), parts(terminal.result.read_bytes())
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} <= MAY_CHANGE
    result = load_workbook(terminal.result)
    assert isinstance(result, Workbook)
    kept = zip(first_sheet(result).iter_rows(max_col=len(rows[0]), values_only=True), rows, strict=True)
    assert not [
        old for new, old in kept if any(was and was != now for now, was in zip(new, old, strict=True))
    ]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
