"""From header hints and value shares to one kind per column, abstaining rather than guessing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.country import fold
from addon_backend.engine.inspect.evidence import coordinate_share, looks_like_words
from addon_backend.engine.inspect.known_words import COMPANY_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from addon_backend.engine.inspect.sample import Sample

ABSTAIN = 0.5
"""Below this confidence a column is ``text``: a wrong kind corrupts cells, a missing one costs a click."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a kind is believed: ``alone`` by values only, ``backed`` by values under a header that names it.

    ``ceiling`` is the most that values alone can be worth. ``plausible`` replaces the value share for kinds
    whose values prove nothing (a city is any word): it only refuses what cannot be.
    """

    alone: float
    backed: float
    ceiling: float = 0.95
    plausible: Callable[[Column], float] | None = None


@dataclass(slots=True)
class Column:
    """One column under inspection; ``shares`` and ``hints`` run from 0 to 1 by kind.

    ``other`` says that the header names a thing we have no kind for.
    """

    position: int
    header: str
    sample: Sample
    hints: Mapping[Kind, float]
    shares: Mapping[Kind, float]
    kind: Kind = Kind.TEXT
    confidence: float = 0.0
    other: bool = False
    scores: dict[Kind, float] = field(default_factory=dict)

    def share(self, kind: Kind) -> float:
        """Return the share of values that could be of a kind."""
        return self.shares.get(kind, 0.0)

    def hint(self, kind: Kind) -> float:
        """Return how strongly the header names a kind."""
        return self.hints.get(kind, 0.0)

    def settle(self, kind: Kind, confidence: float) -> None:
        """Decide, or abstain below `ABSTAIN`."""
        self.kind, self.confidence = (
            (kind, round(min(confidence, 0.99), 3)) if confidence >= ABSTAIN else (Kind.TEXT, 0.3)
        )


def judge(column: Column) -> None:
    """Score every kind and settle the best; earlier kinds in `RULES` win ties."""
    for kind, rule in RULES.items():
        if score := _score(column, kind, rule):
            column.scores[kind] = score
    best = max(column.scores, key=lambda kind: column.scores[kind], default=Kind.TEXT)
    column.settle(best, column.scores.get(best, 0.0))


def _score(column: Column, kind: Kind, rule: Rule) -> float:
    hint, share = max(column.hint(kind), _LENT * column.hint(_LENDER.get(kind, kind))), column.share(kind)
    if not column.sample.size:
        return _UNPROVEN * hint
    proven = 0.0
    if share >= _alone(column, kind, rule):
        proven = rule.ceiling * (0.5 + 0.5 * min(1.0, share / max(0.9, rule.alone)))
    believed = max(share, rule.plausible(column)) if rule.plausible and hint > _DOUBT else share
    if hint and believed >= rule.backed:
        return max(proven, 0.62 * hint + 0.36 * min(1.0, believed * 1.1))
    return proven


def _alone(column: Column, kind: Kind, rule: Rule) -> float:
    """Return the share that proves a kind without its header; more is asked where that says else."""
    if kind in UNMISTAKABLE:
        return rule.alone
    if column.other or column.sample.size < _FEW or (kind is Kind.ID and column.hints):
        return _NEVER
    named = bool(column.header.strip())
    return max(rule.alone, _NAMED_ALONE) if named and kind in _BY_VOCABULARY else rule.alone


_NEVER = 2.0
_UNPROVEN = 0.75
"""What a header alone is worth, where there is no value to bear it out."""
_DOUBT = 0.5
_LENDER = {Kind.URL: Kind.COMPANY_DOMAIN, Kind.COMPANY_DOMAIN: Kind.URL}
_LENT = 0.9
"""A "website" of bare domains holds domains, a "domain" of addresses holds addresses."""
_FEW = 2
_NAMED_ALONE = 0.5
_BY_VOCABULARY = frozenset({Kind.PERSON_FIRST_NAME, Kind.PERSON_FULL_NAME, Kind.ADDRESS_CITY})
UNMISTAKABLE = frozenset(
    {
        Kind.EMAIL,
        Kind.LINKEDIN_PERSON,
        Kind.LINKEDIN_COMPANY,
        Kind.IBAN,
        Kind.LEI,
        Kind.VAT,
        Kind.URL,
        Kind.DATE,
    }
)
"""Kinds whose values cannot be anything else."""


def _short_words(most: int) -> Callable[[Column], float]:
    return lambda column: _part(column, lambda text: looks_like_words(text) and len(text.split()) <= most)


def full_name_shape(column: Column) -> float:
    """Return the share of values of two to six words and nothing else: what a full name looks like."""
    return _part(
        column,
        lambda text: (
            looks_like_words(text.replace(",", "").replace("(", "").replace(")", ""))
            and 1 < len(text.split()) <= _LONGEST
        ),
    )


_LONGEST = 6


def _lettered(column: Column) -> float:
    return _part(column, lambda text: any(map(str.isalpha, text)) and "@" not in text and "://" not in text)


def _digits(least: int) -> Callable[[Column], float]:
    return lambda column: _part(
        column,
        lambda text: (
            sum(map(str.isdigit, text)) >= least
            and sum(map(str.isalpha, text)) <= 2 * least
            and "@" not in text
        ),
    )


def _place(column: Column) -> float:
    return _part(
        column,
        lambda text: (
            any(map(str.isalpha, text)) and sum(map(str.isdigit, text)) <= 2 and len(text) <= _LONGEST_PLACE
        ),
    )


_LONGEST_PLACE = 50


def _addressed(column: Column) -> float:
    if coordinate_share(column.sample.texts) > _DOUBT:
        return 0.0
    return _part(
        column,
        lambda text: (
            any(map(str.isalpha, text)) and "@" not in text and "://" not in text and not text.startswith("(")
        ),
    )


def _dotted(column: Column) -> float:
    return _part(column, lambda text: "." in text and not any(sign in text for sign in " @/"))


def _numeric(column: Column) -> float:
    return column.sample.numbers + _part(column, lambda text: bool(_NUMERIC.fullmatch(text))) * (
        1 - column.sample.numbers
    )


_NUMERIC = re.compile(r"[^\d\w]{0,4}[+-]?\d[\d.,\s'’]*[^\d]{0,6}")


def _part(column: Column, test: Callable[[str], bool]) -> float:
    texts = column.sample.texts
    return sum(map(test, texts)) / len(texts) * (len(texts) / column.sample.size) if texts else 0.0


def company_words(column: Column) -> float:
    """Return the share of values with a word that companies, not persons, have in their names."""
    return _part(column, lambda text: not COMPANY_WORDS.isdisjoint(fold(text).split()))


RULES: dict[Kind, Rule] = {
    Kind.EMAIL: Rule(0.5, 0.05),
    Kind.LINKEDIN_PERSON: Rule(0.5, 0.1, 0.98),
    Kind.LINKEDIN_COMPANY: Rule(0.5, 0.1, 0.98),
    Kind.IBAN: Rule(0.5, 0.2),
    Kind.LEI: Rule(0.5, 0.2),
    Kind.VAT: Rule(0.6, 0.2, plausible=_digits(6)),
    Kind.URL: Rule(0.6, 0.2, 0.9),
    Kind.COMPANY_DOMAIN: Rule(0.7, 0.3, 0.9, _dotted),
    Kind.PHONE: Rule(0.65, 0.15, 0.9, _digits(6)),
    Kind.DATE: Rule(0.8, 0.25),
    Kind.BOOLEAN: Rule(0.9, 0.5, 0.8),
    Kind.PERSON_SALUTATION: Rule(0.7, 0.4, 0.9),
    Kind.COUNTRY: Rule(0.85, 0.3, 0.9),
    Kind.ADDRESS_POSTCODE: Rule(2.0, 0.3),
    Kind.REGISTRATION: Rule(0.85, 0.2, 0.75, _digits(4)),
    Kind.ADDRESS_REGION: Rule(0.8, 0.3, 0.85, _place),
    Kind.PERSON_FIRST_NAME: Rule(0.4, 0.6, 0.8, _short_words(3)),
    Kind.PERSON_LAST_NAME: Rule(2.0, 0.6, plausible=_short_words(4)),
    Kind.PERSON_FULL_NAME: Rule(0.4, 0.5, 0.8, full_name_shape),
    Kind.JOB_TITLE: Rule(0.7, 0.5, 0.75, _lettered),
    Kind.ADDRESS_CITY: Rule(0.35, 0.6, 0.8, _place),
    Kind.ADDRESS_LINE: Rule(0.6, 0.3, 0.85, _addressed),
    Kind.ADDRESS_STREET: Rule(0.7, 0.3, 0.85, _addressed),
    Kind.COMPANY_NAME: Rule(0.25, 0.6, 0.9, _lettered),
    Kind.CURRENCY: Rule(0.8, 0.3, 0.85, _numeric),
    Kind.NUMBER: Rule(0.9, 0.3, 0.7, _numeric),
    Kind.ID: Rule(0.95, 0.5, 0.62),
}
"""Thresholds found by reading tables of public bodies and business lists; order: the more specific first."""
