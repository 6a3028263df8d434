"""A run from selection to report, on a real database and a real list, in one process."""

import pytest

from addon_backend.domain import errors
from addon_backend.domain.facts import Outcome
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.domain.sheet import parse_a1
from addon_backend.engine.plan.duplicates import duplicate_groups
from addon_backend.services.accounts import enter
from addon_backend.services.runs import finish, prepare
from addon_backend.services.runs.control import go_on, stop
from addon_backend.services.runs.explain import explain
from addon_backend.services.runs.history import history
from addon_backend.services.runs.report import report
from addon_backend.services.runs.selection import selected
from addon_backend.services.runs.start import start
from addon_backend.services.runs.status import run_version, run_view
from addon_backend.services.runs.views import ExplainOrder, StartOrder
from tests.unit.services.desk import CountingSource, Desk, people


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, people(30))


def _same_cells(before, after):
    return all(row[: len(old)] == old for row, old in zip(after, before, strict=True))


def test_a_run_fills_cleans_and_touches_nothing_else(desk):
    """Clean columns arrive on the right, blanks are filled, every other cell is what it was."""
    before = desk.table()
    view = desk.run()
    assert view.state == "finished"
    after = desk.table()
    country = before[0].index("Country")
    for old, new in zip(before[1:], after[1:], strict=True):
        assert new[country] == "France"
        assert [cell for i, cell in enumerate(new[: len(old)]) if i != country] == [
            cell for i, cell in enumerate(old) if i != country
        ]
    assert desk.column("Phone (clean)")[0] == "+33199000000"


def test_outcomes_sum_to_rows_times_outputs(desk):
    """The list of outcomes is closed: every cell is counted once (DESIGN §4.6)."""
    view = desk.run("complete")
    for output in view.outputs:
        assert sum(output.counts.values()) == view.rows, output.name
    assert set(view.counts) <= {outcome.value for outcome in Outcome}


def test_what_was_shown_is_what_is_written(desk):
    """Every example of the preview stands in the sheet after the run."""
    shown, selection, recipe = desk.look()
    order = StartOrder(shown.quote_id, selection.sheet, selection.range, recipe)
    start(desk.house, desk.caller, order, "k", "d")
    desk.work()
    table = desk.table()
    assert shown.examples
    for example in shown.examples:
        for cell in example.cells:
            assert table[example.row - 1][table[0].index(cell.label)] == cell.after


def test_the_score_that_was_shown_is_the_score_before(desk):
    """One number for one list: the columns that the run uses."""
    shown, _, _ = desk.look()
    view = desk.run()
    assert view.quality_before == shown.quality
    assert view.quality_after > view.quality_before


def test_rows_from_the_middle_of_a_list_end_as_such(desk):
    """Her header names the columns, and nothing but the rows she selected is counted or written."""
    before = desk.table()
    shown, selection, _ = desk.look(area=parse_a1("A11:Z15"))
    assert (shown.header_row, selection.table.top, shown.rows) == (1, 10, 5)
    view = desk.run(area=parse_a1("A11:Z15"))
    assert (view.state, view.rows, view.quality_before) == ("finished", 5, shown.quality)
    assert all(sum(output.counts.values()) == 5 for output in view.outputs)
    after = desk.table()
    assert after[0][: len(before[0])] == before[0]
    assert "Phone (clean)" in after[0]
    for row in (*range(1, 10), *range(15, len(before))):
        assert after[row][: len(before[row])] == before[row]
        assert not any(after[row][len(before[row]) :])


def test_a_long_list_is_told_step_by_step(desk, monkeypatch):
    """On 100,000 rows each of these takes seconds."""
    told = []

    def telling(module, name):
        inner = getattr(module, name)

        def look(*args, **kwargs):
            told.append(desk.view(run).sentence)
            return inner(*args, **kwargs)

        monkeypatch.setattr(module, name, look)

    telling(selected, "read_table")
    telling(prepare, "duplicate_groups")
    telling(prepare, "occurrence_ranks")
    telling(finish, "read_table")
    run = desk.press()
    desk.work()
    assert told == [
        "Recognising your columns…",
        "Looking for duplicates…",
        "Getting ready to write…",
        "Checking what was written…",
    ]
    assert desk.view(run).state == "finished"


def test_a_stop_while_a_long_list_is_read_ends_the_run(desk, monkeypatch):
    """It is noticed at the next step, not when all is read."""

    def stopping(frame):
        stop(desk.house, desk.caller, run)
        return duplicate_groups(frame)

    monkeypatch.setattr(prepare, "duplicate_groups", stopping)
    run = desk.press()
    desk.work()
    assert desk.view(run).state == "stopped"
    assert len(desk.table()[0]) == len(people(1)[0])


