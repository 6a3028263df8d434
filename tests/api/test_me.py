"""GET /v1/me and POST /v1/terms/accept."""

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
