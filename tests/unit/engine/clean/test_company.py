"""Company names and their legal forms."""

import pytest

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value
from addon_backend.engine.clean.legal_forms import ends_with_form, is_form, split_form

NOWHERE = ColumnContext()


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("ACME CORPORATION", "ACME Corporation"),
        ("BNP PARIBAS SA", "BNP Paribas SA"),
        ("IBM DEUTSCHLAND GMBH", "IBM Deutschland GmbH"),
        ("MICROSOFT", "Microsoft"),
        ("JOHN DEERE", "John Deere"),
        ("THE HOUSE OF FRASER", "The House of Fraser"),
        ("L'OREAL FRANCE", "L'Oreal France"),
        ("MCDONALD'S RESTAURANTS", "McDonald's Restaurants"),
        ("COCA-COLA", "Coca-Cola"),
        ("3M FRANCE", "3M France"),
        ("A B MARTIN", "A B Martin"),
        ("U.S. STEEL CORP.", "U.S. Steel Corp."),
        ("acme services ltd", "Acme Services Ltd"),
        ("kpmg audit", "KPMG Audit"),
        ("x factory gmbh berlin", "X Factory GmbH Berlin"),
        ("bob le bricoleur", "Bob le Bricoleur"),
        ("sarl dupont frères", "SARL Dupont Frères"),
        ("SOCIÉTÉ GÉNÉRALE", "Société Générale"),
    ],
)
def test_case_is_repaired_where_that_is_safe(typed, clean):
    """Long words lose their shouting; initials, unknown short words and forms keep their own case."""
    verdict = clean_value(ColumnKind.COMPANY_NAME, typed, NOWHERE)
    assert (verdict.status, verdict.value, verdict.reason) == ("changed", clean, "case_repaired")


@pytest.mark.parametrize(
    "typed",
    [
        "IBM",
        "SAP AG",
        "VINCI",
        "NVIDIA",
        "adidas",
        "adidas ag",
        "eBay Inc",
        "YouTube",
        "3M",
        "北京公司",
        "Łódź Spółka",
    ],
)
def test_names_that_may_be_meant_so_stay(typed):
    """Lone short names in capitals, lone names in small letters and mixed case are somebody's brand."""
    assert clean_value(ColumnKind.COMPANY_NAME, typed, NOWHERE).status == "ok"


@pytest.mark.parametrize(
    ("typed", "name", "form"),
    [
        ("Apple Inc.", "Apple", "Inc."),
        ("Hello, World, ltd.", "Hello, World", "ltd."),
        ("Advanced Engineering Co., Ltd.", "Advanced Engineering", "Co., Ltd."),
        ("Meyer GmbH & Co. KG", "Meyer", "GmbH & Co. KG"),
        ("Smith & Jones Corporation", "Smith & Jones", "Corporation"),
        ("Dupont S.A.S.", "Dupont", "S.A.S."),
        ("Dupont S. A. S.", "Dupont", "S. A. S."),
        ("SARL Dupont", "Dupont", "SARL"),
        ("A/S Torm", "Torm", "A/S"),
        ("A.B. Volvo", "Volvo", "A.B."),
        ("Oy Hello World Ab", "Hello World", "Oy Ab"),
        ("ОАО Новороссийский порт", "Новороссийский порт", "ОАО"),
        ("Łoś spółka z o.o", "Łoś", "spółka z o.o"),
        ("Barilla SPA", "Barilla", "SPA"),
        ("HP Inc.", "HP", "Inc."),
        ("dupont sas", "dupont", "sas"),
        ("Shoes (Holdings) Limited", "Shoes (Holdings)", "Limited"),
    ],
)
def test_the_legal_form_comes_off_at_the_ends(typed, name, form):
    """Several forms, dotted or spaced, before or after the name."""
    assert split_form(typed) == (name, form)
    assert ends_with_form(typed)
    assert clean_value(ColumnKind.COMPANY_NAME, "Apple Inc.", NOWHERE).parts == {
        "name": "Apple",
        "legal_form": "Inc.",
    }


@pytest.mark.parametrize(
    "typed",
    [
        "Hotel and Spa",
        "DAY SPA",
        "Tiffany & Co.",
        "RS Enterprises",
        "Casa Sa",
        "Plan a s",
        "Limited",
        "GmbH",
        "LLC Ltd",
        "Ltd. & Co.",
        "X Corporation",
        "The Company",
        "The Walt Disney Company",
        "Hello Oy World",
        "A B Martin",
        "Land of the Ag",
        "& Co KG",
        "a s m international x",
    ],
)
def test_nothing_comes_off_that_belongs_to_the_name(typed):
    """No name is left empty, of one letter, or ending in a conjunction; words that are also forms stay."""
    assert split_form(typed) == (typed, "")


def test_a_form_alone_is_known():
    """Whatever its dots and spaces."""
    assert is_form("G.m.b.H.")
    assert is_form("Pty Ltd")
    assert not is_form("Acme")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("n/a", "placeholder"),
        ("jane@acme.fr", "not_a_company"),
        ("???!", "not_a_company"),
        ("x" * 400, "not_a_company"),
        (False, "is_a_tick"),
    ],
)
def test_what_is_no_company_is_said_so(typed, reason):
    """E-mails, signs and endless texts are not names of companies."""
    verdict = clean_value(ColumnKind.COMPANY_NAME, typed, NOWHERE)
    assert (verdict.status, verdict.reason) == ("invalid", reason)
