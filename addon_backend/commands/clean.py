"""``clean --kind KIND``: one value per line in, one JSON object per line out. Needs no engine and no home."""

from __future__ import annotations

import codecs
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import click

from addon_backend.commands.entrance import told_plainly
from addon_backend.domain.cells import CellValue, DateValue, as_text
from addon_backend.domain.errors import FileUnknown, FileUnreadable
from addon_backend.domain.kinds import ColumnKind
from addon_backend.services.values import clean_values

BATCH = 10_000
_COUNTRY = re.compile("[A-Za-z]{2}")
_WINDOWS = "addon_backend.as_windows"


@click.command("clean")
@click.option("--kind", required=True, type=click.Choice([kind.value for kind in ColumnKind]))
@click.option("--country", metavar="CC", help="ISO country code that values without one belong to.")
@click.argument("source", default="-", type=click.Path(allow_dash=True, dir_okay=False))
def clean_command(kind: str, country: str | None, source: str) -> None:
    """Clean the values of FILE (or stdin), one per line: {"input","value","status","reason", parts…}."""
    if country is not None and not _COUNTRY.fullmatch(country):
        raise click.BadParameter("two letters, such as FR", param_hint="--country")
    with told_plainly(), _opened(source) as lines:
        _clean(lines, ColumnKind(kind), country.upper() if country else None)


@contextmanager
def _opened(source: str) -> Iterator[Iterable[str]]:
    """Read text as it comes: UTF-8 or UTF-16 by its mark; a byte that is no UTF-8 is what Windows means."""
    if source == "-":
        yield _text(sys.stdin.buffer)
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 - closed below
    except FileNotFoundError:
        raise FileUnknown from None
    except OSError:
        raise FileUnreadable(reason="no_permission") from None
    with file, _text(file) as lines:
        yield lines


def _text(data: BinaryIO) -> io.TextIOWrapper:
    buffered = data if isinstance(data, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", data))
    if buffered.peek(2)[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return io.TextIOWrapper(buffered, encoding="utf-16", errors="replace")
    return io.TextIOWrapper(buffered, encoding="utf-8-sig", errors=_WINDOWS)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    raw = error.object[error.start : error.end]
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in raw), error.end


codecs.register_error(_WINDOWS, _as_windows)


def _clean(lines: Iterable[str], kind: ColumnKind, country: str | None) -> None:
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
