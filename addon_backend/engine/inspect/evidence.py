"""What the values of a column say by themselves: for each kind, the share that could be one of its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import stdnum.iban
import stdnum.lei

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.address import has_postcode_shape
from addon_backend.engine.clean.country import country_code, fold
from addon_backend.engine.clean.date import read_date
from addon_backend.engine.clean.identifier import read_vat
from addon_backend.engine.clean.legal_forms import ends_with_form
from addon_backend.engine.clean.linkedin import read_profile
from addon_backend.engine.clean.number import clean_currency, parse_number
from addon_backend.engine.clean.person import is_salutation
from addon_backend.engine.clean.phone import parse_phone
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.registration_rules import ANYWHERE
from addon_backend.engine.clean.web import has_path, host_of
from addon_backend.engine.inspect.known_words import (
    CITIES,
    COMPANY_WORDS,
    GIVEN_NAMES,
    JOB_WORDS,
    REGION_CODES,
    REGIONS,
    STREET_ENDINGS,
    STREET_WORDS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from addon_backend.engine.inspect.sample import Sample

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE_SHAPE = re.compile(
    r"(?i)(?:tel|ph|fax|mob)?[a-z]{0,6}[.: ]*[+(]?[\d(][\d\s().+/–-]{5,24}"
    r"(?:\s*(?:x|ext\.?|#|poste)\s*\d{1,6})?"
)
_DECIMAL = re.compile(r"[+-]?(?:\d{1,3}[.,]\d{4,}|\d+[.,]\d{1,2})")
"""A coordinate, or an amount: some countries' shortest phone numbers have as few digits."""
_PHONE_MARKS = re.compile(r"^\+|\d[\s().-]+\d|^\(|^00?[1-9]")
_COORDINATES = re.compile(r"\(?-?\d{1,3}\.\d{3,},? -?\d{1,3}\.\d{3,}\)?")
_CODE = re.compile(
    r"(?=.*\d)[A-Za-z]{0,6}[-_/#.]?\d[\dA-Za-z]*(?:[-_/.][\dA-Za-z]+)*|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
)
_WORDS = re.compile(r"[^\W\d_][^\W\d_.'’`-]*(?:[ .'’`-]+[^\W\d_.'’`-]*)*", re.UNICODE)
_NUMBER_IN = re.compile(r"\d")
_POSTCODE_COUNTRIES = (
    "US",
    "GB",
    "CA",
    "NL",
    "FR",
    "BE",
    "CH",
    "AT",
    "AU",
    "PT",
    "PL",
    "SE",
    "IE",
    "JP",
    "IN",
    "BR",
)
_PHONE_COUNTRIES = (
    "FR",
    "US",
    "GB",
    "DE",
    "ES",
    "IT",
    "BE",
    "NL",
    "CH",
    "PT",
    "AT",
    "LU",
    "AU",
    "CO",
    "IN",
    "BR",
    "SE",
    "PL",
    "IE",
)
_MOSTLY = 0.5
_HARDLY = 0.2
_NEARLY_ALL = 0.9
_CLEARLY = 0.05
_FEW_PHONES = 40
_LONGEST_NAME_WORDS = 5
_MOST_GIVEN = 2
_LEI_LENGTH = 20
_FEW_ANSWERS = 4
"""Yes and no, each with one misspelling."""
_TICK_SHARE = 0.6
_TOWN_LINE = re.compile(r"[,\n].*(?:\b\d{4,5}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b)")
_NOT_NUMERIC = re.compile(r"[^\d.,\s+-]")
_YES_NO = frozenset(
    "yes no y n true false t f oui non vrai faux ja nein si sim wahr falsch vero falso nao nee on off".split()
)
_TICKS = frozenset({"0", "1", "x", "✓", "✗"})


@dataclass(frozen=True, slots=True)
class _Look:
    """A tidy text with what several tests ask of it: its folded words, and whether it has a digit."""

    text: str
    words: tuple[str, ...]
    digit: bool

    @classmethod
    def at(cls, text: str) -> _Look:
        return cls(text, tuple(fold(text).split()), _NUMBER_IN.search(text) is not None)


def value_shares(sample: Sample, country: str | None = None) -> Mapping[Kind, float]:
    """Return for each kind the share (0 to 1) of sampled values that could be its values; zeros left out.

    ``country`` is what the table's other columns say; national phone numbers and postcodes lean on it.
    """
    found: dict[Kind, float] = {}
    if sample.texts:
        whole = len(sample.texts) / sample.size
        found = {kind: share * whole for kind, share in _by_text(sample.texts, country).items()}
    found[Kind.DATE] = found.get(Kind.DATE, 0.0) * (1 - sample.dates) + sample.dates
    found[Kind.BOOLEAN] = max(found.get(Kind.BOOLEAN, 0.0), sample.ticks)
    return {kind: min(1.0, share) for kind, share in found.items() if share > 0}


