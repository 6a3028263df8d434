"""The run as data: quote, reservation, run, chunk, claim. States are closed lists."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from addon_backend.domain.kinds import ColumnKind
    from addon_backend.domain.recipes import Recipe
    from addon_backend.domain.sheet import GridRange, SheetRef

PRICE_BOOK = "v1"
QUOTE_SECONDS = 15 * 60
PARKED_SECONDS = 7 * 86_400.0
UNDECIDED_SECONDS = 30 * 86_400.0
"""How long cells that were bought and not decided on keep their share of the credits."""

TRIAL_ROWS = 50
TRIAL_ABOVE = 200
CHUNK_ROWS = 500
CHUNK_LEASE_SECONDS = 15.0
SHEET_LEASE_SECONDS = 10.0
NOTICE_SECONDS = 60.0
"""How long after a run ended or parked an open panel has had the time to see it."""
NEEDS_OWNER, NEEDS_CONSENT, BUDGET_REACHED = "needs_owner", "needs_consent", "budget_reached"
"""Why a run is parked whose member can no longer open the file, or no longer lets us do so for her."""
NOT_ADMITTED = "not_admitted"
"""Why a run is parked whose member her administrator does not let run any more."""
HOST_TROUBLE, CELLS_PROTECTED = "host_trouble", "cells_protected"
"""Why a run is parked: its host lets nothing through, or protects rows in which values stand wrongly."""
HOST_TROUBLE_SECONDS = 3600.0
HALTED = frozenset({HOST_TROUBLE, CELLS_PROTECTED})
"""Such a run goes on where it was."""
OWNERLESS = frozenset({NEEDS_OWNER, NEEDS_CONSENT, NOT_ADMITTED})
"""Such a run goes on where it was: with her once she can again, or with a colleague who can."""


class RunState(StrEnum):
    """Where a run is. ``parked`` waits for a person; the last three are final."""

    QUEUED = "queued"
    PREPARING = "preparing"
    RUNNING = "running"
    PARKED = "parked"
    STOPPING = "stopping"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        """True when nothing will happen any more."""
        return self in {RunState.FINISHED, RunState.STOPPED, RunState.FAILED}


class Purpose(StrEnum):
    """What a run is for. All but ``enrich`` follow up another run: they put values that are known already."""

    ENRICH = "enrich"
    UNDO = "undo"
    DECIDE = "decide"
    SWAP = "swap"


class Stage(IntEnum):
    """Which part of a run a chunk is. All of one stage is written before the next is computed."""

    PREPARE = 0
    ENGINE = 1
    SOURCES = 2
    FINISH = 9


class ChunkState(StrEnum):
    """``held`` waits for the person to go on after a trial; ``planned`` → ``computed`` → ``written``."""

    HELD = "held"
    PLANNED = "planned"
    COMPUTED = "computed"
    WRITTEN = "written"
    SKIPPED = "skipped"
    FAILED = "failed"


class Operation(StrEnum):
    """What an output column is for."""

    CLEAN = "clean"
    FILL = "fill"
    DUPLICATES = "duplicates"
    UNDO = "undo"
    DECIDE = "decide"
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class InputColumn:
    """A column in play: the host's ``anchor`` finds it again, ``index`` is where it was when read.

    Rows are told from each other by ``key`` columns; one that a run fills is none. ``gone``: somebody has
    deleted it while the run was written.
    """

    anchor: str
    index: int
    header: str
    kind: ColumnKind
    key: bool = True
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """One column that a run writes.

    ``name`` is stable for a recipe on a sheet (``clean:<anchor>``, ``fill:country``, ``duplicates``);
    ``inputs`` are the anchors it is computed from: its freshness. ``target`` is the anchor of the column it
    writes to; None while its ``own`` column is still to be made. ``in_place`` replaces what stands there.
    ``engine`` and ``sources`` say who tries, in this order; ``price`` is our credits for one new, useful
    cell that a source filled. ``made`` says that the run made the column: when an undo empties it, its name
    goes, too. ``gone``: somebody has deleted it while the run was written.
    """

    name: str
    header: str
    operation: Operation
    field: str
    inputs: tuple[str, ...]
    target: str | None = None
    own: bool = False
    in_place: bool = False
    engine: bool = True
    sources: tuple[str, ...] = ()
    price: int = 0
    made: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A ceiling in two currencies, valid for 15 minutes, bound to one document, range and recipe."""

    id: str
    workspace: str
    member: str
    sheet: SheetRef
    title: str
    range: GridRange
    header_row: int | None
    recipe: Recipe
    price_book: str
    rows: int
    credits: int
    provider_units: int
    trial: bool
    created_at: float
    expires_at: float
    kinds: tuple[tuple[int, ColumnKind], ...] = ()
    """The person's corrections: sheet column index → kind."""
    marks: Mapping[str, object] = field(default_factory=dict)
    """By what the selection is found again: `engine.plan.shifts.Marks` as data."""


