"""Company names as they are compared: by their rare words, without legal forms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from addon_backend.engine.clean.legal_forms import split_form
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.organise.evidence import MOST, Feature, Model
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
    """A folded company name. ``words`` are its telling words in order, each once."""

    key: str
    words: tuple[str, ...]


def firm_of(name: str) -> Firm | None:
    """Return the company as it is compared; None where nothing but punctuation stands there."""
    kept = fold(split_form(tidy(name))[0]).split() or fold(name).split()
    if not kept:
        return None
    telling = [word for word in dict.fromkeys(kept) if word not in _LINKING_WORDS] or kept
    return Firm(" ".join(sorted(telling)), tuple(telling))


def form_of(name: str) -> str | None:
    """Return the legal form as it is compared, None where the name carries none."""
    form = compact(split_form(tidy(name))[1])
    return _LONG_FORMS.get(form, form) or None


class FirmFeature(Feature[Firm]):
    """Company names, compared by the share of rare words that they have in common."""

    def __init__(self, values: Sequence[Firm | None], pairs: Sequence[tuple[int, int]]) -> None:
        """Count each word once per row."""
        self._rarity = _rarities(values)
        self._weights: dict[Firm, float] = {}
        super().__init__(values, self._compare_firms, FIRM, pairs)

    def rarity(self, word: str) -> float:
        """Return how much it says that two rows share a word, in bits."""
        return self._rarity.get(word, MOST)

    def _worth(self, level: int, left: Firm, right: Firm) -> float:
        """Return the level's evidence, never more than what the shared words are worth."""
        bits = self.level_bits[level]
        return bits if level >= LITTLE or bits <= 0 else min(bits, self._shared(left, right))

    def _compare_firms(self, left: Firm, right: Firm) -> int:
        if left.key == right.key:
            return SAME
        if left.key.replace(" ", "") == right.key.replace(" ", "") or "".join(left.words) == "".join(
            right.words
        ):
            return CLOSE
        shared = self._shared(left, right)
        first, second = self._weight(left), self._weight(right)
        dice = 2 * shared / (first + second)
        if dice >= 0.82:
            return CLOSE
        if dice >= 0.6 or (shared >= 0.95 * min(first, second) and shared >= 6):
            return PARTLY
        if _initials(left, right):
            return PARTLY
        return LITTLE if dice >= 0.3 else OTHER

    def _weight(self, firm: Firm) -> float:
        weight = self._weights.get(firm)
        if weight is None:
            weight = self._weights[firm] = sum(map(self.rarity, firm.words))
        return weight

    def _shared(self, left: Firm, right: Firm) -> float:
        rarity = self._rarity
        mine, theirs = set(left.words), set(right.words)
        both = mine & theirs
        total = sum(rarity[word] for word in both)
        mine -= both
        theirs -= both
        for word in sorted(mine) if mine and theirs else ():
            like = next((other for other in sorted(theirs) if _alike(word, other)), None)
            if like is not None:
                theirs.discard(like)
                total += 0.8 * min(rarity[word], rarity[like])
        return total


def _alike(left: str, right: str) -> bool:
    shorter = min(len(left), len(right))
    if shorter < 3 or left[0] != right[0]:
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


def _rarities(values: Iterable[Firm | None]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    rows = 0
    for firm in values:
        if firm is not None:
            rows += 1
            counts.update(set(firm.words))
    return {word: log2((rows + 2) / count) for word, count in counts.items()}
