"""A company's domain and name, from e-mail addresses, websites and LinkedIn pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.enrich.clues import Clues, found, nothing
from addon_backend.engine.enrich.mailboxes import (
    host_of,
    is_free,
    read_mailbox,
    registrable_domain,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from addon_backend.domain.facts import Fact

SHARED_HOSTS = frozenset(
    """
    linkedin.com facebook.com fb.com fb.me instagram.com twitter.com x.com youtube.com youtu.be tiktok.com
    pinterest.com xing.com vimeo.com medium.com github.com gitlab.com wikipedia.org google.com google.fr
    goo.gl g.page bit.ly tinyurl.com linktr.ee t.me wa.me whatsapp.com telegram.me yelp.com yelp.fr
    tripadvisor.com tripadvisor.fr trustpilot.com pagesjaunes.fr societe.com pappers.fr gelbeseiten.de
    crunchbase.com indeed.com glassdoor.com amazon.com ebay.com etsy.com doctolib.fr eventbrite.com
    notion.so wix.com wixsite.com wordpress.com blogspot.com jimdo.com weebly.com strikingly.com
    squarespace.com
    """.split()
)
"""Sites where many companies have a page: as a website, the domain is the site's, not theirs."""

_LINKEDIN_PAGE = re.compile(r"linkedin\.com/(?:company|school|showcase)/([^/?#\s]+)", re.IGNORECASE)
_SMALL_WORDS = frozenset("and et de des du la le les of und the y e di da dos van von für fur for".split())
_ACRONYM = 3


def company_domain(clues: Clues) -> Fact:
    """Return the registrable domain of the website, else of the e-mail; never of a free or shared one."""
    facts = [
        read(text)
        for kind, read in ((ColumnKind.URL, _domain_of_website), (ColumnKind.EMAIL, _domain_of_email))
        if (text := clues.text(kind))
    ]
    return _best(facts)


def company_name(clues: Clues) -> Fact:
    """Return the company's name as its LinkedIn page or its domain spells it; always to be checked."""
    page = _LINKEDIN_PAGE.search(clues.text(ColumnKind.LINKEDIN_COMPANY))
    if page and any(char.isalpha() for char in unquote(page.group(1))):
        name = _spelled(re.sub(r"-\d+$", "", unquote(page.group(1))))
        return found(name, "derived_from_linkedin", 0.7, "linkedin_slug", review=True)
    facts = [
        _named(read(text))
        for kind, read in (
            (ColumnKind.COMPANY_DOMAIN, _domain_of_website),
            (ColumnKind.URL, _domain_of_website),
            (ColumnKind.EMAIL, _domain_of_email),
        )
        if (text := clues.text(kind))
    ]
    return _best(facts)


def domain_of_row(texts: Mapping[ColumnKind, str]) -> str | None:
    """Return the domain by which a row's company can be looked up, from domain, website or e-mail column."""
    for kind, read in (
        (ColumnKind.COMPANY_DOMAIN, _domain_of_website),
        (ColumnKind.URL, _domain_of_website),
        (ColumnKind.EMAIL, _domain_of_email),
    ):
        if text := texts.get(kind, "").strip():
            value = read(text).value
            if isinstance(value, str):
                return value
    return None


def _best(facts: list[Fact]) -> Fact:
    """Return the first fact with a value, else the first reason why there is none."""
    return next(
        (fact for fact in facts if fact.value is not None), facts[0] if facts else nothing("no_input")
    )


def _domain_of_email(text: str) -> Fact:
    mailbox = read_mailbox(text)
    if mailbox is None:
        return nothing("invalid_email")
    if mailbox.disposable:
        return nothing("disposable_domain")
    if mailbox.free:
        return nothing("free_mail_domain")
    return found(mailbox.registrable, "derived_from_email", 0.95, "public_suffix")


def _domain_of_website(text: str) -> Fact:
    host = host_of(text)
    domain = registrable_domain(host) if host else None
    if domain is None:
        return nothing("not_recognised")
    if is_free(domain):
        return nothing("free_mail_domain")
    if domain in SHARED_HOSTS:
        return nothing("shared_host")
    return found(domain, "derived_from_website", 1.0, "public_suffix")


def _named(domain: Fact) -> Fact:
    if not isinstance(domain.value, str):
        return domain
    name = _spelled(domain.value.partition(".")[0])
    if not name:
        return nothing("not_recognised")
    return found(name, "guessed_from_domain", 0.5, "domain_label", review=True)


def _spelled(slug: str) -> str:
    words = [word for word in re.split(r"[-_.\s]+", slug) if word]
    if not any(char.isalpha() for char in slug):
        return ""
    return " ".join(_word(word, first=at == 0) for at, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    if word.lower() in _SMALL_WORDS and not first:
        return word.lower()
    if len(word) <= _ACRONYM and word.isascii() and (len(word) == 1 or not set(word.lower()) & set("aeiouy")):
        return word.upper()
    return word[:1].upper() + word[1:]
