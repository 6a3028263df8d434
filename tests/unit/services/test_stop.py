"""Stop stops: nothing is ordered after it, what is done is written, what is on its way is told (law 6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addon_backend.domain.errors import RunState as RunMoved
from addon_backend.domain.runs import ChunkState, Stage, Task
from addon_backend.local.host import LocalHost
from addon_backend.services.runs import compute, prepare
from addon_backend.services.runs.control import go_on, stop
from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.snapshot import slices_of
from addon_backend.services.runs.views import RunView
from addon_backend.services.runs.work import advance
from addon_backend.services.runs.writing import sending
from addon_backend.services.runs.writing import write as writing
from tests.unit.services.desk import CountingSource, Desk, people

BATCH = 50


@pytest.fixture
def source():
    return CountingSource()


def chunks_of(desk: Desk, run: str, stage: Stage):
    with desk.house.store.reading() as unit:
        return [one for one in unit.chunks.of_run(desk.caller.workspace, run) if one.stage is stage]


def all_are_written(desk: Desk, run: str, stage: Stage) -> bool:
    chunks = chunks_of(desk, run, stage)
    return bool(chunks) and all(chunk.state is ChunkState.WRITTEN for chunk in chunks)


class Stopping:
    """She presses Stop while the source is busy with one of its batches, and looks at the panel."""

    def __init__(self, desk: Desk, run: str, batch: int) -> None:
        self.desk, self.run, self.batch = desk, run, batch
        self.calls = 0
        self.told: list[RunView] = []

    @property
    def seen(self) -> RunView:
        (view,) = self.told
        return view

    def __call__(self) -> None:
        self.calls += 1
        if self.calls != self.batch:
            return
        stop(self.desk.house, self.desk.caller, self.run)
        advance(self.desk.house, "another worker", lambda: False, 60.0)
        self.told.append(self.desk.view(self.run))


@pytest.mark.parametrize("batch", [1, 3])
def test_nothing_is_asked_after_a_stop_and_what_is_on_its_way_is_told(tmp_path, source, batch):
    """One batch is with the provider when she presses Stop: it is the last, whoever works on what."""
    desk = Desk(tmp_path, people(700), source)
    run = desk.press("complete")
    source.before = stopping = Stopping(desk, run, batch)
    desk.work()
    assert stopping.calls == batch
    assert len(source.asked) == batch * BATCH
    assert stopping.seen.state == "stopping"
    assert stopping.seen.on_their_way == batch * BATCH * 2  # an industry and a size each
    view = desk.view(run)
    assert (view.state, view.on_their_way) == ("stopped", 0)
    assert view.money.spent <= stopping.seen.on_their_way
    assert view.money.spent + view.money.released == view.money.reserved


def test_what_providers_had_accepted_is_written_and_nothing_else(tmp_path, source):
    """The cells of the last batch stand in the sheet and are paid for; every other one says why not."""
    desk = Desk(tmp_path, people(200), source)
    run = desk.press("complete")
    source.before = Stopping(desk, run, 2)
    desk.work()
    view = desk.view(run)
    priced = [output for output in view.outputs if output.field in source.fields]
    assert len(priced) == len(source.fields)
    for output in priced:
        filled = [
            mail
            for mail, value in zip(desk.column("E-mail"), desk.column(output.header), strict=True)
            if value is not None
        ]
        assert {str(mail).split("@")[1] for mail in filled} <= set(source.asked)
        assert output.counts["written"] == len(filled) > 0
        assert output.counts["not_asked"] == 200 - len(source.asked)
    assert view.money.spent == sum(output.counts["written"] for output in priced)


def test_what_is_on_its_way_never_passes_the_ceiling(tmp_path, source):
    """Fifty companies are asked about, and seven credits are all that they may cost."""
    desk = Desk(tmp_path, people(100), source)
    run = desk.press("complete", most=7)
    source.before = stopping = Stopping(desk, run, 1)
    desk.work()
    assert 0 < stopping.seen.on_their_way <= 7
    assert desk.view(run).money.spent <= 7


def test_a_run_that_goes_on_has_nothing_to_tell_of(tmp_path, source):
    """While a run runs, its ceiling is what it may spend."""
    desk = Desk(tmp_path, people(60), source)
    run = desk.press("complete")
    seen = []
    source.before = lambda: seen.append(desk.view(run).on_their_way)
    desk.work()
    assert seen
    assert not any(seen)


def test_a_stop_after_a_trial_orders_nothing(tmp_path, source):
    """A run that waits after its first fifty rows ends where it stands."""
    desk = Desk(tmp_path, people(260), source)
    run = desk.press("complete", trial=True)
    desk.work()
    asked = list(source.asked)
    stop(desk.house, desk.caller, run)
    desk.work()
    view = desk.view(run)
    assert (view.state, source.asked) == ("stopped", asked)
    assert view.money.spent + view.money.released == view.money.reserved


def test_a_chunk_that_was_taken_up_as_stop_was_pressed_is_not_begun(tmp_path, source):
    """Between the claim and its first step she presses Stop: nothing is computed and nobody asked."""
    desk = Desk(tmp_path, people(60), source)
    run = desk.press("complete")
    advance(desk.house, "w1", lambda: all_are_written(desk, run, Stage.ENGINE), 60.0)
    assert not source.asked
    claims = desk.house.store

    class StopsAfterAClaim:
        def unit(self):
            return claims.unit()

        def reading(self):
            stop(desk.house, desk.caller, run)
            return claims.reading()

        def __getattr__(self, name):
            return getattr(claims, name)

    late = replace(desk.house, store=StopsAfterAClaim())
    advance(late, "w1", lambda: False, 60.0)
    assert not source.asked
    assert all(chunk.state is ChunkState.SKIPPED for chunk in chunks_of(desk, run, Stage.SOURCES))
    assert desk.view(run).state == "stopped"


def test_a_writer_goes_on_only_with_what_was_computed(tmp_path, source):
    """Her sheet is slow, and she presses Stop while the first of three chunks is being written."""
    desk = Desk(tmp_path, people(1_400), source)
    run = desk.press()
    computed: list[int] = []
    real = desk.house.host("local", desk.caller.workspace, desk.caller.member)

    class StopsInAWrite:
        def __getattr__(self, name):
            return getattr(real, name)

        def write(self, ref, batch):
            if not computed:
                stop(desk.house, desk.caller, run)
                computed.extend(
                    chunk.number
                    for chunk in chunks_of(desk, run, Stage.ENGINE)
                    if chunk.state is ChunkState.COMPUTED
                )
            return real.write(ref, batch)

    slow = replace(desk.house, host=lambda *_whose: StopsInAWrite())
    advance(slow, "w1", lambda: False, 60.0)
    view = desk.view(run)
    assert view.state == "stopped"
    written = [
        chunk.number for chunk in chunks_of(desk, run, Stage.ENGINE) if chunk.state is ChunkState.WRITTEN
    ]
    assert written == computed
    assert 0 < len(written) < 3
    phones = desk.column("Phone (clean)")
    assert all(phones[:500])
    assert not any(phones[500 * len(written) :])


def test_a_stop_while_a_snapshot_is_kept_ends_the_run(tmp_path, source, monkeypatch):
    """A long list is kept slice by slice; a Stop is noticed between them and no chunk is planned."""
    desk = Desk(tmp_path, people(60), source)
    run = desk.press()
    kept: list[int] = []

    def slices(*args):
        (whole,) = slices_of(*args)
        for number in range(30):
            if number == 5:
                stop(desk.house, desk.caller, run)
            kept.append(number)
            yield whole

    monkeypatch.setattr(prepare, "slices_of", slices)
    desk.work()
    assert desk.view(run).state == "stopped"
    assert len(kept) <= 11
    assert not chunks_of(desk, run, Stage.ENGINE)


def test_a_stopped_run_is_over_and_enrich_again_does_the_rest(tmp_path, source):
    """Continue is refused; pressed again, Enrich fills what was left and keeps what was there."""
    desk = Desk(tmp_path, people(120), source)
    run = desk.press("complete")
    source.before = Stopping(desk, run, 1)
    desk.work()
    source.before = None
    before = desk.column("Industry")
    with pytest.raises(RunMoved):
        go_on(desk.house, desk.caller, run, None)
    again = desk.run("complete", key="again")
    assert again.state == "finished"
    after = desk.column("Industry")
    assert [now for was, now in zip(before, after, strict=True) if was] == [one for one in before if one]
    assert sum(map(bool, after)) > sum(map(bool, before)) > 0


def test_what_the_engine_worked_out_and_nobody_wrote_is_left(tmp_path, monkeypatch):
    """All is computed and one chunk of five is in the sheet when she stops: no other one comes."""
    monkeypatch.setattr(prepare, "CHUNK_ROWS", 10)
    desk = Desk(tmp_path, people(50))
    run = desk.press()
    tried = iter(range(1_000))
    write = LocalHost.write

    def stopping(host, ref, batch):
        refused = write(host, ref, batch)
        if next(tried) == 0:
            stop(desk.house, desk.caller, run)
        return refused

    monkeypatch.setattr(LocalHost, "write", stopping)
    compute_all(desk)
    desk.work()
    view = desk.view(run)
    assert view.state == "stopped"
    assert desk.column("Phone (clean)").count(None) == 40
    assert all(output.counts == {"written": 10, "not_asked": 40} for output in view.outputs)
    assert "undo" in view.actions


def test_what_a_dead_writer_has_set_is_told_and_can_be_undone(tmp_path, monkeypatch):
    """The writer dies between its write and the record, then she stops: that chunk is nobody's half-work."""

    class Died(BaseException):
        pass

    def die(name):
        if name == "after_host_write":
            raise Died

    monkeypatch.setattr(prepare, "CHUNK_ROWS", 10)
    desk = Desk(tmp_path, people(50))
    before = desk.table()
    run = desk.press()
    compute_all(desk)
    with monkeypatch.context() as dying:
        dying.setattr(sending, "failpoint", die)
        with pytest.raises(Died):
            desk.work("dying")
    with desk.house.store.unit() as unit:
        unit.work.end_leases("dying")
        unit.commit()
    stop(desk.house, desk.caller, run)
    desk.work()
    view = desk.view(run)
    assert (view.state, desk.column("Phone (clean)").count(None)) == ("stopped", 40)
    assert all(output.counts == {"written": 10, "not_asked": 40} for output in view.outputs)
    undo(desk.house, desk.caller, run, "undo")
    desk.work()
    assert [row[: len(before[0])] for row in desk.table()] == before
    assert not any(any(row[len(before[0]) :]) for row in desk.table())


