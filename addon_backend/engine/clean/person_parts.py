"""Which word of a person's name is which: nameparser, behind a fast path for the commonest shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nameparser import FAMILY_FIRST, Lexicon, Parser, Policy

from addon_backend.engine.clean.person_case import PARTICLES, repair_case

_EXTRA_TITLES = (
    "mlles",
    "mmes",
    "messieurs",
    "mesdames",
    "maître",
    "pr",
    "sig",
    "sr",
    "dipl.-ing",
    "mw",
    "mevrouw",
)
_FRENCH_TITLES = (*_EXTRA_TITLES, "m", "mm")
"""``M.`` is Monsieur in a French list and an initial in an English one."""
_FRENCH_SPEAKING = frozenset(
    {"FR", "BE", "CH", "LU", "MC", "MA", "TN", "DZ", "SN", "CI", "RE", "GP", "MQ", "GF"}
)

_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+(?:[-'’][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+)*")
_INITIAL = re.compile(r"[A-Z]\.?")
_DOTTED_INITIAL = re.compile(r"[A-Z]\.")
_FIRST_OF_ASIA = 0x2E80
"""The Unicode block of CJK radicals: East Asian scripts begin here."""
_THREE = 3
_TWO = 2


@dataclass(frozen=True, slots=True)
class PersonParts:
    """The pieces of a name as written; empty where the name has none."""

    salutation: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    suffix: str = ""
    nickname: str = ""

    def as_mapping(self) -> dict[str, str]:
        """Return the pieces that are there, by name."""
        return {name: piece for name in self.__slots__ if (piece := getattr(self, name))}


def split_name(text: str, *, family_first: bool = False, country: str | None = None) -> PersonParts:
    """Return the pieces of a tidy name.

    Words in capitals beside words in mixed case are the family name (``Jean DUPONT``, ``DUPONT Jean``): the
    French way of writing overrides the order. A comma after the first words does too. Otherwise
    ``family_first`` decides, as the column was found to be.
    """
    french = country in _FRENCH_SPEAKING
    return (
        split_shouted(text, french=french)
        or _split_trailing_initial(text)
        or split_plain(text, family_first=family_first)
        or split_by_library(text, family_first=family_first, french=french)
    )


def shows_its_order(text: str) -> bool:
    """Tell whether a name says itself which part is the family's: by a comma, capitals, or its own script."""
    return "," in text or split_shouted(text) is not None or max(map(ord, text)) >= _FIRST_OF_ASIA


def split_plain(text: str, *, family_first: bool = False) -> PersonParts | None:
    """Answer for the plain shapes only; None means "ask the library". Equal to it by a property test."""
    words = text.split(" ")
    if not _TWO <= len(words) <= _THREE:
        return None
    comma = words[0][-1:] == ","
    if comma:
        words[0] = words[0][:-1]
    for at, word in enumerate(words):
        if not (_WORD.fullmatch(word) or (at and len(words) == _THREE and _DOTTED_INITIAL.fullmatch(word))):
            return None
        if word.lower().rstrip(".") in _special_words():
            return None
    if _INITIAL.fullmatch(words[-1]) and not (comma or family_first):
        return None
    if comma or family_first:
        return PersonParts(family=words[0], given=words[1], middle=" ".join(words[2:]))
    return PersonParts(given=words[0], middle=" ".join(words[1:-1]), family=words[-1])


def split_shouted(text: str, *, french: bool = False) -> PersonParts | None:
    """Read ``Jean DUPONT`` and ``DUPONT Jean``: capitals at one end mark the family name; else None."""
    if "," in text or text.isupper() or not any(map(str.isupper, text[1:])):
        return None
    words = text.split(" ")
    loud = [_is_loud(word) for word in words]
    if True not in loud or all(loud):
        return None
    first, last = loud.index(True), len(loud) - loud[::-1].index(True)
    if not all(loud[first:last]) or (first > 0 and last < len(words)):
        return None
    rest = " ".join(words[:first] + words[last:])
    others = split_by_library(rest + " Xyz", french=french)
    if others.family != "Xyz" or not others.given:
        return None
    family = " ".join(words[first:last])
    return PersonParts(
        salutation=others.salutation,
        given=others.given,
        middle=others.middle,
        family=repair_case(family, family=True),
        suffix=others.suffix,
        nickname=others.nickname,
    )


def _split_trailing_initial(text: str) -> PersonParts | None:
    """Read ``Swanson Peter A.``: a family name is never an initial, so it stands first; else None."""
    words = text.split(" ")
    if len(words) != _THREE or not _INITIAL.fullmatch(words[2]) or not all(map(_WORD.fullmatch, words[:2])):
        return None
    if not _special_words().isdisjoint(word.lower() for word in words[:2]):
        return None
    return PersonParts(family=words[0], given=words[1], middle=words[2])


def _is_loud(word: str) -> bool:
    if word.isupper() and word.lower() in PARTICLES:
        return True
    bare = word.replace("-", "").replace("'", "").replace("’", "")
    return len(bare) >= _THREE and bare.isalpha() and bare.isupper() and bare.lower() not in _suffix_words()


def split_by_library(text: str, *, family_first: bool = False, french: bool = False) -> PersonParts:
    """Ask nameparser, with the salutations of our languages added."""
    seen = _parser(family_first, french).parse(text)
    return PersonParts(seen.title, seen.given, seen.middle, seen.family, seen.suffix, seen.nickname)


@lru_cache(maxsize=4)
def _parser(family_first: bool, french: bool) -> Parser:  # noqa: FBT001 - a cache key
    lexicon = Lexicon.default().add(titles=_FRENCH_TITLES if french else _EXTRA_TITLES)
    return Parser(lexicon, Policy(name_order=FAMILY_FIRST) if family_first else Policy())


@lru_cache(maxsize=1)
def _special_words() -> frozenset[str]:
    """Every word that nameparser treats in a special way."""
    known = Lexicon.default().add(titles=_FRENCH_TITLES)
    return frozenset().union(
        known.titles,
        known.given_name_titles,
        known.suffix_acronyms,
        known.suffix_words,
        known.particles,
        known.conjunctions,
        known.bound_given_names,
        known.maiden_markers,
        known.after_given_titles,
    )


@lru_cache(maxsize=1)
def _suffix_words() -> frozenset[str]:
    known = Lexicon.default()
    return known.suffix_acronyms | known.suffix_words
