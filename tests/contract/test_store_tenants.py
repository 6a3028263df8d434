"""A tenant sees its own rows only: every method, asked with foreign ids, on both engines."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from addon_backend.domain.errors import AddonError, Lost, NotVisible, QuoteUnknown
from addon_backend.domain.runs import ChunkState, RunState, Stage
from addon_backend.domain.switches import Admission, Switches
from addon_backend.ports.store import BlockKey, KeptAnswer
from addon_backend.store.models import METADATA
from tests.contract.world import SHEET, World, a_quote, chunk_of, chunks_of

TABLES = [
    "member", "run", "reservation", "chunk", "block", "ledger", "provider_call", "charged_identity", "quote",
    "idempotency_key", "terms_acceptance", "credential", "one_time_code", "policy", "administrator",
    "audit",
]  # fmt: skip


class Houses:
    """Ada's house is full; Eve has one of her own and knows every id of Ada's."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ada, self.eve = world.member("ada"), world.member("eve")
        self.written = chunk_of("run", self.ada.workspace, Stage.ENGINE, state=ChunkState.COMPUTED)
        world.run(
            self.ada,
            chunks=[self.written, *chunks_of(self.ada, "run", (Stage.SOURCES, 2), (Stage.FINISH, 1))],
        )
        world.accepts(self.ada, "2026-11")
        self.write = world.must_claim()
        world.writes(self.write, self.written, {"fill": {"written": {"x": 1}}}, ("demo", 3))
        world.hands_back(self.write)
        self.claim = world.must_claim()
        self.block = BlockKey(self.ada.workspace, "run", "input", Stage.ENGINE, 0, "c1")
        with world.store.unit() as unit:
            unit.blocks.put(self.block, b"hers")
            unit.ledger.ask(self.claim, "demo", ["a"], 1)
            unit.ledger.charge_once(self.ada.workspace, "run", "country", "demo", ["a"])
            unit.quotes.add(a_quote(self.ada))
            unit.keys.put(self.ada.workspace, self.ada.id, "key", KeptAnswer("digest", 202, "run"))
            unit.credentials.put(self.ada.workspace, self.ada.id, "google", "1//hers", frozenset({"openid"}))
            unit.codes.add(self.ada.workspace, self.ada.id, "start", "secret", b"hers", 600.0)
            unit.administration.set_switches(self.ada.workspace, Switches(in_place=False, paused=True))
            unit.administration.prove(self.ada.workspace, self.ada.id)
            unit.administration.note(self.ada.workspace, self.ada.id, "paused", "on")
            unit.commit()
        # The same names in Eve's house: an id alone must never decide.
        world.run(self.eve, "other")

    def everything_of_adas(self) -> list[tuple[object, ...]]:
        return [
            row
            for table in TABLES
            for row in sorted(
                self.world.ask(
                    f"SELECT * FROM {table} WHERE workspace = :it",  # noqa: S608 - the names are above
                    it=self.ada.workspace,
                ),
                key=repr,
            )
        ]


@pytest.fixture
def houses(world: World) -> Houses:
    """Two tenants."""
    return Houses(world)


def stolen(houses: Houses):
    """Ada's claim, as Eve would forge it: her workspace, Ada's everything else."""
    return replace(houses.claim, workspace=houses.eve.workspace)


