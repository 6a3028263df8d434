"""Dates, numbers, amounts and ticks that were typed as text."""

from datetime import date, datetime, timedelta

import pytest

from addon_backend.domain.cells import DateValue
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value


def at(hour, minute=0, second=0):
    """The last day of January 2024, at a time of day."""
    midnight = datetime.fromisoformat("2024-01-31")
    return midnight + timedelta(hours=hour, minutes=minute, seconds=second)


def clean(kind, typed, **context):
    return clean_value(kind, typed, ColumnContext(**context))


@pytest.mark.parametrize(
    ("typed", "order", "moment"),
    [
        ("2024-01-31", None, date(2024, 1, 31)),
        ("2024/1/5", None, date(2024, 1, 5)),
        ("20240131", None, date(2024, 1, 31)),
        (20240131, None, date(2024, 1, 31)),
        ("2024-01-31T10:00:00.000Z", None, at(10)),
        ("31/12/2024", None, date(2024, 12, 31)),
        ("12/31/2024", "dmy", date(2024, 12, 31)),
        ("05/06/2024", "dmy", date(2024, 6, 5)),
        ("05/06/2024", "mdy", date(2024, 5, 6)),
        ("05.05.24", None, date(2024, 5, 5)),
        ("31.12.99", None, date(1999, 12, 31)),
        ("24-06-05", "ymd", date(2024, 6, 5)),
        ("31/01/2024 09:30", None, at(9, 30)),
        ("01/31/2024 05:00:07 PM", None, at(17, 0, 7)),
        ("01/31/2024 12:30 AM", None, at(0, 30)),
        ("12 mars 2024", None, date(2024, 3, 12)),
        ("1er janvier 2024", None, date(2024, 1, 1)),
        ("3. März 2024", None, date(2024, 3, 3)),
        ("5 de mayo de 2024", None, date(2024, 5, 5)),
        ("Monday, March 4th, 2024", None, date(2024, 3, 4)),
        ("4-Mar-24", None, date(2024, 3, 4)),
        ("Mar 4 '24", None, date(2024, 3, 4)),
        ("2024-Mar-04", None, date(2024, 3, 4)),
    ],
)
def test_a_date_is_read_where_its_order_is_proven(typed, order, moment):
    """By its own shape, by a month's name, by a day above twelve, or by the column's order."""
    verdict = clean(ColumnKind.DATE, typed, date_order=order)
    assert (verdict.status, verdict.value) == ("changed", DateValue.of(moment))
    assert verdict.parts["iso"].startswith(moment.isoformat()[:10])


@pytest.mark.parametrize(
    ("typed", "status", "reason"),
    [
        ("05/06/2024", "unknown", "date_order_unknown"),
        ("01/02/03", "unknown", "date_order_unknown"),
        ("2024", "unknown", "date_incomplete"),
        ("03/2024", "unknown", "date_incomplete"),
        ("1 March 1850", "unknown", "date_too_old"),
        (45_000, "unknown", "number_maybe_date"),
        ("31/02/2024", "invalid", "date_impossible"),
        ("31/01/2024 13:00 PM", "invalid", "date_impossible"),
        ("2024-13-01", "invalid", "date_impossible"),
        ("12 foo 2024", "invalid", "not_a_date"),
        ("soon", "invalid", "not_a_date"),
        ("x" * 100, "invalid", "not_a_date"),
        ("tbd", "invalid", "placeholder"),
        (True, "invalid", "is_a_tick"),
    ],
)
def test_a_date_is_never_guessed(typed, status, reason):
    """What two readers would read differently stays text."""
    verdict = clean(ColumnKind.DATE, typed)
    assert (verdict.status, verdict.reason, verdict.value) == (status, reason, typed)


def test_a_real_date_is_clean():
    """The host already knows it."""
    verdict = clean(ColumnKind.DATE, DateValue(45_000))
    assert (verdict.status, verdict.parts) == ("ok", {"iso": "2023-03-15"})
    assert clean(ColumnKind.DATE, DateValue(float("nan"))).parts == {}


