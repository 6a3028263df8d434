"""A list with some fields changed, every other field as it stands: quotes, spaces, line ends, stray bytes.

Which encoding? The list's own. Where a new value needs a character that it lacks (``Łódź`` in a list from
Windows), the whole list is stored as UTF-8 with a byte order mark and the report says so: a value that was
found and then left out helps nobody, and this form is the one that Excel opens right by double click. The
same holds for a list of bare ASCII, which says nothing about its encoding: without the mark Excel would
show ``ÅÃ³dÅº``. Only where the bytes may mean other characters than we show (`Decoded.guessed`), the
encoding stays and the cell is refused: we would write our wrong guess over what another program still reads
right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from addon_backend.domain.cells import CellValue, ErrorValue, as_text
from addon_backend.local.delimited.reading import RawList, row_of
from addon_backend.local.delimited.records import Dialect, Record, properly_quoted, records, value_of
from addon_backend.local.edits import NewRow, Outcome, Refusal, RefusedCell, SheetEdits, csv_safe

_MOST_COLUMNS, _MOST_ROWS = 16_384, 5_000_000


def write_list(raw: RawList, name: str, edits: SheetEdits, target: BinaryIO) -> Outcome:
    """Write the list with these edits; without any, the bytes it was read from.

    A record that had as many fields as the widest keeps having as many when columns are added; a short one
    stays short unless it is written to.
    """
    return _Export(raw, name).write(edits, target)


class _Export:
    def __init__(self, raw: RawList, name: str) -> None:
        self._raw = raw
        self._name = name
        self._dialect: Dialect = raw.dialect
        self._outcome = Outcome()
        self._beyond = False  # a value needs another encoding
        self._width = max((len(record.fields) for record in raw.records), default=0)

    def write(self, edits: SheetEdits, target: BinaryIO) -> Outcome:
        row_count = _used(self._raw.records)
        moves = edits.moves_rows(row_count)
        texts = self._texts(edits)
        added = self._added(edits)
        width = max(
            [self._width, *(column + 1 for row in (*texts.values(), *added.values()) for column in row)]
        )
        order = _order(edits, row_count, len(self._raw.records)) if moves else range(self._rows(texts))
        lines = [self._line(place, row, texts, added, width) for place, row in enumerate(order)]
        text = "".join(self._joined(lines))
        if not _reads_as(text, self._dialect.delimiter, lines):
            lines = [self._mended(line) for line in lines]
            text = "".join(self._joined(lines))
        text = self._raw.decoded.text[: self._dialect.preamble] + text
        decoded = self._raw.decoded.upgraded() if self._beyond else self._raw.decoded
        target.write(decoded.encode(text))
        self._outcome.encoding = decoded.name
        self._outcome.reencoded = self._beyond
        return self._outcome

    def _rows(self, texts: Mapping[int, Mapping[int, str]]) -> int:
        return max(len(self._raw.records), max(texts, default=-1) + 1)

    def _texts(self, edits: SheetEdits) -> dict[int, dict[int, str]]:
        """Return the texts that change something, by row and column."""
        texts: dict[int, dict[int, str]] = {}
        rows: dict[int, list[CellValue]] = {}
        for (row, column), value in edits.cells.items():
            if row not in rows:
                known = 0 <= row < len(self._raw.records)
                rows[row] = row_of(self._raw.records[row]) if known else []
            now = rows[row][column] if 0 <= column < len(rows[row]) else None
            text = _text(value)
            if text == (now or ""):
                continue
            refused = self._refusal(row, column, text)
            if refused:
                self._outcome.refused.append(RefusedCell(self._name, row, column, refused))
                continue
            texts.setdefault(row, {})[column] = self._take(value, text, own=(row, column) in edits.own)
        return texts

    def _added(self, edits: SheetEdits) -> dict[int, dict[int, str]]:
        added: dict[int, dict[int, str]] = {}
        for place, new in edits.new_rows.items():
            added[place] = dict(self._new_texts(place, new))
        return added

    def _new_texts(self, place: int, new: NewRow) -> Iterator[tuple[int, str]]:
        for column, value in new.cells.items():
            text = _text(value)
            if not text:
                continue
            refused = self._refusal(place, column, text)
            if refused:
                self._outcome.refused.append(RefusedCell(self._name, place, column, refused, new=True))
            else:
                yield column, self._take(value, text, own=column in new.own)

    def _refusal(self, row: int, column: int, text: str) -> Refusal | None:
        if not (0 <= row < _MOST_ROWS and 0 <= column < _MOST_COLUMNS):
            return Refusal.OUTSIDE
        if "\0" in text or not _is_text(text):
            return Refusal.NO_SUCH_TEXT
        if not self._raw.decoded.holds(text):
            if self._raw.decoded.guessed:
                return Refusal.NOT_IN_ENCODING
            self._beyond = True
        return None

    def _take(self, value: CellValue, text: str, *, own: bool) -> str:
        self._outcome.written += 1
        if self._dialect.newline == "\r":
            text = text.replace("\r\n", "\r").replace(
                "\n", "\r"
            )  # one line feed, and no line would end any more
        # A number is no formula, whatever it starts with.
        return text if own or not isinstance(value, str) else csv_safe(text)

    def _line(
        self,
        place: int,
        row: int | None,
        texts: Mapping[int, Mapping[int, str]],
        added: Mapping[int, Mapping[int, str]],
        width: int,
    ) -> Record:
        if row is None:
            return self._filled(Record([], self._dialect.newline), added.get(place, {}), self._width)
        known = row < len(self._raw.records)
        record = self._raw.records[row] if known else Record([], self._dialect.newline)
        full = width if known and len(record.fields) == self._width and record.fields != [""] else 0
        if row not in texts and len(record.fields) >= full:
            return record
        return self._filled(record, texts.get(row, {}), full)

    def _filled(self, record: Record, texts: Mapping[int, str], width: int) -> Record:
        fields = list(record.fields)
        habit = fields or next((line.fields for line in self._raw.records), [])
        always = len(habit) > 1 and all(field.startswith('"') for field in habit)
        fields += [""] * (max([width, *(column + 1 for column in texts)]) - len(fields))
        for column, text in texts.items():
            quote = self._dialect.needs_quotes(text) or fields[column].startswith('"')
            fields[column] = self._dialect.quoted(text) if quote or (always and text) else text
        return Record(fields, record.end)

    def _mended(self, line: Record) -> Record:
        """Quote what opens a quote without closing it: a new value further on would be taken for its end."""
        return Record(
            [
                field if properly_quoted(field) else self._dialect.quoted(value_of(field))
                for field in line.fields
            ],
            line.end,
        )

    def _joined(self, lines: list[Record]) -> Iterator[str]:
        """Yield the lines; the last one ends with a line end only if the list did."""
        ended = not self._raw.records or bool(self._raw.records[-1].end)
        for at, line in enumerate(lines):
            last = at == len(lines) - 1
            end = line.end or self._dialect.newline
            yield self._dialect.delimiter.join(line.fields)
            yield end if not last or ended else ""


def _reads_as(text: str, delimiter: str, lines: list[Record]) -> bool:
    """Return True where the text is taken apart into these very fields."""
    read = records(text, delimiter)
    blank = Record([""], "")
    return all(next(read, blank).fields == (line.fields or [""]) for line in lines) and not any(read)


def _order(edits: SheetEdits, used: int, count: int) -> list[int | None]:
    """Return the new order, with the blank lines that end the list still at its end."""
    return [*(edits.row_order or ()), *range(used, count)]


def _used(held: list[Record]) -> int:
    count = len(held)
    while count and not row_of(held[count - 1]):
        count -= 1
    return count


def _text(value: CellValue) -> str:
    return value.code if isinstance(value, ErrorValue) else as_text(value)


def _is_text(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
