"""VAT, company registration, IBAN and LEI numbers."""

import pytest

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value


def clean(kind, typed, country=None):
    return clean_value(kind, typed, ColumnContext(country=country))


@pytest.mark.parametrize(
    ("typed", "country", "number"),
    [
        ("FR 40 303 265 045", None, "FR40303265045"),
        ("TVA : fr40303265045", None, "FR40303265045"),
        ("40303265045", "FR", "FR40303265045"),
        (40303265045.0, "FR", "FR40303265045"),
        ("DE 136,695 976", None, "DE136695976"),
        ("EL 094259216", None, "EL094259216"),
        ("094259216", "GR", "EL094259216"),
        ("CHE-107.787.577 IVA", None, "CHE107787577"),
        ("107.787.577", "CH", "CHE107787577"),
        ("NO 995 525 828 MVA", None, "NO995525828MVA"),
        ("GB 980 7806 84", None, "GB980780684"),
        ("XI 980780684", None, "XI980780684"),
    ],
)
def test_a_vat_number_is_compact_and_carries_its_country(typed, country, number):
    """Separators and labels go, the prefix comes."""
    verdict = clean(ColumnKind.VAT, typed, country)
    assert (verdict.status, verdict.value) == ("changed", number)
    assert clean(ColumnKind.VAT, number, country).status == "ok"


def test_the_country_of_a_vat_number_is_the_iso_code():
    """Greece signs EL, Northern Ireland XI."""
    assert clean(ColumnKind.VAT, "EL094259216").parts == {"country": "GR", "number": "094259216"}
    assert clean(ColumnKind.VAT, "XI980780684").parts["country"] == "GB"


@pytest.mark.parametrize(
    ("typed", "country", "status", "reason"),
    [
        ("FR00000000000", None, "invalid", "wrong_check_digit"),
        ("40303265046", "FR", "invalid", "wrong_check_digit"),
        ("40303265045", None, "unknown", "country_needed"),
        ("40303265045", "US", "unknown", "country_needed"),
        ("exempt", None, "invalid", "not_a_vat"),
        ("1" * 100, None, "invalid", "not_a_vat"),
        ("n/a", None, "invalid", "placeholder"),
        (True, None, "invalid", "is_a_tick"),
    ],
)
def test_a_wrong_vat_number_is_left_alone(typed, country, status, reason):
    """A check digit is wrong only where we know whose number it is."""
    verdict = clean(ColumnKind.VAT, typed, country)
    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(
    ("typed", "country", "number", "kind"),
    [
        ("552 100 554", "FR", "552100554", "siren"),
        ("552 100 554 00013", "FR", "55210055400013", "siret"),
        ("RCS Paris B 552 100 554", "FR", "552100554", "siren"),
        ("SIREN: 552100554", "FR", "552100554", "siren"),
        ("55210055400013 ", None, "55210055400013", "siret"),
        (5_420_120, "FR", "005420120", "siren"),
        ("1234567", "GB", "01234567", "company_number"),
        ("sc 123456", "GB", "SC123456", "company_number"),
        ("HRB 12345", "DE", "HRB12345", "handelsregister"),
        ("0403.019.261", "BE", "0403019261", "enterprise_number"),
        ("KvK 12345678", "NL", "12345678", "kvk"),
        ("CHE-100.155.212", "CH", "CHE100155212", "uid"),
    ],
)
def test_a_register_number_is_compact_and_of_a_known_kind(typed, country, number, kind):
    """Separators and labels go; zeros that a spreadsheet dropped come back where the country is known."""
    verdict = clean(ColumnKind.REGISTRATION, typed, country)
    assert (verdict.status, verdict.value, verdict.parts["type"]) == ("changed", number, kind)
    if verdict.reason == "zeros_restored":
        assert len(number) > len(str(typed))


def test_a_siret_tells_its_siren():
    """The establishment belongs to a company."""
    assert clean(ColumnKind.REGISTRATION, "55210055400013").parts["siren"] == "552100554"


@pytest.mark.parametrize(
    ("typed", "country", "status", "reason"),
    [
        ("552100555", "FR", "invalid", "wrong_check_digit"),
        ("1234567890123", "FR", "invalid", "not_a_registration"),
        ("123", None, "unknown", "country_needed"),
        ("110601", None, "unknown", "country_needed"),
        ("٥٥٢١٠٠٥٥٤", "FR", "invalid", "not_a_registration"),
        ("pending", None, "invalid", "placeholder"),
        ("none yet", None, "invalid", "not_a_registration"),
        ("1" * 100, None, "invalid", "not_a_registration"),
        (True, "FR", "invalid", "is_a_tick"),
    ],
)
def test_a_wrong_register_number_is_left_alone(typed, country, status, reason):
    """Without a country, zeros are not invented and nothing is called wrong."""
    verdict = clean(ColumnKind.REGISTRATION, typed, country)
    assert (verdict.status, verdict.reason) == (status, reason)


@pytest.mark.parametrize(
    ("kind", "typed", "status", "value", "reason"),
    [
        (ColumnKind.IBAN, "gb82 west 1234 5698 7654 32", "changed", "GB82WEST12345698765432", "normalised"),
        (ColumnKind.IBAN, "IBAN: GB82WEST12345698765432", "changed", "GB82WEST12345698765432", "normalised"),
        (ColumnKind.IBAN, "GB82WEST12345698765431", "invalid", None, "wrong_check_digit"),
        (ColumnKind.IBAN, "12345", "invalid", None, "not_an_iban"),
        (ColumnKind.IBAN, "n/a", "invalid", None, "placeholder"),
        (ColumnKind.IBAN, True, "invalid", None, "is_a_tick"),
        (ColumnKind.LEI, "213800kuD8LAJWSQ9D15", "changed", "213800KUD8LAJWSQ9D15", "case_repaired"),
        (ColumnKind.LEI, "213800KUD8LAJWSQ9D16", "invalid", None, "wrong_check_digit"),
        (ColumnKind.LEI, "213800", "invalid", None, "not_a_lei"),
        (ColumnKind.LEI, "-", "invalid", None, "placeholder"),
        (ColumnKind.LEI, True, "invalid", None, "is_a_tick"),
    ],
)
def test_bank_accounts_and_legal_entities_are_checked(kind, typed, status, value, reason):
    """Structure and check digits, by the standards."""
    verdict = clean(kind, typed)
    assert (verdict.status, verdict.reason) == (status, reason)
    assert verdict.value == (typed if value is None else value)