def compute_all(desk):
    """Work out every chunk before the first is written: the sheet is held by somebody else meanwhile."""
    with desk.house.store.unit() as unit:
        claims = []
        while (claim := unit.work.claim("ahead")) is not None:
            claims.append(claim)
        unit.commit()
    for claim in claims:
        (prepare.prepare if claim.task is Task.PREPARE else compute.compute)(desk.house, claim)
    with desk.house.store.unit() as unit:
        unit.work.end_leases("ahead")
        unit.commit()
    if claims[0].task is Task.PREPARE:
        compute_all(desk)


def test_a_run_that_is_stopped_before_anything_was_filled_leaves_no_names_behind(tmp_path, monkeypatch):
    """Its columns were made, and nothing else; the next run names them again and fills them."""
    desk = Desk(tmp_path, people(30))
    before = desk.table()
    run = desk.press("standard")

    def press_stop(name):
        if name == "after_columns":
            stop(desk.house, desk.caller, run)

    monkeypatch.setattr(writing, "failpoint", press_stop)
    desk.work()
    view = desk.view(run)
    assert (view.state, view.counts.get("written", 0), view.quality_after) == ("stopped", 0, None)
    assert "undo" not in view.actions
    assert [[cell or None for cell in row[:6]] for row in desk.table()] == [
        [cell or None for cell in row] for row in before
    ]
    assert not any(cell for row in desk.table() for cell in row[6:])
    monkeypatch.undo()
    again = desk.run("standard", key="k2")
    assert again.counts["written"] > 0
    assert all(desk.column(output.header) for output in again.outputs)
