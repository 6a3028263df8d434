"""Our clustering keys are OpenRefine's: its own test cases say so."""

from __future__ import annotations

import json
from pathlib import Path

from addon_backend.engine.organise.clusters import fingerprint, ngram_fingerprint

_SIZES = {"size1": 1, "default_size2": 2, "size3": 3}


def test_fingerprints_are_those_of_openrefine(corpora: Path) -> None:
    """Each of its inputs gives its key."""
    cases = json.loads((corpora / "clustering/openrefine_fingerprint_cases.json").read_text("utf-8"))

    assert cases
    assert [fingerprint(case["input"]) for case in cases] == [case["key"] for case in cases]


def test_ngram_fingerprints_are_those_of_openrefine(corpora: Path) -> None:
    """Each of its inputs gives its key, for groups of one, two and three letters."""
    cases = json.loads((corpora / "clustering/openrefine_ngram_fingerprint_cases.json").read_text("utf-8"))

    assert set(cases) == set(_SIZES)
    for name, pairs in cases.items():
        assert [ngram_fingerprint(text, _SIZES[name]) for text, _ in pairs] == [key for _, key in pairs]
