"""The install doctor: what stands between this workspace and a run, each with what mends it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from addon_backend.services.admin.proof import demand_proof, desk_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.workspaces import Caller
    from addon_backend.services.house import House

OLDEST_BEAT_SECONDS = 10.0
MOST_SKEW_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: ``good`` or not, a code for its sentence, and counts to fill in."""

    code: str
    good: bool
    facts: Mapping[str, int] = field(default_factory=dict)


def examine(house: House, caller: Caller, *, mail: bool) -> Sequence[Finding]:
    """Look at everything, troubles first; ``mail`` says whether letters leave. Raises `NotAdministrator`."""
    desk = desk_of(house)
    with house.store.reading() as unit:
        demand_proof(unit, caller)
        workspace = unit.accounts.workspace(caller.workspace)
        email = unit.accounts.member(caller.workspace, caller.member).email
        switches = unit.administration.switches(caller.workspace)
        seats = unit.administration.seats(caller.workspace, desk.provider)
        beat = unit.work.beat("sweeper")
        skew = abs(unit.now() - time.time())
    findings = [
        Finding("client", good=True),
        _either("https", house.public_url.startswith("https://")),
        _either("mail", mail),
        _either("workers", beat is not None and beat <= OLDEST_BEAT_SECONDS),
        Finding(
            "clock" if skew <= MOST_SKEW_SECONDS else "no_clock",
            skew <= MOST_SKEW_SECONDS,
            {"n": round(skew)},
        ),
    ]
    if switches.paused:
        findings.append(Finding("paused", good=False))
    for_all = switches.delegation and desk.offers_delegation(workspace.key)
    if for_all:
        trouble = desk.delegation_trouble(email)
        known = {"delegation_refused", "delegation_unknown_user"}
        code = "delegation" if not trouble else trouble if trouble in known else "delegation_silent"
        findings.append(Finding(code, good=not trouble))
    else:
        given = sum(seat.granted is True for seat in seats)
        ended = sum(seat.granted is False for seat in seats)
        findings.append(
            Finding("consent" if given else "no_consent", bool(given), {"n": given, "all": len(seats)})
        )
        if ended:
            findings.append(Finding("consent_ended", good=False, facts={"n": ended}))
    return sorted(findings, key=lambda finding: finding.good)


def _either(code: str, good: bool) -> Finding:  # noqa: FBT001 - the finding is about nothing else
    return Finding(code if good else f"no_{code}", good)
