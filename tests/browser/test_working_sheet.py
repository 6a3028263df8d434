"""A person works in her sheet while a run writes to it: nothing of hers is lost, nothing of ours astray."""

from __future__ import annotations

import csv
import io
import os
import re
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from addon_backend.embedded.sqlite import database_url
from addon_backend.sources.demo import DemoSource
from tests.browser.live import live_app
from tests.browser.sandbox import Sandbox
from tests.faults.crew import pid_of
from tests.unit.services.desk import HEADER, people

ENDED = re.compile(r"^[\d,]+ cells? filled$")
PUT_BACK = re.compile(r"^[\d,]+ cells? put back$")


class TestWhatIsOnTheScreen:
    """With a server that writes when it is told to."""

    @pytest.fixture
    def sandbox(self, page, mock):
        """A run that has begun and has not written yet."""
        mock.seconds = 4000.0
        sandbox = Sandbox(page, mock.url)
        sandbox.panel.get_by_role("button", name="Enrich 317 rows").click()
        sandbox.panel.locator("progress").wait_for()
        return sandbox

    def writes(self, sandbox, mock):
        """Let the run write, and wait until the page has heard of it."""
        with sandbox.page.expect_response(
            lambda reply: "/rows?" in reply.url and len(reply.json()["columns"]) > 10
        ):
            mock.runs["r1"].began -= 1500

    def test_what_is_being_typed_survives_new_columns(self, sandbox, mock):
        sandbox.cell(5, "C").dblclick()
        sandbox.page.keyboard.press("Control+a")
        sandbox.page.keyboard.type("Belg")
        self.writes(sandbox, mock)
        sandbox.page.keyboard.type("ium")
        expect(sandbox.header("K")).not_to_have_class(re.compile("added"))
        sandbox.page.keyboard.press("Enter")
        expect(sandbox.cell(5, "C")).to_have_text("Belgium")
        expect(sandbox.header("K")).to_have_class(re.compile("added"))
        expect(sandbox.cell(2, "K")).to_have_text("+33612345678")

    def test_what_is_being_typed_is_kept_when_she_sorts(self, sandbox, mock):
        sandbox.cell(5, "B").dblclick()
        sandbox.page.keyboard.press("Control+a")
        sandbox.page.keyboard.type("zzz the last of all")
        self.writes(sandbox, mock)
        sandbox.press("Sort Z to A")
        expect(sandbox.cell(2, "B")).to_have_text("zzz the last of all")

    def test_rows_are_deleted_and_inserted_while_columns_come(self, sandbox, mock):
        ninth = sandbox.cell(9, "B").inner_text()
        sandbox.row_number(4).click()
        sandbox.row_number(7).click(modifiers=["Shift"])
        sandbox.press("Delete rows")
        expect(sandbox.cell(5, "B")).to_have_text(ninth)
        self.writes(sandbox, mock)
        sandbox.cell(5, "B").click()
        sandbox.press("Insert row")
        expect(sandbox.cell(5, "B")).to_have_text("")
        expect(sandbox.cell(6, "B")).to_have_text(ninth)
        expect(sandbox.header("K")).to_have_class(re.compile("added"))


