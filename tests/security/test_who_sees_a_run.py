"""Who may see what a run did (DESIGN §5): asked on every endpoint there is, from outside.

A foreign tenant, and a colleague who cannot open the file, get on each endpoint exactly what an id that never
existed gets. An endpoint without a case here fails the suite.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

import pytest
from sqlalchemy import text

from addon_backend.domain.runs import NEEDS_OWNER, RunState
from addon_backend.services.runs.work import advance as work
from addon_backend.store.engine import make_engine
from addon_backend.web.v1 import ENDPOINTS
from tests.api.office import Office, selection_json, sheet_json
from tests.fakes.access import MemoryAccess


@dataclass(frozen=True)
class Ids:
    """What a request names: a run, its sheet, a quote for it."""

    run: str
    sheet: dict[str, str]
    quote: str


NEVER = Ids("x" * 16, {"host": "local", "document": "n" * 32, "sheet": "s1"}, "n" * 32)

KEYS = {"0": "DUPONT Marie", "1": "marie.dupont@example.com", "2": "01 42 68 53 00", "3": "Example SAS"}
NO_ID = "takes no run, document or quote"
CASES: dict[str, Callable[[Ids], tuple[str, object]] | str] = {
    "inspect": lambda ids: ("/v1/selections/inspect", selection_json(sheet=ids.sheet)),
    "preview": lambda ids: ("/v1/runs/preview", selection_json(sheet=ids.sheet, recipe="standard")),
    "start": lambda ids: (
        "/v1/runs",
        {"quote_id": ids.quote, "sheet": ids.sheet, "range": "A1:D5", "recipe": "standard"},
    ),
    "history": lambda ids: (f"/v1/runs?document={ids.sheet['document']}", None),
    "status": lambda ids: (f"/v1/runs/{ids.run}?since=1&wait=20", None),
    "stop": lambda ids: (f"/v1/runs/{ids.run}/stop", {}),
    "go_on": lambda ids: (f"/v1/runs/{ids.run}/continue", {}),
    "take_over": lambda ids: (f"/v1/runs/{ids.run}/take-over", {}),
    "undo": lambda ids: (f"/v1/runs/{ids.run}/undo", {}),
    "swap": lambda ids: (f"/v1/runs/{ids.run}/swap", {"output": "clean:c1"}),
    "decisions": lambda ids: (f"/v1/runs/{ids.run}/decisions", None),
    "answer": lambda ids: (f"/v1/runs/{ids.run}/decisions", {"leave_rest": True}),
    "rows": lambda ids: (f"/v1/runs/{ids.run}/rows", {"groups": ["abcdefgh"]}),
    "report": lambda ids: (f"/v1/runs/{ids.run}/report", None),
    "explain": lambda ids: ("/v1/cells/explain", {"sheet": ids.sheet, "cell": "E2", "keys": KEYS}),
    "catalogue": NO_ID,
    "me": NO_ID,
    "change_me": NO_ID,
    "accept_terms": NO_ID,
    "google_session": NO_ID,
    "google_consent_start": NO_ID,
    "google_consent": NO_ID,
    "google_consent_withdraw": NO_ID,
}
ASKED = [endpoint for endpoint in ENDPOINTS if CASES.get(endpoint.name) is not NO_ID]


@pytest.fixture
def access():
    """A host that can be asked, and that has let nobody into anything yet."""
    return MemoryAccess()


@pytest.fixture
def office(office, access):
    """The office, whose files live with that host."""
    return Office(office.settings, dataclasses.replace(office.house, access={"local": access}))


@pytest.fixture(params=[RunState.QUEUED, RunState.PARKED, RunState.FINISHED])
def hers(request, marie):
    """A run of Marie's: just started, in need of an owner, or over; with a quote for the same sheet."""
    sheet = marie.opens()
    run = marie.starts(sheet)
    if request.param is not RunState.QUEUED:
        advance(marie)
    if request.param is RunState.PARKED:
        park(marie, run)
    return Ids(run, sheet_json(sheet), marie.is_quoted(sheet))


def advance(person):
    """Do all the work that is due."""
    work(person.office.house, "w1", lambda: False, 60.0)


def park(person, run):
    """Let a run wait for a new owner."""
    with person.office.house.store.unit() as unit:
        unit.runs.move(person.caller.workspace, run, list(RunState), RunState.PARKED, NEEDS_OWNER)
        unit.commit()


def asks(person, endpoint, ids):
    """Return what the person is answered, but for what differs between any two answers."""
    case = CASES[endpoint.name]
    assert callable(case)
    path, body = case(ids)
    headers = {"Idempotency-Key": uuid4().hex}
    answer = person.get(path) if endpoint.method == "GET" else person.post(path, body, headers)
    shown = answer.get_json()
    for of_one_answer in ("request_id", "quote_id"):
        shown.pop(of_one_answer, None)
    kept = {"Content-Type", "Retry-After", "Location", "ETag", "Content-Language"}
    return answer.status_code, {name: answer.headers.get(name) for name in kept}, shown


def test_every_endpoint_has_a_case():
    assert {endpoint.name for endpoint in ENDPOINTS} == CASES.keys()


