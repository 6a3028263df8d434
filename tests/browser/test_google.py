"""The add-on's own files, Google's frames around them on three origins, and the panel in the middle."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.google import LISTENS, Sidebar, _named, google
from tests.front.mock_list import messy


@pytest.fixture(scope="session")
def _google():
    with google() as sheets:
        yield sheets


@pytest.fixture
def sidebar(page, mock, _google):
    _google.panel, _google.rows = mock.url, messy(mock.rows)
    mock.ancestors = tuple(_google.urls.values())
    return Sidebar(page, _google)


def sent(mock, name):
    return [body for kind, body in mock.asked if kind == name]


def come_back(page):
    """Work in the sheet for a moment, then point at the panel."""
    page.mouse.click(100, 300)
    page.wait_for_timeout(2100)
    page.mouse.move(1150, 310, steps=3)


def test_enrich_selection_shows_what_would_change(sidebar, mock):
    sidebar.press()
    expect(sidebar.panel.locator("h1")).to_contain_text("Fix")
    assert sent(mock, "session") == [{"id_token": "of Google", "language": "en"}]
    asked = sent(mock, "preview")[-1]
    assert asked["sheet"] == {"host": "google", "document": "d1", "sheet": "7"}
    assert asked["range"] == f"A1:J{mock.rows + 1}"
    assert len(asked["table"]["columns"]) == 10
    assert sidebar.panel.locator("html").get_attribute("data-host") == "google"


def test_the_panel_never_needs_a_cookie_or_another_origin(sidebar, page, mock):
    called = []
    page.on("request", lambda request: called.append((request.url, request.headers)))
    sidebar.press()
    expect(sidebar.panel.locator("button.primary")).to_be_enabled()
    panel = [(url, told) for url, told in called if "/v1/" in url]
    assert panel
    assert all(url.startswith(mock.url) and "cookie" not in told for url, told in panel)


def test_another_selection_is_read_when_she_comes_back(sidebar, mock, page):
    sidebar.press()
    expect(sidebar.panel.locator(".chip")).to_contain_text(f"A1:J{mock.rows + 1}")
    sidebar.select("A1:C20")
    come_back(page)
    expect(sidebar.panel.locator(".chip")).to_contain_text("A1:C20")


def test_an_example_row_is_shown_in_the_sheet_and_stays_no_selection(sidebar, page, mock):
    sidebar.press()
    sidebar.panel.locator(".examples .row").first.click()
    number = sidebar.panel.locator(".examples .row").first.inner_text()
    sidebar.frame.wait_for_function("lab.calls.includes('showRows')")
    assert sidebar.selected() == [f"A{number}:J{number}"]
    come_back(page)
    sidebar.frame.wait_for_function("lab.calls.at(-1) === 'readSelection'")
    expect(sidebar.panel.locator(".chip")).to_contain_text(f"A1:J{mock.rows + 1}")
    assert len(sent(mock, "preview")) == 1


def test_the_first_run_asks_for_consent_at_google_and_then_goes_on(sidebar, mock, page):
    mock.consent["connected"] = False
    sidebar.press()
    sidebar.panel.locator("button.primary").click()
    link = sidebar.panel.locator("a.primary")
    expect(link).to_have_text("Allow at Google")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert sent(mock, "start") == []
    with page.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("window.opener") is None
    assert "close this tab" in opened.value.inner_text("body")
    opened.value.close()
    expect(sidebar.panel.locator("h1")).to_contain_text("Enriching")
    assert len(sent(mock, "start")) == 1


def test_a_run_that_lost_the_consent_goes_on_when_she_gives_it_again(sidebar, mock, page):
    mock.seconds = 4000.0
    sidebar.press()
    sidebar.panel.locator("button.primary").click()
    expect(sidebar.panel.locator("progress")).to_be_visible()
    mock.consent["connected"] = False
    mock.runs["r1"].lose_owner(mine=True, reason="needs_consent")
    expect(sidebar.panel.locator("h1")).to_contain_text("connect to Google")
    sidebar.panel.get_by_role("button", name="Go on").click()
    expect(sidebar.panel.locator("a.primary")).to_be_visible()
    mock.consent["connected"] = True
    expect(sidebar.panel.locator("progress")).to_be_visible()
    assert len(sent(mock, "continue")) == 1


def test_what_she_allowed_can_be_taken_back(sidebar, mock):
    sidebar.press()
    sidebar.panel.get_by_role("button", name="History").click()
    sidebar.panel.get_by_role("button", name="End access").click()
    expect(sidebar.panel.get_by_text("Access to your files has ended").first).to_be_visible()
    assert mock.consent["connected"] is False


def test_a_file_that_was_not_chosen_is_chosen_in_the_dialog(sidebar, mock):
    mock.seconds = 4000.0
    sidebar.press()
    sidebar.panel.locator("button.primary").click()
    expect(sidebar.panel.locator("progress")).to_be_visible()
    mock.runs["r1"].lose_owner(mine=True)
    sidebar.panel.get_by_role("button", name="Choose this file").click()
    sidebar.frame.wait_for_function("lab.shown.dialog")
    assert 'data-file="d1"' in sidebar.frame.evaluate("lab.shown.dialog.text")
    sidebar.panel.get_by_role("button", name="Go on").click()
    expect(sidebar.panel.locator("progress")).to_be_visible()


def test_not_now_leads_back_and_starts_nothing(sidebar, mock):
    mock.consent["connected"] = False
    sidebar.press()
    sidebar.panel.locator("button.primary").click()
    sidebar.panel.get_by_role("button", name="Not now").click()
    expect(sidebar.panel.locator("button.primary")).to_have_text(re.compile("Try|Enrich"))
    assert sent(mock, "start") == []


def test_several_ranges_are_refused_and_one_can_be_typed(sidebar, mock):
    sidebar.select("A1:A20", "C1:C20")
    sidebar.press()
    expect(sidebar.panel.locator("[role=alert]")).to_contain_text("Several separate ranges")
    sidebar.panel.locator("#range").fill("Nowhere!A1:B2")
    sidebar.panel.get_by_role("button", name="Use this range").click()
    expect(sidebar.panel.locator("[role=alert]")).to_contain_text("not in the file")
    sidebar.panel.locator("#range").fill("Contacts!A1:C500")
    sidebar.panel.get_by_role("button", name="Use this range").click()
    expect(sidebar.panel.locator(".chip")).to_contain_text(f"A1:C{mock.rows + 1}")
    sidebar.select("A1:B9")
    sidebar.panel.get_by_role("button", name="Use current selection").click()
    expect(sidebar.panel.locator(".chip")).to_contain_text("A1:B9")


def test_a_wrong_account_is_told_before_anything_is_sent(sidebar, mock):
    sidebar.press(account="zoe@home.example")
    alert = sidebar.panel.locator("[role=alert]")
    expect(alert).to_contain_text("open as zoe@work.example, but Google runs the add-on as zoe@home.example")
    way = alert.get_by_role("link", name="Open as zoe@home.example")
    assert way.get_attribute("href").endswith("authuser=zoe%40home.example")
    assert way.get_attribute("target") == "_blank"
    assert alert.get_by_role("button").count() == 0
    assert sent(mock, "session") == []
    assert sent(mock, "preview") == []


def test_an_account_without_right_to_the_file_is_told(sidebar, mock):
    sidebar.press(denied=True)
    expect(sidebar.panel.locator("[role=alert]")).to_contain_text("another account")
    assert sent(mock, "session") == []


@pytest.mark.parametrize("sender", ["sheets", "foreign"])
def test_messages_of_a_foreign_frame_are_not_heard(sidebar, page, mock, sender):
    """The foreign frame is even of the panel's own origin, so that only the window tells it apart."""
    sidebar.press()
    expect(sidebar.panel.locator("button.primary")).to_be_enabled()
    page.evaluate(
        "url => document.getElementById('foreign').src = url", f"{mock.url}/assets/icon.svg?host=google"
    )
    page.frame_locator("#foreign").locator("svg").wait_for(state="attached")
    where = page.main_frame if sender == "sheets" else _named(page, sender)
    where.evaluate(LISTENS)
    before = sidebar.calls()
    sidebar.send(sender, "addon", {"mark": "enrich-panel/1", "call": "session", "id": 1, "values": []})
    sidebar.send(
        sender, "addon", {"mark": "enrich-panel/1", "call": "showRows", "id": 2, "values": ["7", [3]]}
    )
    for number in range(1, 20):
        problem = {"code": "failed", "title": "Foreign words"}
        sidebar.send(sender, "panel", {"mark": "enrich-panel/1", "reply": number, "problem": problem})
    sidebar.select("A1:B9")
    come_back(page)
    expect(sidebar.panel.locator(".chip")).to_contain_text("A1:B9")
    assert where.evaluate("heard") == []
    assert set(sidebar.calls()[len(before) :]) <= {"readSelection", "readTable"}
    expect(sidebar.panel.get_by_text("Foreign words")).to_have_count(0)


def test_open_panel_comes_back_to_the_run_and_enrich_selection_to_the_selection(sidebar, mock):
    mock.seconds = 4000.0
    sidebar.press()
    sidebar.panel.locator("button.primary").click()
    expect(sidebar.panel.locator("h1")).to_contain_text("Enriching")
    sidebar.press("openPanel")
    expect(sidebar.panel.locator("h1")).to_contain_text("Enriching")
    sidebar.press()
    expect(sidebar.panel.locator(".going")).to_contain_text("A run is going on")
    expect(sidebar.panel.locator("h1")).to_contain_text("Fix")


def test_it_fits_the_sidebar_in_french(sidebar, page):
    sidebar.frame.evaluate("lab.person.locale = 'fr'")
    sidebar.press()
    expect(sidebar.panel.locator("h1")).to_contain_text("Corriger")
    main = sidebar.panel.locator("main")
    assert main.evaluate("(main) => main.scrollWidth <= main.clientWidth && innerWidth === 300")