class Model:
    """What the sheet must hold: her list, her own edits, and of ours only what belongs to a row."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.start = {row[1]: row for row in rows[1:]}
        self.gone: set[str] = set()
        self.typed: dict[tuple[str, str], str] = {}

    def check(self, header: list[object], rows: list[list[object]]) -> None:
        """Compare every cell of the sheet; rows are known by their e-mail, which nobody edits."""
        assert header[: len(HEADER)] == HEADER
        assert sorted(str(row[1]) for row in rows) == sorted(self.start.keys() - self.gone)
        for row in rows:
            mail = str(row[1])
            for column, cell in zip(header, row, strict=True):
                hers = self.typed.get((mail, str(column)))
                if hers is not None:
                    assert cell == hers, (mail, column)
                elif column in HEADER and column != "Country":
                    assert cell == self.start[mail][HEADER.index(str(column))], (mail, column)
                elif cell is not None and column in OURS:
                    assert cell == OURS[str(column)](self.start[mail]), (mail, column)


def made_up(row: list[str], field: str) -> object:
    """Return what the demonstration's source says of a row's company."""
    (answer,) = DemoSource().look_up([row[1].split("@")[1]])
    return answer.facts[field].value if field in answer.facts else None


OURS: dict[str, Callable[[list[str]], object]] = {
    "Country": lambda _row: "France",
    "Phone (clean)": lambda row: "+33" + re.sub(r"\D", "", row[2].replace("(0)", ""))[2:],
    "First name": lambda row: row[0].split()[0],
    "Last name": lambda row: row[0].split()[1],
    "Company domain": lambda row: row[1].split("@")[1],
    "Industry": lambda row: made_up(row, "company.industry"),
    "Company size": lambda row: made_up(row, "company.size"),
}


class TestTheWholeStory:
    """On the real site, with real workers."""

    pytestmark = pytest.mark.timeout(600)

    @pytest.mark.parametrize("rows", [600, pytest.param(2_000, marks=pytest.mark.long)])
    def test_her_edits_stand_and_no_value_stands_in_a_wrong_row(self, page, tmp_path, rows):
        """She sorts, deletes, types, a worker dies, she stops, resumes and takes it all back."""
        with live_app(tmp_path) as site:
            self.live(Story(Sandbox(page, site, "?lab=1"), people(rows), tmp_path))

    def live(self, story: Story) -> None:
        slow_down(story.sandbox, "5")
        wants_everything(story.sandbox)
        enrich_all(story.sandbox)
        story.has_written(120)
        for step in (story.sorts, story.deletes_ten_rows, story.types_into_five_cells):
            step()  # between a guard read and its write, as the pause lasts that long
            story.check()
        slow_down(story.sandbox, "1")
        story.has_written(250)
        for step in (story.check, story.loses_a_worker, story.check, story.stops, story.check):
            step()
        story.resumes()
        story.check()
        story.is_complete()
        story.takes_back()
        story.takes_back_the_run_before()
        story.ends_as_it_began()


class Story:
    """What she does, step by step."""

    def __init__(self, sandbox: Sandbox, rows: list[list[str]], home: Path) -> None:
        """Open her list."""
        opened(sandbox, rows)
        self.sandbox, self.home = sandbox, home
        self.model, self.sheet = Model(rows), Sheet(sandbox)

    def check(self) -> None:
        self.model.check(*self.sheet.now())

    def has_written(self, rows: int) -> None:
        """Wait until so many rows are filled."""
        self.sheet.awaits(lambda header, body: filled(header, body, "Phone (clean)") >= rows)

    def sorts(self) -> None:
        self.sandbox.cell(2, "B").click()
        self.sandbox.press("Sort Z to A")
        expect(self.sandbox.cell(2, "B")).to_have_text(max(self.model.start))

    def deletes_ten_rows(self) -> None:
        _, body = self.sheet.now()
        self.sandbox.row_number(4).click()
        self.sandbox.row_number(13).click(modifiers=["Shift"])
        self.model.gone = {str(row[1]) for row in body[2:12]}
        self.sandbox.press("Delete rows")
        self.sheet.awaits(lambda _header, now: len(now) == len(body) - 10)

    def types_into_five_cells(self) -> None:
        """Countries that the run is about to fill, or has just filled."""
        header, body = self.sheet.now()
        letter = (
            self.sandbox.page.locator(".slick-header-column").nth(header.index("Country") + 1).inner_text()
        )
        for row, word in enumerate(["Belgium", "Spain", "Italy", "Malta", "Cyprus"], 5):
            self.sandbox.cell(row, letter).click()
            self.sandbox.page.keyboard.type(word)
            self.sandbox.page.keyboard.press("Enter")
            self.model.typed[str(body[row - 2][1]), "Country"] = word
        typed = set(self.model.typed.values())
        self.sheet.awaits(lambda header, body: words(header, body, "Country") >= typed)

    def loses_a_worker(self) -> None:
        """The one that is writing dies; another takes its place."""
        os.kill(self.sheet.awaits(lambda *_: writer(self.home)), signal.SIGKILL)

    def stops(self) -> None:
        """She presses Stop while a source is asked."""
        self.sheet.awaits(lambda *_: asked(self.home))
        press(self.sandbox, "Stop")
        expect(self.sandbox.panel.locator("h1")).to_have_text(ENDED, timeout=90_000)

    def resumes(self) -> None:
        """A stopped run is over: to go on she presses Enrich again."""
        slow_down(self.sandbox, "0")
        press(self.sandbox, "New run")
        enrich_all(self.sandbox)
        expect(self.sandbox.panel.locator("h1")).to_have_text(ENDED, timeout=90_000)

    def is_complete(self) -> None:
        """Every row holds all that is known of it."""
        header, body = self.sheet.now()
        for column in ("Phone (clean)", "Country"):
            assert filled(header, body, column) == len(body)
        industries = [OURS["Industry"](self.model.start[str(row[1])]) for row in body]
        assert [row[header.index("Industry")] for row in body] == industries

    def takes_back(self) -> None:
        press(self.sandbox, re.compile("^Undo until "))
        expect(self.sandbox.panel.locator("h1")).to_have_text(PUT_BACK, timeout=90_000)
        self.check()

    def takes_back_the_run_before(self) -> None:
        """The one that she had stopped."""
        press(self.sandbox, "Selection")
        press(self.sandbox, "History")
        self.sandbox.panel.locator(".history button").last.click()
        self.takes_back()

    def ends_as_it_began(self) -> None:
        """Only her own edits differ from the start."""
        header, body = self.sheet.now()
        assert [one for one in header if one] == HEADER
        for row in body:
            mail = str(row[1])
            start = list(self.model.start[mail])
            start[HEADER.index("Country")] = self.model.typed.get((mail, "Country"), "")
            assert [cell or "" for cell in row[: len(HEADER)]] == start
            assert not any(row[len(HEADER) :])


class Sheet:
    """The sheet as the server has it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.request, url = sandbox.page.request, sandbox.url
        document = self.request.get(f"{url}/sandbox/documents").json()["documents"][0]
        self.path = f"{url}/sandbox/documents/{document['id']}/sheets/{document['sheets'][0]['id']}/rows"
        self.page = sandbox.page

    def now(self) -> tuple[list[object], list[list[object]]]:
        """Return its header and its rows."""
        rows = sorted(self.request.get(self.path).json()["rows"], key=lambda row: row["position"])
        header, *body = [row["cells"] for row in rows]
        return header, body

    def awaits(self, holds: Callable[[list[object], list[list[object]]], int]) -> int:
        """Wait until something can be said of it, and return that."""
        for _ in range(600):
            if found := holds(*self.now()):
                return found
            self.page.wait_for_timeout(100)
        raise AssertionError("it did not come")


