"""``demo``: everything set up, the main job once on the sample list, then the sandbox until Ctrl-C."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from rich.table import Table

from addon_backend.commands.enrich import Wish, enrich_file
from addon_backend.commands.entrance import (
    DECISIONS,
    DONE,
    local_caller,
    open_house,
    settings,
    stderr,
    told_plainly,
)
from addon_backend.commands.serve import start_site
from addon_backend.commands.watching import print_report
from addon_backend.domain.cells import as_text
from addon_backend.domain.recipes import recipe_named
from addon_backend.services.documents import sample_file
from addon_backend.services.runs.selection.preview import preview
from addon_backend.services.runs.selection.select import select

if TYPE_CHECKING:
    from addon_backend.domain.workspaces import Caller
    from addon_backend.services.house import House
    from addon_backend.services.runs.selection.views import Preview
    from addon_backend.settings import Settings

RECIPE = "standard"


@click.command("demo")
@click.option("--once", is_flag=True, help="Leave after the job, with one JSON object as the last line.")
@click.option("--port", type=click.IntRange(1, 65_535), help="Where the sandbox listens.")
def demo_command(*, once: bool, port: int | None) -> None:
    """Enrich the bundled messy list, show before and after, and serve the sandbox until Ctrl-C."""
    found = replace(settings(), sandbox=True)
    if port is not None:
        found = replace(found, port=port)
    with told_plainly(), open_house(found) as (house, _):
        code, report = _main_job(house, found)
        if once:
            if report is not None:
                click.echo(json.dumps(report))
            sys.exit(DONE if code == DECISIONS else code)
        if report is not None:
            print_report(report)
        with start_site(found, workers=2) as site:
            stderr.print(f"\nThe sandbox is at [bold]{site.url}/sandbox[/bold]   (Ctrl-C ends it)")
            site.wait()


def _main_job(house: House, found: Settings) -> tuple[int, dict[str, object] | None]:
    caller = local_caller(house)
    out = found.home / "demo" / "leads.enriched.xlsx"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.unlink(missing_ok=True)  # ours, from an earlier demo
    _show(_look(house, caller))
    return enrich_file(house, caller, Wish(sample_file(house), None, None, RECIPE, out, None, yes=True))


def _look(house: House, caller: Caller) -> Preview:
    document = house.workbooks.open_sample(caller.workspace)
    try:
        return preview(house, caller, select(house, caller, "local", document.id), recipe_named(RECIPE))
    finally:
        house.workbooks.forget(caller.workspace, document.id)


def _show(shown: Preview) -> None:
    stderr.print(f"\n[bold]{shown.rows:,} messy rows.[/bold] {shown.headline}")
    table = Table(box=None, pad_edge=False)
    for heading in ("Row", "Column", "Before", "After", "Why"):
        table.add_column(heading, overflow="fold")
    for example in shown.examples:
        for number, cell in enumerate(example.cells[:4]):
            table.add_row(
                str(example.row) if not number else "",
                cell.label,
                as_text(cell.before),
                as_text(cell.after),
                cell.reason,
            )
    stderr.print(table)
