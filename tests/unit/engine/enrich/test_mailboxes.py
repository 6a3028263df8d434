"""What kind of mailbox an address is, and whose domain it stands on."""

from __future__ import annotations

import pytest

from addon_backend.domain.facts import Fact
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.enrich import derive_column
from addon_backend.engine.enrich.mail_lists import DISPOSABLE_DOMAINS, FREE_DOMAINS, ROLE_PARTS
from addon_backend.engine.enrich.mailboxes import (
    host_of,
    is_disposable,
    is_free,
    read_mailbox,
    registrable_domain,
)


def email_type(address: str) -> Fact:
    """Return the fact for one address."""
    return derive_column("email.type", {Kind.EMAIL: [address]}, {})[0]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("jean.dupont@acme.fr", "work"),
        ("Jean <j.dupont@acme-industries.example>", "work"),
        ("mario.rossi@post.it", "work"),
        ("jean@gmail.com", "free"),
        ("jean@orange.fr", "free"),
        ("jean@yahoo.co.uk", "free"),
        ("jean@hotmail.be", "free"),
        ("jean@gmx.at", "free"),
        ("jean@live.fr", "free"),
        ("jean@live.acme.fr", "work"),
        ("jean@yahoo-conseil.fr", "work"),
        ("info@acme.fr", "role"),
        ("Contact@ACME.fr", "role"),
        ("sales-emea@acme.com", "role"),
        ("rh2@acme.fr", "role"),
        ("info+web@acme.fr", "role"),
        ("paris.accueil@acme.fr", "role"),
        ("buchhaltung@firma.de", "role"),
        ("ventas@empresa.es", "role"),
        ("ufficio.acquisti@ditta.it", "role"),
        ("verkoop@bedrijf.nl", "role"),
        ("comercial@empresa.pt", "role"),
        ("no-reply@acme.com", "role"),
        ("it.support@acme.com", "role"),
        ("it.rossi@acme.com", "work"),
        ("anna.post@acme.de", "work"),
        ("info@gmail.com", "role"),
        ("jean@yopmail.com", "disposable"),
        ("info@mailinator.com", "disposable"),
        ("jean@eu.trashmail.com", "disposable"),
    ],
)
def test_a_mailbox_is_work_role_free_or_disposable(address: str, kind: str) -> None:
    """By our own lists, the whole local part, and the registered domain."""
    assert email_type(address).value == kind


@pytest.mark.parametrize(
    ("address", "reason"), [("", "no_input"), ("jean", "invalid_email"), ("a@b.fr; c@d.fr", "invalid_email")]
)
def test_what_is_no_single_address_has_no_type(address: str, reason: str) -> None:
    """A missing, broken or double address."""
    assert (email_type(address).value, email_type(address).reason) == (None, reason)


def test_work_is_what_is_left_and_scores_less() -> None:
    """A list can prove "free"; that a domain is in no list proves less."""
    assert email_type("jean@acme.fr").score < email_type("jean@gmail.com").score == 1.0


def test_our_lists_are_of_the_size_we_say_and_do_not_overlap() -> None:
    """A domain is free or disposable, never both; entries are folded as they are looked up."""
    assert len(FREE_DOMAINS) >= 150
    assert len(DISPOSABLE_DOMAINS) >= 100
    assert len(ROLE_PARTS) >= 60
    assert not FREE_DOMAINS & DISPOSABLE_DOMAINS
    for domain in FREE_DOMAINS | DISPOSABLE_DOMAINS:
        assert domain == domain.lower()
        assert is_free(domain) or is_disposable(domain)
        assert registrable_domain(domain) is not None


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.acme.co.uk", "acme.co.uk"),
        ("ACME.fr.", "acme.fr"),
        ("shop.acme-industries.example", "acme-industries.example"),
        ("acme.myshopify.com", "acme.myshopify.com"),
        ("münchen-bau.de", "münchen-bau.de"),
        ("xn--mnchen-bau-9db.de", "münchen-bau.de"),
        ("co.uk", None),
        ("localhost", None),
        ("10.0.0.1", None),
        ("a b.fr", None),
        ("\u2048.fr", None),
        ("xn--a.de", "xn--a.de"),
    ],
)
def test_the_registered_part_of_a_host_is_found(host: str, domain: str | None) -> None:
    """By the public suffix list, in Unicode; no address, no suffix alone."""
    assert registrable_domain(host) == domain


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.acme.fr/a?b=c", "www.acme.fr"),
        ("acme.fr", "acme.fr"),
        ("acme.fr:8080/x", "acme.fr"),
        ("http://me@acme.fr", "acme.fr"),
        ("ftp://acme.fr#x", "acme.fr"),
        ("", None),
    ],
)
def test_the_host_is_read_out_of_what_people_write(address: str, host: str | None) -> None:
    """With or without scheme, port, path or account."""
    assert host_of(address) == host


def test_a_mailbox_knows_its_registered_domain() -> None:
    """Subdomains belong to the company."""
    mailbox = read_mailbox("Jean.Dupont@Mail.Acme.co.uk")

    assert mailbox is not None
    assert (mailbox.local, mailbox.domain, mailbox.registrable) == (
        "jean.dupont",
        "mail.acme.co.uk",
        "acme.co.uk",
    )
