"""Parts of addresses, and job titles."""

import pytest

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value
from addon_backend.engine.clean.address import has_postcode_shape


def clean(kind, typed, country=None):
    return clean_value(kind, typed, ColumnContext(country=country))


@pytest.mark.parametrize(
    ("typed", "country", "status", "value", "reason"),
    [
        ("75001", "FR", "ok", "75001", "already_clean"),
        (75002, "FR", "ok", 75002, "already_clean"),
        (1000, "FR", "changed", "01000", "zeros_restored"),
        ("2134", "US", "changed", "02134", "zeros_restored"),
        ("2134-1234", "US", "changed", "02134-1234", "zeros_restored"),
        ("sw1a1aa", "GB", "changed", "SW1A 1AA", "normalised"),
        ("k1a 0b1", "CA", "changed", "K1A 0B1", "case_repaired"),
        ("1012ab", "NL", "changed", "1012 AB", "normalised"),
        ("ABC 123", None, "ok", "ABC 123", "already_clean"),
        ("sw1a 1aa", None, "changed", "SW1A 1AA", "case_repaired"),
        ("123", "FR", "invalid", "123", "not_a_postcode"),
        ("Paris", None, "invalid", "Paris", "not_a_postcode"),
        ("n/a", "FR", "invalid", "n/a", "placeholder"),
        (True, "FR", "invalid", True, "is_a_tick"),
    ],
)
def test_a_postcode_is_written_as_its_country_does(typed, country, status, value, reason):
    """Capitals, the space, and the zero that a spreadsheet dropped."""
    verdict = clean(ColumnKind.ADDRESS_POSTCODE, typed, country)
    assert (verdict.status, verdict.value, verdict.reason) == (status, value, reason)


def test_a_country_we_know_no_postcodes_of_has_no_shape():
    """Absence of a rule is no rule."""
    assert not has_postcode_shape("12345", "AE")
    assert has_postcode_shape("sw1a 1aa", "GB")


@pytest.mark.parametrize(
    ("typed", "status", "value"),
    [
        ("PARIS", "changed", "Paris"),
        ("saint-étienne", "changed", "Saint-Étienne"),
        ("VAL D'OISE", "changed", "Val d'Oise"),
        ("L'HAY LES ROSES", "changed", "L'Hay les Roses"),
        ("Den Haag", "ok", "Den Haag"),
        ("NSW", "ok", "NSW"),
        ("jane@acme.fr", "invalid", "jane@acme.fr"),
        ("12345", "invalid", "12345"),
        ("-", "invalid", "-"),
        (True, "invalid", True),
    ],
)
def test_places_lose_their_shouting_and_codes_stay(typed, status, value):
    """Cities and regions alike."""
    for kind in (ColumnKind.ADDRESS_CITY, ColumnKind.ADDRESS_REGION):
        verdict = clean(kind, typed)
        assert (verdict.status, verdict.value) == (status, value)


@pytest.mark.parametrize(
    ("typed", "status", "value"),
    [
        ("12  rue de la Paix ", "changed", "12 rue de la Paix"),
        ("12 RUE DE LA PAIX\n75002 PARIS", "ok", "12 RUE DE LA PAIX\n75002 PARIS"),
        ("n/a", "invalid", "n/a"),
        (True, "invalid", True),
    ],
)
def test_streets_only_lose_their_extra_spaces(typed, status, value):
    """Postal services want capitals, people do not: both are right."""
    verdict = clean(ColumnKind.ADDRESS_STREET, typed)
    assert (verdict.status, verdict.value) == (status, value)


@pytest.mark.parametrize(
    ("typed", "status", "value"),
    [
        ("VP OF SALES", "changed", "VP of Sales"),
        ("directeur de l'innovation", "changed", "Directeur de l'Innovation"),
        ("RESPONSABLE R&D", "changed", "Responsable R&D"),
        ("ceo", "changed", "CEO"),
        ("ingénieur d'affaires", "changed", "Ingénieur d'Affaires"),
        ("CMO", "ok", "CMO"),
        ("Sr. Mgr", "ok", "Sr. Mgr"),
        ("Head of sales", "ok", "Head of sales"),
        ("jane@acme.fr", "invalid", "jane@acme.fr"),
        ("123", "invalid", "123"),
        ("x" * 400, "invalid", "x" * 400),
        ("n/a", "invalid", "n/a"),
        (True, "invalid", True),
    ],
)
def test_job_titles_get_title_case_and_keep_their_abbreviations(typed, status, value):
    """Acronyms stay, nothing is spelt out."""
    verdict = clean(ColumnKind.JOB_TITLE, typed)
    assert (verdict.status, verdict.value) == (status, value)
