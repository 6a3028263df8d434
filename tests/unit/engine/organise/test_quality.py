"""The score of a list: full, valid and without duplicates is 100, and every repair raises it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.columns import ColumnProfile
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.organise import quality_score


def column(filled: int, problems: int = 0, kind: Kind = Kind.EMAIL) -> ColumnProfile:
    """Return a column with so many filled and so many wrong cells."""
    return ColumnProfile(0, "Column", kind, 1.0, filled, filled, problems)


def test_a_perfect_list_scores_100() -> None:
    """Nothing missing, nothing wrong, nothing twice; an empty list has nothing wrong either."""
    assert quality_score([column(50), column(50)], 50, 0) == 100
    assert quality_score([], 0, 0) == 100


def test_a_useless_list_scores_near_nothing() -> None:
    """All values wrong and nearly all rows duplicates."""
    assert quality_score([column(1, 1)], 1000, 999) <= 1


def test_notes_and_amounts_may_be_missing() -> None:
    """A column of free text does not count as incomplete."""
    assert quality_score([column(50), column(3, kind=Kind.TEXT)], 50, 0) == 100


def test_the_parts_weigh_what_is_documented() -> None:
    """Half filled, a tenth wrong, a quarter too many: 0.35 · ½ + 0.45 · 0.9 + 0.2 · ¾."""
    assert quality_score([column(50, 5)], 100, 25) == 73


@given(
    rows=st.integers(1, 500),
    filled=st.integers(0, 500),
    problems=st.integers(0, 500),
    duplicates=st.integers(0, 500),
)
def test_every_repair_raises_the_score_or_leaves_it(
    rows: int, filled: int, problems: int, duplicates: int
) -> None:
    """Fewer problems, fewer duplicates or more good cells never lower it; it stays between 0 and 100."""
    problems = min(problems, filled)
    before = quality_score([column(filled, problems)], rows, duplicates)

    assert 0 <= before <= 100
    assert quality_score([column(filled, max(problems - 1, 0))], rows, duplicates) >= before
    assert quality_score([column(filled, problems)], rows, max(duplicates - 1, 0)) >= before
    assert quality_score([column(filled + 1, problems)], rows, duplicates) >= before
