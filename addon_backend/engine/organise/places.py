"""Addresses as they are compared: house numbers and street words; postcodes; cities."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from addon_backend.engine.organise.evidence import Model
from addon_backend.engine.organise.folding import compact, fold
from addon_backend.engine.organise.words import STREET_TYPES, STREET_WORDS

SAME, NEAR, LOOSE, NUMBER_DIFFERS, OTHER = range(5)

STREET = Model(m=(0.55, 0.22, 0.06, 0.04, 0.13), u=(0.0005, 0.001, 0.003, 0.02, 0.975))
POSTCODE = Model(m=(0.76, 0.12, 0.12), u=(0.01, 0.02, 0.97))
CITY = Model(m=(0.76, 0.11, 0.13), u=(0.05, 0.01, 0.94))
REGION = Model(m=(0.85, 0.15), u=(0.2, 0.8))

_NUMBER = re.compile(r"\b\d{1,5}[a-z]?\b")
_RANGE = re.compile(r"\b(\d{1,5})\s?-\s?\d{1,5}\b")
_NEARBY = re.compile(r" (?:between|at|near|corner of|cnr|opposite|off) ")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")


@dataclass(frozen=True, slots=True)
class Street:
    """A folded street. ``number`` is the house number or ""; ``words`` tell, types and directions do not."""

    number: str
    words: tuple[str, ...]
    text: str


def street_of(line: str) -> Street | None:
    """Return an address line as it is compared; None where nothing stands there."""
    plain = fold(_RANGE.sub(r"\1", line))
    words = [STREET_WORDS.get(word, word) for word in (_NEARBY.split(plain)[0] or plain).split()]
    if not words:
        return None
    at = next((place for place, word in enumerate(words) if _NUMBER.fullmatch(word)), None)
    number = words[at].rstrip("abcdefghijklmnopqrstuvwxyz") if at is not None else ""
    rest = [_plain(word) for place, word in enumerate(words) if place != at]
    telling = tuple(word for word in rest if word not in STREET_TYPES) or tuple(rest)
    return Street(number, telling, " ".join(rest))


def compare_streets(left: Street, right: Street) -> int:
    """Compare two different streets: the number decides, then the words."""
    alike = _words_alike(left, right)
    if left.number == right.number:
        if left.number and left.words and left.words == right.words:
            return SAME
        if not alike:
            return OTHER
        return NEAR if left.number else LOOSE
    if not alike:
        return OTHER
    if not left.number or not right.number:
        return LOOSE
    return LOOSE if _numbers_near(left.number, right.number) else NUMBER_DIFFERS


def postcode_of(text: str) -> str | None:
    """Return letters and digits; a ZIP+4 without its last part; None where nothing stands there."""
    plain = compact(text.removesuffix(".0"))
    if not plain:
        return None
    return plain[:5] if len(plain) == 9 and plain.isdigit() else plain


def compare_postcodes(left: str, right: str) -> int:
    """Compare two different postcodes: one slip, or a leading zero that a spreadsheet ate."""
    if left.lstrip("0") == right.lstrip("0"):
        return 0
    return 1 if OSA.distance(left, right, score_cutoff=1) <= 1 else 2


def compare_cities(left: str, right: str) -> int:
    """Compare two different folded cities: a slip, or ``Lyon`` and ``Lyon 03``."""
    if OSA.distance(left, right, score_cutoff=2) <= (2 if min(len(left), len(right)) >= 6 else 1):
        return 1
    if left.startswith(right + " ") or right.startswith(left + " "):
        return 1
    return 1 if JaroWinkler.similarity(left, right) >= 0.9 else 2


def compare_regions(left: str, right: str) -> int:
    """Two different regions or countries differ."""
    return 0 if left == right else 1


def _plain(word: str) -> str:
    ordinal = _ORDINAL.match(word)
    return ordinal.group(1) if ordinal else word


def _numbers_near(left: str, right: str) -> bool:
    return min(len(left), len(right)) >= 2 and OSA.distance(left, right, score_cutoff=1) <= 1


def _words_alike(left: Street, right: Street) -> bool:
    mine, theirs = set(left.words), set(right.words)
    if not mine or not theirs:
        return False
    digits = {word for word in mine if word.isdigit()} ^ {word for word in theirs if word.isdigit()}
    if mine <= theirs or theirs <= mine:
        return not digits or any(not word.isdigit() for word in mine & theirs)
    return fuzz.token_sort_ratio(" ".join(left.words), " ".join(right.words)) >= 80 or (
        fuzz.ratio("".join(left.words), "".join(right.words)) >= 84
    )
