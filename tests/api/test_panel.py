"""/panel and /assets."""

import re

import pytest

from addon_backend.security.headers import script_digest
from addon_backend.web.panel import FILES


def test_the_panel_is_served_for_every_host(office):
    for host in ("google", "excel", "sandbox"):
        answer = office.stranger().get(f"/panel?host={host}")
        assert answer.status_code == 200
        assert answer.content_type == "text/html; charset=utf-8"


def test_the_one_inline_script_is_allowed_by_its_digest(office):
    answer = office.stranger().get("/panel?host=google")
    inline = re.findall(r"<script type=\"importmap\">(.*?)</script>", answer.text, re.DOTALL)

    assert len(inline) == 1
    assert script_digest(inline[0]) in answer.headers["Content-Security-Policy"]


def test_everything_that_a_page_names_is_served_as_what_it_is(office):
    stranger, kinds = (
        office.stranger(),
        {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"},
    )
    for page in ("/panel", "/sandbox"):
        named = re.findall(r'(?:src|href)="(/assets/[^"]+)"', stranger.get(page).text)
        assert named
        for path in named:
            with stranger.get(path) as answer:
                assert answer.status_code == 200, path
                assert answer.content_type == kinds.get(path[path.rindex(".") :], answer.content_type)


def test_an_asset_that_the_browser_has_is_not_sent_again(office):
    stranger = office.stranger()
    with stranger.get("/assets/panel.js") as first:
        tag = first.headers["ETag"]
        assert first.headers["Cache-Control"] == "no-cache"
    with stranger.get("/assets/panel.js", headers={"If-None-Match": tag}) as second:
        assert (second.status_code, second.data) == (304, b"")


@pytest.mark.parametrize(
    "name",
    [
        "../app.py",
        "..%2fapp.py",
        "%2e%2e/bootstrap.py",
        "panel.html",
        "nothing.js",
        "/etc/passwd",
        "vendor",
        "",
    ],
)
def test_only_what_pages_load_is_an_asset(office, name):
    with office.stranger().get(f"/assets/{name}") as answer:
        assert answer.status_code == 404


def test_a_page_that_is_not_there_is_a_problem_and_no_accident(office, monkeypatch):
    monkeypatch.setattr("addon_backend.web.panel.FILES", FILES / "nowhere")

    assert office.stranger().get("/panel").status_code == 404
