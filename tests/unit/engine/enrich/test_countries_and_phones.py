"""Country, type and time zone out of phones, VAT numbers and domain endings."""

from __future__ import annotations

import pytest

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.facts import Fact
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.enrich import derive_column
from addon_backend.engine.enrich.countries import country_name


def fact(field: str, column_country: str | None = None, row_country: str | None = None, **cells: str) -> Fact:
    """Return what one row gives."""
    inputs = {Kind[name.upper()]: [cell] for name, cell in cells.items()}
    contexts = {Kind.PHONE: ColumnContext(country=column_country)}
    return derive_column(field, inputs, contexts, [row_country])[0]


@pytest.mark.parametrize(
    ("phone", "kind"),
    [
        ("+33 6 12 34 56 78", "mobile"),
        ("+33 1 44 55 66 77", "fixed"),
        ("0033 800 12 34 56", "toll_free"),
        ("+1 212 736 5000", "fixed_or_mobile"),
        ("Tél. : +49 30 901820", "fixed"),
    ],
)
def test_a_phone_tells_its_type(phone: str, kind: str) -> None:
    """By the numbering plan of its country."""
    found = fact("phone.type", phone=phone)

    assert (found.value, found.reason, found.review) == (kind, "derived_from_phone", False)


def test_a_national_number_is_read_in_the_row_s_country_before_the_column_s() -> None:
    """The row knows better than its column."""
    assert fact("phone.type", "FR", phone="06 12 34 56 78").value == "mobile"
    assert fact("phone.time_zone", "FR", "BE", phone="02 512 34 56").value == "Europe/Brussels"
    assert fact("phone.type", phone="06 12 34 56 78").reason == "no_country_code"
    assert fact("phone.type", "FR", "Belgium", phone="06 12 34 56 78").value == "mobile"


@pytest.mark.parametrize(
    ("field", "phone", "reason"),
    [
        ("phone.type", "", "no_input"),
        ("phone.type", "+33 1", "invalid_phone"),
        ("phone.type", "+33 1 23 45", "invalid_phone"),
        ("phone.time_zone", "", "no_input"),
        ("phone.time_zone", "call me", "no_country_code"),
        ("phone.time_zone", "+1 212 736 5000", "ambiguous_time_zone"),
        ("phone.time_zone", "+34 912 34 56 78", "ambiguous_time_zone"),
        ("phone.time_zone", "+800 1234 5678", "not_recognised"),
        ("phone.time_zone", "+383 28 012 345", "not_recognised"),
    ],
)
def test_what_a_phone_does_not_tell_is_said(field: str, phone: str, reason: str) -> None:
    """Nothing is guessed from a broken number or a country with several clocks."""
    assert (fact(field, phone=phone).value, fact(field, phone=phone).reason) == (None, reason)


@pytest.mark.parametrize(
    ("phone", "zone"),
    [
        ("+33 1 44 55 66 77", "Europe/Paris"),
        ("+49 30 901820", "Europe/Berlin"),
        ("+81 3 3224 5000", "Asia/Tokyo"),
    ],
)
def test_a_country_with_one_clock_tells_its_time_zone(phone: str, zone: str) -> None:
    """A second zone with the same clock (Büsingen) makes no difference."""
    assert fact("phone.time_zone", phone=phone).value == zone


@pytest.mark.parametrize(
    ("cells", "name", "reason"),
    [
        ({"phone": "+33 1 44 55 66 77"}, "France", "derived_from_phone"),
        ({"vat": "BE 0403.170.701"}, "Belgium", "derived_from_vat"),
        ({"vat": "EL094259216"}, "Greece", "derived_from_vat"),
        ({"vat": "CHE-116.281.710 MWST"}, "Switzerland", "derived_from_vat"),
        ({"email": "jean@acme.fr"}, "France", "derived_from_email"),
        ({"url": "https://acme.co.uk"}, "United Kingdom", "derived_from_website"),
        ({"company_domain": "acme.de"}, "Germany", "derived_from_domain"),
        ({"phone": "+33 1 44 55 66 77", "vat": "DE811907980"}, "Germany", "derived_from_vat"),
        ({"phone": "call me", "email": "jean@acme.it"}, "Italy", "derived_from_email"),
        ({"url": "acme.com", "email": "jean@acme.es"}, "Spain", "derived_from_email"),
    ],
)
def test_a_country_is_read_from_the_strongest_sign(cells: dict[str, str], name: str, reason: str) -> None:
    """VAT number before phone before domain ending."""
    found = fact("country", **cells)

    assert (found.value, found.reason, found.review) == (name, reason, False)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"email": "jean@acme.com"}, "generic_domain"),
        ({"email": "jean@acme.io"}, "generic_domain"),
        ({"url": "acme.ai"}, "generic_domain"),
        ({"company_domain": "acme.co"}, "generic_domain"),
        ({"email": "jean@acme.tv"}, "generic_domain"),
        ({"email": "jean@acme.eu"}, "generic_domain"),
        ({"email": "jean"}, "not_recognised"),
        ({"email": "jean@jetable.fr.nf"}, "not_recognised"),
        ({"vat": "12345"}, "not_recognised"),
        ({"phone": "06 12 34 56 78"}, "no_country_code"),
        ({"phone": "+33 6"}, "invalid_phone"),
        ({"phone": "", "email": ""}, "no_input"),
    ],
)
def test_a_sign_that_says_no_country_says_why(cells: dict[str, str], reason: str) -> None:
    """Endings sold as words, broken numbers."""
    assert (fact("country", **cells).value, fact("country", **cells).reason) == (None, reason)


def test_a_domain_ending_is_a_weaker_sign_than_a_phone() -> None:
    """And both together a stronger one."""
    ending = fact("country", email="jean@acme.fr").score
    phone = fact("country", phone="+33 1 44 55 66 77").score

    assert ending < phone < fact("country", phone="+33 1 44 55 66 77", email="jean@acme.fr").score


def test_phone_and_ending_that_contradict_each_other_are_for_a_person() -> None:
    """A French number at a German company."""
    found = fact("country", phone="+33 1 44 55 66 77", email="jean@firma.de")

    assert (found.value, found.reason, found.review) == ("France", "countries_disagree", True)


def test_a_national_number_only_hints_at_the_column_s_country() -> None:
    """Many countries accept the same digits: a guess."""
    found = fact("country", "FR", phone="01 44 55 66 77")

    assert (found.value, found.reason, found.review) == ("France", "guessed_from_column_country", True)
    assert fact("country", "FR", phone="01 44 55 66 77", email="jean@acme.fr").reason == "derived_from_email"


def test_only_countries_have_names() -> None:
    """The European Union and private codes are none."""
    assert country_name("fr") == "France"
    assert country_name("EU") is None
    assert country_name("ZZ") is None
    assert country_name("FRA") is None
