"""What the values of a column say by themselves: for each kind, the share that could be one of its values."""

from __future__ import annotations

import re
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
from addon_backend.engine.clean.linkedin import is_linkedin, read_profile
from addon_backend.engine.clean.number import clean_currency, parse_number
from addon_backend.engine.clean.person import is_salutation
from addon_backend.engine.clean.phone import parse_phone
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.registration_rules import ANYWHERE
from addon_backend.engine.clean.web import has_path, host_of
from addon_backend.engine.inspect.known_words import (
    CITIES,
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
_PHONE_SHAPE = re.compile(r"(?i)(?:tel|ph|fax|mob)?[a-z]{0,6}[.: ]*[+(]?[\d(][\d\s().+/–-]{5,24}(?:\s*(?:x|ext\.?|#|poste)\s*\d{1,6})?")
_PHONE_MARKS = re.compile(r"^\+|\d[\s().-]+\d|^\(|^00?[1-9]")
_CODE = re.compile(r"(?=.*\d)[A-Za-z]{0,6}[-_/#.]?\d[\dA-Za-z]*(?:[-_/.][\dA-Za-z]+)*|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_WORDS = re.compile(r"[^\W\d_][^\W\d_.'’`-]*(?:[ .'’`-]+[^\W\d_.'’`-]*)*", re.UNICODE)
_NUMBER_IN = re.compile(r"\d")
_POSTCODE_COUNTRIES = ("US", "GB", "CA", "NL", "FR", "BE", "CH", "AT", "AU", "PT", "PL", "SE", "IE", "JP", "IN", "BR")
_PHONE_COUNTRIES = ("FR", "US", "GB", "DE", "ES", "IT", "BE", "NL", "CH", "PT", "AT", "LU", "AU", "CO", "IN", "BR", "SE", "PL", "IE")
_FEW_PHONES = 40
_LONGEST_NAME_WORDS = 5
_LONGEST_PLACE_WORDS = 5
_YES_NO = frozenset("yes no y n true false t f oui non vrai faux ja nein si sim wahr falsch vero falso nao nee on off".split())
_TICKS = frozenset({"0", "1", "x", "✓", "✗"})


def value_shares(sample: Sample, country: str | None = None) -> Mapping[Kind, float]:
    """Return for each kind the share (0 to 1) of sampled values that could be its values; zeros left out.

    ``country`` is what the table's other columns say; national phone numbers and postcodes lean on it.
    """
    texts = sample.texts
    found: dict[Kind, float] = {}
    if texts:
        found.update(_by_text(texts))
        found[Kind.PHONE] = phone_share(texts, country)[0]
        found[Kind.ADDRESS_POSTCODE] = postcode_share(texts, country)[0]
        found[Kind.REGISTRATION] = max(_share(texts, lambda text, rule=rule: rule.read(text) is not None) for rule in ANYWHERE)  # type: ignore[misc]
        found[Kind.BOOLEAN] = _boolean_share(texts)
        whole = (len(texts) / sample.size) if sample.size else 0.0
        found = {kind: share * whole for kind, share in found.items()}
    found[Kind.DATE] = max(found.get(Kind.DATE, 0.0) * (1 - sample.dates), 0.0) + sample.dates
    found[Kind.BOOLEAN] = max(found.get(Kind.BOOLEAN, 0.0), sample.ticks)
    return {kind: min(1.0, share) for kind, share in found.items() if share > 0}


def _by_text(texts: tuple[str, ...]) -> dict[Kind, float]:
    shares = {kind: _share(texts, test) for kind, test in _TESTS.items()}
    shares[Kind.URL] = _share(texts, _is_url)
    return shares


def phone_share(texts: tuple[str, ...], country: str | None) -> tuple[float, str | None]:
    """Return the share of phone numbers and the region that makes most of them valid (None: all carry ``+``).

    At most 40 values are asked of libphonenumber, in the table's country first.
    """
    shaped = [text for text in texts if _PHONE_SHAPE.fullmatch(text) and read_date(text, None).moment is None]
    if not shaped or len(shaped) < 0.2 * len(texts):
        return 0.0, None
    some = shaped[:: max(1, len(shaped) // _FEW_PHONES)]
    best, region = _valid(some, None), None
    for guess in dict.fromkeys((country, *_PHONE_COUNTRIES)) if best < 0.95 else ():
        share = _valid(some, guess) if guess else 0.0
        if share > best + 0.05:
            best, region = share, guess
        if best >= 0.9:  # noqa: PLR2004 - no other country can do clearly better
            break
    marked = _share(tuple(some), lambda text: bool(_PHONE_MARKS.search(text)))
    return len(shaped) / len(texts) * best * (0.55 + 0.45 * marked), region


def _valid(texts: list[str], country: str | None) -> float:
    return sum(parse_phone(text, country) is not None for text in texts) / len(texts)


def postcode_share(texts: tuple[str, ...], country: str | None) -> tuple[float, str | None]:
    """Return the share of postcodes and the country whose letters prove it (None where only digits speak)."""
    best, where = 0.0, None
    for guess in dict.fromkeys((country, *_POSTCODE_COUNTRIES)):
        share = _share(texts, lambda text, guess=guess: bool(guess) and has_postcode_shape(text, guess))  # type: ignore[misc]
        if share > best:
            best, where = share, guess
    lettered = _share(texts, lambda text: any(map(str.isalpha, text)) or "-" in text)
    return best, where if lettered > 0.8 else None  # noqa: PLR2004 - most must carry letters to prove a country


def looks_like_words(text: str) -> bool:
    """Tell whether a text is made of letters, spaces, hyphens, apostrophes and dots only."""
    return bool(_WORDS.fullmatch(text))


def given_name_share(texts: Iterable[str], position: int) -> float:
    """Return how many of the texts have a common given name at a word position (0 first, -1 last)."""
    known = [words for text in texts if (words := fold(text).split())]
    return sum(words[position] in GIVEN_NAMES for words in known) / len(known) if known else 0.0


def word_share(texts: tuple[str, ...], words: frozenset[str]) -> float:
    """Return the share of texts in which one of the words occurs."""
    return _share(texts, lambda text: not words.isdisjoint(fold(text).split()))


def _share(texts: tuple[str, ...], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts) if texts else 0.0


def _is_url(text: str) -> bool:
    if "." not in text or "@" in text.partition("/")[0]:
        return False
    return (has_path(text) or text.lower().startswith("www.")) and host_of(text.partition("?")[0]) is not None


def _is_domain(text: str) -> bool:
    return "." in text and " " not in text and not _is_url(text) and host_of(text) is not None and not text.endswith(".")


def _is_linkedin(text: str, *, persons: bool) -> bool:
    if "linkedin" not in text.lower() or not is_linkedin(text):
        return False
    profile = read_profile(text)
    return profile is not None and (profile.kind in {"in", "pub"}) == persons


def _is_vat(text: str) -> bool:
    compact = re.sub(r"[\s.-]", "", text).upper()
    return compact[:2].isalpha() and read_vat(compact, None) is not None


def _is_iban(text: str) -> bool:
    compact = text.replace(" ", "")
    return compact[:2].isalpha() and compact[2:4].isdigit() and stdnum.iban.is_valid(compact)


def _is_lei(text: str) -> bool:
    return len(text) == 20 and text.isascii() and stdnum.lei.is_valid(text)  # noqa: PLR2004 - ISO 17442


def _is_date(text: str) -> bool:
    if not _NUMBER_IN.search(text) or (text.isdigit() and len(text) != 8):  # noqa: PLR2004 - YYYYMMDD
        return False
    reading = read_date(text, None)
    return reading.moment is not None or reading.reason is Reason.DATE_ORDER_UNKNOWN


def _is_region(text: str) -> bool:
    return text.upper() in REGION_CODES or fold(text) in REGIONS


def _is_country(text: str) -> bool:
    return len(text) > 1 and country_code(text) is not None


def _is_street(text: str) -> bool:
    words = fold(text).split()
    if not _NUMBER_IN.search(text):
        return len(words) > 1 and (not STREET_WORDS.isdisjoint(words[:1]) or words[-1].endswith(STREET_ENDINGS))
    return len(words) > 1 and (not STREET_WORDS.isdisjoint(words) or any(word.endswith(STREET_ENDINGS) for word in words))


def _is_line(text: str) -> bool:
    return _is_street(text) and bool(re.search(r"[,\n].*(?:\b\d{4,5}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b)", text[5:]))


def _is_job(text: str) -> bool:
    return not JOB_WORDS.isdisjoint(fold(text).split())


def _is_full_name(text: str) -> bool:
    words = fold(text).split()
    return 1 < len(words) <= _LONGEST_NAME_WORDS and looks_like_words(text.replace(",", "")) and not GIVEN_NAMES.isdisjoint(words)


def _is_first_name(text: str) -> bool:
    words = fold(text).split()
    return 0 < len(words) <= 2 and looks_like_words(text) and words[0] in GIVEN_NAMES  # noqa: PLR2004


def _is_company(text: str) -> bool:
    return ends_with_form(text) and not text.isdigit()


def _is_city(text: str) -> bool:
    return fold(text) in CITIES


def _is_number(text: str) -> bool:
    return _NUMBER_IN.search(text) is not None and parse_number(text.rstrip("% "), ".") is not None


def _is_currency(text: str) -> bool:
    if not _NUMBER_IN.search(text) or not re.search(r"[^\d.,\s+-]", text):
        return False
    return bool(clean_currency(text, ColumnContext()).parts.get("currency"))


def _boolean_share(texts: tuple[str, ...]) -> float:
    words = {text.casefold() for text in texts}
    if words <= _TICKS and len(texts) <= 2:  # noqa: PLR2004 - a 0/1 column
        return 0.6
    return _share(texts, lambda text: text.casefold() in _YES_NO) if len(words) <= 4 else 0.0  # noqa: PLR2004 - two, misspelt


_TESTS: dict[Kind, Callable[[str], bool]] = {
    Kind.EMAIL: lambda text: "@" in text and bool(_EMAIL.search(text)),
    Kind.COMPANY_DOMAIN: _is_domain,
    Kind.LINKEDIN_PERSON: lambda text: _is_linkedin(text, persons=True),
    Kind.LINKEDIN_COMPANY: lambda text: _is_linkedin(text, persons=False),
    Kind.VAT: _is_vat,
    Kind.IBAN: _is_iban,
    Kind.LEI: _is_lei,
    Kind.DATE: _is_date,
    Kind.COUNTRY: _is_country,
    Kind.ADDRESS_REGION: _is_region,
    Kind.ADDRESS_STREET: _is_street,
    Kind.ADDRESS_LINE: _is_line,
    Kind.ADDRESS_CITY: _is_city,
    Kind.PERSON_SALUTATION: is_salutation,
    Kind.PERSON_FULL_NAME: _is_full_name,
    Kind.PERSON_FIRST_NAME: _is_first_name,
    Kind.JOB_TITLE: _is_job,
    Kind.COMPANY_NAME: _is_company,
    Kind.NUMBER: _is_number,
    Kind.CURRENCY: _is_currency,
    Kind.ID: lambda text: " " not in text and bool(_CODE.fullmatch(text)),
}
