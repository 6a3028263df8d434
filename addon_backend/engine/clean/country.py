"""Countries in any of seven languages or as ISO codes; a column keeps the way it writes them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from anyascii import anyascii
from babel import Locale
from babel.core import get_global

from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import (
    invalid,
    is_placeholder,
    readable,
    settle,
    unknown,
    wrong_type,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

LONGEST_COUNTRY = 80
LANGUAGES = ("en", "fr", "de", "es", "it", "nl", "pt")
STYLES = ("alpha2", "alpha3", *LANGUAGES)
"""How a column may write countries: ISO 3166-1 codes, or names in one CLDR language."""
DEFAULT_STYLE = "en"

_ALPHA2 = re.compile(r"[A-Z]{2}")
_ALPHA3 = re.compile(r"[A-Z]{3}")
_OTHER_CODES = {"UK": "GB", "EL": "GR"}
"""Codes that the European Union uses beside ISO 3166-1."""
_MOST = 0.6
_FORMER = frozenset("ANT BUR ZAR SCG YUG DDR FXX NTZ SUN TMP YMD".split())
"""ISO 3166-3: codes of countries that are no more."""
_NOT_COUNTRIES = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())
_SHORT_NAMES = {
    ("en", "HK"): "Hong Kong", ("en", "MO"): "Macao", ("en", "MM"): "Myanmar", ("en", "PS"): "Palestine",
    ("en", "CD"): "DR Congo", ("en", "CG"): "Congo", ("fr", "HK"): "Hong Kong", ("fr", "MO"): "Macao",
    ("fr", "MM"): "Myanmar",
    ("de", "HK"): "Hongkong", ("de", "MO"): "Macau", ("es", "HK"): "Hong Kong", ("it", "HK"): "Hong Kong",
    ("nl", "HK"): "Hongkong", ("pt", "HK"): "Hong Kong",
}  # fmt: skip
"""Where CLDR's name is longer than what a business list writes."""

_ALIASES = {
    "US": "usa|u.s.a.|u.s.|us of a|united states of america|america|etats unis d amerique|eeuu|ee uu|ee. uu.|"
    "estados unidos de america|vereinigte staaten von amerika|stati uniti d america|amerika|e.u.a.",
    "GB": "uk|u.k.|great britain|britain|england|scotland|wales|northern ireland|grande bretagne|"
    "angleterre|ecosse|"
    "united kingdom of great britain and northern ireland|pays de galles|grossbritannien|inglaterra|"
    "gran bretana|"
    "inghilterra|engeland|groot brittannie|g.b.|gran bretagna|schottland|royaume uni|ru",
    "NL": "holland|hollande|holanda|olanda|pays bas|nederland",
    "CZ": "czech republic|republique tcheque|tschechische republik|republica checa|repubblica ceca|"
    "tsjechische republiek",
    "KR": "korea|republic of korea|korea republic of|coree|s korea|korea south|corea|rok",
    "KP": "korea north|coree du nord|dprk",
    "RU": "russian federation|federation de russie|russische foderation",
    "CN": "pr china|p.r. china|p.r.c.|people s republic of china|peoples republic of china|mainland china",
    "TW": "taiwan roc|chinese taipei|taiwan province of china",
    "VN": "viet nam",
    "IR": "islamic republic of iran|iran islamic republic of",
    "SY": "syrian arab republic",
    "BO": "plurinational state of bolivia|bolivia plurinational state of",
    "VE": "bolivarian republic of venezuela|venezuela bolivarian republic of",
    "TZ": "united republic of tanzania|tanzania united republic of",
    "MD": "republic of moldova|moldova republic of",
    "MK": "macedonia|fyrom|republic of north macedonia|republic of macedonia|macedoine",
    "LA": "lao people s democratic republic|lao peoples democratic republic|lao pdr",
    "AE": "u.a.e.|uae|emirates|emirats|e.a.u.|emirats arabes",
    "CI": "cote divoire|cote d ivoire",
    "CD": "drc|d.r.c.|dr congo|democratic republic of the congo|democratic republic of congo|"
    "congo kinshasa|rdc|zaire|"
    "congo democratic republic of the|congo the democratic republic of the|republique democratique du congo",
    "CG": "congo|republic of the congo|republic of congo|congo brazzaville|republique du congo",
    "SZ": "swaziland",
    "CV": "cape verde|cabo verde",
    "MM": "burma|birmanie",
    "TR": "turkey|turkiye|republic of turkey",
    "IE": "republic of ireland|eire",
    "DE": "federal republic of germany|f.r.g.|b.r.d.|bundesrepublik deutschland|r.f.a.|allemagne federale",
    "CH": "swiss|confederation suisse|swiss confederation",
    "FR": "republique francaise|french republic|france metropolitaine|metropolitan france|fr metropolitaine",
    "VA": "vatican|vatican city state|holy see|holy see vatican city state",
    "PS": "state of palestine|palestine state of|palestinian territory",
    "BY": "bielorussie|byelorussia|belorussia",
    "HK": "hongkong|hong kong china|hong kong sar",
    "MO": "macau|macao sar",
    "BA": "bosnia|bosnie|bosnia herzegovina|bosnie herzegovine",
    "BN": "brunei darussalam",
    "ST": "sao tome",
    "TT": "trinidad",
    "SA": "ksa|k.s.a.|saudi|kingdom of saudi arabia|arabie saoudite",
    "NZ": "aotearoa|n.z.",
    "ZA": "rsa|republic of south africa|r.s.a.",
    "AT": "osterreich|oesterreich",
    "ES": "espana",
    "SE": "sverige",
    "NO": "norge",
    "DK": "danmark",
    "FI": "suomi",
    "PL": "polska",
    "GR": "hellas|ellada",
    "HU": "magyarorszag",
    "HR": "hrvatska",
    "RO": "rumania|roumania",
    "JP": "nippon|nihon",
    "KZ": "republic of kazakhstan",
    "SK": "slovak republic|republique slovaque",
    "LB": "liban",
}
"""Spellings beside CLDR's and the codes, separated by bars, compared as `fold` folds them."""


