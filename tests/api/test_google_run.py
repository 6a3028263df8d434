"""A sheet at Google, from the first look to the cells: who may do what when, over real HTTP on every side."""

from __future__ import annotations

from itertools import count

import pytest

from addon_backend.google.grid import SHEETS, SIZE
from addon_backend.services.runs.work import advance
from tests.api.google_office import google_office
from tests.contract.desks import Draft
from tests.contract.google_desk import GoogleDesk
from tests.fakes.google_identity import Account
from tests.fakes.google_sheets.server import FakeGoogleSheets
from tests.fakes.google_tokens import Tokens

ROWS = [
    ["Name", "E-mail", "Phone", "Notes"],
    ["Ada Byron", "ada@example.com", "020 7946 0001", "private one"],
    ["Chloé Martin", "chloe@example.org", "+33 1 99 00 00 02", "private two"],
    ["Bruno Petit", "bruno@example.net", "+33 1 99 00 00 03", "private three"],
]


@pytest.fixture
def sheets():
    with FakeGoogleSheets(clock=count(0.0, 10.0).__next__) as running:
        yield running
    assert not running.complaints


@pytest.fixture
def office(tmp_path, blank_home, sheets):
    with google_office(tmp_path / "google", blank_home, sheets_url=sheets.url) as opened:
        sheets.tokens = Tokens(opened.google)
        yield opened


@pytest.fixture
def ada(office):
    return office.sign_in()


@pytest.fixture
def ref(sheets):
    desk = GoogleDesk.__new__(GoogleDesk)
    desk.google = sheets
    (ref,) = desk.lay_out(Draft(ROWS))
    document = sheets.documents[ref.document]
    document.editors.add("marie@example.com")
    document.picked.add(("marie@example.com", "ours"))
    return ref


def table(sheets, ref):
    sheet = sheets.documents[ref.document].at(0)
    return [[sheet.look(row, column).value for column in range(12)] for row in range(4)]


def order(person, ref, columns=3):
    selected = {
        "sheet": {"host": "google", "document": ref.document, "sheet": ref.sheet},
        "title": "Leads",
        "range": f"A1:{'ABCD'[columns - 1]}4",
        "sheet_rows": 4,
        "sheet_columns": 4,
        "table": {
            "top": 0,
            "rows_total": 4,
            "columns": [{"index": at, "values": [row[at] for row in ROWS]} for at in range(columns)],
        },
    }
    shown = person.post("/v1/runs/preview", selected | {"recipe": "standard"})
    assert shown.status_code == 200, shown.text
    quote = shown.get_json()
    return {
        "quote_id": quote["quote_id"],
        "sheet": selected["sheet"],
        "range": selected["range"],
        "recipe": "standard",
    }


def work(office):
    while advance(office.office.house, "w1", lambda: False, 60.0):
        pass


def start(office, person, ref):
    answer = person.post("/v1/runs", order(person, ref), {"Idempotency-Key": "one-press-of-a-button"})
    assert answer.status_code == 202, answer.text
    work(office)
    return answer.get_json()["id"]


def test_a_look_asks_google_nothing(office, ada, ref, sheets):
    order(ada, ref)
    assert not sheets.calls


def test_she_consents_and_her_sheet_is_filled(office, ada, ref, sheets):
    office.tab().connects(ada)
    run = start(office, ada, ref)
    assert ada.get(f"/v1/runs/{run}").get_json()["state"] == "finished"
    header, *rows = table(sheets, ref)
    assert header[4] is not None
    assert rows[1][header.index("Phone (clean)")] == "+33199000002"
    assert [row[3] for row in rows] == [row[3] for row in ROWS[1:]]


def test_without_consent_a_run_waits_and_goes_on_when_she_has_given_it(office, ada, ref, sheets):
    run = start(office, ada, ref)
    waiting = ada.get(f"/v1/runs/{run}").get_json()
    assert (waiting["state"], waiting["reason"]) == ("parked", "needs_consent")
    office.tab().connects(ada)
    assert ada.post(f"/v1/runs/{run}/continue", {}).status_code == 200
    work(office)
    assert ada.get(f"/v1/runs/{run}").get_json()["state"] == "finished"


