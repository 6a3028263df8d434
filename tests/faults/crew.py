"""A home with real engines, a list in it, and real worker processes that tests may kill."""

import csv
import os
import random
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from redis import Redis

from addon_backend.bootstrap import build_house, find_engines, migrated
from addon_backend.domain.cells import EMPTY
from addon_backend.domain.recipes import recipe_named
from addon_backend.domain.runs import Reservation
from addon_backend.domain.workspaces import TERMS_VERSION
from addon_backend.jobs.supervisor import Supervisor
from addon_backend.services.accounts import accept_terms, enter
from addon_backend.services.runs.selection.preview import preview
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.start import start
from addon_backend.services.runs.status import run_view
from addon_backend.services.runs.views import RunView, StartOrder
from addon_backend.settings import Settings

PATIENCE = 240.0
HEADER = ["Full name", "E-mail", "Phone", "Company", "Country", "Notes"]
COMPANIES = 160


def eventually(condition, patience: float = PATIENCE):
    """Wait for what must come, and return it; how fast it comes is no promise."""
    deadline = time.monotonic() + patience
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return found


def pid_of(worker: str) -> int:
    return int(worker.split(":")[-2])


@dataclass(frozen=True)
class Ended:
    """What a run left behind: the sheet as a person sees it, what was counted, what was billed."""

    state: str
    table: list[list[object]]
    counts: Mapping[str, int]
    money: Reservation
    billed: int


class InTurn(Mapping[str, str]):
    """An environment in which a name has another value for each process that is given it, and then none.

    ``is_used_up`` once a process got no value: where one worker lives at a time, all before it have ended.
    """

    def __init__(self, environment: Mapping[str, str], name: str, values: Iterable[str]) -> None:
        self._always = dict(environment)
        self._name = name
        self._values = iter(values)
        self._now = ""
        self.is_used_up = False

    def __iter__(self) -> Iterator[str]:
        self._now = next(self._values, "")
        self.is_used_up = not self._now
        return iter([*self._always, *([self._name] if self._now else [])])

    def __getitem__(self, name: str) -> str:
        return self._now if name == self._name else self._always[name]

    def __len__(self) -> int:
        return len(self._always)


class Home:
    """One home: engines that this process owns, a person, and her list."""

    def __init__(self, folder: Path, database_url: str = "", rows: int = 40) -> None:
        told = {"ADDON_HOME": str(folder), "SANDBOX": "1", "DATABASE_URL": database_url, "LOG_LEVEL": "info"}
        self.environment = {**os.environ, **told}
        self.settings = Settings.from_environment(self.environment)
        self.engines = find_engines(self.settings)
        migrated(self.engines)
        self.house = build_house(self.settings, self.engines)
        self.caller = enter(self.house, "person:ana", "Ana", "ana", "en")
        accept_terms(self.house, self.caller, TERMS_VERSION)
        self._rows = rows
        self._presses = 0
        self.open_again()

    def open_again(self) -> None:
        """Open a fresh copy of the list."""
        path = self.settings.home / "list.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(people(self._rows))
        self.document = self.house.workbooks.open(self.caller.workspace, path).id

    @property
    def redis(self) -> Redis:
        return Redis.from_url(self.engines.redis_url())

    def press(self, recipe: str = "complete") -> str:
        """Press *Enrich* on the whole list, and return the run."""
        chosen = recipe_named(recipe)
        selection = select(self.house, self.caller, "local", self.document)
        shown = preview(self.house, self.caller, selection, chosen)
        order = StartOrder(shown.quote_id, selection.sheet, selection.range, chosen)
        self._presses += 1
        return start(self.house, self.caller, order, f"key {self._presses}", "digest")[0].id

    def view(self, run: str) -> RunView:
        return run_view(self.house, self.caller, run)

    def is_over(self, run: str) -> bool:
        return self.view(run).state in {"finished", "stopped", "failed", "parked"}

    def ended(self, run: str) -> Ended:
        """Wait for the end of a run, and return what it left."""
        eventually(lambda: self.is_over(run))
        view = self.view(run)
        with self.house.store.reading() as unit:
            money = unit.runs.reservation(self.caller.workspace, run)
            billed = unit.ledger.spent(self.caller.workspace, run)
        return Ended(view.state, self.table(), view.counts, money, billed)

    def table(self) -> list[list[object]]:
        sheet = self.house.documents.sheets(self.caller.workspace, self.document)[0]
        columns = [column.id for column in sorted(sheet.columns, key=lambda column: column.index)]
        rows = self.house.documents.rows(self.caller.workspace, self.document, sheet.id, 0, sheet.rows)
        return [[row.cells.get(column, EMPTY).value for column in columns] for row in rows]

    @contextmanager
    def crew(self, count: int, environment: Mapping[str, str] | None = None) -> Iterator[Supervisor]:
        """Let a supervisor and its worker processes work; they have left at the end of the block."""
        supervisor = Supervisor(self.house, count, self.environment if environment is None else environment)
        thread = threading.Thread(target=supervisor.run)
        thread.start()
        try:
            yield supervisor
        finally:
            supervisor.stop()
            thread.join()

    def close(self) -> None:
        self.house.store._engine.dispose()  # type: ignore[attr-defined]  # noqa: SLF001 - nobody else needs to
        self.engines.close()


def kill_one(supervisor: Supervisor, choose: random.Random) -> str | None:
    """Kill a worker as ``kill -9`` does, and return its id; None where nobody is there to be killed."""
    workers = supervisor.workers()
    if not workers:
        return None
    worker = choose.choice(workers)
    try:
        os.kill(pid_of(worker), signal.SIGKILL)
    except ProcessLookupError:
        return None
    return worker


def people(count: int) -> list[list[str]]:
    """Made-up people of some companies: values to clean, to fill, to buy, and every 50th twice."""
    rows = []
    for i in range(count):
        company = i % COMPANIES
        n = i - 1 if i % 50 == 49 else i
        rows.append(
            [
                f"{_letters(n)}a FAMILY{_letters(n)}",
                f" Person{n}@Company{company}.example ",
                f"01 99 {n // 10_000 % 100:02} {n // 100 % 100:02} {n % 100:02}",
                f"company {_letters(company)} sarl",
                "" if i % 3 else "france",
                f"note {i}",
            ]
        )
    return [HEADER, *rows]


def _letters(number: int) -> str:
    word = ""
    for _ in range(4):
        number, rest = divmod(number, 26)
        word += chr(97 + rest)
    return word
