"""Duplicate groups of a selection: every column speaks, whatever its kind."""

from dataclasses import replace

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.facts import DuplicateGroup
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.runs import InputColumn
from addon_backend.engine.plan.duplicates import NO_LABEL, duplicate_groups, duplicate_labels
from addon_backend.engine.plan.frame import Frame


def frame(*columns):
    """Columns as (kind, values), side by side."""
    inputs = tuple(InputColumn(f"c{i}", i, f"C{i}", kind) for i, (kind, _) in enumerate(columns))
    return Frame(inputs, tuple(ColumnContext() for _ in columns), tuple(values for _, values in columns))


def test_a_second_column_of_a_kind_fills_the_gaps_of_the_first():
    """Her address stands in the first e-mail column of one row, and in the second one of the other."""
    first = (ColumnKind.EMAIL, ["ana.lind@acme.example", "", "bo@b.example", "cy@c.example"])
    second = (ColumnKind.EMAIL, ["", "ana.lind@acme.example", "", ""])
    assert not duplicate_groups(frame(first))
    (group,) = duplicate_groups(frame(first, second))
    assert group.rows == (0, 1)
    assert "same_email" in group.reasons


def test_identical_rows_are_identical_in_every_column():
    """What differs in a column of no known kind is not the same row."""
    names = (ColumnKind.PERSON_FULL_NAME, ["Ana Lind", "Ana Lind"])
    (same,) = duplicate_groups(frame(names, (ColumnKind.TEXT, ["x", "x"])))
    assert "same_row" in same.reasons
    for group in duplicate_groups(frame(names, (ColumnKind.TEXT, ["x", "y"]))):
        assert "same_row" not in group.reasons


def test_what_people_noted_is_not_looked_at_where_another_column_says_who_it_is():
    """Nobody can say then that two rows are identical: each is judged by what it says."""
    mails = (ColumnKind.EMAIL, ["ana@a.example", "ana@a.example", "bo@b.example"])
    notes = (ColumnKind.NOTES, ["called twice", "wants a quote", ""])
    (same,) = duplicate_groups(frame(mails, notes))
    assert same.rows == (0, 1)
    assert "same_row" not in same.reasons
    assert "same_row" in duplicate_groups(frame(mails))[0].reasons
    assert duplicate_groups(replace(frame(mails), unread=True)) == duplicate_groups(frame(mails, notes))


def test_rows_that_say_no_more_than_where_somebody_is_are_not_surely_one():
    """Three people of one town without an e-mail address, of whom different things were noted."""
    columns = [
        (ColumnKind.PERSON_FIRST_NAME, ["Marie", "Marie", "Marie", "Jean"]),
        (ColumnKind.JOB_TITLE, ["Sales manager", "Sales manager", "Sales manager", "CEO"]),
        (ColumnKind.ADDRESS_CITY, ["Paris", "Paris", "Paris", "Lyon"]),
        (ColumnKind.EMAIL, ["", "", "", "jean@acme.example"]),
        (ColumnKind.NOTES, ["met at the fair", "called in June", "has a dog", ""]),
    ]
    assert all(group.band == "check" for group in duplicate_groups(frame(*columns)))


def test_notes_are_compared_where_nothing_says_who_a_row_is_about():
    """A diary: three equal cells beside different words are two entries."""
    diary = [
        (ColumnKind.COUNTRY, ["France", "France"]),
        (ColumnKind.DATE, ["2026-01-01", "2026-01-01"]),
        (ColumnKind.ADDRESS_CITY, ["Lyon", "Lyon"]),
    ]
    (same,) = duplicate_groups(frame(*diary))
    assert same.band == "sure"
    noted = duplicate_groups(frame(*diary, (ColumnKind.NOTES, ["called twice", "wants a quote"])))
    assert all(group.band == "check" for group in noted)


def test_labels_count_groups_in_the_order_of_their_first_rows():
    mails = ["b@b.example", "a@a.example", "b@b.example", "a@a.example", "c@c.example"]
    groups = duplicate_groups(frame((ColumnKind.EMAIL, mails)))
    assert str(duplicate_labels(groups, 5, "fr")[0]).startswith("Doublon 1")
    labels = duplicate_labels(groups, 5, "en")
    assert [label and label.split()[1] for label in labels] == ["1", "2", "1", "2", None]


def groups_of(*rows: tuple[int, ...]) -> list[DuplicateGroup]:
    return [DuplicateGroup(rows=one, score=1.0, band="sure", reasons=("same_row",)) for one in rows]


class TestASecondRun:
    """The column of labels stands there already: two groups never share a label."""

    def test_a_group_keeps_its_label_and_a_single_row_loses_its_own(self):
        there = ["Duplicate 1", "Duplicate 2", None, "Duplicate 2", None, None]
        labels = duplicate_labels(groups_of((1, 3, 4)), 6, "en", there)
        assert labels == [NO_LABEL, "Duplicate 2", None, "Duplicate 2", "Duplicate 2", None]

    def test_a_new_group_gets_a_number_that_stands_nowhere(self):
        there = ["Duplicate 3", None, None, "Duplicate 3"]
        labels = duplicate_labels(
            groups_of((0, 3), (1, 2)), 4, "en", there, elsewhere=["Duplicate 7 (check)"]
        )
        assert labels == ["Duplicate 3", "Duplicate 8", "Duplicate 8", "Duplicate 3"]

    def test_of_two_groups_with_one_number_the_larger_part_keeps_it(self):
        there = ["Duplicate 1", "Duplicate 1", "Duplicate 1", None]
        labels = duplicate_labels(groups_of((0, 3), (1, 2)), 4, "en", there)
        assert labels == ["Duplicate 2", "Duplicate 1", "Duplicate 1", "Duplicate 2"]

    def test_a_number_of_rows_outside_is_nobody_s_here(self):
        there = ["Duplicate 1", None]
        assert (
            duplicate_labels(groups_of((0, 1)), 2, "en", there, elsewhere=["Duplicate 1"])
            == ["Duplicate 2"] * 2
        )

    def test_her_own_words_are_no_number(self):
        assert duplicate_labels([], 2, "en", ["Duplicate one", "call first"]) == [None, None]

    def test_the_language_may_change(self):
        assert (
            duplicate_labels(groups_of((0, 1)), 2, "fr", ["Duplicate 4", "Duplicate 4 (check)"])
            == ["Doublon 4"] * 2
        )
