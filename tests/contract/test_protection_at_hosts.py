"""The protection table at every host: a real run meets every obstacle, and we look at the sheet afterwards.

One run meets all obstacles at once: each stands in the way of one row's cell, and one row has none. An
adapter joins with the import of its desk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import pytest

from addon_backend.domain.cells import CellValue, Obstacle
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.domain.runs import Stage
from addon_backend.domain.sheet import GridRange
from addon_backend.domain.workspaces import TERMS_VERSION
from addon_backend.services.accounts import accept_terms, enter
from addon_backend.services.runs.selection.preview import preview
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.snapshot import chunk_key
from addon_backend.services.runs.start import start
from addon_backend.services.runs.views import StartOrder
from addon_backend.services.runs.work import advance
from tests.contract.desks import Desk, Draft, Obstructing
from tests.contract.test_sheet_host import (  # noqa: F401
    DESKS,
    _database,
    _google,
    google,
    hostile,
    local_in_memory,
    local_in_sqlite,
)
from tests.unit.services.desk import make_house

HEADER = ["E-mail", "Phone", "Country", "Notes"]
MAIL, PHONE, COUNTRY = range(3)
WIDTH = len(HEADER)
ROWS = 24
FIRST = 3  # the sheet row of the first obstacle; the header is row 0
FREE = 1  # a row with nothing in the way
LAST = ROWS
HERS: dict[int, CellValue] = {PHONE: "+33 1 99 00 77 77", COUNTRY: "Belgium"}


def recipe(*cleaned: tuple[ColumnKind, CleanMode], fill: tuple[str, ...] = ()) -> Recipe:
    """E-mails are cleaned beside, too: they are the neighbours of the cells that are looked at."""
    modes = ((ColumnKind.EMAIL, CleanMode.BESIDE), *cleaned)
    return Recipe("matrix", CleanMode.OFF, modes, fill, duplicates=False)


FILL = recipe(fill=("country",))
FILL_BESIDE = recipe(fill=("phone.type",))
BESIDE = recipe((ColumnKind.PHONE, CleanMode.BESIDE))
IN_PLACE = recipe((ColumnKind.PHONE, CleanMode.IN_PLACE))


@dataclass(frozen=True)
class Case:
    """What the cell holds when it is met, by which recipe, and what becomes of it with nothing in the way.

    ``column`` is where a column of hers stands; None for a column that we make. ``anyway`` says that the
    obstacle makes no difference: an earlier line of the table decides.
    """

    name: str
    recipe: Recipe
    output: str
    holds: str
    becomes: tuple[str, str]
    column: int | None = None
    anyway: bool = False


CASES = (
    Case("fill a blank cell", FILL, "fill:", "blank", ("written", ""), COUNTRY),
    Case("fill where she typed", FILL, "fill:", "hers", ("kept", "filled_by_person"), COUNTRY),
    Case("fill where we wrote", FILL_BESIDE, "fill:", "ours", ("written", "")),
    Case("fill our column where it is blank", FILL_BESIDE, "fill:", "blank", ("written", "")),
    Case("fill our column where she typed", FILL_BESIDE, "fill:", "hers", ("kept", "filled_by_person")),
    Case("clean beside a blank cell", BESIDE, "clean:", "blank", ("written", "")),
    Case("clean beside where she typed", BESIDE, "clean:", "hers", ("kept", "filled_by_person")),
    Case("clean beside where we wrote", BESIDE, "clean:", "ours", ("already_there", "")),
    Case("clean in place what was read", IN_PLACE, "clean:", "read", ("written", ""), PHONE),
    Case("clean in place what we wrote", IN_PLACE, "clean:", "ours", ("already_there", ""), PHONE),
    Case("clean in place a blank", IN_PLACE, "clean:", "blank", ("not_found", "empty"), PHONE, anyway=True),
    Case(
        "clean in place what she retyped since",
        IN_PLACE,
        "clean:",
        "hers",
        ("review", "input_changed"),
        PHONE,
        anyway=True,
    ),
)


class Bench:
    """The real services at work at a desk's host."""

    def __init__(self, folder, desk: Desk, draft: Draft) -> None:
        self.desk = desk
        self.house = replace(make_house(folder), host=lambda *_whose: desk.host)
        self.caller = enter(self.house, "person:ana", "Ana", "ana", "en")
        accept_terms(self.house, self.caller, TERMS_VERSION)
        (self.ref,) = desk.lay_out(draft)

    def press(self, recipe: Recipe, language: str = "en") -> str:
        """Press Enrich on her own columns and let the rows be read."""
        caller = replace(self.caller, language=language)
        area = GridRange(0, 0, None, WIDTH)
        selection = select(self.house, caller, self.ref.host, self.ref.document, area=area)
        quote = preview(self.house, caller, selection, recipe).quote_id
        order = StartOrder(quote, selection.sheet, selection.range, recipe)
        run = start(self.house, caller, order, f"key of {quote}", "digest")[0].id
        left = iter((False, True))
        advance(self.house, "w1", lambda: next(left), 60.0)
        return run

    def work(self) -> None:
        advance(self.house, "w1", lambda: False, 60.0)

    def outcomes(self, run: str, output: str, column: int) -> dict[int, tuple[str, str]]:
        """Return outcome and reason by row, in the order of the run, of the output on a column."""
        with self.house.store.reading() as unit:
            done = unit.runs.get(self.caller.workspace, run)
            where = dict(
                zip(
                    [one.name for one in done.outputs],
                    self.desk.host.locate(self.ref, [one.target or "" for one in done.outputs]),
                    strict=True,
                )
            )
            (name,) = (n for n, at in where.items() if n.startswith(output) and at == column)
            found = unit.blocks.get(chunk_key(done, "outcome", Stage.ENGINE, 0, name))
        assert found is not None
        return {row: (one[0], one[1]) for row, one in enumerate(json.loads(found), 1)}

    def look(self, column: int) -> list[CellValue]:
        return [self.desk.look(self.ref, row, column) for row in range(ROWS + 1)]

    def column_of(self, header: str) -> int:
        return next(at for at in range(WIDTH, 20) if self.desk.look(self.ref, 0, at) == header)


