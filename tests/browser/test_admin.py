"""The administrator's pages in a browser: at every width, in both themes and languages, without a script."""

import threading

import pytest
from playwright.sync_api import expect
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


class TestButtons:
    """Pressed by a person, in the order in which an administrator meets them."""

    @pytest.fixture
    def opened(self, page, admin):
        """A page at which she is signed in."""
        address, session = admin
        page.set_extra_http_headers({"Cookie": f"{COOKIE}={session}", "Accept-Language": "en"})
        page.goto(f"{address}/switches")
        yield page
        page.set_extra_http_headers({})

    def test_everything_goes_on_and_is_paused_again(self, opened):
        opened.get_by_role("button", name="Let it go on").click()
        expect(opened.get_by_role("button", name="Pause everything")).to_be_visible()
        opened.get_by_role("link", name="Members").click()
        expect(opened.get_by_text("Everything is paused")).to_have_count(0)
        opened.get_by_role("link", name="Switches").click()
        opened.get_by_role("button", name="Pause everything").click()
        opened.get_by_role("link", name="What was spent").click()
        expect(opened.get_by_text("Everything is paused")).to_be_visible()

    def test_a_member_is_unblocked_and_blocked_again(self, opened):
        opened.get_by_role("link", name="Members").click()
        opened.get_by_role("button", name=f"Unblock {JEAN.email}").click()
        opened.get_by_role("button", name=f"Block {JEAN.email}", exact=True).click()
        row = opened.get_by_role("row", name=JEAN.email)
        expect(row.get_by_text("Switched off by an administrator")).to_be_visible()

    def test_a_switch_is_saved_and_traced(self, opened):
        box = opened.get_by_role("checkbox", name="Cleaning in place is allowed")
        box.check()
        opened.get_by_role("button", name="Save").click()
        expect(box).to_be_checked()
        expect(opened.get_by_text("allowed cleaning in place").first).to_be_visible()

    @pytest.mark.parametrize(("name", "file"), [("Members", "members.csv"), ("What was spent", "spent.csv")])
    def test_a_table_is_downloaded(self, opened, name, file):
        opened.get_by_role("link", name=name).click()
        with opened.expect_download() as download:
            opened.get_by_role("link", name="Download as CSV").click()
        assert download.value.suggested_filename == file
        assert JEAN.email in download.value.path().read_text(encoding="utf-8-sig")
