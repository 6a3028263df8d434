"""The truth: everything that must not be lost, behind one unit of work (DESIGN, law 1).

Times are seconds since 1970 on the *database's* clock (`UnitOfWork.now`); leases, quotes and retention are
judged by no other. Every method that takes ``workspace`` or a value that carries one touches rows of that
workspace only; `Work` alone looks across workspaces, because a bell names none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from addon_backend.domain.runs import (
        Chunk,
        ChunkState,
        Claim,
        InputColumn,
        Output,
        Quote,
        Reservation,
        Run,
        RunState,
        Stage,
    )
    from addon_backend.domain.sheet import GridRange
    from addon_backend.domain.workspaces import Member, Workspace
    from addon_backend.ports.administration import Administration


@dataclass(frozen=True, slots=True)
class BlockKey:
    """Where a block of bulk data belongs; the kinds are listed in ``services/runs/snapshot.py``."""

    workspace: str
    run: str
    kind: str
    stage: int
    number: int
    column: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What an idempotency key answered: the digest of the request's body, and the answer as stored."""

    body_digest: str
    status: int
    answer: str


@dataclass(frozen=True, slots=True)
class ProviderCall:
    """One paid look-up: ``asked`` before it is sent, ``answered`` after, ``possibly_spent`` when unknown.

    ``identity`` is a keyed digest, never the value. ``charged`` says that our credits for it are taken.
    """

    source: str
    identity: str
    state: str
    units: int
    charged: bool
    answer: bytes | None


@dataclass(frozen=True, slots=True)
class Notice:
    """A run that ended or waits, and whose member may have to be told; ``tries`` counts letters in vain."""

    workspace: str
    run: str
    tries: int


@dataclass(frozen=True, slots=True)
class Credential:
    """What a member has entrusted to us: a provider's refresh token, "" once it has ended, and its scopes."""

    token: str = field(repr=False)
    scopes: frozenset[str]
    granted_at: float


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """What a one-time secret stood for."""

    member: str
    payload: bytes = field(repr=False)


class Accounts(Protocol):
    """Workspaces, members, terms, and who has lately been found to be able to open which document."""

    def enter(
        self, workspace_key: str, workspace_name: str, subject: str, language: str, email: str = ""
    ) -> Member:
        """Return the member, creating workspace (with a data key of its own) and member where missing.

        Language and address are those of the last visit; one that tells no address keeps the known one.
        """
        ...

    def find(self, workspace_key: str, subject: str) -> Member | None:
        """Return a member by what proves her, None where she has never been here."""
        ...

    def set_mail(self, workspace: str, member: str, *, wanted: bool) -> None:
        """Write to this member from now on, or no more. Raises `NotVisible`."""
        ...

    def prove_access(self, workspace: str, member: str, host: str, document: str) -> None:
        """Remember that the host has just said that this member can open the document."""
        ...

    def lose_access(self, workspace: str, member: str, host: str, document: str) -> None:
        """Forget it: the host has refused her since."""
        ...

    def has_access(self, workspace: str, member: str, host: str, document: str) -> bool:
        """Return True where the host said so in the last `ACCESS_SECONDS`."""
        ...

    def workspace(self, workspace: str) -> Workspace:
        """Return a workspace. Raises `NotVisible`."""
        ...

    def member(self, workspace: str, member: str) -> Member:
        """Return a member. Raises `NotVisible`."""
        ...

    def set_retention(self, workspace: str, days: int) -> None:
        """Keep results for 1–400 days from now on."""
        ...

    def accept_terms(self, workspace: str, member: str, version: str, text_digest: str) -> None:
        """Record an acceptance; accepting the same version again changes nothing."""
        ...

    def terms_in_force(self, workspace: str) -> str | None:
        """Return the newest accepted version, or None."""
        ...


class Credentials(Protocol):
    """What members let us do in their name at a provider: one grant each, its token sealed, bound to her."""

    def put(self, workspace: str, member: str, provider: str, token: str, scopes: frozenset[str]) -> None:
        """Keep what she has granted just now, in place of what she granted before."""
        ...

    def get(self, workspace: str, member: str, provider: str) -> Credential | None:
        """Return what she has granted, also where it has ended since; None where she never has."""
        ...

    def revoke(self, workspace: str, member: str, provider: str, granted_at: float) -> None:
        """Remember that the grant of that moment has ended, and erase its token; a newer one stays."""
        ...

    def forget(self, workspace: str, member: str, provider: str) -> None:
        """Keep nothing of it."""
        ...


