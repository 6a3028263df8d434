"""Records and fields of a list, as raw text: joined again they are the list.

Quoting as RFC 4180 has it and as people break it: a quote inside a field is a character; text behind a
closing quote belongs to the field; a quote that opens a field and finds its end only lines further down, in
the middle of another field, opened nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
# What separates, what ends a line, and at the start: a quote, a byte order mark, Excel's hint at the
# delimiter.
_AMBIGUOUS = re.compile(r"[,;\t|\r\n]|\A(?:[\"\ufeff]|sep=)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its fields as they stand, quotes and all, and the line end behind it (empty at the end)."""

    fields: list[str]
    end: str


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a list separates its fields, and which line end it uses most.

    ``preamble`` is how much of the start is no record: Excel's own hint, a line ``sep=;``.
    """

    delimiter: str
    newline: str
    preamble: int = 0

    def quoted(self, value: str) -> str:
        """Return the field that holds this value, quoted."""
        return '"' + value.replace('"', '""') + '"'

    def needs_quotes(self, value: str) -> bool:
        """Return True where some reader could take the value for something else without quotes."""
        return self.delimiter in value or bool(_AMBIGUOUS.search(value))


@dataclass(frozen=True, slots=True)
class _Marks:
    line: re.Pattern[str]
    bare: re.Pattern[str]
    closes: re.Pattern[str]


def records(text: str, delimiter: str) -> Iterator[Record]:
    """Yield the records of any text. Joining fields by the delimiter, each with its end, gives the text."""
    marks = _marks(delimiter, "\n" in text)
    at, size = 0, len(text)
    while at < size:
        line = marks.line.match(text, at)
        if line is None:  # cannot be: the expression matches everywhere
            return
        if '"' not in line[1]:
            yield Record(line[1].split(delimiter), line[2])
            at = line.end()
            continue
        record, at = _careful_record(text, at, delimiter, marks)
        yield record


def value_of(field: str) -> str:
    """Return what a raw field says."""
    if not field.startswith('"'):
        return field
    quoted = _QUOTED.match(field)
    if quoted is None:
        return field
    return quoted[0][1:-1].replace('""', '"') + field[quoted.end() :]


def properly_quoted(field: str) -> bool:
    """Return True for a field that opens no quote, or opens it at its start and closes it at its end."""
    quoted = _QUOTED.match(field)
    return not field.startswith('"') or (quoted is not None and quoted.end() == len(field))


def _careful_record(text: str, at: int, delimiter: str, marks: _Marks) -> tuple[Record, int]:
    fields: list[str] = []
    while True:
        start = at
        quoted = _QUOTED.match(text, at) if text.startswith('"', at) else None
        if quoted and (marks.closes.match(text, quoted.end()) or "\n" not in quoted[0].replace("\r", "\n")):
            at = quoted.end()
        bare = marks.bare.match(text, at)
        at = bare.end() if bare else at
        fields.append(text[start:at])
        if text.startswith(delimiter, at):
            at += 1
            continue
        line = marks.line.match(text, at)
        end = line[2] if line else ""
        return Record(fields, end), at + len(end)


@functools.cache
def _marks(delimiter: str, feeds: bool) -> _Marks:  # noqa: FBT001 - a key's part
    # A carriage return ends a line only in lists without line feeds (old Macs); elsewhere it is a
    # character, and several before a line feed are what converting twice leaves behind.
    d = re.escape(delimiter)
    if feeds:
        return _Marks(
            line=re.compile(r"([^\r\n]*+(?:\r++(?!\n)[^\r\n]*+)*+)(\r*\n|)"),
            bare=re.compile(rf"[^\r\n{d}]*+(?:\r++(?!\n)[^\r\n{d}]*+)*+"),
            closes=re.compile(rf"{d}|\r*\n|\Z"),
        )
    return _Marks(
        line=re.compile(r"([^\r]*+)(\r|)"),
        bare=re.compile(rf"[^\r{d}]*+"),
        closes=re.compile(rf"{d}|\r|\Z"),
    )