def test_the_same_key_starts_one_run(desk):
    """A double press is one run; the same key with another body is refused."""
    shown, selection, recipe = desk.look()
    order = StartOrder(shown.quote_id, selection.sheet, selection.range, recipe)
    first, replayed = start(desk.house, desk.caller, order, "key", "body")
    again, replayed_again = start(desk.house, desk.caller, order, "key", "body")
    assert (first.id, replayed, replayed_again) == (again.id, False, True)
    with pytest.raises(errors.KeyReused):
        start(desk.house, desk.caller, order, "key", "another body")
    with pytest.raises(errors.KeyMissing):
        start(desk.house, desk.caller, order, "", "body")


def test_a_quote_holds_only_for_its_range_and_recipe(desk):
    """Another recipe or an unknown quote is refused with a sentence, and nothing starts."""
    shown, selection, _ = desk.look()
    with pytest.raises(errors.QuoteMismatch):
        start(
            desk.house,
            desk.caller,
            StartOrder(shown.quote_id, selection.sheet, selection.range, Recipe("other")),
            "k",
            "b",
        )
    with pytest.raises(errors.QuoteUnknown):
        start(
            desk.house,
            desk.caller,
            StartOrder("nonsense", selection.sheet, selection.range, Recipe("other")),
            "k2",
            "b",
        )
    assert not history(desk.house, desk.caller, None, None, 10)


def test_nobody_runs_before_the_terms_are_accepted(desk):
    """A workspace without accepted terms is told so."""
    stranger = enter(desk.house, "person:bob", "Bob", "bob", "en")
    with pytest.raises(errors.TermsNotAccepted):
        start(
            desk.house,
            stranger,
            StartOrder("q", desk.ref, _area("A1:B2"), Recipe("x")),
            "k",
            "b",
        )


def test_an_edit_during_the_run_wins(desk):
    """Ana types a country after the rows were read: hers stays, and only hers."""
    desk.press()
    desk.work(stop=_after(1))
    desk.type_in(3, "Country", "Belgium")
    desk.work()
    assert desk.column("Country")[2] == "Belgium"
    assert desk.column("Country").count("France") == 29


def test_a_sort_during_the_run_misplaces_nothing(desk):
    """The list is turned upside down while we work: every value stands on its own row."""
    desk.press()
    desk.work(stop=_after(1))
    desk.reorder(lambda rows: list(rows)[::-1])
    desk.work()
    for mail, last in zip(desk.column("E-mail"), desk.column("Notes"), strict=True):
        number = mail.split("@")[0].removeprefix("person")
        assert last == f"note {number}"
    phones = dict(zip(desk.column("E-mail"), desk.column("Phone (clean)"), strict=True))
    assert phones["person7@company7.example"] == "+33199000007"
    assert phones["person29@company29.example"] == "+33199000029"


def test_a_row_deleted_during_the_run_is_gone_and_its_neighbours_are_right(desk):
    """One row is deleted in between: nothing slips by one."""
    run = desk.press()
    desk.work(stop=_after(1))
    desk.delete(5)
    desk.work()
    assert desk.view(run).state == "finished"
    for mail, phone in zip(desk.column("E-mail"), desk.column("Phone (clean)"), strict=True):
        number = int(mail.split("@")[0].removeprefix("person"))
        assert phone == f"+3319900{number:04}"


def test_a_changed_input_leaves_its_result_for_review(desk):
    """The phone is retyped after it was read: the number computed from the old one is not written."""
    run = desk.press()
    desk.work(stop=_after(1))
    desk.type_in(1, "Phone", "+33 1 99 00 55 55")
    desk.work()
    output = next(one for one in desk.view(run).outputs if one.header == "Phone (clean)")
    assert output.counts["review"] == 1
    assert output.reasons["review"][0].code == "input_changed"
    assert desk.column("Phone (clean)")[0] is None


def test_a_second_run_of_the_same_recipe_uses_its_own_columns(desk):
    """Run twice: no second set of columns, everything is there already."""
    desk.run()
    headers = desk.table()[0]
    view = desk.run(key="k2")
    assert desk.table()[0] == headers or len(desk.table()[0]) == len(headers)
    assert view.state in {"finished", "failed"}


def test_our_own_values_are_refreshed_and_people_s_are_kept(desk):
    """A phone changes and the list is run again: our old result gives way, Ana's own value does not."""
    desk.run(area=_area("A1:F31"))
    desk.type_in(1, "Phone (clean)", "ask the desk")
    view = desk.run(key="k2", area=_area("A1:F31"))
    output = next(one for one in view.outputs if one.header == "Phone (clean)")
    assert desk.column("Phone (clean)")[0] == "ask the desk"
    assert output.counts == {"kept": 1, "already_there": 29}


