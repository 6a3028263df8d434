"""Each switch bites: at the preview, at the start, at what follows, and in runs that are under way."""

from dataclasses import replace

import pytest

from addon_backend.domain.errors import (
    FieldSwitchedOff,
    InPlaceSwitchedOff,
    NotAdmitted,
    WorkspacePaused,
)
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe, recipe_named
from addon_backend.domain.switches import Admission, Switches
from addon_backend.services.accounts import enter
from addon_backend.services.admin.members import park_those_not_admitted
from addon_backend.services.catalogue import catalogue
from addon_backend.services.runs.access import admit_to_document
from addon_backend.services.runs.control import go_on, stop, take_over
from addon_backend.services.runs.following.swap import swap
from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.start import start
from addon_backend.services.runs.status import run_view
from addon_backend.services.runs.views import StartOrder
from addon_backend.services.runs.work import advance
from addon_backend.services.runs.writing import write as writing
from addon_backend.services.upkeep import sweep
from tests.unit.services.desk import Desk, people
from tests.unit.services.test_swap import phones
from tests.unit.services.test_take_over import SharedDesk
from tests.unit.services.test_undo import without_blank_columns

MINE = Recipe("mine", fill=("country", "company.domain"))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, people(30))


def switches(desk, **told):
    """Switch as an administrator would have."""
    with desk.house.store.unit() as unit:
        now = unit.administration.switches(desk.caller.workspace)
        unit.administration.set_switches(desk.caller.workspace, replace(now, **told))
        park_those_not_admitted(unit, desk.caller.workspace)
        unit.commit()


def says(desk, admission, member=None):
    with desk.house.store.unit() as unit:
        whom = member or desk.caller.member
        unit.administration.set_admission(desk.caller.workspace, whom, admission)
        park_those_not_admitted(unit, desk.caller.workspace)
        unit.commit()


def everything_she_presses(desk, run, parked):
    """All that would begin something for her, with a finished run and a parked one."""
    return {
        "preview": desk.look,
        "go on": lambda: go_on(desk.house, desk.caller, parked, None),
        "undo": lambda: undo(desk.house, desk.caller, run.id, "key-undo"),
        "swap": lambda: swap(desk.house, desk.caller, run.id, phones(run).name, "key-swap"),
    }


class TestPause:
    """Nothing begins, nothing goes on, and then it does."""

    def test_a_run_waits_and_goes_on_by_itself(self, desk):
        run = desk.press()
        switches(desk, paused=True)
        assert desk.work() == 0
        assert sweep(desk.house, "sweeper").due == 0
        assert desk.view(run).state == "queued"
        assert "Paused by your administrator" in desk.view(run).sentence
        switches(desk, paused=False)
        assert sweep(desk.house, "sweeper").due > 0
        desk.work()
        assert desk.view(run).state == "finished"
        assert "Paused" not in desk.view(run).sentence

    @pytest.mark.parametrize("after", range(1, 8))
    def test_it_stops_after_whatever_it_was_at(self, tmp_path, after):
        """One claim more, at most, than were done; the sheet ends as it would have without the pause."""
        desk = Desk(tmp_path, people(1200))
        run = desk.press()
        done = []

        def paused_then():
            done.append(1)
            if len(done) == after:
                switches(desk, paused=True)
            return False

        advance(desk.house, "w1", paused_then, 600.0)
        assert desk.view(run).state != "finished"
        at = desk.table()
        assert desk.work() == 0
        assert desk.table() == at
        switches(desk, paused=False)
        desk.work()
        assert desk.view(run).state == "finished"
        assert desk.view(run).counts.get("failed", 0) == 0

    def test_a_writer_stops_at_its_next_chunk(self, tmp_path, monkeypatch):
        """It holds more chunks than one, and leaves them."""
        desk = Desk(tmp_path, people(2600))
        run = desk.press()
        written = []
        usual = writing._write_chunk  # noqa: SLF001 - where a chunk ends

        def write_one(*told):
            shift = usual(*told)
            written.append(1)
            switches(desk, paused=True)
            return shift

        monkeypatch.setattr(writing, "_write_chunk", write_one)
        desk.work()
        assert len(written) == 1
        monkeypatch.setattr(writing, "_write_chunk", usual)
        switches(desk, paused=False)
        desk.work()
        assert desk.view(run).state == "finished"

    def test_nothing_new_begins(self, desk):
        run = desk.run()
        parked = desk.press("complete", key="k2")
        desk.work()
        for press in everything_she_presses(desk, run, parked).values():
            switches(desk, paused=True)
            with pytest.raises(WorkspacePaused):
                press()

    def test_a_price_from_before_starts_nothing(self, desk):
        with pytest.raises(WorkspacePaused):
            _press_late(desk, lambda: switches(desk, paused=True))

    def test_a_run_can_be_stopped_meanwhile(self, desk):
        run = desk.press()
        switches(desk, paused=True)
        stop(desk.house, desk.caller, run)
        assert desk.view(run).state == "stopped"

    def test_another_workspace_goes_on(self, desk):
        run = desk.press()
        other = enter(desk.house, "person:eve", "Eve", "eve", "en")
        with desk.house.store.unit() as unit:
            unit.administration.set_switches(other.workspace, Switches(paused=True))
            unit.commit()
        desk.work()
        assert desk.view(run).state == "finished"


