"""E-mail addresses."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value
from addon_backend.engine.clean.email_address import parse_address, parse_by_library, parse_plain

NOWHERE = ColumnContext()


def clean(typed):
    return clean_value(ColumnKind.EMAIL, typed, NOWHERE)


@pytest.mark.parametrize(
    ("typed", "address", "reason"),
    [
        (" Jane.Doe@EXAMPLE.COM ", "Jane.Doe@example.com", "case_repaired"),
        ("JANE@ACME.FR", "jane@acme.fr", "case_repaired"),
        ("jane@acme.fr ", "jane@acme.fr", "trimmed"),
        ("mailto:jane@acme.fr?subject=Hi", "jane@acme.fr", "wrapper_removed"),
        ("<jane@acme.fr>", "jane@acme.fr", "wrapper_removed"),
        ("Jane Doe <jane@acme.fr>", "jane@acme.fr", "wrapper_removed"),
        ('"Doe, Jane" <jane@acme.fr>;', "jane@acme.fr", "wrapper_removed"),
        ("jane@acme.fr <mailto:jane@acme.fr>", "jane@acme.fr", "wrapper_removed"),
        ("E-mail : jane@acme.fr", "jane@acme.fr", "wrapper_removed"),
        ("'jane@acme.fr'", "jane@acme.fr", "normalised"),
        ("jane@acme.fr.", "jane@acme.fr", "normalised"),
        ("jane @ acme.fr", "jane@acme.fr", "normalised"),
        ("jane@acme.fr, JANE@acme.fr", "jane@acme.fr", "normalised"),
        ("user@xn--mnchen-3ya.de", "user@münchen.de", "normalised"),
    ],
)
def test_an_address_is_taken_out_of_what_is_around_it(typed, address, reason):
    """Wrappers, labels, stray punctuation and capitals of the domain go; the local part keeps its case."""
    verdict = clean(typed)
    assert (verdict.status, verdict.reason) == ("changed", reason)
    assert verdict.value.casefold() == address.casefold()
    assert verdict.value.rpartition("@")[2] == address.rpartition("@")[2]


@pytest.mark.parametrize(
    "typed", ["jane@acme.fr", "o'neil@x.com", "user@münchen.de", "Jane.Doe+tag@a-b.co.uk"]
)
def test_a_good_address_stays(typed):
    """Internationalised domains stay readable, mixed case of the local part stays."""
    verdict = clean(typed)
    assert (verdict.status, verdict.value) == ("ok", typed)
    assert "@".join((verdict.parts["local"], verdict.parts["domain"])) == typed


def test_the_name_around_an_address_is_kept_as_a_part():
    """What was written before the brackets may fill a name column."""
    assert clean("Jane Doe <jane@acme.fr>").parts["name"] == "Jane Doe"


@pytest.mark.parametrize(
    ("typed", "status", "reason"),
    [
        ("jane@acme", "invalid", "not_an_email"),
        ("jane.acme.fr", "invalid", "not_an_email"),
        ("jane doe@acme.fr", "invalid", "not_an_email"),
        ("write to jane@acme.fr", "invalid", "not_an_email"),
        ("jane@acme.test", "invalid", "not_an_email"),
        ("jane@", "invalid", "not_an_email"),
        ("a" * 300 + "@acme.fr", "invalid", "not_an_email"),
        ("@" * 2000, "invalid", "not_an_email"),
        ("n/a", "invalid", "placeholder"),
        ("a@b.fr; c@d.fr", "unknown", "several_emails"),
        (True, "invalid", "is_a_tick"),
    ],
)
def test_what_is_not_one_address_is_left_alone(typed, status, reason):
    """Two addresses are not ours to choose from; words around an address are offered, not cut."""
    verdict = clean(typed)
    assert (verdict.status, verdict.reason, verdict.value) == (status, reason, typed)


LOCALS = st.text(string.ascii_letters + string.digits + "._+-'!#", min_size=1, max_size=70)
LABELS = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=66)


@given(
    LOCALS,
    st.lists(LABELS, min_size=1, max_size=4),
    st.sampled_from(["com", "fr", "test", "LOCAL", "x1", "c"]),
)
def test_the_fast_path_says_what_the_library_says(local, labels, top):
    """The regular expression answers only where email-validator gives the same answer."""
    text = f"{local}@{'.'.join([*labels, top])}"
    if plain := parse_plain(text):
        assert plain == parse_by_library(text)
    assert parse_address(text) == parse_by_library(text) or len(text) > 254
