"""What is offered to a person, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.cells import DateValue
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import SENTENCES, Reason, clean_column
from addon_backend.engine.correct import correct_column
from addon_backend.engine.correct.mail_typos import meant_domain
from tests.unit.engine.clean.strategies import CELLS, CONTEXTS, KINDS

NOWHERE = ColumnContext()


def correct(kind, values, context=NOWHERE):
    return correct_column(kind, values, clean_column(kind, values, context), context)


def one(kind, value, context=NOWHERE):
    return correct(kind, [value], context)[0]


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gnail.con", "gmail.com"),
        ("gmailc.om", "gmail.com"),
        ("#gmail.com", "gmail.com"),
        ("hotmial.fr", "hotmail.fr"),
        ("homail.con", "hotmail.com"),
        ("yahoo.cmo", "yahoo.com"),
        ("t-onlin.de", "t-online.de"),
        ("laposte.nte", "laposte.net"),
        ("acme.cmo", "acme.com"),
        ("acme.ogr", "acme.org"),
        ("gmail.com", None),
        ("googlemail.com", None),
        ("yahoo.com.ph", None),
        ("live.dk", None),
        ("acme.com", None),
        ("ski.com", None),
        ("acme.fr", None),
        ("acme.zzzz", None),
        ("#acme.com", None),
        ("acme", None),
        ("", None),
    ],
)
def test_a_domain_one_slip_away_is_recognised(domain, meant):
    """A mail provider's name or ending mistyped; other companies' domains and short names are left alone."""
    assert meant_domain(domain) == meant


def test_a_mistyped_domain_is_offered_never_applied():
    """The correction is marked for review and keeps the local part."""
    verdict = one(ColumnKind.EMAIL, "Jane@gmial.com")
    assert (verdict.status, verdict.value, verdict.review) == ("changed", "Jane@gmail.com", True)
    assert verdict.reason == Reason.DOMAIN_TYPO


def test_a_domain_that_recurs_in_the_sheet_is_right():
    """Two colleagues cannot both mistype; the same address twice proves nothing."""
    assert not any(verdict.review for verdict in correct(ColumnKind.EMAIL, ["a@gmal.com", "b@gmal.com"]))
    assert all(verdict.review for verdict in correct(ColumnKind.EMAIL, ["a@gmal.com", "A@gmal.com"]))


def test_a_company_of_many_colleagues_is_known():
    """Five addresses make a domain one that a sixth may be mistyped from."""
    verdicts = correct(
        ColumnKind.EMAIL, [f"{name}@durand-metal.fr" for name in "abcde"] + ["f@durand-meatl.fr"]
    )
    assert [verdict.value for verdict in verdicts if verdict.review] == ["f@durand-metal.fr"]


@pytest.mark.parametrize(
    ("typed", "offered", "reason"),
    [
        ("jane@acme,com", "jane@acme.com", "email_typo"),
        ("jane@@acme.com", "jane@acme.com", "email_typo"),
        ("jane [at] acme [dot] com", "jane@acme.com", "email_typo"),
        ("jane@acme..com", "jane@acme.com", "email_typo"),
        ("jane@#gmail.com", "jane@gmail.com", "domain_typo"),
        ("write to jane@acme.com please", "jane@acme.com", "found_inside"),
    ],
)
def test_a_mistyped_address_is_offered_mended(typed, offered, reason):
    """Slips of the finger, spelt-out signs, and words around an address."""
    verdict = one(ColumnKind.EMAIL, typed)
    assert (verdict.value, verdict.reason, verdict.review) == (offered, reason, True)


@pytest.mark.parametrize("typed", ["jane", "jane@", "call a@b.fr or c@d.fr", "x" * 600, "n/a"])
def test_what_cannot_be_mended_stays_as_it_is(typed):
    """No address is better than a wrong one."""
    verdict = one(ColumnKind.EMAIL, typed)
    assert (verdict.value, verdict.review) == (typed, False)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Germnay", "Germany"),
        ("Untied States", "United States"),
        ("Frnace", "France"),
        ("Allemange", "Germany"),
    ],
)
def test_a_misspelt_country_is_offered(typed, offered):
    """The one country a slip or two away, in any of our languages."""
    verdict = one(ColumnKind.COUNTRY, typed)
    assert (verdict.value, verdict.reason, verdict.review) == (offered, "country_typo", True)


def test_a_misspelt_country_is_offered_in_the_column_s_own_style():
    """A French column gets a French name."""
    verdicts = correct(ColumnKind.COUNTRY, ["Allemagne", "Espagne", "Germnay"])
    assert verdicts[2].value == "Allemagne"


@pytest.mark.parametrize("typed", ["Atlantis", "xyz", "Niger", "n/a", "Nigeri"])
def test_a_country_nobody_can_tell_is_not_guessed(typed):
    """Unknown, short, right already, or equally near to two."""
    assert not one(ColumnKind.COUNTRY, typed).review


@pytest.mark.parametrize(
    ("typed", "context", "offered", "reason"),
    [
        ("33612345678", NOWHERE, "+33612345678", "country_code_added"),
        ("ask Jane: 06 12 34 56 78", ColumnContext(country="FR"), "+33612345678", "found_inside"),
        ("mobile +33612345678 (evenings)", NOWHERE, "+33612345678", "found_inside"),
        ("06 12 34 56 78", NOWHERE, None, "region_unknown"),
        ("99999999999", NOWHERE, None, "region_unknown"),
        ("n/a", NOWHERE, None, "placeholder"),
        ("Jane", NOWHERE, None, "not_a_phone"),
    ],
)
def test_a_phone_number_that_only_lacks_its_plus_is_offered(typed, context, offered, reason):
    """And one that stands among other words; anything else is not."""
    verdict = one(ColumnKind.PHONE, typed, context)
    assert (verdict.value, verdict.reason) == (offered or typed, reason)
    assert verdict.review == (offered is not None)


def test_a_number_in_a_date_column_is_offered_as_a_date():
    """Its format was lost on the way; numbers far from today are not dates."""
    verdict = one(ColumnKind.DATE, 45_000)
    assert (verdict.value, verdict.review, verdict.parts) == (
        DateValue(45_000.0),
        True,
        {"iso": "2023-03-15"},
    )
    assert not one(ColumnKind.DATE, 12).review
    assert not one(ColumnKind.DATE, "soon").review


@pytest.mark.parametrize(
    ("kind", "typed", "reason", "part"),
    [
        (ColumnKind.PHONE, "jane@acme.fr", "belongs_to_email", "email"),
        (ColumnKind.PERSON_LAST_NAME, "jane@acme.fr", "belongs_to_email", "email"),
        (ColumnKind.EMAIL, "+33 6 12 34 56 78", "belongs_to_phone", "phone"),
        (ColumnKind.COMPANY_NAME, "https://acme.fr", None, None),
        (ColumnKind.EMAIL, "https://acme.fr", "belongs_to_url", "url"),
        (ColumnKind.EMAIL, "linkedin.com/in/jane", "belongs_to_linkedin", "linkedin"),
        (ColumnKind.COUNTRY, "jane@acme.fr", "belongs_to_email", "email"),
        (ColumnKind.LINKEDIN_PERSON, "linkedin.com/company/acme", "not_a_linkedin_person", None),
        (ColumnKind.TEXT, "jane@acme.fr", None, None),
    ],
)
def test_a_value_in_the_wrong_column_is_flagged(kind, typed, reason, part):
    """It stays where it is, and the part says where it belongs."""
    verdict = one(kind, typed)
    assert (verdict.value, verdict.review) == (typed, False)
    if reason:
        assert (verdict.status, verdict.reason) == ("invalid", reason)
    assert not part or verdict.parts[part]


@given(KINDS, st.lists(CELLS, max_size=8), CONTEXTS)
def test_a_correction_always_goes_to_review(kind, cells, context):
    """Whatever the cells: verdicts of cleaning come back unless something is offered or flagged."""
    cleaned = clean_column(kind, cells, context)
    corrected = correct_column(kind, cells, cleaned, context)
    assert len(corrected) == len(cells)
    for before, after in zip(cleaned, corrected, strict=True):
        assert Reason(after.reason) in SENTENCES
        if after is not before:
            assert after.review or (after.status == "invalid" and after.reason.startswith("belongs_to_"))