@dataclass(frozen=True, slots=True)
class Reservation:
    """Our credits: ``spent + released <= reserved <= quoted`` holds in the database itself."""

    quoted: int
    reserved: int
    spent: int
    released: int
    provider_units_quoted: int = 0
    provider_units_spent: int = 0
    provider_units_possibly_spent: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """One press of *Enrich*, as it stands now. ``version`` grows with every change a person could see."""

    id: str
    workspace: str
    member: str
    sheet: SheetRef
    title: str
    range: GridRange
    header_row: int | None
    recipe: Recipe
    language: str
    state: RunState
    kinds: tuple[tuple[int, ColumnKind], ...] = ()
    purpose: Purpose = Purpose.ENRICH
    parent: str = ""
    """The run that this one follows up; empty for one that enriches."""
    reason: str = ""
    version: int = 1
    rows: int = 0
    trial_rows: int = 0
    inputs: tuple[InputColumn, ...] = ()
    outputs: tuple[Output, ...] = ()
    quality_before: int | None = None
    quality_after: int | None = None
    created_at: float = 0.0
    started_at: float | None = None
    finished_at: float | None = None
    erase_at: float | None = None
    seen_version: int = 0
    """The newest version that its member has looked at."""

    @property
    def keys(self) -> tuple[InputColumn, ...]:
        """The columns by which the run's rows are told from each other, as far as they are still there."""
        return tuple(column for column in self.inputs if column.key and not column.gone)

    @property
    def keys_gone(self) -> int:
        """How many of the columns by which rows were told are deleted."""
        return sum(column.key and column.gone for column in self.inputs)

    @property
    def gone(self) -> frozenset[str]:
        """The anchors of its columns that were deleted while it was written."""
        targets = (output.target for output in self.outputs if output.gone and output.target)
        return frozenset((*(column.anchor for column in self.inputs if column.gone), *targets))

    def is_dropped(self, output: Output) -> bool:
        """Return whether an output's column, or one that it is computed from, is gone: nothing more is set.

        A duplicate's label was computed from the whole list, and stays true.
        """
        told_by = () if output.operation is Operation.DUPLICATES else output.inputs
        return not self.gone.isdisjoint((output.target or "", *told_by))

    @property
    def unseen(self) -> bool:
        """True when it ended, or waits for a person, and its member has not looked since."""
        return (self.state.final or self.state is RunState.PARKED) and self.version > self.seen_version

    @property
    def answerable(self) -> bool:
        """True where a person may settle what the run has left open: it has ended, or waits for her."""
        return self.purpose is Purpose.ENRICH and (self.state.final or self.state is RunState.PARKED)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A slice of a run's snapshot: ordinals ``first … first+count-1`` in one stage.

    ``tally`` counts outcomes by output name, then by outcome, then by reason code, once written.
    ``allocated`` credits are set aside for it while priced sources are asked.
    """

    run: str
    workspace: str
    stage: Stage
    number: int
    first: int
    count: int
    state: ChunkState
    claims: int = 0
    fence: int = 0
    allocated: int = 0
    tally: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)


class Task(StrEnum):
    """What a claim entitles its worker to do."""

    PREPARE = "prepare"
    COMPUTE = "compute"
    WRITE = "write"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Claim:
    """A lease on one chunk and, to write, on its sheet; the fences say whether it still holds."""

    task: Task
    worker: str
    workspace: str
    run: str
    stage: Stage
    number: int
    fence: int
    sheet_key: str | None = None
    sheet_fence: int | None = None
