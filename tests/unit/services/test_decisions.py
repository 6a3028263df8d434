"""One list of what is left to decide; what is taken is set where the cell still holds what was shown."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import addon_backend.local.demo
from addon_backend.domain import errors
from addon_backend.domain.cells import Cell, Obstacle
from addon_backend.domain.facts import Fact
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, recipe_named
from addon_backend.local.host import LocalHost
from addon_backend.services.runs.control import go_on, stop
from addon_backend.services.runs.following.board import Group, keep_groups
from addon_backend.services.runs.following.decisions import answer, decisions, rows_now
from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.following.views import AnswerOrder, Take
from tests.unit.services.desk import Desk, people

IN_PLACE = replace(recipe_named("standard"), clean=((ColumnKind.PHONE, CleanMode.IN_PLACE),))
COUNTRY, MAIL = 4, 1
SAMPLE = Path(addon_backend.local.demo.__file__).with_name("leads.xlsx")


def list_with_questions(count: int = 30) -> list[list[str]]:
    """Fourteen people whose country differs from their phone's, in two spellings of it, and a typing slip."""
    rows = people(count)
    for row in range(1, 11):
        rows[row][COUNTRY] = "Belgium"
    for row in range(11, 15):
        rows[row][COUNTRY] = "Spain"
    rows[20][MAIL] = "someone@gmial.com"
    return rows


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, list_with_questions())


def listed(desk: Desk, run: str, limit: int = 20, after: int = 0):
    return decisions(desk.house, desk.caller, run, limit, after)


def answered(desk: Desk, run: str, key: str = "answer-1", take=(), leave=(), *, rest=False):
    order = AnswerOrder(list(take), list(leave), rest)
    shown, _ = answer(desk.house, desk.caller, run, order, key, repr(order))
    desk.work()
    return shown if shown.run is None else desk.view(shown.run.id)


def the(page, **wanted):
    """The one group that is like this."""
    (found,) = [g for g in page.groups if all(getattr(g, name) == value for name, value in wanted.items())]
    return found


def test_what_is_left_open_is_one_list_identical_rows_together_largest_first(desk):
    run = desk.run()
    page = listed(desk, run.id)
    assert [(g.kind, g.header, g.rows, g.now, g.offered) for g in page.groups] == [
        ("differs", "Country", 10, "Belgium", "France"),
        ("differs", "Country", 4, "Spain", "France"),
        ("correction", "E-mail", 1, "someone@gmial.com", "someone@gmail.com"),
    ]
    assert page.headline == "3 decisions settle 15 rows"
    assert (run.decisions, run.decisions_headline) == (3, page.headline)
    assert all(group.reason.endswith(".") for group in page.groups)


def test_what_stands_there_in_other_words_is_no_question(tmp_path):
    rows = list_with_questions()
    for row, country in enumerate(["FR", "Francia", "france", "République française"], 15):
        rows[row][COUNTRY] = country
    desk = Desk(tmp_path, rows)
    assert desk.run().decisions == 3


def test_a_correction_shows_what_was_read(tmp_path):
    """The cell beside is blank, because the address is none: what she typed tells what is meant."""
    rows = list_with_questions()
    rows[20][MAIL], rows[25][MAIL] = "someone (at) company19.example", rows[25][MAIL].upper()
    desk = Desk(tmp_path, rows)
    group = the(listed(desk, desk.run().id), kind="correction")
    assert (group.now, group.read) == (None, "someone (at) company19.example")


def test_what_the_results_say_is_to_check_is_what_is_asked(tmp_path):
    """Over the sample list, column by column; a guess where she has a value is hers, not to check."""
    desk = Desk(tmp_path, people(3))
    desk.document = desk.house.workbooks.open(desk.caller.workspace, SAMPLE).id
    run = desk.run()
    asked: Counter[str] = Counter()
    for group in listed(desk, run.id, 500).groups:
        asked[group.header] += group.rows * (group.kind == "review")
    to_check = {output.header: output.counts["review"] for output in run.outputs if "review" in output.counts}
    assert to_check == +asked
    assert to_check


def test_a_single_row_is_told_by_its_other_cells(desk):
    """A group of several rows is told by its count."""
    page = listed(desk, desk.run().id)
    row = desk.table()[20]
    assert the(page, now="someone@gmial.com").who == f"{row[0]} · {row[2]}"
    assert the(page, now="Spain").who is None


