"""Text as it is compared: no accents, no case, no punctuation. Never shown to anybody."""

from __future__ import annotations

import re

from anyascii import anyascii

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_JOINED = re.compile(r"['’`.]")


def fold(text: str) -> str:
    """Return lower-case ASCII words apart by single spaces; ``O'Brien`` stays one word."""
    plain = text if text.isascii() else anyascii(text)
    return _NOT_WORD.sub(" ", _JOINED.sub("", plain.lower())).strip()


def compact(text: str) -> str:
    """Return letters and digits only."""
    plain = text if text.isascii() else anyascii(text)
    return _NOT_WORD.sub("", plain.lower())
