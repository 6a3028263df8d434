"""The same person at Google Sheets, as the emulator plays it over HTTP, troubles and all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from addon_backend.domain.sheet import SheetRef
from tests.contract.desks import Draft
from tests.contract.google_desk import GoogleDesk
from tests.fakes.google_sheets.person import Person
from tests.fakes.google_sheets.server import FakeGoogleSheets
from tests.unit.services.desk import CountingSource, Desk


class DeskAtGoogle(Desk):
    """`Desk` over a spreadsheet; ``google`` takes the troubles that are to come. Close it in the end."""

    host_name = "google"

    def __init__(self, folder: Path, rows: list[list[str]], source: CountingSource | None = None) -> None:
        self.google = FakeGoogleSheets(clock=count(0.0, 10.0).__next__)  # no quota is ever used up
        self.google.__enter__()
        self.sheets = GoogleDesk(self.google)
        self.host = self.sheets.host
        self.sent = 0
        self.host._client.session.hooks["response"].append(self._count)  # noqa: SLF001 - as a proxy would
        super().__init__(folder, rows, source)
        self.house = replace(self.house, host=lambda *_whose: self.host)

    def close(self) -> None:
        """Stop the emulator, which must have had nothing to complain of."""
        self.google.__exit__(None, None, None)
        assert not self.google.complaints

    def listen(self) -> list[str]:
        """Return a list that every answer of Google's is added to from now on."""
        answers: list[str] = []
        self.host._client.session.hooks["response"].append(  # noqa: SLF001 - as a proxy would hear it
            lambda answer, *_how, **_more: answers.append(answer.text)
        )
        return answers

    def _count(self, answer, *_how, **_more) -> None:
        if "values:batchUpdateByDataFilter" in answer.request.path_url:
            told = answer.json() if answer.ok else {}
            self.sent += told.get("totalUpdatedCells", 0)

    def open(self, rows: list[list[str]]) -> str:
        (ref,) = self.sheets.lay_out(Draft([[cell or None for cell in row] for row in rows]))
        return ref.document

    @property
    def ref(self) -> SheetRef:
        return SheetRef("google", self.document, "0")

    @property
    def person(self) -> Person:
        return self.google.documents[self.document].at(0)

    def table(self) -> list[list[object]]:
        """The used area as she sees it now."""
        rows, columns = self.used()
        return [[self.sheets.look(self.ref, row, column) for column in range(columns)] for row in range(rows)]

    @property
    def windows(self):
        """What happens inside the next writes of values."""
        return self.google.windows

    @property
    def faults(self):
        """What goes wrong with the next calls."""
        return self.google.faults

    @property
    def cells_sent(self) -> int:
        """How many cells were set."""
        return self.sent

    def move_column(self, at: int, to: int) -> None:
        self.person.move_column(at, to)

    def insert_column(self, at: int) -> None:
        self.person.insert_column(at)

    def delete_column(self, at: int) -> None:
        self.person.delete_column(at)

    def used(self) -> tuple[int, int]:
        """How many rows and columns hold anything."""
        sheet = self.person.sheet
        filled = [
            (row, column)
            for row in range(len(sheet.rows))
            for column in range(len(sheet.columns))
            if self.sheets.look(self.ref, row, column) is not None
        ]
        return max(row for row, _ in filled) + 1, max(column for _, column in filled) + 1

    def type_in(self, row: int, header: str, value) -> None:
        self.sheets.type_in(self.ref, row, self.table()[0].index(header), value)

    def reorder(self, order: Callable[[range], object]) -> None:
        self.person.sort([0, *order(range(1, self.used()[0]))])  # type: ignore[misc]

    def insert(self, at: int) -> None:
        self.person.insert_row(at)

    def delete(self, row: int) -> None:
        self.person.delete_row(row)