def list_of(phone: CellValue = "typed", country: CellValue = None) -> list[list[CellValue]]:
    rows: list[list[CellValue]] = [list(HEADER)]
    for i in range(1, ROWS + 1):
        in_the_way = phone if FIRST <= i < FIRST + len(Obstacle) or i == FREE else "typed"
        typed = f"+33 (0)1 99 00 00 {i:02}"
        rows.append(
            [f"person{i}@Company{i}.Example", typed if in_the_way == "typed" else phone, country, f"note {i}"]
        )
    return rows


def obstacles_of(desk: Desk) -> dict[int, Obstacle]:
    """Return which obstacle stands in which row: those that this host can tell, and a hidden row."""
    told = [one for one in Obstacle if one in desk.tells or one is Obstacle.HIDDEN]
    return dict(enumerate(told, FIRST))


def laid_out(case: Case) -> Draft:
    """Her list as it stands when she presses Enrich first."""
    if case.column == PHONE and case.holds == "blank":
        return Draft(list_of(phone=None))
    grid = list_of(country=HERS[COUNTRY] if case.column == COUNTRY and case.holds == "hers" else None)
    grid[LAST][COUNTRY] = None  # a column where nothing is to be done is no part of a run
    return Draft(grid)


def met(bench: Bench, case: Case) -> tuple[str, int]:
    """Let the cells hold what the case says, and press Enrich; return the run and the column in question."""
    if case.column is not None and case.holds != "ours":
        run = bench.press(case.recipe)
        if case.column == PHONE and case.holds == "hers":
            for row in (FREE, *obstacles_of(bench.desk)):
                bench.desk.type_in(bench.ref, row, PHONE, HERS[PHONE])
        return run, case.column
    bench.press(case.recipe)
    bench.work()
    for row in range(1, ROWS + 1):
        bench.desk.type_in(bench.ref, row, bench.column_of("E-mail (clean)"), None)
    header = "Phone (clean)" if case.recipe is BESIDE else "Phone type"
    column = bench.column_of(header) if case.column is None else case.column
    if case.column == PHONE:
        bench.desk.type_in(bench.ref, LAST, PHONE, HERS[PHONE])
    if case.column is None and case.holds != "ours":
        for row in range(1, ROWS + 1):
            bench.desk.type_in(bench.ref, row, column, "hers" if case.holds == "hers" else None)
    # Our own words in another language: what stands there is ours, and another value is to be set.
    return bench.press(case.recipe, "fr" if case.recipe is FILL_BESIDE else "en"), column


