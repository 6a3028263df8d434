"""What is left alone is told before the price, and it is what the run then leaves alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from addon_backend.domain.cells import CellValue, Obstacle
from addon_backend.domain.errors import SheetProtected
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe, recipe_named
from addon_backend.domain.sentences import preflight_sentence
from addon_backend.domain.sheet import GridRange
from addon_backend.domain.texts.cells import PREFLIGHT
from addon_backend.engine.plan.protection import Decision, Seen, decide
from addon_backend.services.runs.following.undo import undo
from tests.contract.desks import Draft
from tests.contract.local_desk import LocalDesk
from tests.unit.services.desk import Desk, people

HEADER = ["E-mail", "Phone", "Country", "Notes"]
MAIL, PHONE, COUNTRY, _ = range(4)
IN_PLACE = Recipe(
    "everything in its place",
    CleanMode.OFF,
    ((ColumnKind.EMAIL, CleanMode.IN_PLACE), (ColumnKind.PHONE, CleanMode.IN_PLACE)),
    fill=("country",),
)
GUARDS = list(Obstacle)


def everything_in_the_way() -> Draft:
    """Each obstacle on a blank, on a clean and on a filled cell; rows that are hidden; countries of hers."""
    grid: list[list[CellValue]] = [list(HEADER)]
    grid += [[f"Person{i}@Company.Example", f"+33 (0)1 99 00 00 {i:02}", None, f"n {i}"] for i in range(60)]
    obstacles: dict[tuple[int, int], Obstacle] = {}
    for at, obstacle in enumerate(GUARDS):
        for first, column in ((1, MAIL), (8, PHONE), (15, COUNTRY), (22, COUNTRY)):
            obstacles[first + at, column] = obstacle
        grid[8 + at][PHONE] = f"+331990000{at:02}"
        grid[22 + at][COUNTRY] = "Belgium"
    for row in (30, 31, 32):
        grid[row][COUNTRY] = "Spain"  # she knows better than the phone number
    for row in (33, 34):
        grid[row][COUNTRY] = "France"  # and here she agrees with it
    hidden = frozenset({2, 40, 41})
    formulas = {at: "=A1" for at, one in obstacles.items() if one is Obstacle.FORMULA}
    return Draft(grid, obstacles=obstacles, formulas=formulas, hidden=hidden)


@pytest.fixture
def desk(tmp_path):
    """Her desk, with every obstacle in her list."""
    desk = Desk(tmp_path, people(3))
    (ref,) = LocalDesk(desk.house.documents, desk.caller.workspace).lay_out(everything_in_the_way())
    desk.document = ref.document
    return desk


def kept(view) -> Counter[str]:
    """Why cells were kept, over all columns."""
    found: Counter[str] = Counter()
    for output in view.outputs:
        found.update({one.code: one.count for one in output.reasons.get("kept", ())})
    return found


@pytest.mark.parametrize("recipe", [IN_PLACE, recipe_named("standard")], ids=["in place", "standard"])
def test_what_was_told_before_the_price_is_what_the_run_leaves_alone(desk, recipe):
    """Count for count, reason for reason; and no reason is missing."""
    shown, *_ = desk.look(recipe)
    told = {line.code: line.count for line in shown.preflight}
    hidden = told.pop("hidden")
    view = desk.run(recipe)
    assert view.state == "finished"
    assert set(told) == {"hidden_column", "filled_by_person", *GUARDS} - {Obstacle.HIDDEN}
    told[Obstacle.HIDDEN] = told.pop("hidden_column")
    assert told == kept(view)
    assert hidden == 3
    assert view.rows == shown.rows == 57
    assert all(line.sentence for line in shown.preflight)


def test_the_headline_counts_what_will_be_set(desk):
    """Not what is guarded, nor what she has filled."""
    shown, *_ = desk.look(IN_PLACE)
    view = desk.run(IN_PLACE)
    assert [step.count for step in shown.steps] == [output.counts["written"] for output in view.outputs]


def test_nobody_is_asked_about_a_cell_that_cannot_be_written_to(tmp_path):
    """A source is paid for each question, whatever becomes of its answer."""
    rows = [[*row, ""] for row in people(40)]
    rows[0][-1] = "Industry"
    rows[30][-1] = "Mining"  # hers
    guards = {(1 + at, 6): one for at, one in enumerate(GUARDS)}
    draft = Draft(rows, obstacles=guards, formulas={(1 + GUARDS.index(Obstacle.FORMULA), 6): "=A1"})
    desk = Desk(tmp_path, people(3))
    (ref,) = LocalDesk(desk.house.documents, desk.caller.workspace).lay_out(draft)
    desk.document = ref.document
    recipe = Recipe("industries", CleanMode.OFF, fill=("company.industry",), sources=("demo",))
    shown, *_ = desk.look(recipe)
    told = {line.code: line.count for line in shown.preflight}
    view = desk.run(recipe)
    assert [step.to_ask for step in shown.steps] == [39 - len(GUARDS)]
    assert len(desk.source.asked) <= 39 - len(GUARDS)
    assert view.money.provider_units_spent <= shown.price.provider_units
    assert not {f"company{at}.example" for at in range(len(GUARDS))} & set(desk.source.asked)
    told[Obstacle.HIDDEN] = told.pop("hidden_column")
    assert told == kept(view) == dict.fromkeys(GUARDS, 1)


def test_her_own_values_are_named_by_what_they_are(desk):
    """Three countries differ from what the phones say; those that agree are no news."""
    shown, *_ = desk.look(IN_PLACE)
    (line,) = (line for line in shown.preflight if line.code == "filled_by_person")
    assert (line.count, line.sentence) == (3, "3 countries are filled already: yours stay.")


class TestRowsThatWereDoneBefore:
    """She opens a list again that a run has been through."""

    AREA = GridRange(0, 0, None, 6)

    @pytest.fixture
    def done(self, tmp_path):
        desk = Desk(tmp_path, people(30))
        assert not self.fresh(desk)
        self.run = desk.run(area=self.AREA)
        return desk

    def fresh(self, desk, recipe="standard") -> int:
        shown, *_ = desk.look(recipe, area=self.AREA)
        return sum(line.count for line in shown.preflight if line.code == "fresh")

    def test_all_are_told_and_nothing_changes_in_them(self, done):
        assert self.fresh(done) == 30
        view = done.run(key="again", area=self.AREA)
        assert not view.counts.get("written")

    def test_a_row_that_changed_since_is_not_among_them(self, done):
        done.type_in(3, "Phone", "+33 1 99 00 77 77")
        done.type_in(4, "Country", "Belgium")  # hers now, in a row that was done
        done.type_in(5, "Notes", "she called back")  # no part of what was read
        assert self.fresh(done) == 29

    def test_another_recipe_has_not_done_them(self, done):
        assert not self.fresh(done, "complete")

    def test_a_run_that_was_taken_back_has_not_done_them(self, done):
        undo(done.house, done.caller, self.run.id, "undo")
        done.work()
        assert not self.fresh(done)


def test_a_protected_sheet_is_refused_before_the_price(desk):
    """Nothing could be written: she is told so instead of a price."""
    documents, workspace = desk.house.documents, desk.caller.workspace
    document = documents.get(workspace, desk.document)
    sheet = documents.sheets(workspace, desk.document)[0]
    rows = documents.rows(workspace, desk.document, sheet.id, 0, sheet.rows)
    documents.forget(workspace, desk.document)
    documents.add(document, [(replace(sheet, protected=True), rows)])
    with pytest.raises(SheetProtected):
        desk.look()


def test_cells_that_are_very_long_are_told(tmp_path):
    """They are longer than a cell of the person's own sheet may be, and nothing is made of them."""
    rows = people(30)
    rows[3][3] = "A" + "é" * 40_000
    shown, *_ = Desk(tmp_path, rows).look()
    assert {line.code: line.count for line in shown.preflight} == {"too_long": 1}


def test_the_table_is_asked_once_per_cell(desk, monkeypatch):
    """Five thousand rows cost five thousand looks per column, not more."""
    asked: list[Seen] = []

    def counting(seen: Seen) -> Decision:
        asked.append(seen)
        return decide(seen)

    monkeypatch.setattr("addon_backend.services.runs.selection.preflight.decide", counting)
    shown, *_ = desk.look(IN_PLACE)
    assert len(asked) == 3 * shown.rows


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", sorted(PREFLIGHT))
def test_every_line_is_said_of_one_and_of_many(code, language):
    """One cell is singular, many are counted."""
    one, many = (preflight_sentence(code, count, language, "country") for count in (1, 1200))
    assert one.startswith("1 ")
    assert "200" in many
    assert "{" not in one + many
