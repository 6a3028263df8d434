"""The administrator's pages in a browser: at every width, in both themes and languages, without a script."""

import threading

import pytest
from werkzeug.serving import make_server

from addon_backend.web.admin.desk import COOKIE
from tests.api.admin_browser import JEAN, MARIE, browser_of, switched
from tests.api.google_office import google_office
from tests.api.office import build_blank
from tests.browser.axe import violations
from tests.fakes.google_identity import Account

PAGES = ("members", "spent", "switches", "doctor", "return")
OVERFLOWING = """() => [...document.querySelectorAll("body *")]
  .filter((one) => { const { right, left, width } = one.getBoundingClientRect();
    return width > 1 && (right > innerWidth + 0.5 || left < -0.5); })
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def admin(tmp_path_factory):
    """A workspace with people, a run and everything switched; where it is served, and whose session."""
    blank = tmp_path_factory.mktemp("blank")
    build_blank(blank)
    with google_office(tmp_path_factory.mktemp("home"), blank, delegate="sheets@project.example") as office:
        jean = office.sign_in(JEAN)
        office.sign_in(Account("7", "anne.charlotte.de-la-tour-du-pin@example.com", "example.com"))
        jean.starts()
        browser = browser_of(office, MARIE)
        browser.post(f"/admin/members/{jean.caller.member}", {"admission": "blocked"})
        browser.post("/admin/switches", switched(who="listed", field=["country"], in_place=None))
        browser.post("/admin/pause", {"paused": "on"})
        session = browser.client.get_cookie(COOKIE, domain="enrich.example")
        assert session is not None
        server = make_server("127.0.0.1", 0, office.office.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.port}/admin", session.value
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [350, 1100])
def test_every_page_can_be_read(page, admin, width, scheme, language):
    """Nothing sticks out, nothing is too pale, everything has a name."""
    address, session = admin
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme, forced_colors="none", reduced_motion="reduce")
    page.set_extra_http_headers({"Cookie": f"{COOKIE}={session}", "Accept-Language": language})
    try:
        for name in PAGES:
            page.goto(f"{address}/{name}")
            assert page.evaluate("document.documentElement.lang") == language
            assert page.evaluate(OVERFLOWING) == [], name
            assert violations(page) == "", name
    finally:
        page.set_extra_http_headers({})