@pytest.mark.parametrize("endpoint", ASKED, ids=lambda endpoint: endpoint.name)
def test_strangers_get_what_an_id_that_never_was_gets(endpoint, hers, colleague, foreigner):
    for person in (foreigner, colleague):
        assert asks(person, endpoint, hers) == asks(person, endpoint, NEVER), person.caller


def test_nothing_that_strangers_ask_changes_the_run(hers, marie, colleague, foreigner):
    before = marie.get(f"/v1/runs/{hers.run}").get_json()
    for endpoint in ASKED:
        for person in (foreigner, colleague):
            asks(person, endpoint, hers)
    assert marie.get(f"/v1/runs/{hers.run}").get_json() == before


def test_a_host_that_does_not_answer_lets_nobody_in(hers, access, colleague):
    access.silent = True
    for endpoint in ASKED:
        assert asks(colleague, endpoint, hers) == asks(colleague, endpoint, NEVER)


def test_a_sheet_that_is_not_there_tells_nobody_of_its_document(marie, colleague, access):
    """Who is let into the file is told that the sheet is gone; to anybody else there is no such file."""
    document = marie.opens().document

    def told():
        asked = selection_json(sheet={"host": "local", "document": document, "sheet": "never"})
        return colleague.post("/v1/runs/preview", asked).get_json()["code"]

    assert told() == "file_unknown"
    access.shares(document, colleague.caller)
    assert told() == "sheet_unknown"


def test_a_foreign_tenant_s_host_is_not_asked_about_her_file(hers, access, foreigner):
    for endpoint in ASKED:
        asks(foreigner, endpoint, hers)
    assert access.asked == []


def test_a_file_whose_host_cannot_be_asked_is_for_who_started_the_run(hers, office, marie, colleague):
    """A local file: nothing that a colleague shows proves that she may read it.

    It is her workspace's to preview, with values of her own; that it was run on, she is not told.
    """
    local = Office(office.settings, dataclasses.replace(office.house, access={}))
    colleague = local.sign_in(subject="colleague")
    untouched = Ids(NEVER.run, sheet_json(marie.opens()), NEVER.quote)
    for endpoint in ASKED:
        nothing = untouched if endpoint.name == "preview" else NEVER
        assert asks(colleague, endpoint, hers) == asks(colleague, endpoint, nothing)
    assert local.sign_in().get(f"/v1/runs/{hers.run}").status_code == 200


class TestWhoCanOpenTheFile:
    """A colleague whom the host lets into the document sees what the run did."""

    @pytest.fixture
    def ids(self, marie):
        sheet = marie.opens()
        run = marie.starts(sheet)
        advance(marie)
        return Ids(run, sheet_json(sheet), "")

    @pytest.fixture(autouse=True)
    def shared(self, access, ids, colleague):
        access.shares(ids.sheet["document"], colleague.caller)

    def test_status_report_history_and_explanations(self, ids, colleague, marie):
        shown = colleague.get(f"/v1/runs/{ids.run}").get_json()
        assert (shown["state"], shown["mine"], shown["actions"]) == ("finished", False, ["undo"])
        assert colleague.get(f"/v1/runs/{ids.run}/report").status_code == 200
        lines = colleague.get(f"/v1/runs?document={ids.sheet['document']}").get_json()["runs"]
        assert [(line["id"], line["mine"]) for line in lines] == [(ids.run, False)]
        body = {"sheet": ids.sheet, "cell": "E2", "keys": KEYS}
        explained = colleague.post("/v1/cells/explain", body).get_json()
        assert explained["entries"]
        assert explained == marie.post("/v1/cells/explain", body).get_json()

    def test_she_may_undo_it_and_the_undo_is_hers(self, ids, colleague):
        answer = colleague.post(f"/v1/runs/{ids.run}/undo", {}, {"Idempotency-Key": uuid4().hex})
        assert answer.status_code == 202
        assert answer.get_json()["mine"]

    def test_she_may_stop_it_but_not_spend_on_it(self, marie, access, colleague):
        sheet = marie.opens()
        run = marie.starts(sheet)
        access.shares(sheet.document, colleague.caller)
        assert colleague.post(f"/v1/runs/{run}/continue", {}).get_json()["code"] == "owner_only"
        assert colleague.post(f"/v1/runs/{run}/stop", {}).get_json()["state"] == "stopped"

    def test_her_other_documents_stay_closed(self, marie, colleague):
        assert colleague.get(f"/v1/runs/{marie.starts()}").status_code == 404

    def test_the_host_s_word_counts_ten_minutes(self, ids, access, colleague, office):
        def looks():
            return colleague.get(f"/v1/runs/{ids.run}").status_code

        assert [looks(), looks()] == [200, 200]
        assert len(access.asked) == 1
        access.takes_back(ids.sheet["document"], colleague.caller)
        assert looks() == 200
        later(office, 601)
        assert looks() == 404

    def test_without_a_look_by_its_member_it_is_still_unseen_by_her(self, ids, colleague, marie):
        colleague.get(f"/v1/runs/{ids.run}")
        assert [line["id"] for line in marie.get("/v1/runs?unseen=1").get_json()["runs"]] == [ids.run]


def later(office, seconds):
    """Let the hosts' answers be so much older."""
    engine = make_engine(f"sqlite:///{next(office.settings.home.rglob('*.db'))}")
    with engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE document_access SET proven_at = proven_at - :by"), {"by": seconds})
    engine.dispose()
