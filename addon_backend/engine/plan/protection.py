"""The protection table: what may become of one cell (laws 3 and 4), in one place.

Read it top down: the first line that fits decides.

====================================================  ======================================
what we see                                           what becomes of the cell
====================================================  ======================================
nothing was asked, as the cell was guarded and is     left; ``kept: <obstacle>``
nothing was found, or not asked                       left; ``not_found`` / ``not_asked``
an earlier attempt of this write has set it           left; ``written``, whatever was changed since
its column, or one it is computed from, is deleted    left; ``kept: column_gone``
the row is gone, or cannot be told from another       left; ``review: gone`` / ``ambiguous``
an input cell was changed since it was read           left; ``review: input_changed``
formula, spill, merged, validated, protected, hidden  left; ``kept: <obstacle>``
it holds our result already                           left; ``already_there``
it is blank; in place, and it holds what was read;    set; ``written``. A candidate that a person
it holds what our ledger says we last wrote there     must choose: left; ``review``
anything else: a person's value                       left; ``kept: filled_by_person``
====================================================  ======================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.domain.cells import CellValue, Obstacle, is_blank, same_value
from addon_backend.domain.facts import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection

    from addon_backend.domain.cells import Cell
    from addon_backend.domain.facts import Fact
    from addon_backend.engine.plan.placing import Placed

COLUMN_GONE = "column_gone"
_ORDER = (
    Obstacle.FORMULA,
    Obstacle.SPILL,
    Obstacle.MERGED,
    Obstacle.VALIDATED,
    Obstacle.PROTECTED,
    Obstacle.HIDDEN,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one cell; ``set`` says that the fact's value is to be sent to the host."""

    outcome: Outcome
    reason: str
    set: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything the decision depends on, for one cell.

    ``now`` is the output cell as the guard read saw it, ``before`` what the snapshot held there,
    ``ours_last`` what our ledger says we wrote there in an earlier run, ``intended`` that an earlier attempt
    of this write had decided to set it, ``dropped`` that a column that the cell needs was deleted.
    """

    fact: Fact
    placed: Placed
    fresh: bool
    now: Cell
    before: CellValue
    in_place: bool
    ours_last: CellValue = None
    intended: bool = False
    dropped: bool = False


def decide(seen: Seen) -> Decision:
    """Apply the table above to one cell."""
    fact = seen.fact
    obstacle = _obstacle(seen.now, seen.now.obstacles)
    if fact.value is None:
        if fact.reason == "guarded" and obstacle is not None:
            return Decision(Outcome.KEPT, obstacle.value)
        return Decision(OUTCOME_OF_NOTHING.get(fact.reason, Outcome.NOT_FOUND), fact.reason)
    stands = seen.placed.row is not None and _same(seen.now.value, fact.value)
    if stands and seen.intended:
        return Decision(Outcome.WRITTEN, fact.reason)
    out_of_date = _out_of_date(seen)
    if out_of_date is not None:
        return out_of_date
    if obstacle is not None:
        return Decision(Outcome.KEPT, obstacle.value)
    if stands:
        return Decision(Outcome.ALREADY_THERE, fact.reason)
    if is_blank(seen.now.value) or _ours_to_replace(seen):
        if fact.review:
            return Decision(Outcome.REVIEW, fact.reason)
        return Decision(Outcome.WRITTEN, fact.reason, set=True)
    return Decision(Outcome.KEPT, "filled_by_person")


@dataclass(frozen=True, slots=True)
class Following:
    """The same for one cell of a follow-up run: ``fact`` is what to put, ``stands`` what must still be there.

    ``fresh`` is False where an input of the row was changed since; ``unseen_too`` allows hidden rows.
    """

    fact: Fact
    placed: Placed
    now: Cell
    stands: CellValue
    fresh: bool = True
    unseen_too: bool = False
    intended: bool = False
    dropped: bool = False


def decide_follow_up(seen: Following) -> Decision:
    """Say what becomes of one cell of a follow-up run. Read top down: the first line that fits decides.

    ====================================================  ======================================
    there is nothing to put                               left; ``already_there``
    an earlier attempt of this write has set it           left; ``written``, whatever was changed since
    its column is deleted                                 left; ``kept: column_gone``
    the row is gone, or cannot be told from another       left; ``review: gone`` / ``ambiguous``
    an input cell was changed since it was read           left; ``review: input_changed``
    formula, spill, merged, validated, protected, hidden  left; ``kept: <obstacle>``
    it holds what is to be put                            left; ``already_there``
    it holds what must still stand there                  set; ``written``
    anything else, blank too: somebody's edit             left; ``kept: edited_since``
    ====================================================  ======================================

    An undo asks for no freshness and puts hidden rows back too: what we wrote while they were in sight is
    ours to take back.
    """
    fact = seen.fact
    if fact.value is None:
        return Decision(Outcome.ALREADY_THERE, fact.reason)
    stands = seen.placed.row is not None and same_value(seen.now.value, fact.put)
    if stands and seen.intended:
        return Decision(Outcome.WRITTEN, fact.reason)
    out_of_date = _out_of_date(seen)
    if out_of_date is not None:
        return out_of_date
    obstacles = seen.now.obstacles - {Obstacle.HIDDEN} if seen.unseen_too else seen.now.obstacles
    obstacle = _obstacle(seen.now, obstacles)
    if obstacle is not None:
        return Decision(Outcome.KEPT, obstacle.value)
    if stands:
        return Decision(Outcome.ALREADY_THERE, fact.reason)
    if same_value(seen.now.value, seen.stands):
        return Decision(Outcome.WRITTEN, fact.reason, set=True)
    return Decision(Outcome.KEPT, "edited_since")


OUTCOME_OF_NOTHING = {
    COLUMN_GONE: Outcome.KEPT,
    "budget": Outcome.NOT_ASKED,
    "not_asked": Outcome.NOT_ASKED,
    "guarded": Outcome.NOT_ASKED,
    "stopped": Outcome.NOT_ASKED,
    "nothing_to_clean": Outcome.ALREADY_THERE,
    "already_clean": Outcome.ALREADY_THERE,
    "source_trouble": Outcome.FAILED,
}


def _out_of_date(seen: Seen | Following) -> Decision | None:
    """Say why a cell is left whose column, row or input is not there any more as it was read."""
    if seen.dropped:
        return Decision(Outcome.KEPT, COLUMN_GONE)
    if seen.placed.row is None:
        return Decision(Outcome.REVIEW, seen.placed.how)
    return None if seen.fresh else Decision(Outcome.REVIEW, "input_changed")


def _obstacle(cell: Cell, obstacles: Collection[Obstacle]) -> Obstacle | None:
    """Return what stands in the way first; a formula always does."""
    first = next((one for one in _ORDER if one in obstacles), None)
    return Obstacle.FORMULA if first is None and cell.formula is not None else first


def _same(now: CellValue, value: CellValue) -> bool:
    return same_value(now, value) or (is_blank(now) and is_blank(value))


def _ours_to_replace(seen: Seen) -> bool:
    if seen.in_place and same_value(seen.now.value, seen.before):
        return True
    return seen.ours_last is not None and same_value(seen.now.value, seen.ours_last)