def test_labels_are_stable_and_tell_no_row_and_no_value(desk):
    run = desk.run()
    first, again = listed(desk, run.id), listed(desk, run.id)
    assert first == again
    for group in first.groups:
        assert len(group.id) == len(group.row) == 16


def test_all_identical_rows_are_taken_at_once(desk):
    run = desk.run()
    group = the(listed(desk, run.id), now="Belgium")
    done = answered(desk, run.id, take=[Take(group.id)])
    assert (done.kind, done.state, done.reason, done.parent) == ("decide", "finished", "decided", run.id)
    assert (done.rows, done.counts) == (10, {"written": 10})
    assert desk.column("Country")[:14] == ["France"] * 10 + ["Spain"] * 4
    assert [g.now for g in listed(desk, run.id).groups] == ["Spain", "someone@gmial.com"]
    assert desk.view(run.id).decisions_headline == "2 decisions settle 5 rows"


def test_all_that_is_open_is_taken_at_once(desk):
    """But for what was left in the same breath."""
    run = desk.run()
    page = listed(desk, run.id)
    order = AnswerOrder([], [the(page, now="Spain").id], take_rest=True)
    shown, _ = answer(desk.house, desk.caller, run.id, order, "answer-1", "digest")
    desk.work()
    assert (shown.decisions, shown.run is None) == (0, False)
    assert desk.column("Country")[:14] == ["France"] * 10 + ["Spain"] * 4
    assert desk.column("E-mail")[19] == "someone@gmail.com"
    assert listed(desk, run.id).groups == []


def test_one_row_is_taken_alone(desk):
    run = desk.run()
    group = the(listed(desk, run.id), now="Belgium")
    answered(desk, run.id, take=[Take(group.id, group.row)])
    assert desk.column("Country")[:14] == ["France"] + ["Belgium"] * 9 + ["Spain"] * 4
    left = the(listed(desk, run.id), now="Belgium")
    assert (left.id, left.rows) == (group.id, 9)
    assert left.row != group.row


def test_a_correction_is_set_in_the_column_that_was_not_cleaned(desk):
    run = desk.run()
    group = the(listed(desk, run.id), kind="correction")
    done = answered(desk, run.id, take=[Take(group.id)])
    assert done.counts == {"written": 1}
    assert desk.column("E-mail")[19] == "someone@gmail.com"


def test_a_correction_of_a_cleaned_column_is_set_in_its_result(tmp_path):
    rows = list_with_questions()
    rows[25][MAIL] = rows[25][MAIL].upper()
    desk = Desk(tmp_path, rows)
    run = desk.run()
    group = the(listed(desk, run.id), kind="correction")
    assert group.header == "E-mail (clean)"
    answered(desk, run.id, take=[Take(group.id)])
    assert desk.column("E-mail (clean)")[19] == "someone@gmail.com"
    assert desk.column("E-mail")[19] == "someone@gmial.com"


def test_what_is_left_needs_no_run_and_is_gone_from_the_list(desk):
    run = desk.run()
    before = desk.table()
    page = listed(desk, run.id)
    shown = answered(desk, run.id, leave=[page.groups[0].id])
    assert (shown.run, shown.headline) == (None, "2 decisions settle 5 rows")
    answered(desk, run.id, key="answer-2", rest=True)
    assert listed(desk, run.id).groups == []
    assert desk.view(run.id).decisions == 0
    assert desk.table() == before


def test_some_are_taken_and_the_rest_is_left_in_one_answer(desk):
    run = desk.run()
    group = the(listed(desk, run.id), now="Spain")
    answered(desk, run.id, take=[Take(group.id)], rest=True)
    assert desk.column("Country")[:14] == ["Belgium"] * 10 + ["France"] * 4
    assert listed(desk, run.id).groups == []


