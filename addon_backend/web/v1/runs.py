"""Runs: the screen before one, the start of one, and the list of those that were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from flask import request
from pydantic import Field

from addon_backend.domain.errors import (
    EngineUnavailable,
    FieldSwitchedOff,
    FileUnknown,
    InPlaceSwitchedOff,
    KeyMissing,
    KeyReused,
    NotAdmitted,
    NothingToDo,
    NothingToRead,
    NotVisible,
    QuoteExpired,
    QuoteMismatch,
    QuoteUnknown,
    QuoteUsed,
    RangeUnclear,
    RecipeUnknown,
    SelectionEmpty,
    SheetProtected,
    SheetUnknown,
    TermsNotAccepted,
    WorkspacePaused,
)
from addon_backend.domain.sheet import parse_a1
from addon_backend.security.limits import Rate
from addon_backend.services.runs.history import history as past_runs
from addon_backend.services.runs.history import unseen as unseen_runs
from addon_backend.services.runs.selection.preview import preview as preview_run
from addon_backend.services.runs.selection.views import Preview
from addon_backend.services.runs.start import start as start_run
from addon_backend.services.runs.views import HistoryLine, RunView, StartOrder
from addon_backend.web.contract import SELECTION_BYTES, Answer, Call, endpoint
from addon_backend.web.selection import Name, Range, RecipeIn, SelectionShape, SheetShape, read_recipe
from addon_backend.web.shapes import Query, Shape

NOT_PERMITTED = (NotAdmitted, WorkspacePaused, FieldSwitchedOff, InPlaceSwitchedOff)
"""What an administrator's switches refuse."""

MOST_CREDITS = 1_000_000_000
KEY_HEADER = {
    "Idempotency-Key": "8 to 200 visible ASCII characters; one key starts one run, however often sent."
}
_KEY = re.compile(r"[\x21-\x7e]{8,200}")


class PreviewShape(SelectionShape):
    """A selection and what to do with it."""

    recipe: RecipeIn = "standard"


@endpoint(
    "POST",
    "/v1/runs/preview",
    asks=PreviewShape,
    replies=Preview,
    errors=(
        NotVisible,
        FileUnknown,
        SheetUnknown,
        SelectionEmpty,
        NothingToRead,
        NothingToDo,
        RangeUnclear,
        RecipeUnknown,
        SheetProtected,
        *NOT_PERMITTED,
    ),
    rate=Rate.LOOK,
    longest=SELECTION_BYTES,
)
def preview(call: Call[PreviewShape]) -> Answer[Preview]:
    """Say what a run would do, show five rows before and after, and quote its ceiling for 15 minutes."""
    recipe = read_recipe(call.asked.recipe)
    return Answer(preview_run(call.house, call.caller, call.asked.selection(), recipe))


class StartShape(Shape):
    """Press Enrich: the quote, and the same sheet, range and recipe that it was made for."""

    quote_id: Name
    sheet: SheetShape
    range: Range
    recipe: RecipeIn
    trial: bool = False
    spend_at_most: Annotated[int, Field(ge=0, le=MOST_CREDITS)] | None = None


@endpoint(
    "POST",
    "/v1/runs",
    asks=StartShape,
    replies=RunView,
    errors=(
        KeyMissing,
        KeyReused,
        TermsNotAccepted,
        QuoteUnknown,
        QuoteExpired,
        QuoteMismatch,
        QuoteUsed,
        RangeUnclear,
        RecipeUnknown,
        EngineUnavailable,
        *NOT_PERMITTED,
    ),
    rate=Rate.START,
    status=202,
    headers=KEY_HEADER,
)
def start(call: Call[StartShape]) -> Answer[RunView]:
    """Start the quoted run once; ask its Location how it goes."""
    key = idempotency_key()
    asked = call.asked
    order = StartOrder(
        quote_id=asked.quote_id,
        sheet=asked.sheet.ref(),
        range=parse_a1(asked.range),
        recipe=read_recipe(asked.recipe),
        trial=asked.trial,
        spend_at_most=asked.spend_at_most,
    )
    run, replayed = start_run(call.house, call.caller, order, key, call.digest)
    return accepted(run, replayed=replayed)


def idempotency_key() -> str:
    """Return the request's key. Raises `KeyMissing`."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise KeyMissing
    return key


def accepted(run: RunView, *, replayed: bool) -> Answer[RunView]:
    """Answer with a run that was started, now or by the same key before."""
    headers = {"Location": f"/v1/runs/{run.id}", "ETag": f'"{run.version}"'}
    return Answer(run, 202, headers | ({"Idempotent-Replayed": "true"} if replayed else {}))


class HistoryQuery(Query):
    """Which runs: of one document, created before a moment, at most so many.

    With ``unseen``, those of any document that ended or wait and that the caller has not looked at.
    """

    document: Name | None = None
    before: Annotated[float, Field(ge=0, le=1e11)] | None = None
    unseen: bool = False
    limit: Annotated[int, Field(ge=1, le=100)] = 20


@dataclass(frozen=True, slots=True)
class History:
    """A page of the history, newest first. ``before`` asks for the next page; null where this is the last."""

    runs: Sequence[HistoryLine]
    before: float | None


@endpoint("GET", "/v1/runs", asks=HistoryQuery, replies=History, rate=Rate.READ)
def history(call: Call[HistoryQuery]) -> Answer[History]:
    """List the caller's runs, newest first; of a document that she can open, everybody's."""
    asked = call.asked
    if asked.unseen:
        return Answer(History(unseen_runs(call.house, call.caller), None))
    lines = past_runs(call.house, call.caller, asked.document, asked.before, asked.limit)
    return Answer(History(lines, lines[-1].created_at if len(lines) == asked.limit else None))