REFUSED = {
    "blocked": lambda desk: says(desk, Admission.BLOCKED),
    "not_listed": lambda desk: switches(desk, everybody=False),
}


class TestWhoMayRun:
    """Blocked, or not on the list."""

    @pytest.mark.parametrize("reason", REFUSED)
    def test_nothing_begins_for_her(self, desk, reason):
        run = desk.run()
        parked = desk.press("complete", key="k2")
        desk.work()
        REFUSED[reason](desk)
        for press in everything_she_presses(desk, run, parked).values():
            with pytest.raises(NotAdmitted) as caught:
                press()
            assert caught.value.facts["reason"] == reason

    @pytest.mark.parametrize("reason", REFUSED)
    def test_a_price_from_before_starts_nothing(self, desk, reason):
        with pytest.raises(NotAdmitted):
            _press_late(desk, lambda: REFUSED[reason](desk))

    @pytest.mark.parametrize("reason", REFUSED)
    def test_her_run_waits_until_she_may_again(self, desk, reason):
        run = desk.press()
        REFUSED[reason](desk)
        assert (desk.view(run).state, desk.view(run).reason) == ("parked", "not_admitted")
        assert desk.work() == 0
        switches(desk, everybody=True)
        says(desk, Admission.USUAL)
        go_on(desk.house, desk.caller, run, None)
        desk.work()
        assert desk.view(run).state == "finished"

    def test_she_may_still_end_it(self, desk):
        run = desk.press()
        says(desk, Admission.BLOCKED)
        stop(desk.house, desk.caller, run)
        assert desk.view(run).state == "stopped"

    def test_on_the_list_she_runs(self, desk):
        switches(desk, everybody=False)
        says(desk, Admission.LISTED)
        assert desk.run().state == "finished"

    def test_a_block_outweighs_the_list(self):
        for everybody in (True, False):
            assert not Switches(everybody=everybody).admits(Admission.BLOCKED)
            assert Switches(everybody=everybody).admits(Admission.LISTED)
            assert Switches(everybody=everybody).admits(Admission.USUAL) is everybody

    def test_a_colleague_who_may_takes_it_over(self, tmp_path):
        desk = SharedDesk(tmp_path)
        desk.access.shares(desk.document, desk.other)
        run = desk.press()
        says(desk, Admission.BLOCKED)
        says(desk, Admission.BLOCKED, desk.other.member)
        admit_to_document(desk.house, desk.other, "local", desk.document)
        assert "take_over" in run_view(desk.house, desk.other, run).actions
        with pytest.raises(NotAdmitted):
            take_over(desk.house, desk.other, run)
        says(desk, Admission.USUAL, desk.other.member)
        take_over(desk.house, desk.other, run)
        desk.work()
        assert run_view(desk.house, desk.other, run).state == "finished"

    def test_a_block_in_the_middle_loses_nothing(self, tmp_path, monkeypatch):
        """The writer leaves what it has not begun; ended, the run knows every cell that it has set."""
        desk = Desk(tmp_path, people(2600))
        before = without_blank_columns(desk.table())
        run, usual, written = desk.press(), writing._write_chunk, []  # noqa: SLF001 - where a chunk ends

        def write_one(*told):
            shift = usual(*told)
            written.append(1)
            says(desk, Admission.BLOCKED)
            return shift

        monkeypatch.setattr(writing, "_write_chunk", write_one)
        desk.work()
        assert len(written) == 1
        monkeypatch.setattr(writing, "_write_chunk", usual)
        assert desk.view(run).reason == "not_admitted"
        stop(desk.house, desk.caller, run)
        desk.work()
        assert desk.view(run).state == "stopped"
        says(desk, Admission.USUAL)
        back, _ = undo(desk.house, desk.caller, run, "back")
        desk.work()
        assert desk.view(back.id).state == "finished"
        assert without_blank_columns(desk.table()) == before

    def test_a_colleagues_run_goes_on(self, desk):
        run = desk.press()
        colleague = enter(desk.house, "person:ana", "Ana", "bob", "en")
        says(desk, Admission.BLOCKED, colleague.member)
        desk.work()
        assert desk.view(run).state == "finished"