READS: dict[str, Callable[..., object]] = {
    "member": lambda u, h: u.accounts.member(h.eve.workspace, h.ada.id),
    "terms": lambda u, h: u.accounts.terms_in_force(h.eve.workspace),
    "quote": lambda u, h: u.quotes.get(h.eve.workspace, h.eve.id, "quote"),
    "quote of her": lambda u, h: u.quotes.get(h.eve.workspace, h.ada.id, "quote"),
    "run": lambda u, h: u.runs.get(h.eve.workspace, "run"),
    "version": lambda u, h: u.runs.version(h.eve.workspace, "run"),
    "history": lambda u, h: u.runs.history(h.eve.workspace, h.ada.id, None, None, 9),
    "writers": lambda u, h: u.runs.writing_to(h.eve.workspace, SHEET.document, SHEET.sheet, 9),
    "unfinished": lambda u, h: [
        run
        for run in u.runs.unfinished_on(h.eve.workspace, SHEET.document, SHEET.sheet)
        if run.workspace != h.eve.workspace
    ],
    "follow-ups": lambda u, h: u.runs.following(h.eve.workspace, ["run"]),
    "reservation": lambda u, h: u.runs.reservation(h.eve.workspace, "run"),
    "chunks": lambda u, h: u.chunks.of_run(h.eve.workspace, "run"),
    "chunk": lambda u, h: u.chunks.get(stolen(h)),
    "next computed": lambda u, h: u.chunks.next_computed(h.eve.workspace, "run"),
    "block": lambda u, h: u.blocks.get(replace(h.block, workspace=h.eve.workspace)),
    "columns": lambda u, h: u.blocks.columns(h.eve.workspace, "run", "input", Stage.ENGINE, 0),
    "spent": lambda u, h: u.ledger.spent(h.eve.workspace, "run"),
    "calls": lambda u, h: u.ledger.known(h.eve.workspace, "run", "demo", ["a"]),
    "charged": lambda u, h: u.ledger.charged(h.eve.workspace, "run", "demo", ["a"]),
    "key": lambda u, h: u.keys.get(h.eve.workspace, h.ada.id, "key"),
    "credential": lambda u, h: u.credentials.get(h.eve.workspace, h.ada.id, "google"),
    "own credential": lambda u, h: u.credentials.get(h.eve.workspace, h.eve.id, "google"),
    "admission": lambda u, h: u.administration.admission(h.eve.workspace, h.ada.id),
    "proof": lambda u, h: u.administration.proven(h.eve.workspace, h.ada.id),
    "switches": lambda u, h: u.administration.switches(h.eve.workspace) != Switches(),
    "seats": lambda u, h: [
        one for one in u.administration.seats(h.eve.workspace, "google") if one.member != h.eve.id
    ],
    "spent by members": lambda u, h: [
        one for one in u.administration.spent(h.eve.workspace, [0.0]) if one.member != h.eve.id
    ],
    "active": lambda u, h: [
        one for one in u.administration.active(h.eve.workspace) if one != ("other", h.eve.id)
    ],
    "audit": lambda u, h: u.administration.audit(h.eve.workspace, 9),
    "own key": lambda u, h: u.keys.get(h.eve.workspace, h.eve.id, "key"),
}


@pytest.mark.parametrize("read", READS)
def test_nothing_of_another_tenant_can_be_read(world: World, houses: Houses, read):
    try:
        found = world.sees(lambda unit: READS[read](unit, houses))
    except (NotVisible, QuoteUnknown, Lost):
        return
    assert not found


