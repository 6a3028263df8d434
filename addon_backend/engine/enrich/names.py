"""First and last names, from a full name or from an e-mail address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value
from addon_backend.engine.enrich.clues import Clues, found, nothing
from addon_backend.engine.enrich.given_names import is_given_name
from addon_backend.engine.enrich.mailboxes import Mailbox, MailboxType, read_mailbox

if TYPE_CHECKING:
    from addon_backend.domain.facts import Fact

_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_INITIAL = re.compile(r"[^\W\d_]\.?")
_PARTICLES = frozenset(
    "de du des la le del della di da dos das do van von der den ten ter zu af el al bin".split()
)
_STATUS_WORDS = frozenset("ext extern external externe consultant presta prestataire contractor ctr".split())
_NEVER_NAMES = frozenset(
    "the le les la mr mrs ms mme dr herr frau my mon our notre your test demo user".split()
)
_TWO_FAMILY_NAMES = frozenset(
    "ES MX AR CO CL PE VE EC UY PY BO CR PA DO GT HN SV NI CU PR PT BR AO MZ".split()
)
"""Countries where the last two words of a name are the family name."""
_CUT_OFF = 2
_LONGEST_LOCAL_PART = 3  # first.middle.last: more pieces are no name


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
        context = clues.context(ColumnKind.PERSON_FULL_NAME)
        parts = split_full_name(full, context, mailbox.local if mailbox else "")
        value = (parts.family if family else parts.given) if parts else ""
        if parts and value:
            reason = "guessed_from_full_name" if parts.review else "derived_from_full_name"
            return found(value, reason, parts.score, parts.rule, review=parts.review)
    if not address:
        return nothing("single_name" if full else "no_input")
    if mailbox is None:
        return nothing("invalid_email")
    return _from_mailbox(mailbox, family=family)


def split_full_name(full: str, context: ColumnContext, local: str = "") -> NameParts | None:
    """Cut a full name in two as cleaning does; None for a single word, which could be either.

    A comma (``Dupont, Jean``), a word in capitals (``DUPONT Jean``) or the column's name order decides. Where
    none of them does, ``local`` (``jean.dupont``) or known first names may say that the last name is first.
    Capitals give way where both say that they are the first name's (``MARIE Curie``, ``marie.curie``). What
    stands in brackets is a remark.
    """
    full = _REMARK.sub(" ", full).strip()
    parts = clean_value(ColumnKind.PERSON_FULL_NAME, full, context).parts
    given, family, middle = parts.get("given", ""), parts.get("family", ""), parts.get("middle", "")
    if not given or not family:
        return None
    if middle and not _INITIAL.fullmatch(middle):
        given, family = _with_middle(given, middle, family, context.country)
    given, family = _tidy(given), _tidy(family)
    loud = [word.isupper() for word in full.split() if len(word.rstrip(".")) > 1]
    swapped = _swapped(given, family, local)
    if "," in full or (any(loud) and not all(loud)):
        if swapped and swapped.rule == "email_order" and is_given_name(family) and "," not in full:
            return swapped
        return NameParts(given, family, 1.0, "comma" if "," in full else "capitals")
    if context.name_order is not None:
        return NameParts(given, family, 0.95, "column_order")
    return swapped or NameParts(given, family, 1.0 if is_given_name(given) else 0.9, "given_first")


def _with_middle(given: str, middle: str, family: str, country: str | None) -> tuple[str, str]:
    if country not in _TWO_FAMILY_NAMES:
        return f"{given} {middle}", family
    *more, mother = middle.split()
    return " ".join([given, *more]), f"{mother} {family}"


def _swapped(first: str, second: str, local: str) -> NameParts | None:
    """Return the name the other way round where the e-mail or the words say so."""
    if " " in first or " " in second:
        return None
    known = is_given_name(first), is_given_name(second)
    pieces = [piece for piece in re.split(r"[._-]", local.lower()) if piece]
    if pieces == [second.lower(), first.lower()] and known != (True, False):
        return NameParts(second, first, 0.9, "email_order")
    if known == (False, True) and pieces != [first.lower(), second.lower()]:
        return NameParts(second, first, 0.6, "known_first_name", review=True)
    return None


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
        return nothing("single_name" if parts.rule == "first" else "initial_only", parts.rule)
    reason = "guessed_from_email" if parts.review else "derived_from_email"
    return found(value, reason, parts.score, parts.rule, review=parts.review)


def split_local_part(local: str) -> NameParts | None:
    """Read a name out of ``jean.dupont``, ``j.dupont``, ``jdupont`` or ``marie``; None where there is none.

    Given and family may be "" where the address does not show them.
    """
    plain = local.partition("+")[0].strip("0123456789._-")
    separator = next((mark for mark in "._-" if mark in plain), "")
    pieces = plain.split(separator) if separator else [plain]
    pieces = [piece.strip("0123456789") for piece in pieces if piece not in _STATUS_WORDS]
    if not all(piece and all(char.isalpha() or char in "'-" for char in piece) for piece in pieces):
        return None
    if not pieces or pieces[0] in _NEVER_NAMES:
        return None
    if len(pieces) == 1:
        return _from_one_word(pieces[0])
    if all(piece in _PARTICLES for piece in pieces[1:-1]):
        return _from_two(pieces[0], " ".join(pieces[1:]), 0.1 if separator == "-" else 0.0)
    if len(pieces) > _LONGEST_LOCAL_PART:
        return None
    if len(pieces[1]) == 1:
        return _from_two(pieces[0], pieces[-1], 0.1)
    return NameParts(_cap(pieces[0]), _cap(" ".join(pieces[1:])), 0.5, "first.middle.last", review=True)


def _from_two(first: str, last: str, doubt: float) -> NameParts | None:
    if len(last) == 1:
        if len(first) == 1:
            return None
        given = is_given_name(first)
        return NameParts(_cap(first) if given else "", "" if given else _cap(first), 0.6, "x.i", review=True)
    if all(len(letter) == 1 for letter in first.split("-")):
        if last in _PARTICLES:
            return None
        cut_off = len(last) <= _CUT_OFF  # j.mc@ and j.li@ look alike
        return NameParts("", _cap(last), 0.5 if cut_off else 0.8 - doubt, "i.last", review=cut_off)
    if is_given_name(last) and not is_given_name(first):
        return NameParts(_cap(last), _cap(first), 0.7, "last.first", review=True)
    score = (0.95 if is_given_name(first) else 0.85) - doubt
    return NameParts(_cap(first), _cap(last), score, "first.last", review=last in _PARTICLES)


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
    pieces = re.split(r"([-'’])", word.lower())
    return "".join(_scots(piece[:1].upper() + piece[1:]) for piece in pieces)


def _scots(word: str) -> str:
    return f"Mc{word[2:3].upper()}{word[3:]}" if word.startswith("Mc") and len(word) > 4 else word
