"""Compare and set on the cells of one row: what may be overwritten, and what counts as a change."""

from collections.abc import Mapping

from addon_backend.domain.cells import EMPTY, Cell, CellValue, same_value
from addon_backend.ports.documents import OVERWRITTEN_BY_NOBODY, RowChange, StoredRow


def holds(cells: Mapping[str, Cell], change: RowChange) -> bool:
    """True where every expectation holds and no cell to be set is one that nobody may overwrite."""
    expected = all(same_value(cells.get(name, EMPTY).value, value) for name, value in change.expect.items())
    return expected and not any(_untouchable(cells.get(name, EMPTY)) for name in change.put)


def put(cells: dict[str, Cell], values: Mapping[str, CellValue]) -> bool:
    """Set values in place, keeping number formats; True when that changed anything a person could see."""
    changed = False
    for name, value in values.items():
        before = cells.get(name, EMPTY)
        if same_value(before.value, value):
            continue
        changed = True
        now = None if value == "" else value
        cells[name] = Cell(now, before.formula, before.number_format, before.obstacles)
        if cells[name] == EMPTY:
            del cells[name]
    return changed


def headed(row: StoredRow, headers: Mapping[str, str]) -> dict[int, dict[str, Cell]]:
    """Return the row's cells, by its id, with headers where header cells are empty; nothing if none is."""
    cells = dict(row.cells)
    missing = {name: header for name, header in headers.items() if cells.get(name, EMPTY).empty}
    return {row.id: cells} if put(cells, missing) else {}


def _untouchable(cell: Cell) -> bool:
    return cell.formula is not None or bool(cell.obstacles & OVERWRITTEN_BY_NOBODY)