def opened(sandbox: Sandbox, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    sandbox.page.locator("input[type=file]").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    )
    sandbox.page.get_by_role("heading", name="people.csv").wait_for()
    sandbox.panel.locator("main[aria-busy=false] .examples").wait_for(timeout=60_000)
    sandbox.chip(f"A1:F{len(rows)}").wait_for()


def slow_down(sandbox: Sandbox, seconds: str) -> None:
    with sandbox.page.expect_response("**/sandbox/pace"):
        sandbox.page.get_by_label("Slow down writing").select_option(seconds)


def press(sandbox: Sandbox, name: str | re.Pattern[str]) -> None:
    sandbox.panel.get_by_role("button", name=name).click()


def words(header: list[object], body: list[list[object]], column: str) -> set[object]:
    at = header.index(column)
    return {row[at] for row in body}


def filled(header: list[object], body: list[list[object]], column: str) -> int:
    return 0 if column not in header else sum(row[header.index(column)] is not None for row in body)


def wants_everything(sandbox: Sandbox) -> None:
    """Choose to have paid sources asked, too."""
    sandbox.panel.get_by_text("Change", exact=True).click()
    with sandbox.page.expect_response("**/v1/runs/preview"):
        sandbox.panel.get_by_label("What to do").select_option("complete")


def enrich_all(sandbox: Sandbox) -> None:
    """Not a few rows first."""
    sandbox.panel.locator("main[aria-busy=false] .quality").wait_for(timeout=60_000)
    press(sandbox, re.compile(r"^Enrich (all )?[\d,]+ rows$"))
    sandbox.panel.locator("progress").wait_for()


def writer(home: Path) -> int:
    """Return the process id of the worker that is writing to a sheet of this home; 0 where none is."""
    names = known(home, "SELECT worker FROM sheet_lease WHERE worker != ''")
    return pid_of(str(names[0])) if names else 0


def asked(home: Path) -> int:
    """Count the look-ups that were ordered in this home."""
    return len(known(home, "SELECT identity FROM provider_call"))


def known(home: Path, query: str) -> list[object]:
    with closing(sqlite3.connect(database_url(home).removeprefix("sqlite:///"))) as database:
        return [row[0] for row in database.execute(query)]
