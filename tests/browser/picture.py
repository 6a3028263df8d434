"""The README's picture, taken of the real site while a run fills the sheet, so that it is always true.

``python -m tests.browser.picture docs/sandbox.png``
"""

from __future__ import annotations

import csv
import io
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import FLAGS
from tests.browser.live import live_app
from tests.browser.sandbox import Sandbox
from tests.tools.demo import mess
from tests.tools.demo.people import Dice, Person, people

SEEDS = range(20260220, 20260226)
STRIDE = 1_009  # a prime: the list is walked in leaps, so that countries are mixed
COLUMNS = ["Full name", "E-mail", "Company", "Country", "Phone"]


def main(out: Path) -> None:
    """Start the site, press Enrich, and keep the moment when new cells light up."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("Chromium is needed for the picture: ./dev browser")
    out.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        live_app(Path(home)) as url,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB", color_scheme="light")
        sandbox = Sandbox(page, url)
        _open(sandbox, _list())
        _run_until_it_fills(sandbox)
        page.screenshot(path=str(out))


def _list() -> str:
    """Return a list long enough to be seen while it fills: invented people, typed in by many hands."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_entry(Dice(place), person) for place, person in enumerate(_everybody()))
    return text.getvalue()


def _everybody() -> list[Person]:
    found = [person for seed in SEEDS for person in people(Dice(seed))]
    return [found[place * STRIDE % len(found)] for place in range(len(found))]


def _entry(dice: Dice, person: Person) -> list[object]:
    return [
        mess.full_name(dice, person),
        mess.email(dice, person),
        mess.company_name(dice, person.company),
        mess.country(dice, person.land),
        mess.phone(dice, person),
    ]


def _open(sandbox: Sandbox, rows: str) -> None:
    sandbox.page.locator("input[type=file]").set_input_files(
        {"name": "contacts.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    sandbox.page.get_by_role("heading", name="contacts.csv").wait_for()
    sandbox.chip("A1:E").wait_for()
    sandbox.panel.locator("main[aria-busy=false] .examples").wait_for(timeout=60_000)


def _run_until_it_fills(sandbox: Sandbox) -> None:
    sandbox.panel.locator("button.primary").click()
    sandbox.page.locator(".slick-cell.flash").first.wait_for(timeout=60_000)
    sandbox.page.mouse.move(640, 30)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/sandbox.png"))
