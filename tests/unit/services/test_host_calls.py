"""How often a run calls the sheet's host: the formula in docs/architecture.md, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.domain.runs import CHUNK_ROWS
from addon_backend.services.runs import work
from addon_backend.services.runs.writing import held, lookout, seen, sending, write
from tests.unit.services.desk import Desk, people
from tests.unit.services.hostile_desk import DeskAtHostileHost

AROUND = 4
"""Reads of a run besides its chunks': to freeze the list, to find its header, to score it afterwards.

Another one of the headers comes first, as the list has a column that is not to be read.
"""
BESIDE = Recipe("beside", fill=("person.first_name", "phone.type"), duplicates=False)
FILLED = replace(BESIDE, fill=(*BESIDE.fill, "country"))
ONE_KEY = replace(FILLED, clean=((ColumnKind.PHONE, CleanMode.IN_PLACE),))


class Counting:
    """A host that counts how often it is asked to read and to write."""

    def __init__(self, inner) -> None:
        self.inner = inner
        self.calls: Counter[str] = Counter()

    def __getattr__(self, name):
        if name in {"read", "write"}:
            self.calls[name] += 1
        return getattr(self.inner, name)


def calls(desk: Desk, recipe: Recipe) -> Counter[str]:
    """Run a recipe over the whole list, and return the calls that were made once it had been pressed."""
    host = Counting(desk.house.host(desk.host_name, desk.caller.workspace, desk.caller.member))
    run = desk.press(recipe)
    desk.house = replace(desk.house, host=lambda *_whose: host)
    desk.computes()  # else it depends on the pace how often a writer comes back
    while desk.work():
        pass
    assert desk.view(run).state == "finished"
    return host.calls


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Nothing takes any time: writes carry whole chunks, a look after one is the next one's guard read."""
    for module in (held, seen, write, work):
        monkeypatch.setattr(module, "monotonic", lambda: 0.0)


@pytest.fixture
def slow(monkeypatch):
    """A look after a write is always too old to be the next one's guard read."""
    monkeypatch.setattr(seen, "monotonic", lambda: 1.0)


@pytest.mark.parametrize(
    ("desk", "recipe", "reads", "writes"),
    [
        (Desk, BESIDE, 1, 1),
        (Desk, ONE_KEY, 1, 1),
        (DeskAtHostileHost, FILLED, 1, 1),
        (DeskAtHostileHost, ONE_KEY, 2, 2),
    ],
)
def test_calls_grow_by_so_many_with_each_chunk(desk, recipe, reads, writes, tmp_path):
    counted = []
    for chunks in (2, 5):
        folder = tmp_path / str(chunks)
        folder.mkdir()
        counted.append(calls(desk(folder, people(chunks * CHUNK_ROWS)), recipe))
    fewer, more = counted
    assert (more["read"] - fewer["read"], more["write"] - fewer["write"]) == (3 * reads, 3 * writes)


@pytest.mark.usefixtures("slow")
def test_a_writer_that_pauses_reads_once_more(tmp_path):
    counted = calls(DeskAtHostileHost(tmp_path, people(4 * CHUNK_ROWS)), FILLED)
    assert counted["write"] == 4
    assert counted["read"] == AROUND + 2 * 4


def test_a_long_sheet_is_seen_whole_before_every_nth_chunk_only(tmp_path, monkeypatch):
    """Of 3,001 rows 1,000 per chunk: before the first chunk, and the fifth, and then read anew."""
    for module in (lookout, sending, write):
        monkeypatch.setattr(module, "LOOKED_AT", 1_000)
    counted = calls(DeskAtHostileHost(tmp_path, people(6 * CHUNK_ROWS)), FILLED)
    assert counted["write"] == 6
    assert counted["read"] == AROUND + 6 + 2 * 2
