"""Who could get in between a person and her consent, and does not; and where no secret is ever seen."""

import io
import logging
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import structlog
from sqlalchemy import text

from addon_backend.store.engine import make_engine
from addon_backend.telemetry import logs
from addon_backend.web.consent import COOKIE
from tests.api.google_office import PUBLIC_URL
from tests.fakes.google_identity import TOKEN, Account


@pytest.fixture
def tab(connected):
    return connected.tab()


@pytest.fixture
def database(connected):
    """The database itself, for what no method of ours shows."""
    engine = make_engine(f"sqlite:///{next(connected.office.settings.home.rglob('*.db'))}")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def parameters(address):
    return {name: value for name, (value,) in parse_qs(urlsplit(address).query).items()}


def later(database, seconds):
    """Let all codes be so much older."""
    database.execute(text("UPDATE one_time_code SET expires_at = expires_at - :by"), {"by": seconds})
    database.commit()


def refused(connected, person, page):
    """Nothing was exchanged, and the page gives nothing away."""
    assert page.status_code == 403
    assert f"POST {TOKEN}" not in connected.google.calls
    assert connected.credential(person) is None
    assert "/google/consent/start?code=" not in page.text


class TestTheStartCode:
    """It is in an address, so it is good for next to nothing."""

    def test_is_not_the_ticket(self, ada):
        address = ada.post("/v1/google/consent", {}).get_json()["address"]
        assert ada.ticket not in address
        code = parameters(address)["code"]
        assert (
            ada.office.stranger().get("/v1/me", headers={"Authorization": f"Bearer {code}"}).status_code
            == 401
        )

    def test_is_good_once(self, ada, tab):
        address = ada.post("/v1/google/consent", {}).get_json()["address"]
        assert [tab.opens(address).status_code for _ in range(2)] == [303, 403]

    def test_is_not_used_up_by_what_only_looks_where_it_leads(self, ada, tab):
        address = ada.post("/v1/google/consent", {}).get_json()["address"]
        parts = urlsplit(address)
        assert tab.client.head(f"{parts.path}?{parts.query}").status_code == 204
        assert tab.opens(address).status_code == 303

    def test_is_good_for_a_minute(self, ada, tab, database):
        address = ada.post("/v1/google/consent", {}).get_json()["address"]
        later(database, 61)
        assert tab.opens(address).status_code == 403

    def test_is_kept_by_digest_only(self, ada, database):
        code = parameters(ada.post("/v1/google/consent", {}).get_json()["address"])["code"]
        secret = code.partition(".")[2]
        rows = repr(database.execute(text("SELECT * FROM one_time_code")).all())
        assert secret not in rows

    @pytest.mark.parametrize(
        "change", ["", ".", "a.b", "x" * 10_000, "{other}.{secret}", "{mine}.{forged}", "\0.\0"]
    )
    def test_of_ones_own_making_opens_nothing(self, connected, ada, tab, change):
        foreigner = connected.sign_in(Account("3001", "eve@elsewhere.example", "elsewhere.example"))
        mine, _, secret = parameters(ada.post("/v1/google/consent", {}).get_json()["address"])[
            "code"
        ].partition(".")
        forged = change.format(other=foreigner.caller.workspace, mine=mine, secret=secret, forged="A" * 43)
        page = tab.client.get(f"/google/consent/start?{urlencode({'code': forged})}")
        assert page.status_code == 403
        assert connected.google.asked == []

    def test_of_a_return_opens_no_start(self, ada, tab):
        state = parameters(tab.leaves(ada))["state"]
        assert tab.opens(f"/google/consent/start?{urlencode({'code': state})}").status_code == 403


