"""``./dev demo --host google``: the whole story against the emulators, for who has no Google account."""

from __future__ import annotations

import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

import click
from playwright.sync_api import Error, sync_playwright

from tests.browser.chromium import FLAGS
from tests.demo.stand_in import StandIn, stand_in
from tests.demo.story import Story

_WHAT_TO_DO = """
A stand-in for Google Sheets is at {url}   (Ctrl-C ends it)
  1. Open it, press Extensions › Enrich selection, look at what would change, and press Enrich.
  2. Allow it on the page that opens, come back, and choose the file: the run begins.
  3. Watch the green columns fill; meanwhile sort by a column, edit cells, insert and delete rows.
  4. Press Undo: what was filled is gone, what you did yourself stays."""


@click.command("demo")
@click.option("--host", type=click.Choice(["google"]), required=True, help="Whose place is taken.")
@click.option(
    "--once", is_flag=True, help="Play the story in a headless Chromium, say what it saw, and leave."
)
@click.option(
    "--rows", type=click.IntRange(20, 5_000), default=600, show_default=True, help="How long the list is."
)
@click.option(
    "--slow",
    type=click.FloatRange(0, 10),
    help="Seconds that each call to Google takes (1; with --once 0).",
)
@click.option(
    "--port", type=click.IntRange(0, 65_535), help="Where the page listens (8090; with --once any)."
)
def demo(*, host: str, once: bool, rows: int, slow: float | None, port: int | None) -> None:
    """Run Google's stand-ins, the real service and its workers on this machine, until Ctrl-C."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if once and chromium is None:
        raise click.ClickException("--once needs Chromium; ./dev browser installs it.")
    signal.signal(signal.SIGINT, _leave)
    signal.signal(signal.SIGTERM, _leave)
    seconds = slow if slow is not None else 0.0 if once else 1.0
    address = port if port is not None else 0 if once else 8090
    click.echo("Starting the service, its workers, and Google’s stand-ins …", err=True)
    well = True
    try:
        with (
            tempfile.TemporaryDirectory(prefix="addon-demo-") as home,
            stand_in(Path(home), rows, address) as sheet,
        ):
            sheet.world.books.pace = lambda _: time.sleep(seconds)
            if once:
                well = _play(sheet, str(chromium))
            else:
                click.echo(_WHAT_TO_DO.format(url=sheet.urls["sheets"]))
                while True:
                    signal.pause()
    except KeyboardInterrupt:
        sys.exit(130 if once else 0)
    sys.exit(not well)


def _play(sheet: StandIn, chromium: str) -> bool:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 800}, locale="en-US")
        try:
            seen = Story(page, sheet, click.echo).play()
        except (AssertionError, Error) as trouble:  # what was waited for never came: its first line says what
            click.echo(str(trouble).partition("Aria snapshot")[0])
            return False
        finally:
            browser.close()
    click.echo("Every promise was kept." if seen.well else f"Not every promise was kept: {seen}")
    return seen.well


def _leave(signum: int, frame: FrameType | None) -> None:
    """End everything once; a second request changes nothing."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    demo(prog_name="./dev demo")
