"""What Google's APIs are shown when a run works for a member: an access token, never older than it may be."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from addon_backend.domain.errors import ConsentNeeded
from addon_backend.google.consent import AccessToken, GoogleConsent
from addon_backend.google.delegation import Delegation
from addon_backend.ports.store import Store

SPARE_SECONDS = 60.0
"""A token that ends sooner is not handed out: a call may take that long."""
_MOST_KEPT = 1_000
_STRIPES = 64


@dataclass(frozen=True, slots=True)
class _Kept:
    """An access token, what it was made from, and when it ends on our clock."""

    made_from: str | float
    text: str = field(repr=False)
    ends: float


class AccessTokens:
    """Access tokens by member: from her own consent, or from her organisation's where that is switched on.

    They are kept in memory only. The store is asked each time, so that a consent that was withdrawn, or given
    anew, anywhere counts at once. Threads may share it: of those that need a member's token at the same
    moment one asks Google.
    """

    def __init__(
        self,
        store: Store,
        consent: GoogleConsent,
        delegation: Delegation | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._consent = consent
        self._delegation = delegation
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._turns = tuple(threading.Lock() for _ in range(_STRIPES))

    def token(self, workspace: str, member: str) -> str:
        """Return a token that is good for another minute at least.

        To be asked outside of any transaction. Raises `ConsentNeeded` where she has never consented
        (``not_connected``) or does not any more (``consent_ended``), `AccessLost` where her organisation does
        not let us (``delegation_…``): the run waits for a person. Raises `HostTrouble` where Google does not
        answer: the run is put off.
        """
        with self._turns[hash((workspace, member)) % _STRIPES]:
            with self._store.reading() as unit:
                key = unit.accounts.workspace(workspace).key
                email = unit.accounts.member(workspace, member).email
                found = unit.credentials.get(workspace, member, self._consent.provider)
                for_all = unit.administration.switches(workspace).delegation
            if for_all and self._delegation is not None and self._delegation.serves(key):
                delegation = self._delegation
                return self._current(workspace, member, email, lambda: delegation.token(email))
            if found is None:
                raise ConsentNeeded(reason="not_connected")
            if not found.token:
                raise ConsentNeeded(reason="consent_ended")
            granted_at, token = found.granted_at, found.token
            return self._current(
                workspace, member, granted_at, lambda: self._refreshed(workspace, member, token, granted_at)
            )

    def drop(self, workspace: str, member: str) -> None:
        """Keep her token no longer: Google has refused it before its time."""
        with self._lock:
            self._kept.pop((workspace, member), None)

    def _current(
        self, workspace: str, member: str, made_from: str | float, make: Callable[[], AccessToken]
    ) -> str:
        with self._lock:
            kept = self._kept.get((workspace, member))
        now = self._clock()
        if kept is not None and kept.made_from == made_from and now < kept.ends - SPARE_SECONDS:
            return kept.text
        made = make()
        with self._lock:
            self._kept[workspace, member] = _Kept(made_from, made.text, now + made.seconds)
            self._kept.move_to_end((workspace, member))
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return made.text

    def _refreshed(self, workspace: str, member: str, token: str, granted_at: float) -> AccessToken:
        """Ask Google; that a consent has ended is remembered, and its token erased."""
        try:
            return self._consent.refresh(token)
        except ConsentNeeded:
            with self._store.unit() as unit:
                unit.credentials.revoke(workspace, member, self._consent.provider, granted_at)
                unit.commit()
            self.drop(workspace, member)
            raise
