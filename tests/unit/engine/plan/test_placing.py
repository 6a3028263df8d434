"""Identity: a value lands on its own row, or nowhere."""

import random

from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.cells import DateValue, ErrorValue, same_value
from addon_backend.engine.plan.placing import has_identity, key_cell, keys_of, occurrence_ranks, place_rows

ROWS = [("Ana", "ana@a.example", 1), ("Bob", "bob@b.example", 2), ("Cid", "cid@c.example", 3)]

values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(-2, 2),
    st.text(max_size=3),
    st.just(DateValue(3.0)),
)


def _keys(rows):
    return keys_of(list(zip(*rows, strict=True)))


def _place(read, now, written=None, expected=None):
    keys = _keys(read)
    return place_rows(
        keys,
        keys if written is None else _keys(written),
        occurrence_ranks(keys),
        list(range(len(read))) if expected is None else expected,
        _keys(now),
    )


def test_rows_that_did_not_move_are_here():
    """Nothing happened: every row is found where it was."""
    assert [(place.row, place.how) for place in _place(ROWS, ROWS)] == [(0, "here"), (1, "here"), (2, "here")]


def test_a_sort_moves_every_value_with_its_row():
    """The list was sorted the other way round: each row is found at its new place."""
    assert [place.row for place in _place(ROWS, ROWS[::-1])] == [2, 1, 0]


def test_a_deleted_row_is_gone_and_the_others_are_found():
    """Bob was deleted: his values go nowhere."""
    places = _place(ROWS, [ROWS[0], ROWS[2]])
    assert [place.row for place in places] == [0, None, 1]
    assert places[1].how == "gone"


def test_one_changed_key_cell_is_tolerated_where_the_rest_is_unique():
    """Somebody corrected Bob's name: it is still Bob's row."""
    now = [ROWS[0], ("Robert", *ROWS[1][1:]), ROWS[2]]
    places = _place(ROWS, now)
    assert (places[1].row, places[1].how) == (1, "changed")


def test_a_changed_row_that_could_be_two_is_ambiguous():
    """Two rows differ from Bob's in one cell: neither gets his values."""
    now = [ROWS[0], ("Robert", *ROWS[1][1:]), ("Bobby", *ROWS[1][1:]), ROWS[2]]
    place = _place(ROWS, now, expected=[0, 9, 9])[1]
    assert (place.row, place.how) == (None, "ambiguous")


def test_a_single_key_column_tolerates_no_change():
    """With only an e-mail to go by, another e-mail is another row."""
    places = _place([("a@x.example",), ("b@x.example",)], [("a@x.example",), ("c@x.example",)])
    assert places[1].how == "gone"


def test_what_we_wrote_into_a_key_column_counts_as_that_row():
    """Country was blank when read and filled by us since: the row is found as written."""
    read = [("Ana", None), ("Bob", None)]
    written = [("Ana", "France"), ("Bob", "Spain")]
    places = _place(read, [("Bob", "Spain"), ("Ana", None)], written=written)
    assert [place.row for place in places] == [1, 0]


def test_a_row_of_which_only_some_cells_were_written_is_found():
    """We filled country and domain; a crash, or an edit, left one of them as it was."""
    read = [("Ana", None, None), ("Bob", None, None), ("Cid", None, None)]
    written = [("Ana", "FR", "a.example"), ("Bob", "ES", "b.example"), ("Cid", "IT", "c.example")]
    now = [("Cid", None, "c.example"), ("Ana", "FR", None), ("Bob", "ES", "b.example")]
    places = _place(read, now, written=written)
    assert [(place.row, place.how) for place in places] == [(1, "moved"), (2, "moved"), (0, "moved")]


def test_a_partly_written_row_with_one_more_edit_is_found():
    """Ana became Anna, her country is ours, and her domain is still blank."""
    read = [("Ana", 1, None, None), ("Bob", 2, None, None)]
    written = [("Ana", 1, "FR", "a.example"), ("Bob", 2, "ES", "b.example")]
    now = [("Bob", 2, None, "b.example"), ("Anna", 1, "FR", None)]
    places = _place(read, now, written=written)
    assert [(place.row, place.how) for place in places] == [(1, "changed"), (0, "moved")]


