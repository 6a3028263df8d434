"""Verification: values that landed beside another row are found, and nothing else is touched."""

from hypothesis import given
from hypothesis import strategies as st

from addon_backend.engine.plan.placing import keys_of
from addon_backend.engine.plan.repair import Sent, strays


def _keys(names):
    return keys_of([list(names)])


def _sent(names, before, put):
    keys = _keys(names)
    return Sent(keys, keys, list(range(len(names))), before, put)


def nobody_knows(_key):
    return ()


def test_a_write_that_landed_where_it_should_leaves_nothing_to_do():
    sent = _sent("abc", [None, "old", None], {0: "A", 2: "C"})
    assert strays(sent, _keys("abc"), ["A", "old", "C"], nobody_knows) == {}


def test_rows_sorted_inside_the_window():
    """a and c were to get A and C; the rows were turned round before the write was applied."""
    sent = _sent("abc", [None, "old", None], {0: "A", 2: "C"})
    assert strays(sent, _keys("cba"), ["A", "old", "C"], nobody_knows) == {0: None, 2: None}


def test_a_persons_value_that_was_overwritten_comes_back():
    sent = _sent("ab", [None, "hers"], {0: "A"})
    assert strays(sent, _keys("ba"), ["A", None], nobody_knows) == {0: "hers"}


def test_a_row_deleted_inside_the_window():
    sent = _sent("abc", [None, None, None], {0: "A", 1: "B"})
    assert strays(sent, _keys("bc"), ["A", "B"], nobody_knows) == {0: None, 1: None}


def test_a_row_inserted_inside_the_window_is_emptied_again():
    sent = _sent("ab", [None, None], {0: "A", 1: "B"})
    now = _keys(["a", "", "b"])
    assert strays(sent, now, ["A", "B", None], nobody_knows) == {1: None}


def test_of_identical_rows_it_is_counted_what_they_should_hold():
    """Two a were to be cleared, the third was clear already. Sorted, one a was, and one b lost its value."""
    keys = _keys("aaabb")
    sent = Sent(keys, keys, list(range(5)), ["A", "A", None, "B", "B"], {0: None, 1: None})
    assert strays(sent, keys, [None, None, "A", None, "B"], nobody_knows) == {3: "B"}
    assert strays(sent, keys, [None, None, None, "B", "B"], nobody_knows) == {}


def test_an_edit_after_the_write_is_hers():
    sent = _sent("ab", [None, None], {0: "A", 1: "B"})
    assert strays(sent, _keys("ab"), ["her own", "B"], nobody_knows) == {}


def test_rows_that_moved_with_their_values_after_the_write():
    sent = _sent("abc", [None, None, None], {0: "A", 1: "B", 2: "C"})
    assert strays(sent, _keys("cab"), ["C", "A", "B"], nobody_knows) == {}


def test_a_value_that_another_row_held_before_is_no_stray():
    """b held "France" all along; that a lost its own is somebody's edit."""
    sent = _sent("ab", [None, "France"], {0: "France"})
    assert strays(sent, _keys("ab"), ["Spain", "France"], nobody_knows) == {}


def test_a_row_that_was_out_of_sight_gets_what_is_known_of_it():
    sent = _sent("ab", [None, None], {0: "A", 1: "B"})
    now = _keys(["z", "b", "a"])
    assert strays(sent, now, ["A", "B", None], lambda _key: ("hers",)) == {0: "hers"}
    assert strays(sent, now, ["A", "B", None], nobody_knows) == {0: None}


def test_an_unknown_row_elsewhere_is_left_alone():
    """Where nobody knows what a row held and we did not write to its place, it is not ours to judge."""
    sent = _sent("ab", [None, None], {0: "A", 1: "B"})
    now = _keys(["a", "b", "z"])
    assert strays(sent, now, [None, "B", "A"], nobody_knows) == {}


@given(
    rows=st.permutations(range(6)),
    again=st.permutations(range(6)),
    put=st.dictionaries(st.integers(0, 5), st.sampled_from(["x", "y", "z", None]), max_size=6),
    before=st.lists(st.sampled_from([None, "x", "hers"]), min_size=6, max_size=6),
)
def test_putting_back_and_writing_again_ends_as_if_nobody_had_sorted(rows, again, put, before):
    """Rows are sorted before the write is applied and once more after it."""
    names = "abcdef"
    sent = _sent(names, before, {at: value for at, value in put.items() if value != before[at]})
    cells = [before[at] for at in rows]
    for at, value in sent.put.items():
        cells[at] = value
    order, cells = [rows[at] for at in again], [cells[at] for at in again]
    back = strays(sent, _keys([names[at] for at in order]), cells, nobody_knows)
    for row, at in enumerate(order):
        now = back.get(row, cells[row])
        assert now in {before[at], sent.put.get(at, before[at])}, "a value of another row"


def test_a_late_write_after_all_is_in_its_place():
    """a and b hold theirs already; the late write put them once more, beside c and d."""
    sent = _sent("abcd", ["A", "B", "C", None], {0: "A", 1: "B"})
    now = _keys("cdab")
    cells = ["A", "B", "A", "B"]
    assert strays(sent, now, cells, nobody_knows) == {}
    assert strays(sent, now, cells, nobody_knows, late=True) == {0: "C", 1: None}


def test_a_newer_look_at_a_row_takes_the_older_one_s_place():
    """Else two repairs of one cell would undo each other for ever; the row is found where it stands now."""
    older = Sent(_keys("ab"), _keys("ab"), [0, 1], [None, None], {0: "A", 1: "B"}, wrong={0: "x", 1: "y"})
    newer = older.without(_keys("ba"), {1})
    assert (newer.put, newer.wrong) == ({1: "B"}, {1: "y"})
    assert strays(newer, _keys("ba"), ["B", "x"], nobody_knows) == {}
    assert strays(older, _keys("ba"), ["B", "x"], nobody_knows) == {1: "A"}
