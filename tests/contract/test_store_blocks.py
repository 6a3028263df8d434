"""Bulk data lies compressed and sealed, bound to its place, until it is erased; on both engines."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from addon_backend.domain.errors import EngineUnavailable, NotVisible
from addon_backend.domain.runs import RunState, Stage
from addon_backend.ports.store import BlockKey, KeptAnswer
from tests.contract.world import World, a_quote, chunks_of

SECRET = b"ada@example.com\n" * 500


@pytest.fixture
def ada(world: World):
    """A person with a run."""
    ada = world.member()
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 1)))
    return ada


@pytest.fixture
def key(ada):
    """Where a column of her snapshot belongs."""
    return BlockKey(ada.workspace, "run", "input", Stage.ENGINE, 3, "fill:country")


def put(world, key, data=SECRET):
    world.does(lambda unit: unit.blocks.put(key, data))


def got(world, key):
    return world.sees(lambda unit: unit.blocks.get(key))


def test_a_block_comes_back_and_is_replaced_by_the_same_key(world: World, key):
    assert got(world, key) is None
    put(world, key)
    assert got(world, key) == SECRET
    put(world, key, b"")
    assert got(world, key) == b""


def test_a_block_lies_compressed_and_sealed(world: World, key):
    put(world, key)
    ((kept,),) = world.ask("SELECT data FROM block")
    raw = bytes(kept)  # type: ignore[call-overload]
    assert b"ada" not in raw
    assert len(raw) < len(SECRET) / 10


def test_all_columns_of_a_chunk_come_together(world: World, key):
    for column in ("a", "b|c", "Ünïcode"):
        put(world, replace(key, column=column), column.encode())
    for other in (replace(key, number=4), replace(key, kind="result"), replace(key, stage=Stage.SOURCES)):
        put(world, other)
    found = world.sees(
        lambda unit: unit.blocks.columns(key.workspace, key.run, key.kind, Stage.ENGINE, key.number)
    )
    assert found == {column: column.encode() for column in ("a", "b|c", "Ünïcode")}


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "'before'"), ("stage", "2"), ("number", "4"), ('"column"', "'fill:city'"), ("run", "'run-2'")],
)
def test_a_block_that_was_moved_elsewhere_does_not_open(world: World, ada, key, column, value):
    world.run(ada, "run-2")
    put(world, key)
    world.sql(f"UPDATE block SET {column} = {value}")  # noqa: S608 - the cases are above
    ((run, kind, stage, number, name),) = world.ask('SELECT run, kind, stage, number, "column" FROM block')
    moved = BlockKey(ada.workspace, str(run), str(kind), int(str(stage)), int(str(number)), str(name))
    with pytest.raises(EngineUnavailable) as caught:
        got(world, moved)
    assert caught.value.facts == {"reason": "sealed_bytes_refused"}


def test_another_workspaces_block_does_not_open_in_ones_own(world: World, ada, key):
    grace = world.member("grace")
    world.run(grace)
    put(world, key)
    put(world, replace(key, workspace=grace.workspace), b"hers")
    world.sql(
        "UPDATE block SET data = (SELECT data FROM block WHERE workspace = :theirs) WHERE workspace = :mine",
        theirs=ada.workspace,
        mine=grace.workspace,
    )
    with pytest.raises(EngineUnavailable):
        got(world, replace(key, workspace=grace.workspace))


def test_a_block_of_no_run_is_not_kept(world: World, key):
    with pytest.raises(IntegrityError):
        put(world, replace(key, run="no"))


def test_digests_mean_something_in_their_workspace_and_context_only(world: World, ada):
    grace = world.member("grace")

    def digests(member, context, *texts):
        return world.sees(lambda unit: unit.blocks.digests(member.workspace, context, texts))

    ours = digests(ada, "keys", "a", "b", "a")
    assert ours[0] == ours[2] != ours[1]
    assert digests(ada, "keys", "a") == ours[:1]
    assert digests(grace, "keys", "a") != ours[:1]
    assert digests(ada, "other", "a") != ours[:1]
    assert digests(ada, "keys") == []


def finished(world, ada, name="run"):
    world.does(lambda unit: unit.runs.move(ada.workspace, name, {RunState.RUNNING}, RunState.FINISHED))


def test_past_its_time_a_run_keeps_its_counts_and_loses_its_values(world: World, ada, key):
    put(world, key)
    claim = world.must_claim()
    world.does(lambda unit: unit.ledger.ask(claim, "demo", ["a"], 1))
    world.does(lambda unit: unit.ledger.answer(claim, "demo", {"a": (1, b"Paris")}))
    world.does(lambda unit: unit.ledger.charge_once(ada.workspace, "run", "country", "demo", ["a"]))
    finished(world, ada)
    assert world.does(lambda unit: unit.retention.erase_due()) == 0
    assert got(world, key) == SECRET

    world.sql("UPDATE run SET erase_at = 1")
    assert world.does(lambda unit: unit.retention.erase_due()) == 1
    assert got(world, key) is None
    for table in ("block", "provider_call", "charged_identity"):
        assert world.ask(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608 - the names are above
    assert world.sees(lambda unit: unit.runs.get(ada.workspace, "run")).state is RunState.FINISHED
    assert world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run")).provider_units_spent == 1
    assert world.does(lambda unit: unit.retention.erase_due()) == 0, "once is enough"


def test_a_run_that_goes_on_is_never_erased(world: World, ada, key):
    put(world, key)
    world.does(lambda unit: unit.retention.erase_due())
    assert got(world, key) == SECRET


def test_many_runs_are_erased_a_hundred_at_a_time(world: World, ada):
    for number in range(120):
        world.run(ada, f"old-{number}")
    world.sql("UPDATE run SET erase_at = 1 WHERE id LIKE 'old-%'")
    assert [world.does(lambda unit: unit.retention.erase_due()) for _ in range(3)] == [100, 20, 0]


def test_keys_live_a_day_and_quotes_a_day_longer_than_they_hold(world: World, ada):
    now = world.sees(lambda unit: unit.now())
    with world.store.unit() as unit:
        for name, expires_at in (("old", now - 90_000), ("expired", now - 60), ("valid", now + 60)):
            unit.quotes.add(a_quote(ada, name, expires_at))
        unit.commit()
    kept = KeptAnswer("digest", 202, "run")
    world.does(lambda unit: unit.keys.put(ada.workspace, ada.id, "old", kept))
    world.does(lambda unit: unit.keys.put(ada.workspace, ada.id, "young", kept))
    world.sql("UPDATE idempotency_key SET created_at = created_at - 90000 WHERE key = 'old'")
    world.does(lambda unit: unit.retention.erase_due())
    assert world.ask("SELECT id FROM quote ORDER BY id") == [("expired",), ("valid",)]
    assert world.ask("SELECT key FROM idempotency_key") == [("young",)]


def test_an_erased_workspace_leaves_nothing_and_touches_nobody_else(world: World, ada, key):
    grace = world.member("grace")
    world.run(grace)
    put(world, key)
    put(world, replace(key, workspace=grace.workspace))
    world.accepts(ada, "2026-11")
    world.does(lambda unit: unit.quotes.add(a_quote(ada)))
    world.does(lambda unit: unit.keys.put(ada.workspace, ada.id, "key", KeptAnswer("digest", 202, "run")))
    claim = world.must_claim()
    world.does(lambda unit: unit.ledger.ask(claim, "demo", ["a"], 1))

    world.does(lambda unit: unit.retention.erase_workspace(ada.workspace))

    tables = [
        "run", "reservation", "chunk", "block", "quote", "member", "terms_acceptance", "idempotency_key",
        "provider_call", "ledger", "charged_identity", "recipe", "document",
    ]  # fmt: skip
    for table in tables:
        rows = world.ask(f"SELECT count(*) FROM {table} WHERE workspace = :it", it=ada.workspace)  # noqa: S608
        assert rows == [(0,)], table
    assert world.ask("SELECT count(*) FROM workspace WHERE id = :it", it=ada.workspace) == [(0,)]
    with pytest.raises(NotVisible):
        world.sees(lambda unit: unit.accounts.workspace(ada.workspace))
    assert got(world, replace(key, workspace=grace.workspace)) == SECRET