def clean_country(value: CellValue, _context: ColumnContext, style: str = DEFAULT_STYLE) -> Cleaned:
    """Return the country as ``style`` writes it; part ``alpha2``.

    ``style`` is one of `STYLES`; the default is the short English name of CLDR (``Hong Kong``, ``Myanmar``
    and a few more in their everyday form). A column in which most values are codes, or names in
    another language, keeps that convention: `style_of` votes once per column.
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    if len(text) > LONGEST_COUNTRY:
        return invalid(value, Reason.NOT_A_COUNTRY)
    code = country_code(text)
    if code is None:
        if is_placeholder(text):
            return invalid(value, Reason.PLACEHOLDER)
        return (
            unknown(value, Reason.COUNTRY_UNKNOWN)
            if any(map(str.isalpha, text))
            else invalid(value, Reason.NOT_A_COUNTRY)
        )
    if _same_spelling(text, code, style):
        return settle(value, text, Reason.NORMALISED, {"alpha2": code})
    return settle(value, spelling(code, style), Reason.NORMALISED, {"alpha2": code})


def country_code(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code a tidy text means, or None; codes count in any case."""
    if len(text) > LONGEST_COUNTRY:
        return None
    upper = text.upper()
    return _by_code().get(upper) or _by_name().get(fold(text))


def style_of(values: Iterable[str]) -> str:
    """Return the style that most (60 %) of the recognised values are written in; English where none is."""
    votes: Counter[str] = Counter()
    recognised = 0
    for text in values:
        if code := country_code(text):
            recognised += 1
            votes.update(style for style in STYLES if _same_spelling(text, code, style))
            votes.update({"alpha2": text in _OTHER_CODES})
    best = max(votes.values(), default=0)
    tied = [style for style in STYLES if votes[style] == best]
    return DEFAULT_STYLE if best < _MOST * recognised or not best or DEFAULT_STYLE in tied else tied[0]


def spelling(code: str, style: str) -> str:
    """Return how a style writes a country; the alpha-2 code where the style has no word for it."""
    if style == "alpha2":
        return code
    if style == "alpha3":
        return _alpha3().get(code, code)
    return _names(style).get(code, code)


def names_in(style: str) -> dict[str, str]:
    """Return code → name for one of `LANGUAGES`."""
    return _names(style)


def fold(text: str) -> str:
    """Return letters and digits only, without accents, in small letters: how names are compared."""
    plain = text if text.isascii() else anyascii(unicodedata.normalize("NFKC", text))
    words = re.sub(
        r"[^a-z0-9]+", " ", plain.lower().replace("'", "").replace(".", "").replace("&", " and ")
    ).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "la", "le", "les", "l"} else words)


def _same_spelling(text: str, code: str, style: str) -> bool:
    official = spelling(code, style)
    if text == official:
        return True
    return style in LANGUAGES and text == _cldr(style).get(code)


@lru_cache(maxsize=len(LANGUAGES))
def _names(language: str) -> dict[str, str]:
    return {code: _SHORT_NAMES.get((language, code), name) for code, name in _cldr(language).items()}


@lru_cache(maxsize=len(LANGUAGES))
def _cldr(language: str) -> dict[str, str]:
    return {
        code: name
        for code, name in Locale(language).territories.items()
        if _ALPHA2.fullmatch(code) and code not in _NOT_COUNTRIES
    }


@lru_cache(maxsize=1)
def _alpha3() -> dict[str, str]:
    aliases = get_global("territory_aliases")
    return {
        to[0]: code
        for code, to in aliases.items()
        if _ALPHA3.fullmatch(code) and code not in _FORMER and len(to) == 1
    }


@lru_cache(maxsize=1)
def _by_code() -> dict[str, str]:
    known = {code: code for code in _cldr("en")}
    known |= {alpha3: code for code, alpha3 in _alpha3().items() if code in known}
    return known | _OTHER_CODES


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in reversed(LANGUAGES):
        names |= {fold(name): code for code, name in _cldr(language).items()}
        names |= {fold(name): code for code, name in _names(language).items()}
    aliases = {fold(alias): code for code, line in _ALIASES.items() for alias in line.split("|")}
    return names | {alias: code for alias, code in aliases.items() if alias}
