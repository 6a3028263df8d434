"""Where the header is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.engine.inspect import find_header
from tests.unit.engine.clean.strategies import CELLS

HEADER = ["First name", "Last name", "E-mail", "Phone"]
JANE = ["Jane", "Doe", "jane@acme.fr", "06 12 34 56 78"]
JOHN = ["John", "Smith", "john@acme.fr", "06 12 34 56 79"]
NOTHING = [None, "", None, None]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([HEADER, JANE, JOHN], 0),
        ([NOTHING, NOTHING, HEADER, JANE], 2),
        ([["Customers 2024", None, None, None], NOTHING, HEADER, JANE], 2),
        ([["Exported on", "2024-01-31", None, None, None], [*HEADER, "City"], [*JANE, "Paris"]], 1),
        ([["Person", None, "Contact", None, None], [*HEADER, "City"], [*JANE, "Paris"]], 1),
        ([["Person", "Person", "Contact", "Contact"], HEADER, JANE], 1),
        ([["Clients 2024"], [None], ["Email"], ["jane@acme.fr"]], 2),
        ([["Email"], ["jane@acme.fr"]], 0),
        ([["Id", "2021", "2022", "City", "Country"], [1, 10, 12, "Paris", "FR"]], 0),
        ([["City", "Country", 2021], ["Paris", "FR", 10]], 0),
        ([["Alpha", "Beta"], [1, 2]], 0),
        ([["Alpha", "Beta"], ["a1", "b.2"]], 0),
        ([["x" * 80, "E-mail"], ["a", "jane@acme.fr"]], 0),
    ],
)
def test_the_header_is_found_below_titles_and_blank_rows(rows, header):
    """A row of names for columns, however much stands above it."""
    assert find_header(rows) == header


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [NOTHING],
        [JANE, JOHN],
        [["jane@acme.fr"], ["john@acme.fr"]],
        [["Acme"], ["Durand"]],
        [["Jane", "Paris"], ["Jane", "Lyon"]],
        [["Jane", "Jane"], [1, 2]],
        [[1, 2], [3, 4]],
        [["Paris", 1, 2], ["Lyon", 3, 4]],
        [["x" * 80, "Alpha"], [1, 2]],
        [
            ["Ada Byron", "ada@acme.example", "Company aaa", "note 0", "id 0"],
            ["Bea Cole", "bea@acme.example", "Company baa", "note 1", "id 1"],
        ],
    ],
)
def test_a_first_row_of_data_is_not_taken_for_a_header(rows):
    """Where neither words nor make-up show a header, no row is lost."""
    assert find_header(rows) is None


def test_only_the_first_rows_are_searched():
    """A header far below is part of a form, not of a list."""
    assert find_header([NOTHING] * 25 + [HEADER, JANE]) is None


@given(st.lists(st.lists(CELLS, max_size=4), max_size=6))
def test_any_block_of_cells_has_a_header_or_none(rows):
    """Whatever is selected, the answer is a row of it or None."""
    found = find_header(rows)
    assert found is None or 0 <= found < len(rows)
