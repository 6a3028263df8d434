"""The name of a company and its legal form, told apart at the ends of what was written."""

from __future__ import annotations

import re

from addon_backend.engine.clean.legal_form_words import (
    JOINERS,
    MIXED_FORMS,
    NOT_BEFORE_SPA,
    PREFIX_FORMS,
    SMALL_FORMS,
    STRONG_FORMS,
    WEAK_FORMS,
)

_FORMS = STRONG_FORMS | WEAK_FORMS
_NOISE = re.compile(r"[.,\s()/'’\"]+")
_DOTTED = re.compile(r"[^\W\d_](?:[./] ?[^\W\d_])+\.?")
_LONGEST_FORM = 6
_LONGEST_PREFIX = 3
_TRAILING = " ,;-–—/&"
_LEADING = " ,;-–—/"
_LEAST_BESIDE_STRONG, _LEAST_BESIDE_WEAK = 2, 3
"""Letters and digits that must be left: ``HP Inc.`` is HP, but ``X Corporation`` stays whole."""


def split_form(name: str) -> tuple[str, str]:
    """Return the name without its legal form, and the form as written ("" if there is none).

    Forms are taken off at the ends only, several if need be (``Co., Ltd.``), never so that nothing, a lone
    letter or a dangling conjunction would be left (``Hotel and Spa`` keeps its ``Spa``).
    """
    words = name.split(" ")
    last = len(words)
    while taken := _taken_at_end(words[:last], small=name.islower()):
        last -= taken
    tail = " ".join(words[last:])
    first = _taken_at_start(words[:last], small=name.islower())
    bare = " ".join(words[first:last]).rstrip(_TRAILING).lstrip(_LEADING)
    form = " ".join(filter(None, (" ".join(words[:first]), tail)))
    return (bare, form) if bare else (name, "")


def is_form(text: str) -> bool:
    """Tell whether the words alone are a legal form (``GmbH``, ``S.A.S.``, ``Pty Ltd``)."""
    return _key(text) in _FORMS


def ends_with_form(name: str) -> bool:
    """Tell whether a name carries a legal form at one of its ends: good evidence for a company."""
    return bool(split_form(name)[1])


def _key(text: str) -> str:
    return _NOISE.sub("", text.casefold())


def _taken_at_end(words: list[str], *, small: bool) -> int:
    """Return how many words at the end are one legal form; the longest form wins."""
    for count in range(min(_LONGEST_FORM, len(words) - 1), 0, -1):
        if _is_end(words[-count:], words[: len(words) - count], small=small):
            return count
    return 0


def _is_end(form: list[str], rest: list[str], *, small: bool) -> bool:
    text = " ".join(form)
    key = _key(text)
    if key not in _FORMS or rest[-1].casefold() in JOINERS:
        return False
    if (
        key == "spa"
        and not MIXED_FORMS.intersection(form)
        and rest[-1].casefold().strip(",") in NOT_BEFORE_SPA
    ):
        return False
    if len(form) > 1 and len(key) <= _LONGEST_PREFIX and not (text.isupper() or "." in text):
        return False  # "a s" are two words
    strong = key in STRONG_FORMS
    if not strong and not (_is_loud(text) or (small and key in SMALL_FORMS)):
        return False
    return _stands(rest, _LEAST_BESIDE_STRONG if strong else _LEAST_BESIDE_WEAK)


def _taken_at_start(words: list[str], *, small: bool) -> int:
    for count in range(min(_LONGEST_PREFIX, len(words) - 1), 0, -1):
        form = " ".join(words[:count])
        known = _key(form) in PREFIX_FORMS and (_is_loud(form) or (small and form in STRONG_FORMS))
        if known and (count == 1 or "." in form) and _stands(words[count:], _LEAST_BESIDE_WEAK):
            return count
    return 0


def _is_loud(form: str) -> bool:
    """Tell whether a form that is also a word is written as a form: capitals, dots, or a known spelling."""
    return form.isupper() or form in MIXED_FORMS or bool(_DOTTED.fullmatch(form))


def _stands(rest: list[str], least: int) -> bool:
    """Tell whether what would be left can stand as a name."""
    text = " ".join(rest)
    if sum(map(str.isalnum, text)) < least or rest[0].casefold() in {"&", "of", "and"}:
        return False
    key = _key(text)
    return key not in STRONG_FORMS and key not in {"the", "company"}
