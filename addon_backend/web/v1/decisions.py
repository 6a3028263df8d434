"""What a run has left open: the one decisions list, and what a person answers."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from addon_backend.domain.errors import (
    CreditsReleased,
    DecisionUnknown,
    KeyMissing,
    KeyReused,
    NotAdmitted,
    NotVisible,
    RunState,
    WorkspacePaused,
)
from addon_backend.security.limits import Rate
from addon_backend.services.runs.following import decisions as use
from addon_backend.services.runs.following.views import Answered, AnswerOrder, Decisions, RowsNow, Take
from addon_backend.web.contract import Answer, Call, endpoint
from addon_backend.web.shapes import Query, Shape
from addon_backend.web.v1.runs import KEY_HEADER, idempotency_key

MOST_GROUPS = 200

Label = Annotated[str, Field(pattern=r"^[0-9a-f]{16}$", description="A stable label, never a row number.")]


class DecisionsQuery(Query):
    """How many groups, and from which position on: ``after`` is the ``next`` of the page before."""

    limit: Annotated[int, Field(ge=1, le=100)] = 20
    after: Annotated[int, Field(ge=0, le=100_000_000)] = 0


@endpoint(
    "GET",
    "/v1/runs/<run_id>/decisions",
    asks=DecisionsQuery,
    replies=Decisions,
    errors=(NotVisible, RunState),
    rate=Rate.READ,
)
def decisions(call: Call[DecisionsQuery], run_id: str) -> Answer[Decisions]:
    """List what a run that ended or waits has left open: identical rows together, largest group first."""
    asked = call.asked
    return Answer(use.decisions(call.house, call.caller, run_id, asked.limit, asked.after))


class TakeShape(Shape):
    """Set what is offered: for all open rows of a group, or for the one with this label."""

    group: Label
    row: Label | None = None


class AnswerShape(Shape):
    """What the person decided; one thing at least. The rest is all that is open besides."""

    take: Annotated[list[TakeShape], Field(max_length=MOST_GROUPS)] = Field(default_factory=list)
    leave: Annotated[list[Label], Field(max_length=MOST_GROUPS)] = Field(default_factory=list)
    leave_rest: bool = False
    take_rest: bool = False

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.take or self.leave or self.leave_rest or self.take_rest):
            raise ValueError("nothing is decided")
        if self.leave_rest and self.take_rest:
            raise ValueError("the rest is taken or left, not both")
        return self


@endpoint(
    "POST",
    "/v1/runs/<run_id>/decisions",
    asks=AnswerShape,
    replies=Answered,
    errors=(
        KeyMissing,
        KeyReused,
        NotVisible,
        RunState,
        DecisionUnknown,
        CreditsReleased,
        NotAdmitted,
        WorkspacePaused,
    ),
    rate=Rate.LOOK,
    headers=KEY_HEADER,
)
def answer(call: Call[AnswerShape], run_id: str) -> Answer[Answered]:
    """Settle what was decided. What is taken starts a run, which can be stopped and undone like any other.

    A cell is set only where it still holds what the list showed; one that does not is offered again.
    """
    asked = call.asked
    taken = [Take(one.group, one.row) for one in asked.take]
    order = AnswerOrder(taken, asked.leave, leave_rest=asked.leave_rest, take_rest=asked.take_rest)
    shown, replayed = use.answer(call.house, call.caller, run_id, order, idempotency_key(), call.digest)
    headers = {} if shown.run is None else {"Location": f"/v1/runs/{shown.run.id}"}
    return Answer(shown, headers=headers | ({"Idempotent-Replayed": "true"} if replayed else {}))


class RowsShape(Shape):
    """Whose rows."""

    groups: Annotated[list[Label], Field(min_length=1, max_length=MOST_GROUPS)]


@endpoint(
    "POST",
    "/v1/runs/<run_id>/rows",
    asks=RowsShape,
    replies=RowsNow,
    errors=(NotVisible, RunState, DecisionUnknown),
    rate=Rate.LOOK,
)
def rows(call: Call[RowsShape], run_id: str) -> Answer[RowsNow]:
    """Say where the open rows of some groups stand in the sheet now, so that they can be shown there."""
    return Answer(use.rows_now(call.house, call.caller, run_id, call.asked.groups))
