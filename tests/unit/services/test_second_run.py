"""The same list again, with the columns that the first run made: nothing of ours is taken for hers."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

import addon_backend.local.demo
from addon_backend.engine.plan.duplicates import duplicate_groups
from addon_backend.services.runs import prepare
from addon_backend.services.runs.control import stop
from addon_backend.services.runs.selection import preview
from tests.unit.services.desk import Desk, people

SAMPLE = Path(addon_backend.local.demo.__file__).with_name("leads.xlsx")
HEADER = ["Full name", "E-mail", "Phone", "Company"]


def person(name: str, at: str) -> list[str]:
    return [name, f"{name.split(maxsplit=1)[0].lower()}@{at}.example", "", at.title()]


LUKAS, ANNA, PETER = person("Lukas Berg", "berg"), person("Anna Smith", "smith"), person("Peter Wolf", "wolf")
MARIA, JOHN = person("Maria Rossi", "rossi"), person("John Miller", "miller")


def loud(row: list[str]) -> list[str]:
    return [row[0].upper(), *row[1:]]


def labelled(desk: Desk) -> dict[object, set[str]]:
    """Who shares a label with whom."""
    found: dict[object, set[str]] = defaultdict(set)
    for name, label in zip(desk.column("Full name"), desk.column("Duplicates"), strict=True):
        if label:
            found[label].add(str(name).lower())
    return found


def grouped(desk: Desk) -> list[list[str]]:
    return sorted(sorted(map(str, names)) for names in labelled(desk).values())


def test_no_two_people_get_one_label_whatever_was_deleted_and_added(tmp_path):
    rows = [HEADER, LUKAS, ANNA, PETER, MARIA, JOHN, loud(LUKAS), loud(ANNA), loud(PETER)]
    desk = Desk(tmp_path, rows)
    desk.run()
    assert len(labelled(desk)) == 3
    desk.delete(6)
    at = len(desk.table())
    desk.insert(at)
    for header, value in zip(HEADER, JOHN, strict=True):
        desk.type_in(at, header, value)
    shown, *_ = desk.look()
    view = desk.run(key="k2")
    found = labelled(desk)
    assert all(len(names) == 1 for names in found.values())
    assert {name for names in found.values() for name in names} == {"anna smith", "peter wolf", "john miller"}
    assert {step.name: step.count for step in shown.steps if step.operation == "duplicates"} == {
        "duplicates": 3
    }
    duplicates = next(output for output in view.outputs if output.operation == "duplicates")
    assert duplicates.counts["written"] == 3
    assert not [line for line in shown.preflight if line.code == "filled_by_person"]


def test_a_label_of_her_own_stays(tmp_path):
    desk = Desk(tmp_path, [HEADER, LUKAS, ANNA, loud(LUKAS), loud(ANNA)])
    desk.run()
    desk.type_in(2, "Duplicates", "keep this one")
    desk.run(key="k2")
    assert desk.column("Duplicates")[1] == "keep this one"


@pytest.mark.parametrize("recipe", ["standard", "complete"])
def test_the_sample_list_again_shares_no_label_and_keeps_what_was_told(tmp_path, recipe):
    desk = Desk(tmp_path, people(3))
    desk.document = desk.house.workbooks.open(desk.caller.workspace, SAMPLE).id
    desk.run(recipe)
    first = desk.column("Duplicates")
    table = desk.table()
    shown, *_ = desk.look(recipe)
    told = {step.header for step in shown.steps}
    again = desk.run(recipe, key="k2")
    assert desk.column("Duplicates") == first
    assert {output.header for output in again.outputs if output.counts.get("written")} <= told
    assert len(desk.table()[0]) == len(table[0])


def test_after_a_stop_in_the_middle_the_second_run_finishes_the_first(tmp_path):
    """The groups are those of an undisturbed run, label for label."""
    letters = [chr(97 + i // 26) + chr(97 + i % 26) for i in range(600)]
    rows = [HEADER, *(person(f"Name{two} Family{two[::-1]}", f"firm{two}") for two in letters)]
    rows += [loud(row) for row in rows[1:600:13]]
    (tmp_path / "quiet").mkdir()
    quiet = Desk(tmp_path / "quiet", rows)
    quiet.run()
    desk = Desk(tmp_path, rows)
    run = desk.press()
    for _ in range(3):
        desk.work(stop=lambda: True)
    stop(desk.house, desk.caller, run)
    desk.work()
    desk.run(key="k2")
    assert grouped(desk) == grouped(quiet)
    assert grouped(desk)


def test_what_we_have_filled_is_no_evidence_of_who_is_who(tmp_path, monkeypatch):
    """The second run compares the rows as the first one did; what she has typed since counts."""
    compared = []

    def comparing(frame):
        at = next(column.anchor for column in frame.columns if column.header == "Country")
        compared.append(list(frame.of(at)))
        return duplicate_groups(frame)

    for room in (prepare, preview):
        monkeypatch.setattr(room, "duplicate_groups", comparing)
    desk = Desk(tmp_path, [[*row[:4], country] for row, country in zip(people(6), COUNTRIES, strict=True)])
    desk.run()
    assert desk.column("Country") == ["France"] * 6
    desk.type_in(2, "Country", "Belgium")
    desk.run(key="k2")
    first, second = compared[:2], compared[2:]
    assert first == [[None, None, None, "France", "France", "France"]] * 2
    assert second == [[None, "Belgium", None, "France", "France", "France"]] * 2


COUNTRIES = ["Country", "", "", "", "France", "France", "France"]