@pytest.mark.parametrize(
    ("typed", "decimal", "number"),
    [
        ("12", None, 12),
        ("-12.5", None, -12.5),
        ("1,5", None, 1.5),
        ("0,234", None, 0.234),
        ("1 234,56", None, 1234.56),
        ("1,234.56", None, 1234.56),
        ("1.234.567", None, 1234567),
        ("1’234.50", None, 1234.5),
        ("1,234", ".", 1234),
        ("1,234", ",", 1.234),
        ("1.234", ",", 1234),
        ("0,0", None, 0),
    ],
)
def test_a_number_is_read_where_its_marks_are_clear(typed, decimal, number):
    """By its own shape or by the column's decimal mark."""
    verdict = clean(ColumnKind.NUMBER, typed, decimal=decimal)
    assert (verdict.status, verdict.value) == ("changed", number)


@pytest.mark.parametrize(
    ("typed", "status", "reason"),
    [
        ("1,234", "unknown", "decimal_unknown"),
        ("1.2.3", "unknown", "decimal_unknown"),
        ("0012", "unknown", "looks_like_id"),
        ("1234567890123456", "unknown", "looks_like_id"),
        ("12 %", "ok", "already_clean"),
        ("a dozen", "invalid", "not_a_number"),
        ("n/a", "invalid", "placeholder"),
        ("١٢", "unknown", "decimal_unknown"),
        ("1" * 15 + "." * 40, "unknown", "decimal_unknown"),
        (float("inf"), "invalid", "not_a_number"),
        (True, "invalid", "is_a_tick"),
        (DateValue(1), "invalid", "is_a_date"),
        (3, "ok", "already_clean"),
        (3.5, "ok", "already_clean"),
    ],
)
def test_a_number_is_never_guessed(typed, status, reason):
    """Leading zeros and long digits are references; percentages stay as typed."""
    verdict = clean(ColumnKind.NUMBER, typed)
    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("€ 1 234,50", {"currency": "EUR", "amount": "1234.5"}),
        ("-$12.50", {"currency": "USD", "amount": "-12.5"}),
        ("12 CHF", {"currency": "CHF", "amount": "12.0"}),
        ("100 kr", {"amount": "100.0"}),
        ("1,234", {}),
        ("EUR", {"currency": "EUR"}),
    ],
)
def test_amounts_stay_as_they_are_typed(typed, parts):
    """Money is not ours to rewrite; what can be told about it is told."""
    verdict = clean(ColumnKind.CURRENCY, typed)
    assert (verdict.status, verdict.value, verdict.parts) == ("ok", typed, parts)


@pytest.mark.parametrize(
    ("typed", "status", "reason"),
    [
        ("eur", "changed", "case_repaired"),
        ("12 apples", "invalid", "not_an_amount"),
        ("n/a", "invalid", "placeholder"),
        ("9" * 60, "invalid", "not_an_amount"),
        (12, "ok", "already_clean"),
        (True, "invalid", "is_a_tick"),
    ],
)
def test_what_is_no_amount_is_said_so(typed, status, reason):
    """Numbers are amounts; words are not."""
    verdict = clean(ColumnKind.CURRENCY, typed)
    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(
    ("typed", "status", "meant"),
    [
        ("Oui", "ok", "true"),
        (" NEIN ", "changed", "false"),
        ("✓", "ok", "true"),
        (1, "ok", "true"),
        (False, "ok", "false"),
        ("maybe", "invalid", None),
        ("-", "invalid", None),
        (DateValue(1), "invalid", None),
    ],
)
def test_yes_and_no_stay_in_their_language(typed, status, meant):
    """What was meant is a part; the cell keeps its word."""
    verdict = clean(ColumnKind.BOOLEAN, typed)
    assert (verdict.status, verdict.parts.get("value")) == (status, meant)
