"""Who may ask: on every endpoint there is, not on those that somebody thought of."""

from uuid import uuid4

import pytest

from addon_backend.security.tickets import Tickets
from addon_backend.web.v1 import ENDPOINTS
from tests.api.office import SECRET, sheet_json

NAMES = [endpoint.name for endpoint in ENDPOINTS]
OPEN = {("POST", "/v1/google/session")}
"""Where tickets are given, and what is wanted instead is proved: tests/security/test_google_session.py."""
BODIES = {"answer": {"leave_rest": True}, "rows": {"groups": ["f" * 16]}, "swap": {"output": "x"}}
"""What is sent to endpoints that answer nobody who sends nothing."""


def v1_routes(office):
    """Return (method, rule) of everything served under /v1."""
    return sorted(
        (method, rule.rule)
        for rule in office.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/v1")
    )


def test_all_of_v1_is_an_endpoint_of_the_contract(office):
    assert v1_routes(office) == sorted((endpoint.method, endpoint.rule) for endpoint in ENDPOINTS)


def test_what_wants_no_ticket_is_known():
    assert {(endpoint.method, endpoint.rule) for endpoint in ENDPOINTS if not endpoint.ticket} == OPEN


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer nonsense",
        "Basic bWFyaWU6",
        "bearer {other key}",
        "{ticket}",
        "Token {ticket}",
    ],
)
def test_without_a_ticket_of_ours_nothing_is_answered(office, marie, authorization):
    forged, _ = Tickets(["a key that somebody else made up, long"]).issue(marie.caller)
    run = marie.starts()
    for method, rule in v1_routes(office):
        if (method, rule) in OPEN:
            continue
        headers = {}
        if authorization is not None:
            headers["Authorization"] = authorization.replace("{other key}", forged).replace(
                "{ticket}", marie.ticket
            )

        answer = office.stranger().open(rule.replace("<run_id>", run), method=method, headers=headers)

        assert answer.status_code == 401, (method, rule)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.get_json()["code"] == "not_signed_in"


def test_a_ticket_in_a_query_or_a_cookie_is_no_ticket(office, marie):
    client = office.stranger()
    client.set_cookie("ticket", marie.ticket)

    assert client.get(f"/v1/me?ticket={marie.ticket}&access_token={marie.ticket}").status_code == 401


def test_the_runs_of_others_are_not_there(office, marie, colleague, foreigner):
    """Another workspace sees nothing; inside the workspace a local file's run is for who started it alone."""
    run = marie.starts()
    for endpoint in ENDPOINTS:
        if "<run_id>" not in endpoint.rule:
            continue
        path = endpoint.rule.replace("<run_id>", run)
        for person in (foreigner, colleague):
            unknown = path.replace(run, "x" * len(run))
            key = {"Idempotency-Key": uuid4().hex}
            answer, never = (
                person.get(one)
                if endpoint.method == "GET"
                else person.post(one, BODIES.get(endpoint.name, {}), key)
                for one in (path, unknown)
            )

            assert answer.status_code == 404, (person.caller, path)
            assert shown(answer) == shown(never)  # nothing tells what is not hers from what never was
    assert marie.get(f"/v1/runs/{run}").get_json()["state"] == "queued"


def test_a_wait_for_the_run_of_others_is_refused_at_once(foreigner, marie):
    assert foreigner.get(f"/v1/runs/{marie.starts()}?since=1&wait=20").status_code == 404


def test_the_sheets_of_others_are_not_there(marie, foreigner):
    body = {"sheet": sheet_json(marie.opens()), "cell": "B2", "keys": {}}
    unknown = {"sheet": {"host": "local", "document": "none", "sheet": "s1"}, "cell": "B2", "keys": {}}

    mine, none = foreigner.post("/v1/cells/explain", body), foreigner.post("/v1/cells/explain", unknown)

    assert mine.get_json()["entries"] == []
    assert shown(mine) == shown(none)


def shown(answer):
    """Return what the caller can tell answers apart by."""
    return answer.status_code, {key: value for key, value in answer.get_json().items() if key != "request_id"}


def test_a_ticket_is_good_in_its_own_workspace_only(office, marie, foreigner):
    moved = Tickets([SECRET]).issue(type(marie.caller)(foreigner.caller.workspace, marie.caller.member))[0]
    run = marie.starts()

    answer = office.stranger().get(f"/v1/runs/{run}", headers={"Authorization": f"Bearer {moved}"})

    assert answer.status_code == 404
