"""What browsers are told, for each kind of page."""

import pytest

from addon_backend.security.headers import PageKind, headers
from addon_backend.settings import Settings

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(answer):
    """Return the content policy as rule → sources."""
    return {
        rule.split()[0]: rule.split()[1:] for rule in answer.headers["Content-Security-Policy"].split("; ")
    }


def get(office, path, **told):
    with office.stranger().get(path, **told) as answer:
        return answer


PATHS = [
    "/",
    "/sandbox",
    "/panel?host=google",
    "/panel?host=excel",
    "/assets/panel.js",
    "/v1/me",
    "/healthz",
    "/none",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_is_guarded(office, path):
    answer = get(office, path)

    assert dict(answer.headers).items() >= EVERYWHERE.items()
    assert "camera=()" in answer.headers["Permissions-Policy"]
    rules = policy(answer)
    assert rules["default-src"] == rules["base-uri"] == ["'none'"]
    assert "frame-ancestors" in rules
    assert "'unsafe-eval'" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", [path for path in PATHS if "excel" not in path])
def test_nothing_is_inline_outside_excel(office, path):
    assert "unsafe-inline" not in get(office, path).headers["Content-Security-Policy"]


def test_excel_alone_may_style_inline_and_load_office_js(office):
    rules = policy(get(office, "/panel?host=excel"))

    assert rules["style-src"] == ["'self'", "'unsafe-inline'"]
    assert "'unsafe-inline'" not in rules["script-src"]
    assert "https://appsforoffice.microsoft.com" in rules["script-src"]


@pytest.mark.parametrize(
    ("host", "ancestors"),
    [
        ("google", ["https://docs.google.com", "https://*.googleusercontent.com"]),
        ("excel", list(Settings.from_environment({}).excel_ancestors)),
        ("sandbox", ["'self'"]),
        ("nobody", ["'none'"]),
        ("", ["'none'"]),
    ],
)
def test_the_panel_is_framed_by_its_host_alone(office, host, ancestors):
    answer = get(office, f"/panel?host={host}")

    assert policy(answer)["frame-ancestors"] == ancestors
    assert "X-Frame-Options" not in answer.headers
    assert "Cross-Origin-Opener-Policy" not in answer.headers


def test_who_may_frame_the_panel_is_a_setting(office):
    told = office.reopened(excel_ancestors=("https://excel.example",))

    assert policy(get(told, "/panel?host=excel"))["frame-ancestors"] == ["https://excel.example"]


@pytest.mark.parametrize("path", ["/sandbox", "/v1/me", "/healthz", "/assets/panel.js", "/", "/none"])
def test_everything_else_is_framed_by_nobody_and_opens_alone(office, path):
    answer = get(office, path)

    assert policy(answer)["frame-ancestors"] == ["'none'"]
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_without_the_sandbox_its_panel_is_framed_by_nobody(office):
    closed = office.reopened(sandbox=False)

    for path in ("/panel", "/panel?host=sandbox"):
        assert policy(get(closed, path))["frame-ancestors"] == ["'none'"]


@pytest.mark.parametrize("path", ["/v1/me", "/sandbox", "/panel", "/healthz"])
def test_what_may_be_personal_is_kept_nowhere(office, path):
    assert get(office, path).headers["Cache-Control"] == "no-store"


def test_a_secure_connection_stays_secure(office):
    plain, secure = get(office, "/healthz"), get(office, "/healthz", base_url="https://localhost")

    assert "Strict-Transport-Security" not in plain.headers
    assert "max-age=63072000" in secure.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("kind", PageKind)
def test_no_page_of_any_kind_sets_a_cookie_or_a_frame_option(kind):
    assert not {"Set-Cookie", "X-Frame-Options"} & headers(kind).keys()


def test_no_answer_sets_a_cookie(office, marie):
    answers = [get(office, path) for path in PATHS]
    answers += [marie.get("/v1/me"), office.stranger().post("/sandbox/ticket", headers={"X-Sandbox": "1"})]

    assert not [answer for answer in answers if "Set-Cookie" in answer.headers]


ORIGIN = "https://panel.example"


def test_a_page_of_a_named_origin_may_call_v1_without_credentials(office, marie):
    told = office.reopened(cors_origins=frozenset({ORIGIN}))
    headers = marie.headers({"Origin": ORIGIN})

    with told.stranger().get("/v1/me", headers=headers) as answer:
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
        assert "Origin" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "origin",
    ["https://elsewhere.example", "https://panel.example.evil", "http://panel.example", "null", "*", ""],
)
def test_a_page_of_another_origin_may_not(office, origin):
    told = office.reopened(cors_origins=frozenset({ORIGIN}))

    for answer in (
        told.stranger().get("/v1/me", headers={"Origin": origin}),
        told.stranger().options("/v1/runs", headers={"Origin": origin}),
    ):
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Origin" in answer.headers["Vary"]


def test_a_preflight_needs_no_ticket_and_says_what_is_allowed(office):
    told = office.reopened(cors_origins=frozenset({ORIGIN}))

    answer = told.stranger().options("/v1/runs", headers={"Origin": ORIGIN})

    assert answer.status_code == 204
    assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, POST, PATCH, DELETE"


def test_nothing_but_v1_is_open_to_other_origins(office):
    told = office.reopened(cors_origins=frozenset({ORIGIN}))

    for path in ("/sandbox/documents", "/healthz", "/panel"):
        assert "Access-Control-Allow-Origin" not in get(told, path, headers={"Origin": ORIGIN}).headers
