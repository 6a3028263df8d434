"""GET and PATCH /v1/me, and POST /v1/terms/accept."""

import pytest

from addon_backend.security.tickets import Tickets
from addon_backend.services import accounts
from tests.api.office import SECRET, Person


def newcomer(office):
    """Someone whose workspace has accepted no terms."""
    caller = accounts.enter(office.house, "google:new.example", "new", "newcomer", "fr")
    return Person(office, caller, Tickets([SECRET]).issue(caller)[0])


def test_the_ticket_says_who_asks(office):
    jean = newcomer(office)

    reply = jean.get("/v1/me").get_json()

    assert (reply["workspace"], reply["member"]) == (jean.caller.workspace, jean.caller.member)
    assert reply["language"] == "fr"
    assert reply["terms_in_force"] is None


def test_terms_are_accepted_once_for_the_workspace(office):
    jean = newcomer(office)
    current = jean.get("/v1/me").get_json()["terms_current"]

    for _ in range(2):
        reply = jean.post("/v1/terms/accept", {"version": current}).get_json()
        assert reply["terms_in_force"] == current
    assert (
        office.sign_in("google:new.example", "colleague").get("/v1/me").get_json()["terms_in_force"]
        == current
    )


def test_terms_that_are_not_current_are_refused(office):
    jean = newcomer(office)

    assert jean.post("/v1/terms/accept", {"version": "1999-01"}).status_code == 422
    assert jean.get("/v1/me").get_json()["terms_in_force"] is None


def test_who_told_an_address_turns_mail_off_and_on(office):
    caller = accounts.enter(office.house, "google:new.example", "new", "ada", "en", "ada@new.example")
    ada = Person(office, caller, Tickets([SECRET]).issue(caller)[0])
    assert ada.get("/v1/me").get_json()["mail"] is True
    for mail in (False, False, True):
        assert ada.patch("/v1/me", {"mail": mail}).get_json()["mail"] is mail
        assert ada.get("/v1/me").get_json()["mail"] is mail


def test_who_told_no_address_has_no_mail_to_turn_off(marie):
    assert marie.get("/v1/me").get_json()["mail"] is None


@pytest.mark.parametrize("body", [{}, {"mail": "no"}, {"mail": None}, {"mail": True, "email": "x@y.example"}])
def test_nothing_else_can_be_changed(marie, body):
    assert marie.patch("/v1/me", body).status_code == 422


def test_the_badge_counts_until_she_looks(marie, colleague):
    run = marie.starts()
    assert marie.get("/v1/me").get_json()["unseen"] == 0
    marie.post(f"/v1/runs/{run}/stop", {})
    assert marie.get("/v1/me").get_json()["unseen"] == 1
    assert colleague.get("/v1/me").get_json()["unseen"] == 0
    (line,) = marie.get("/v1/runs?unseen=1").get_json()["runs"]
    assert (line["id"], line["unseen"], line["mine"]) == (run, True, True)
    marie.get(f"/v1/runs/{run}")
    assert marie.get("/v1/me").get_json()["unseen"] == 0
    assert marie.get("/v1/runs?unseen=1").get_json()["runs"] == []
