"""Write-back at a host that compares in nothing: edits inside the window, lost answers, throttles, deaths."""

from __future__ import annotations

import random
from functools import partial
from itertools import count

import pytest
from sqlalchemy import update

from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.domain.sheet import GridRange
from addon_backend.services.runs import prepare
from addon_backend.services.runs.control import go_on, stop
from addon_backend.services.runs.following import follow_up, swap, undo
from addon_backend.services.runs.writing import held, lookout, sending, write
from addon_backend.store import models as tables
from tests.unit.services.desk import people
from tests.unit.services.hostile_desk import DeskAtHostileHost

ROWS = 30
CHUNK = 8
IN_PLACE = Recipe("in place", clean_default=CleanMode.IN_PLACE, fill=("country",), duplicates=False)
ONLY_PHONES = Recipe(
    "phones", clean_default=CleanMode.OFF, clean=((ColumnKind.PHONE, CleanMode.IN_PLACE),), duplicates=False
)
RECIPES = {"beside": "complete", "in place": IN_PLACE}


@pytest.fixture(autouse=True)
def small_chunks_and_short_pauses(monkeypatch):
    monkeypatch.setattr(prepare, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(follow_up, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(held, "RESTLESS_SECONDS", 0.001)


@pytest.fixture
def desk(tmp_path):
    return DeskAtHostileHost(tmp_path, people(ROWS))


@pytest.fixture(params=RECIPES)
def recipe(request):
    return RECIPES[request.param]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What a run leaves when nothing happens, by e-mail."""

    def leaves(recipe):
        desk = DeskAtHostileHost(tmp_path_factory.mktemp("calm"), people(ROWS))
        ended(desk, desk.press(recipe))
        return by_mail(desk)

    return {name: leaves(recipe) for name, recipe in RECIPES.items()}


@pytest.fixture
def calm(undisturbed, request):
    return undisturbed[request.node.callspec.params["recipe"]]


def ended(desk, run):
    """Let calm workers finish, however often the host asks them to come back."""
    for turn in count():
        if not desk.work(f"calm {turn}") and desk.view(run).state in {"finished", "stopped", "failed"}:
            break
        assert turn < 5_000, desk.view(run).state
    view = desk.view(run)
    assert view.state == "finished", view.state
    for output in view.outputs:
        assert sum(output.counts.values()) == view.rows
    return view


def by_mail(desk):
    header, *rows = desk.table()
    at = header.index("Company")
    return {row[at].lower(): dict(zip(header, row, strict=True)) for row in rows if row[at]}


def claims(number):
    """Stop a worker after so many claims."""
    left = iter(range(number))
    return lambda: next(left, None) is None


def shuffled(desk, seed):
    desk.reorder(lambda rows: random.Random(seed).sample(list(rows), len(list(rows))))


def at_write(desk, number, what):
    """Let something happen inside the window of the n-th write from now."""
    desk.host.windows.extend([*[None] * (number - 1), what])


class Died(BaseException):
    """A worker's death: no handler of ours catches it."""


def test_a_run_at_a_host_that_compares_in_nothing(desk, recipe, calm):
    view = ended(desk, desk.press(recipe))
    assert view.counts["written"] >= ROWS
    assert by_mail(desk) == calm


@pytest.mark.parametrize("number", [1, 2, 4, 7])
def test_rows_sorted_inside_the_window(desk, recipe, calm, number):
    """Between a guard read and the moment its write is applied, the list is sorted."""
    at_write(desk, number, lambda: shuffled(desk, number))
    ended(desk, desk.press(recipe))
    assert by_mail(desk) == calm


@pytest.mark.parametrize("number", [1, 3])
def test_a_row_deleted_and_one_inserted_inside_the_window(desk, recipe, calm, number):
    run = desk.press(recipe)
    desk.work("prepares", stop=claims(1))

    def delete_and_insert():
        desk.delete(3)
        desk.insert(12)

    at_write(desk, number, delete_and_insert)
    ended(desk, run)
    gone = calm.keys() - by_mail(desk).keys()
    assert gone == {"company caaa"}
    assert by_mail(desk) == {name: row for name, row in calm.items() if name not in gone}
    (inserted,) = [row for row in desk.table() if not row[3]]
    assert not any(inserted), "a value in nobody's row"


def test_somebody_who_sorts_all_the_time(desk, recipe, calm):
    """Sorted inside the window of every other write: what cannot be set is left as it was, and told."""
    before = by_mail(desk)
    for number in range(500):
        desk.host.windows.extend([None, partial(shuffled, desk, number)])
    view = ended(desk, desk.press(recipe))
    left = 0
    for name, row in by_mail(desk).items():
        for header, value in row.items():
            had = before[name].get(header)
            assert value in {calm[name][header], had}, "a value of another row"
            left += value == had and value != calm[name][header]
    assert view.counts.get("review", 0) == left > 0


@pytest.mark.parametrize("fault", ["throttled", "lost", "dropped", "late"])
@pytest.mark.parametrize("number", [1, 6])
def test_a_call_that_goes_wrong(desk, recipe, calm, fault, number):
    run = desk.press(recipe)
    desk.host.faults.extend([""] * number + [fault])
    view = ended(desk, run)
    assert by_mail(desk) == calm
    assert view.money.spent == sum(
        row["Industry"] is not None for row in calm.values() if "Industry" in row
    ) + sum(row["Employees"] is not None for row in calm.values() if "Employees" in row)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 40))])
