"""Telephone numbers."""

import pytest

from addon_backend.domain.cells import DateValue
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_column, clean_value

NOWHERE = ColumnContext()


def clean(typed, country=None):
    return clean_value(ColumnKind.PHONE, typed, ColumnContext(country=country))


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("06.12.34.56.78", "FR", "+33612345678"),
        (612345678, "FR", "+33612345678"),
        (33612345678.0, "FR", "+33612345678"),
        ("tél. : 06-12-34-56-78", "FR", "+33612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "FR", "+33612345678"),
        ("+33 (0)6 12 34 56 78", None, "+33612345678"),
        ("0033612345678", None, "+33612345678"),
        ("(0044) 20 7946 0958", "US", "+442079460958"),
        ("+44 20 7946 0958", "FR", "+442079460958"),
        ("(650) 253-0000 x12", "US", "+16502530000 ext. 12"),
        ("1-800-FLOWERS", "US", "+18003569377"),
    ],
)
def test_a_number_becomes_e164(typed, country, number):
    """The row's country reads national numbers; extensions are kept; lost zeros of numbers do not matter."""
    verdict = clean(typed, country)
    assert (verdict.status, verdict.value, verdict.reason) == ("changed", number, "normalised")


def test_the_parts_of_a_number_tell_how_to_show_it():
    """National and international writing, region and type come along."""
    assert clean("+33612345678").parts == {
        "national": "06 12 34 56 78",
        "international": "+33 6 12 34 56 78",
        "region": "FR",
        "type": "mobile",
    }
    assert clean("650 253 0000 ext 7", "US").parts["extension"] == "7"


@pytest.mark.parametrize(
    ("typed", "country", "status", "reason"),
    [
        ("06 12 34 56 78", None, "unknown", "region_unknown"),
        ("06 12 34 56 78", "ZZ", "unknown", "region_unknown"),
        ("06 12 34 56 78 / 01 23 45 67 89", "FR", "unknown", "several_phones"),
        ("06 12 34", "FR", "invalid", "phone_too_short"),
        ("253-0000", "US", "invalid", "phone_too_short"),
        ("06 12 34 56 78 90 12 34", "FR", "invalid", "phone_too_long"),
        ("+33 0 00 00 00 00", None, "invalid", "phone_not_in_use"),
        ("+999 12345678", None, "invalid", "not_a_phone"),
        ("12", "FR", "invalid", "not_a_phone"),
        ("ask Jane 0612345678", "FR", "invalid", "not_a_phone"),
        ("jane@acme.fr", "FR", "invalid", "not_a_phone"),
        ("1" * 100, "FR", "invalid", "not_a_phone"),
        ("n/a", "FR", "invalid", "placeholder"),
        (DateValue(45_000), "FR", "invalid", "is_a_date"),
    ],
)
def test_what_cannot_be_dialled_is_left_alone(typed, country, status, reason):
    """A missing country is not an error of the number; a date is not a number."""
    verdict = clean(typed, country)
    assert (verdict.status, verdict.reason, verdict.value) == (status, reason, typed)


def test_each_row_is_read_in_its_own_country():
    """One text is two numbers in two countries; rows without a country use the column's."""
    verdicts = clean_column(
        ColumnKind.PHONE,
        ["020 7946 0958", "020 7946 0958", "020 7946 0958"],
        ColumnContext(country="GB"),
        ["GB", "FR", None],
    )
    assert [verdict.value for verdict in verdicts] == ["+442079460958", "020 7946 0958", "+442079460958"]
    assert verdicts[0] is not verdicts[1]


def test_equal_rows_share_one_verdict():
    """Each distinct value is read once, however long the column."""
    verdicts = clean_column(ColumnKind.PHONE, ["+33612345678"] * 3 + [1, True, 1.0], NOWHERE)
    assert verdicts[0] is verdicts[2]
    assert verdicts[3] is not verdicts[4]
