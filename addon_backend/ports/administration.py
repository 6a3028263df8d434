"""What an administrator decides and sees of her workspace; kept in the truth like everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.switches import Admission, Switches


@dataclass(frozen=True, slots=True)
class Seat:
    """A member as her administrator sees her: never a value of hers.

    ``granted`` says how her own consent stands: False once it has ended, None where there never was one.
    """

    member: str
    email: str = field(repr=False)
    admission: Admission
    granted: bool | None
    created_at: float
    seen_at: float | None


@dataclass(frozen=True, slots=True)
class Spent:
    """What one member's runs of one month came to; ``month`` is its place among those asked for."""

    member: str
    month: int
    runs: int
    rows: int
    credits: int


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who switched what, when: a code, the new value ("" for none), and the member it is about ("")."""

    at: float
    member: str
    what: str
    value: str
    about: str


class Administration(Protocol):
    """Switches, admissions, proofs and the audit of one workspace at a time."""

    def switches(self, workspace: str) -> Switches:
        """Return how its switches stand; the usual ones where nobody has touched them."""
        ...

    def set_switches(self, workspace: str, switches: Switches) -> None:
        """Let them stand like this from now on."""
        ...

    def admission(self, workspace: str, member: str) -> Admission:
        """Return what was said of a member. Raises `NotVisible`."""
        ...

    def set_admission(self, workspace: str, member: str, admission: Admission) -> None:
        """Say it. Raises `NotVisible`."""
        ...

    def prove(self, workspace: str, member: str) -> str:
        """Remember that her provider has just said that she administers the organisation.

        Returns the name of the series of proofs that it belongs to: it is a new one after a `disprove`.
        """
        ...

    def disprove(self, workspace: str, member: str) -> None:
        """Forget it."""
        ...

    def proven(self, workspace: str, member: str) -> str:
        """Return the series of a proof of the last `PROOF_SECONDS`, "" where there is none."""
        ...

    def seats(self, workspace: str, provider: str) -> Sequence[Seat]:
        """Return all members, and how each one's consent at a provider stands."""
        ...

    def spent(self, workspace: str, months: Sequence[float]) -> Sequence[Spent]:
        """Sum up runs by member and month; ``months`` are the moments at which each begins, oldest first."""
        ...

    def active(self, workspace: str) -> Sequence[tuple[str, str]]:
        """Return (run, member) of the runs that are queued, preparing or running."""
        ...

    def note(self, workspace: str, member: str, what: str, value: str = "", about: str = "") -> None:
        """Keep that a member switched something."""
        ...

    def audit(self, workspace: str, limit: int) -> Sequence[AuditLine]:
        """Return what was kept of that, newest first."""
        ...

    def set_out(self, secret: str, browser: str, seconds: float) -> None:
        """Expect a browser back with this secret, once, within so many seconds; nobody knows yet whose."""
        ...

    def come_back(self, secret: str, browser: str) -> bool:
        """Return True for a secret that this browser was given, once; it is gone in any case."""
        ...
