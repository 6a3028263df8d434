"""Company names as they are compared: by their rare words, without legal forms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import fsum, log2
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from addon_backend.engine.clean.legal_forms import split_form
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.organise.evidence import Feature, Model
from addon_backend.engine.organise.folding import compact, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SAME, CLOSE, PARTLY, LITTLE, OTHER = range(5)

FIRM = Model(m=(0.52, 0.22, 0.14, 0.05, 0.07), u=(0.001, 0.001, 0.003, 0.02, 0.975), copies=2)

_LONG_FORMS = {
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
    "company": "co",
    "eurl": "sarl",
}
_LINKING_WORDS = frozenset(
    "and et und y e of de du des di da do der die das la le les l d the for pour fur".split()
)


@dataclass(frozen=True, slots=True)
class Firm:
    """A folded company name: its telling words sorted (``key``), in order, as a set and as one.

    Two names with the same words are equal. ``form`` is the legal form, "" where the name carries none.
    """

    key: str
    words: tuple[str, ...] = field(compare=False)
    set: frozenset[str] = field(compare=False)
    joined: str = field(compare=False)
    form: str = field(compare=False)


def firm_of(name: str) -> Firm | None:
    """Return the company as it is compared; None where nothing but punctuation stands there."""
    bare, form = split_form(tidy(name))
    kept = fold(bare).split() or fold(name).split()
    if not kept:
        return None
    words = tuple(word for word in dict.fromkeys(kept) if word not in _LINKING_WORDS) or tuple(kept)
    plain = compact(form)
    return Firm(
        " ".join(sorted(words)), words, frozenset(words), "".join(words), _LONG_FORMS.get(plain, plain)
    )


class FirmFeature(Feature[Firm]):
    """Company names, compared by the share of rare words that they have in common."""

    def __init__(self, values: Sequence[Firm | None], pairs: Sequence[tuple[int, int]]) -> None:
        """Count each word once per row."""
        self._rows = _rows_by_word(values)
        named = sum(value is not None for value in values)
        self._rarity = {word: log2((named + 2) / count) for word, count in self._rows.items()}
        self._weights: dict[str, float] = {}
        super().__init__(values, self._compare_firms, FIRM, pairs)

    def rarity(self, word: str) -> float:
        """Return how much it says that two rows share a word, in bits."""
        return self._rarity[word]

    def rows_with(self, word: str) -> int:
        """Count the rows whose name has a word."""
        return self._rows[word]

    def _worth(self, level: int, left: Firm, right: Firm) -> float:
        """Return the level's evidence, never more than what the shared words are worth."""
        bits = self.level_bits[level]
        return bits if level >= LITTLE or bits <= 0 else min(bits, self._shared(left, right))

    def _compare_firms(self, left: Firm, right: Firm) -> int:
        if left.joined == right.joined:
            return CLOSE
        shared = self._shared(left, right)
        if not shared:
            return PARTLY if _initials(left, right) else OTHER
        first, second = self._weight(left), self._weight(right)
        dice = 2 * shared / (first + second)
        if dice >= 0.82:
            return CLOSE
        if dice >= 0.6 or (shared >= 0.95 * min(first, second) and shared >= 6):
            return PARTLY
        return LITTLE if dice >= 0.3 else OTHER

    def _weight(self, firm: Firm) -> float:
        weight = self._weights.get(firm.key)
        if weight is None:
            weight = self._weights[firm.key] = fsum(map(self.rarity, firm.words))
        return weight

    def _shared(self, left: Firm, right: Firm) -> float:
        rarity = self._rarity
        both = left.set & right.set
        bits = [rarity[word] for word in both]
        mine, theirs = left.set - both, right.set - both
        for word in mine if theirs else ():
            likes = [other for other in theirs if other[0] == word[0] and _alike(word, other)]
            if likes:
                bits.append(0.8 * min(rarity[word], max(rarity[like] for like in likes)))
        return fsum(bits)  # exact, so that the order of a set cannot show


def _alike(left: str, right: str) -> bool:
    shorter = min(len(left), len(right))
    if shorter < 3:
        return False
    if shorter >= 4 and (left.startswith(right) or right.startswith(left)):
        return True
    if left.isdigit() or right.isdigit():
        return False
    return shorter >= 4 and OSA.distance(left, right, score_cutoff=2) <= (1 if shorter < 8 else 2)


def _initials(left: Firm, right: Firm) -> bool:
    short, long = (left, right) if len(left.words) < len(right.words) else (right, left)
    word = short.words[0]
    return (
        len(short.words) == 1
        and 3 <= len(word) == len(long.words)
        and all(full[0] == letter for full, letter in zip(long.words, word, strict=True))
    )


def _rows_by_word(values: Iterable[Firm | None]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for firm in values:
        if firm is not None:
            counts.update(firm.words)
    return counts
