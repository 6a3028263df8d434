"""Bits of evidence for "these two rows are one", by agreement level (Fellegi and Sunter, 1969).

For a level, the evidence is log2(m / u): m is how often two rows of one thing agree so (fixed, from
experience: m learnt from the list absorbs the bias of the blocks and was seen to collapse), u is how often
two rows taken at random do (measured on the list). Agreement on a rare value is worth more than on a common
one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

T = TypeVar("T", bound="Hashable")

MISSING = -1
_NOTHING = (MISSING, 0.0)
LEAST, MOST = -7.0, 14.0
_PSEUDO_PAIRS = 50.0
_SPREAD_PAIRS = 20_000
_MULTIPLIER = 2_654_435_761  # Knuth's: spreads consecutive numbers over the rows


@dataclass(frozen=True, slots=True)
class Model:
    """m and the prior of u by level: level 0 is "the same", the last one "they differ".

    ``copies`` is how many rows may share a value before it counts as common: two rows with one e-mail address
    are no sign that strangers share it, two rows with one first name are.
    """

    m: tuple[float, ...]
    u: tuple[float, ...]
    copies: int = 1


def spread_pairs(rows: int) -> list[tuple[int, int]]:
    """Return pairs of different rows, spread over the list; the same ones for the same number of rows."""
    if rows < 2:
        return []
    pairs = []
    for number in range(min(_SPREAD_PAIRS, rows * (rows - 1) // 2)):
        left = number * _MULTIPLIER % rows
        right = (left + 1 + number * (_MULTIPLIER // 3) % (rows - 1)) % rows
        pairs.append((left, right))
    return pairs


class Feature(Generic[T]):
    """One property of all rows: its distinct values, how two of them agree, and what that is worth."""

    def __init__(
        self,
        values: Sequence[T | None],
        compare: Callable[[T, T], int],
        model: Model,
        pairs: Sequence[tuple[int, int]],
    ) -> None:
        """Number the distinct values and measure u on ``pairs``; None is a missing value."""
        self._compare = compare
        self._model = model
        self._met: dict[int, tuple[int, float]] = {}
        known: dict[T, int] = {}
        self.at = [MISSING if value is None else known.setdefault(value, len(known)) for value in values]
        self.values = list(known)
        counts = [0] * len(known)
        for place in self.at:
            if place != MISSING:
                counts[place] += 1
        self.counts = counts
        self.filled = sum(counts)
        self.level_bits = self._measure(pairs)
        self.same_bits = [self._same(count) for count in counts]

    def meet(self, left: int, right: int) -> tuple[int, float]:
        """Return how two rows agree and the evidence in bits; (`MISSING`, 0) where one has no value.

        Each pair of distinct values is compared once.
        """
        a, b = self.at[left], self.at[right]
        if a < 0 or b < 0:
            return _NOTHING
        if a == b:
            return 0, self.same_bits[a]
        key = a * len(self.values) + b if a < b else b * len(self.values) + a
        met = self._met.get(key)
        if met is None:
            level = self._compare(self.values[a], self.values[b])
            met = self._met[key] = level, self._worth(level, self.values[a], self.values[b])
        return met

    def same(self, left: int, right: int) -> bool:
        """Tell whether two rows hold one value."""
        return self.at[left] == self.at[right] != MISSING

    def value(self, row: int) -> T | None:
        """Return a row's value."""
        place = self.at[row]
        return None if place < 0 else self.values[place]

    def _worth(self, level: int, left: T, right: T) -> float:  # noqa: ARG002 - companies weigh their words
        """Return the evidence of two different values that agree on this level."""
        return self.level_bits[level]

    def _measure(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """Return each level's evidence; the true pairs among random ones (one per two rows) are left out."""
        at = self.at
        seen = [0] * len(self._model.u)
        for left, right in pairs:
            a, b = at[left], at[right]
            if a >= 0 and b >= 0:
                seen[0 if a == b else self._compare(self.values[a], self.values[b])] += 1
        compared = sum(seen)
        true = compared / max(len(at) - 1, 1)
        chance = [max(count - true * m, 0.0) for count, m in zip(seen, self._model.m, strict=True)]
        total = compared + _PSEUDO_PAIRS
        shares = [
            (count + _PSEUDO_PAIRS * prior) / total
            for count, prior in zip(chance, self._model.u, strict=True)
        ]
        return [_clip(log2(m / share)) for m, share in zip(self._model.m, shares, strict=True)]

    def _same(self, count: int) -> float:
        """Evidence of sharing a value that ``count`` rows have: the rarer, the more."""
        others = max(count - self._model.copies, 0) + _PSEUDO_PAIRS * self._model.u[0]
        return _clip(log2(self._model.m[0] * (self.filled + _PSEUDO_PAIRS) / others))


def _clip(bits: float) -> float:
    return min(max(bits, LEAST), MOST)
