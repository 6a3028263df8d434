"""``clean --kind KIND``: one value per line in, one JSON object per line out. Needs no engine and no home."""

from __future__ import annotations

import json
import sys
from typing import IO

import click

from addon_backend.commands.entrance import told_plainly
from addon_backend.domain.cells import CellValue, DateValue, as_text
from addon_backend.domain.kinds import ColumnKind
from addon_backend.services.values import clean_values

BATCH = 10_000


@click.command("clean")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in ColumnKind]))
@click.option("--country", metavar="CC", help="ISO country code that values without one belong to.")
@click.argument("source", default="-", type=click.Path(allow_dash=True, dir_okay=False))
def clean_command(kind: str, country: str | None, source: str) -> None:
    """Clean the values of FILE (or stdin), one per line: {"input","value","status","reason", parts…}."""
    with told_plainly(), click.open_file(source, encoding="utf-8", errors="surrogateescape") as lines:
        _clean(lines, ColumnKind(kind), country.upper() if country else None)


def _clean(lines: IO[str], kind: ColumnKind, country: str | None) -> None:
    batch: list[str] = []
    for line in lines:
        batch.append(line.rstrip("\r\n"))
        if len(batch) == BATCH:
            _print(batch, kind, country)
            batch = []
    _print(batch, kind, country)


def _print(batch: list[str], kind: ColumnKind, country: str | None) -> None:
    for text, cleaned in zip(batch, clean_values(kind, batch, country), strict=True):
        shape: dict[str, object] = {
            "input": text,
            "value": _plain(cleaned.value),
            "status": cleaned.status,
            "reason": cleaned.reason,
        }
        shape.update({name: part for name, part in cleaned.parts.items() if name not in shape})
        sys.stdout.write(json.dumps(shape) + "\n")


def _plain(value: CellValue) -> object:
    return as_text(value) if isinstance(value, DateValue) else value
