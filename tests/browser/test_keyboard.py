"""Who uses no mouse, and who listens, gets the same product."""

from playwright.sync_api import expect

from tests.browser.panel import open_panel, start

FOCUSED = "document.activeElement.innerText.trim()"
SPOKEN = """
window.spoken = [];
const region = document.querySelector("[aria-live=polite]");
new MutationObserver(() => window.spoken.push(region.innerText.trim()))
  .observe(region, { childList: true, characterData: true, subtree: true });
"""


def tab_to(page, text):
    """Press Tab until the focus is on the element with this text."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(text):
            return
    raise AssertionError(f"Tab never came to {text!r}")


def test_a_whole_run_by_keyboard(page, mock):
    mock.seconds = 1.0
    start(page, mock, "en")
    tab_to(page, "Enrich 320 rows")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("cells filled")
    expect(page.locator("h1")).to_be_focused()
    tab_to(page, "Explain selected cell")
    page.keyboard.press("Enter")
    expect(page.locator(".explain article")).to_be_visible()
    tab_to(page, "New run")
    page.keyboard.press("Space")
    expect(page.locator("h1")).to_have_text("Fix 212 phones, fill 140 countries, 37 possible duplicates")
    expect(page.locator("h1")).to_be_focused()


def test_decisions_by_keyboard(page, mock):
    """An answered card is gone: the heading takes the focus and says what is left."""
    mock.undecided, mock.seconds = True, 0.1
    start(page, mock, "en")
    tab_to(page, "Enrich 320 rows")
    page.keyboard.press("Enter")
    expect(page.locator(".go")).to_be_visible()
    tab_to(page, "3 decisions settle 24 rows")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    tab_to(page, "Row by row")
    page.keyboard.press("Enter")
    expect(page.locator(".one")).to_contain_text("Row 5")
    tab_to(page, "Next row")
    page.keyboard.press("Enter")
    expect(page.locator(".one")).to_contain_text("Row 8")
    tab_to(page, "All 14 identical rows")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("2 decisions settle 10 rows")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator(".calm")).to_contain_text("14 cells set")
    tab_to(page, "Leave blank")
    page.keyboard.press("Space")
    expect(page.locator("h1")).to_have_text("1 decisions settle 1 rows")
    tab_to(page, "Leave it")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Nothing is left to decide")
    answers = [{k: v for k, v in body.items() if k != "key"} for verb, body in mock.asked if verb == "decide"]
    taken = {"take": [{"group": "a" * 16, "row": None}]}
    assert answers == [taken, {"leave": ["b" * 16]}, {"leave_rest": True}]


def test_settings_by_keyboard(page, mock):
    start(page, mock, "en")
    tab_to(page, "Change")
    page.keyboard.press("Enter")
    radios = page.get_by_role("group", name="E-mail").get_by_role("radio")
    expect(radios.nth(1)).to_be_checked()
    radios.nth(1).focus()
    page.keyboard.press("ArrowRight")
    expect(radios.nth(2)).to_be_checked()
    page.wait_for_timeout(600)
    page.locator("main[aria-busy=false]").wait_for()
    assert mock.asked[-1][1]["recipe"]["clean"] == {"email": "in_place"}
    assert mock.asked[-1][1]["recipe"]["clean_default"] == "beside"
    expect(radios.nth(2)).to_be_focused()


def test_opening_takes_no_focus_from_the_sheet(page, mock):
    start(page, mock, "en")
    assert page.evaluate("document.activeElement === document.body")


def test_progress_is_spoken_by_quarters(page, mock):
    mock.seconds = 2.0
    start(page, mock, "en")
    page.evaluate(SPOKEN)
    page.locator("button.primary").click()
    expect(page.locator("h1")).to_contain_text("cells filled")
    spoken = page.evaluate("window.spoken")
    percents = [int(text.rsplit(":", 1)[1].split("%")[0]) for text in spoken if text]
    assert percents == sorted(set(percents))
    assert set(percents) <= {0, 25, 50, 75, 100}
    assert percents[-1] == 100


def test_a_second_press_while_starting_starts_nothing_more(page, mock):
    start(page, mock, "en")
    page.locator("button.primary").evaluate("(button) => { button.click(); button.click(); button.click(); }")
    page.locator("progress").wait_for()
    assert [name for name, _ in mock.asked].count("start") == 1


def test_a_start_carries_the_quote_and_a_key_of_its_own(page, mock):
    mock.seconds = 0.1
    start(page, mock, "en")
    for _ in range(2):
        page.locator("button.primary").click()
        expect(page.locator("h1")).to_contain_text("cells filled")
        page.locator("button.primary").click()
        expect(page.locator("h1")).to_contain_text("Fix 212")
    starts = [body for name, body in mock.asked if name == "start"]
    assert [body["quote_id"] for body in starts] == ["q1", "q1"]
    assert len({body["key"] for body in starts}) == 2


def test_hidden_rows_and_what_is_behind_formulas_are_told_with_the_selection(page, mock):
    open_panel(page, mock)
    asked = dict(mock.asked)["preview"]
    assert asked["hidden_rows"] == 3
    assert asked["range"] == "A1:J321"
    assert asked["header_row"] == "find"
    assert [column["index"] for column in asked["table"]["columns"]] == list(range(10))
