"""Where the host is not asked before a run: a preview goes by the panel, and tells nothing of others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from addon_backend.domain.recipes import recipe_named
from addon_backend.services.accounts import enter
from addon_backend.services.runs.earlier import EarlierValues
from addon_backend.services.runs.selection import preview as module
from addon_backend.services.runs.selection.preview import preview
from addon_backend.services.runs.selection.select import select
from tests.fakes.access import MemoryAccess
from tests.unit.services.desk import Desk, people


class Nobody:
    """A host that must not be asked."""

    def __getattr__(self, name):
        raise AssertionError(name)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, people(20))


def looked(desk, caller, access):
    """Preview the list as somebody; its host is asked nothing but whether she may open it."""
    unasked = replace(
        desk.house,
        host=lambda *_whose: Nobody(),
        access={"local": access},
        told_by_panel=frozenset({"local"}),
    )
    selection = select(desk.house, desk.caller, "local", desk.document)
    selection = replace(selection, sheet_rows=21, sheet_columns=20)
    return preview(unasked, caller, selection, recipe_named("standard"))


def test_only_whom_the_host_lets_in_is_told_what_runs_of_others_wrote(desk, monkeypatch):
    asked = []

    class Asked(EarlierValues):
        @classmethod
        def of_list(cls, unit, workspace, *list_of):
            asked.append(workspace)
            return EarlierValues.of_list(unit, workspace, *list_of)

    monkeypatch.setattr(module, "EarlierValues", Asked)
    access = MemoryAccess()
    ben = enter(desk.house, "person:ana", "Ana", "ben", "en")
    desk.run()
    asked.clear()
    looked(desk, ben, access)
    access.shares(desk.document, ben)
    looked(desk, ben, access)
    assert asked == [None, desk.caller.workspace]


def test_a_run_begins_on_what_the_panel_told(desk):
    shown = looked(desk, desk.caller, MemoryAccess())
    assert (shown.rows, shown.quote_id != "") == (20, True)
