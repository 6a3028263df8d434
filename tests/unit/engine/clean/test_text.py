"""Free text and identifiers: what is invisible goes, what a person typed stays."""

import pytest
from hypothesis import given

from addon_backend.domain.cells import DateValue
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value
from addon_backend.engine.clean.text import at_rest, tidy, tidy_lines
from tests.unit.engine.clean.strategies import TEXTS

NOWHERE = ColumnContext()


@pytest.mark.parametrize(
    ("typed", "clean", "reason"),
    [
        ("  two   spaces ", "two spaces", "trimmed"),
        ("no\u00a0break", "no break", "trimmed"),
        ("zero\u200bwidth\ufeff", "zerowidth", "normalised"),
        ("bell\x07", "bell", "normalised"),
        ("CafÃ© crÃ¨me", "Café crème", "encoding_repaired"),
        ("Cafe\u0301", "Café", "normalised"),
        ("AT&amp;T", "AT&T", "encoding_repaired"),
        ("one\r\n two", "one\ntwo", "trimmed"),
    ],
)
def test_what_nobody_sees_is_repaired(typed, clean, reason):
    """Spaces, invisible signs, decomposed letters, mojibake and entities are repaired; line breaks stay."""
    verdict = clean_value(ColumnKind.TEXT, typed, NOWHERE)
    assert (verdict.status, verdict.value, verdict.reason) == ("changed", clean, reason)


@pytest.mark.parametrize(
    "typed",
    [
        "plain",
        "=SUM(A1)",
        "+33 text",
        "-5",
        "@me",
        "نمی‌خواهم",
        "👩‍💻",
        "\ud800",
        "Ünïcödé",
        "a\nb",
        12,
        1.5,
        True,
        DateValue(1),
    ],
)
def test_good_text_is_left_alone(typed):
    """Formula signs are plain text to the engine; joiners that scripts and emoji need stay; types stay."""
    verdict = clean_value(ColumnKind.TEXT, typed, NOWHERE)
    assert (verdict.status, verdict.value) == ("ok", typed)


def test_identifiers_keep_their_case_and_inner_signs():
    """An identifier belongs to another system: only invisible characters and outer spaces go."""
    assert clean_value(ColumnKind.ID, " aB-12/\u200bx ", NOWHERE).value == "aB-12/x"
    assert clean_value(ColumnKind.ID, "aB-12", NOWHERE).status == "ok"
    assert clean_value(ColumnKind.ID, 12, NOWHERE).status == "ok"


@given(TEXTS)
def test_tidying_comes_to_rest(text):
    """Tidy text is tidy, on one line and on several."""
    assert tidy(tidy(text)) == tidy(text)
    assert tidy_lines(tidy_lines(text)) == tidy_lines(text)


def test_a_repair_that_swings_is_not_made():
    """A text that would change at every cleaning is left as it came."""
    assert at_rest(str.swapcase, "Ab") == "Ab"
    assert at_rest(str.upper, "Ab") == "AB"


def test_entities_escaped_many_times_are_left_alone():
    """What does not come to rest in a few rounds is not ours to unravel."""
    text = "&amp;amp;amp;amp;amp;amp;amp;"
    assert tidy(text) == text
