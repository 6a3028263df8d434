"""Where a selection stands now, by digests alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from addon_backend.engine.plan.shifts import Marks, columns_now, header_now, rows_now

HEADERS = {2: "h2", 3: "h3", 4: "", 5: "h5"}


def marks(height: int = 20, first_at: int = 5, last_at: int = 14) -> Marks:
    return Marks(height, 6, HEADERS, f"r{first_at}", f"r{last_at}", first_at, last_at)


def sheet(height: int = 20) -> list[str]:
    return [f"r{row}" for row in range(height)]


class TestHeader:
    def test_the_row_with_most_of_the_headers_is_it(self):
        rows = {3: ["h2", "", ""], 7: ["", "h2", "h3", "new", "h5"]}
        assert header_now(marks(), rows, expected=4) == 7

    def test_of_two_alike_the_nearer_one(self):
        rows = {0: ["h2", "h3", "h5"], 9: ["h2", "h3", "h5"]}
        assert header_now(marks(), rows, expected=7) == 9

    def test_where_less_than_half_is_left_it_is_where_it_was(self):
        assert header_now(marks(), {0: ["x"], 3: ["h2", "x"]}, expected=1) == 1


class TestColumns:
    def test_nothing_moved(self):
        assert columns_now(marks(), ["a", "b", "h2", "h3", "", "h5"]) == {2: 2, 3: 3, 4: 4, 5: 5}

    def test_columns_that_were_inserted_moved_and_deleted(self):
        assert columns_now(marks(), ["new", "h5", "a", "b", "h2", "h3", ""]) == {2: 4, 3: 5, 4: 6, 5: 1}
        assert columns_now(marks(), ["a", "b", "h3", "", "h5"]) == {3: 2, 4: 3, 5: 4}

    def test_a_column_that_slid_into_a_deleted_one_s_place_is_not_it(self):
        wide = Marks(20, 7, HEADERS, "", "", 0, 0)
        assert columns_now(wide, ["a", "b", "h2", "h3", "", "not selected"]) == {2: 2, 3: 3}

    def test_a_renamed_column_goes_with_the_one_before_it(self):
        assert columns_now(marks(), ["new", "a", "b", "h2", "renamed", "", "h5"])[3] == 4

    def test_two_of_one_name_are_taken_where_they_stand(self):
        twice = Marks(20, 3, {0: "h", 1: "h", 2: "k"}, "", "", 0, 0)
        assert columns_now(twice, ["h", "h", "k"]) == {0: 0, 1: 1, 2: 2}

    @given(st.permutations(range(6)))
    def test_no_two_columns_become_one(self, order):
        header = ["a", "b", "h2", "h3", "", "h5"]
        found = columns_now(marks(), [header[at] for at in order])
        assert len(set(found.values())) == len(found)
        assert all(order[found[column]] == column for column in (2, 3, 5))


class TestRows:
    """A selection of the rows 4 … 14, its header at 4."""

    def test_a_sort_moves_nothing_out_of_it(self):
        assert rows_now(marks(), 4, 15, sheet()[::-1], 0) == (4, 15)

    @given(st.integers(0, 19), st.integers(1, 5))
    def test_rows_that_were_inserted_stretch_it_or_push_it(self, at, count):
        rows = [*sheet()[:at], *["" for _ in range(count)], *sheet()[at:]]
        top, bottom = rows_now(marks(), 4, 15, rows, count if at <= 4 else 0)
        assert [row for row in rows[top:bottom] if row] == sheet()[4:15]

    @given(st.sets(st.integers(6, 13), max_size=6))
    def test_rows_that_were_deleted_are_not_replaced(self, gone):
        rows = [row for at, row in enumerate(sheet()) if at not in gone]
        top, bottom = rows_now(marks(), 4, 15, rows, 0)
        assert rows[top:bottom] == [row for row in sheet()[4:15] if row in rows]

    def test_the_end_of_the_list_stays_the_end_though_its_last_row_changed(self):
        rows = [*sheet()[:7], "", "", *sheet()[7:19], "edited"]
        assert rows_now(marks(last_at=19), 4, 20, rows, 0) == (4, 22)

    def test_without_a_header_among_them_the_first_row_tells(self):
        rows = ["", "", *sheet()]
        assert rows_now(marks(), 5, 15, rows, None) == (7, 17)
        assert rows_now(marks(), 5, 15, [*sheet(), "more"], None) == (5, 15)
