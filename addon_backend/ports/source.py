"""Where values come from that the list itself does not hold: directories, registers, paid providers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from addon_backend.domain.facts import Fact
    from addon_backend.domain.kinds import ColumnKind


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source says about one identity. A field that is missing from ``facts`` was not found.

    ``units`` are the provider's own units that this answer cost; 0 where nothing was found.
    """

    identity: str
    facts: Mapping[str, Fact]
    units: int


class Source(Protocol):
    """Answers questions about identities (a company's domain, a register number …).

    The laws, kept by every adapter and proved by ``tests/contract/test_source.py``:

    1. One answer per identity asked, in the order asked; equal identities get equal answers.
    2. An unknown identity is answered with no facts and 0 units, never with an error.
    3. A fact has a value, a reason, a score in (0, 1], this source's ``name`` and its ``licence``; only
       fields named in ``fields`` are answered.
    4. An answer with at least one fact costs at most ``provider_units``.
    5. When the source does not answer, `SourceTrouble` is raised and nothing of the batch counts as asked
       twice: asking again is safe.
    6. More than ``batch_size`` identities at a time is a mistake of the caller: `ValueError`, nothing asked.
    7. `identity` is pure and normalised: what means the same is the same text; asking with an identity's
       own spelling gives that identity back. None means: this row cannot be asked about.
    """

    @property
    def name(self) -> str:
        """The stable name that recipes, ledgers and facts use."""
        ...

    @property
    def fields(self) -> Collection[str]:
        """Names from ``domain.fields.CATALOGUE`` that this source can fill."""
        ...

    @property
    def needs(self) -> Collection[ColumnKind]:
        """Column kinds of which one is enough to ask."""
        ...

    @property
    def provider_units(self) -> int:
        """The most provider units that one successful look-up costs."""
        ...

    @property
    def batch_size(self) -> int:
        """How many identities one call takes at most."""
        ...

    @property
    def slow(self) -> bool:
        """True when a call goes over the network: shown with its ready time and **Skip**."""
        ...

    @property
    def licence(self) -> str:
        """Under what terms the values may be used."""
        ...

    def price(self, field: str) -> int:
        """Return our credits for one new, useful value of a field. Raises `KeyError` for other fields."""
        ...

    def identity(self, inputs: Mapping[ColumnKind, str]) -> str | None:
        """Return whom a row asks about; rows with equal identities are one look-up."""
        ...

    def look_up(self, identities: Sequence[str]) -> Sequence[Answer]:
        """Ask. Raises `SourceTrouble`, and `ValueError` for more than ``batch_size`` identities."""
        ...