class TestTheState:
    """It is good once, for ten minutes, and in the browser that was sent away with it."""

    def test_is_good_once(self, connected, ada, tab):
        back = tab.consents(tab.leaves(ada))
        assert tab.opens(back).status_code == 200
        kept = connected.credential(ada).token
        assert tab.opens(back).status_code == 403
        assert connected.credential(ada).token == kept

    def test_is_good_for_ten_minutes(self, connected, ada, tab, database):
        back = tab.consents(tab.leaves(ada))
        later(database, 601)
        refused(connected, ada, tab.opens(back))

    def test_is_good_in_its_own_browser_only(self, connected, ada, tab):
        """Somebody who sends her own answer to a victim, or catches hers, gets nowhere."""
        back = tab.consents(tab.leaves(ada))
        refused(connected, ada, connected.tab().opens(back))
        refused(connected, ada, tab.opens(back))  # and it is used now

    def test_of_another_browser_s_journey_is_no_better(self, connected, ada, tab):
        back, other = tab.consents(tab.leaves(ada)), connected.tab()
        other.leaves(ada)
        refused(connected, ada, other.opens(back))

    @pytest.mark.parametrize("state", [None, "", "x", "x.y", "é" * 43, "a." + "A" * 43])
    def test_of_ones_own_making_is_refused(self, connected, ada, tab, state):
        asked = parameters(tab.consents(tab.leaves(ada))) | {"state": state}
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        refused(connected, ada, tab.opens(f"/google/consent/return?{query}"))

    def test_swapped_between_two_people_connects_neither(self, connected, ada, tab):
        """Eve lets Ada's browser come back with Eve's code: the verifier is Ada's, the code is not."""
        eve = connected.sign_in(Account("3001", "eve@elsewhere.example", "elsewhere.example"))
        hers = parameters(tab.consents(tab.leaves(ada)))
        connected.google.user = Account("3001", "eve@elsewhere.example", "elsewhere.example")
        eves = parameters(connected.tab().consents(connected.tab().leaves(eve)))
        page = tab.opens(f"/google/consent/return?{urlencode(hers | {'code': eves['code']})}")
        assert page.status_code == 403
        assert connected.credential(ada) is None
        assert connected.credential(eve) is None


def test_the_cookie_is_for_this_server_s_pages_alone(ada, tab):
    answer = tab.opens(ada.post("/v1/google/consent", {}).get_json()["address"])
    (cookie,) = answer.headers.getlist("Set-Cookie")
    name, _, rest = cookie.partition("=")
    assert name == COOKIE
    assert name.startswith("__Host-")
    told = {part.strip().lower() for part in rest.split(";")[1:]}
    assert {"secure", "httponly", "samesite=lax", "path=/", "max-age=600"} <= told
    assert not any(part.startswith("domain") for part in told)


def test_the_pages_are_framed_by_nobody_run_nothing_and_tell_nobody_where_she_was(connected, ada, tab):
    pages = [tab.connects(ada), tab.opens("/google/consent/start?code=x")]
    for page in pages:
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert "<script" not in page.text
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"


def test_what_google_sends_back_is_not_repeated(connected, ada, tab):
    marker = "<b>Zebra"
    asked = {"state": marker, "code": marker, "error": marker, "scope": marker}
    page = tab.opens(f"/google/consent/return?{urlencode(asked)}")
    assert "Zebra" not in page.text + str(page.headers)
    state = parameters(tab.leaves(ada))["state"]
    page = tab.opens(f"/google/consent/return?{urlencode(asked | {'state': state})}")
    assert "Zebra" not in page.text + str(page.headers)


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


def test_no_secret_is_in_the_log_or_on_disk(connected, ada, tab, stream):
    address = ada.post("/v1/google/consent", {}).get_json()["address"]
    there = tab.opens(address).headers["Location"]
    back = tab.consents(there)
    browser = tab.client.get_cookie(COOKIE, domain=urlsplit(PUBLIC_URL).hostname).value
    tab.opens(back)
    ada.delete("/v1/google/consent")
    tab.opens(back)
    secrets = [
        parameters(address)["code"].partition(".")[2],
        parameters(there)["state"].partition(".")[2],
        parameters(back)["code"],
        browser,
        connected.google.client_secret,
        *connected.google.refresh_tokens,
        *connected.google.access_tokens,
        "marie@example.com",
    ]
    disk = b"".join(path.read_bytes() for path in connected.office.settings.home.rglob("*") if path.is_file())
    for secret in secrets:
        assert secret not in stream.getvalue()
        assert secret.encode() not in disk
