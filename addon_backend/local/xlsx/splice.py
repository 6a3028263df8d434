"""A sheet part with some cells set: every other byte is handed on as it stands.

Nothing is parsed and written again: elements that no reader of ours knows (sparklines, pivot caches, what
next year's Excel invents) survive because nobody looks at them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from addon_backend.domain.errors import RangeUnclear
from addon_backend.domain.sheet import GridRange, column_letter, parse_a1
from addon_backend.local.xlsx.markup import ATTRIBUTES, attributes_of, masked
from addon_backend.local.xlsx.places import (
    Tags,
    cell_position,
    next_column,
    next_row,
    row_end,
    tags,
)
from addon_backend.local.xlsx.plan import CellWrite
from addon_backend.local.xlsx.stylebook import with_attribute
from addon_backend.local.xlsx.worksheet import SheetData, find_sheet_data

_REFERENCE = re.compile(rb"""(\sr\s*=\s*["'])([A-Z]{1,3})[0-9]+(["'])""")
_SPANS = re.compile(rb"""(\sspans\s*=\s*["'])([0-9]+):([0-9]+)(["'])""")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row element: its start tag, the end of its cells, and the end of the element."""

    number: int
    tag: re.Match[bytes]
    cells_end: int
    end: int


class SheetSplice:
    """A checked sheet part (`markup.checked`), ready to be written again with some cells set."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._mask = masked(part)
        self._data: SheetData = find_sheet_data(self._mask)
        self.tags: Tags = tags(self._data.prefix)

    def set_cells(self, writes: Mapping[int, Sequence[CellWrite]]) -> Iterator[bytes]:
        """Yield the part with these cells set (row → cells in order of columns), rows where they were."""
        part, data = self._part, self._data
        yield self._head(writes)
        at = last = data.start
        waiting = sorted(writes)
        done = 0
        for row in self._rows():
            last = row.end
            while done < len(waiting) and waiting[done] < row.number:
                yield part[at : row.tag.start()]
                at = row.tag.start()
                yield self._new_row(waiting[done], writes[waiting[done]])
                done += 1
            if done < len(waiting) and waiting[done] == row.number:
                yield part[at : row.tag.start()]
                at = row.end
                yield self._with_cells(row, writes[row.number])
                done += 1
            if done == len(waiting):
                break
        else:
            yield part[at:last]
            at = last
            yield from (self._new_row(row, writes[row]) for row in waiting[done:])
        yield part[at : data.end]
        yield from self._tail()

    def set_rows(
        self,
        order: Sequence[int | None],
        row_count: int,
        writes: Mapping[int, Sequence[CellWrite]],
        new_rows: Mapping[int, Sequence[CellWrite]],
    ) -> Iterator[bytes]:
        """Yield the part with its rows in this order and these cells set.

        ``new_rows`` are by number in the result. Rows below ``row_count``, which hold nothing but formats,
        move with the end.
        """
        rows = {row.number: row for row in self._rows()}
        beyond = [(row - row_count + len(order), row) for row in sorted(rows) if row >= row_count]
        yield self._head({**dict.fromkeys(range(len(order)), ()), **new_rows, **writes})
        for place, number in [*enumerate(order), *beyond]:
            if number is None:
                if place in new_rows:
                    yield self._new_row(place, new_rows[place])
            elif number in rows:
                yield self._renumbered(self._with_cells(rows[number], writes.get(number, ())), place)
            elif number in writes:
                yield self._new_row(place, writes[number])
        yield from self._tail()

    def holds(self, *names: bytes) -> bool:
        """Return True where one of these elements stands outside the rows."""
        found = re.compile(rb"<%b(?:%b)[\s/>]" % (re.escape(self._data.prefix), b"|".join(names)))
        return bool(found.search(self._mask, 0, self._data.tag) or found.search(self._mask, self._data.close))

    def _rows(self) -> Iterator[_Row]:
        number = -1
        for tag in self.tags.row.finditer(self._mask, self._data.start, self._data.end):
            number = next_row(attributes_of(tag[1]).get(b"r"), number)
            cells_end = row_end(self._mask, tag, self.tags, self._data.end)
            end = cells_end if tag[1].endswith(b"/") else self._mask.index(b">", cells_end) + 1
            yield _Row(number, tag, cells_end, end)

    def _new_row(self, number: int, cells: Iterable[CellWrite]) -> bytes:
        p = self._data.prefix
        inside = b"".join(self._cell(number, cell) for cell in cells)
        return b'<%brow r="%d">%b</%brow>' % (p, number + 1, inside, p)

    def _cell(self, number: int, cell: CellWrite) -> bytes:
        letters = column_letter(cell.column).encode()
        return b'<%bc r="%b%d"%b' % (self._data.prefix, letters, number + 1, cell.tail)

    def _with_cells(self, row: _Row, cells: Sequence[CellWrite]) -> bytes:
        if not cells:
            return self._part[row.tag.start() : row.end]
        pieces = [_widened(self._part[row.tag.start() : row.tag.end(1)].removesuffix(b"/"), cells), b">"]
        at = last = row.tag.end()
        done, column = 0, -1
        for found in self.tags.cell.finditer(self._mask, row.tag.end(), row.cells_end):
            letters, _ = cell_position(found[1] or b"", b"", {} if found[1] else attributes_of(found[3]))
            column = next_column(letters, column)
            while done < len(cells) and cells[done].column <= column:
                pieces += [self._part[at : found.start()], self._cell(row.number, cells[done])]
                at = found.end() if cells[done].column == column else found.start()
                done += 1
            last = found.end()
            if done == len(cells):
                break
        else:  # what follows the last cell of a row (an extLst) stays behind it
            pieces += [self._part[at:last], *(self._cell(row.number, cell) for cell in cells[done:])]
            at = last
        pieces.append(self._part[at : row.cells_end])
        pieces.append(
            b"</%brow>" % self._data.prefix
            if row.tag[1].endswith(b"/")
            else self._part[row.cells_end : row.end]
        )
        return b"".join(pieces)

    def _renumbered(self, row: bytes, number: int) -> bytes:
        mask = masked(row)
        tag = self.tags.row.match(mask)
        if tag is None:
            return row
        pieces, at = [with_attribute(row[: tag.end()], b"r", b"%d" % (number + 1))], tag.end()
        for cell in self.tags.cell.finditer(mask, tag.end()):
            reference = _REFERENCE.search(mask, cell.start(), cell.end(3))
            if reference:
                pieces += [row[at : reference.end(2)], b"%d" % (number + 1)]
                at = reference.start(3)
        return b"".join([*pieces, row[at:]])

    def _head(self, writes: Mapping[int, Sequence[CellWrite]]) -> bytes:
        """Return everything before the first row, its note of the used area grown to what is written."""
        head, p = self._part[: self._data.start], re.escape(self._data.prefix)
        if self._data.start == self._data.close:  # <sheetData/>
            head = head[: self._data.tag] + head[self._data.tag :].rstrip(b"/>") + b">"
        noted = re.search(rb"<%bdimension\s(%b)>" % (p, ATTRIBUTES), self._mask[: self._data.tag])
        if noted is None or not writes:
            return head
        try:
            area = parse_a1(attributes_of(noted[1]).get(b"ref", b"A1").decode())
        except RangeUnclear:  # a note that nobody reads: what could be opened can be exported
            return head
        columns = [cell.column for cells in writes.values() for cell in cells]
        grown = GridRange(
            min(area.top, *writes),
            min([area.left, *columns]),
            max(area.bottom or 0, max(writes) + 1),
            max([area.right or 0, *(column + 1 for column in columns)]),
        )
        tag = with_attribute(noted[0], b"ref", grown.a1.encode())
        return head[: noted.start()] + tag + head[noted.end() :]

    def _tail(self) -> Iterator[bytes]:
        if self._data.start == self._data.close:
            yield b"</%bsheetData>" % self._data.prefix
        yield self._part[self._data.end :]


def _widened(tag: bytes, cells: Sequence[CellWrite]) -> bytes:
    """Return a row's start tag whose hint of its columns takes in the new ones."""
    spans = _SPANS.search(tag)
    if spans is None:
        return tag
    first = min(int(spans[2]), cells[0].column + 1)
    last = max(int(spans[3]), cells[-1].column + 1)
    return tag[: spans.start()] + b"%b%d:%d%b" % (spans[1], first, last, spans[4]) + tag[spans.end() :]
