"""A slow sheet: what is told of a run while one chunk of it is written, part by part."""

from __future__ import annotations

from addon_backend.local.host import LocalHost
from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.views import RunView
from tests.unit.services.desk import Desk, people

ROWS = 200
PART = 40


class Watched:
    """Writes 40 rows at a time; before each, somebody looks at the run in her panel."""

    def __init__(self, monkeypatch, desk: Desk, run: str) -> None:
        self.seen: list[RunView] = []
        self.run = run
        write = LocalHost.write

        def watched(host, ref, batch):
            self.seen.append(desk.view(self.run))
            return write(host, ref, batch)

        monkeypatch.setattr(LocalHost, "rows_per_write", PART)
        monkeypatch.setattr(LocalHost, "write", watched)


def test_every_part_of_a_chunk_is_told_in_a_run_and_in_its_undo(tmp_path, monkeypatch):
    desk = Desk(tmp_path, people(ROWS))
    run = desk.press("standard")
    watched = Watched(monkeypatch, desk, run)
    desk.work()
    parts = watched.seen[: ROWS // PART]
    assert [view.rows_done for view in parts] == [0, 40, 80, 120, 160]
    written = [view.counts.get("written", 0) for view in parts]
    assert written == sorted(set(written))
    assert [view.fraction for view in parts] == sorted(view.fraction for view in parts)
    assert (parts[0].ready_in, parts[-1].ready_in is None) == (None, False)
    assert len({view.version for view in parts}) == len(parts)
    ended = desk.view(run)
    assert (ended.rows_done, ended.fraction, ended.state) == (ROWS, 1.0, "finished")
    watched.seen.clear()
    other = watched.run = undo(desk.house, desk.caller, run, "undo")[0].id
    desk.work()
    back = watched.seen[: ROWS // PART]
    assert [view.rows_done for view in back] == [0, 40, 80, 120, 160]
    assert [view.fraction for view in back] == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert (desk.view(other).rows_done, desk.view(other).state) == (ROWS, "finished")
