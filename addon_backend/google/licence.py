"""Google Workspace Marketplace: who has installed us (``appsmarket.v2``).

https://developers.google.com/workspace/marketplace/reference/rest/v2. An organisation is asked for first;
where it has not installed us, a member may have done so for herself.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

import structlog

from addon_backend.domain.errors import AddonError, HostTrouble
from addon_backend.google.consent import PREFIX
from addon_backend.google.wire import ask
from addon_backend.ports.identity import Identity

SCOPE = f"{PREFIX}appsmarketplace.license"
ACTIVE = "ACTIVE"
_STATES = frozenset({ACTIVE, "UNLICENSED", "EXPIRED"})
KEPT_SECONDS = 3600.0
"""How long the Marketplace's word counts."""
REFUSAL_SECONDS = 60.0
"""How long a no counts: whoever has just installed us does not wait for an hour."""
SILENT_SECONDS = 60.0
"""For so long after a silence nobody who signs in waits for the Marketplace again."""
_MOST_KEPT = 10_000

log = structlog.get_logger(__name__)


class _Kept(NamedTuple):
    state: str
    ends: float


class MarketplaceLicences:
    """Implements `ports.licences.Licences` for one application. Threads may share it."""

    def __init__(
        self,
        application: str,
        url: str,
        token: Callable[[], str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the application's id at the Marketplace, its address, and who gives a token for `SCOPE`."""
        self._application = application
        self._url = url
        self._token = token
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._silent_until = float("-inf")
        self._lock = threading.Lock()

    def refuses(self, identity: Identity) -> bool:
        """Ask for the organisation, and where it has not installed us for the person."""
        if not identity.domain:
            return False
        try:
            if self.customer(identity.domain) == ACTIVE:
                return False
            return self.user(identity.email) != ACTIVE
        except AddonError as trouble:
            log.warning("marketplace_not_asked", code=trouble.code, reason=trouble.facts.get("reason", ""))
            return False

    def customer(self, domain: str) -> str:
        """Return an organisation's state: ``ACTIVE`` or ``UNLICENSED``.

        Raises `HostTrouble` where the Marketplace does not say, and what the token raises.
        """
        return self._state("customerLicense", domain)

    def user(self, email: str) -> str:
        """Return a person's state: ``ACTIVE``, ``UNLICENSED`` or ``EXPIRED``. Raises as `customer`."""
        return self._state("userLicense", email)

    def _state(self, kind: str, whose: str) -> str:
        path = f"/appsmarket/v2/{kind}/{quote(self._application, safe='')}/{quote(whose, safe='')}"
        with self._lock:
            kept, silent = self._kept.get(path), self._clock() < self._silent_until
        if kept is not None and self._clock() < kept.ends:
            return kept.state
        if silent:
            raise HostTrouble(reason="marketplace_silent")
        try:
            state = self._asked(path)
        except AddonError:
            with self._lock:
                self._silent_until = self._clock() + SILENT_SECONDS
            raise
        with self._lock:
            seconds = KEPT_SECONDS if state == ACTIVE else REFUSAL_SECONDS
            self._kept[path] = _Kept(state, self._clock() + seconds)
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return state

    def _asked(self, path: str) -> str:
        answer = ask("GET", self._url + path, bearer=self._token())
        state = answer.text("state")
        if answer.status != 200 or state not in _STATES:
            raise HostTrouble(reason="marketplace_unclear", status=answer.status)
        return state
