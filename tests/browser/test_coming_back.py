"""She closes the panel and comes back: what is new, what ended, what waits for somebody."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.panel import come_back, new_rows, open_panel, ownerless, start, take_over


def asked(mock, name):
    return [body for verb, body in mock.asked if verb == name]


def test_one_press_runs_the_new_rows_and_no_others(page, mock):
    mock.seconds = 0.1
    new_rows(page, mock, "en")
    page.get_by_role("button", name="Enrich 212 new rows").click()
    expect(page.locator("h1")).to_have_text(re.compile("filled"))
    (order,) = asked(mock, "start")
    assert order["range"] == "A110:J321"
    assert order["recipe"]["fill"] == ["country", "email.type"]
    assert not order["recipe"]["duplicates"]


def test_the_whole_list_is_two_presses_away(page, mock):
    new_rows(page, mock, "en")
    with page.expect_response(lambda reply: reply.url.endswith("/preview")):
        page.get_by_role("button", name="Look at the whole list").click()
    page.get_by_role("button", name="Enrich 320 rows").click()
    page.locator("progress").wait_for()
    (order,) = asked(mock, "start")
    assert order["range"] == "A1:J321"
    assert order["recipe"]["duplicates"]


def test_a_list_without_new_rows_opens_whole(page, mock):
    mock.new_rows = (0, None)
    start(page, mock, "en")
    expect(page.get_by_role("button", name="Enrich 320 rows")).to_be_visible()
    assert len(asked(mock, "preview")) == 1


def test_a_colleague_takes_over_with_the_keyboard(page, mock):
    take_over(page, mock, "en")
    expect(page.locator("h1")).to_have_text("This run needs somebody who can open the file")
    page.get_by_role("button", name="Take over this run").focus()
    page.keyboard.press("Enter")
    page.locator("progress").wait_for()
    assert asked(mock, "take-over") == [{"run": "r1"}]


def test_its_owner_tries_again(page, mock):
    ownerless(page, mock, "en")
    page.get_by_role("button", name="Try again").click()
    page.locator("progress").wait_for()
    assert len(asked(mock, "continue")) == 1


def test_the_badge_leads_to_what_ended_and_a_look_clears_it(page, mock):
    come_back(page, mock, "en")
    page.locator(".history button", has_text="New").click()
    page.locator(".score").wait_for()
    page.get_by_role("button", name="Selection").click()
    page.get_by_role("button", name="History").wait_for()
    expect(page.locator(".unread")).to_have_count(0)


def test_the_badge_is_said_aloud(page, mock):
    come_back(page, mock, "en")
    page.get_by_role("button", name="Selection").click()
    expect(page.get_by_role("button", name="1 run ended or waits for you")).to_be_visible()


def test_e_mails_are_turned_off_with_the_keyboard(page, mock):
    come_back(page, mock, "en")
    switch = page.get_by_label("E-mail me when a run ends while this panel is closed")
    expect(switch).to_be_checked()
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).not_to_be_checked()
    assert asked(mock, "mail") == [{"mail": False}]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_told_no_address_has_no_switch(page, mock, language):
    mock.mail = None
    open_panel(page, mock, language)
    page.locator("nav button").click()
    page.locator(".history, .muted").first.wait_for()
    expect(page.locator(".mail")).to_have_count(0)
