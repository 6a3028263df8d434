"""A house on a real SQLite database, a list in it, and a person who presses buttons."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import insert, update

from addon_backend.domain.cells import EMPTY
from addon_backend.domain.recipes import Recipe, recipe_named
from addon_backend.domain.sheet import SheetRef
from addon_backend.domain.workspaces import TERMS_VERSION
from addon_backend.local.host import LocalHost
from addon_backend.local.workbooks import LocalWorkbooks
from addon_backend.ports.documents import RowChange
from addon_backend.security.vault import AesGcmVault
from addon_backend.services.accounts import accept_terms, enter
from addon_backend.services.house import House
from addon_backend.services.runs.selection.preview import preview
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.start import start
from addon_backend.services.runs.status import run_view
from addon_backend.services.runs.views import StartOrder
from addon_backend.services.runs.work import advance
from addon_backend.sources.demo import DemoSource
from addon_backend.store import models as tables
from addon_backend.store.documents import SqlDocuments
from addon_backend.store.engine import make_engine
from addon_backend.store.unit import SqlStore
from tests.engines.tables import sqlite_with_tables
from tests.fakes.post import MemoryMailer


@dataclass
class CountingBell:
    """A bell that only counts: these tests answer it themselves."""

    rings: int = 0

    def ring(self, times: int = 1) -> None:
        self.rings += times


@dataclass
class CountingSource:
    """The demo source, remembering whom it was asked about."""

    inner: DemoSource = field(default_factory=DemoSource)
    asked: list[str] = field(default_factory=list)
    trouble: Exception | None = None
    before: object = None

    def __getattr__(self, name):
        return getattr(self.inner, name)

    def look_up(self, identities):
        if callable(self.before):
            self.before()
        if self.trouble is not None:
            raise self.trouble
        self.asked += identities
        return self.inner.look_up(identities)


def make_house(folder: Path, source: CountingSource | None = None) -> House:
    engine = make_engine(sqlite_with_tables(folder / "truth.db"))
    vault = AesGcmVault({"test": bytes(range(32))}, "test")
    documents = SqlDocuments(engine, vault)
    return House(
        store=SqlStore(engine, vault),
        bell=CountingBell(),
        host=lambda _name, workspace, _member: LocalHost(documents, workspace),
        sources={"demo": source or CountingSource()},
        documents=documents,
        workbooks=LocalWorkbooks(documents, folder / "documents"),
        mailer=MemoryMailer(),
        public_url="https://enrich.example",
    )


class Desk:
    """One person with one list, at the local host; ``hostile_desk.py`` has her at another."""

    host_name = "local"

    def __init__(self, folder: Path, rows: list[list[str]], source: CountingSource | None = None) -> None:
        self.folder = folder
        self.source = source or CountingSource()
        self.house = make_house(folder, self.source)
        self.caller = enter(self.house, "person:ana", "Ana", "ana", "en")
        accept_terms(self.house, self.caller, TERMS_VERSION)
        self.document = self.open(rows)

    def open(self, rows: list[list[str]]) -> str:
        path = self.folder / "list.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        return self.house.workbooks.open(self.caller.workspace, path).id

    @property
    def ref(self) -> SheetRef:
        sheet = self.house.documents.sheets(self.caller.workspace, self.document)[0]
        return SheetRef("local", self.document, sheet.id)

    def look(self, recipe: str | Recipe = "standard", **how):
        chosen = recipe_named(recipe) if isinstance(recipe, str) else recipe
        selection = select(self.house, self.caller, self.host_name, self.document, **how)
        return preview(self.house, self.caller, selection, chosen), selection, chosen

    def press(self, recipe: str | Recipe = "standard", *, key="k1", trial=False, most=None, **how) -> str:
        shown, selection, chosen = self.look(recipe, **how)
        order = StartOrder(shown.quote_id, selection.sheet, selection.range, chosen, trial, most)
        return start(self.house, self.caller, order, key, f"digest of {key}")[0].id

    def close(self) -> None:
        """Leave nothing behind."""

    def pauses_end(self) -> None:
        """Let everybody come back now who was told to come back later."""
        engine = self.house.store._engine  # type: ignore[attr-defined]  # noqa: SLF001 - nobody else may
        with engine.begin() as connection:
            for table in (tables.chunk, tables.sheet_lease):
                due = [
                    column for column in (table.c.get("due_at"), table.c.get("until")) if column is not None
                ]
                connection.execute(update(table).values({column.name: 0.0 for column in due}))

    def computes(self) -> None:
        """Let all be computed that can be while somebody else holds the sheet, who then lets go."""
        engine = self.house.store._engine  # type: ignore[attr-defined]  # noqa: SLF001 - nobody else may
        lease = {"key": self.ref.lease_key, "worker": "somebody", "run": "another", "fence": 1, "until": 1e12}
        with engine.begin() as connection:
            connection.execute(insert(tables.sheet_lease).values(**lease))
        while self.work("computes"):
            pass
        self.pauses_end()

    def work(self, worker="w1", stop=lambda: False) -> int:
        return advance(self.house, worker, stop, 600.0)

    def run(self, recipe: str | Recipe = "standard", **how):
        run = self.press(recipe, **how)
        self.work()
        return self.view(run)

    def view(self, run: str):
        return run_view(self.house, self.caller, run)

    def table(self) -> list[list[object]]:
        """The sheet as a person sees it now."""
        sheet = self.house.documents.sheets(self.caller.workspace, self.document)[0]
        columns = [column.id for column in sorted(sheet.columns, key=lambda column: column.index)]
        rows = self.house.documents.rows(self.caller.workspace, self.document, sheet.id, 0, sheet.rows)
        return [[row.cells.get(column, EMPTY).value for column in columns] for row in rows]

    def column(self, header: str) -> list[object]:
        table = self.table()
        return [row[table[0].index(header)] for row in table[1:]]

    def type_in(self, row: int, header: str, value) -> None:
        sheet = self.house.documents.sheets(self.caller.workspace, self.document)[0]
        index = self.table()[0].index(header)
        column = next(column.id for column in sheet.columns if column.index == index)
        change = RowChange(row, {}, {column: value})
        assert not self.house.documents.change(self.caller.workspace, self.document, sheet.id, [change])

    def reorder(self, order) -> None:
        """Sort the rows: ``order`` gets and returns row numbers, the header at 0 stays."""
        sheet = self.ref.sheet
        ids = self.house.documents.order(self.caller.workspace, self.document, sheet)
        self.house.documents.reorder(
            self.caller.workspace,
            self.document,
            sheet,
            [ids[0], *(ids[i] for i in order(range(1, len(ids))))],
        )

    def insert(self, at: int) -> None:
        self.house.documents.insert_rows(self.caller.workspace, self.document, self.ref.sheet, at, 1)

    def delete(self, row: int) -> None:
        ids = self.house.documents.order(self.caller.workspace, self.document, self.ref.sheet)
        self.house.documents.delete_rows(self.caller.workspace, self.document, self.ref.sheet, [ids[row]])


HEADER = ["Full name", "E-mail", "Phone", "Company", "Country", "Notes"]


def people(count: int) -> list[list[str]]:
    """Synthetic people, each with a company of her own and a French mobile; Country is blank."""
    return [
        HEADER,
        *(
            [
                f"Person{_letters(i)} Family{_letters(i)}",
                f"person{i}@company{i}.example",
                f"+33 (0)1 99 00 {i // 100 % 100:02} {i % 100:02}",
                f"Company {_letters(i)}",
                "",
                f"note {i}",
            ]
            for i in range(count)
        ),
    ]


def _letters(number: int) -> str:
    word = ""
    for _ in range(4):
        number, rest = divmod(number, 26)
        word += chr(97 + rest)
    return word
