"""POST /v1/google/session."""

import pytest

from addon_backend.security.tickets import TICKET_SECONDS, Tickets
from tests.api.google_office import SCRIPT
from tests.api.office import SECRET, Person
from tests.fakes.google_identity import CERTS, Account

MARIE = Account("1001", "marie@example.com", "example.com")
COLLEAGUE = Account("1002", "jean@example.com", "example.com")
ALONE = Account("2001", "ada@example.com", None)


def session_of(connected, account, language="en"):
    answer = connected.session(connected.google.id_token(SCRIPT, account), language)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def key_of(connected, session):
    with connected.office.house.store.reading() as unit:
        return unit.accounts.workspace(session["me"]["workspace"]).key


def test_googles_word_becomes_a_ticket_of_ours(connected):
    session = session_of(connected, MARIE)
    assert (session["expires_in"], session["language"]) == (TICKET_SECONDS, "en")
    caller = Tickets([SECRET]).read(session["ticket"])
    assert (caller.workspace, caller.member) == (session["me"]["workspace"], session["me"]["member"])
    assert Person(connected.office, caller, session["ticket"]).get("/v1/me").get_json() == session["me"]


def test_who_comes_back_is_the_same_member(connected):
    assert session_of(connected, MARIE)["me"] == session_of(connected, MARIE)["me"]


def test_colleagues_share_the_workspace_that_google_names(connected):
    hers, his = session_of(connected, MARIE), session_of(connected, COLLEAGUE)
    assert hers["me"]["workspace"] == his["me"]["workspace"]
    assert hers["me"]["member"] != his["me"]["member"]
    assert key_of(connected, hers) == "google:example.com"


def test_an_account_of_ones_own_is_a_workspace_of_one_whatever_its_address(connected):
    session = session_of(connected, ALONE)
    assert key_of(connected, session) == "google:user:2001"
    assert session["me"]["workspace"] != session_of(connected, MARIE)["me"]["workspace"]
    again = session_of(connected, Account("2002", "ada@example.com", None))
    assert again["me"]["workspace"] != session["me"]["workspace"]


def test_her_address_may_change_and_she_stays(connected):
    first = session_of(connected, MARIE)
    again = session_of(connected, Account("1001", "marie.martin@example.com", "example.com"))
    assert first["me"]["member"] == again["me"]["member"]
    with connected.office.house.store.reading() as unit:
        member = unit.accounts.member(again["me"]["workspace"], again["me"]["member"])
    assert (member.subject, member.email) == ("1001", "marie.martin@example.com")


@pytest.mark.parametrize(("told", "spoken"), [("fr", "fr"), ("fr_CA", "fr"), ("de", "en"), (None, "en")])
def test_she_is_answered_in_a_language_that_we_speak(connected, told, spoken):
    assert session_of(connected, MARIE, told)["language"] == spoken


def test_a_refusal_speaks_her_language_and_says_what_to_do(connected):
    token = connected.google.id_token(SCRIPT, email_verified=False)
    said = {language: connected.session(token, language).get_json() for language in ("en", "fr")}
    assert {body["code"] for body in said.values()} == {"not_signed_in"}
    assert "verified" in said["en"]["title"]
    assert "vérifié" in said["fr"]["title"]


def test_without_a_client_of_googles_there_is_no_such_door(office, connected):
    answer = office.stranger().post(
        "/v1/google/session", json={"id_token": connected.google.id_token(SCRIPT)}
    )
    assert (answer.status_code, answer.get_json()["code"]) == (404, "host_not_configured")


def test_while_google_does_not_answer_she_is_told_so(connected):
    connected.google.trouble[CERTS] = ["503"]
    answer = connected.session(connected.google.id_token(SCRIPT))
    assert (answer.status_code, answer.get_json()["code"]) == (503, "host_trouble")
