"""The registered part of a host is found as the public suffix list's own vectors say."""

from __future__ import annotations

from pathlib import Path

import idna

from addon_backend.engine.enrich.mailboxes import registrable_domain


def test_the_vectors_of_the_public_suffix_list_hold(corpora: Path) -> None:
    """Hosts that begin with a dot are left out: people paste ``.example.com``, so we read it."""
    lines = (corpora / "url" / "psl_tests.txt").read_text("utf-8").splitlines()
    cases = [line.split() for line in lines if line.strip() and not line.startswith(("//", ".", "null"))]

    assert len(cases) > 50
    for host, expected in cases:
        found = registrable_domain(host)
        assert (found and idna.encode(found)) == (None if expected == "null" else idna.encode(expected)), host
