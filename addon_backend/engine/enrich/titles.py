"""Rank and department, read from a job title in seven languages by stems, not by a dictionary of titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anyascii import anyascii

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.enrich.clues import Clues, found, nothing
from addon_backend.engine.enrich.department_stems import DEPARTMENTS, WEAK_DEPARTMENTS
from addon_backend.engine.enrich.rank_stems import NEVER_RANK, PAST, RANKS, SERVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.facts import Fact

_GENDER_MARKS = re.compile(
    r"\(?\b(?:[mwfhdx]\s*[/|]\s*[mwfhdx](?:\s*[/|]\s*[mwfhdx])?)\b\)?|\((?:e|in|ne|trice|rice|euse|a|o|innen|-in)\)"
    r"|[·.•*:](?:e|rice|trice|euse|ne|in|innen)\b",
    re.IGNORECASE,
)
_VICE = (("vice", "president*"), ("vice", "chair*"))
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def seniority(clues: Clues) -> Fact:
    """Return the rank: Owner, C-level, VP, Head, Director, Manager, Senior, Junior or Intern."""
    title = clues.text(ColumnKind.JOB_TITLE)
    if not title:
        return nothing("no_input")
    rank = rank_of(title)
    return found(rank, "derived_from_title", 0.9, "rank_stems") if rank else nothing("rank_not_stated")


def department(clues: Clues) -> Fact:
    """Return the department: Sales, Marketing, Finance, IT, Engineering, HR and so on."""
    title = clues.text(ColumnKind.JOB_TITLE)
    if not title:
        return nothing("no_input")
    name, score = department_of(title)
    if not name:
        return nothing("department_not_stated")
    return found(name, "derived_from_title", score, "department_stems")


def rank_of(title: str) -> str:
    """Return the rank that a title states, "" where it states none."""
    words = _without(_words(title), NEVER_RANK)
    for phrase in SERVES:
        at = _find(words, phrase)
        if at is not None:
            words = words[: at + len(phrase)]
    for rank, phrases in RANKS:
        if any(_find(words, phrase) is not None for phrase in phrases):
            return rank
    return ""


def department_of(title: str) -> tuple[str, float]:
    """Return the department and how sure the reading is; ("", 0.0) where the title names none.

    The longest phrase that matches decides, then the one that comes first in the title.
    """
    words = _without(_words(title), _VICE)
    for table, score in ((DEPARTMENTS, 0.9), (WEAK_DEPARTMENTS, 0.6)):
        best: tuple[int, int, str] | None = None
        for name, phrases in table:
            for phrase in phrases:
                at = _find(words, phrase)
                if at is not None and (best is None or (-len(phrase), at) < best[:2]):
                    best = (-len(phrase), at, name)
        if best:
            return best[2], score
    return "", 0.0


def _words(title: str) -> list[str]:
    plain = anyascii(_GENDER_MARKS.sub(" ", title)).lower().replace("&", " and ")
    plain = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", plain).replace("r and d", "rnd")
    words = [word for word in _NOT_WORD.split(plain) if word]
    return [] if words and words[0] in PAST else words


def _without(words: list[str], phrases: Sequence[tuple[str, ...]]) -> list[str]:
    for phrase in phrases:
        at = _find(words, phrase)
        if at is not None:
            words = [*words[:at], *words[at + len(phrase) :]]
    return words


def _find(words: Sequence[str], phrase: tuple[str, ...]) -> int | None:
    """Return where a phrase of stems stands; ``x*`` is a beginning, ``*x`` an end, ``*x*`` a part."""
    size = len(phrase)
    for at in range(len(words) - size + 1):
        if all(_fits(words[at + step], phrase[step]) for step in range(size)):
            return at
    return None


def _fits(word: str, stem: str) -> bool:
    if stem[-1] == "*":
        return stem[1:-1] in word if stem[0] == "*" else word.startswith(stem[:-1])
    return word.endswith(stem[1:]) if stem[0] == "*" else word == stem
