"""The sandbox's page and ticket."""

import pytest

from tests.api.office import Office

X = {"X-Sandbox": "1"}


def test_the_page_is_there(office):
    assert office.stranger().get("/sandbox").status_code == 200


def test_a_ticket_opens_v1_and_its_terms_are_in_force(office):
    reply = office.stranger().post("/sandbox/ticket", headers=X).get_json()

    assert (reply["expires_in"], reply["language"]) == (3600, "en")
    me = office.stranger().get("/v1/me", headers={"Authorization": f"Bearer {reply['ticket']}"}).get_json()
    assert me["terms_in_force"] == me["terms_current"]


def test_everyone_in_the_sandbox_is_the_same_person(office):
    tickets = [office.stranger().post("/sandbox/ticket", headers=X).get_json()["ticket"] for _ in range(2)]
    people = [
        office.stranger().get("/v1/me", headers={"Authorization": f"Bearer {ticket}"}).get_json()
        for ticket in tickets
    ]

    assert people[0] == people[1]


def test_the_language_is_the_one_asked_for_else_the_browsers(office):
    stranger = office.stranger()

    asked = stranger.post("/sandbox/ticket", json={"language": "fr-FR"}, headers=X)
    told = stranger.post("/sandbox/ticket", headers={**X, "Accept-Language": "fr"})

    assert asked.get_json()["language"] == told.get_json()["language"] == "fr"


def test_without_the_setting_there_is_no_sandbox(office: Office):
    closed = office.reopened(sandbox=False)

    assert not [rule for rule in closed.app.url_map.iter_rules() if rule.rule.startswith("/sandbox")]
    assert closed.stranger().post("/sandbox/ticket", headers=X).status_code == 404


def test_writing_is_slowed_down_by_a_switch_for_designers(office):
    stranger = office.stranger()
    assert stranger.get("/sandbox/pace").get_json() == {"seconds": 0}
    told = stranger.post("/sandbox/pace", json={"seconds": 5}, headers={"X-Sandbox": "1"})
    assert told.get_json() == stranger.get("/sandbox/pace").get_json() == {"seconds": 5}


@pytest.mark.parametrize("seconds", [-1, 6, "5", None, 0.5])
def test_no_other_pace_is_taken(office, seconds):
    told = office.stranger().post("/sandbox/pace", json={"seconds": seconds}, headers={"X-Sandbox": "1"})
    assert told.status_code == 422
    assert office.stranger().get("/sandbox/pace").get_json() == {"seconds": 0}