WRITES: dict[str, Callable[..., object]] = {
    "accept terms": lambda u, h: u.accounts.accept_terms(h.eve.workspace, h.ada.id, "v", "d"),
    "quote": lambda u, h: u.quotes.add(replace(a_quote(h.ada, "new"), workspace=h.eve.workspace)),
    "move": lambda u, h: u.runs.move(h.eve.workspace, "run", set(RunState), RunState.FAILED),
    "describe": lambda u, h: u.runs.describe(h.eve.workspace, "run", rows=1),
    "touch": lambda u, h: u.runs.touch(h.eve.workspace, "run"),
    "reserve": lambda u, h: u.runs.reserve(h.eve.workspace, "run", 9),
    "release": lambda u, h: u.runs.release_rest(h.eve.workspace, "run"),
    "allocate": lambda u, h: u.runs.allocate(stolen(h), 9),
    "add chunks": lambda u, h: u.chunks.add([chunk_of("run", h.eve.workspace, Stage.ENGINE, 9)]),
    "computed": lambda u, h: u.chunks.computed(stolen(h)),
    "written": lambda u, h: u.chunks.written(
        stolen(h), replace(h.written, workspace=h.eve.workspace), {}, []
    ),
    "written by her": lambda u, h: u.chunks.written(stolen(h), h.written, {}, []),
    "done": lambda u, h: u.chunks.done(stolen(h)),
    "failed": lambda u, h: u.chunks.failed(stolen(h), "x"),
    "reopen": lambda u, h: u.chunks.reopen(h.eve.workspace, "run", Stage.ENGINE, 0),
    "turn": lambda u, h: u.chunks.turn(h.eve.workspace, "run", ChunkState.PLANNED, ChunkState.SKIPPED),
    "block": lambda u, h: u.blocks.put(replace(h.block, workspace=h.eve.workspace), b"x"),
    "ask": lambda u, h: u.ledger.ask(stolen(h), "demo", ["a", "b"], 1),
    "answer": lambda u, h: u.ledger.answer(stolen(h), "demo", {"a": (1, b"x")}),
    "abandon": lambda u, h: u.ledger.abandon(stolen(h), "demo", ["a"]),
    "doubt": lambda u, h: u.ledger.in_doubt(stolen(h), "demo", ["a"]),
    "settle": lambda u, h: u.ledger.settle_doubts(h.eve.workspace, "run"),
    "bill": lambda u, h: u.ledger.bill(
        h.eve.workspace, "run", replace(h.written, workspace=h.eve.workspace), [("late", 1)]
    ),
    "charge": lambda u, h: u.ledger.charge_once(h.eve.workspace, "run", "size", "demo", ["a"]),
    "key": lambda u, h: u.keys.put(h.eve.workspace, h.ada.id, "key", KeptAnswer("d", 202, "x")),
    "credential": lambda u, h: u.credentials.put(
        h.eve.workspace, h.ada.id, "google", "1//eves", frozenset({"openid"})
    ),
    "revoke": lambda u, h: u.credentials.revoke(
        h.eve.workspace,
        h.ada.id,
        "google",
        u.credentials.get(h.ada.workspace, h.ada.id, "google").granted_at,
    ),
    "forget": lambda u, h: u.credentials.forget(h.eve.workspace, h.ada.id, "google"),
    "code": lambda u, h: u.codes.add(h.eve.workspace, h.ada.id, "start", "secret", b"x", 600.0),
    "take": lambda u, h: u.codes.take(h.eve.workspace, "start", "secret"),
    "switches": lambda u, h: u.administration.set_switches(h.eve.workspace, Switches(everybody=False)),
    "admission": lambda u, h: u.administration.set_admission(h.eve.workspace, h.ada.id, Admission.BLOCKED),
    "prove": lambda u, h: u.administration.prove(h.eve.workspace, h.ada.id),
    "disprove": lambda u, h: u.administration.disprove(h.eve.workspace, h.ada.id),
    "note": lambda u, h: u.administration.note(h.eve.workspace, h.ada.id, "paused"),
    "renew": lambda u, h: u.work.renew(stolen(h)),
    "hand back": lambda u, h: u.work.hand_back(stolen(h)),
    "erase": lambda u, h: u.retention.erase_workspace(h.eve.workspace),
}


@pytest.mark.parametrize("write", WRITES)
def test_nothing_of_another_tenant_can_be_changed(world: World, houses: Houses, write):
    before = houses.everything_of_adas()
    assert before
    with suppress(AddonError, IntegrityError):  # refused or without effect: nothing may have changed
        world.does(lambda unit: WRITES[write](unit, houses))
    assert houses.everything_of_adas() == before


def test_two_tenants_may_use_the_same_names(world: World, houses: Houses):
    """Ids of runs, quotes and keys are unique inside a tenant: meeting one tells nothing."""
    world.run(houses.eve, "run")
    world.does(lambda unit: unit.quotes.add(a_quote(houses.eve)))
    assert world.sees(lambda unit: unit.runs.get(houses.eve.workspace, "run")).member == houses.eve.id
    assert world.sees(lambda unit: unit.runs.get(houses.ada.workspace, "run")).member == houses.ada.id


def test_every_table_but_the_leases_is_bound_to_a_workspace():
    for table in METADATA.tables.values():
        if table.name in {"sheet_lease", "named_lease", "workspace", "arrival"}:
            continue
        assert "workspace" in table.primary_key.columns, table.name
        bound = [key for key in table.foreign_key_constraints if "workspace" in key.column_keys]
        assert bound, table.name
