"""Domains, web addresses and LinkedIn links."""

import pytest

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value

NOWHERE = ColumnContext()
NEW_URL = "https://www.linkedin.com"


def clean(kind, typed):
    return clean_value(kind, typed, NOWHERE)


@pytest.mark.parametrize(
    ("typed", "domain", "reason"),
    [
        ("https://www.Example.co.uk/path?x", "example.co.uk", "shortened_to_domain"),
        ("shop.acme.com", "acme.com", "shortened_to_domain"),
        ("ACME.COM", "acme.com", "case_repaired"),
        ("@acme.com", "acme.com", "shortened_to_domain"),
        ("//acme.com.", "acme.com", "shortened_to_domain"),
        ("MÜNCHEN.de", "münchen.de", "case_repaired"),
        ("xn--mnchen-3ya.de", "münchen.de", "shortened_to_domain"),
        ("acme.github.io", None, ""),
        ("www.github.io", "github.io", "shortened_to_domain"),
        ("www.com", None, ""),
        ("acme.com", None, ""),
    ],
)
def test_a_domain_is_what_somebody_registered(typed, domain, reason):
    """Schemes, paths and subdomains go; private suffixes count; internationalised names stay readable."""
    verdict = clean(ColumnKind.COMPANY_DOMAIN, typed)
    assert verdict.value == (domain or typed)
    assert (verdict.status, verdict.reason) == (("changed", reason) if domain else ("ok", "already_clean"))
    assert verdict.parts["domain"] == verdict.value


def test_the_host_and_suffix_of_a_domain_are_told():
    """For rooms that compare companies."""
    assert clean(ColumnKind.COMPANY_DOMAIN, "www.acme.co.uk").parts == {
        "domain": "acme.co.uk",
        "host": "www.acme.co.uk",
        "suffix": "co.uk",
    }


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        *(("acme", "not_a_domain"), ("jane@acme.com", "not_a_domain"), ("10.0.0.1", "not_a_domain")),
        *(("acme.nosuchtop", "not_a_domain"), ("co.uk", "not_a_domain"), ("ftp://acme.com", "not_a_domain")),
        *(
            ("-", "placeholder"),
            ("a b.com", "not_a_domain"),
            ("…。.com", "not_a_domain"),
            (True, "is_a_tick"),
        ),
        ("x." * 1500 + "com", "not_a_domain"),
        ("a" * 64 + ".com", "not_a_domain"),
    ],
)
def test_what_is_no_domain_is_said_so(typed, reason):
    """Bare suffixes, addresses of machines and unknown endings are nobody's."""
    verdict = clean(ColumnKind.COMPANY_DOMAIN, typed)
    assert (verdict.status, verdict.reason) == ("invalid", reason)


@pytest.mark.parametrize(
    ("typed", "url", "reason"),
    [
        ("acme.com/About?q=1#x", "https://acme.com/About?q=1#x", "scheme_added"),
        ("www.acme.com", "https://www.acme.com", "scheme_added"),
        ("HTTP://WWW.ACME.COM/", "http://www.acme.com", "normalised"),
        ("https://acme.com:443/a", "https://acme.com/a", "normalised"),
        ("<https://acme.com>", "https://acme.com", "normalised"),
        ("HTTPS://ACME.COM", "https://acme.com", "case_repaired"),
    ],
)
def test_a_web_address_gets_its_scheme_and_keeps_its_path(typed, url, reason):
    """Only scheme, host, default port and a lone final slash are ours to write."""
    verdict = clean(ColumnKind.URL, typed)
    assert (verdict.status, verdict.value, verdict.reason) == ("changed", url, reason)