def test_what_somebody_edited_since_stays_and_is_offered_beside_her_text(desk):
    run = desk.run()
    group = the(listed(desk, run.id), now="Belgium")
    desk.type_in(3, "Country", "Italy")
    desk.type_in(4, "Country", None)
    done = answered(desk, run.id, take=[Take(group.id)])
    assert done.counts == {"written": 8, "kept": 2}
    assert done.sentence.startswith("Not every choice was set")
    assert desk.column("Country")[2:4] == ["Italy", None]
    page = listed(desk, run.id)
    assert [(g.kind, g.rows, g.offered) for g in page.groups if g.now in {"Italy", None}] == [
        ("conflict", 1, "France")
    ] * 2
    assert all(group.now != "Belgium" for group in page.groups)
    again = [Take(the(page, now="Italy").id), Take(the(page, kind="conflict", now=None).id)]
    assert answered(desk, run.id, "answer-2", take=again).counts["written"] == 2
    assert desk.column("Country")[:10] == ["France"] * 10
    assert all(group.header != "Country" or group.now == "Spain" for group in listed(desk, run.id).groups)


def test_a_guess_is_no_question_any_more_where_somebody_typed(desk):
    run = desk.run()
    slip = the(listed(desk, run.id), kind="correction")
    desk.type_in(20, "E-mail", "someone@gmail.example")
    answered(desk, run.id, take=[Take(slip.id)])
    assert desk.column("E-mail")[19] == "someone@gmail.example"
    assert all(group.kind != "correction" for group in listed(desk, run.id).groups)


def test_a_row_that_was_deleted_is_no_question_any_more(desk):
    run = desk.run()
    group = the(listed(desk, run.id), now="Spain")
    desk.delete(12)
    done = answered(desk, run.id, take=[Take(group.id)])
    assert done.counts == {"written": 3, "review": 1}
    assert all(one.now != "Spain" for one in listed(desk, run.id).groups)


def test_a_row_whose_input_was_changed_since_is_left(desk):
    """The offer was made from a phone number that is not hers any more."""
    run = desk.run()
    group = the(listed(desk, run.id), now="Spain")
    desk.type_in(12, "Phone", "+32 2 555 12 12")
    done = answered(desk, run.id, take=[Take(group.id)])
    assert done.counts == {"written": 3, "review": 1}
    assert desk.column("Country")[11] == "Spain"
    again = the(listed(desk, run.id), now="Spain")
    assert (again.kind, again.rows) == ("conflict", 1)
    assert answered(desk, run.id, "answer-2", take=[Take(again.id)]).counts["written"] == 1
    assert desk.column("Country")[11] == "France"


def test_rows_are_found_after_a_sort(desk):
    run = desk.run()
    group = the(listed(desk, run.id), now="Spain")
    desk.reorder(lambda rows: reversed(list(rows)))
    shown = rows_now(desk.house, desk.caller, run.id, [group.id])
    assert [place.number for place in shown.places] == [18, 19, 20, 21]
    assert shown.places[3].row == group.row
    answered(desk, run.id, take=[Take(group.id)])
    assert desk.column("Country")[16:20] == ["France"] * 4


def test_an_edit_during_the_run_wins_and_our_result_is_offered(desk):
    run = desk.press()
    claims = iter([False, False])
    desk.work(stop=lambda: next(claims, True))  # prepared and computed
    desk.type_in(16, "Country", "Italy")
    desk.work()
    group = the(listed(desk, run), kind="conflict")
    assert (group.now, group.offered, group.rows) == ("Italy", "France", 1)
    assert desk.column("Country")[15] == "Italy"
    answered(desk, run, take=[Take(group.id)])
    assert desk.column("Country")[15] == "France"


def test_a_row_edited_during_the_run_may_be_taken_all_the_same(desk):
    """Cleaned in place: her new number wins; ours is offered, and she knows that it was edited."""
    run = desk.press(IN_PLACE)
    claims = iter([False, False])
    desk.work(stop=lambda: next(claims, True))
    desk.type_in(18, "Phone", "somebody's mobile")
    desk.work()
    group = the(listed(desk, run), header="Phone", kind="conflict")
    assert (group.now, group.offered) == ("somebody's mobile", "+33199000017")
    done = answered(desk, run, take=[Take(group.id)])
    assert desk.column("Phone")[17] == "+33199000017"
    assert done.outputs[0].reasons["written"][0].code == "chosen_anyway"