def test_in_place_cleaning_replaces_what_was_read(desk):
    """Only where she said so: the phone column itself changes, and no column is added."""
    width = len(desk.table()[0])
    view = desk.run(Recipe("phones", CleanMode.OFF, _phones_in_place(), duplicates=False))
    assert view.state == "finished"
    assert len(desk.table()[0]) == width
    assert desk.column("Phone")[4] == "+33199000004"


def test_countries_are_filled_the_way_the_column_writes_them(tmp_path):
    """A column of codes is filled with codes, in every chunk, also where no code stands near."""
    rows = people(30)
    for row in rows[1:12]:
        row[4] = "FR"
    desk = Desk(tmp_path, rows)
    desk.run()
    assert set(desk.column("Country")) == {"FR"}


def test_the_same_inputs_are_asked_about_once(tmp_path):
    """Forty rows of one company are one look-up and one charge (law 6)."""
    source = CountingSource()
    desk = Desk(tmp_path, _of_one_company(40), source)
    view = desk.run("complete", most=1000)
    assert len(source.asked) == len(set(source.asked)) == 1
    assert view.money.spent <= 2
    with desk.house.store.reading() as unit:
        assert unit.ledger.spent(desk.caller.workspace, view.id) == view.money.spent


def test_spending_never_passes_the_ceiling(desk):
    """Spend at most 7: seven credits at most are spent, the run parks and Continue fills the rest."""
    run = desk.press("complete", most=7)
    desk.work()
    view = desk.view(run)
    assert (view.state, view.reason) == ("parked", "budget_reached")
    assert view.money.spent <= 7
    assert len(desk.source.asked) <= 7
    go_on(desk.house, desk.caller, run, None)
    desk.work()
    view = desk.view(run)
    assert view.state == "finished"
    assert view.money.spent <= view.money.quoted
    written = sum(
        output.counts.get("written", 0) for output in view.outputs if output.field.startswith("company.i")
    )
    assert written
    assert len(desk.source.asked) == len(set(desk.source.asked))


def test_a_trial_is_the_first_part_of_the_same_run(tmp_path):
    """Try 50 rows: fifty spread rows are done, the run parks, and Continue does the rest."""
    desk = Desk(tmp_path, people(260))
    shown, *_ = desk.look("complete")
    assert shown.trial
    run = desk.press("complete", trial=True)
    desk.work()
    view = desk.view(run)
    assert (view.state, view.reason, view.rows_done) == ("parked", "trial_done", 50)
    assert view.money.reserved < view.money.quoted
    assert sum(phone is not None for phone in desk.column("Phone (clean)")) == 50
    go_on(desk.house, desk.caller, run, None)
    desk.work()
    assert desk.view(run).state == "finished"
    assert all(desk.column("Phone (clean)"))


def test_stop_orders_nothing_new(tmp_path):
    """Stop while a source is asked: what is done is written, nobody else is asked, the rest released."""
    source = CountingSource()
    desk = Desk(tmp_path, people(120), source)
    run = desk.press("complete")
    source.before = lambda: stop(desk.house, desk.caller, run) if source.asked else None
    desk.work()
    view = desk.view(run)
    assert view.state == "stopped"
    assert len(source.asked) < 120
    assert view.money.spent + view.money.released == view.money.reserved
    for output in view.outputs:
        assert sum(output.counts.values()) == view.rows


def test_stop_before_anything_was_read_ends_the_run(desk):
    """Stop at once: nothing was touched."""
    before = desk.table()
    run = desk.press()
    assert stop(desk.house, desk.caller, run).state == "stopped"
    desk.work()
    assert desk.table() == before
    assert stop(desk.house, desk.caller, run).state == "stopped"


def test_a_source_that_does_not_answer_costs_nothing(tmp_path):
    """The source fails: cells are failed with a reason, no credit is spent, the engine's work is written."""
    source = CountingSource(trouble=errors.SourceTrouble())
    desk = Desk(tmp_path, people(10), source)
    view = desk.run("complete")
    assert view.state == "finished"
    assert view.money.spent == 0
    assert view.counts["failed"] == 20
    assert view.money.provider_units_possibly_spent <= view.money.provider_units_quoted
    assert all(desk.column("Phone (clean)"))


def test_a_cell_explains_itself(desk):
    """Where it came from, what stood there before, which rule, from which inputs (law 7)."""
    desk.run()
    table = desk.table()
    column = table[0].index("Phone (clean)")
    keys = {i: table[3][i] for i in range(6)}
    entries = explain(desk.house, desk.caller, ExplainOrder(desk.ref, 3, column, keys))
    assert entries
    assert (entries[0].value, entries[0].outcome, entries[0].previous) == ("+33199000002", "written", None)
    assert ("Phone", "+33 (0)1 99 00 00 02") in entries[0].inputs
    assert entries[0].sentence


