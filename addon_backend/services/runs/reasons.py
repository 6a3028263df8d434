"""One place to ask what a reason code means, whichever room made it."""

from __future__ import annotations

from addon_backend.domain.sentences import reason_sentence
from addon_backend.engine.clean import reasons as clean
from addon_backend.engine.enrich import reasons as enrich
from addon_backend.engine.organise import reasons as organise

_ENGINE = {
    **{code: (reason.en, reason.fr) for code, reason in enrich.REASONS.items()},
    **{code: (reason.en, reason.fr) for code, reason in organise.REASONS.items()},
    **{code.value: (pair.en, pair.fr) for code, pair in clean.SENTENCES.items()},
}


def explained(code: str, language: str) -> tuple[str, str]:
    """Return the sentence of a reason code, and what a person can do about it ("" for nothing)."""
    return reason_sentence(code, language, _ENGINE)
