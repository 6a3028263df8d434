"""A row's cells as one compact text, and back: what is sealed and kept of an opened workbook.

JSON, keyed by column id. A cell that is only a value is that value; ``["d", serial]`` is a date,
``["e", code]`` an error; a cell with more to tell is an object with ``v``, ``f`` (formula), ``n`` (number
format) and ``o`` (obstacles).
"""

import json
from collections.abc import Mapping
from typing import TypeAlias, cast

from addon_backend.domain.cells import Cell, CellValue, DateValue, ErrorValue, Obstacle

_Value: TypeAlias = bool | int | float | str | list[str | float] | None
_Cell: TypeAlias = _Value | dict[str, _Value | list[str]]


def cells_to_bytes(cells: Mapping[str, Cell]) -> bytes:
    """Write the cells of one row."""
    plain = {column: _write(cell) for column, cell in cells.items()}
    # Lone surrogates come from damaged files; they must survive, though they are no valid text.
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def cells_from_bytes(data: bytes) -> dict[str, Cell]:
    """Read `cells_to_bytes` back."""
    plain: dict[str, _Cell] = json.loads(data.decode("utf-8", "surrogatepass"))
    # Most cells are only a value, and every cell of a sheet comes through here several times in a run.
    return {
        column: _read(cell) if isinstance(cell, dict | list) else Cell(cell) for column, cell in plain.items()
    }


def _write(cell: Cell) -> _Cell:
    value = _write_value(cell.value)
    if cell.formula is None and cell.number_format is None and not cell.obstacles:
        return value
    told: dict[str, _Value | list[str]] = {"v": value}
    if cell.formula is not None:
        told["f"] = cell.formula
    if cell.number_format is not None:
        told["n"] = cell.number_format
    if cell.obstacles:
        told["o"] = sorted(obstacle.value for obstacle in cell.obstacles)
    return told


def _write_value(value: CellValue) -> _Value:
    if isinstance(value, DateValue):
        return ["d", value.serial]
    if isinstance(value, ErrorValue):
        return ["e", value.code]
    return value


def _read(told: _Cell) -> Cell:
    if not isinstance(told, dict):
        return Cell(_read_value(told))
    return Cell(
        value=_read_value(cast("_Value", told["v"])),
        formula=cast("str | None", told.get("f")),
        number_format=cast("str | None", told.get("n")),
        obstacles=frozenset(Obstacle(name) for name in cast("list[str]", told.get("o", []))),
    )


def _read_value(told: _Value) -> CellValue:
    if not isinstance(told, list):
        return told
    kind, value = told
    return DateValue(float(value)) if kind == "d" else ErrorValue(str(value))
