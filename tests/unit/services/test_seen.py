"""What a look has seen serves as a read of the same rows, and of no others."""

from __future__ import annotations

import pytest

from addon_backend.domain.cells import Cell
from addon_backend.ports.sheet_host import CellColumn
from addon_backend.services.runs.writing import seen
from addon_backend.services.runs.writing.seen import Seen

VALUES = ["a", "b", None, "d"]
FORMULA = Cell("d", formula="=A1")
PART = Seen({"x": CellColumn(VALUES, {3: FORMULA})}, 10, 14, 0.0)
WHOLE = Seen({"x": CellColumn(VALUES)}, 0, None, 0.0)


@pytest.mark.parametrize(("top", "bottom"), [(10, 14), (11, 14), (12, 13), (13, 14)])
def test_a_part_of_what_was_seen_is_as_if_read(top, bottom):
    read = PART.between(top, bottom)
    assert read is not None
    assert read["x"].values == VALUES[top - 10 : bottom - 10]
    if bottom == 14:
        assert read["x"].cell(13 - top) is FORMULA
    else:
        assert not read["x"].details


@pytest.mark.parametrize(("top", "bottom"), [(9, 12), (10, 15), (13, 20), (0, 5), (10, None), (0, None)])
def test_what_was_not_seen_whole_must_be_read(top, bottom):
    assert PART.between(top, bottom) is None


def test_of_the_whole_sheet_only_the_whole_is_told():
    """How far down a part would reach that a host reads, the look cannot say."""
    assert WHOLE.whole
    assert not PART.whole
    assert WHOLE.between(0, None) == WHOLE.columns
    assert WHOLE.between(0, 2) is None


@pytest.mark.parametrize(("seconds", "fresh"), [(0.0, True), (0.2, True), (0.4, False), (9.0, False)])
def test_it_is_fresh_for_a_moment(seconds, fresh, monkeypatch):
    monkeypatch.setattr(seen, "monotonic", lambda: 100.0 + seconds)
    assert Seen({}, 0, None, 100.0).is_fresh is fresh