class OneTimeCodes(Protocol):
    """Secrets that open one door once: kept by digest, what they stand for sealed, gone once taken."""

    def add(
        self, workspace: str, member: str, purpose: str, secret: str, payload: bytes, seconds: float
    ) -> None:
        """Let the secret open its door once, within so many seconds."""
        ...

    def take(self, workspace: str, purpose: str, secret: str) -> OneTimeCode | None:
        """Return what it stands for; None for one that never was, that is used, or that is too old."""
        ...


class DataKeys(Protocol):
    """The keys under which workspaces' bytes are sealed, themselves wrapped under the key-encryption key."""

    def rewrap(self, after: str) -> Sequence[str]:
        """Wrap the keys of the next hundred workspaces after this id anew; return their ids, "" to begin.

        Nothing that was sealed changes. Raises `EngineUnavailable` where the key that wraps one is not known.
        """
        ...


class Quotes(Protocol):
    """Ceilings that were shown to a person."""

    def add(self, quote: Quote) -> None:
        """Keep a quote."""
        ...

    def get(self, workspace: str, member: str, quote: str) -> Quote:
        """Return this person's quote, expired or not. Raises `QuoteUnknown`."""
        ...

    def use(self, workspace: str, quote: str, run: str) -> None:
        """Let the quote start this run and no other. Raises `QuoteUsed`."""
        ...


class Runs(Protocol):
    """Runs and their reservations. Every change that a person could see raises ``version`` by one."""

    def add(self, run: Run, reservation: Reservation, chunks: Sequence[Chunk]) -> None:
        """Write run, reservation and first chunks."""
        ...

    def get(self, workspace: str, run: str) -> Run:
        """Return a run. Raises `NotVisible`."""
        ...

    def version(self, workspace: str, run: str) -> int:
        """Return only the version, cheaply. Raises `NotVisible`."""
        ...

    def history(
        self, workspace: str, member: str | None, document: str | None, before: float | None, limit: int
    ) -> Sequence[Run]:
        """Return this person's runs (None: everybody's), newest first, created before a moment."""
        ...

    def unseen(self, workspace: str, member: str, limit: int) -> Sequence[Run]:
        """Return this person's runs that are `Run.unseen` and within their retention, newest first."""
        ...

    def seen(self, workspace: str, run: str, version: int) -> None:
        """Remember that its member has looked at this version; nothing else about the run changes."""
        ...

    def hand_over(self, workspace: str, run: str, member: str) -> None:
        """Make somebody else the run's member, who has not seen it yet."""
        ...

    def writing_to(self, workspace: str, document: str, sheet: str, limit: int) -> Sequence[Run]:
        """Return the workspace's runs on a sheet that wrote anything, newest first."""
        ...

    def unfinished_on(self, workspace: str, document: str, sheet: str) -> Sequence[Run]:
        """Return the workspace's runs on a sheet that have not ended, oldest first."""
        ...

    def following(self, workspace: str, runs: Collection[str]) -> Sequence[Run]:
        """Return the runs that follow up one of these, oldest first."""
        ...

    def move(
        self, workspace: str, run: str, allowed: Iterable[RunState], to: RunState, reason: str = ""
    ) -> Run:
        """Change the state if it is one of ``allowed``, else raise `domain.errors.RunState`.

        Stamps when the run started and finished; a final state stamps ``erase_at`` by the retention. A run
        that ends or parks enters the outbox (`Notices`), due after `NOTICE_SECONDS`; one that goes on leaves.
        """
        ...

    def describe(
        self,
        workspace: str,
        run: str,
        *,
        rows: int | None = None,
        inputs: Sequence[InputColumn] | None = None,
        outputs: Sequence[Output] | None = None,
        trial_rows: int | None = None,
        quality_before: int | None = None,
        quality_after: int | None = None,
    ) -> None:
        """Set what becomes known while the run goes on; None leaves a field as it is."""
        ...

    def place(self, workspace: str, run: str, area: GridRange, header_row: int | None) -> None:
        """Set where the selection stands: people have worked in the sheet since it was made."""
        ...

    def troubled(self, workspace: str, run: str) -> float:
        """Take note that the run's host lets nothing through; return for how many seconds by now.

        They begin anew with each chunk that is done or written, and where the run is parked.
        """

    def touch(self, workspace: str, run: str) -> None:
        """Raise the version: progress was made."""
        ...

    def reservation(self, workspace: str, run: str) -> Reservation:
        """Return the run's reservation."""
        ...

    def reserve(self, workspace: str, run: str, up_to: int) -> Reservation:
        """Raise ``reserved`` to ``up_to``, never above ``quoted`` and never lower than it was."""
        ...

    def allocate(self, claim: Claim, wanted: int) -> int:
        """Set credits aside for a claimed chunk: as many as are reserved, unspent and not set aside."""
        ...

    def release_rest(self, workspace: str, run: str, keep: int = 0) -> None:
        """Give back what is reserved and not spent, but for ``keep`` credits that may still be spent.

        What was given back once is not taken again.
        """
        ...


