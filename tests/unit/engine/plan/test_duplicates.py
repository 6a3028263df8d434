"""Duplicate groups of a selection: every column speaks, whatever its kind."""

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.runs import InputColumn
from addon_backend.engine.plan.duplicates import duplicate_groups, duplicate_labels
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


def test_labels_count_groups_in_the_order_of_their_first_rows():
    mails = ["b@b.example", "a@a.example", "b@b.example", "a@a.example", "c@c.example"]
    groups = duplicate_groups(frame((ColumnKind.EMAIL, mails)))
    assert str(duplicate_labels(groups, 5, "fr")[0]).startswith("Doublon 1")
    labels = duplicate_labels(groups, 5, "en")
    assert [label and label.split()[1] for label in labels] == ["1", "2", "1", "2", None]
