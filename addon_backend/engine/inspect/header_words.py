"""What a header says about its column; a hint that the values must bear out."""

from __future__ import annotations

import re
from functools import lru_cache

from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.country import fold
from addon_backend.engine.inspect.header_phrases import (
    AMBIGUOUS,
    NOTES,
    OTHER,
    PHRASES,
    QUALIFIERS,
    SPOILERS,
    VOCABULARY,
)

_LONGEST_HEADER = 60
_BREAKS = str.maketrans("\n'’", "   ")
_LONGEST_WORD = 13
_INSIDE_DISCOUNT = 0.25
_CAMEL = re.compile(
    r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-ZÀ-ÖØ-Þ])(?=[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ])|_|(?<=[A-Za-z])(?=\d)"
)


def header_hints(header: str) -> dict[Kind, float]:
    """Return how strongly (0 to 1) a header points to each kind; empty when it says nothing we know."""
    if names_something_else(header):
        return {}
    hints = dict(_hints(" ".join(_tokens(_CAMEL.sub(" ", header)))))
    for kind, weight in _hints(" ".join(_tokens(header.replace("_", " ")))):  # KvK, USt-IdNr: not camels
        hints[kind] = max(weight, hints.get(kind, 0.0))
    return hints


def names_something_else(header: str) -> bool:
    """Tell whether a header names a thing that none of our kinds is (middle name, notes, industry …)."""
    return names_notes(header) or _other().fullmatch(" ".join(_tokens(_CAMEL.sub(" ", header)))) is not None


def names_notes(header: str) -> bool:
    """Tell whether a header says that people write here in their own words."""
    return any(map(_notes().fullmatch, _tokens(_CAMEL.sub(" ", header))))


def _tokens(header: str) -> list[str]:
    spaced = header[: 2 * _LONGEST_HEADER].translate(_BREAKS)
    question = ["?"] if header.rstrip().endswith("?") else []
    return [
        part for word in fold(spaced.replace("#", " no ")).split() for part in _split_compound(word)
    ] + question


def _split_compound(word: str) -> list[str]:
    """Break ``agentprincipalcity`` into words we know; any other word stays whole."""
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before = best[start]
            piece = word[start:end]
            if (
                before is not None
                and piece in VOCABULARY
                and (best[end] is None or len(before) + 1 < len(best[end] or ()))
            ):
                best[end] = [*before, piece]
    return best[-1] or [word]


@lru_cache(maxsize=4096)
def _hints(header: str) -> tuple[tuple[Kind, float], ...]:
    found: dict[Kind, float] = {}
    for pattern, hints in _ambiguous():
        if pattern.fullmatch(header):
            for kind, weight in hints:
                found[kind] = max(weight, found.get(kind, 0.0))
    for kind, weight, whole, inside in _compiled():
        if whole.fullmatch(header):
            found[kind] = max(weight, found.get(kind, 0.0))
        elif kind in _INSIDE and inside.search(header) and not _spoilers().search(header):
            found[kind] = max(weight - _INSIDE_DISCOUNT, found.get(kind, 0.0))
    return tuple(found.items())


_INSIDE = frozenset(
    {
        *(Kind.EMAIL, Kind.PHONE, Kind.LINKEDIN_PERSON, Kind.LINKEDIN_COMPANY, Kind.URL, Kind.COMPANY_DOMAIN),
        *(
            Kind.PERSON_FIRST_NAME,
            Kind.PERSON_LAST_NAME,
            Kind.JOB_TITLE,
            Kind.ADDRESS_POSTCODE,
            Kind.ADDRESS_CITY,
        ),
        *(
            Kind.COUNTRY,
            Kind.ADDRESS_STREET,
            Kind.ADDRESS_LINE,
            Kind.VAT,
            Kind.REGISTRATION,
            Kind.IBAN,
            Kind.LEI,
        ),
        *(Kind.COMPANY_NAME, Kind.PERSON_SALUTATION),
    }
)
"""Kinds whose words may stand among others that we do not know ("Best phone to reach you")."""


@lru_cache(maxsize=1)
def _compiled() -> tuple[tuple[Kind, float, re.Pattern[str], re.Pattern[str]], ...]:
    around = f"(?:{_joined(QUALIFIERS)})"
    return tuple(
        (
            kind,
            weight,
            re.compile(rf"(?:{around} )*(?:{_joined(words)})(?: {around})*"),
            re.compile(rf"\b(?:{_joined(words)})\b"),
        )
        for kind, weight, words in PHRASES
    )


@lru_cache(maxsize=1)
def _ambiguous() -> tuple[tuple[re.Pattern[str], tuple[tuple[Kind, float], ...]], ...]:
    return tuple((re.compile(_joined(words)), hints) for words, hints in AMBIGUOUS)


@lru_cache(maxsize=1)
def _other() -> re.Pattern[str]:
    return re.compile(_joined(OTHER))


@lru_cache(maxsize=1)
def _notes() -> re.Pattern[str]:
    return re.compile(_joined(NOTES))


@lru_cache(maxsize=1)
def _spoilers() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_joined(SPOILERS)})\b")


def _joined(block: str) -> str:
    return "".join(line.strip() for line in block.splitlines())
