"""One sheet part: its cells, and what the elements around them say about the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from addon_backend.domain.errors import FileUnreadable
from addon_backend.domain.sheet import GridRange
from addon_backend.local.formats import CellFormats, Style
from addon_backend.local.opened import FileLimits, OpenedSheet, Why
from addon_backend.local.xlsx.grid import Grid, GridReader
from addon_backend.local.xlsx.markup import ATTRIBUTES, Element, each, local_name, plain, root_name, tree
from addon_backend.local.xlsx.places import MOST_COLUMNS, read_range
from addon_backend.local.xlsx.styles import whole


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the workbook tells the reader of a sheet part."""

    strings: Sequence[str]
    styles: Sequence[Style]
    from_1904: bool
    limits: FileLimits


@dataclass(frozen=True, slots=True)
class SheetData:
    """Where ``sheetData`` lies in a part: its start tag, its content, the end of its end tag."""

    prefix: bytes
    tag: int
    start: int
    end: int
    close: int


def find_sheet_data(part: bytes) -> SheetData:
    """Find the rows in a plain or masked part. Raises `FileUnreadable` where there is no such element."""
    prefix, name = root_name(part)
    if name != b"worksheet":
        raise FileUnreadable(reason=Why.DAMAGED)
    p = re.escape(prefix)
    opens = re.search(rb"<%bsheetData(?=[\s/>])(%b)>" % (p, ATTRIBUTES), part)
    if opens is None:
        raise FileUnreadable(reason=Why.DAMAGED)
    if opens[1].endswith(b"/"):
        return SheetData(prefix, opens.start(), opens.end(), opens.end(), opens.end())
    closes = re.compile(rb"</%bsheetData\s*>" % p).search(part, opens.end())
    if closes is None:
        raise FileUnreadable(reason=Why.DAMAGED)
    return SheetData(prefix, opens.start(), opens.end(), closes.start(), closes.end())


def read_sheet(
    part: bytes, name: str, around: Surroundings, *, hidden: bool, tables: Sequence[GridRange]
) -> OpenedSheet:
    """Read a checked sheet part. ``tables`` are the header rows of its Excel tables."""
    part = plain(part)
    data = find_sheet_data(part)
    reader = GridReader(data.prefix, around.strings, around.styles, around.limits, from_1904=around.from_1904)
    grid = reader.read(part, data.start, data.end)
    frame = tree(part[: data.tag] + part[data.close :])
    return OpenedSheet(
        name=name,
        rows=grid.rows,
        formulas=grid.formulas,
        spills=frozenset(grid.spills),
        formats=_formats(grid, frame, around.styles),
        merged=tuple(read_range(merge.get("ref", "")) for merge in each(frame, "mergeCell")),
        validated=tuple(_validated(frame)),
        table_headers=tuple(tables),
        hidden_rows=frozenset(grid.hidden_rows),
        hidden_columns=frozenset(_hidden_columns(frame)),
        protected=any(is_true(element.get("sheet")) for element in each(frame, "sheetProtection")),
        hidden=hidden,
    )


def is_true(text: str | None) -> bool:
    """Read an attribute that is on or off."""
    return text in ("1", "true")


def _formats(grid: Grid, frame: Element, styles: Sequence[Style]) -> CellFormats:
    spans = [(*_span(column), whole(column.get("style"))) for column in _columns(frame)]
    return CellFormats(styles, grid.styles, grid.row_styles, [span for span in spans if span[2]])


def _hidden_columns(frame: Element) -> Iterator[int]:
    for column in _columns(frame):
        if is_true(column.get("hidden")):
            yield from range(*_span(column))


def _columns(frame: Element) -> Iterator[Element]:
    return (column for group in frame if local_name(group) == "cols" for column in each(group, "col"))


def _span(column: Element) -> tuple[int, int]:
    return max(whole(column.get("min")) - 1, 0), min(whole(column.get("max")), MOST_COLUMNS)


def _validated(frame: Element) -> Iterator[GridRange]:
    for rule in each(frame, "dataValidation"):
        if rule.get("type", "none") == "none":
            continue  # shows a hint, accepts everything
        ranges = rule.get("sqref") or " ".join(element.text or "" for element in each(rule, "sqref"))
        yield from (read_range(text) for text in ranges.split())
