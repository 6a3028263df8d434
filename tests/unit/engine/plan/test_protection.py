"""The protection table, line by line: people win (laws 3 and 4)."""

import pytest

from addon_backend.domain.cells import EMPTY, Cell, Obstacle
from addon_backend.domain.facts import Fact, Outcome
from addon_backend.engine.plan.placing import Placed
from addon_backend.engine.plan.protection import Following, Seen, decide, decide_follow_up

HERE = Placed(3, "here")
FOUND = Fact("France", "derived_from_phone")


def _seen(**changes):
    facts = {
        "fact": FOUND,
        "placed": HERE,
        "fresh": True,
        "now": EMPTY,
        "before": None,
        "in_place": False,
        "ours_last": None,
        "intended": False,
    }
    return Seen(**{**facts, **changes})


def test_an_empty_cell_is_filled():
    """The default: fill empty cells."""
    decision = decide(_seen())
    assert (decision.outcome, decision.set) == (Outcome.WRITTEN, True)


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        ("no_input", Outcome.NOT_FOUND),
        ("budget", Outcome.NOT_ASKED),
        ("stopped", Outcome.NOT_ASKED),
        ("source_trouble", Outcome.FAILED),
    ],
)
def test_nothing_found_sets_nothing(reason, outcome):
    """Where there is no value the cell is left, with its reason."""
    decision = decide(_seen(fact=Fact(None, reason)))
    assert (decision.outcome, decision.reason, decision.set) == (outcome, reason, False)


def test_a_candidate_waits_for_a_person():
    """A guess is never written."""
    decision = decide(_seen(fact=Fact("France", "guessed", review=True)))
    assert (decision.outcome, decision.set) == (Outcome.REVIEW, False)


@pytest.mark.parametrize("how", ["gone", "ambiguous"])
def test_a_row_that_cannot_be_found_gets_nothing(how):
    """Misplaced values end at zero: no row, no value."""
    decision = decide(_seen(placed=Placed(None, how)))
    assert (decision.outcome, decision.reason, decision.set) == (Outcome.REVIEW, how, False)


@pytest.mark.parametrize("placed", [HERE, Placed(None, "gone")])
def test_a_cell_of_a_deleted_column_is_no_question(placed):
    """Wherever its row is: nobody is asked about a column that she has deleted."""
    for decision in (
        decide(_seen(dropped=True, placed=placed, fresh=False)),
        decide_follow_up(_following(dropped=True, placed=placed)),
    ):
        assert (decision.outcome, decision.reason, decision.set) == (Outcome.KEPT, "column_gone", False)


def test_what_an_earlier_attempt_set_counts_although_its_input_was_deleted_since():
    """The worker died after setting the cell, and she has deleted the phones meanwhile: an undo finds it."""
    stands = {"now": Cell("France"), "intended": True, "dropped": True}
    assert decide(_seen(**stands)).outcome is Outcome.WRITTEN
    assert decide_follow_up(_following(**stands)).outcome is Outcome.WRITTEN


def test_a_result_of_changed_inputs_is_not_written():
    """The row was found, but what the result was computed from has changed."""
    decision = decide(_seen(fresh=False))
    assert (decision.outcome, decision.reason, decision.set) == (Outcome.REVIEW, "input_changed", False)


@pytest.mark.parametrize("obstacle", list(Obstacle))
@pytest.mark.parametrize("in_place", [False, True])
def test_a_guarded_cell_is_never_touched(obstacle, in_place):
    """Formula, spill, merged, validated, protected, hidden: kept, even in place, even when empty."""
    decision = decide(_seen(now=Cell(None, obstacles=frozenset({obstacle})), in_place=in_place))
    assert (decision.outcome, decision.reason, decision.set) == (Outcome.KEPT, obstacle.value, False)


def test_a_formula_is_never_touched():
    """A formula whose value is blank is still a formula."""
    decision = decide(_seen(now=Cell("", formula='=IF(1,"","")')))
    assert (decision.outcome, decision.reason, decision.set) == (Outcome.KEPT, "formula", False)


def test_a_person_s_value_wins():
    """Somebody has filled the cell: it stays."""
    decision = decide(_seen(now=Cell("Belgium")))
    assert (decision.outcome, decision.reason, decision.set) == (Outcome.KEPT, "filled_by_person", False)


