"""Countries."""

import pytest

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_column, clean_value
from addon_backend.engine.clean.country import STYLES, clean_country, country_code, names_in, spelling

NOWHERE = ColumnContext()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("france", "FR"),
        ("FRA", "FR"),
        ("fr", "FR"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("the Netherlands", "NL"),
        ("Holland", "NL"),
        ("Deutschland", "DE"),
        ("Allemagne", "DE"),
        ("Alemania", "DE"),
        ("Etats-Unis", "US"),
        ("États‑Unis", "US"),
        ("Cote d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("Korea, Republic of", "KR"),
        ("Turkey", "TR"),
        ("Россия", None),
        ("Germnay", None),
        ("XX", None),
        ("EU", None),
        ("x" * 90, None),
    ],
)
def test_a_country_is_recognised_in_seven_languages_and_by_code(typed, code):
    """Accents, case, articles and dots do not matter; a misspelt name is not guessed here."""
    assert country_code(typed) == code


def test_every_name_of_every_language_leads_back_to_its_country():
    """No two countries share a name in our languages, but for the two Congos in everyday speech."""
    for language in ("en", "fr", "de", "es", "it", "nl", "pt"):
        for code, name in names_in(language).items():
            assert country_code(name) == code, (language, name)


def test_english_is_the_default_spelling():
    """Other spellings become the short English name."""
    verdict = clean_value(ColumnKind.COUNTRY, "Allemagne", NOWHERE)
    assert (verdict.status, verdict.value, verdict.parts) == ("changed", "Germany", {"alpha2": "DE"})
    assert clean_value(ColumnKind.COUNTRY, "Germany", NOWHERE).status == "ok"


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        (["FR", "DE", "usa", "Spain", "UK"], ["FR", "DE", "US", "ES", "GB"]),
        (["FRA", "DEU", "ESP", "Italy"], ["FRA", "DEU", "ESP", "ITA"]),
        (["France", "Allemagne", "Espagne", "Italy"], ["France", "Allemagne", "Espagne", "Italie"]),
        (["France", "Germany", "Italie"], ["France", "Germany", "Italy"]),
        (["FR", "France", "Allemagne", "DEU"], ["France", "France", "Germany", "Germany"]),
    ],
)
def test_a_column_keeps_the_way_most_of_it_is_written(typed, clean):
    """Three in five values decide between codes and languages; without them it is English."""
    assert [verdict.value for verdict in clean_column(ColumnKind.COUNTRY, typed, NOWHERE)] == clean


@pytest.mark.parametrize("style", STYLES)
def test_every_style_can_write_every_country(style):
    """And what it writes is clean in that style."""
    for code in names_in("en"):
        written = spelling(code, style)
        assert clean_country(written, NOWHERE, style).status == "ok", written


@pytest.mark.parametrize(
    ("typed", "status", "reason"),
    [
        ("Atlantis", "unknown", "country_unknown"),
        ("n/a", "invalid", "placeholder"),
        ("12345", "invalid", "not_a_country"),
        ("x" * 100, "invalid", "not_a_country"),
        (True, "invalid", "is_a_tick"),
    ],
)
def test_what_is_no_country_we_know_is_left_alone(typed, status, reason):
    """A name we do not know may still be a country; digits may not."""
    verdict = clean_value(ColumnKind.COUNTRY, typed, NOWHERE)
    assert (verdict.status, verdict.reason) == (status, reason)
