"""Tells people of runs that ended or wait while they were not looking: one e-mail each (DESIGN §4.8).

The need is written in the transaction that ends or parks the run (`ports.store.Notices`); a worker tells of
it a minute later, unless its member has looked at it by then: a panel that is open has. A notice leaves the
outbox *before* its letter is sent, so that each end is told at most once: a second "your list is ready" costs
trust, while what a dying worker loses here is still on the badge that waits in the panel.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import structlog

from addon_backend.domain.letters import run_letter
from addon_backend.ports.mailer import Delivery, Letter
from addon_backend.services.runs.status import tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from addon_backend.ports.store import Notice, UnitOfWork
    from addon_backend.services.house import House

FIRST_PAUSE = 60.0
MOST_AT_ONCE = 5
"""Letters in one go: whoever sends them does no work on runs meanwhile."""
MOST_TRIES = 9
"""The pause doubles: the last try is four hours after the first."""

log = structlog.get_logger(__name__)


def tell(house: House, should_stop: Callable[[], bool]) -> int:
    """Tell of some of what is due, and return how many letters were sent; the post's trouble ends it."""
    sent = 0
    while sent < MOST_AT_ONCE and not should_stop():
        with house.store.unit() as unit:
            notice = unit.notices.take()
            letter = _letter(house, unit, notice) if notice else None
            unit.commit()
        if notice is None:
            break
        if letter is not None and not _send(house, notice, letter):
            break
        sent += letter is not None
    return sent


def _send(house: House, notice: Notice, letter: Letter) -> bool:
    delivery = house.mailer.send(letter)
    log.info("notice", run=notice.run, status=delivery.value, attempt=notice.tries + 1)
    if delivery is Delivery.LATER and notice.tries + 1 < MOST_TRIES:
        with house.store.unit() as unit:
            unit.notices.put_back(notice, FIRST_PAUSE * 2**notice.tries)
            unit.commit()
    return delivery is Delivery.SENT


def _letter(house: House, unit: UnitOfWork, notice: Notice) -> Letter | None:
    """Write the letter; None where she has looked since, wants none, or has told us no address."""
    run = unit.runs.get(notice.workspace, notice.run)
    member = unit.accounts.member(run.workspace, run.member)
    if not run.unseen or not member.mail or not member.email:
        return None
    chunks = unit.chunks.of_run(run.workspace, run.id)
    counts: Counter[str] = Counter(rows=run.rows)
    for output in run.outputs:
        for outcome, reasons in tally(output, run, chunks).items():
            counts[outcome] += reasons.total()
    counts["credits"] = unit.runs.reservation(run.workspace, run.id).spent
    link = house.links.get(run.sheet.host, house.public_url).format(document=run.sheet.document)
    subject, text = run_letter(run.state.value, run.reason, counts, link, run.language)
    return Letter(member.email, subject, text)
