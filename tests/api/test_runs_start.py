"""POST /v1/runs."""

import pytest

from addon_backend.security.tickets import Tickets
from addon_backend.services import accounts
from tests.api.office import SECRET, Person, sheet_json

PATH = "/v1/runs"
KEY = {"Idempotency-Key": "one-press-of-a-button"}


def test_a_run_starts_and_says_where_to_ask(marie):
    answer = marie.post(PATH, marie.order(), KEY)

    assert answer.status_code == 202, answer.text
    run = answer.get_json()
    assert answer.headers["Location"] == f"/v1/runs/{run['id']}"
    assert answer.headers["ETag"] == f'"{run["version"]}"'
    assert run["state"] == "queued"
    assert marie.get(answer.headers["Location"]).get_json()["id"] == run["id"]


def test_the_bell_rings_once_the_run_is_kept(marie):
    marie.starts()

    assert marie.office.house.bell.rings == 1


def test_the_same_key_starts_one_run(marie):
    order = marie.order()
    first = marie.post(PATH, order, KEY)
    second = marie.post(PATH, dict(reversed(order.items())), KEY)

    assert first.get_json()["id"] == second.get_json()["id"]
    assert "Idempotent-Replayed" not in first.headers
    assert second.headers["Idempotent-Replayed"] == "true"
    assert len(marie.get(PATH).get_json()["runs"]) == 1


def test_the_same_key_with_another_body_is_refused(marie):
    order = marie.order()
    marie.post(PATH, order, KEY)

    answer = marie.post(PATH, order | {"trial": True}, KEY)

    assert (answer.status_code, answer.get_json()["code"]) == (409, "key_reused")


def test_the_same_key_of_two_people_is_two_keys(marie, colleague):
    first = marie.post(PATH, marie.order(), KEY).get_json()["id"]
    second = colleague.post(PATH, colleague.order(), KEY).get_json()["id"]

    assert first != second


@pytest.mark.parametrize("key", [None, "", "short", "x" * 201, "with a space in it", "clé-clé-clé"])
def test_without_a_usable_key_nothing_starts(marie, key):
    answer = marie.post(PATH, marie.order(), {} if key is None else {"Idempotency-Key": key})

    assert (answer.status_code, answer.get_json()["code"]) == (400, "key_missing")
    assert marie.get(PATH).get_json()["runs"] == []


@pytest.mark.parametrize(
    "told",
    [
        {"range": "A1:D4"},
        {"recipe": "clean"},
        {"sheet": {"host": "local", "document": "another", "sheet": "s1"}},
    ],
    ids=["range", "recipe", "sheet"],
)
def test_a_quote_is_for_one_sheet_range_and_recipe(marie, told):
    answer = marie.post(PATH, marie.order() | told, KEY)

    assert (answer.status_code, answer.get_json()["code"]) == (409, "quote_mismatch")


def test_an_expired_quote_starts_nothing(marie):
    sheet = marie.opens()
    answer = marie.post(PATH, marie.order(sheet, quote_id=marie.is_quoted(sheet, expires_in=-1)), KEY)

    assert (answer.status_code, answer.get_json()["code"]) == (409, "quote_expired")


def test_the_quote_of_somebody_else_is_unknown(marie, colleague, foreigner):
    sheet = marie.opens()
    order = marie.order(sheet)

    for other in (colleague, foreigner):
        answer = other.post(PATH, order, KEY)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "quote_unknown")


def test_without_terms_in_force_nothing_starts(office):
    caller = accounts.enter(office.house, "google:new.example", "new", "newcomer", "en")
    newcomer = Person(office, caller, Tickets([SECRET]).issue(caller)[0])

    answer = newcomer.post(PATH, newcomer.order(), KEY)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "terms_not_accepted")

    newcomer.post("/v1/terms/accept", {"version": newcomer.get("/v1/me").get_json()["terms_current"]})
    assert newcomer.post(PATH, newcomer.order(), KEY).status_code == 202


@pytest.mark.parametrize("amount", [-1, 1.5, "100", 10**10])
def test_what_is_no_amount_is_pointed_at(marie, amount):
    answer = marie.post(PATH, marie.order(spend_at_most=amount), KEY)

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/spend_at_most"


def test_a_person_may_spend_less_than_was_quoted(marie):
    sheet = marie.opens()
    order = marie.order(sheet, quote_id=marie.is_quoted(sheet, ceiling=40), spend_at_most=10)

    money = marie.post(PATH, order, KEY).get_json()["money"]

    assert (money["quoted"], money["reserved"], money["spent"]) == (40, 10, 0)


def test_the_sheet_is_named_by_the_hosts_ids(marie):
    sheet = marie.opens()

    run = marie.post(PATH, marie.order(sheet), KEY).get_json()

    assert {"host": "local", "document": run["document"], "sheet": run["sheet"]} == sheet_json(sheet)