def test_a_host_in_trouble_while_people_sort(desk, recipe, calm, seed):
    """A third of all calls go wrong, and the list is sorted inside every fifth window."""
    choose = random.Random(seed)
    run = desk.press(recipe)
    desk.host.faults.extend(
        choose.choice(["throttled", "lost", "dropped", "late", *[""] * 8]) for _ in range(200)
    )
    desk.host.windows.extend(
        partial(shuffled, desk, number) if choose.random() < 0.2 else None for number in range(500)
    )
    ended(desk, run)
    assert by_mail(desk) == calm


def an_hour_passes(desk):
    """The host's trouble began an hour earlier."""
    with desk.house.store._engine.begin() as connection:  # noqa: SLF001 - nobody else may
        connection.execute(update(tables.run).values(troubled_at=tables.run.c.troubled_at - 3600))


def works_for_a_while(desk):
    for _ in range(20):
        desk.work()
        desk.pauses_end()


def test_a_host_that_is_silent_for_an_hour_is_left_alone_until_somebody_says_so(desk, recipe, calm):
    run = desk.press(recipe)
    desk.host.faults.extend(["", "", *["throttled"] * 10_000])
    works_for_a_while(desk)
    assert desk.view(run).state in {"preparing", "running"}
    an_hour_passes(desk)
    works_for_a_while(desk)
    view = desk.view(run)
    assert (view.state, view.reason, view.actions) == ("parked", "host_trouble", ["continue", "stop"])
    asked = desk.host.calls.total()
    works_for_a_while(desk)
    assert desk.host.calls.total() == asked
    desk.host.faults.clear()
    go_on(desk.house, desk.caller, run, None)
    ended(desk, run)
    assert by_mail(desk) == calm


def test_a_run_that_is_stopping_does_not_wait_for_a_silent_host_for_ever(desk, recipe):
    run = desk.press(recipe)
    at_write(desk, 2, lambda: desk.host.faults.extend(["throttled"] * 10_000))
    works_for_a_while(desk)
    stop(desk.house, desk.caller, run)
    works_for_a_while(desk)
    assert desk.view(run).state == "stopping"
    an_hour_passes(desk)
    works_for_a_while(desk)
    view = desk.view(run)
    assert (view.state, view.reason) == ("failed", "host_trouble")
    assert view.money.reserved == view.money.spent + view.money.released