def test_partly_written_rows_that_could_be_each_other_are_ambiguous():
    """Two people of one name with their numbers edited: nobody gets the other's values."""
    read = [("Ana", 1, None, None), ("Ana", 2, None, None)]
    written = [("Ana", 1, "FR", "a.example"), ("Ana", 2, "FR", "a.example")]
    now = [("Ana", 8, None, "a.example"), ("Ana", 9, "FR", None)]
    places = _place(read, now, written=written, expected=[9, 9])
    assert [(place.row, place.how) for place in places] == [(None, "ambiguous")] * 2


def test_identical_rows_keep_their_order():
    """Twins cannot be told apart; the first one read is the first one found."""
    twins = [("Ana", 1), ("Ana", 1), ("Bob", 2)]
    places = _place(twins, [("Bob", 2), ("Ana", 1), ("Ana", 1)], expected=[9, 9, 9])
    assert [place.row for place in places] == [1, 2, 0]


def test_one_of_two_identical_rows_was_deleted():
    """One twin is left: one of the two is gone, never both on one row."""
    places = _place([("Ana", 1), ("Ana", 1)], [("Ana", 1)])
    assert sorted((place.row is None) for place in places) == [False, True]


def test_rows_without_any_key_have_no_identity():
    """A row of blanks is nobody's."""
    assert not has_identity(key_row := _keys([(None, "", "  ")])[0])
    assert has_identity((*key_row, "x"))


@given(values, values)
def test_equal_keys_are_equal_values(left, right):
    """The comparable form says the same as the typed comparison of cells."""
    assert (key_cell(left) == key_cell(right)) == same_value(left, right)


def test_errors_are_values_of_their_own():
    """#N/A is not the text "#N/A"."""
    assert key_cell(ErrorValue("#N/A")) != key_cell("#N/A")


@given(st.lists(st.tuples(st.text(max_size=2), st.integers(0, 9)), min_size=1, max_size=30), st.randoms())
def test_any_shuffle_places_only_equal_rows_and_each_row_once(rows, rng: random.Random):
    """However people sort, a value is only ever placed on a row whose key cells are its own."""
    now = list(rows)
    rng.shuffle(now)
    places = _place(rows, now)
    found = [place.row for place in places]
    assert None not in found
    assert len(set(found)) == len(found)
    assert all(now[place] == rows[i] for i, place in enumerate(found))


@given(
    st.lists(st.tuples(st.text(max_size=2), st.integers(0, 9)), min_size=1, max_size=20),
    st.lists(st.tuples(st.text(max_size=2), st.integers(0, 9)), max_size=20),
)
def test_no_row_of_the_sheet_is_given_away_twice(rows, now):
    """Whatever stands in the sheet now, two rows of the run never share one of its rows."""
    places = _place(rows, now or [("", 0)])
    found = [place.row for place in places if place.row is not None]
    assert len(set(found)) == len(found)


_cell = st.sampled_from(["x", "y", None])


@given(
    st.lists(st.tuples(_cell, _cell, st.booleans(), st.booleans()), min_size=1, max_size=12),
    st.randoms(),
)
def test_rows_with_a_name_of_their_own_are_found_whatever_was_written_of_them(rows, rng: random.Random):
    """Any mix of what we read and what we wrote, in any order: each row is found, and is its own."""
    read = [(f"p{i}", a, b) for i, (a, b, _, _) in enumerate(rows)]
    written = [(f"p{i}", "ours", "OURS") for i in range(len(rows))]
    now = [
        (f"p{i}", "ours" if left else a, "OURS" if right else b) for i, (a, b, left, right) in enumerate(rows)
    ]
    order = list(range(len(rows)))
    rng.shuffle(order)
    places = _place(read, [now[i] for i in order], written=written)
    assert [place.row for place in places] == [order.index(i) for i in range(len(rows))]


def test_a_deleted_row_is_not_found_again_in_another_that_is_known():
    """Bob was deleted; the row that differs from his in one cell is Bob's colleague, and known to be."""
    colleague = ("Bea", *ROWS[1][1:])
    places = place_rows(_keys([ROWS[1]]), _keys([ROWS[1]]), [0], [1], _keys([ROWS[0], colleague]))
    assert places[0].how == "changed"
    others = set(_keys([colleague]))
    places = place_rows(_keys([ROWS[1]]), _keys([ROWS[1]]), [0], [1], _keys([ROWS[0], colleague]), others)
    assert (places[0].row, places[0].how) == (None, "gone")
