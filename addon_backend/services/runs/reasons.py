"""One place to ask what a reason code means, whichever room made it."""

from __future__ import annotations

from addon_backend.domain.sentences import reason_sentence
from addon_backend.engine.clean.reasons import REASONS as CLEAN_REASONS
from addon_backend.engine.enrich.reasons import REASONS as ENRICH_REASONS

_ENGINE = {
    **{code: (reason.en, reason.fr) for code, reason in ENRICH_REASONS.items()},
    **{code: (reason.en, reason.fr) for code, reason in CLEAN_REASONS.items()},
}


def explained(code: str, language: str) -> tuple[str, str]:
    """Return the sentence of a reason code, and what a person can do about it ("" for nothing)."""
    return reason_sentence(code, language, _ENGINE)


def known(code: str) -> bool:
    """Return True where a code has a sentence of its own."""
    return code in _ENGINE or reason_sentence(code, "en")[0] != code.replace("_", " ").capitalize() + "."
