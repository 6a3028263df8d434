"""What holds for every kind and every cell."""

from __future__ import annotations

import math
import pickle

from hypothesis import example, given
from hypothesis import strategies as st

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue, is_blank
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import SENTENCES, Reason, clean_column, clean_value
from tests.unit.engine.clean.strategies import CELLS, CONTEXTS, KINDS, TEXTS

NOWHERE = ColumnContext()
STATUSES = {"ok", "changed", "invalid", "unknown"}


def same(left: CellValue, right: CellValue) -> bool:
    if isinstance(left, float) and isinstance(right, float) and math.isnan(left):
        return math.isnan(right)
    if isinstance(left, DateValue) and isinstance(right, DateValue) and math.isnan(left.serial):
        return math.isnan(right.serial)
    return type(left) is type(right) and left == right


@given(KINDS, CELLS, CONTEXTS)
def test_no_cell_raises_and_every_verdict_has_a_known_status_and_reason(kind, cell, context):
    """Whatever a sheet holds, cleaning answers, with a reason that has a sentence."""
    verdict = clean_value(kind, cell, context)
    assert verdict.status in STATUSES
    assert Reason(verdict.reason) in SENTENCES
    assert not verdict.review
    assert all(isinstance(part, str) for part in verdict.parts.values())


@given(KINDS, CELLS, CONTEXTS)
def test_a_value_is_replaced_only_when_the_verdict_says_changed(kind, cell, context):
    """An invalid or unknown value stays in its cell, type and all."""
    verdict = clean_value(kind, cell, context)
    if verdict.status == "changed":
        assert not same(verdict.value, cell)
        assert not is_blank(verdict.value)
    else:
        assert same(verdict.value, cell)


@given(KINDS, CELLS, CONTEXTS)
def test_a_cleaned_value_is_clean(kind, cell, context):
    """Cleaning twice is cleaning once: a second run has nothing to do."""
    once = clean_value(kind, cell, context)
    if once.status == "changed":
        twice = clean_value(kind, once.value, context)
        assert (twice.status, twice.value) == ("ok", once.value)


@given(KINDS, st.lists(CELLS, max_size=12), CONTEXTS)
def test_a_cleaned_column_is_clean(kind, cells, context):
    """The same holds for whole columns, where the column's own spelling of countries counts."""
    once = clean_column(kind, cells, context)
    again = clean_column(kind, [verdict.value for verdict in once], context)
    assert all(
        after.status == "ok" for before, after in zip(once, again, strict=True) if before.status == "changed"
    )


@given(KINDS, st.lists(CELLS, max_size=12), CONTEXTS, st.data())
def test_a_column_answers_row_by_row_as_its_values_do(kind, cells, context, data):
    """Each distinct value is looked at once, and True, 1 and 1.0 stay three values."""
    countries = data.draw(
        st.none() | st.lists(st.sampled_from([None, "FR", "US"]), min_size=len(cells), max_size=len(cells))
    )
    verdicts = clean_column(kind, cells, context, countries)
    assert len(verdicts) == len(cells)
    assert all(
        same(verdict.value, cell) or verdict.status == "changed"
        for cell, verdict in zip(cells, verdicts, strict=True)
    )


@given(KINDS, CELLS, CONTEXTS)
def test_a_verdict_can_be_handed_to_another_process(kind, cell, context):
    """Workers pickle what they found."""
    verdict = clean_value(kind, cell, context)
    found = pickle.loads(pickle.dumps(verdict))  # noqa: S301 - our own bytes
    assert (found.status, found.reason, dict(found.parts)) == (
        verdict.status,
        verdict.reason,
        dict(verdict.parts),
    )


@given(CELLS, CONTEXTS)
@example(ErrorValue("#N/A"), NOWHERE)
def test_empty_cells_and_sheet_errors_are_left_alone(cell, context):
    """There is nothing to say about them, in any column."""
    if isinstance(cell, ErrorValue) or is_blank(cell):
        for kind in ColumnKind:
            verdict = clean_value(kind, cell, context)
            assert verdict.status == "unknown"
            assert verdict.reason == ("sheet_error" if isinstance(cell, ErrorValue) else "empty")


@given(KINDS, TEXTS)
@example(ColumnKind.ADDRESS_CITY, "A'")
def test_a_long_cell_survives(kind, text):
    """A cell of 50,000 characters is no reason to fail, whatever the column."""
    cell = (text or "x") * (50_000 // max(1, len(text)))
    assert clean_value(kind, cell, NOWHERE).status in STATUSES


def test_every_reason_has_a_sentence_in_both_languages():
    """A person is never shown a code; sentences are short and end with a full stop or question mark."""
    assert set(SENTENCES) == set(Reason)
    for sentence in SENTENCES.values():
        for text in (sentence.en, sentence.fr):
            assert 0 < len(text) <= 70
            assert text[-1] in ".?»" or text.endswith("”.")
    assert SENTENCES[Reason.TRIMMED].in_language("fr-CA") == SENTENCES[Reason.TRIMMED].fr
    assert SENTENCES[Reason.TRIMMED].in_language("en") == SENTENCES[Reason.TRIMMED].en
