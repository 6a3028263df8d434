"""What happens when nobody presses anything, and everything that can be chosen."""

import pytest
from sqlalchemy import text

from addon_backend.domain import errors
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.labels import kind_label, recipe_label
from addon_backend.domain.sheet import parse_a1
from addon_backend.services.accounts import accept_terms, terms_in_force
from addon_backend.services.catalogue import catalogue
from addon_backend.services.runs.duplicates import find_in_sheet
from addon_backend.services.runs.explain import explain
from addon_backend.services.runs.selection.inspect import inspect_selection
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.views import ExplainOrder
from addon_backend.services.upkeep import sweep
from addon_backend.services.values import clean_values
from addon_backend.store.engine import make_engine
from tests.unit.services.desk import Desk, people


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, people(12))


def test_a_lost_bell_is_rung_again(desk):
    """The bell of a started run was lost: the sweep rings for it; when all is done it is silent."""
    desk.press()
    desk.house.bell.rings = 0
    assert sweep(desk.house, "one").due == 1
    assert desk.house.bell.rings == 1
    desk.work()
    desk.house.bell.rings = 0
    assert sweep(desk.house, "one").due == 0
    assert desk.house.bell.rings == 0


def test_a_run_that_nobody_continues_is_stopped_after_a_week(desk, tmp_path):
    """What it has reserved is given back; what it has written stays, and can be undone."""
    run = desk.press("complete", most=3)
    desk.work()
    assert desk.view(run).state == "parked"
    assert not sweep(desk.house, "one").stopped
    engine = make_engine(f"sqlite:///{tmp_path / 'truth.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE run SET parked_at = parked_at - 8 * 86400"))
    engine.dispose()
    assert sweep(desk.house, "one").stopped == 1
    desk.work()
    view = desk.view(run)
    assert (view.state, view.money.spent + view.money.released) == ("stopped", view.money.reserved)
    assert "undo" in view.actions
    assert not sweep(desk.house, "one").stopped


def test_only_one_process_sweeps(desk):
    """The second sweeper stands back while the first one leads."""
    assert sweep(desk.house, "one").leading
    assert not sweep(desk.house, "two").leading


def test_what_is_past_its_retention_is_erased(desk, tmp_path):
    """After the workspace's days the run's data is gone; that there was a run remains (law 11)."""
    view = desk.run()
    engine = make_engine(f"sqlite:///{tmp_path / 'truth.db'}")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM block")).scalar_one() > 0
        connection.execute(text("UPDATE run SET erase_at = 1"))
        connection.commit()
    assert sweep(desk.house, "one").erased == 1
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM block")).scalar_one() == 0
    engine.dispose()
    assert desk.view(view.id).state == "finished"
    keys = {i: desk.table()[1][i] for i in range(6)}
    assert explain(desk.house, desk.caller, ExplainOrder(desk.ref, 1, 6, keys)) == []


def test_an_opened_file_is_forgotten_with_our_copy_of_it(desk, tmp_path):
    """Past its retention neither rows nor copy are left, once no run on it can be undone (law 11)."""
    desk.run()
    other = desk.open(people(2))
    engine = make_engine(f"sqlite:///{tmp_path / 'truth.db'}")

    def age(change: str, days: int) -> None:
        with engine.connect() as connection:
            connection.execute(text(change), {"past": days * 86_400.0})
            connection.commit()

    def open_now():
        return {one.id for one in desk.house.documents.all(desk.caller.workspace)}

    def copies():
        return {path.parent.name for path in (tmp_path / "documents").rglob("*") if path.is_file()}

    age("UPDATE document SET opened_at = opened_at - :past", 89)
    assert sweep(desk.house, "one").forgotten == 0
    age("UPDATE document SET opened_at = opened_at - :past", 2)
    assert sweep(desk.house, "one").forgotten == 1
    assert other not in open_now()
    assert open_now() == copies() == {desk.document}
    age("UPDATE run SET erase_at = erase_at - :past", 91)
    assert sweep(desk.house, "one").forgotten == 1
    assert open_now() == copies() == set()
    engine.dispose()


