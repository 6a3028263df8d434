"""A priced source with made-up companies, for the sandbox: it shows what asking and paying look like.

It knows no real company. Every value is drawn from a hash of the domain, so that the same domain always gets
the same answer, on every machine.
"""

from __future__ import annotations

from bisect import bisect_right
from hashlib import blake2b
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Fact
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.enrich.companies import domain_of_row
from addon_backend.ports.source import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FOUND_PERCENT = 70
_HALF_FOUND_PERCENT = 12
"""Of the companies that are found, how many have an industry but no size."""

_INDUSTRIES = (
    ("Software", 14),
    ("Business services", 12),
    ("Manufacturing", 12),
    ("Retail", 10),
    ("Construction", 9),
    ("Wholesale", 8),
    ("Transport and logistics", 7),
    ("Health care", 7),
    ("Food and beverages", 6),
    ("Hotels and restaurants", 5),
    ("Financial services", 4),
    ("Education", 3),
    ("Energy", 2),
    ("Public administration", 1),
)
_SIZES = (
    ("1-10", 36),
    ("11-50", 28),
    ("51-200", 18),
    ("201-500", 9),
    ("501-1000", 5),
    ("1001-5000", 3),
    ("5001+", 1),
)


class DemoSource:
    """Made-up industries and sizes by domain, one credit per new value.

    ``pause`` seconds are slept once per call with ``sleep``, as a real provider would make a run wait.
    """

    name = "demo"
    fields = ("company.industry", "company.size")
    needs = (ColumnKind.COMPANY_DOMAIN, ColumnKind.URL, ColumnKind.EMAIL)
    provider_units = 1
    batch_size = 50
    slow = True
    licence = "demonstration: made-up values"

    def __init__(self, pause: float = 0.0, sleep: Callable[[float], None] | None = None) -> None:
        """Answer at once, or after a pause. ``sleep`` must be given for a pause to happen."""
        self._pause = pause
        self._sleep = sleep

    def price(self, field: str) -> int:
        """Return 1 for the fields of this source. Raises `KeyError` for others."""
        if field not in self.fields:
            raise KeyError(field)
        return 1

    def identity(self, inputs: Mapping[ColumnKind, str]) -> str | None:
        """Return the company's registrable domain; None for free, throw-away and shared ones."""
        return domain_of_row(inputs)

    def look_up(self, identities: Sequence[str]) -> Sequence[Answer]:
        """Answer from the hash of each identity. Raises `ValueError` for more than ``batch_size``."""
        if len(identities) > self.batch_size:
            message = f"at most {self.batch_size} identities at a time"
            raise ValueError(message)
        if self._sleep is not None and self._pause > 0 and identities:
            self._sleep(self._pause)
        return tuple(self._answer(identity) for identity in identities)

    def _answer(self, identity: str) -> Answer:
        if "." not in identity or _draw(identity, "found") % 100 >= FOUND_PERCENT:
            return Answer(identity, MappingProxyType({}), 0)
        facts = {"company.industry": self._fact(_pick(identity, "industry", _INDUSTRIES), identity)}
        if _draw(identity, "size known") % 100 >= _HALF_FOUND_PERCENT:
            facts["company.size"] = self._fact(_pick(identity, "size", _SIZES), identity)
        return Answer(identity, MappingProxyType(facts), self.provider_units)

    def _fact(self, value: str, identity: str) -> Fact:
        score = 0.7 + _draw(identity, "score") % 26 / 100
        return Fact(value, "demo_value", round(score, 2), self.name, "made_up", licence=self.licence)


def _draw(identity: str, purpose: str) -> int:
    return int.from_bytes(blake2b(f"{purpose}\0{identity}".encode(), digest_size=8).digest(), "big")


def _pick(identity: str, purpose: str, choices: tuple[tuple[str, int], ...]) -> str:
    steps = list(accumulate(weight for _, weight in choices))
    return choices[bisect_right(steps, _draw(identity, purpose) % steps[-1])][0]
