"""Between the price and the moment a worker reads the sheet, people work: what she chose is enriched."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from addon_backend.domain.runs import Stage
from addon_backend.domain.sheet import parse_a1
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.selection import selected
from tests.unit.services.desk import people
from tests.unit.services.hostile_desk import DeskAtHostileHost

ROWS = 30
MAIL = "E-mail"
PHONE = "Phone (clean)"


@pytest.fixture
def desk(tmp_path):
    """Her list stands in A1:F31, and hers alone; the host compares nothing."""
    return DeskAtHostileHost(tmp_path, people(ROWS))


def mails(first: int = 0, last: int = ROWS) -> set[str]:
    return {f"person{i}@company{i}.example" for i in range(first, last)}


def enriched(desk) -> set[object]:
    """Whose phone was cleaned; the clean one stands in her row and below the header, wherever they are."""
    table = desk.table()
    at = next(row for row, cells in enumerate(table) if MAIL in cells)
    mail, clean = table[at].index(MAIL), table[at].index(PHONE)
    assert all(row[clean] is None for row in table[:at])
    found = set()
    for row in table[at + 1 :]:
        number = str(row[mail]).removeprefix("person").split("@")[0]
        if row[clean] is not None:
            assert str(row[clean]) == f"+3319900{int(number):04}"
            found.add(row[mail])
    return found


def insert(desk, *rows: int) -> None:
    for row in rows:
        desk.insert(row)


def a_new_row(desk, at: int) -> None:
    """Somebody adds a person of her own: nobody asked for her to be enriched."""
    desk.insert(at)
    table = desk.table()
    header = next(row for row in table if MAIL in row)
    for name, value in zip(
        ("Full name", MAIL, "Phone"), ("New One", "new@company.example", "+33 1 99 00 99 99"), strict=True
    ):
        desk.sheet.rows[at].set(desk.sheet.columns[header.index(name)], value)


def delete(desk, rows: Iterable[int]) -> None:
    for row in sorted(rows, reverse=True):
        desk.delete(row)


def upside_down(desk) -> None:
    desk.reorder(lambda rows: list(reversed(rows)))


EDITS: dict[str, list[Callable[[DeskAtHostileHost], object]]] = {
    "nothing": [],
    "a banner above": [lambda desk: insert(desk, 0, 0)],
    "rows inside": [lambda desk: insert(desk, 5, 9, 9)],
    "a row below the header": [lambda desk: insert(desk, 1)],
    "a person at the end": [lambda desk: a_new_row(desk, ROWS + 1)],
    "rows inside and a person at the end": [
        lambda desk: a_new_row(desk, ROWS + 1),
        lambda desk: insert(desk, 5),
    ],
    "a sort": [upside_down],
    "a sort and a row above": [upside_down, lambda desk: insert(desk, 0)],
    "sorted around its last row, and a row inside": [
        lambda desk: desk.reorder(lambda rows: [*list(rows)[:3], list(rows)[-1], *list(rows)[3:-1]]),
        lambda desk: insert(desk, 2),
    ],
    "sorted around its last row, and rows above": [
        lambda desk: desk.reorder(lambda rows: [*list(rows)[:-3], list(rows)[-1], *list(rows)[-3:-1]]),
        lambda desk: insert(desk, 0, 0, 0),
    ],
    "its last row sorted up by one, and a row above that": [
        lambda desk: desk.reorder(lambda rows: [*list(rows)[:-2], list(rows)[-1], list(rows)[-2]]),
        lambda desk: insert(desk, ROWS - 1),
    ],
    "a column at the left": [lambda desk: desk.sheet.new_column(0)],
    "two columns inside": [lambda desk: desk.sheet.new_column(2), lambda desk: desk.sheet.new_column(2)],
    "the e-mail moved": [lambda desk: desk.sheet.move_column(1, 4)],
    "a column renamed, one before it": [
        lambda desk: desk.type_in(0, "Phone", "Mobile"),
        lambda desk: desk.sheet.new_column(0),
    ],
    "rows and columns": [lambda desk: insert(desk, 0, 7), lambda desk: desk.sheet.new_column(1)],
    "the notes deleted": [lambda desk: desk.sheet.delete_column(5)],
}


def edited(desk, edit: str) -> None:
    for step in EDITS[edit]:
        step(desk)


@pytest.mark.parametrize("edit", EDITS)
def test_the_whole_list_is_enriched_wherever_it_stands(desk, edit):
    run = desk.press()
    edited(desk, edit)
    desk.work()
    view = desk.view(run)
    assert view.state == "finished"
    if "renamed" in edit:
        desk.type_in(0, "Mobile (clean)", PHONE)
    assert enriched(desk) >= mails()
    assert enriched(desk) <= mails() | {"new@company.example"}


@pytest.mark.parametrize("edit", [one for one in EDITS if "sort" not in one])
@pytest.mark.parametrize(("area", "first", "last"), [("A1:F11", 0, 10), ("A9:F20", 7, 19)])
def test_a_part_of_the_list_stays_that_part(desk, edit, area, first, last):
    """Its header stands above it; rows that others add inside are blank, those below are not hers."""
    run = desk.press(area=parse_a1(area))
    edited(desk, edit)
    desk.work()
    assert desk.view(run).state == "finished"
    if "renamed" in edit:
        desk.type_in(0, "Mobile (clean)", PHONE)
    assert enriched(desk) == mails(first, last)


def test_deleted_rows_are_not_replaced_by_those_below(desk):
    run = desk.press(area=parse_a1("A1:F11"))
    delete(desk, [3, 4])
    desk.work()
    assert desk.view(run).state == "finished"
    assert enriched(desk) == mails(0, 10) - {f"person{i}@company{i}.example" for i in (2, 3)}


def test_the_end_of_a_list_is_found_where_the_sheet_has_become_too_short(desk):
    run = desk.press(area=parse_a1("A26:F31"))
    delete(desk, list(range(20, 4, -1)))
    desk.work()
    assert desk.view(run).state == "finished"
    assert enriched(desk) == mails(24, 30)


def test_a_list_without_a_header_moves_down(tmp_path):
    """Nothing in it reads like a header."""
    desk = DeskAtHostileHost(tmp_path, [[*row[:3], f"Acme {row[0]}"] for row in people(ROWS)[1:]])
    run = desk.press()
    insert(desk, 0, 4, 4)
    desk.work()
    view = desk.view(run)
    assert view.state == "finished"
    assert view.rows == ROWS
    assert view.range == "A2:D33"


def test_the_run_says_where_it_is_now(desk):
    run = desk.press(area=parse_a1("A1:F11"))
    insert(desk, 0, 0, 5)
    desk.sheet.new_column(0)
    desk.work()
    assert desk.view(run).range == "B3:G14"


def test_no_value_is_kept_for_it(desk):
    run = desk.press()
    with desk.house.store.reading() as unit:
        key = BlockKey(desk.caller.workspace, run, "marks", Stage.PREPARE, 0, "")
        kept = unit.blocks.get(key).decode()
    assert "company" not in kept
    assert "mail" not in kept.lower()


def test_an_untouched_list_costs_no_further_call(desk, monkeypatch):
    """As many reads as for a run that has no marks, and one of the headers where a column is not in play."""
    reads: list[object] = []
    read = desk.host.read

    def counting(*asked):
        reads.append(asked)
        return read(*asked)

    monkeypatch.setattr(desk.host, "read", counting)
    (header, *rows), wide = people(ROWS), [f" {name} " for name in people(ROWS)[0]]
    desk.document = desk.open([wide, *rows])
    desk.run()
    with_marks = len(reads)
    monkeypatch.setattr(selected, "read_marks", lambda unit, run: None)
    desk.document = desk.open([header, *rows])
    desk.run(key="k2")
    assert len(reads) == 2 * with_marks - 1
