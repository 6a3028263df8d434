"""Which rows a run takes, and in which order."""

from hypothesis import given
from hypothesis import strategies as st

from addon_backend.engine.plan.rows import filled_rows, spread, trial_first


def test_blank_and_hidden_rows_are_left_out():
    """A row that shows nothing is no row; a hidden one is left alone."""
    assert filled_rows([["a", None, " ", "d"], [None, None, "", 1]], hidden={3}) == [0]


def test_no_column_no_row():
    """An empty selection has no rows."""
    assert filled_rows([]) == []


@given(st.integers(0, 500), st.integers(0, 60))
def test_a_trial_is_spread_over_the_whole_list_and_takes_each_row_once(count, trial):
    """The trial's rows come first, the rest follows in the order of the sheet; nobody is left out."""
    order = trial_first(count, trial)
    assert sorted(order) == list(range(count))
    rest = order[min(trial, count) :]
    assert rest == sorted(rest)


def test_a_spread_holds_first_and_last():
    """Fifty of a thousand are not the first fifty."""
    chosen = spread(1000, 50)
    assert (chosen[0], chosen[-1], len(set(chosen))) == (0, 999, 50)
