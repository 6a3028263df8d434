"""What only a database can be asked: that cells lie sealed, and what a call costs; on both engines."""

from collections.abc import Iterator

import pytest

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.ports.documents import RowChange, StoredRow, StoredSheet
from tests.contract.shelf import COLUMNS, Shelf, a_document, some_rows
from tests.contract.world import World

pytestmark = pytest.mark.parametrize("shelf", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def world(shelf: Shelf) -> World:
    """The database in which the shelf stands."""
    assert shelf.world is not None
    return shelf.world


def test_cells_lie_sealed_and_a_moved_row_does_not_open(leads: Shelf, world: World):
    assert not any(b"row" in bytes(data) for (data,) in world.ask("SELECT cells FROM document_row"))  # type: ignore[call-overload]
    world.sql("UPDATE document_row SET cells = (SELECT cells FROM document_row WHERE id = 0) WHERE id = 1")
    with pytest.raises(EngineUnavailable):
        leads.rows()


@pytest.mark.parametrize("count", [10, 1_500])
def test_a_change_costs_the_same_few_statements_for_few_rows_and_for_many(shelf: Shelf, world: World, count):
    shelf.open(rows=2_000)
    with world.counted() as statements:
        shelf.change(*(RowChange(n, {"A": f"row {n}"}, {"C": n}) for n in range(count)))
    assert len(statements) == 6
    with world.counted() as statements:
        shelf.documents.rows(shelf.workspace, "doc", "s1", 0, count)
    assert len(statements) == 3


def test_rows_are_consumed_as_they_come(shelf: Shelf, world: World):
    """A large file is never held whole: while it is read, earlier rows are already on their way."""
    ahead = 0

    def rows() -> Iterator[StoredRow]:
        nonlocal ahead
        for number, row in enumerate(some_rows(9_000)):
            kept = sum("document_row" in one for one in statements)
            ahead = max(ahead, number - kept * 2_000)
            yield row

    sheet = StoredSheet("doc", "s1", "Leads", 9_000, COLUMNS, 0)
    with world.counted() as statements:
        shelf.documents.add(a_document("doc", shelf.workspace), [(sheet, rows())])
    assert ahead <= 2_000
    assert len(shelf.rows()) == 9_000
