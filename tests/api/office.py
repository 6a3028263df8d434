"""A real house in a folder of its own, people who are signed in, and what they have on their desks."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from flask import Flask
from werkzeug.test import Client, TestResponse

from addon_backend.app import create_app
from addon_backend.bootstrap import build_house, find_engines, migrated
from addon_backend.domain.cells import Cell, CellValue
from addon_backend.domain.recipes import RECIPES
from addon_backend.domain.runs import PRICE_BOOK, QUOTE_SECONDS, Quote
from addon_backend.domain.sheet import SheetRef, parse_a1
from addon_backend.domain.workspaces import TERMS_VERSION, Caller
from addon_backend.ports.documents import StoredColumn, StoredDocument, StoredRow, StoredSheet
from addon_backend.security.tickets import Tickets
from addon_backend.services import accounts
from addon_backend.services.house import House
from addon_backend.settings import Settings

SECRET = "a secret that only the tests of this house know"
METRICS_TOKEN = "metrics for the tests only"

CONTACTS: list[list[CellValue]] = [
    ["Name", "E-mail", "Phone", "Company"],
    ["DUPONT Marie", "marie.dupont@example.com", "01 42 68 53 00", "Example SAS"],
    ["John Smith", "john.smith@example.org", "+44 20 7946 0958", "Example Ltd"],
    ["  anna  müller", "Anna.Mueller@EXAMPLE.net", "030/901820", "Example GmbH"],
    ["John Smith", "john.smith@example.org", "+44 20 7946 0958", "Example Ltd"],
]


class QuietBell:
    """Rings for nobody: the tests do the work themselves, where they want any done."""

    def __init__(self) -> None:
        self.rings = 0

    def ring(self, times: int = 1) -> None:
        self.rings += times


def settings_for(home: Path, **told: object) -> Settings:
    """Settings of a sandbox in this folder; ``told`` replaces fields."""
    plain = Settings(
        home=home,
        redis_url="unix:///nowhere",
        sandbox=True,
        secret_keys=(SECRET,),
        metrics_token=METRICS_TOKEN,
    )
    return dataclasses.replace(plain, **told)  # type: ignore[arg-type]  # the caller names fields and their types


def furnish(home: Path, blank: Path) -> House:
    """Return a house whose database is a copy of a migrated, empty one."""
    shutil.copytree(blank, home, dirs_exist_ok=True)
    settings = settings_for(home)
    return dataclasses.replace(build_house(settings, find_engines(settings)), bell=QuietBell())


def build_blank(home: Path) -> None:
    """Make a migrated, empty database."""
    migrated(find_engines(settings_for(home)))


@dataclass
class Office:
    """One running application and its house."""

    settings: Settings
    house: House
    app: Flask = field(init=False)
    redis_url: Callable[[], str] | None = None

    def __post_init__(self) -> None:
        self.app = create_app(self.settings, self.house, self.redis_url)

    def reopened(self, **told: object) -> Office:
        """The same house behind an application that was told otherwise."""
        return Office(dataclasses.replace(self.settings, **told), self.house, self.redis_url)  # type: ignore[arg-type]

    def stranger(self) -> Client:
        """Someone without a ticket, on this machine."""
        return self.app.test_client()

    def sign_in(
        self, workspace: str = "google:example.com", subject: str = "marie", language: str = "en"
    ) -> Person:
        """A member of a workspace whose terms are accepted."""
        caller = accounts.enter(self.house, workspace, workspace, subject, language)
        accounts.accept_terms(self.house, caller, TERMS_VERSION)
        return Person(self, caller, Tickets([SECRET]).issue(caller)[0])


@dataclass
class Person:
    """Someone who is signed in; her requests carry her ticket."""

    office: Office
    caller: Caller
    ticket: str

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> TestResponse:
        return self.office.app.test_client().get(path, headers=self.headers(headers))

    def post(
        self,
        path: str,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
    ) -> TestResponse:
        sent = data if data is not None else (b"" if body is None else json.dumps(body).encode())
        told = {"Content-Type": "application/json", **(headers or {})}
        return self.office.app.test_client().post(path, data=sent, headers=self.headers(told))

    def patch(self, path: str, body: object) -> TestResponse:
        told = self.headers({"Content-Type": "application/json"})
        return self.office.app.test_client().patch(path, data=json.dumps(body).encode(), headers=told)

    def delete(self, path: str) -> TestResponse:
        return self.office.app.test_client().delete(path, headers=self.headers())

    def headers(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.ticket}", **(more or {})}

    def opens(self, rows: list[list[CellValue]] | None = None) -> SheetRef:
        """Open a list as a local document and return its only sheet."""
        return open_list(self.office.house, self.caller.workspace, CONTACTS if rows is None else rows)

    def selects(self, rows: list[list[CellValue]] | None = None, **told: object) -> dict[str, object]:
        """Select the whole of a list in an opened document, as the panel sends it."""
        return selection_json(rows, sheet=sheet_json(self.opens())) | told

    def is_quoted(self, sheet: SheetRef, *, expires_in: float = QUOTE_SECONDS, ceiling: int = 0) -> str:
        """Hold a quote for A1:D5 of a sheet, as a preview would have given it."""
        with self.office.house.store.unit() as unit:
            now = unit.now()
            quote = Quote(
                id=uuid4().hex,
                workspace=self.caller.workspace,
                member=self.caller.member,
                sheet=sheet,
                title="Contacts",
                range=parse_a1("A1:D5"),
                header_row=1,
                recipe=RECIPES["standard"],
                price_book=PRICE_BOOK,
                rows=4,
                credits=ceiling,
                provider_units=0,
                trial=False,
                created_at=now,
                expires_at=now + expires_in,
            )
            unit.quotes.add(quote)
            unit.commit()
        return quote.id

    def order(self, sheet: SheetRef | None = None, **told: object) -> dict[str, object]:
        """The body that starts a quoted run."""
        sheet = sheet or self.opens()
        return {
            "quote_id": self.is_quoted(sheet),
            "sheet": sheet_json(sheet),
            "range": "A1:D5",
            "recipe": "standard",
        } | told

    def starts(self, sheet: SheetRef | None = None) -> str:
        """Start a run and return its id."""
        answer = self.post("/v1/runs", self.order(sheet), {"Idempotency-Key": uuid4().hex})
        assert answer.status_code == 202, answer.text
        return str(answer.get_json()["id"])


def sheet_json(sheet: SheetRef) -> dict[str, str]:
    return {"host": sheet.host, "document": sheet.document, "sheet": sheet.sheet}


def selection_json(rows: list[list[CellValue]] | None = None, **told: object) -> dict[str, object]:
    """A selection of a whole list as the panel sends it; of a document that nobody has opened."""
    rows = CONTACTS if rows is None else rows
    return {
        "sheet": {"host": "local", "document": "d", "sheet": "s"},
        "title": "Contacts",
        "range": f"A1:D{len(rows)}",
        "table": {
            "top": 0,
            "rows_total": len(rows),
            "sampled": False,
            "columns": [
                {"index": index, "values": [row[index] for row in rows], "obstacles": {}}
                for index in range(4)
            ],
        },
    } | told


def open_list(house: House, workspace: str, rows: list[list[CellValue]]) -> SheetRef:
    """Keep a list as an opened document of a workspace."""
    document, width = uuid4().hex, max(map(len, rows))
    columns = tuple(StoredColumn(f"{document[:8]}{index}", index) for index in range(width))
    kept = StoredDocument(document, workspace, "contacts.csv", "csv", "/contacts.csv", "", "", 0.0)
    sheet = StoredSheet(document, "s1", "Contacts", len(rows), columns, 0)
    cells = [
        StoredRow(
            number,
            number,
            0,
            hidden=False,
            cells={columns[at].id: Cell(value) for at, value in enumerate(row) if value is not None},
        )
        for number, row in enumerate(rows)
    ]
    house.documents.add(kept, [(sheet, cells)])
    return SheetRef("local", document, "s1")