def test_no_cell_value_is_readable_in_the_database(desk, tmp_path):
    """Snapshots, results, before-images and the opened list are sealed (law 11)."""
    desk.run()
    for path in tmp_path.glob("truth.db*"):
        content = path.read_bytes()
        assert b"person7@company7.example" not in content
        assert b"+33199000007" not in content


def test_terms_are_accepted_by_version(desk):
    """Another version than the current one cannot be accepted."""
    assert terms_in_force(desk.house, desk.caller)
    with pytest.raises(errors.BodyInvalid):
        accept_terms(desk.house, desk.caller, "2001-01")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_catalogue_names_everything_in_both_languages(desk, language):
    """Kinds, fields with their price and source, recipes with their text."""
    found = catalogue(desk.house, language)
    assert {line.kind for line in found.kinds} == {kind.value for kind in ColumnKind}
    priced = {line.name: (line.price, line.source) for line in found.fields}
    assert priced["company.industry"] == (1, "demo")
    assert priced["country"] == (0, None)
    assert {line.name for line in found.recipes} == {"standard", "clean", "complete"}
    labels = [line.label for line in found.kinds]
    labels += [line.label for line in found.fields]
    assert all([*labels, *(line.label for line in found.recipes)])


def test_labels_differ_by_language_and_own_recipes_keep_their_name():
    """A kind's label is translated; a person's own recipe is called what she called it."""
    assert kind_label(ColumnKind.PHONE, "fr") == "Téléphone"
    assert recipe_label("Autumn list", "fr") == "Autumn list"


def test_inspection_names_the_columns(desk):
    """The six columns of the list are known for what they hold; the notes are left alone."""
    found = inspect_selection(select(desk.house, desk.caller, "local", desk.document))
    kinds = {column.header: column.kind for column in found.columns}
    assert (found.rows, found.header_row) == (12, 1)
    assert kinds["E-mail"] is ColumnKind.EMAIL
    assert kinds["Phone"] is ColumnKind.PHONE
    assert kinds["Notes"] is ColumnKind.NOTES


def test_selecting_outside_or_an_unknown_sheet_is_told(desk):
    """A range below the list, a sheet that is not there."""
    with pytest.raises(errors.RangeOutside):
        select(desk.house, desk.caller, "local", desk.document, area=parse_a1("A900:B950"))
    with pytest.raises(errors.SheetUnknown):
        select(desk.house, desk.caller, "local", desk.document, sheet="Nope")


def test_a_long_list_is_sampled(desk, monkeypatch):
    """Beyond the limit the preview sees a spread sample and says "about"."""
    monkeypatch.setattr("addon_backend.services.runs.selection.select.WHOLE_UP_TO", 6)
    monkeypatch.setattr("addon_backend.services.runs.selection.select.HEAD", 2)
    shown, selection, _ = desk.look()
    assert selection.table.sampled
    assert len(selection.table.columns[0].values) == 6
    assert shown.sampled
    assert shown.headline.startswith("About: ")


def test_duplicates_count_rows_below_the_header(tmp_path):
    """Rows are numbered from 0 below the header."""
    rows = people(8)
    rows.append(list(rows[3]))
    desk = Desk(tmp_path, rows)
    found = find_in_sheet(desk.house, desk.caller, desk.document, None)
    assert (found.rows, found.first_row) == (9, 2)
    assert [group.rows for group in found.groups] == [(2, 8)]


def test_bare_values_are_cleaned_together():
    """What is decided once per column is decided for bare values, too."""
    good, bad = clean_values(ColumnKind.PHONE, ["01 99 00 00 01", "nonsense"], "FR")
    assert (good.value, good.status) == ("+33199000001", "changed")
    assert (bad.value, bad.status) == ("nonsense", "invalid")