class Chunks(Protocol):
    """Slices of a run. Methods that take a claim raise `Lost` when its fence is no longer the newest."""

    def add(self, chunks: Sequence[Chunk]) -> None:
        """Add chunks; one that exists already (same run, stage, number) is left as it is."""
        ...

    def of_run(self, workspace: str, run: str) -> Sequence[Chunk]:
        """Return all chunks by stage, then by first ordinal."""
        ...

    def get(self, claim: Claim) -> Chunk:
        """Return the claimed chunk, checking the fence."""
        ...

    def next_computed(self, workspace: str, run: str) -> Chunk | None:
        """Return the computed chunk with the lowest stage and first ordinal, if any."""
        ...

    def computed(self, claim: Claim) -> None:
        """planned → computed, lease ended. Raises `Lost`."""
        ...

    def written(
        self,
        claim: Claim,
        chunk: Chunk,
        tally: Mapping[str, Mapping[str, Mapping[str, int]]],
        charges: Sequence[tuple[str, int]],
    ) -> None:
        """Computed → written under the sheet's fence, with its ledger lines, in this transaction.

        ``charges`` are (event, credits); the ledger key is (run, chunk, event, sequence), so that a second
        attempt cannot bill twice; ``spent`` grows by their sum and the chunk's allocation ends. Raises `Lost`
        when the sheet lease is gone or the chunk is written already.
        """
        ...

    def unconfirmed(self, chunk: Chunk, tally: Mapping[str, Mapping[str, Mapping[str, int]]]) -> None:
        """Turn a computed chunk of a run that must end into a written one; its writer is told `Lost`."""
        ...

    def done(self, claim: Claim) -> None:
        """Mark a prepare or finish chunk as written, ending its leases. Raises `Lost`."""
        ...

    def failed(self, claim: Claim, reason: str) -> None:
        """Give a chunk up for good, with a reason code; its allocation ends. Raises `Lost`."""
        ...

    def reopen(self, workspace: str, run: str, stage: Stage, number: int) -> None:
        """Plan a written chunk again (its budget was raised): written → planned, its tally emptied."""
        ...

    def leave_unwritten(self, claim: Claim) -> None:
        """Skip the computed engine chunks of a stopping run of which no writer has kept an intent.

        For whoever holds the sheet: nobody else sets cells meanwhile. Raises `Lost`.
        """
        ...

    def turn(self, workspace: str, run: str, old: ChunkState, new: ChunkState) -> int:
        """Turn every engine or sources chunk of one state that nobody holds into another; return how many.

        Used by Continue (held → planned) and Stop (planned or held → skipped).
        """
        ...