def _by_text(texts: tuple[str, ...], country: str | None) -> dict[Kind, float]:
    looks = [_Look.at(text) for text in texts]
    shares = {kind: sum(map(test, looks)) / len(looks) for kind, test in _TESTS.items()}
    shares[Kind.BOOLEAN] = _boolean_share(texts)
    if coordinate_share(texts) > _MOSTLY:
        shares[Kind.ADDRESS_LINE] = shares[Kind.ADDRESS_STREET] = 0.0
    if sum(look.digit for look in looks) > _HARDLY * len(looks):
        shares[Kind.PHONE] = phone_share(texts, country)[0]
        shares[Kind.ADDRESS_POSTCODE] = postcode_share(texts, country)[0]
        shares[Kind.REGISTRATION] = max(_share(texts, rule.accepts) for rule in ANYWHERE)
        if shares[Kind.REGISTRATION] > _NEARLY_ALL:
            shares[Kind.PHONE] *= _MOSTLY  # check digits do not fit by chance, numbering plans often do
    return shares


def phone_share(texts: tuple[str, ...], country: str | None) -> tuple[float, str | None]:
    """Return the share of phone numbers and the region that makes most of them valid (None: all carry ``+``).

    At most 40 values are asked of libphonenumber, in the table's country first.
    """
    shaped = [text for text in texts if _is_phone_shaped(text)]
    if not shaped or len(shaped) < _HARDLY * len(texts):
        return 0.0, None
    some = tuple(shaped[:: max(1, len(shaped) // _FEW_PHONES)])
    best, region = _valid(some, None), None
    for guess in dict.fromkeys((country, *_PHONE_COUNTRIES)):
        if best >= _NEARLY_ALL:
            break  # no other country can do clearly better
        share = _valid(some, guess) if guess else 0.0
        if share > best + _CLEARLY:
            best, region = share, guess
    marked = _share(some, lambda text: bool(_PHONE_MARKS.search(text)))
    return len(shaped) / len(texts) * best * (0.55 + 0.45 * marked), region


def _is_phone_shaped(text: str) -> bool:
    return (
        bool(_PHONE_SHAPE.fullmatch(text))
        and not _DECIMAL.fullmatch(text)
        and read_date(text, None).moment is None
    )


def _valid(texts: tuple[str, ...], country: str | None) -> float:
    return _share(texts, lambda text: parse_phone(text, country) is not None)


def postcode_share(texts: tuple[str, ...], country: str | None) -> tuple[float, str | None]:
    """Return the share of postcodes and the country whose letters prove it (None where only digits speak)."""
    best, where = 0.0, None
    for guess in dict.fromkeys((country, *_POSTCODE_COUNTRIES)):
        share = _share(texts, partial(has_postcode_shape, country=guess)) if guess else 0.0
        if share > best:
            best, where = share, guess
    lettered = _share(texts, lambda text: any(map(str.isalpha, text)) or "-" in text)
    return best, where if lettered > _NEARLY_ALL - 0.1 else None


def coordinate_share(texts: tuple[str, ...]) -> float:
    """Return the share of texts with a latitude and a longitude: map exports, not addresses to write to."""
    return _share(texts, lambda text: bool(_COORDINATES.search(text)))


def looks_like_words(text: str) -> bool:
    """Tell whether a text is made of letters, spaces, hyphens, apostrophes and dots only."""
    return bool(_WORDS.fullmatch(text))


def given_name_share(texts: Iterable[str]) -> float:
    """Return the share of the texts that begin with a common given name."""
    known = [words for text in texts if (words := fold(text).split())]
    return sum(words[0] in GIVEN_NAMES for words in known) / len(known) if known else 0.0


def _share(texts: tuple[str, ...], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def _is_email(look: _Look) -> bool:
    return "@" in look.text and bool(_EMAIL.search(look.text))


def _is_url(look: _Look) -> bool:
    text = look.text
    if "." not in text or "@" in text.partition("/")[0] or read_profile(text) is not None:
        return False
    return (has_path(text) or text.lower().startswith("www.")) and host_of(text.partition("?")[0]) is not None


def _is_domain(look: _Look) -> bool:
    text = look.text
    if "." not in text or " " in text or text.endswith("."):
        return False
    return not _is_url(look) and host_of(text) is not None


def _is_linkedin(look: _Look, *, persons: bool) -> bool:
    profile = read_profile(look.text) if "linkedin" in look.text.lower() else None
    return profile is not None and profile.personal == persons


def _is_vat(look: _Look) -> bool:
    compact = re.sub(r"[\s.-]", "", look.text).upper()
    return compact[:2].isalpha() and read_vat(compact, None) is not None


def _is_iban(look: _Look) -> bool:
    compact = look.text.replace(" ", "")
    return compact[:2].isalpha() and compact[2:4].isdigit() and stdnum.iban.is_valid(compact)


def _is_lei(look: _Look) -> bool:
    return len(look.text) == _LEI_LENGTH and look.text.isascii() and stdnum.lei.is_valid(look.text)


def _is_date(look: _Look) -> bool:
    if not look.digit or (look.text.isdigit() and len(look.text) != len("20240131")):
        return False
    reading = read_date(look.text, None)
    return reading.moment is not None or reading.reason is Reason.DATE_ORDER_UNKNOWN


def _is_region(look: _Look) -> bool:
    return look.text.upper() in REGION_CODES or " ".join(look.words) in REGIONS


def _is_country(look: _Look) -> bool:
    return not look.digit and country_code(look.text) is not None


def _is_street(look: _Look) -> bool:
    words = look.words if look.digit else look.words[:1]
    known = not STREET_WORDS.isdisjoint(words) or any(word.endswith(STREET_ENDINGS) for word in look.words)
    return len(look.words) > 1 and known


def _is_line(look: _Look) -> bool:
    return look.digit and bool(_TOWN_LINE.search(look.text[5:])) and _is_street(look)


def _is_job(look: _Look) -> bool:
    return not JOB_WORDS.isdisjoint(look.words)


def _is_full_name(look: _Look) -> bool:
    if look.digit or not 1 < len(look.words) <= _LONGEST_NAME_WORDS or GIVEN_NAMES.isdisjoint(look.words):
        return False
    return COMPANY_WORDS.isdisjoint(look.words) and looks_like_words(look.text.replace(",", ""))


def _is_first_name(look: _Look) -> bool:
    words = look.words
    return 0 < len(words) <= _MOST_GIVEN and GIVEN_NAMES.issuperset(words) and looks_like_words(look.text)


def _is_company(look: _Look) -> bool:
    return bool(look.words) and ends_with_form(look.text)


def _is_city(look: _Look) -> bool:
    return " ".join(look.words) in CITIES


def _is_number(look: _Look) -> bool:
    return look.digit and any(parse_number(look.text.rstrip("% "), mark) is not None for mark in ".,")


def _is_currency(look: _Look) -> bool:
    if not look.digit or not _NOT_NUMERIC.search(look.text):
        return False
    return bool(clean_currency(look.text, ColumnContext()).parts.get("currency"))


def _boolean_share(texts: tuple[str, ...]) -> float:
    words = {text.casefold() for text in texts}
    if words <= _TICKS:
        return _TICK_SHARE
    return _share(texts, lambda text: text.casefold() in _YES_NO) if len(words) <= _FEW_ANSWERS else 0.0


_TESTS: dict[Kind, Callable[[_Look], bool]] = {
    Kind.EMAIL: _is_email,
    Kind.URL: _is_url,
    Kind.COMPANY_DOMAIN: _is_domain,
    Kind.LINKEDIN_PERSON: partial(_is_linkedin, persons=True),
    Kind.LINKEDIN_COMPANY: partial(_is_linkedin, persons=False),
    Kind.VAT: _is_vat,
    Kind.IBAN: _is_iban,
    Kind.LEI: _is_lei,
    Kind.DATE: _is_date,
    Kind.COUNTRY: _is_country,
    Kind.ADDRESS_REGION: _is_region,
    Kind.ADDRESS_STREET: _is_street,
    Kind.ADDRESS_LINE: _is_line,
    Kind.ADDRESS_CITY: _is_city,
    Kind.PERSON_SALUTATION: lambda look: is_salutation(look.text),
    Kind.PERSON_FULL_NAME: _is_full_name,
    Kind.PERSON_FIRST_NAME: _is_first_name,
    Kind.JOB_TITLE: _is_job,
    Kind.COMPANY_NAME: _is_company,
    Kind.NUMBER: _is_number,
    Kind.CURRENCY: _is_currency,
    Kind.ID: lambda look: look.digit and " " not in look.text and bool(_CODE.fullmatch(look.text)),
}
