"""axe in a page: put there once, asked as often as the page changes."""

from __future__ import annotations

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RUN = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return { violations };
}"""


def violations(page: Page) -> str:
    """Return what axe finds wrong in a page as it is now, to be read; nothing where all is well."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found = AxeResults(page.evaluate(_RUN))
    return str(found.generate_report()) if found.violations_count else ""