@pytest.mark.parametrize("number", [1, 4])
def test_a_writer_that_dies_after_its_write_went_astray(desk, recipe, calm, number, monkeypatch):
    """The list is sorted inside the window and the writer dies before it looks: the next one cleans up."""
    seen = count(1)

    def die(name):
        if name == "after_host_write" and next(seen) == number:
            raise Died

    run = desk.press(recipe)
    at_write(desk, number, lambda: shuffled(desk, number))
    monkeypatch.setattr(sending, "failpoint", die)
    with pytest.raises(Died):
        desk.work("dying")
    with desk.house.store.unit() as unit:
        unit.work.end_leases("dying")
        unit.commit()
    ended(desk, run)
    assert by_mail(desk) == calm


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 40))])
@pytest.mark.parametrize("follows", ["a part of the list", "a swap"])
def test_a_writer_that_dies_after_it_wrote_beside_rows_that_are_not_its_run_s(
    some_without_phones, follows, seed, monkeypatch, sight
):
    """Her other rows hold what they held; a person added below since keeps what looks like ours."""
    desk = some_without_phones
    if follows == "a swap":
        first = desk.view(desk.press("standard"))
        ended(desk, first.id)
        output = next(one for one in desk.view(first.id).outputs if one.field == "phone")
        run = swap.swap(desk.house, desk.caller, first.id, output.name, "swap")[0].id
    else:
        run = desk.press("complete", area=GridRange(0, 0, 1 + ROWS // 2, None))
    before = by_mail(desk)
    at_write(desk, 1, lambda: shuffled(desk, seed))

    def die(name):
        if name == "after_host_write":
            raise Died

    with monkeypatch.context() as patch:
        patch.setattr(sending, "failpoint", die)
        with pytest.raises(Died):
            desk.work("dying")
    with desk.house.store.unit() as unit:
        unit.work.end_leases("dying")
        unit.commit()
    shuffled(desk, seed + 100)
    added = {"Full name": "New One", "E-mail": "new@one.example", "Company": "One", "Phone": "+33199000004"}
    below = len(desk.table())
    desk.insert(below)
    for header, value in {**added, "Country": "France"}.items():
        desk.type_in(below, header, value)
    ended(desk, run)
    after = by_mail(desk)
    assert {name: after["one"][name] for name in (*added, "Country")} == {**added, "Country": "France"}
    theirs = before.keys() - {str(person[3]).lower() for person in people(ROWS // 2)[1:]}
    for company, was in before.items():
        number = f"{int(str(was['Notes']).removeprefix('note ')):03}"
        for name, cell in after[company].items():
            if follows == "a swap" and name in {"Phone", None} and was["Phone"]:
                assert cell is None or str(cell).replace(" ", "")[-3:] == number
            elif follows == "a swap" or company in theirs:
                assert cell == was.get(name), (company, name)


@pytest.mark.parametrize("what", ["dies", "is never answered"])
def test_what_she_types_outside_the_selection_is_hers_where_a_write_was_never_applied(desk, what):
    """It says the same as values of ours that are lacking, and stands where nothing was before."""
    recipe = Recipe("countries", clean_default=CleanMode.OFF, fill=("country",), duplicates=False)
    run = desk.press(recipe, area=GridRange(0, 0, 9, None))

    def dies():
        raise Died

    if what == "dies":
        desk.host.windows.append(dies)
        with pytest.raises(Died):
            desk.work("dying")
        with desk.house.store.unit() as unit:
            unit.work.end_leases("dying")
            unit.commit()
    else:
        desk.host.faults.extend([*[""] * 4, "dropped"])
    for row in range(15, 21):
        desk.type_in(row, "Country", "France")
    ended(desk, run)
    assert [row[4] for row in desk.table()[15:21]] == ["France"] * 6


def test_another_run_writes_first_after_a_writer_died(desk, recipe, calm, monkeypatch):
    """The list is sorted inside the window, the writer dies, and its run is not the next one to write."""

    def die(name):
        if name == "after_host_write":
            raise Died

    other = desk.press(recipe, key="another")
    desk.work("prepares", stop=claims(1))
    due(desk, other, 1e12)
    run = desk.press(recipe)
    at_write(desk, 1, lambda: shuffled(desk, 3))
    with monkeypatch.context() as patch:
        patch.setattr(sending, "failpoint", die)
        with pytest.raises(Died):
            desk.work("dying")
    with desk.house.store.unit() as unit:
        unit.work.end_leases("dying")
        unit.commit()
    due(desk, run, 1e12)
    due(desk, other, 0.0)
    at_write(desk, 1, lambda: shuffled(desk, 4))
    ended(desk, other)
    due(desk, run, 0.0)
    ended(desk, run)
    assert by_mail(desk) == calm


def due(desk, run, at):
    """Say when a run may go on, in seconds of the database's clock."""
    engine = desk.house.store._engine  # noqa: SLF001 - nobody else may
    with engine.begin() as connection:
        connection.execute(update(tables.chunk).where(tables.chunk.c.run == run).values(due_at=at))


def test_an_undo_of_which_a_write_went_astray(desk, recipe):
    before = desk.table()
    run = desk.press(recipe)
    ended(desk, run)
    back = undo.undo(desk.house, desk.caller, run, "undo")[0].id
    at_write(desk, 2, lambda: shuffled(desk, 2))
    ended(desk, back)
    left = sorted([row[: len(before[0])] for row in desk.table()[1:]], key=str)
    assert left == sorted(before[1:], key=str)
    assert not any(any(row[len(before[0]) :]) for row in desk.table()[1:])


def test_the_only_column_in_play_is_set_in_place(desk):
    """Nothing in play tells a row then: its other columns do."""
    at_write(desk, 1, lambda: shuffled(desk, 5))
    ended(desk, desk.press(ONLY_PHONES))
    for row in by_mail(desk).values():
        assert row["Phone"].replace(" ", "")[-3:] == f"{int(row['Notes'].removeprefix('note ')):03}"


def test_a_writer_that_wakes_too_late_cleans_up(desk, calm, recipe):
    """It sleeps right before its write; another finishes, the list is sorted, then the write is applied."""
    run = desk.press(recipe)
    asleep: list[bool] = []

    def sleep():
        if asleep:
            return
        asleep.append(True)
        with desk.house.store.unit() as unit:
            unit.work.end_leases("sleepy")
            unit.commit()
        ended(desk, run)
        shuffled(desk, 3)

    at_write(desk, 2, sleep)
    desk.work("sleepy")
    assert by_mail(desk) == calm


@pytest.fixture(params=["one chunk in sight", "the list in sight"])
def sight(request, monkeypatch):
    """Lists that are longer than what a guard read looks at, and lists that are not."""
    if request.param == "one chunk in sight":
        for module in (lookout, sending, write):
            monkeypatch.setattr(module, "LOOKED_AT", CHUNK)


@pytest.fixture
def some_without_phones(tmp_path):
    header, *rows = people(ROWS)
    for row in rows[::3]:
        row[header.index("Phone")] = ""
    return DeskAtHostileHost(tmp_path, [header, *rows])


@pytest.mark.parametrize("trouble", ["calm", "late", "lost", "dropped"])
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 40))])
def test_what_was_typed_since_the_list_was_read_outlives_a_write_that_went_astray(
    some_without_phones, recipe, trouble, seed, sight
):
    """Typed where nothing of ours belongs, in rows of every chunk; then the list is sorted inside windows."""
    desk, choose = some_without_phones, random.Random(seed)
    run = desk.press(recipe)
    desk.work("prepares", stop=claims(1))
    at = desk.table()[0].index("Phone")
    typed = {}
    for row, cells in enumerate(desk.table()):
        if not cells[at]:
            typed[cells[3]] = choose.choice(["France", "Spain", "my note"])
            desk.type_in(row, "Country", typed[cells[3]])
    desk.host.windows.extend(
        partial(shuffled, desk, number) if choose.random() < 0.3 else None for number in range(500)
    )
    if trouble != "calm":
        desk.host.faults.extend(choose.choice([trouble, *[""] * 5]) for _ in range(200))
    ended(desk, run)
    kept = {row["Company"]: row["Country"] for row in by_mail(desk).values() if row["Company"] in typed}
    assert kept == typed