def test_a_decision_is_undone_and_offered_again_and_redone(desk):
    run = desk.run()
    before = desk.table()
    group = the(listed(desk, run.id), now="Belgium")
    done = answered(desk, run.id, take=[Take(group.id)])
    back, _ = undo(desk.house, desk.caller, done.id, "undo-1")
    desk.work()
    assert desk.table() == before
    assert the(listed(desk, run.id), now="Belgium").rows == 10
    undo(desk.house, desk.caller, back.id, "undo-2")
    desk.work()
    assert desk.column("Country")[:10] == ["France"] * 10
    assert [g.now for g in listed(desk, run.id).groups] == ["Spain", "someone@gmial.com"]


def test_a_stopped_decision_offers_the_rest_again(desk):
    run = desk.run()
    group = the(listed(desk, run.id), now="Belgium")
    order = AnswerOrder([Take(group.id)])
    shown = answer(desk.house, desk.caller, run.id, order, "answer-1", "digest")[0].run
    assert shown is not None
    assert [g.now for g in listed(desk, run.id).groups] == ["Spain", "someone@gmial.com"]
    stop(desk.house, desk.caller, shown.id)
    desk.work()
    assert the(listed(desk, run.id), now="Belgium").rows == 10


def test_rows_cleaned_in_place_and_decided_twice_are_still_found(tmp_path):
    """A row is known by what was read or by what the run, or a decision, has put there since."""
    rows = list_with_questions(22)
    rows[12][MAIL], rows[20][MAIL] = "twelve@gmial.com", "twenty@example.com"
    desk = Desk(tmp_path, rows)
    run = desk.run(IN_PLACE)
    answered(desk, run.id, take=[Take(the(listed(desk, run.id), kind="correction").id)])
    desk.reorder(lambda rows: reversed(list(rows)))
    done = answered(desk, run.id, "answer-2", take=[Take(the(listed(desk, run.id), now="Spain").id)])
    assert done.counts == {"written": 4}
    back, _ = undo(desk.house, desk.caller, run.id, "undo-1")
    desk.work()
    assert not desk.view(back.id).counts.get("review")
    assert sorted(map(str, desk.column("Phone"))) == sorted(row[2] for row in rows[1:])
    assert "twelve@gmial.com" in desk.column("E-mail")  # the choice is taken back with the run


def test_a_value_that_was_chosen_is_hers_for_the_next_run(desk):
    """A chosen correction is not turned back by running again (law 4)."""
    run = desk.run()
    answered(desk, run.id, take=[Take(the(listed(desk, run.id), now="Belgium").id)])
    desk.type_in(1, "Phone", "+32 2 555 12 12")
    desk.run(key="k2")
    assert desk.column("Country")[:10] == ["France"] * 10


@pytest.mark.parametrize("obstacle", [Obstacle.MERGED, Obstacle.PROTECTED, Obstacle.HIDDEN, "formula"])
def test_guarded_cells_stay_and_are_still_offered(desk, monkeypatch, obstacle):
    run = desk.run()
    group = the(listed(desk, run.id), now="Spain")
    read = LocalHost.read

    def guarded(host, ref, anchors, top, bottom):
        columns = read(host, ref, anchors, top, bottom)
        cell = (
            Cell("Spain", formula='="Spain"')
            if obstacle == "formula"
            else Cell("Spain", obstacles=frozenset({obstacle}))
        )
        return tuple(
            replace(column, details={**column.details, 12 - top: cell})
            if 12 in range(top, top + len(column.values)) and column.values[12 - top] == "Spain"
            else column
            for column in columns
        )

    monkeypatch.setattr(LocalHost, "read", guarded)
    done = answered(desk, run.id, take=[Take(group.id)])
    assert done.counts == {"written": 3, "kept": 1}
    assert desk.column("Country")[11] == "Spain"
    assert the(listed(desk, run.id), now="Spain").rows == 1


def test_one_key_answers_once(desk):
    run = desk.run()
    group = the(listed(desk, run.id), now="Spain")
    take, leave = AnswerOrder([Take(group.id)]), AnswerOrder([], [group.id])
    first, _ = answer(desk.house, desk.caller, run.id, take, "key-1", "d1")
    second, replayed = answer(desk.house, desk.caller, run.id, take, "key-1", "d1")
    assert replayed
    assert first.run
    assert second.run
    assert second.run.id == first.run.id
    with pytest.raises(errors.KeyReused):
        answer(desk.house, desk.caller, run.id, leave, "key-1", "d2")
    shown, _ = answer(desk.house, desk.caller, run.id, AnswerOrder([], [], leave_rest=True), "key-2", "d3")
    again, replayed = answer(
        desk.house, desk.caller, run.id, AnswerOrder([], [], leave_rest=True), "key-2", "d3"
    )
    assert (replayed, again.run, again.headline) == (True, None, shown.headline)