@pytest.mark.parametrize(
    "typed", ["http://acme.com", "https://acme.com/@jane", "http://10.0.0.1:8080/x", "https://münchen.de/ü"]
)
def test_a_good_web_address_stays(typed):
    """http stays http: we do not know whether the other answers."""
    assert clean(ColumnKind.URL, typed).status == "ok"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        *(
            ("javascript:alert(1)", "not_a_url"),
            ("mailto:a@b.com", "not_a_url"),
            ("ftp://acme.com", "not_a_url"),
        ),
        *(("https://user:pw@acme.com", "not_a_url"), ("jane@acme.com", "not_a_url"), ("acme", "not_a_url")),
        *(("https://acme.com/a b", "not_a_url"), ("none", "placeholder"), (False, "is_a_tick")),
    ],
)
def test_what_is_no_web_address_is_said_so(typed, reason):
    """Other schemes, credentials and spaces are refused."""
    verdict = clean(ColumnKind.URL, typed)
    assert (verdict.status, verdict.reason) == ("invalid", reason)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("fr.linkedin.com/in/Jane-Doe/?trk=1", "/in/jane-doe"),
        ("linkedin.com/in/jane-doe/detail/contact-info", "/in/jane-doe"),
        ("https://www.linkedin.com/mwlite/in/jane", "/in/jane"),
        ("https://www.linkedin.com/m/in/jane/", "/in/jane"),
        ("in/Jane", "/in/jane"),
        ("/in/jane", "/in/jane"),
        ("https://www.linkedin.com/pub/jane-doe/5/4b6/3a4", "/in/jane-doe-3a44b65"),
        ("https://www.linkedin.com/pub/jane-doe/5/6/a", "/in/jane-doe-00a0065"),
        ("linkedin.com/pub/jane/01/01", "/pub/jane/01/01"),
        ("linkedin.com/in/jos%c3%a9", "/in/jos%C3%A9"),
        ("linkedin.com/in/ACoAAB1cDeFgHiJkLm", "/in/ACoAAB1cDeFgHiJkLm"),
    ],
)
def test_every_way_to_write_a_profile_becomes_one(typed, path):
    """Country sites, mobile paths, tracking and old ``/pub/`` links; member ids keep their case."""
    verdict = clean(ColumnKind.LINKEDIN_PERSON, typed)
    assert (verdict.status, verdict.value) == ("changed", NEW_URL + path)
    assert verdict.parts["slug"]


@pytest.mark.parametrize(
    ("typed", "path", "page"),
    [
        ("linkedin.com/company/Acme/about/", "/company/acme", "company"),
        ("www.linkedin.com/school/oxford", "/school/oxford", "school"),
        ("linkedin.com/showcase/acme-labs", "/showcase/acme-labs", "showcase"),
        ("linkedin.com/organization/123", "/company/123", "company"),
        ("company/acme", "/company/acme", "company"),
        ("https://www.linkedin.com/company/中国投资/", "/company/中国投资", "company"),
    ],
)
def test_company_pages_have_one_spelling_too(typed, path, page):
    """Schools and showcases stay what they are."""
    verdict = clean(ColumnKind.LINKEDIN_COMPANY, typed)
    assert (verdict.value, verdict.parts["page"]) == (NEW_URL + path, page)


@pytest.mark.parametrize(
    ("kind", "typed", "status", "reason"),
    [
        (
            ColumnKind.LINKEDIN_PERSON,
            "https://www.linkedin.com/company/acme",
            "invalid",
            "not_a_linkedin_person",
        ),
        (
            ColumnKind.LINKEDIN_COMPANY,
            "https://www.linkedin.com/in/jane",
            "invalid",
            "not_a_linkedin_company",
        ),
        (
            ColumnKind.LINKEDIN_COMPANY,
            "https://www.linkedin.com/company//",
            "invalid",
            "not_a_linkedin_company",
        ),
        (
            ColumnKind.LINKEDIN_PERSON,
            "https://www.linkedin.com/sales/lead/ACwAA,NAME",
            "unknown",
            "linkedin_not_public",
        ),
        (ColumnKind.LINKEDIN_PERSON, "urn:li:member:123", "unknown", "linkedin_not_public"),
        (ColumnKind.LINKEDIN_PERSON, "linkedin.com", "invalid", "not_a_linkedin_person"),
        (ColumnKind.LINKEDIN_PERSON, "https://www.linkedin.com/in/a<b", "invalid", "not_a_linkedin_person"),
        (
            ColumnKind.LINKEDIN_PERSON,
            "https://evil.com/linkedin.com/in/x",
            "invalid",
            "not_a_linkedin_person",
        ),
        (ColumnKind.LINKEDIN_PERSON, "linkedin.com/in/" + "x" * 2000, "invalid", "not_a_linkedin_person"),
        (ColumnKind.LINKEDIN_PERSON, "n/a", "invalid", "placeholder"),
        (ColumnKind.LINKEDIN_PERSON, True, "invalid", "is_a_tick"),
    ],
)
def test_links_that_name_nobody_public_are_left_alone(kind, typed, status, reason):
    """What only LinkedIn can resolve is unknown, not wrong."""
    verdict = clean(kind, typed)
    assert (verdict.status, verdict.reason, verdict.value) == (status, reason, typed)
