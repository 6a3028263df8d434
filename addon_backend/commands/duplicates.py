"""``duplicates FILE``: rows that are one and the same."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console

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
from addon_backend.services.runs.duplicates import FoundDuplicates, find_in_sheet


@click.command("duplicates")
@file_argument
@sheet_option
@json_option
def duplicates_command(*, file: str, sheet: str | None, as_json: bool) -> None:
    """List groups of rows of FILE that are one and the same; rows count from 0 below the header."""
    with told_plainly(), open_house(settings()) as (house, _):
        caller = local_caller(house)
        document = house.workbooks.open(caller.workspace, Path(file))
        try:
            sheet_titles(house, document, sheet)
            found = find_in_sheet(house, caller, document.id, sheet)
        except (NothingToRead, SelectionEmpty):  # a list without rows holds no duplicates
            found = FoundDuplicates(0, 1, ())
        finally:
            house.workbooks.forget(caller.workspace, document.id)
        if as_json:
            click.echo(json.dumps(_as_data(found)))
        else:
            _print(found)


def _as_data(found: FoundDuplicates) -> dict[str, object]:
    return {
        "rows": found.rows,
        "groups": [
            {
                "rows": list(group.rows),
                "score": round(group.score, 4),
                "band": group.band,
                "reasons": list(group.reasons),
            }
            for group in found.groups
        ],
    }


def _print(found: FoundDuplicates) -> None:
    console = Console(highlight=False)
    sure = sum(group.band == "sure" for group in found.groups)
    console.print(f"{found.rows:,} rows, {len(found.groups):,} groups of duplicates, {sure:,} of them sure")
    for group in found.groups:
        rows = ", ".join(str(row + found.first_row) for row in group.rows)
        console.print(f"  {group.band:5}  rows {rows}  ({', '.join(group.reasons)})", markup=False)
