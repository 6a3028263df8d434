"""What is decided once per column so that every row is read the same way; None where nothing is proven."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.country import country_code, fold
from addon_backend.engine.clean.date import read_date
from addon_backend.engine.clean.identifier import prefix_country
from addon_backend.engine.clean.person_case import repair_case
from addon_backend.engine.clean.phone import parse_phone
from addon_backend.engine.clean.registration_rules import RULES
from addon_backend.engine.inspect.evidence import postcode_share
from addon_backend.engine.inspect.known_words import GIVEN_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from addon_backend.engine.inspect.sample import Sample
    from addon_backend.engine.inspect.verdicts import Column

_MOST = 0.8
"""The share of votes from which a table has one country."""
_PROOFS = 2
_FAIR_PART = 0.3
_GENERIC_TLDS = frozenset("io co me tv ai cc ws fm ly to gg eu tk ml ga cf nu".split())
"""Country domains that companies of all countries use."""
_READ_BY_COUNTRY = frozenset(
    {
        Kind.PHONE,
        Kind.VAT,
        Kind.REGISTRATION,
        Kind.ADDRESS_POSTCODE,
        Kind.PERSON_FULL_NAME,
        Kind.PERSON_LAST_NAME,
    }
)
_FAMILY_FIRST_HEADER = re.compile(
    r"(?:nom|apellidos?|cognome|nachname|last name|surname|family name|name (?=vorname|voornaam))\b.*"
    r"\b(?:prenoms?|nombres?|nome|vorname|voornaam|first name|given name)"
)
_GIVEN_FIRST_HEADER = re.compile(
    r"(?:prenoms?|nombres?|nome|vorname|voornaam|first name)\b.*"
    r"\b(?:nom|name|apellidos?|cognome|nachname|achternaam|last name)"
)


def table_country(columns: Sequence[Column]) -> str | None:
    """Return the country that the table's own columns agree on, or None.

    Asked in this order: a country column; prefixes of VAT numbers; phones with ``+``; postcodes with letters
    of one country; registers with check digits; country domains of e-mails and web addresses. Four votes in
    five must agree, and two values at least, unless a country column names it. A country column that names
    several ends the search: its rows are read one by one.
    """
    for kinds, voters in _VOTERS:
        samples = [column.sample for column in columns if column.kind in kinds]
        votes = Counter(country for sample in samples for country in voters(sample) if country)
        if not votes:
            continue
        country, count = votes.most_common(1)[0]
        if count >= _MOST * votes.total() and (count >= _PROOFS or kinds is _NAMED):
            return country
        if kinds is _NAMED:
            return None
    return None


def column_context(column: Column, country: str | None) -> ColumnContext:
    """Return the context of one column; ``country`` is the table's.

    National phone numbers prove no country: Italy's plan, for one, accepts most of its neighbours' numbers.
    """
    sample, kind = column.sample, column.kind
    own = None
    if kind is Kind.REGISTRATION and country is None:
        own = _register_country(sample.texts)
    return ColumnContext(
        country=(country or own) if kind in _READ_BY_COUNTRY else None,
        date_order=date_order(sample.texts) if kind is Kind.DATE else None,
        name_order=name_order(column.header, sample.texts) if kind is Kind.PERSON_FULL_NAME else None,
        decimal=decimal_mark(sample.texts) if kind in {Kind.NUMBER, Kind.CURRENCY} else None,
    )


def date_order(texts: Iterable[str]) -> str | None:
    """Return the order that dates which can be read one way only prove; None without proof or with two."""
    votes = Counter(reading.proof for text in texts if (reading := read_date(text, None)).proof)
    if not votes:
        return None
    (order, count), *others = votes.most_common()
    return str(order) if not others or count >= 20 * sum(number for _, number in others) else None


def decimal_mark(texts: Iterable[str]) -> str | None:
    """Return the decimal mark that unmistakable numbers prove; None without proof or with two."""
    votes: Counter[str] = Counter()
    for text in texts:
        bare = re.sub(r"[^\d.,]", "", text)
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3}){2,}", bare):
            votes["."] += 1
        elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3}){2,}", bare):
            votes[","] += 1
    if len(votes) != 1:
        return None
    return next(iter(votes))


def name_order(header: str, texts: Sequence[str]) -> str | None:
    """Return ``family_first`` or ``given_first`` where the header or the values say so, else None.

    Commas and words in capitals beside mixed case decide each value for itself and are not counted.
    """
    words = fold(header)
    if _FAMILY_FIRST_HEADER.search(words):
        return "family_first"
    if _GIVEN_FIRST_HEADER.search(words):
        return "given_first"
    first = last = 0
    for text in texts:
        parts = fold(repair_case(text)).split()
        if "," in text or len(parts) != 2:
            continue
        first += parts[0] in GIVEN_NAMES and parts[1] not in GIVEN_NAMES
        last += parts[1] in GIVEN_NAMES and parts[0] not in GIVEN_NAMES
    if max(first, last) < _PROOFS or min(first, last) > 0.25 * max(first, last):
        return None
    return "given_first" if first > last else "family_first"


def _country_votes(sample: Sample) -> Iterable[str | None]:
    return (country_code(text) for text in sample.texts)


def _vat_votes(sample: Sample) -> Iterable[str | None]:
    return (prefix_country(text) for text in sample.texts)


def _phone_votes(sample: Sample) -> Iterable[str | None]:
    for text in sample.texts[:60]:
        if text.startswith(("+", "00")) and (phone := parse_phone(text, None)):
            yield phone.region


def _postcode_votes(sample: Sample) -> Iterable[str | None]:
    share, country = postcode_share(sample.texts, None)
    return [country] * _PROOFS if share >= _MOST else ()


def _domain_votes(sample: Sample) -> Sequence[str | None]:
    """Return the countries of the domains, if a fair part of them has one."""
    tops = [top for text in sample.texts if (top := _top_of(text))]
    countries = [country_code(top) for top in tops if len(top) == 2 and top not in _GENERIC_TLDS]
    return countries if len(countries) >= _FAIR_PART * len(tops) else ()


def _top_of(text: str) -> str:
    host = re.split(r"[/?#:]", text.partition("://")[2] or text.rpartition("@")[2])[0]
    return host.rpartition(".")[2].lower()


def _register_votes(sample: Sample) -> Iterable[str | None]:
    country = _register_country(sample.texts)
    return [country] * _PROOFS if country else ()


def _register_country(texts: Sequence[str]) -> str | None:
    """Return the one country whose check digits nearly all numbers pass."""
    passed = {
        country: sum(any(rule.sure and rule.accepts(text) for rule in rules) for text in texts)
        for country, rules in RULES.items()
    }
    good = [country for country, count in passed.items() if texts and count >= _MOST * len(texts)]
    return good[0] if len(good) == 1 else None


_NAMED = frozenset({Kind.COUNTRY})
_VOTERS = (
    (_NAMED, _country_votes),
    ({Kind.VAT}, _vat_votes),
    ({Kind.PHONE}, _phone_votes),
    ({Kind.ADDRESS_POSTCODE}, _postcode_votes),
    ({Kind.REGISTRATION}, _register_votes),
    ({Kind.EMAIL, Kind.URL, Kind.COMPANY_DOMAIN}, _domain_votes),
)
