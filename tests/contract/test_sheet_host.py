"""The laws of the sheet host (`ports/sheet_host.py`), for every adapter that brings a desk."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from addon_backend.domain.cells import EMPTY, CellValue, DateValue, ErrorValue, Obstacle
from addon_backend.domain.errors import FileUnknown, SheetUnknown
from addon_backend.domain.sheet import SheetRef
from addon_backend.ports.sheet_host import Leave, NewColumn, WriteBatch
from addon_backend.security.vault import AesGcmVault
from addon_backend.store.documents import SqlDocuments
from addon_backend.store.engine import make_engine
from addon_backend.store.migrations import migrate
from addon_backend.store.unit import SqlStore
from tests.contract.desks import Desk, Draft
from tests.contract.google_desk import GoogleDesk
from tests.contract.local_desk import LocalDesk
from tests.fakes.documents import MemoryDocuments
from tests.fakes.google_sheets.server import FakeGoogleSheets
from tests.fakes.hostile.desk import HostileDesk

ALONE = Leave.ALONE
PEOPLE = Draft(
    [
        ["Name", "Phone", "Country"],
        ["Ada", "020 7946 0001", None],
        ["Brigitte", "01 99 00 00 02", "FR"],
        ["Chloé", "01 99 00 00 03", "France"],
    ]
)


@pytest.fixture
def local_in_memory() -> Desk:
    """The local host over documents in memory."""
    return LocalDesk(MemoryDocuments(), "w1")


@pytest.fixture(scope="module")
def _database(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('documents')}/addon.db"
    migrate(url)
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture
def local_in_sqlite(_database, request) -> Desk:
    """The local host over documents in SQL, in a workspace of its own."""
    vault = AesGcmVault({"k": b"k" * 32}, "k")
    with SqlStore(_database, vault).unit() as unit:
        member = unit.accounts.enter(f"person:{request.node.nodeid}", "Desk", "subject", "en")
        unit.commit()
    return LocalDesk(SqlDocuments(_database, vault), member.workspace)


@pytest.fixture
def hostile() -> Desk:
    """A host in memory that compares in nothing, where columns move."""
    return HostileDesk()


@pytest.fixture(scope="module")
def _google():
    with FakeGoogleSheets(clock=itertools.count(0.0, 10.0).__next__) as running:  # no quota is ever used up
        yield running
    assert not running.complaints


@pytest.fixture
def google(_google) -> Desk:
    """Google Sheets, as the emulator plays it over HTTP."""
    return GoogleDesk(_google)


DESKS = ("local_in_memory", "local_in_sqlite", "hostile", "google")
"""Fixtures that give a desk: an adapter joins with one."""


@pytest.fixture(params=DESKS)
def desk(request: pytest.FixtureRequest) -> Desk:
    """A fresh desk of each host."""
    fresh: Desk = request.getfixturevalue(request.param)
    return fresh


@pytest.fixture
def people(desk: Desk) -> SheetRef:
    """Three people below a header."""
    return desk.lay_out(PEOPLE)[0]


@pytest.fixture
def comparing(desk: Desk) -> Desk:
    """A desk whose host compares what it sets."""
    if not desk.host.compares:
        pytest.skip("this host compares in nothing: the caller's guard read is the only guard")
    return desk


@pytest.fixture
def moving(desk: Desk) -> Desk:
    """A desk where columns can be moved."""
    if not desk.columns_move:
        pytest.skip("nobody can move columns at this host")
    return desk


def anchor(desk: Desk, ref: SheetRef, index: int) -> str:
    return desk.host.anchors(ref, [index])[0]


def column(desk: Desk, ref: SheetRef, index: int, top: int, bottom: int) -> list[CellValue]:
    (read,) = desk.host.read(ref, [anchor(desk, ref, index)], top, bottom)
    return list(read.values)


def looked(desk: Desk, ref: SheetRef, index: int, rows: int = 4) -> list[CellValue]:
    return [desk.look(ref, row, index) for row in range(rows)]


def put(
    desk: Desk,
    ref: SheetRef,
    index: int,
    values: Sequence[CellValue | Leave],
    expect: dict[int, Sequence[CellValue]] | None = None,
) -> frozenset[int]:
    """Set a column from the first row below the header on, expecting what the guard read saw."""
    expected = {anchor(desk, ref, at): seen for at, seen in (expect or {}).items()}
    rows = range(1, 1 + len(values))
    return desk.host.write(ref, WriteBatch(rows, expected, {anchor(desk, ref, index): values}))


class TestReading:
    def test_the_sheets_of_a_document_come_in_its_order_with_their_used_areas(self, desk):
        refs = desk.lay_out(PEOPLE, Draft([["Supplier"], ["Acme"]], title="Suppliers"))
        infos = desk.host.sheets(refs[0].document)
        assert [(info.ref, info.title, info.rows, info.columns) for info in infos] == [
            (refs[0], "Leads", 4, 3),
            (refs[1], "Suppliers", 2, 1),
        ]
        assert desk.host.describe(refs[1]) == infos[1]

    def test_the_document_has_a_title_a_person_knows(self, desk, people):
        assert "Leads" in desk.host.describe(people).document_title

    def test_values_keep_their_types(self, desk):
        typed: list[CellValue] = [
            1,
            "1",
            1.5,
            True,
            "TRUE",
            DateValue(46_000.0),
            None,
            "x",
            ErrorValue("#N/A"),
        ]
        (ref,) = desk.lay_out(Draft([["Typed"], *([value] for value in typed)]))
        read = column(desk, ref, 0, 1, 1 + len(typed))
        assert [(type(value), value) for value in read if not isinstance(value, int | float)] == [
            (type(value), value) for value in typed if not isinstance(value, int | float)
        ]
        assert [read[0], read[2], read[3]] == [1, 1.5, True]
        assert read[3] is True

    def test_formulas_and_number_formats_are_told(self, desk):
        (ref,) = desk.lay_out(
            Draft(
                [["n", "len"], ["Ada", 3], ["Bo", 12.5]],
                formulas={(1, 1): "=LEN(A2)"},
                formats={(2, 1): "0.00"},
            )
        )
        (read,) = desk.host.read(ref, [anchor(desk, ref, 1)], 1, 3)
        assert (read.cell(0).value, read.cell(0).formula) == (3, "=LEN(A2)")
        assert Obstacle.FORMULA in read.cell(0).obstacles
        assert read.cell(1).number_format == "0.00"
        assert read.cell(1).formula is None

    def test_an_empty_cell_is_none_and_plain_cells_need_no_details(self, desk, people):
        (read,) = desk.host.read(people, [anchor(desk, people, 2)], 1, 4)
        assert list(read.values) == [None, "FR", "France"]
        assert read.cell(0) == EMPTY

    @pytest.mark.parametrize("obstacle", sorted(set(Obstacle) - {Obstacle.HIDDEN, Obstacle.FORMULA}))
    def test_what_stands_in_the_way_is_told(self, desk, obstacle):
        if obstacle not in desk.tells:
            pytest.skip(f"this host cannot tell {obstacle}")
        (ref,) = desk.lay_out(Draft(PEOPLE.grid, obstacles={(2, 1): obstacle}))
        (read,) = desk.host.read(ref, [anchor(desk, ref, 1)], 1, 4)
        assert [obstacle in read.cell(at).obstacles for at in range(3)] == [False, True, False]

    def test_hidden_rows_are_told_and_still_read(self, desk):
        (ref,) = desk.lay_out(Draft(PEOPLE.grid, hidden=frozenset({2, 3})))
        assert desk.host.describe(ref).hidden_rows == ((2, 4),)
        (read,) = desk.host.read(ref, [anchor(desk, ref, 0)], 1, 4)
        assert list(read.values) == ["Ada", "Brigitte", "Chloé"]
        assert [Obstacle.HIDDEN in read.cell(at).obstacles for at in range(3)] == [False, True, True]

    def test_several_columns_come_in_the_order_asked(self, desk, people):
        country, name = desk.host.read(people, desk.host.anchors(people, [2, 0]), 2, 3)
        assert (list(country.values), list(name.values)) == (["FR"], ["Brigitte"])

    @pytest.mark.parametrize(
        ("top", "bottom", "names"),
        [(3, 6, ["Chloé", None, None]), (40, 42, [None, None]), (2, 2, []), (0, 1, ["Name"])],
    )
    def test_a_read_past_the_used_area_is_padded_with_empty_cells(self, desk, people, top, bottom, names):
        assert column(desk, people, 0, top, bottom) == names

    def test_a_read_without_a_bottom_goes_as_far_as_a_column_is_filled(self, desk, people):
        desk.type_in(people, 3, 2, None)
        name, country = desk.host.read(people, desk.host.anchors(people, [0, 2]), 1, None)
        assert len(name.values) == len(country.values) >= 3
        assert list(name.values)[:3] == ["Ada", "Brigitte", "Chloé"]
        assert list(country.values)[:3] == [None, "FR", None]
        assert not any((*name.values[3:], *country.values[3:]))

    def test_a_column_that_is_gone_is_named(self, desk, people):
        gone = desk.gone_anchor(people)
        assert desk.host.locate(people, [anchor(desk, people, 1), gone]) == (1, None)
        with pytest.raises(SheetUnknown) as refusal:
            desk.host.read(people, [gone], 0, 4)
        assert refusal.value.facts["column"] == gone

    def test_no_such_document_and_no_such_sheet(self, desk, people):
        with pytest.raises(FileUnknown):
            desk.host.sheets("nowhere")
        with pytest.raises(FileUnknown):
            desk.host.describe(SheetRef(people.host, "nowhere", people.sheet))
        with pytest.raises(SheetUnknown):
            desk.host.describe(SheetRef(people.host, people.document, "nothing"))


class TestAnchors:
    def test_a_column_keeps_its_anchor_when_the_rows_are_sorted_and_it_is_renamed(self, desk, people):
        named = anchor(desk, people, 1)
        desk.sort(people, [0, 3, 2, 1])
        desk.type_in(people, 0, 1, "Telephone")
        assert desk.host.locate(people, [named]) == (1,)
        assert anchor(desk, people, 1) == named

    def test_a_column_keeps_its_anchor_when_others_are_inserted_and_it_is_moved(self, moving, people):
        phone = anchor(moving, people, 1)
        moving.insert_column(people, 0)
        assert moving.host.locate(people, [phone]) == (2,)
        moving.move_column(people, 2, 0)
        assert moving.host.locate(people, [phone]) == (0,)
        (read,) = moving.host.read(people, [phone], 1, 2)
        assert list(read.values) == ["020 7946 0001"]

    def test_values_follow_a_column_that_moved_after_it_was_named(self, moving, people):
        country = anchor(moving, people, 2)
        moving.move_column(people, 2, 0)
        moving.host.write(people, WriteBatch([1], {}, {country: ["GB"]}))
        assert looked(moving, people, 0) == ["Country", "GB", "FR", "France"]

    def test_a_deleted_column_is_not_found_again(self, moving, people):
        phone = anchor(moving, people, 1)
        moving.delete_column(people, 1)
        assert moving.host.locate(people, [phone]) == (None,)

    def test_nothing_is_written_when_one_of_the_columns_is_gone(self, desk, people):
        batch = WriteBatch([1], {}, {anchor(desk, people, 2): ["GB"], desk.gone_anchor(people): ["x"]})
        with pytest.raises(SheetUnknown):
            desk.host.write(people, batch)
        assert desk.look(people, 1, 2) is None


class TestNewColumns:
    WISHES = (NewColumn("fill:country", "Country (filled)"), NewColumn("duplicates", "Duplicate of"))

    def test_they_stand_right_of_the_used_area_with_their_headers(self, desk, people):
        made = desk.host.add_columns(people, self.WISHES, 0)
        assert desk.host.locate(people, made) == (3, 4)
        assert [desk.look(people, 0, at) for at in range(5)] == [
            "Name", "Phone", "Country", "Country (filled)", "Duplicate of",
        ]  # fmt: skip
        assert [looked(desk, people, at)[1:] for at in (3, 4)] == [[None] * 3] * 2

    def test_asked_again_they_are_the_same(self, desk, people):
        made = desk.host.add_columns(people, self.WISHES, 0)
        assert desk.host.add_columns(people, self.WISHES, 0) == made
        assert desk.host.add_columns(people, self.WISHES[::-1], 0) == made[::-1]
        assert desk.host.describe(people).columns == 5

    def test_one_more_wish_leaves_the_others_where_they_are(self, desk, people):
        made = desk.host.add_columns(people, self.WISHES, 0)
        more = desk.host.add_columns(people, (NewColumn("email.type", "Type"), *self.WISHES), 0)
        assert more[1:] == made
        assert desk.host.locate(people, more) == (5, 3, 4)

    def test_the_same_key_on_another_sheet_is_another_column(self, desk):
        first, second = desk.lay_out(PEOPLE, Draft(PEOPLE.grid, title="Suppliers"))
        made = desk.host.add_columns(first, self.WISHES, 0)
        desk.host.add_columns(second, self.WISHES, 0)
        desk.host.write(first, WriteBatch([1], {}, {made[0]: ["GB"]}))
        assert (desk.look(first, 1, 3), desk.look(second, 1, 3)) == ("GB", None)

    def test_a_header_that_a_person_changed_stays_hers(self, desk, people):
        desk.host.add_columns(people, self.WISHES, 0)
        desk.type_in(people, 0, 3, "Where")
        desk.host.add_columns(people, self.WISHES, 0)
        assert desk.look(people, 0, 3) == "Where"

    def test_a_header_that_was_cleared_is_set_again(self, desk, people):
        made = desk.host.add_columns(people, self.WISHES, 0)
        desk.host.write(people, WriteBatch([0], {}, {made[0]: [None]}))
        desk.host.add_columns(people, self.WISHES, 0)
        assert desk.look(people, 0, 3) == "Country (filled)"

    def test_a_list_without_a_header_gets_none(self, desk, people):
        desk.host.add_columns(people, self.WISHES, None)
        assert looked(desk, people, 3) == [None] * 4

    def test_a_header_that_looks_like_a_formula_is_text(self, desk, people):
        desk.host.add_columns(people, [NewColumn("odd", "=1+1")], 0)
        assert desk.look(people, 0, 3) == "=1+1"

    def test_they_never_take_a_column_that_holds_a_stray_cell(self, desk):
        (ref,) = desk.lay_out(Draft(PEOPLE.grid, strays={(3, 4): "my note"}))
        made = desk.host.add_columns(ref, self.WISHES, 0)
        assert desk.host.locate(ref, made) == (5, 6)
        assert desk.look(ref, 3, 4) == "my note"

    def test_they_are_kept_when_a_person_types_right_of_them(self, desk, people):
        made = desk.host.add_columns(people, self.WISHES, 0)
        desk.type_in(people, 2, 4, "hers")
        desk.host.add_columns(people, self.WISHES, 0)
        assert desk.look(people, 2, 4) == "hers"
        assert desk.host.locate(people, made) == (3, 4)

    def test_they_are_found_again_after_they_were_moved(self, moving, people):
        made = moving.host.add_columns(people, self.WISHES, 0)
        moving.move_column(people, 3, 0)
        assert moving.host.add_columns(people, self.WISHES, 0) == made
        assert moving.host.locate(people, made) == (0, 4)


class TestWriting:
    def test_values_are_set_where_the_expectation_holds(self, desk, people):
        refused = put(desk, people, 2, ["GB", ALONE, "FR"], {2: [None, "FR", "France"]})
        assert refused == frozenset()
        assert looked(desk, people, 2) == ["Country", "GB", "FR", "FR"]

    def test_values_keep_their_types(self, desk, people):
        put(desk, people, 2, [12, "12", True])
        assert column(desk, people, 2, 1, 4) == [12, "12", True]
        assert [type(value) for value in column(desk, people, 2, 2, 4)] == [str, bool]

    def test_a_date_is_a_date_whatever_the_cell_held(self, desk, people):
        dates: list[CellValue | Leave] = [DateValue(46_000.0), DateValue(46_000.5), ALONE]
        put(desk, people, 2, dates)
        assert column(desk, people, 2, 1, 4) == [DateValue(46_000.0), DateValue(46_000.5), "France"]
        assert column(desk, people, 1, 2, 3) == ["01 99 00 00 02"]

    def test_a_number_is_a_number_where_a_date_was(self, desk, people):
        put(desk, people, 2, [DateValue(46_000.0), DateValue(46_000.5), 3])
        column(desk, people, 2, 1, 4)  # whoever writes has read
        put(desk, people, 2, [20_260_304, 1.5, DateValue(46_000.0)])
        assert column(desk, people, 2, 1, 4) == [20_260_304, 1.5, DateValue(46_000.0)]

    def test_a_column_of_dates_takes_days_moments_and_words(self, desk, people):
        (made,) = desk.host.add_columns(people, [NewColumn("clean:c", "Since (clean)", dates=True)], 0)
        (index,) = desk.host.locate(people, [made])
        put(desk, people, index, [DateValue(46_000.0), DateValue(46_000.5), "soon"])
        assert column(desk, people, index, 1, 4) == [DateValue(46_000.0), DateValue(46_000.5), "soon"]
        assert desk.host.describe(people).rows == 4

    @pytest.mark.parametrize(
        "text",
        [
            "=1+1", '=HYPERLINK("http://a.example")', "+33199000001", "+1+1", "-2", "@x", "\tx", "'x",
            "007", "1e5", "1/2", "2026-02-20", "TRUE", "#N/A", "50%", "€5", " padded ", "two\nlines", "<b>",
        ],
    )  # fmt: skip
    def test_text_that_looks_like_something_else_stays_text(self, desk, people, text):
        put(desk, people, 2, [text])
        assert desk.look(people, 1, 2) == text
        (read,) = desk.host.read(people, [anchor(desk, people, 2)], 1, 2)
        assert (read.cell(0).value, read.cell(0).formula) == (text, None)

    @pytest.mark.parametrize("nothing", [None, ""])
    def test_nothing_clears_a_cell(self, desk, people, nothing):
        put(desk, people, 2, [ALONE, nothing])
        assert column(desk, people, 2, 2, 3) == [None]

    def test_what_is_to_be_left_alone_is_left_alone(self, desk, people):
        put(desk, people, 2, [ALONE, ALONE, ALONE])
        assert looked(desk, people, 2) == ["Country", None, "FR", "France"]

    def test_rows_may_be_apart_and_in_any_order(self, desk, people):
        name, country = desk.host.anchors(people, [0, 2])
        batch = WriteBatch([3, 1], {name: ["Chloé", "Ada"]}, {country: ["FR", "GB"]})
        assert desk.host.write(people, batch) == frozenset()
        assert looked(desk, people, 2) == ["Country", "GB", "FR", "FR"]

    def test_the_same_write_again_changes_nothing(self, desk, people):
        for _ in range(2):
            put(desk, people, 2, ["GB", "FR", "FR"])
        assert looked(desk, people, 2) == ["Country", "GB", "FR", "FR"]

    def test_an_empty_batch_is_no_trouble(self, desk, people):
        assert desk.host.write(people, WriteBatch([], {}, {})) == frozenset()

    def test_a_full_batch_is_written_whole(self, desk):
        count = desk.host.rows_per_write
        (ref,) = desk.lay_out(Draft([["n", "out"], *([number, None] for number in range(count))]))
        put(desk, ref, 1, [str(number) for number in range(count)], {0: range(count)})
        assert column(desk, ref, 1, 1, count + 1) == [str(number) for number in range(count)]


class TestComparing:
    def test_an_edit_between_read_and_write_wins(self, comparing, people):
        desk = comparing
        seen = column(desk, people, 2, 1, 4)
        desk.type_in(people, 1, 2, "Wales")
        assert put(desk, people, 2, ["GB", "FR", "FR"], {2: seen}) == {0}
        assert looked(desk, people, 2) == ["Country", "Wales", "FR", "FR"]

    def test_an_edit_of_a_key_cell_wins_too(self, comparing, people):
        desk = comparing
        seen = column(desk, people, 0, 1, 4)
        desk.type_in(people, 2, 0, "Someone else")
        assert put(desk, people, 2, ["GB", "FR", "FR"], {0: seen}) == {1}
        assert desk.look(people, 2, 2) == "FR"

    def test_rows_that_were_sorted_are_refused(self, comparing, people):
        desk = comparing
        seen = column(desk, people, 0, 1, 4)
        desk.sort(people, [0, 3, 2, 1])
        assert put(desk, people, 2, ["one", "two", "three"], {0: seen}) == {0, 2}
        assert looked(desk, people, 0) == ["Name", "Chloé", "Brigitte", "Ada"]
        assert looked(desk, people, 2) == ["Country", "France", "two", None]

    def test_rows_that_moved_down_are_refused(self, comparing, people):
        desk = comparing
        seen = column(desk, people, 0, 1, 4)
        desk.insert_row(people, 2)
        assert put(desk, people, 2, ["one", "two", "three"], {0: seen}) == {1, 2}
        assert looked(desk, people, 2, rows=5) == ["Country", "one", None, "FR", "France"]

    def test_rows_that_were_deleted_are_refused(self, comparing, people):
        desk = comparing
        seen = column(desk, people, 0, 1, 4)
        desk.delete_row(people, 1)
        assert put(desk, people, 2, ["one", "two", "three"], {0: seen}) == {0, 1, 2}
        assert looked(desk, people, 2) == ["Country", "FR", "France", None]

    @pytest.mark.parametrize(
        ("there", "expected"),
        [(1, "1"), ("1", 1), (True, 1), (1, True), ("TRUE", True), (DateValue(1.0), 1), (None, 0), ("a", "A"),
         ("a ", "a"), (0, None), (False, None)],
        ids=repr,
    )  # fmt: skip
    def test_a_number_is_not_its_text(self, comparing, there, expected):
        desk = comparing
        (ref,) = desk.lay_out(Draft([["key", "out"], [there, None]]))
        assert put(desk, ref, 1, ["x"], {0: [expected]}) == {0}
        assert desk.look(ref, 1, 1) is None

    @pytest.mark.parametrize(("there", "expected"), [(1, 1.0), (None, ""), (None, None)], ids=repr)
    def test_what_nobody_can_tell_apart_is_the_same(self, comparing, there, expected):
        desk = comparing
        (ref,) = desk.lay_out(Draft([["key", "out"], [there, None]]))
        assert put(desk, ref, 1, ["x"], {0: [expected]}) == frozenset()

    def test_a_row_is_set_whole_or_not_at_all(self, comparing, people):
        desk = comparing
        phone, country = desk.host.anchors(people, [1, 2])
        batch = WriteBatch([1, 2], {country: ["stale", "FR"]}, {phone: ["p1", "p2"], country: ["c1", "c2"]})
        assert desk.host.write(people, batch) == {0}
        assert looked(desk, people, 1)[1:3] == ["020 7946 0001", "p2"]
        assert looked(desk, people, 2)[1:3] == [None, "c2"]

    def test_a_row_past_the_last_one_is_refused(self, comparing, people):
        desk = comparing
        batch = WriteBatch([3, 90], {}, {anchor(desk, people, 2): ["FR", "lost"]})
        assert desk.host.write(people, batch) == {1}
        assert desk.host.describe(people).rows == 4

    def test_identical_rows_that_swapped_may_take_each_others_equal_values(self, comparing):
        desk = comparing
        (ref,) = desk.lay_out(Draft([["key", "out"], ["same", None], ["same", None]]))
        seen = column(desk, ref, 0, 1, 3)
        desk.sort(ref, [0, 2, 1])
        assert put(desk, ref, 1, ["x", "x"], {0: seen}) == frozenset()
        assert looked(desk, ref, 1, rows=3) == ["out", "x", "x"]

    @pytest.mark.parametrize("obstacle", [Obstacle.SPILL, Obstacle.MERGED])
    def test_spilled_and_merged_cells_are_never_set(self, comparing, obstacle):
        desk = comparing
        if obstacle not in desk.tells:
            pytest.skip(f"this host cannot tell {obstacle}")
        (ref,) = desk.lay_out(Draft(PEOPLE.grid, obstacles={(2, 2): obstacle}))
        assert put(desk, ref, 2, ["GB", "XX", "FR"]) == {1}
        assert looked(desk, ref, 2) == ["Country", "GB", "FR", "FR"]

    def test_a_formula_is_never_set_and_the_rest_of_its_row_neither(self, comparing):
        desk = comparing
        (ref,) = desk.lay_out(
            Draft([["n", "len", "c"], ["Ada", 3, None], ["Bo", 2, None]], formulas={(1, 1): "=LEN(A2)"})
        )
        length, country = desk.host.anchors(ref, [1, 2])
        batch = WriteBatch([1, 2], {}, {length: [9, 9], country: ["GB", "GB"]})
        assert desk.host.write(ref, batch) == {0}
        assert (looked(desk, ref, 1, 3), looked(desk, ref, 2, 3)) == (["len", 3, 9], ["c", None, "GB"])
        (read,) = desk.host.read(ref, [length], 1, 2)
        assert read.cell(0).formula == "=LEN(A2)"

    def test_a_formula_in_a_row_does_not_stop_its_other_cells(self, comparing):
        desk = comparing
        (ref,) = desk.lay_out(Draft([["n", "len", "c"], ["Ada", 3, None]], formulas={(1, 1): "=LEN(A2)"}))
        assert put(desk, ref, 2, ["GB"], {1: [3]}) == frozenset()
        assert desk.look(ref, 1, 2) == "GB"
