"""One run: how it goes, Stop, Continue, taking it over, undo, and its report."""

from __future__ import annotations

from typing import Annotated

from flask import request
from pydantic import Field

from addon_backend.domain.errors import (
    BudgetTooLow,
    KeyMissing,
    KeyReused,
    NotAdmitted,
    NothingToSwap,
    NothingToUndo,
    NotVisible,
    OwnerOnly,
    RunState,
    UndoTooLate,
    WorkspacePaused,
)
from addon_backend.domain.runs import RunState as State
from addon_backend.security.limits import Rate
from addon_backend.services.runs import control
from addon_backend.services.runs.following.swap import swap as swap_run
from addon_backend.services.runs.following.undo import undo as undo_run
from addon_backend.services.runs.report import report as report_run
from addon_backend.services.runs.status import run_version, run_view
from addon_backend.services.runs.views import Report, RunView
from addon_backend.web import edge
from addon_backend.web.contract import Answer, Call, endpoint
from addon_backend.web.selection import Name
from addon_backend.web.shapes import Nothing, Query, Shape
from addon_backend.web.v1.runs import KEY_HEADER, MOST_CREDITS, NOT_PERMITTED, accepted, idempotency_key
from addon_backend.web.waiting import LONGEST_WAIT, wait_until


class StatusQuery(Query):
    """``since`` is the version the caller has; with ``wait``, the answer comes when there is a newer one."""

    since: Annotated[int, Field(ge=0, le=2**62)] | None = None
    wait: Annotated[float, Field(ge=0, le=LONGEST_WAIT)] = 0


@endpoint(
    "GET",
    "/v1/runs/<run_id>",
    asks=StatusQuery,
    replies=RunView,
    errors=(NotVisible,),
    rate=Rate.READ,
    headers={"If-None-Match": "The ETag the caller has: nothing newer is answered with 304."},
)
def status(call: Call[StatusQuery], run_id: str) -> Answer[RunView]:
    """Return the run as it stands, at once or when something changes.

    A wait is granted while fewer than half of the server's threads wait; else the answer comes at once and
    Retry-After says when to ask again.
    """
    run = run_view(call.house, call.caller, run_id)
    headers: dict[str, str] = {}
    if call.asked.wait and call.asked.since == run.version and not State(run.state).final:
        run, headers = _waited(call, run)
    headers["ETag"] = f'"{run.version}"'
    if request.if_none_match.contains_weak(str(run.version)):
        return Answer(None, 304, headers)
    return Answer(run, headers=headers)


def _waited(call: Call[StatusQuery], run: RunView) -> tuple[RunView, dict[str, str]]:
    room = edge.edge().waiting
    with room.seat() as seated:
        if not seated:
            return run, {"Retry-After": str(room.retry_after())}
        changed = wait_until(
            lambda: run_version(call.house, call.caller, run.id) != run.version, call.asked.wait
        )
    return (run_view(call.house, call.caller, run.id) if changed else run), {}


@endpoint(
    "POST",
    "/v1/runs/<run_id>/stop",
    asks=Nothing,
    replies=RunView,
    errors=(NotVisible, RunState),
    rate=Rate.READ,
)
def stop(call: Call[Nothing], run_id: str) -> Answer[RunView]:
    """Order nothing new; what was bought is still written."""
    run = control.stop(call.house, call.caller, run_id)
    return Answer(run, headers={"ETag": f'"{run.version}"'})


class ContinueShape(Shape):
    """How many credits the whole run may cost; null leaves it as it is."""

    spend_at_most: Annotated[int, Field(ge=0, le=MOST_CREDITS)] | None = None


@endpoint(
    "POST",
    "/v1/runs/<run_id>/continue",
    asks=ContinueShape,
    replies=RunView,
    errors=(NotVisible, OwnerOnly, RunState, BudgetTooLow, NotAdmitted, WorkspacePaused),
    rate=Rate.START,
)
def go_on(call: Call[ContinueShape], run_id: str) -> Answer[RunView]:
    """Go on after a trial, or after the budget was reached."""
    run = control.go_on(call.house, call.caller, run_id, call.asked.spend_at_most)
    return Answer(run, headers={"ETag": f'"{run.version}"'})


@endpoint(
    "POST",
    "/v1/runs/<run_id>/take-over",
    asks=Nothing,
    replies=RunView,
    errors=(NotVisible, RunState, NotAdmitted, WorkspacePaused),
    rate=Rate.START,
)
def take_over(call: Call[Nothing], run_id: str) -> Answer[RunView]:
    """Become the member of a run whose own can no longer open the file; it goes on within its quote."""
    run = control.take_over(call.house, call.caller, run_id)
    return Answer(run, headers={"ETag": f'"{run.version}"'})


@endpoint(
    "POST",
    "/v1/runs/<run_id>/undo",
    asks=Nothing,
    replies=RunView,
    errors=(
        KeyMissing,
        KeyReused,
        NotVisible,
        NothingToUndo,
        RunState,
        UndoTooLate,
        NotAdmitted,
        WorkspacePaused,
    ),
    rate=Rate.START,
    status=202,
    headers=KEY_HEADER,
)
def undo(call: Call[Nothing], run_id: str) -> Answer[RunView]:
    """Put back every cell that still holds what the run wrote; ask its Location how it goes.

    It is a run like any other: it can be stopped, and it can be undone.
    """
    run, replayed = undo_run(call.house, call.caller, run_id, idempotency_key())
    return accepted(run, replayed=replayed)


class SwapShape(Shape):
    """Which column: the ``name`` of an output that says ``can_swap``."""

    output: Name


@endpoint(
    "POST",
    "/v1/runs/<run_id>/swap",
    asks=SwapShape,
    replies=RunView,
    errors=(KeyMissing, KeyReused, NotVisible, NothingToSwap, RunState, UndoTooLate, *NOT_PERMITTED),
    rate=Rate.START,
    status=202,
    headers=KEY_HEADER,
)
def swap(call: Call[SwapShape], run_id: str) -> Answer[RunView]:
    """Put the values of a column cleaned beside into its original; ask its Location how it goes.

    Rows that somebody has edited since stay as they are. It is a run like any other, and can be undone.
    """
    run, replayed = swap_run(call.house, call.caller, run_id, call.asked.output, idempotency_key())
    return accepted(run, replayed=replayed)


@endpoint(
    "GET",
    "/v1/runs/<run_id>/report",
    asks=Nothing,
    replies=Report,
    errors=(NotVisible,),
    rate=Rate.READ,
)
def report(call: Call[Nothing], run_id: str) -> Answer[Report]:
    """Return the end of a run for a person: what was done, why not, and what was not spent."""
    return Answer(report_run(call.house, call.caller, run_id))