def test_a_consent_that_is_revoked_in_mid_run_stops_nothing_for_good(office, ada, ref, sheets):
    office.tab().connects(ada)
    answer = ada.post("/v1/runs", order(ada, ref), {"Idempotency-Key": "one-press-of-a-button"})
    run = answer.get_json()["id"]
    left = iter((False, True))
    advance(office.office.house, "w1", lambda: next(left), 60.0)
    for grant in (*office.google.access_tokens.values(), *office.google.refresh_tokens.values()):
        grant.revoked = True
    work(office)
    waiting = ada.get(f"/v1/runs/{run}").get_json()
    assert (waiting["state"], waiting["reason"]) == ("parked", "needs_consent")
    office.tab().connects(ada)
    ada.post(f"/v1/runs/{run}/continue", {})
    work(office)
    assert ada.get(f"/v1/runs/{run}").get_json()["state"] == "finished"


def test_a_token_that_google_takes_back_before_its_time_is_replaced(office, ada, ref, sheets):
    """As it does when she changes her password: nobody need be asked, the consent stands."""
    office.tab().connects(ada)
    answer = ada.post("/v1/runs", order(ada, ref), {"Idempotency-Key": "one-press-of-a-button"})
    left = iter((False, True))
    advance(office.office.house, "w1", lambda: next(left), 60.0)
    office.google.access_tokens.clear()
    work(office)
    assert ada.get(f"/v1/runs/{answer.get_json()['id']}").get_json()["state"] == "finished"


def test_a_colleague_sees_a_run_only_if_google_lets_her_into_the_file(office, ada, ref, sheets):
    office.tab().connects(ada)
    run = start(office, ada, ref)
    bea = Account("3003", "bea@example.com", "example.com")
    office.google.user = bea
    colleague = office.sign_in(bea)
    office.tab().connects(colleague)
    assert colleague.get(f"/v1/runs/{run}").status_code == 404
    document = sheets.documents[ref.document]
    document.viewers.add("bea@example.com")
    document.picked.add(("bea@example.com", "ours"))
    assert colleague.get(f"/v1/runs/{run}").status_code == 200


def test_a_file_that_she_has_not_chosen_at_google(office, ada, ref, sheets):
    """``drive.file`` opens only what she picked: the run waits, and nothing is lost."""
    sheets.documents[ref.document].picked.clear()
    office.tab().connects(ada)
    run = start(office, ada, ref)
    view = ada.get(f"/v1/runs/{run}").get_json()
    assert view["state"] == "parked", (view["state"], view["reason"])


def values_read(sheets, ref):
    """Return, by column, the rows whose values were ever asked for."""
    found: dict[int, set[int]] = {}
    for one in sheets.readings:
        assert one.document == ref.document
        if one.fields not in {SHEETS, SIZE}:  # which say that a cell is filled, not what it holds
            for column in range(one.left, one.right):
                found.setdefault(column, set()).update(range(one.top, one.bottom))
    return found


def selected_with_notes(office, ada, ref):
    office.tab().connects(ada)
    answer = ada.post("/v1/runs", order(ada, ref, 4), {"Idempotency-Key": "one-press-of-a-button"})
    return answer.get_json()["id"]


def test_notes_that_were_selected_are_never_asked_for(office, ada, ref, sheets):
    """Duplicates, cleaning and filling look at the columns that they need: what she wrote is her own."""
    run = selected_with_notes(office, ada, ref)
    work(office)
    assert ada.get(f"/v1/runs/{run}").get_json()["state"] == "finished"
    undo = ada.post(f"/v1/runs/{run}/undo", {}, {"Idempotency-Key": "take-it-back"}).get_json()["id"]
    work(office)
    assert ada.get(f"/v1/runs/{undo}").get_json()["state"] == "finished"
    read = values_read(sheets, ref)
    assert 3 not in read
    assert set(range(3)) <= read.keys()


def test_of_notes_that_were_moved_meanwhile_the_header_is_read_and_no_more(office, ada, ref, sheets):
    """A column in play stands elsewhere by the time a worker comes: where it stood may be anybody's words."""
    run = selected_with_notes(office, ada, ref)
    sheets.documents[ref.document].at(0).move_column(3, 0)
    work(office)
    assert ada.get(f"/v1/runs/{run}").get_json()["state"] == "finished"
    read = values_read(sheets, ref)
    assert read[0] == {0}
    assert {1, 2, 3} <= read.keys()
    header, *rows = table(sheets, ref)
    assert rows[1][header.index("Phone (clean)")] == "+33199000002"