@pytest.mark.parametrize("row", [None, "0" * 16])
def test_what_is_settled_or_unknown_is_refused_and_nothing_is_settled(desk, row):
    run = desk.run()
    page = listed(desk, run.id)
    wrong = Take("f" * 16) if row is None else Take(page.groups[0].id, row)
    with pytest.raises(errors.DecisionUnknown):
        answered(desk, run.id, take=[Take(page.groups[1].id), wrong])
    assert listed(desk, run.id) == page
    answered(desk, run.id, leave=[page.groups[1].id])
    with pytest.raises(errors.DecisionUnknown):
        answered(desk, run.id, "answer-2", take=[Take(page.groups[1].id)])
    with pytest.raises(errors.DecisionUnknown):
        rows_now(desk.house, desk.caller, run.id, ["f" * 16])


def test_the_list_is_for_who_started_the_run_once_it_ended_or_waits(desk):
    run = desk.press()
    with pytest.raises(errors.RunState):
        listed(desk, run)
    desk.work()
    other = replace(desk.caller, member="somebody")
    with pytest.raises(errors.NotVisible):
        decisions(desk.house, other, run, 20, 0)
    with pytest.raises(errors.NotVisible):
        answer(desk.house, other, run, AnswerOrder([], [], leave_rest=True), "key-1", "d1")


def test_the_list_comes_in_pages_without_what_is_settled(tmp_path):
    desk = Desk(tmp_path, people(260))
    run = desk.run()
    with desk.house.store.unit() as unit:
        stored = unit.runs.get(desk.caller.workspace, run.id)
        offer = ("fill:country", "differs", "filled_by_person")
        groups = [
            Group(f"{row:016x}", *offer, f"Nowhere {row}", None, Fact("France", "from_phone"), (row,))
            for row in range(260)
        ]
        keep_groups(unit, stored, groups)
        unit.commit()
    first = listed(desk, run.id, limit=30)
    answered(desk, run.id, leave=[group.id for group in first.groups[10:]])
    seen, after = [], 0
    while after is not None:
        page = listed(desk, run.id, limit=70, after=after)
        assert len(page.groups) <= 70
        seen += [group.now for group in page.groups]
        after = page.next
    assert len(seen) == len(set(seen)) == 240
    assert desk.view(run.id).decisions_headline == "240 decisions settle 240 rows"
    assert not {group.now for group in first.groups[10:]} & set(seen)


def test_a_run_that_waits_is_decided_on_and_goes_on(tmp_path):
    desk = Desk(tmp_path, list_with_questions(300))
    run = desk.press("complete", trial=True)
    desk.work()
    view = desk.view(run)
    assert (view.state, view.reason) == ("parked", "trial_done")
    parked = listed(desk, run)
    left = the(parked, now="Belgium")
    answered(desk, run, leave=[left.id])
    go_on(desk.house, desk.caller, run, None)
    with pytest.raises(errors.RunState):
        listed(desk, run)
    desk.work()
    after = the(listed(desk, run), now="Belgium")
    assert (after.id, after.rows) == (left.id, 10 - left.rows)


def test_what_she_edited_while_the_run_waited_is_still_asked_when_it_is_over(tmp_path):
    desk = Desk(tmp_path, list_with_questions(300))
    run = desk.press("complete", trial=True)
    desk.work()
    group = the(listed(desk, run), now="Belgium")
    (place, *_) = rows_now(desk.house, desk.caller, run, [group.id]).places
    desk.type_in(place.number - 1, "Country", "Italy")
    answered(desk, run, take=[Take(group.id)])
    asked = the(listed(desk, run), now="Italy")
    go_on(desk.house, desk.caller, run, None)
    desk.work()
    after = listed(desk, run)
    assert the(after, now="Italy") == asked
    assert after.decisions == len(after.groups)