def test_a_value_that_is_there_already_is_not_ours():
    """The cell holds the result already, and no attempt of ours set it: not written, not charged."""
    assert decide(_seen(now=Cell("France"))).outcome is Outcome.ALREADY_THERE


def test_a_value_that_an_earlier_attempt_set_is_written():
    """The worker died after setting the cell: the second attempt knows it was us."""
    decision = decide(_seen(now=Cell("France"), intended=True))
    assert (decision.outcome, decision.set) == (Outcome.WRITTEN, False)


def test_what_an_earlier_attempt_set_is_ours_although_its_row_was_edited_since():
    """The worker died after setting the cell, and she has corrected the phone meanwhile: an undo finds it."""
    edited = {"now": Cell("France"), "intended": True, "fresh": False}
    assert decide(_seen(**edited)).outcome is Outcome.WRITTEN
    assert decide_follow_up(_following(**edited)).outcome is Outcome.WRITTEN


def test_in_place_replaces_what_was_read():
    """A column ticked for cleaning in place still holds what was read: replaced."""
    decision = decide(_seen(now=Cell("FRANCE"), before="FRANCE", in_place=True))
    assert (decision.outcome, decision.set) == (Outcome.WRITTEN, True)


def test_in_place_leaves_what_was_edited_since():
    """An edit made during the run wins."""
    decision = decide(_seen(now=Cell("Italia"), before="FRANCE", in_place=True))
    assert (decision.outcome, decision.set) == (Outcome.KEPT, False)


def test_in_place_replaces_a_number_only_by_its_own_type():
    """1 was read as a number; the text "1" is a person's edit."""
    assert decide(_seen(now=Cell("1"), before=1, in_place=True)).outcome is Outcome.KEPT


def test_our_own_earlier_value_may_be_refreshed():
    """The cell holds what our ledger says we last wrote there: it may change."""
    decision = decide(_seen(now=Cell("Germany"), ours_last="Germany"))
    assert (decision.outcome, decision.set) == (Outcome.WRITTEN, True)


def _following(**told):
    """A cell of a follow-up run that still holds what must stand there."""
    plain = {"fact": Fact("France", "chosen"), "placed": Placed(4, "here"), "now": Cell("Belgium")}
    return Following(**{**plain, "stands": "Belgium", **told})


@pytest.mark.parametrize(
    ("told", "outcome", "reason"),
    [
        ({}, Outcome.WRITTEN, "chosen"),
        ({"fact": Fact(None, "not_chosen")}, Outcome.ALREADY_THERE, "not_chosen"),
        ({"placed": Placed(None, "gone")}, Outcome.REVIEW, "gone"),
        ({"placed": Placed(None, "ambiguous")}, Outcome.REVIEW, "ambiguous"),
        ({"fresh": False}, Outcome.REVIEW, "input_changed"),
        ({"now": Cell("Belgium", formula='="Belgium"')}, Outcome.KEPT, "formula"),
        ({"now": Cell("France")}, Outcome.ALREADY_THERE, "chosen"),
        ({"now": Cell("France"), "intended": True}, Outcome.WRITTEN, "chosen"),
        ({"now": Cell("Italy")}, Outcome.KEPT, "edited_since"),
        ({"now": Cell(None)}, Outcome.KEPT, "edited_since"),
        ({"now": Cell("1"), "stands": 1}, Outcome.KEPT, "edited_since"),
    ],
)
def test_a_follow_up_sets_only_what_still_stands(told, outcome, reason):
    """The table of `decide_follow_up`, line by line."""
    decision = decide_follow_up(_following(**told))
    assert (decision.outcome, decision.reason) == (outcome, reason)
    assert decision.set is (not told)


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_a_follow_up_never_touches_a_guarded_cell(obstacle):
    """Only an undo puts hidden rows back: we wrote there while they were in sight."""
    guarded = Cell("Belgium", obstacles=frozenset({obstacle}))
    decision = decide_follow_up(_following(now=guarded))
    assert (decision.outcome, decision.reason, decision.set) == (Outcome.KEPT, obstacle.value, False)
    undone = decide_follow_up(_following(now=guarded, unseen_too=True))
    assert undone.set is (obstacle is Obstacle.HIDDEN)
