"""Rank and department are read from titles in seven languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.facts import Fact
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.enrich import derive_column
from addon_backend.engine.enrich.department_stems import DEPARTMENTS, WEAK_DEPARTMENTS
from addon_backend.engine.enrich.rank_stems import RANKS
from addon_backend.engine.enrich.titles import department_of, rank_of
from tests.unit.engine.enrich.titles import TITLES


def fact(field: str, title: str) -> Fact:
    """Return what one title gives."""
    return derive_column(field, {Kind.JOB_TITLE: [title]}, {})[0]


@pytest.mark.parametrize(("title", "rank", "department"), TITLES)
def test_a_title_tells_rank_and_department_or_keeps_silent(title: str, rank: str, department: str) -> None:
    """The set was written before the stems were tuned to it; "" means that the title does not say."""
    assert (rank_of(title), department_of(title)[0]) == (rank, department)


@pytest.mark.parametrize(
    "title", ["DIRECTRICE COMMERCIALE", "directrice commerciale", " Directrice  commerciale "]
)
def test_case_and_spaces_do_not_matter(title: str) -> None:
    """As people type."""
    assert (rank_of(title), department_of(title)[0]) == ("Director", "Sales")


@pytest.mark.parametrize(
    "title", ["Ingénieur(e) commercial(e)", "Ingénieur·e commercial·e", "Ingénieur commercial (H/F)"]
)
def test_marks_of_gender_do_not_matter(title: str) -> None:
    """The way job advertisements write."""
    assert department_of(title)[0] == "Sales"


@pytest.mark.parametrize(
    "title", ["Former CEO", "Ex-directeur commercial", "Ehemaliger Geschäftsführer", "Retired"]
)
def test_a_title_that_is_no_longer_held_says_nothing(title: str) -> None:
    """Who was a director is none."""
    assert rank_of(title) == ""


def test_who_works_for_the_chief_is_not_the_chief() -> None:
    """The rank behind "to" or "de" is another person's."""
    assert rank_of("Assistant to the Vice President") == "Junior"
    assert rank_of("Assistante du directeur") == "Junior"
    assert rank_of("Chief of Staff, Office of the CEO") == "Manager"


def test_what_a_title_does_not_say_is_not_invented() -> None:
    """An accountant's rank is unknown, not low."""
    assert fact("job.seniority", "Accountant").reason == "rank_not_stated"
    assert fact("job.department", "Nurse").reason == "department_not_stated"
    assert fact("job.seniority", "").reason == fact("job.department", " ").reason == "no_input"


def test_a_department_that_is_only_hinted_at_scores_less() -> None:
    """A sales director is in sales; an engineer is most likely in engineering."""
    assert fact("job.department", "Sales Director").score > fact("job.department", "Engineer").score
    assert fact("job.seniority", "Sales Director").reason == "derived_from_title"


def test_the_tables_hold_only_words_that_a_folded_title_can_have() -> None:
    """A stem with an accent, a capital or an empty phrase would never match."""
    phrases = [
        phrase for table in (RANKS, DEPARTMENTS, WEAK_DEPARTMENTS) for _, table_ in table for phrase in table_
    ]

    assert phrases
    for phrase in phrases:
        assert phrase
        assert all(stem.strip("*").isalnum() or stem == "*" for stem in phrase)
        assert " ".join(phrase).isascii()
        assert " ".join(phrase).islower()


@given(st.text())
def test_any_text_is_a_title(text: str) -> None:
    """Nothing raises, and a rank is one of ours."""
    assert rank_of(text) in {"", *(rank for rank, _ in RANKS)}
    assert department_of(text)[0] in {"", *(name for name, _ in (*DEPARTMENTS, *WEAK_DEPARTMENTS))}
