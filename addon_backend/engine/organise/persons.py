"""People's names as they are compared: given and family, swapped, initials, short forms."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA, JaroWinkler

from addon_backend.engine.organise.evidence import Model
from addon_backend.engine.organise.folding import fold
from addon_backend.engine.organise.words import GENERATIONS, HONORIFICS, SHORT_FORMS

SAME, NEAR, LOOSE, INITIAL, OTHER = range(5)

GIVEN = Model(m=(0.74, 0.11, 0.04, 0.03, 0.08), u=(0.01, 0.004, 0.01, 0.02, 0.956))
FAMILY = Model(m=(0.80, 0.10, 0.03, 0.01, 0.06), u=(0.002, 0.002, 0.01, 0.01, 0.976))

_NOT_NAME = re.compile(r"\([^)]*\)|\d+")


@dataclass(frozen=True, slots=True)
class Person:
    """A folded name. ``given`` or ``family`` may be ""; ``generation`` is ``jr``, ``sr``, ``ii`` … or ""."""

    given: str
    family: str
    generation: str = ""


def person_of_parts(given: str, family: str) -> Person | None:
    """Return the person of two cells; None where both are blank."""
    words, generation = _words(family)
    first, _ = _words(given)
    if not words and not first:
        return None
    return Person(" ".join(first), " ".join(words), generation)


def person_of_full(full: str, order: str | None) -> Person | None:
    """Cut a full name as the column's order says, by comma or capitals where these say otherwise."""
    text = _NOT_NAME.sub(" ", full)
    before, comma, after = text.partition(",")
    first, generation = _words(before)
    if comma and (second := _words(after))[0]:
        return Person(" ".join(second[0]), " ".join(first), generation or second[1])
    if not first:
        return None
    if len(first) == 1:
        return Person("", first[0], generation)
    raw = [word for word in before.split() if fold(word)]
    loud = [word.isupper() and len(word.rstrip(".")) > 1 for word in raw]
    family_first = loud[0] and not loud[-1] if any(loud) else order == "family_first"
    if family_first:
        cut = sum(loud) if any(loud) and sum(loud) < len(first) else 1
        return Person(" ".join(first[cut:]), " ".join(first[:cut]), generation)
    return Person(" ".join(first[:-1]), first[-1], generation)


def compare_given(left: str, right: str) -> int:
    """Compare two different given names."""
    if len(left) == 1 or len(right) == 1:
        return INITIAL if left[0] == right[0] else OTHER
    first, second = left.split(" ", 1)[0], right.split(" ", 1)[0]
    if first == second and len(first) > 1:
        return NEAR
    if left.replace(" ", "") == right.replace(" ", "") or SHORT_FORMS.get(first, first) == SHORT_FORMS.get(
        second, second
    ):
        return NEAR
    if len(first) == 1 or len(second) == 1:
        return INITIAL if first[0] == second[0] else OTHER
    return _compare_words(left, right)


def compare_family(left: str, right: str) -> int:
    """Compare two different family names; ``Dupont`` is loosely ``Dupont Martin``."""
    if len(left) == 1 or len(right) == 1:
        return INITIAL if left[0] == right[0] else OTHER
    if left.replace(" ", "") == right.replace(" ", ""):
        return NEAR
    level = _compare_words(left, right)
    if level == OTHER and (" " in left or " " in right):
        shared = set(left.split()) & set(right.split())
        if any(len(word) > 3 for word in shared):
            return LOOSE
    return level


def _compare_words(left: str, right: str) -> int:
    shorter = min(len(left), len(right))
    distance = OSA.distance(left, right, score_cutoff=2)
    if (distance == 1 and shorter >= 3) or (distance == 2 and shorter >= 7):
        return NEAR
    likeness = JaroWinkler.similarity(left, right)
    if likeness >= 0.93:
        return NEAR
    if shorter >= 4 and sorted(left) == sorted(right):
        return LOOSE
    if likeness >= 0.86 or (shorter >= 3 and (left.startswith(right) or right.startswith(left))):
        return LOOSE
    return OTHER


def _words(text: str) -> tuple[list[str], str]:
    words = fold(text).split()
    if len(words) > 1 and words[0] == "sr":  # señor leads a name, Senior ends one
        words = words[1:]
    words = [word for word in words if word not in HONORIFICS]
    generation = next((word for word in words if word in GENERATIONS), "")
    kept = [word for word in words if word not in GENERATIONS]
    return (kept, generation) if kept else (words, "")
