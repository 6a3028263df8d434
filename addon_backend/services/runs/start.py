"""Press Enrich: a run, its reservation and its first work, in one transaction; then the bell."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from addon_backend.domain.errors import (
    KeyMissing,
    KeyReused,
    QuoteExpired,
    QuoteMismatch,
    TermsNotAccepted,
)
from addon_backend.domain.runs import TRIAL_ROWS, Chunk, ChunkState, Reservation, Run, RunState, Stage
from addon_backend.ports.store import KeptAnswer
from addon_backend.services.runs.permits import permit
from addon_backend.services.runs.selection.marks import keep_marks
from addon_backend.services.runs.status import view

if TYPE_CHECKING:
    from addon_backend.domain.runs import Quote
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.views import RunView, StartOrder

LONGEST_KEY = 200
ACCEPTED = 202


def start(
    house: House, caller: Caller, order: StartOrder, key: str, body_digest: str
) -> tuple[RunView, bool]:
    """Start the quoted run once. Returns where it stands, and True when this key had started it before.

    Raises `KeyMissing`, `KeyReused`, `TermsNotAccepted`, `QuoteUnknown`, `QuoteExpired`, `QuoteMismatch`,
    `QuoteUsed`, or what `permit` and `Switches.permitted` refuse.
    """
    with house.store.unit() as unit:
        before = started_before(unit, caller, key, body_digest)
        if before is not None:
            return view(unit, caller, before), True
        if unit.accounts.terms_in_force(caller.workspace) is None:
            raise TermsNotAccepted
        recipe = permit(unit, caller).permitted(order.recipe, caller.language)
        quote = _quote_for(unit, caller, replace(order, recipe=recipe))
        run = _run_of(caller, order, quote)
        unit.quotes.use(caller.workspace, quote.id, run.id)
        run = add_run(unit, run, _reservation(order, quote, run.trial_rows))
        keep_marks(unit, run, quote.marks)
        keep_key(unit, caller, key, body_digest, run)
        shown = view(unit, caller, run)
        unit.commit()
    house.bell.ring()
    return shown, False


def started_before(unit: UnitOfWork, caller: Caller, key: str, body_digest: str) -> Run | None:
    """Return the run that this idempotency key has started. Raises `KeyMissing`, `KeyReused`."""
    kept = answered_before(unit, caller, key, body_digest)
    return None if kept is None else unit.runs.get(caller.workspace, kept.answer)


def answered_before(unit: UnitOfWork, caller: Caller, key: str, body_digest: str) -> KeptAnswer | None:
    """Return what this idempotency key has answered. Raises `KeyMissing`, `KeyReused`."""
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        raise KeyMissing
    kept = unit.keys.get(caller.workspace, caller.member, key)
    if kept is not None and kept.body_digest != body_digest:
        raise KeyReused
    return kept


def keep_key(unit: UnitOfWork, caller: Caller, key: str, body_digest: str, run: Run) -> None:
    """Keep what this key has started, in the transaction of the start."""
    unit.keys.put(caller.workspace, caller.member, key, KeptAnswer(body_digest, ACCEPTED, run.id))


def _quote_for(unit: UnitOfWork, caller: Caller, order: StartOrder) -> Quote:
    quote = unit.quotes.get(caller.workspace, caller.member, order.quote_id)
    if quote.expires_at < unit.now():
        raise QuoteExpired
    if (quote.sheet, quote.range, quote.recipe) != (order.sheet, order.range, order.recipe):
        raise QuoteMismatch
    return quote


def _run_of(caller: Caller, order: StartOrder, quote: Quote) -> Run:
    return Run(
        id=token_urlsafe(12),
        workspace=caller.workspace,
        member=caller.member,
        sheet=quote.sheet,
        title=quote.title,
        range=quote.range,
        header_row=quote.header_row,
        recipe=quote.recipe,
        language=caller.language,
        state=RunState.QUEUED,
        kinds=quote.kinds,
        rows=quote.rows,
        trial_rows=TRIAL_ROWS if order.trial and quote.rows > TRIAL_ROWS else 0,
    )


def _reservation(order: StartOrder, quote: Quote, trial_rows: int) -> Reservation:
    """Reserve for the whole quote, less what the person wants to spend at most; a trial reserves its part."""
    most = quote.credits if order.spend_at_most is None else min(quote.credits, max(0, order.spend_at_most))
    if trial_rows:
        most = min(most, -(-quote.credits * trial_rows // max(1, quote.rows)))
    return Reservation(
        quoted=quote.credits,
        reserved=most,
        spent=0,
        released=0,
        provider_units_quoted=quote.provider_units,
    )


def add_run(unit: UnitOfWork, run: Run, reservation: Reservation) -> Run:
    """Add a run with its reservation and its first work, which is to prepare it."""
    first = Chunk(run.id, run.workspace, Stage.PREPARE, 0, 0, 0, ChunkState.PLANNED)
    unit.runs.add(run, reservation, [first])
    return unit.runs.get(run.workspace, run.id)
