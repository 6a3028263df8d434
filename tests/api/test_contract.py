"""What every endpoint promises about what it is sent and what it answers."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addon_backend.domain.errors import NotVisible
from addon_backend.domain.sentences import problem_sentence
from addon_backend.web.v1 import ENDPOINTS
from tests.api.office import selection_json

INSPECT = "/v1/selections/inspect"
POSTS = [endpoint for endpoint in ENDPOINTS if endpoint.method == "POST"]
MARKER = "Zq7Secret"


def path_of(endpoint):
    return endpoint.rule.replace("<run_id>", "x" * 16)


def is_problem(answer):
    """The answer is a problem as RFC 9457 wants it, with our fields."""
    assert answer.content_type == "application/problem+json"
    body = answer.get_json()
    assert (
        {"type", "title", "status", "detail", "code", "request_id"}
        <= body.keys()
        <= {"type", "title", "status", "detail", "code", "request_id", "errors"}
    )
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["request_id"] == answer.headers["X-Request-Id"]
    return body


# A secret may sit in any place of a body: as a value, as a field's name, inside what is otherwise right.
SECRETS = st.text(min_size=1, max_size=10).map(lambda text: MARKER + text) | st.just(MARKER)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | SECRETS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SECRETS, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def spoilt_selections(draw):
    """A selection in which one place holds something else."""
    body = json.loads(json.dumps(selection_json(recipe="standard")))
    place = body
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = draw(st.sampled_from([*keys, draw(SECRETS)] if isinstance(place, dict) else keys))
        child = place.get(key) if isinstance(place, dict) else place[key]
        if not isinstance(child, dict | list) or not child or draw(st.booleans()):
            place[key] = draw(JSON)
            return body
        place = child


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(spoilt_selections(), JSON), endpoint=st.sampled_from(POSTS))
def test_no_problem_repeats_what_was_sent(marie, body, endpoint):
    answer = marie.post(
        path_of(endpoint), data=json.dumps(body).encode(), headers={"Idempotency-Key": MARKER}
    )

    assert answer.status_code < 500
    if answer.status_code >= 400:
        is_problem(answer)
        assert MARKER not in answer.text
        assert MARKER not in str(answer.headers)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), endpoint=st.sampled_from(POSTS))
def test_no_bytes_are_an_accident(marie, data, endpoint):
    assert marie.post(path_of(endpoint), data=data).status_code < 500


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"nonsense",
        b'{"a": 1, "a": 1}',
        b'{"table": {"top": 1, "top": 2}}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": ' + b"9" * 5_000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'"\xed\xa0\x80"',
        b"\xff\xfe{\x00}\x00",
        b"\xef\xbb\xbf{}",
        b'{"a": "\x00"}',
        b'{"a": 1} {"b": 2}',
    ],
    ids=[
        "nothing",
        "cut",
        "words",
        "field twice",
        "inner field twice",
        "NaN",
        "Infinity",
        "digits without end",
        "lists without end",
        "objects without end",
        "raw surrogate",
        "UTF-16",
        "byte order mark",
        "raw NUL",
        "two values",
    ],
)
def test_what_is_no_json_is_told_apart_from_json_that_does_not_fit(marie, data):
    answer = marie.post(INSPECT, data=data)

    assert (answer.status_code, is_problem(answer)["code"]) == (400, "body_unreadable")


@pytest.mark.parametrize("number", ["1e400", "-1e400", "1" + "0" * 400])
def test_a_number_that_no_sheet_can_hold_is_pointed_at(marie, number):
    body = json.dumps(selection_json()).replace('"DUPONT Marie"', number)

    answer = marie.post(INSPECT, data=body.encode())

    assert answer.status_code == 422
    assert is_problem(answer)["errors"][0]["pointer"] == "/table/columns/0/values/1"


@pytest.mark.parametrize(
    "kind", ["text/plain", "", "application/x-www-form-urlencoded", "application/problem+json"]
)
def test_another_media_type_is_refused(marie, kind):
    answer = marie.post(INSPECT, selection_json(), {"Content-Type": kind})

    assert (answer.status_code, is_problem(answer)["code"]) == (415, "media_type_wrong")


def test_a_compressed_body_is_refused(marie):
    answer = marie.post(INSPECT, selection_json(), {"Content-Encoding": "gzip"})

    assert answer.status_code == 415


def test_a_charset_beside_the_media_type_is_fine(marie):
    kind = {"Content-Type": "application/json; charset=utf-8"}

    assert marie.post(INSPECT, selection_json(), kind).status_code == 200


@pytest.mark.parametrize("endpoint", POSTS, ids=lambda endpoint: endpoint.name)
def test_a_body_beyond_the_limit_is_refused_before_it_is_read(marie, endpoint):
    answer = marie.post(path_of(endpoint), data=b" " * (endpoint.longest + 1))

    assert (answer.status_code, is_problem(answer)["code"]) == (413, "body_too_large")


def test_selections_may_be_larger_than_anything_else():
    assert {endpoint.name for endpoint in POSTS if endpoint.longest > 64 * 1024} == {"inspect", "preview"}
    assert {endpoint.longest for endpoint in POSTS} == {64 * 1024, 4 * 1024 * 1024}


def test_a_body_without_a_length_is_measured_too(marie, office):
    with office.app.test_client() as client:
        answer = client.post(
            "/v1/cells/explain",
            headers=marie.headers({"Content-Type": "application/json", "Transfer-Encoding": "chunked"}),
            environ_overrides={"wsgi.input": Endless(), "wsgi.input_terminated": True},
        )

    assert (answer.status_code, is_problem(answer)["code"]) == (413, "body_too_large")


class Endless:
    """A body that never ends."""

    def read(self, size=-1):
        return b" " * (size if size > 0 else 1_000_000)

    def readline(self, size=-1):
        return self.read(size)


def test_an_unknown_address_is_a_problem(marie):
    answer = marie.get(f"/v1/{MARKER}")

    assert (answer.status_code, is_problem(answer)["code"]) == (404, "route_unknown")
    assert MARKER not in answer.text
    assert "Check the address" in answer.get_json()["detail"]


def test_an_unknown_method_is_a_problem_that_names_the_known_ones(marie):
    answer = marie.office.app.test_client().delete("/v1/runs", headers=marie.headers())

    assert (answer.status_code, is_problem(answer)["code"]) == (405, "method_wrong")
    assert answer.headers["Allow"] == "GET, HEAD, POST"
    assert "Allow header" in answer.get_json()["detail"]


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1", "/nothing", "/sandbox/nothing"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_only_http_can_do_wrong_is_told_in_both_languages(office, path, method):
    """No advice that belongs to a run which cannot be seen."""
    said = {
        language: office.stranger()
        .open(path, method=method, headers={"Accept-Language": language, "X-Sandbox": "1"})
        .get_json()
        for language in ("en", "fr")
    }

    assert {body["status"] for body in said.values()} == {404}
    for language, body in said.items():
        told = (body["title"], body["detail"])
        assert told != problem_sentence(NotVisible(), language)
        assert "adresse" in body["detail"] if language == "fr" else "address" in body["detail"]


def test_an_accident_tells_nothing_of_itself(marie, monkeypatch):
    def explode(house, caller):
        raise RuntimeError(MARKER)

    monkeypatch.setattr("addon_backend.services.accounts.standing", explode)

    answer = marie.get("/v1/me")

    assert (answer.status_code, is_problem(answer)["code"]) == (500, "failed")
    assert MARKER not in answer.text


def test_a_problem_speaks_the_callers_language(office, marie):
    jean = office.sign_in(subject="jean", language="fr")

    english, french = marie.get("/v1/runs/none"), jean.get("/v1/runs/none")
    assert is_problem(english)["title"] != is_problem(french)["title"]
    assert (english.headers["Content-Language"], french.headers["Content-Language"]) == ("en", "fr")


def test_before_we_know_who_asks_the_browser_says_which_language(office):
    answer = office.stranger().get("/v1/me", headers={"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.5"})

    assert answer.headers["Content-Language"] == "fr"


def test_many_mistakes_are_told_at_once_and_not_without_end(marie):
    body = selection_json(sheet={"host": 1}, title=1, range=1, header_row="x", hidden_rows=-1)

    pointers = {error["pointer"] for error in is_problem(marie.post(INSPECT, body))["errors"]}

    assert {"/sheet/host", "/sheet/document", "/sheet/sheet", "/title", "/range", "/hidden_rows"} <= pointers
    many = {"changes": None} | {f"{MARKER}{number}": 1 for number in range(1_000)}
    assert len(is_problem(marie.post(INSPECT, many))["errors"]) <= 20
