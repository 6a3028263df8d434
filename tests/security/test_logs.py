"""Law 10: no log line carries a token, an address or a cell value."""

import contextlib
import io
import json
import logging
import sqlite3

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.cells import CellValue
from addon_backend.telemetry import logs
from addon_backend.telemetry.redaction import FIELDS, REDACTED, exception_facts, foreign_sentence, redact
from tests.api.office import selection_json

SECRETS = [
    "Marie Dupont",
    "marie.dupont@example.com",
    "+33 1 42 68 53 00",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "ya29.a0AfH6SMBx-verysecret_token-value-0123456789abcdef0123456789",
    "Bearer abcdef",
    "Société Générale",
    "line\nbreak",
    "=IMPORTDATA(A1)",
]


@pytest.fixture
def stream():
    """Where our log goes; put back afterwards."""
    kept = logging.getLogger().handlers[:], logging.getLogger().level
    out = io.StringIO()
    logs.set_up_logs("debug", out)
    yield out
    logs.clear()
    structlog.reset_defaults()
    logging.getLogger().handlers[:], level = kept
    logging.getLogger().setLevel(level)


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_not_written_wherever_it_is_put(stream, secret):
    logs.bind(workspace="w1", note=secret)
    log = logs.logger()
    log.info("told", **dict.fromkeys(FIELDS - {"event", "level", "timestamp"}, secret))
    log.info(secret)
    log.warning("nested", cells=[secret], reason={"value": secret})
    try:
        int(secret)
    except ValueError:
        log.exception("broken", value=secret)
        logging.getLogger("a.library").exception("could not read %s", secret)
    logging.getLogger("a.library").warning("value %r at %s", secret, secret)
    logging.getLogger("a.library").warning("value '%s'" % secret)  # noqa: G002, UP031 - as libraries do

    assert len(lines(stream)) == 7
    assert secret not in stream.getvalue()
    for word in secret.split():
        assert len(word) < 4 or word not in stream.getvalue(), word


@given(
    st.dictionaries(st.text(min_size=1), st.text() | st.integers() | st.floats(allow_nan=False) | st.none())
)
def test_only_named_fields_of_safe_shapes_are_written(fields):
    kept = redact(fields)

    for name, value in kept.items():
        if name == "left_out":
            continue
        assert name in FIELDS
        assert not isinstance(value, str) or value == REDACTED or value.isascii()


def test_what_is_left_out_is_named():
    assert redact({"code": "x", "customer": "Marie", "email": "m@example.com"}) == {
        "code": "x",
        "left_out": ["customer", "email"],
    }


def test_codes_ids_and_routes_are_written_as_they_are():
    fields = {
        "code": "quote_expired",
        "run_id": "aB3_xY-90aB3_xY-",
        "workspace": "a2522f35fda24881b7d017a8813ff282",
        "endpoint": "/v1/runs/<run_id>/report",
        "ms": 12.5,
        "status": 200,
    }

    assert redact(fields) == fields


def test_a_database_error_is_told_by_its_type_and_place():
    with (
        contextlib.closing(sqlite3.connect(":memory:")) as connection,
        pytest.raises(sqlite3.OperationalError) as error,
    ):
        connection.execute("SELECT 'Marie Dupont' FROM nowhere")
    facts = exception_facts(error.value)

    assert facts[0] == "sqlite3.OperationalError"
    assert "test_logs.py" in facts[1]
    assert "Marie" not in str(facts)


def test_causes_are_told_too_and_no_circle_is_without_end():
    first, second = ValueError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first

    assert [fact for fact in exception_facts(first) if not fact.startswith(" ")] == [
        "builtins.ValueError",
        "builtins.KeyError",
    ]


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("Starting gunicorn 27.0.1", "Starting gunicorn 27.0.1"),
        ("Connecting to redis://user:pw@host", f"Connecting to {REDACTED}"),
        ("row 'Marie' of \"Dupont\"", f"row {REDACTED} of {REDACTED}"),
    ],
)
def test_another_librarys_message_keeps_its_harmless_words(template, told):
    assert foreign_sentence(template) == told


def test_a_request_leaves_one_line_that_says_who_and_how_long(stream, marie):
    stream.truncate(0)
    stream.seek(0)
    answer = marie.get("/v1/me")

    (line,) = lines(stream)
    assert line["event"] == "request"
    assert (line["method"], line["endpoint"], line["status"]) == ("GET", "/v1/me", 200)
    assert (line["workspace"], line["member"]) == (marie.caller.workspace, marie.caller.member)
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert isinstance(line["ms"], float)


def test_one_request_knows_nothing_of_the_one_before(stream, marie):
    marie.get(f"/v1/runs/{marie.starts()}")
    stream.truncate(0)
    stream.seek(0)

    marie.office.stranger().get("/healthz")

    assert not {"workspace", "member", "run_id"} & lines(stream)[0].keys()


@pytest.mark.parametrize(
    "path", ["/v1/selections/inspect", "/v1/runs/preview", "/v1/runs", "/v1/cells/explain"]
)
@pytest.mark.parametrize("spoil", [{}, {"table": None}, {"range": "Zebra"}, {"Zebra": 1}])
def test_what_a_person_sends_is_not_in_the_log(stream, marie, path, spoil):
    rows: list[list[CellValue]] = [["Zebra", "zebra@example.com", "Zebra 12345678", "Zebra SA"]] * 3
    marie.post(path, selection_json(rows, title="Zebra") | spoil, {"Idempotency-Key": "Zebra-Zebra"})
    marie.get("/v1/runs/Zebra?since=Zebra&Zebra=1")
    marie.get("/v1/Zebra")

    assert "zebra" not in stream.getvalue().lower()
    assert marie.ticket not in stream.getvalue()


def test_an_accident_is_in_the_log_without_its_message(stream, marie, monkeypatch):
    def explode(house, caller):
        raise RuntimeError("Zebra")

    monkeypatch.setattr("addon_backend.services.accounts.standing", explode)
    answer = marie.get("/v1/me")

    (line,) = [line for line in lines(stream) if line["event"] == "request_failed"]
    assert line["exception"][0] == "builtins.RuntimeError"
    assert line["request_id"] == answer.get_json()["request_id"]
    assert "Zebra" not in stream.getvalue()
