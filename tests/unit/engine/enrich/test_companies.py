"""A company's domain and name from e-mail, website and LinkedIn page."""

from __future__ import annotations

import pytest

from addon_backend.domain.facts import Fact
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.enrich import derive_column
from addon_backend.engine.enrich.companies import domain_of_row


def fact(field: str, **cells: str) -> Fact:
    """Return what one row gives: ``url``, ``email``, ``company_domain``, ``linkedin_company``."""
    inputs = {Kind[name.upper()]: [cell] for name, cell in cells.items()}
    return derive_column(field, inputs, {})[0]


@pytest.mark.parametrize(
    ("cells", "domain"),
    [
        ({"email": "jean@mail.acme.co.uk"}, "acme.co.uk"),
        ({"url": "https://www.acme-industries.example/fr?x=1"}, "acme-industries.example"),
        ({"url": "www.acme.fr", "email": "jean@other.fr"}, "acme.fr"),
        ({"url": "https://linkedin.com/company/acme", "email": "jean@acme.fr"}, "acme.fr"),
        ({"url": "none", "email": "jean@acme.fr"}, "acme.fr"),
        ({"email": "jean@github.com"}, "github.com"),
    ],
)
def test_a_domain_comes_from_the_website_first(cells: dict[str, str], domain: str) -> None:
    """The e-mail is asked where the website is a page on a shared site."""
    found = fact("company.domain", **cells)

    assert (found.value, found.review) == (domain, False)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"email": "jean@gmail.com"}, "free_mail_domain"),
        ({"email": "jean@yahoo.fr"}, "free_mail_domain"),
        ({"email": "jean@yopmail.com"}, "disposable_domain"),
        ({"email": "jean"}, "invalid_email"),
        ({"url": "https://facebook.com/acme"}, "shared_host"),
        ({"url": "https://gmail.com"}, "free_mail_domain"),
        ({"url": "see brochure"}, "not_recognised"),
        ({"url": "", "email": ""}, "no_input"),
    ],
)
def test_nobody_s_domain_is_no_company_s(cells: dict[str, str], reason: str) -> None:
    """Free, throw-away and shared domains are refused, for domain and name alike."""
    for field in ("company.domain", "company.name"):
        assert (fact(field, **cells).value, fact(field, **cells).reason) == (None, reason)


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ({"company_domain": "acme-industries.example"}, "Acme Industries"),
        ({"email": "jean@bois-et-fils.fr"}, "Bois et Fils"),
        ({"url": "https://kpmg.fr"}, "Kpmg"),
        ({"url": "https://ftp.fr"}, "FTP"),
        ({"email": "jean@eva.fr"}, "Eva"),
        (
            {"linkedin_company": "https://www.linkedin.com/company/acme-industries-123/about"},
            "Acme Industries",
        ),
        ({"linkedin_company": "linkedin.com/company/caf%C3%A9-du-port", "email": "a@x.fr"}, "Café du Port"),
        ({"linkedin_company": "https://www.linkedin.com/company/12345/", "email": "a@acme.fr"}, "Acme"),
        ({"linkedin_company": "https://www.linkedin.com/company/-/", "email": "a@acme.fr"}, "Acme"),
    ],
)
def test_a_name_out_of_a_domain_is_a_guess(cells: dict[str, str], name: str) -> None:
    """How a company spells itself no domain tells: a person confirms it."""
    found = fact("company.name", **cells)

    assert found.value == name
    assert found.review
    assert found.score < 1


def test_a_domain_of_digits_gives_no_name() -> None:
    """There is nothing to spell."""
    assert fact("company.name", email="jean@4711.de").reason == "not_recognised"


def test_a_row_is_looked_up_by_its_domain_website_or_e_mail() -> None:
    """The first that says something."""
    assert domain_of_row({Kind.COMPANY_DOMAIN: " ", Kind.URL: "bad", Kind.EMAIL: "j@acme.fr"}) == "acme.fr"
    assert domain_of_row({Kind.EMAIL: "j@gmail.com"}) is None
