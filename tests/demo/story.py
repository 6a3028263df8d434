"""The whole story, played by itself in a browser: each step is told with what was seen."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

from playwright.sync_api import FrameLocator, Page, expect

from addon_backend.domain.sheet import column_letter
from tests.browser.placement import misplaced
from tests.demo.stand_in import StandIn

PATIENCE = 180_000
"""Milliseconds for a step: a long list waits for Google's quota, which is counted by the minute."""
_GLANCE = 50
_WRITES = {"spreadsheets.values.batchUpdateByDataFilter", "spreadsheets.batchUpdate"}
"""What a run calls to set cells; the second, with dates, also to make its columns."""


@dataclass
class Seen:
    """What came of it. The story went well when rows were filled, and nothing stands where it should not."""

    rows: int = 0
    filled: int = 0
    sorted_during_run: bool = False
    in_wrong_rows: int = 0
    written_over: int = 0
    left_after_undo: int = 0
    rows_changed_after_undo: int = 0
    complaints: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """True where every promise was kept."""
        wrong = (self.in_wrong_rows, self.written_over, self.left_after_undo, self.rows_changed_after_undo)
        return self.filled > 0 and self.sorted_during_run and not any(wrong) and not self.complaints


class Story:
    """One person at the page."""

    def __init__(self, page: Page, sheet: StandIn, say: Callable[[str], object]) -> None:
        self._page, self._sheet, self._say = page, sheet, say
        self._before = Counter(self._own_rows())
        self._seen = Seen(rows=len(sheet.shown()) - 1)

    def play(self) -> Seen:
        """Go through all of it, and return what was seen."""
        self._look()
        self._enrich()
        self._sort_during_the_run()
        self._check()
        self._undo()
        self._seen.complaints = list(self._sheet.world.books.complaints)
        return self._seen

    @property
    def _panel(self) -> FrameLocator:
        return self._page.frame_locator("#sidebar").frame_locator("#userHtmlFrame").frame_locator("#panel")

    def _press(self, name: str | re.Pattern[str]) -> None:
        self._panel.get_by_role("button", name=name).click(timeout=PATIENCE)

    def _heading(self) -> str:
        return self._panel.locator("h1").inner_text()

    def _look(self) -> None:
        page = self._page
        page.goto(self._sheet.urls["sheets"])
        expect(page.locator("#grid td.head").first).to_be_visible(timeout=PATIENCE)
        self._say(
            f"A messy list of {self._seen.rows:,} rows; signed in as {page.locator('#person').inner_text()}."
        )
        self._select(f"A1:{column_letter(self._sheet.own - 1)}{self._seen.rows + 1}")
        page.get_by_text("Extensions").click()
        page.get_by_role("button", name="Enrich selection").click(timeout=PATIENCE)
        expect(self._panel.locator("main[aria-busy=false] .examples")).to_be_visible(timeout=PATIENCE)
        self._say(f"Selected it, and pressed Enrich selection: “{self._heading()}”.")

    def _select(self, name: str) -> None:
        with self._page.expect_response("**/selected"):
            self._page.locator("#range").fill(name)
            self._page.locator("#range").press("Enter")

    def _enrich(self) -> None:
        self._panel.locator("button.primary").click()
        with self._page.expect_popup() as opened:
            self._panel.locator("a.primary").click(timeout=PATIENCE)
        tab = opened.value
        tab.get_by_role("button", name="Allow").click()
        expect(tab.locator("body")).to_contain_text("You can close this tab", timeout=PATIENCE)
        tab.close()
        self._say("Pressed Enrich, and allowed it on the consent page.")

    def _choose_file(self) -> None:
        """Choose the file: the run begins."""
        self._press("Choose this file")
        with self._page.expect_response("**/chosen"):
            self._page.locator("#dialog button.primary").click(timeout=PATIENCE)
        self._say("Chose the file.")

    def _sort_during_the_run(self) -> None:
        """Let nothing be written before the sheet is sorted: the run has read other rows than it finds."""
        books, reached, go_on = self._sheet.world.books, Event(), Event()
        usual = books.pace

        def hold(call: str) -> None:
            usual(call)
            if call in _WRITES and len(self._sheet.shown()[0]) > self._sheet.own:
                reached.set()
                go_on.wait(PATIENCE / 1000)

        books.pace = hold
        try:
            self._choose_file()
            for _ in range(int(PATIENCE) // _GLANCE):
                if reached.is_set():
                    break
                self._page.wait_for_timeout(_GLANCE)
            self._select("A1")
            with self._page.expect_response("**/act"):
                self._page.get_by_role("button", name="Sort Z to A").click()
            self._seen.sorted_during_run = self._panel.locator("progress").is_visible()
        finally:
            books.pace = usual
            go_on.set()
        self._say("While the run was about to write, sorted the sheet by its first column, Z to A.")

    def _check(self) -> None:
        expect(self._panel.locator(".score")).to_be_visible(timeout=PATIENCE)
        header, *rows = self._sheet.shown()
        named = [dict(zip(header, row, strict=True)) for row in rows]
        added = header[self._sheet.own :]
        self._seen.filled = sum(bool(row[name]) for row in named for name in added)
        self._seen.in_wrong_rows = len(misplaced(named))
        self._seen.written_over = self._written_over()
        self._say(
            f"“{self._heading()}”: {len(added)} new columns, {self._seen.filled:,} cells in them, "
            f"{sum(bool(row['Phone (clean)']) for row in named):,} of them phones. "
            f"Values in wrong rows: {self._seen.in_wrong_rows}. "
            f"Rows in which something was written over: {self._seen.written_over}."
        )

    def _undo(self) -> None:
        self._press(re.compile("^Undo until "))
        expect(self._panel.locator("h1")).to_have_text(re.compile("put back$"), timeout=PATIENCE)
        self._seen.left_after_undo = sum(
            bool(text) for row in self._sheet.shown() for text in row[self._sheet.own :]
        )
        self._seen.rows_changed_after_undo = self._changed()
        self._say(
            f"Undid it: “{self._heading()}”. Cells left: {self._seen.left_after_undo}. "
            f"Rows that are not as they were: {self._seen.rows_changed_after_undo}."
        )

    def _own_rows(self) -> list[tuple[str, ...]]:
        return [tuple(row[: self._sheet.own]) for row in self._sheet.shown()]

    def _written_over(self) -> int:
        """Return how many rows hold something else than before in a cell that held something."""
        before: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for row in self._before:
            before[row[0]].append(row)
        return sum(
            not any(_kept(was, row) for was in before[row[0]] + before[""]) for row in self._own_rows()
        )

    def _changed(self) -> int:
        return (self._before - Counter(self._own_rows())).total()


def _kept(was: tuple[str, ...], now: tuple[str, ...]) -> bool:
    return all(old in {"", new} for old, new in zip(was, now, strict=True))
