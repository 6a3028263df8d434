"""E-mail domain typos against mailcheck's own cases."""

from __future__ import annotations

import json
from pathlib import Path

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_column
from addon_backend.engine.correct import correct_column
from addon_backend.engine.correct.mail_typos import meant_domain

NOWHERE = ColumnContext()


def test_every_typo_of_mailcheck_is_recognised(corpora: Path) -> None:
    """With the domains its cases know as familiar ones."""
    cases = json.loads((corpora / "email/mailcheck_cases.json").read_text("utf-8"))
    familiar = frozenset(cases["domains"])
    found = {
        case["email"]: meant_domain(case["email"].partition("@")[2], familiar=familiar)
        for case in cases["suggest"]
    }
    assert found == {case["email"]: case["expected_domain"] for case in cases["suggest"]}


def test_nothing_is_suggested_where_mailcheck_suggests_nothing(corpora: Path) -> None:
    """Good addresses and beginnings of addresses are left alone."""
    cases = json.loads((corpora / "email/mailcheck_cases.json").read_text("utf-8"))
    for text in cases["no_suggestion"]:
        verdicts = correct_column(
            ColumnKind.EMAIL, [text], clean_column(ColumnKind.EMAIL, [text], NOWHERE), NOWHERE
        )
        assert not verdicts[0].review, text
