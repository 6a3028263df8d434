"""A run whose member lost the file waits for a new owner, and goes on with her as if nothing had been."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from addon_backend.domain import errors
from addon_backend.local.host import LocalHost
from addon_backend.services.accounts import enter
from addon_backend.services.runs.control import go_on, stop, take_over
from addon_backend.services.runs.history import history
from addon_backend.services.runs.status import run_view
from addon_backend.services.runs.views import RunView
from tests.fakes.access import MemoryAccess
from tests.unit.services.desk import Desk, people


class GuardedHost:
    """A local host that asks for a credential: who may not open the file meets `AccessLost`."""

    def __init__(self, inner: LocalHost) -> None:
        self.inner = inner
        self.closed_at = ""
        self.refusal = errors.AccessLost()

    def __getattr__(self, name):
        if name in self.closed_at.split():
            raise self.refusal
        return getattr(self.inner, name)


class SharedDesk(Desk):
    """A desk whose list lives with a host that checks who opens it; Ben is a colleague."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, people(60))
        self.guard = GuardedHost(LocalHost(self.house.documents, self.caller.workspace))
        self.access = MemoryAccess()
        self.access.shares(self.document, self.caller)
        guarded: Any = self.guard
        self.house = replace(self.house, host=lambda *_whose: guarded, access={"local": self.access})
        self.other = enter(self.house, "person:ana", "Ana", "ben", "en")


@pytest.fixture
def desk(tmp_path):
    return SharedDesk(tmp_path)


def lost(desk: SharedDesk, when: str) -> str:
    """Start a run that loses the file at one of the host's calls."""
    run = desk.press("complete")
    desk.guard.closed_at = when
    desk.access.takes_back(desk.document, desk.caller)
    desk.work()
    return run


MOMENTS = ["read", "add_columns", "write", "describe"]


@pytest.mark.parametrize("when", MOMENTS)
def test_a_run_that_lost_the_file_waits_for_a_new_owner(desk, when):
    view = desk.view(lost(desk, when))
    assert (view.state, view.reason) == ("parked", "needs_owner")
    assert view.actions == ["continue", "stop"]
    assert "take it over" in view.sentence
    desk.work()
    assert desk.view(view.id).state == "parked"


@pytest.mark.parametrize("reason", ["not_connected", "consent_ended"])
def test_a_run_whose_member_is_not_connected_waits_for_her_consent(desk, reason):
    desk.guard.refusal = errors.ConsentNeeded(reason=reason)
    run = lost(desk, "write")
    view = desk.view(run)
    assert (view.state, view.reason) == ("parked", "needs_consent")
    assert view.actions == ["continue", "stop"]
    assert "Connect to Google" in view.sentence

    desk.guard.closed_at = ""
    desk.access.shares(desk.document, desk.caller)
    go_on(desk.house, desk.caller, run, None)
    desk.work()
    assert desk.view(run).state == "finished"


def test_a_colleague_may_take_it_over_meanwhile(desk):
    desk.guard.refusal = errors.ConsentNeeded(reason="consent_ended")
    run = lost(desk, "write")
    desk.access.shares(desk.document, desk.other)
    desk.guard.closed_at = ""
    history(desk.house, desk.other, desk.document, None, 9)
    assert take_over(desk.house, desk.other, run).mine
    desk.work()
    assert run_view(desk.house, desk.other, run).state == "finished"


@pytest.mark.parametrize("when", MOMENTS)
def test_who_can_open_the_file_takes_it_over_and_it_ends_as_it_would_have(desk, tmp_path, when):
    run = lost(desk, when)
    desk.access.shares(desk.document, desk.other)
    desk.guard.closed_at = ""
    assert [line.id for line in history(desk.house, desk.other, desk.document, None, 9)] == [run]

    taken = take_over(desk.house, desk.other, run)
    desk.work()

    assert taken.mine
    assert taken.state in {"queued", "running"}
    view = run_view(desk.house, desk.other, run)
    (tmp_path / "quiet").mkdir()
    quiet = Desk(tmp_path / "quiet", people(60))
    undisturbed = quiet.run("complete")
    assert (view.state, view.counts, view.money) == ("finished", undisturbed.counts, undisturbed.money)
    assert desk.table() == quiet.table()
    with pytest.raises(errors.NotVisible):
        desk.view(run)  # who lost the file sees the run no more, now that it is somebody else's


def test_nobody_takes_over_what_she_cannot_open(desk):
    run = lost(desk, "write")
    with pytest.raises(errors.NotVisible):
        take_over(desk.house, desk.other, run)
    desk.access.shares(desk.document, desk.other)
    history(desk.house, desk.other, desk.document, None, 9)
    desk.access.takes_back(desk.document, desk.other)
    with pytest.raises(errors.NotVisible):
        take_over(desk.house, desk.other, run)  # the host is asked now, whatever it said a minute ago
    assert desk.view(run).mine


def test_nobody_takes_over_a_local_file(desk):
    desk.house = replace(desk.house, access={})
    with pytest.raises(errors.NotVisible):
        take_over(desk.house, desk.other, lost(desk, "write"))


def test_only_a_run_without_an_owner_is_taken_over(desk):
    desk.access.shares(desk.document, desk.other)
    run = desk.run().id
    history(desk.house, desk.other, desk.document, None, 9)
    with pytest.raises(errors.RunState):
        take_over(desk.house, desk.other, run)


@pytest.mark.parametrize("when", MOMENTS)
def test_who_can_open_her_file_again_goes_on(desk, when):
    run = lost(desk, when)
    desk.guard.closed_at = ""
    go_on(desk.house, desk.caller, run, None)
    desk.work()
    assert desk.view(run).state == "finished"


def test_a_trial_that_lost_the_file_is_still_a_trial(desk):
    """Going on is not yet the word to spend on the other rows."""
    run = desk.press("complete", trial=True)
    desk.guard.closed_at = "write"
    desk.work()
    held = desk.view(run).money.reserved
    desk.guard.closed_at = ""
    go_on(desk.house, desk.caller, run, None)
    desk.work()
    view = desk.view(run)
    assert (view.reason, view.money.reserved) == ("trial_done", held)


@pytest.mark.parametrize("when", MOMENTS)
def test_stopping_it_ends_it_and_gives_the_credits_back(desk, when):
    run = lost(desk, when)
    assert stop(desk.house, desk.caller, run).state == "stopped"
    view = desk.view(run)
    assert view.money.spent + view.money.released == view.money.reserved
    for output in view.outputs:
        assert sum(output.counts.values()) == view.rows


def test_a_run_that_loses_the_file_while_it_is_stopped_ends(desk):
    run = desk.press("complete")
    told: list[RunView] = []

    def stop_once():
        if not told and desk.view(run).state == "running":
            told.append(stop(desk.house, desk.caller, run))
            desk.guard.closed_at = "write describe locate read"
        return False

    desk.work(stop=stop_once)
    view = desk.view(run)
    assert (told[0].state, view.state, view.reason) == ("stopping", "failed", "access_lost")
    assert view.money.spent + view.money.released == view.money.reserved
