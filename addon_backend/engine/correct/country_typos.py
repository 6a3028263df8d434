"""The country that a misspelt name was meant to be."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from addon_backend.engine.clean.country import LANGUAGES, fold, names_in

_SHORTEST = 5
_LONG = 8


def meant_country(text: str) -> str | None:
    """Return the ISO 3166-1 code of the one country a slip or two away from ``text``, or None.

    Names in seven languages are compared, without accents; one slip in short names, two from eight letters
    on; two countries equally near are nobody's guess.
    """
    wanted = fold(text)
    if len(wanted) < _SHORTEST:
        return None
    allowed = 2 if len(wanted) >= _LONG else 1
    nearest: dict[str, int] = {}
    for name, code in _names():
        distance = OSA.distance(wanted, name, score_cutoff=allowed)
        if distance <= allowed:
            nearest[code] = min(distance, nearest.get(code, distance))
    best = min(nearest.values(), default=0)
    codes = [code for code, distance in nearest.items() if distance == best]
    return codes[0] if len(codes) == 1 else None


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[str, str], ...]:
    pairs = {(fold(name), code) for language in LANGUAGES for code, name in names_in(language).items()}
    return tuple(sorted(pair for pair in pairs if len(pair[0]) >= _SHORTEST - 1))