class TestFields:
    """What may be filled is what is filled."""

    def test_a_bundled_recipe_does_without(self, desk):
        switches(desk, fields=frozenset({"country"}))
        view = desk.run()
        assert {output.field for output in view.outputs if output.operation == "fill"} <= {"country"}

    def test_a_recipe_that_is_spelt_out_is_refused_by_name(self, desk):
        switches(desk, fields=frozenset({"country"}))
        with pytest.raises(FieldSwitchedOff) as caught:
            desk.look(MINE)
        assert caught.value.facts["field"] == "Domain"
        assert desk.look(replace(MINE, fill=("country",)))

    def test_a_price_from_before_starts_nothing(self, desk):
        with pytest.raises(FieldSwitchedOff):
            _press_late(desk, lambda: switches(desk, fields=frozenset({"country"})), MINE)

    def test_the_catalogue_offers_no_other(self, desk):
        shown = catalogue(desk.house, "en", Switches(fields=frozenset({"country"})))
        assert [line.name for line in shown.fields] == ["country"]
        assert all(line.recipe["fill"] in ([], ["country"]) for line in shown.recipes)

    def test_a_list_run_before_is_offered_without(self, desk):
        desk.run(MINE)
        desk.insert(1)
        switches(desk, fields=frozenset({"country"}))
        known = desk.look(replace(MINE, fill=("country",)))[0].known
        assert known.recipe["fill"] == ["country"]

    def test_none_at_all_leaves_cleaning(self, desk):
        switches(desk, fields=frozenset())
        view = desk.run()
        assert view.state == "finished"
        assert not [output for output in view.outputs if output.operation == "fill"]


class TestInPlace:
    """Her own columns are not cleaned where they stand."""

    IN_PLACE = Recipe("mine", clean=((ColumnKind.PHONE, CleanMode.IN_PLACE),))

    @pytest.mark.parametrize(
        "recipe", [IN_PLACE, Recipe("mine", clean_default=CleanMode.IN_PLACE)], ids=["one kind", "all kinds"]
    )
    def test_no_recipe_may(self, desk, recipe):
        assert desk.look(recipe)
        switches(desk, in_place=False)
        with pytest.raises(InPlaceSwitchedOff):
            desk.look(recipe)
        assert desk.look(replace(recipe, clean=(), clean_default=CleanMode.BESIDE))

    def test_a_price_from_before_starts_nothing(self, desk):
        with pytest.raises(InPlaceSwitchedOff):
            _press_late(desk, lambda: switches(desk, in_place=False), self.IN_PLACE)

    def test_no_column_is_put_in_place(self, desk):
        run = desk.run()
        switches(desk, in_place=False)
        with pytest.raises(InPlaceSwitchedOff):
            swap(desk.house, desk.caller, run.id, phones(run).name, "key")
        assert not any(output.can_swap for output in desk.view(run.id).outputs)

    def test_what_was_put_in_place_can_be_undone(self, desk):
        before = desk.column("Phone")
        run = desk.run(self.IN_PLACE)
        assert desk.column("Phone") != before
        switches(desk, in_place=False)
        undo(desk.house, desk.caller, run.id, "back")
        desk.work()
        assert desk.column("Phone") == before

    def test_a_recipe_from_before_is_offered_beside(self):
        narrowed = Switches(in_place=False).narrowed(self.IN_PLACE)
        assert narrowed.clean == ((ColumnKind.PHONE, CleanMode.BESIDE),)


def test_untouched_switches_change_no_recipe():
    for name in ("standard", "clean", "complete"):
        assert Switches().permitted(recipe_named(name), "en") == recipe_named(name)
    assert Switches().permitted(MINE, "en") == MINE


def _press_late(desk, meanwhile, recipe="standard"):
    """Look at the price, wait while an administrator switches, then press."""
    shown, selection, chosen = desk.look(recipe)
    meanwhile()
    order = StartOrder(shown.quote_id, selection.sheet, selection.range, chosen, False, None)
    try:
        start(desk.house, desk.caller, order, "late", "digest")
    finally:
        with desk.house.store.reading() as unit:
            assert unit.runs.history(desk.caller.workspace, None, None, None, 9) == []
