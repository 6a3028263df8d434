"""Rank and department, read from a job title in seven languages by stems, not by a dictionary of titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anyascii import anyascii

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.enrich.clues import Clues, found, nothing
from addon_backend.engine.enrich.department_stems import DEPARTMENTS, WEAK_DEPARTMENTS
from addon_backend.engine.enrich.phrasebook import Phrasebook, phrases
from addon_backend.engine.enrich.rank_stems import NEVER_RANK, PAST, RANKS, SERVES

if TYPE_CHECKING:
    from addon_backend.domain.facts import Fact

_GENDER_MARKS = re.compile(
    r"\(?\b(?:[mwfhdx]\s*[/|]\s*[mwfhdx](?:\s*[/|]\s*[mwfhdx])?)\b\)?|\((?:e|in|ne|trice|rice|euse|a|o|innen|-in)\)"
    r"|[·.•*:](?:e|rice|trice|euse|ne|in|innen)\b",
    re.IGNORECASE,
)
_RANKS = Phrasebook(RANKS)
_SERVES = Phrasebook([("", SERVES)])
_NEVER_RANK = Phrasebook([("", NEVER_RANK)])
_VICE = Phrasebook([("", phrases("vice president*, vice chair*"))])
_DEPARTMENTS = Phrasebook(DEPARTMENTS)
_WEAK_DEPARTMENTS = Phrasebook(WEAK_DEPARTMENTS)
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
    words = _without(_words(title), _NEVER_RANK)
    words = words[: min((hit.at + hit.length for hit in _SERVES.hits(words)), default=len(words))]
    return min(((hit.order, hit.name) for hit in _RANKS.hits(words)), default=(0, ""))[1]


def department_of(title: str) -> tuple[str, float]:
    """Return the department and how sure the reading is; ("", 0.0) where the title names none.

    The longest phrase that matches decides, then the one that comes first in the title.
    """
    words = _without(_words(title), _VICE)
    for book, score in ((_DEPARTMENTS, 0.9), (_WEAK_DEPARTMENTS, 0.6)):
        found = [(-hit.length, hit.at, hit.order, hit.name) for hit in book.hits(words)]
        if found:
            return min(found)[3], score
    return "", 0.0


def _words(title: str) -> list[str]:
    plain = anyascii(_GENDER_MARKS.sub(" ", title)).lower().replace("&", " and ")
    plain = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", plain).replace("r and d", "rnd")
    words = [word for word in _NOT_WORD.split(plain) if word]
    return [] if words and words[0] in PAST else words


def _without(words: list[str], book: Phrasebook) -> list[str]:
    gone = {at for hit in book.hits(words) for at in range(hit.at, hit.at + hit.length)}
    return [word for at, word in enumerate(words) if at not in gone] if gone else words