class Blocks(Protocol):
    """Bulk data: compressed, then encrypted under the workspace's data key, bound to its key."""

    def put(self, key: BlockKey, data: bytes) -> None:
        """Keep the bytes; the same key again replaces them."""
        ...

    def get(self, key: BlockKey) -> bytes | None:
        """Return the bytes, or None where there are none (erased, or never kept)."""
        ...

    def columns(self, workspace: str, run: str, kind: str, stage: Stage, number: int) -> dict[str, bytes]:
        """Return every column of one chunk's blocks of this kind."""
        ...

    def digests(self, workspace: str, context: str, texts: Sequence[str]) -> list[str]:
        """Return keyed digests that mean nothing outside the workspace, one per text."""
        ...


class Ledger(Protocol):
    """What was billed, and what was asked of providers on the customer's own key."""

    def spent(self, workspace: str, run: str) -> int:
        """Sum the run's ledger lines: equal to the reservation's ``spent``, always."""
        ...

    def known(
        self, workspace: str, run: str, source: str, identities: Sequence[str]
    ) -> dict[str, ProviderCall]:
        """Return the calls that this run has recorded for these identities, from whichever chunk."""
        ...

    def ask(
        self, claim: Claim, source: str, identities: Sequence[str], units_each: int
    ) -> dict[str, ProviderCall]:
        """Record look-ups as ``asked`` before they are sent, each with the most units that it can cost.

        Returns the calls among them that this run has already, as `known` does; an identity that is absent
        from the answer is new and now recorded for this claim to send. Raises `Lost` on an old fence and
        `domain.errors.RunState` once the run does not run any more: after a Stop nothing new is ordered.
        """
        ...

    def on_their_way(self, workspace: str, run: str) -> dict[str, int]:
        """Count by source the look-ups that were ordered, not written and not charged yet."""
        ...

    def answer(self, claim: Claim, source: str, answers: Mapping[str, tuple[int, bytes]]) -> None:
        """Record units and answer (kept sealed) per identity, asked → answered.

        The reservation's ``provider_units_spent`` grows by the units.
        """
        ...

    def in_doubt(self, claim: Claim, source: str, identities: Sequence[str]) -> None:
        """Count look-ups whose answer was lost as possibly spent; they are not asked again.

        The reservation's ``provider_units_possibly_spent`` grows by what each could cost.
        """
        ...

    def abandon(self, claim: Claim, source: str, identities: Sequence[str]) -> None:
        """Put `in_doubt` what earlier claims of this chunk have asked and not told: dead or late."""
        ...

    def settle_doubts(self, workspace: str, run: str) -> int:
        """At a run's end: count every look-up still ``asked`` as possibly spent; return how many."""
        ...

    def charge_once(
        self, workspace: str, run: str, field: str, source: str, identities: Sequence[str]
    ) -> frozenset[str]:
        """Mark (field, identity) pairs as charged; return those that had not been charged in this run."""
        ...

    def bill(self, workspace: str, run: str, chunk: Chunk, charges: Sequence[tuple[str, int]]) -> None:
        """Bill a run, in this transaction, for cells that a chunk of one that follows it up has written.

        ``charges`` are (event, credits); the ledger key is the chunk's, its run named in the event.
        """
        ...

    def charged(
        self, workspace: str, run: str, source: str, identities: Sequence[str]
    ) -> frozenset[tuple[str, str]]:
        """Return the (field, identity) pairs among these identities that this run has been charged for."""
        ...


class Notices(Protocol):
    """The outbox: the need to tell, written in the transaction that ends or parks a run (`Runs.move`)."""

    def take(self) -> Notice | None:
        """Take one that is due out of the outbox: of two who take, one gets it. None if none is due."""
        ...

    def put_back(self, notice: Notice, after: float) -> None:
        """Tell in some seconds what could not be told now, unless the run has entered the outbox anew."""
        ...

    def due(self) -> int:
        """Count what is due, and no further than some hundreds."""
        ...


class Keys(Protocol):
    """Idempotency keys, kept at least 24 hours."""

    def get(self, workspace: str, member: str, key: str) -> KeptAnswer | None:
        """Return what this key answered."""
        ...

    def put(self, workspace: str, member: str, key: str, kept: KeptAnswer) -> None:
        """Keep an answer, in the transaction of what it answers."""
        ...


