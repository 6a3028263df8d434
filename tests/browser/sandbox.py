"""The sandbox page as a person uses it: the sheet beside the panel."""

from __future__ import annotations

import re

from playwright.sync_api import FrameLocator, Locator, Page


class Sandbox:
    """The page, its sheet and its panel."""

    def __init__(self, page: Page, url: str, query: str = "") -> None:
        """Open it and wait for the list and the panel's first words about it."""
        self.page, self.url = page, url
        page.goto(f"{url}/sandbox{query}")
        self.panel: FrameLocator = page.frame_locator("iframe")
        self.panel.locator("main[aria-busy=false] h1").wait_for()

    def cell(self, row: int, column: str) -> Locator:
        """Return a cell by its row number and its letter; it must be in sight."""
        line = self.row_number(row).locator("xpath=..").get_attribute("data-row")
        at = self.page.locator(".slick-header-column").all_inner_texts().index(column)
        return self.page.locator(f'.grid-canvas-right .slick-row[data-row="{line}"] .slick-cell.l{at}')

    def header(self, letter: str) -> Locator:
        """Return a column's letter."""
        return self.page.locator(".slick-header-column", has_text=_exactly(letter))

    def row_number(self, row: int) -> Locator:
        """Return a row's number."""
        return self.page.locator(".slick-cell.numbers", has_text=_exactly(row))

    def chip(self, text: str) -> Locator:
        """Return what the panel says is selected."""
        return self.panel.locator(".chip", has_text=text)

    def press(self, name: str) -> None:
        """Press a button of the toolbar."""
        self.page.locator("#tools").get_by_role("button", name=name).click()


def _exactly(text: object) -> re.Pattern[str]:
    return re.compile(rf"^{re.escape(str(text))}$")
