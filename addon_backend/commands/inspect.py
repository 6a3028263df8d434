"""``inspect FILE``: what every sheet of a file, or of a Google spreadsheet, holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from addon_backend.commands.enrich_sheet import before_a_run, found_tabs, looking
from addon_backend.commands.entrance import (
    json_option,
    local_caller,
    open_house,
    service_caller,
    settings,
    sheet_option,
    sheet_titles,
    told_plainly,
)
from addon_backend.domain.errors import NothingToRead, SelectionEmpty
from addon_backend.domain.sheet_address import is_address, parse_sheet_address
from addon_backend.services.runs.selection.inspect import inspect_selection
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.selection.views import Inspection

if TYPE_CHECKING:
    from addon_backend.domain.workspaces import Caller
    from addon_backend.services.house import House


Found = list[tuple[str, Inspection]]


@click.command("inspect")
@click.argument("file", metavar="FILE_OR_SHEET_URL")
@sheet_option
@json_option
def inspect_command(*, file: str, sheet: str | None, as_json: bool) -> None:
    """Name the columns of FILE and count what is wrong in them. Nothing is changed or kept."""
    with told_plainly():
        found = _at_google(file, sheet) if is_address(file) else _at_home(file, sheet)
        if as_json:
            click.echo(json.dumps({"sheets": [_as_data(title, one) for title, one in found]}))
        else:
            _print(found)


def _at_home(file: str, sheet: str | None) -> Found:
    with open_house(settings()) as (house, _):
        caller = local_caller(house)
        document = house.workbooks.open(caller.workspace, Path(file))
        try:
            return [
                (title, _inspected(house, caller, "local", document.id, title))
                for title in sheet_titles(house, document, sheet)
                if sheet in {None, title}
            ]
        finally:
            house.workbooks.forget(caller.workspace, document.id)


def _at_google(address: str, sheet: str | None) -> Found:
    parse_sheet_address(address)
    with open_house(settings(), shared_sheets=True) as (house, _):
        caller = service_caller(house)
        with before_a_run():
            desk, tabs = found_tabs(house, address, sheet)
            there = looking(house, desk)
            return [
                (tab.title, _inspected(there, caller, tab.ref.host, tab.ref.document, tab.title))
                for tab in tabs
            ]


def _inspected(house: House, caller: Caller, host: str, document: str, title: str) -> Inspection:
    """Inspect every row of a sheet; one without any is no mistake of the person who asks."""
    try:
        return inspect_selection(select(house, caller, host, document, sheet=title, whole=True))
    except (NothingToRead, SelectionEmpty):
        return Inspection(rows=0, header_row=None, sampled=False, quality=100, columns=())


def _as_data(title: str, inspection: Inspection) -> dict[str, object]:
    return {
        "name": title,
        "rows": inspection.rows,
        "header_row": inspection.header_row,
        "columns": [
            {
                "index": column.index,
                "letter": column.letter,
                "header": column.header,
                "kind": column.kind.value,
                "confidence": column.confidence,
                "filled": column.filled,
                "distinct": column.distinct,
                "problems": column.problems,
            }
            for column in inspection.columns
        ],
    }


def _print(found: Found) -> None:
    console = Console(highlight=False)
    for title, inspection in found:
        table = Table(title=f"{escape(title)} · {inspection.rows:,} rows · quality {inspection.quality}/100")
        for heading in ("", "Header", "Holds", "Sure", "Filled", "Distinct", "Problems"):
            table.add_column(heading, justify="left" if heading in {"", "Header", "Holds"} else "right")
        for column in inspection.columns:
            table.add_row(
                column.letter,
                escape(column.header),
                column.kind.value,
                f"{column.confidence:.0%}",
                f"{column.filled:,}",
                f"{column.distinct:,}",
                f"{column.problems:,}",
            )
        console.print(table)