class Work(Protocol):
    """The scheduler: who may do what next, across all workspaces."""

    def claim(self, worker: str) -> Claim | None:
        """Take the due chunk of the workspace that holds fewest leases, oldest run first; None if none.

        Due is: the planned prepare chunk of a queued or preparing run; a computed chunk of any active run
        (queued, preparing, running, stopping) whose sheet nobody writes to; a planned engine chunk of a
        running run; a planned sources chunk once no engine chunk of its run is planned or computed; the
        finish chunk of a running or stopping run once no other chunk of it is planned (running) or held by
        somebody (stopping) or computed, and nobody writes to the sheet. ``due_at`` must have passed and the
        chunk's lease must be over. In a stopping run nothing is computed any more. A WRITE or FINISH claim
        takes the sheet lease too. Every claim raises ``claims`` and ``fence``. Nothing of a workspace is due
        while its administrator has paused it.

        Of chunks to compute, one that was claimed three times and never handed back is split in two halves,
        fresh chunks with numbers above all others of the stage; what is left of it is skipped and holds no
        row. One of a single row that was claimed twice becomes ``failed`` with reason ``row_kills_worker``. A
        prepare that was claimed six times fails its run with ``prepare_kills_worker``. Writing and finishing
        are tried for ever, with longer and longer pauses.
        """
        ...

    def renew(self, claim: Claim, seconds: float | None = None) -> None:
        """Extend the claim's leases from now. Raises `Lost`."""
        ...

    def hold_sheet(self, claim: Claim) -> Claim | None:
        """Take the sheet of a lost claim once more, to clean up there; None while others hold it."""
        ...

    def hand_back(self, claim: Claim, after: float = 0.0) -> None:
        """End the claim's leases; the chunk is due again after some seconds and its claim not counted.

        A writer that hands back for some seconds lets all that its run has to write wait with its chunk. What
        is lost or done already is left as it is.
        """
        ...

    def end_leases(self, worker: str) -> int:
        """End every lease of a worker that is known to be dead, and its fences with them; return how many."""
        ...

    def due(self) -> int:
        """Count the chunks that could be claimed now, roughly and cheaply: 0 means silence."""
        ...

    def lead(self, role: str, holder: str, seconds: float) -> bool:
        """Take or keep a named lease (``sweeper``): True for its one holder."""
        ...

    def beat(self, role: str) -> float | None:
        """Return how long ago the role's lease was last taken, in seconds; None if never."""
        ...


class Retention(Protocol):
    """Nothing is kept for ever (law 11)."""

    def erase_due(self) -> int:
        """Erase blocks, answers and quotes of runs past their retention, old keys and codes; count runs."""
        ...

    def release_due(self) -> int:
        """Give back what undecided cells of runs that ended 30 days ago have kept reserved; count runs."""
        ...

    def parked_due(self) -> Sequence[tuple[str, str]]:
        """Return (workspace, run) of runs that have waited for a person for 7 days, up to a hundred."""
        ...

    def documents_due(self) -> Sequence[tuple[str, str]]:
        """Return (workspace, document) of opened files past their workspace's retention, up to a hundred.

        A document stays while a run on it is within its own retention: its owner may still want it undone.
        """
        ...

    def erase_workspace(self, workspace: str) -> None:
        """Erase a workspace with everything in it; its data key goes first."""
        ...


class UnitOfWork(Protocol):
    """One transaction. It rolls back unless `commit` was called."""

    accounts: Accounts
    administration: Administration
    credentials: Credentials
    codes: OneTimeCodes
    data_keys: DataKeys
    quotes: Quotes
    runs: Runs
    chunks: Chunks
    blocks: Blocks
    ledger: Ledger
    notices: Notices
    keys: Keys
    work: Work
    retention: Retention

    def now(self) -> float:
        """Return the database's clock, in seconds since 1970."""
        ...

    def commit(self) -> None:
        """Make it so."""
        ...


class Store(Protocol):
    """Where units of work come from."""

    def unit(self) -> AbstractContextManager[UnitOfWork]:
        """Begin a transaction that may write (SQLite: ``BEGIN IMMEDIATE``)."""
        ...

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """Begin a transaction that only reads."""
        ...

    def ping(self) -> None:
        """Raise `EngineUnavailable` if the database does not answer or is not migrated."""
        ...