@pytest.fixture(params=DESKS)
def desk(request: pytest.FixtureRequest) -> Desk:
    """A fresh desk of each host."""
    fresh: Desk = request.getfixturevalue(request.param)
    return fresh


@pytest.fixture
def obstructing(desk: Desk) -> Desk:
    """A desk where something can come over a cell while a run works."""
    if not isinstance(desk, Obstructing):
        pytest.skip("here nothing comes over a cell once the sheet is laid out")
    return desk


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_obstacle_is_met(tmp_path, obstructing, case):
    """A cell with anything in its way stays as it is and says why; the rest of its row is written."""
    bench = Bench(tmp_path, obstructing, laid_out(case))
    run, column = met(bench, case)
    obstacles = obstacles_of(obstructing)
    for row, obstacle in obstacles.items():
        obstructing.obstruct(bench.ref, row, column, obstacle)
    before = bench.look(column)
    bench.work()
    after, outcomes = bench.look(column), bench.outcomes(run, case.output, column)

    def becomes(row: int) -> tuple[str, str]:
        outcome, reason = outcomes[row]
        return outcome, reason if outcome in {"kept", "review", "not_found"} else ""

    assert becomes(FREE) == case.becomes
    assert (after[FREE] != before[FREE]) == (case.becomes[0] == "written")
    for row, obstacle in obstacles.items():
        assert becomes(row) == (case.becomes if case.anyway else ("kept", obstacle.value)), obstacle
        assert after[row] == before[row], obstacle
    mails = bench.look(bench.column_of("E-mail (clean)"))
    for row in range(1, ROWS + 1):
        hidden = obstacles.get(row) is Obstacle.HIDDEN
        assert mails[row] == (None if hidden else f"person{row}@company{row}.example"), obstacles.get(row)


@pytest.mark.parametrize(
    ("chosen", "output", "column"),
    [(FILL, "fill:", COUNTRY), (IN_PLACE, "clean:", PHONE)],
    ids=["fill", "in place"],
)
def test_obstacles_that_stood_there_before_are_met_too(tmp_path, desk, chosen, output, column):
    """A hidden row is no part of the run; every other obstacle is told."""
    obstacles = obstacles_of(desk)
    (hidden,) = (row for row, one in obstacles.items() if one is Obstacle.HIDDEN)
    in_the_way = {row: one for row, one in obstacles.items() if one is not Obstacle.HIDDEN}
    draft = Draft(
        list_of(),
        obstacles={(row, column): one for row, one in in_the_way.items()},
        formulas={(row, column): "=A1" for row, one in in_the_way.items() if one is Obstacle.FORMULA},
        hidden=frozenset({hidden}),
    )
    bench = Bench(tmp_path, desk, draft)
    before = bench.look(column)
    run = bench.press(chosen)
    bench.work()
    worked_on = [row for row in range(1, ROWS + 1) if row != hidden]
    told = bench.outcomes(run, output, column)
    outcomes = dict(zip(worked_on, told.values(), strict=True))
    after = bench.look(column)
    for row in worked_on:
        if row in in_the_way:
            assert outcomes[row] == ("kept", in_the_way[row].value)
            assert after[row] == before[row]
        else:
            assert outcomes[row][0] == "written"
            assert after[row] not in {before[row], None}
    mails = bench.look(bench.column_of("E-mail (clean)"))
    assert [row for row in range(1, ROWS + 1) if mails[row] is None] == [hidden]
    assert after[hidden] == before[hidden]


@pytest.mark.parametrize("obstacle", [Obstacle.SPILL, Obstacle.MERGED])
def test_what_reaches_past_her_list_stands_in_the_way_of_a_new_column(tmp_path, desk, obstacle):
    """A spill or a merge covers a cell right of her list: our column stands beside it, or leaves it alone."""
    reached = (FIRST, WIDTH)
    bench = Bench(tmp_path, desk, Draft(list_of(), obstacles={reached: obstacle}))
    bench.press(BESIDE)
    bench.work()
    assert desk.look(bench.ref, *reached) is None
    phones = bench.look(bench.column_of("Phone (clean)"))
    written = {row for row in range(1, ROWS + 1) if phones[row] == f"+33199000{row:03}"}
    assert written >= set(range(1, ROWS + 1)) - {FIRST}
