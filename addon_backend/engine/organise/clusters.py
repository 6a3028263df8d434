"""Spellings of one value in a column: ``ACME Ltd.`` and ``Acme, Ltd``. By key collision, as OpenRefine does.

The keys are OpenRefine's "fingerprint" and "n-gram fingerprint"
(https://openrefine.org/docs/technical-reference/clustering-in-depth).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anyascii import anyascii

from addon_backend.domain.cells import as_text, is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from addon_backend.domain.cells import CellValue

_NOISE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]|[!-/:-@\[-`{-~]")
_OPENREFINE = str.maketrans({"ø": "oe", "ĸ": "k", "ŋ": "n"})  # where it folds otherwise than we do
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ValueCluster:
    """Spellings of one value with the number of rows of each, the most frequent first: it is the proposal."""

    key: str
    values: tuple[str, ...]
    rows: tuple[int, ...]

    @property
    def proposal(self) -> str:
        """The spelling that most rows have."""
        return self.values[0]


def fingerprint(text: str) -> str:
    """Return the words of a text, folded, each once, in order of the alphabet."""
    return " ".join(sorted(set(_plain(text).split())))


def ngram_fingerprint(text: str, size: int = 2) -> str:
    """Return the letter groups of a text, folded and without spaces, each once, in order of the alphabet."""
    plain = _SPACE.sub("", _plain(text))
    if len(plain) <= size:
        return plain
    return "".join(sorted({plain[at : at + size] for at in range(len(plain) - size + 1)}))


def cluster_values(
    values: Sequence[CellValue], key: Callable[[str], str] = fingerprint
) -> tuple[ValueCluster, ...]:
    """Return the clusters of at least two spellings with one key, those of most rows first.

    Blank cells, numbers and dates are left out. Spellings of equal frequency stand in order of the alphabet.
    """
    counts = Counter(
        as_text(value).strip() for value in values if isinstance(value, str) and not is_blank(value)
    )
    clusters: defaultdict[str, list[str]] = defaultdict(list)
    for value in counts:
        if found := key(value):
            clusters[found].append(value)
    made = [_cluster(found, spellings, counts) for found, spellings in clusters.items() if len(spellings) > 1]
    return tuple(sorted(made, key=lambda cluster: (-sum(cluster.rows), cluster.key)))


def _cluster(key: str, spellings: list[str], counts: Counter[str]) -> ValueCluster:
    ordered = sorted(spellings, key=lambda value: (-counts[value], value))
    return ValueCluster(key, tuple(ordered), tuple(counts[value] for value in ordered))


def _plain(text: str) -> str:
    folded = " ".join(text.split()).lower()
    if not folded.isascii():
        folded = anyascii(unicodedata.normalize("NFC", folded).translate(_OPENREFINE)).lower()
    return _NOISE.sub("", folded)
