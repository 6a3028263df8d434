"""First and last names, from a full name or from an e-mail address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nameparser import parse

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.enrich.clues import Clues, found, nothing
from addon_backend.engine.enrich.given_names import is_given_name
from addon_backend.engine.enrich.mailboxes import Mailbox, MailboxType, read_mailbox

if TYPE_CHECKING:
    from addon_backend.domain.facts import Fact

_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|prof|sir|mme|mlle|melle|monsieur|madame|mademoiselle|maître|me|herr|frau|fr|hr"
    r"|sig|sig\.ra|signora|signor|dott|ing|sr|sra|srta|señor|señora|don|doña|dhr|mevr|mw|ir|drs|m)\.?\s+)+",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_][^\s,]*")
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|ph\.?d|mba|md|esq|cpa|msc|bsc)\.?$", re.IGNORECASE)
_PARTICLES = frozenset(
    "de du des la le del della di da dos das do van von der den ten ter zu af el al bin".split()
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name in two pieces; ``score`` says how sure the cut is, ``review`` that a person should look."""

    given: str
    family: str
    score: float
    rule: str
    review: bool = False


def first_name(clues: Clues) -> Fact:
    """Return the first name: from the full name, else from the e-mail's local part."""
    return _piece(clues, family=False)


def last_name(clues: Clues) -> Fact:
    """Return the last name: from the full name, else from the e-mail's local part."""
    return _piece(clues, family=True)


def full_name(clues: Clues) -> Fact:
    """Return ``First Last`` where both are there."""
    given, family = clues.text(ColumnKind.PERSON_FIRST_NAME), clues.text(ColumnKind.PERSON_LAST_NAME)
    if not given or not family:
        return nothing("no_input")
    return found(f"{given} {family}", "derived_from_name_parts", 1.0, "first_last")


def _piece(clues: Clues, *, family: bool) -> Fact:
    full, address = clues.text(ColumnKind.PERSON_FULL_NAME), clues.text(ColumnKind.EMAIL)
    mailbox = read_mailbox(address) if address else None
    if full:
        order = clues.context(ColumnKind.PERSON_FULL_NAME).name_order
        parts = split_full_name(full, order, mailbox.local if mailbox else "")
        value = (parts.family if family else parts.given) if parts else ""
        if parts and value:
            reason = "guessed_from_full_name" if parts.review else "derived_from_full_name"
            return found(value, reason, parts.score, parts.rule, review=parts.review)
    if not address:
        return nothing("single_name" if full else "no_input")
    if mailbox is None:
        return nothing("invalid_email")
    return _from_mailbox(mailbox, family=family)


def split_full_name(full: str, order: str | None, local: str = "") -> NameParts | None:
    """Cut a full name in two; None for a single word, which could be either.

    What decides, strongest first: a comma (``Dupont, Jean``), the word in capitals (``DUPONT Jean``), the
    column's name order, the e-mail's ``jean.dupont``, known first names; else the given name comes first.
    """
    text = _TITLES.sub("", re.sub(r"\([^)]*\)|\"[^\"]*\"", " ", full).strip())
    before, comma, after = text.partition(",")
    if comma and before.strip() and after.strip() and not _SUFFIX.match(after.strip()):
        return NameParts(_tidy(after), _tidy(before), 1.0, "comma")
    words = [word for word in before.split() if _WORDS.match(word) and not _SUFFIX.match(word)]
    if len(words) < 2:
        return None
    capitals = [len(word.rstrip(".")) > 1 and word.isupper() for word in words]
    if any(capitals) and not all(capitals):
        return _by_capitals(words, capitals)
    if order == "family_first":
        return NameParts(_tidy(words[-1]), _tidy(" ".join(words[:-1])), 0.95, "column_order")
    if order is None and (swapped := _swapped(words, local)):
        return swapped
    return _given_first(before if len(words) > 2 else " ".join(words), words, order)


def _by_capitals(words: list[str], capitals: list[bool]) -> NameParts:
    family = [word for word, loud in zip(words, capitals, strict=True) if loud]
    given = [word for word, loud in zip(words, capitals, strict=True) if not loud]
    while len(given) > 1 and given[-1].lower() in _PARTICLES and capitals[-1]:
        family.insert(0, given.pop())
    return NameParts(_tidy(" ".join(given)), _tidy(" ".join(family)), 1.0, "capitals")