def test_a_moved_cell_still_explains_itself(desk):
    """After a sort the same row tells the same story."""
    desk.run()
    desk.reorder(lambda rows: list(rows)[::-1])
    table = desk.table()
    column = table[0].index("Phone (clean)")
    entries = explain(
        desk.house, desk.caller, ExplainOrder(desk.ref, 1, column, {i: table[1][i] for i in range(6)})
    )
    assert entries[0].value == "+33199000029"


def test_a_cell_that_nobody_touched_has_no_story(desk):
    """A person's cell explains nothing."""
    desk.run()
    assert not explain(desk.house, desk.caller, ExplainOrder(desk.ref, 1, 5, {0: "x"}))


def test_the_report_tells_what_was_not_spent(desk):
    """The end of a run says what cost nothing."""
    view = desk.run("complete")
    found = report(desk.house, desk.caller, view.id)
    codes = {line.code for line in found.not_spent}
    assert "free_engine" in codes
    assert all(line.sentence for line in found.not_spent)
    assert all(reason.sentence for reason in found.explained)


def test_what_she_forbade_to_spend_was_not_given_back(desk):
    """She said "at most 3" of a ceiling of more: there was never more to give back than those 3."""
    run = desk.press("complete", most=3)
    desk.work()
    stop(desk.house, desk.caller, run)
    desk.work()
    view = desk.view(run)
    assert view.money.quoted > view.money.reserved == 3
    lines = {line.code: line.count for line in report(desk.house, desk.caller, run).not_spent}
    assert lines.get("released", 0) == view.money.released == 3 - view.money.spent


def test_history_lists_runs_newest_first(desk):
    """Two runs, the later one first, with what they wrote."""
    desk.run()
    desk.run(Recipe("phones", CleanMode.OFF, _phones_in_place(), duplicates=False), key="k2")
    lines = history(desk.house, desk.caller, desk.document, None, 10)
    assert [line.recipe for line in lines] == ["phones", "standard"]
    assert all(line.written for line in lines)


def test_a_run_of_somebody_else_is_not_there(desk):
    """A colleague and a stranger get the same answer: not found (law 8)."""
    run = desk.press()
    for key, subject in (("person:ana", "colleague"), ("person:bob", "bob")):
        other = enter(desk.house, key, "x", subject, "en")
        for ask in (run_view, stop, report):
            with pytest.raises(errors.NotVisible):
                ask(desk.house, other, run)
        with pytest.raises(errors.NotVisible):
            go_on(desk.house, other, run, None)
    stranger = enter(desk.house, "person:bob", "x", "bob", "en")
    with pytest.raises(errors.NotVisible):
        run_version(desk.house, stranger, run)


def test_blank_lists_are_told_plainly(tmp_path):
    """Only blanks, only a header: a sentence, and nothing starts."""
    for number, rows in enumerate(([["", ""], ["", ""]], [["Name", "E-mail"]])):
        folder = tmp_path / str(number)
        folder.mkdir()
        desk = Desk(folder, rows)
        with pytest.raises(errors.Refused):
            desk.look()


def test_nothing_to_do_ends_the_run_with_its_reason(tmp_path):
    """A list that holds nothing we know: the run says so and writes nothing."""
    desk = Desk(tmp_path, [["Alpha", "Beta"], *([f"x{i} lorem", f"ipsum {i} dolor"] for i in range(10))])
    before = desk.table()
    run = desk.press(Recipe("nothing", CleanMode.OFF, duplicates=False))
    desk.work()
    view = desk.view(run)
    assert (view.state, view.reason) == ("failed", "nothing_to_do")
    assert desk.table() == before


def _after(claims):
    """Stop working after so many claims."""
    left = [claims + 1]

    def over():
        left[0] -= 1
        return left[0] <= 0

    return over


def _area(a1):
    return parse_a1(a1)


def _phones_in_place():
    return ((ColumnKind.PHONE, CleanMode.IN_PLACE),)


def _of_one_company(count):
    rows = people(count)
    for row in rows[1:]:
        row[1] = row[1].split("@")[0] + "@acme.example"
    return rows


def test_a_quote_starts_one_run(desk):
    """Its ceiling is for one run: pressed again under another key, the price is to be looked at again."""
    shown, selection, recipe = desk.look()
    order = StartOrder(shown.quote_id, selection.sheet, selection.range, recipe)
    first, _ = start(desk.house, desk.caller, order, "k1", "d")
    assert start(desk.house, desk.caller, order, "k1", "d") == (first, True)
    with pytest.raises(errors.QuoteUsed):
        start(desk.house, desk.caller, order, "k2", "d")
    assert [line.id for line in history(desk.house, desk.caller, None, None, 10)] == [first.id]
