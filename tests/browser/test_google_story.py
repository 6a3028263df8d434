"""Everything at once: the add-on in Google's frames, the real site, Google's identity and sheets.

The two origins that stand for Google have their real names: the site's own list of who may frame it holds.
"""

from itertools import count
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.google import Sheets, Sidebar
from tests.browser.google_world import SCRIPT, google_world

SHEETS, FRAME = "https://docs.google.com", "https://n-abc-0lu-script.googleusercontent.com"
ROWS = [
    ["Name", "E-mail", "Phone"],
    ["Ada Byron", "ada@example.com", "020 7946 0001"],
    ["Chloé Martin", "chloe@example.org", "+33 1 99 00 00 02"],
    ["Bruno Petit", "bruno@example.net", "+33 1 99 00 00 03"],
]


@pytest.fixture
def world(tmp_path):
    """Google's two services, and the site that knows where they are."""
    with google_world(clock=count(0.0, 10.0).__next__) as google:
        with google.site(tmp_path / "home") as url:
            yield google.identity, google.books, url
        assert not google.books.complaints


@pytest.fixture
def page(_browser):
    """A page that remembers nothing of the others: here nobody has consented yet."""
    with _browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.grant_permissions(
            ["local-network-access"]
        )  # the site is on this machine, Google's pages are not
        context.set_default_timeout(15_000)
        yield context.new_page()


def at_google(page, sheets):
    """Answer for Google's two origins from here."""
    clients = {
        origin: sheets.app(name).test_client() for name, origin in (("sheets", SHEETS), ("frame", FRAME))
    }

    def answer(route):
        address = urlsplit(route.request.url)
        got = clients[f"{address.scheme}://{address.netloc}"].get(address.path)
        route.fulfill(status=got.status_code, body=got.get_data(), content_type=got.content_type)
        got.close()

    for origin in clients:
        page.route(f"{origin}/**", answer)
    sheets.urls = {"sheets": SHEETS, "frame": FRAME}


def test_from_the_menu_to_filled_cells(world, page):
    identity, books, url = world
    document = books.documents.create("Leads", "marie@example.com")
    document.at(0).fill(ROWS)
    sheets = Sheets(panel=url, rows=ROWS, document=document.id, sheet=0)
    at_google(page, sheets)
    sidebar = Sidebar(page, sheets)
    sidebar.frame.evaluate("token => lab.person.token = token", identity.id_token(SCRIPT))

    sidebar.press()
    expect(sidebar.panel.locator("h1")).to_contain_text("phone", timeout=30_000)
    sidebar.panel.locator("button.primary").click()
    with page.context.expect_page() as opened:
        sidebar.panel.locator("a.primary").click()
    tab = opened.value
    tab.wait_for_load_state()
    expect(tab.locator("body")).to_contain_text("You can close this tab")
    tab.close()

    sidebar.panel.get_by_role("button", name="Choose this file").wait_for(timeout=30_000)
    document.picked.add(("marie@example.com", "ours"))
    expect(sidebar.panel.locator(".score")).to_be_visible(timeout=30_000)
    sheet = document.at(0)
    header = [sheet.look(0, column).value for column in range(8)]
    assert "Phone (clean)" in header
    assert sheet.look(2, header.index("Phone (clean)")).value == "+33199000002"