def _swapped(words: list[str], local: str) -> NameParts | None:
    if len(words) != 2:
        return None
    first, second = words
    known = is_given_name(first), is_given_name(second)
    pieces = [piece for piece in re.split(r"[._-]", local.lower()) if piece]
    if pieces == [second.lower(), first.lower()] and known != (True, False):
        return NameParts(_tidy(second), _tidy(first), 0.9, "email_order")
    if known == (False, True) and pieces != [first.lower(), second.lower()]:
        return NameParts(_tidy(second), _tidy(first), 0.6, "known_first_name", review=True)
    return None


def _given_first(text: str, words: list[str], order: str | None) -> NameParts:
    sure = 1.0 if order == "given_first" or is_given_name(words[0]) else 0.9
    if len(words) == 2:
        return NameParts(_tidy(words[0]), _tidy(words[1]), sure, "given_first")
    parsed = parse(" ".join(text.split()))
    given = " ".join(part for part in (parsed.given, parsed.middle) if part)
    if not given or not parsed.family:
        given, family = words[0], " ".join(words[1:])
        return NameParts(_tidy(given), _tidy(family), 0.7, "given_first")
    return NameParts(_tidy(given), _tidy(parsed.family), min(sure, 0.9), "given_first")


def _from_mailbox(mailbox: Mailbox, *, family: bool) -> Fact:
    if mailbox.type is MailboxType.ROLE:
        return nothing("role_mailbox")
    if mailbox.type is MailboxType.DISPOSABLE:
        return nothing("disposable_domain")
    parts = split_local_part(mailbox.local)
    if parts is None:
        return nothing("not_recognised")
    value = parts.family if family else parts.given
    if not value:
        return nothing("initial_only" if parts.family else "single_name", parts.rule)
    reason = "guessed_from_email" if parts.review else "derived_from_email"
    return found(value, reason, parts.score, parts.rule, review=parts.review)


def split_local_part(local: str) -> NameParts | None:
    """Read a name out of ``jean.dupont``, ``j.dupont``, ``jdupont`` or ``marie``; None where there is none.

    Given and family may be "" where the address does not show them.
    """
    plain = local.partition("+")[0].strip("0123456789._-")
    separator = next((mark for mark in "._-" if mark in plain), "")
    pieces = plain.split(separator) if separator else [plain]
    pieces = [piece.strip("0123456789") for piece in pieces]
    if not all(piece and all(char.isalpha() or char in "'-" for char in piece) for piece in pieces):
        return None
    if len(pieces) == 1:
        return _from_one_word(pieces[0])
    if len(pieces) > 3:
        return None
    return _from_pieces(pieces, separator)


def _from_pieces(pieces: list[str], separator: str) -> NameParts | None:
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 3 and len(pieces[1]) > 1:
        return NameParts(_cap(first), _cap(" ".join(pieces[1:])), 0.5, "first.middle.last", review=True)
    if len(last) == 1:
        if len(first) == 1:
            return None
        given = is_given_name(first)
        return NameParts(_cap(first) if given else "", "" if given else _cap(first), 0.6, "x.i", review=True)
    if len(first) == 1:
        return NameParts("", _cap(last), 0.8, "i.last")
    if is_given_name(last) and not is_given_name(first):
        return NameParts(_cap(last), _cap(first), 0.7, "last.first", review=True)
    score = 0.95 if is_given_name(first) else 0.85
    return NameParts(_cap(first), _cap(last), score if separator != "-" else score - 0.1, "first.last")


def _from_one_word(word: str) -> NameParts | None:
    if is_given_name(word):
        return NameParts(_cap(word), "", 0.7, "first", review=True)
    if len(word) < 5:
        return None
    return NameParts("", _cap(word[1:]), 0.5, "ilast", review=True)


def _cap(text: str) -> str:
    return _tidy(text.lower())


def _tidy(text: str) -> str:
    """Return the words with single spaces, in name case where they were all capitals or all small."""
    return " ".join(_name_case(word) for word in text.split())


def _name_case(word: str) -> str:
    if not (word.isupper() or word.islower()) or (word.islower() and word in _PARTICLES):
        return word
    if len(word.rstrip(".")) == 1:
        return word.upper()
    if word.isupper() and word.lower() in _PARTICLES:
        return word.lower()
    pieces = re.split(r"([-'’])", word.lower())
    return "".join(_scots(piece[:1].upper() + piece[1:]) for piece in pieces)


def _scots(word: str) -> str:
    return f"Mc{word[2:3].upper()}{word[3:]}" if word.startswith("Mc") and len(word) > 4 else word
