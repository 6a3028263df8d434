"""Letters about runs: in both languages, for every end, with counts and a link and nothing else."""

import pytest

from addon_backend.domain.letters import run_letter
from addon_backend.domain.runs import RunState

ENDS = [
    *((state.value, "") for state in RunState if state.final or state is RunState.PARKED),
    ("finished", "undone"),
    ("failed", "prepare_kills_worker"),
    ("failed", "access_lost"),
    ("parked", "trial_done"),
    ("parked", "budget_reached"),
    ("parked", "host_trouble"),
    ("parked", "needs_owner"),
    ("parked", "needs_consent"),
]
COUNTS = {"rows": 5000, "written": 812, "review": 37, "not_found": 1, "credits": 0, "kept": 4}
LINK = "https://enrich.example/"


@pytest.mark.parametrize(("state", "reason"), ENDS)
def test_every_end_has_words_in_both_languages(state, reason):
    english, french = (run_letter(state, reason, COUNTS, LINK, language) for language in ("en", "fr-CA"))
    assert english[0] != french[0]
    for subject, text in (english, french):
        assert "\n" not in subject
        assert LINK in text.splitlines()
        assert "812" in text


def test_counts_that_are_nothing_are_not_told():
    _, text = run_letter("finished", "", COUNTS, LINK, "en")
    assert [line for line in text.splitlines() if line.startswith("-")] == [
        "- 5,000 rows",
        "- 812 cells filled or corrected",
        "- 37 cells to check",
        "- 1 cell not found",
    ]
