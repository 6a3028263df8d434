"""Short words for what the store's tests set up: people, runs, chunks, and time that passes by SQL."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

from sqlalchemy import Engine, event, text

from addon_backend.domain.recipes import RECIPES
from addon_backend.domain.runs import (
    Chunk,
    ChunkState,
    Claim,
    Quote,
    Reservation,
    Run,
    RunState,
    Stage,
)
from addon_backend.domain.sheet import GridRange, SheetRef
from addon_backend.domain.workspaces import Member
from addon_backend.ports.store import UnitOfWork
from addon_backend.security.vault import AesGcmVault
from addon_backend.store.unit import SqlStore

T = TypeVar("T")
Tally: TypeAlias = dict[str, dict[str, dict[str, int]]]
SHEET = SheetRef("local", "leads", "sheet-1")
VAULT_KEY = b"k" * 32


def a_vault() -> AesGcmVault:
    """The same vault in every process of a test."""
    return AesGcmVault({"one": VAULT_KEY}, "one")


class World:
    """One store and what happens in it. `does` runs a step in a unit of its own and commits it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.vault = a_vault()
        self.store = SqlStore(engine, self.vault)

    def does(self, step: Callable[[UnitOfWork], T]) -> T:
        with self.store.unit() as unit:
            result = step(unit)
            unit.commit()
            return result

    def sees(self, look: Callable[[UnitOfWork], T]) -> T:
        with self.store.reading() as unit:
            return look(unit)

    def member(self, name: str = "ada") -> Member:
        """A person in a workspace of her own."""
        return self.does(lambda unit: unit.accounts.enter(f"person:{name}", name, name, "en"))

    def run(
        self,
        member: Member,
        name: str = "run",
        *,
        state: RunState = RunState.RUNNING,
        sheet: SheetRef = SHEET,
        chunks: Sequence[Chunk] = (),
        quoted: int = 100,
        reserved: int | None = None,
        created_at: float = 1000.0,
    ) -> Run:
        """A run of hers that is under way, with these chunks and no prepare of its own."""
        run = Run(
            id=name,
            workspace=member.workspace,
            member=member.id,
            sheet=sheet,
            title="Leads",
            range=GridRange(1, 0, None, 5),
            header_row=1,
            recipe=RECIPES["standard"],
            language="en",
            state=state,
            created_at=created_at,
        )
        money = Reservation(quoted, quoted if reserved is None else reserved, 0, 0, provider_units_quoted=50)
        self.does(lambda unit: unit.runs.add(run, money, chunks))
        return self.sees(lambda unit: unit.runs.get(run.workspace, name))

    def claims(self, worker: str = "worker-1") -> Claim | None:
        return self.does(lambda unit: unit.work.claim(worker))

    def must_claim(self, worker: str = "worker-1") -> Claim:
        claim = self.claims(worker)
        assert claim is not None
        return claim

    def fails(self, claim: Claim) -> None:
        """Get a claimed chunk out of the way."""
        self.does(lambda unit: unit.chunks.failed(claim, "out_of_the_way"))

    def computes(self, claim: Claim) -> None:
        self.does(lambda unit: unit.chunks.computed(claim))

    def writes(self, claim: Claim, chunk: Chunk, tally: Tally, *charges: tuple[str, int]) -> None:
        self.does(lambda unit: unit.chunks.written(claim, chunk, tally, charges))

    def ends(self, claim: Claim) -> None:
        self.does(lambda unit: unit.chunks.done(claim))

    def hands_back(self, claim: Claim, after: float = 0.0) -> None:
        self.does(lambda unit: unit.work.hand_back(claim, after))

    def claimed(self, claim: Claim) -> Chunk:
        return self.sees(lambda unit: unit.chunks.get(claim))

    def accepts(self, member: Member, version: str) -> None:
        self.does(lambda unit: unit.accounts.accept_terms(member.workspace, member.id, version, "digest"))

    def chunk(self, run: Run, stage: Stage, number: int) -> Chunk:
        chunks = self.sees(lambda unit: unit.chunks.of_run(run.workspace, run.id))
        return next(chunk for chunk in chunks if (chunk.stage, chunk.number) == (stage, number))

    def leases_run_out(self) -> None:
        """Let all the time pass that leases last."""
        self.sql("UPDATE chunk SET lease_until = 0")
        self.sql("UPDATE sheet_lease SET until = 0")
        self.sql("UPDATE named_lease SET until = 0")

    def waits_are_over(self) -> None:
        """Let all the time pass that chunks were told to wait."""
        self.sql("UPDATE chunk SET due_at = 0")

    def sql(self, statement: str, **values: object) -> None:
        with self.engine.connect() as connection, connection.begin():
            connection.execute(text(statement), values)

    def ask(self, query: str, **values: object) -> list[tuple[object, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """Collect the statements that are issued meanwhile, but for those that begin a transaction."""
        issued: list[str] = []

        def note(*arguments: object) -> None:
            if not str(arguments[2]).startswith(("BEGIN", "PRAGMA")):
                issued.append(str(arguments[2]))

        event.listen(self.engine, "before_cursor_execute", note)
        yield issued
        event.remove(self.engine, "before_cursor_execute", note)


def chunk_of(
    run: str,
    workspace: str,
    stage: Stage,
    number: int = 0,
    *,
    first: int | None = None,
    count: int = 10,
    state: ChunkState = ChunkState.PLANNED,
) -> Chunk:
    """One chunk; without a first ordinal it lies behind those with lower numbers."""
    return Chunk(run, workspace, stage, number, number * count if first is None else first, count, state)


def chunks_of(member: Member, run: str, *stages: tuple[Stage, int]) -> list[Chunk]:
    """As many planned chunks per stage as asked for, numbered from 0."""
    return [
        chunk_of(run, member.workspace, stage, number) for stage, count in stages for number in range(count)
    ]


def a_quote(member: Member, name: str = "quote", expires_at: float = 2e9) -> Quote:
    """A ceiling that was shown to her."""
    return Quote(
        id=name,
        workspace=member.workspace,
        member=member.id,
        sheet=SHEET,
        title="Leads",
        range=GridRange(1, 0, 51, 5),
        header_row=1,
        recipe=RECIPES["complete"],
        price_book="v1",
        rows=50,
        credits=100,
        provider_units=7,
        trial=True,
        created_at=1000.0,
        expires_at=expires_at,
    )
