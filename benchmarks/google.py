"""A long list at Google Sheets: how many calls, and how much of a person's quota."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import gspread
import structlog
from google.oauth2.credentials import Credentials
from requests import Response

from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.domain.runs import CHUNK_ROWS
from addon_backend.google.client import SheetsClient
from addon_backend.google.grid import SHEETS
from addon_backend.google.host import GoogleSheets
from addon_backend.google.quota import PER_USER, Quotas
from benchmarks.report import Subject, seconds, table
from tests.contract.google_desk import TOKEN, USER
from tests.fakes.google_sheets.server import FakeGoogleSheets
from tests.unit.services.desk import HEADER, people
from tests.unit.services.desk_at_google import DeskAtGoogle

ROWS, FEW_ROWS = 50_000, 3_000
CALL_SECONDS = 0.3
RECIPE = Recipe(
    "five",
    clean_default=CleanMode.OFF,
    fill=("person.first_name", "person.last_name", "email.type", "phone.type", "phone.time_zone"),
    duplicates=False,
)
LONGEST_PAUSE = 90.0


@dataclass(frozen=True)
class Told:
    """What one way did: its calls, the reads and writes of the busiest minute, its time, its columns."""

    calls: int
    reads: int
    writes: int
    seconds: float
    columns: int


def measure(*, quick: bool) -> Subject:
    """Fill the same five columns in two ways, by the real clock."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    rows = FEW_ROWS if quick else ROWS
    ours, usual = _told(rows, _ours), _told(rows, _usual)
    chunks = -(-rows // CHUNK_ROWS)
    return Subject(
        name="google",
        title="A long list at Google Sheets",
        how=f"{rows:,} rows × 5 columns filled at the stand-in for Google Sheets over HTTP, which counts as "
        f"Google does and takes {CALL_SECONDS} s per call, by the real clock. The usual way is a script with "
        f"gspread that reads {CHUNK_ROWS} rows, works them out and sets them by row number, asking again "
        "after a pause when it is refused; one that reads and sets all at once would take three calls. What "
        "the panel reads before a run is not counted, nor, among the columns, the look at how far a sheet "
        "reaches. A person may send 60 reads and 60 writes a minute.",
        ratios=[
            ("calls, ours : usual", f"{ours.calls / usual.calls:.2f} ×"),
            ("calls per 500 rows, ours : usual", f"{ours.calls / chunks:.1f} : {usual.calls / chunks:.1f}"),
            (
                "share of her quota in the busiest minute, ours : usual",
                f"{max(ours.reads, ours.writes) / 60:.0%} : {max(usual.reads, usual.writes) / 60:.0%}",
            ),
            ("columns asked for, of 6, ours : usual", f"{ours.columns} : {usual.columns}"),
            ("time, ours : usual", f"{ours.seconds / usual.seconds:.1f} ×"),
        ],
        figures=table(
            (f"{rows:,} rows", "calls", "reads in the busiest minute", "writes in it", "time"),
            [
                (name, f"{one.calls:,}", str(one.reads), str(one.writes), seconds(one.seconds))
                for name, one in (("ours", ours), ("usual", usual))
            ],
        ),
        losses=list(_losses(ours, usual)),
    )


def _losses(ours: Told, usual: Told) -> Iterator[str]:
    longer, more = ours.seconds / usual.seconds, ours.calls / usual.calls
    if longer > 1:
        yield (
            f"A run takes {longer:.1f} × as long as a script: it sends at most {PER_USER} "
            f"reads and {PER_USER} writes a minute, so that her own tools go on working."
        )
    if more > 1:
        yield (
            f"It takes {more:.1f} × the calls of a script that reads and sets {CHUNK_ROWS} rows at a time "
            "without looking again."
        )


def _told(rows: int, way: Callable[[DeskAtGoogle], Callable[[], None]]) -> Told:
    """Let a way begin, as far as a person does that, and count from there on."""
    with tempfile.TemporaryDirectory(prefix="addon-bench-") as folder:
        desk = _Desk(Path(folder), people(rows))
        try:
            work = way(desk)
            desk.google.calls.clear()
            desk.google.readings.clear()
            began = time.monotonic()
            work()
            taken = time.monotonic() - began
            peak = desk.google.per_minute(USER)
            hers = desk.google.columns_read(desk.document, 0, without_mask=SHEETS) & set(range(len(HEADER)))
            _check(desk.table()[1:], rows)
            calls = sum(desk.google.calls.values())
            return Told(calls=calls, reads=peak.reads, writes=peak.writes, seconds=taken, columns=len(hers))
        finally:
            desk.close()


class _Desk(DeskAtGoogle):
    """The clock is real, each call takes its time, and our client keeps to its share of the quota."""

    def __init__(self, folder: Path, rows: list[list[str]]) -> None:
        super().__init__(folder, rows)
        self.google.quota.clock = time.monotonic
        self.google.pace = lambda _: time.sleep(CALL_SECONDS)
        host = GoogleSheets(SheetsClient(lambda: TOKEN, Quotas().of(USER), self.google.url))
        self.house = replace(self.house, host=lambda *_whose: host)


def _ours(desk: DeskAtGoogle) -> Callable[[], None]:
    run = desk.press(RECIPE)

    def work() -> None:
        while desk.view(run).state not in {"finished", "failed", "parked"}:
            if not desk.work():
                time.sleep(0.2)

    return work


def _usual(desk: DeskAtGoogle) -> Callable[[], None]:
    client = gspread.Client(Credentials(TOKEN), http_client=_at(desk.google))
    sheet = client.open_by_key(desk.document).sheet1
    last = len(desk.table())
    header = [["First name", "Last name", "E-mail type", "Phone type", "Time zone"]]

    def work() -> None:
        _again(lambda: sheet.update(header, "G1"))
        for first in range(2, last + 1, CHUNK_ROWS):
            bottom = min(first + CHUNK_ROWS - 1, last)
            rows = _again(lambda first=first, bottom=bottom: sheet.get(f"A{first}:F{bottom}"))
            made = [_made(row) for row in rows]
            _again(lambda made=made, first=first: sheet.update(made, f"G{first}", raw=True))

    return work


def _made(row: Sequence[str]) -> list[str]:
    first, _, last = row[0].partition(" ")
    return [first, last, "business", "landline", "Europe/Paris"]


def _again(call: Callable[[], object]) -> list[list[str]]:
    """Ask again when the minute is used up, as scripts do: after 1, 2, 4, … seconds."""
    pause = 1.0
    while True:
        try:
            return call()  # type: ignore[return-value]
        except gspread.exceptions.APIError as error:
            if error.code != 429 or pause > LONGEST_PAUSE:
                raise
        time.sleep(pause)
        pause *= 2


def _at(google: FakeGoogleSheets) -> type[gspread.HTTPClient]:
    class Client(gspread.HTTPClient):
        """Asks the emulator in Google's place."""

        def request(self, method: Any, endpoint: str, *args: Any, **options: Any) -> Response:  # noqa: ANN401
            for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
                endpoint = endpoint.replace(host, google.url)
            return super().request(method, endpoint, *args, **options)

    return Client


def _check(table: Sequence[Sequence[object]], rows: int) -> None:
    """Every row has its five values; a way that leaves any out would be quick for nothing."""
    if len(table) != rows or any(cell is None for row in table for cell in row[6:11]):
        raise RuntimeError("not every row was filled")
