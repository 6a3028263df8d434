"""A workbook with the edits of some sheets, everything else in it as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from addon_backend.domain.errors import SheetUnknown
from addon_backend.local.edits import OrderKept, Outcome, SheetEdits
from addon_backend.local.opened import FileLimits, OpenedSheet
from addon_backend.local.xlsx.markup import proven
from addon_backend.local.xlsx.plan import Planner
from addon_backend.local.xlsx.splice import SheetSplice
from addon_backend.local.xlsx.stylebook import StyleBook
from addon_backend.local.xlsx.workbook import SheetPart, Workbook

_BLOCK = 2**20


def write_workbook(
    data: bytes, edits: Mapping[str, SheetEdits], target: BinaryIO, limits: FileLimits
) -> Outcome:
    """Write the workbook with these edits.

    Other members of the package keep their compressed bytes; in an edited sheet every cell that is not
    edited keeps its XML, a formula its last result. The styles part gains a style where a value needs one:
    Text where the text could be read as something else when somebody enters the cell again, a date format
    for dates, General for a number among dates. Strings are written in the cell, never as formulas and
    never into the shared strings. What is written is read by a parser on its way out: no broken workbook
    leaves. Raises `SheetUnknown`.
    """
    book = Workbook(data, limits)
    parts = {sheet.name: sheet for sheet in book.sheets}
    unknown = edits.keys() - parts.keys()
    if unknown:
        raise SheetUnknown(sheets=len(unknown))
    styles = StyleBook(book.package.read(book.styles_part) if book.styles_part else None, book.styles)
    outcome = Outcome()
    replaced: dict[str, Iterable[bytes]] = {}
    for name, changes in edits.items():
        rewritten = _rewritten(book, parts[name], changes, styles, outcome)
        if rewritten is not None:
            replaced[parts[name].part] = proven(_blocks(rewritten))
    if styles.changed and book.styles_part:
        replaced[book.styles_part] = proven([styles.part()])
    book.package.write(target, replaced)
    return outcome


def _rewritten(
    book: Workbook, sheet_part: SheetPart, edits: SheetEdits, styles: StyleBook, outcome: Outcome
) -> Iterator[bytes] | None:
    part = book.part(sheet_part)
    sheet = book.read(sheet_part, part)
    splice = SheetSplice(part)
    moves = edits.moves_rows(sheet.row_count)
    kept = _order_kept(sheet, splice, edits) if moves else None
    planner = Planner(sheet, styles, splice.tags.prefix, from_1904=book.from_1904)
    plan = planner.plan(edits, appended_from=sheet.row_count if kept else None)
    outcome.written += plan.count
    outcome.refused += plan.refused
    if kept:
        outcome.order_kept[sheet.name] = kept
    if moves and not kept:
        return splice.set_rows(edits.row_order or (), sheet.row_count, plan.writes, plan.new_rows)
    if not plan.count:
        return None
    return splice.set_cells(plan.writes | plan.new_rows)


def _order_kept(sheet: OpenedSheet, splice: SheetSplice, edits: SheetEdits) -> OrderKept | None:
    """Say what in the sheet would end beside the wrong row if rows moved; None where nothing would."""
    order = edits.row_order or ()
    headers_move = any(
        row >= len(order) or order[row] != row
        for header in sheet.table_headers
        for row in range(header.top, header.bottom or 0)
    )
    obstacles = (
        (bool(sheet.formulas), OrderKept.FORMULAS),
        (bool(sheet.merged), OrderKept.MERGED),
        (headers_move, OrderKept.TABLE_HEADER),
        (splice.holds(b"hyperlinks"), OrderKept.LINKS),
        (splice.holds(b"legacyDrawing"), OrderKept.NOTES),
        (splice.holds(b"drawing"), OrderKept.PICTURES),
    )
    return next((kept for obstacle, kept in obstacles if obstacle), None)


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= _BLOCK:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)
