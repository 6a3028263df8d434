"""``inspect FILE``: what every sheet of a file holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from addon_backend.commands.entrance import (
    file_argument,
    json_option,
    local_caller,
    open_house,
    settings,
    sheet_option,
    sheet_titles,
    told_plainly,
)
from addon_backend.domain.errors import NothingToRead, SelectionEmpty
from addon_backend.services.runs.selection.inspect import inspect_selection
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.selection.views import Inspection

if TYPE_CHECKING:
    from addon_backend.domain.workspaces import Caller
    from addon_backend.services.house import House


@click.command("inspect")
@file_argument
@sheet_option
@json_option
def inspect_command(*, file: str, sheet: str | None, as_json: bool) -> None:
    """Name the columns of FILE and count what is wrong in them. Nothing is changed or kept."""
    with told_plainly(), open_house(settings()) as (house, _):
        caller = local_caller(house)
        document = house.workbooks.open(caller.workspace, Path(file))
        try:
            found = [
                (title, _inspected(house, caller, document.id, title))
                for title in sheet_titles(house, document, sheet)
                if sheet in {None, title}
            ]
        finally:
            house.workbooks.forget(caller.workspace, document.id)
        if as_json:
            click.echo(json.dumps({"sheets": [_as_data(title, one) for title, one in found]}))
        else:
            _print(found)


def _inspected(house: House, caller: Caller, document: str, title: str) -> Inspection:
    """Inspect every row of a sheet; one without any is no mistake of the person who asks."""
    try:
        return inspect_selection(select(house, caller, "local", document, sheet=title, whole=True))
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


def _print(found: list[tuple[str, Inspection]]) -> None:
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
