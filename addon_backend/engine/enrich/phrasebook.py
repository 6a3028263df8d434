"""Phrases of word stems, found in a text without trying each of them on each word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Phrase: TypeAlias = tuple[str, ...]
"""Stems of words in a row: ``x`` is a word, ``x*`` a beginning, ``*x`` an end, ``*x*`` a part, ``*`` any."""

_PREFIX = 2  # letters by which beginnings are filed; no stem is shorter


def phrases(text: str) -> tuple[Phrase, ...]:
    """Read phrases apart by commas, stems apart by spaces."""
    return tuple(tuple(phrase.split()) for phrase in text.split(",") if phrase.strip())


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase that was found: its name, that name's place in the table, its first word and its length."""

    name: str
    order: int
    at: int
    length: int


@dataclass(frozen=True, slots=True)
class _Filed:
    name: str
    order: int
    phrase: Phrase
    anchor: int


class Phrasebook:
    """Named phrases, each filed under its most telling stem."""

    def __init__(self, table: Sequence[tuple[str, Sequence[Phrase]]]) -> None:
        """File all phrases; a name may stand in the table more than once."""
        self._exact: defaultdict[str, list[_Filed]] = defaultdict(list)
        self._beginnings: defaultdict[str, list[_Filed]] = defaultdict(list)
        self._loose: list[_Filed] = []
        for order, (name, listed) in enumerate(table):
            for phrase in listed:
                self._file(name, order, phrase)

    def hits(self, words: Sequence[str]) -> Iterator[Hit]:
        """Yield every phrase at every place where it stands in the words; in no particular order."""
        for place, word in enumerate(words):
            for filed in (
                *self._exact.get(word, ()),
                *self._beginnings.get(word[:_PREFIX], ()),
                *self._loose,
            ):
                at = place - filed.anchor
                if stands_at(words, filed.phrase, at):
                    yield Hit(filed.name, filed.order, at, len(filed.phrase))

    def _file(self, name: str, order: int, phrase: Phrase) -> None:
        anchor = min(range(len(phrase)), key=lambda at: (_vagueness(phrase[at]), -len(phrase[at])))
        filed = _Filed(name, order, phrase, anchor)
        stem = phrase[anchor]
        match _vagueness(stem):
            case 0:
                self._exact[stem].append(filed)
            case 1:
                self._beginnings[stem[:_PREFIX]].append(filed)
            case _:
                self._loose.append(filed)


def stands_at(words: Sequence[str], phrase: Phrase, at: int) -> bool:
    """Tell whether a phrase stands at a place."""
    if at < 0 or at + len(phrase) > len(words):
        return False
    return all(_fits(words[at + step], stem) for step, stem in enumerate(phrase))


def _vagueness(stem: str) -> int:
    if "*" not in stem:
        return 0
    return 1 if stem[0] != "*" and len(stem) > _PREFIX else 2


def _fits(word: str, stem: str) -> bool:
    if stem[-1] == "*":
        return stem[1:-1] in word if stem[0] == "*" else word.startswith(stem[:-1])
    return word.endswith(stem[1:]) if stem[0] == "*" else word == stem
