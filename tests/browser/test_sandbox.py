"""The sheet behaves as a sheet, and the panel beside it follows."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.sandbox import Sandbox


@pytest.fixture
def sandbox(page, mock):
    """The sandbox on the mock's list."""
    return Sandbox(page, mock.url)


def test_the_whole_list_is_selected_so_that_one_press_works(sandbox, mock):
    mock.seconds = 1.0
    expect(sandbox.chip("A1:J321 · 317 rows · Contacts")).to_be_visible()
    sandbox.panel.get_by_role("button", name="Enrich 317 rows").click()
    expect(sandbox.panel.locator("h1")).to_have_text(re.compile("cells filled"))
    expect(sandbox.header("K")).to_be_visible()
    expect(sandbox.cell(2, "K")).to_have_text("+33612345678")


def test_dragging_over_cells_selects_them(sandbox):
    sandbox.cell(2, "B").hover()
    sandbox.page.mouse.down()
    sandbox.cell(9, "D").hover()
    sandbox.cell(9, "D").hover()
    sandbox.page.mouse.up()
    expect(sandbox.chip("B2:D9")).to_be_visible()


def test_a_column_s_letter_selects_the_column(sandbox):
    sandbox.header("D").click()
    expect(sandbox.chip("D1:D321")).to_be_visible()


def test_row_numbers_select_rows(sandbox):
    sandbox.row_number(3).click()
    sandbox.row_number(7).click(modifiers=["Shift"])
    expect(sandbox.chip("A3:J7")).to_be_visible()


def test_dragging_over_row_numbers_selects_rows(sandbox):
    sandbox.row_number(4).hover()
    sandbox.page.mouse.down()
    sandbox.row_number(6).hover()
    sandbox.row_number(9).hover()
    sandbox.page.mouse.up()
    expect(sandbox.chip("A4:J9")).to_be_visible()


def test_one_cell_stands_for_the_whole_list(sandbox):
    sandbox.cell(5, "C").click()
    expect(sandbox.chip("A1:J321")).to_be_visible()


def test_another_cell_of_the_same_list_asks_nothing_again(sandbox, mock):
    before = len(mock.asked)
    sandbox.cell(5, "C").click()
    sandbox.cell(6, "C").click()
    sandbox.page.wait_for_timeout(800)
    assert len(mock.asked) == before


def test_an_edit_is_looked_at_again(sandbox, mock):
    sandbox.cell(5, "C").click()
    with sandbox.page.expect_response(lambda reply: reply.url.endswith("/preview")):
        sandbox.page.keyboard.press("Delete")
    expect(sandbox.cell(5, "C")).to_have_text("")
    assert mock.asked[-1][1]["table"]["columns"][2]["values"][4] is None


def test_a_run_can_be_left_for_another_selection_and_found_again(sandbox, mock):
    mock.seconds = 600.0
    sandbox.panel.get_by_role("button", name="Enrich 317 rows").click()
    sandbox.panel.locator("progress").wait_for()
    sandbox.header("C").click()
    sandbox.press("Enrich selection")
    expect(sandbox.chip("C1:C321")).to_be_visible()
    sandbox.panel.get_by_role("button", name="A run is going on").click()
    expect(sandbox.panel.locator("h1")).to_have_text("Enriching 317 rows")


def test_the_keyboard_selects(sandbox):
    sandbox.cell(2, "A").click()
    sandbox.page.keyboard.press("Shift+ArrowDown")
    sandbox.page.keyboard.press("Shift+ArrowDown")
    sandbox.page.keyboard.press("Shift+ArrowRight")
    expect(sandbox.chip("A2:B4")).to_be_visible()
    sandbox.page.keyboard.press("Control+a")
    expect(sandbox.chip("A1:J321")).to_be_visible()


def test_an_empty_part_of_the_sheet_says_what_to_do(sandbox):
    sandbox.cell(3, "L").hover()
    sandbox.page.mouse.down()
    sandbox.cell(5, "M").hover()
    sandbox.cell(5, "M").hover()
    sandbox.page.mouse.up()
    expect(sandbox.panel.locator("h1")).to_have_text("Select the rows to enrich")


def test_hidden_rows_are_not_shown_and_the_panel_says_so(sandbox):
    sandbox.page.locator(".slick-viewport-top.slick-viewport-right").evaluate(
        "(view) => view.scrollTo(0, 38 * 27)"
    )
    expect(sandbox.row_number(40)).to_be_visible()
    expect(sandbox.row_number(44)).to_be_visible()
    expect(sandbox.row_number(41)).to_have_count(0)
    expect(sandbox.panel.get_by_text("3 hidden rows: left alone")).to_be_visible()


def test_typing_into_a_cell_changes_it(sandbox, mock):
    sandbox.cell(2, "A").click()
    sandbox.page.keyboard.type("Camilla")
    sandbox.page.keyboard.press("Enter")
    expect(sandbox.cell(2, "A")).to_have_text("Camilla")
    assert mock.documents["d1"].rows[2][0] == "Camilla"


def test_a_phone_number_that_is_typed_stays_as_it_is(sandbox, mock):
    sandbox.cell(2, "E").dblclick()
    sandbox.page.keyboard.press("Control+a")
    sandbox.page.keyboard.type("0612345678")
    sandbox.page.keyboard.press("Enter")
    expect(sandbox.cell(2, "E")).to_have_text("0612345678")
    assert mock.documents["d1"].rows[2][4] == "0612345678"


def test_an_editor_begins_with_what_the_cell_holds(sandbox, mock):
    sandbox.cell(2, "B").dblclick()
    expect(sandbox.page.locator("input.editor-text")).to_have_value("DUPONT")
    sandbox.page.keyboard.press("End")
    sandbox.page.keyboard.type("EL")
    sandbox.page.keyboard.press("Enter")
    expect(sandbox.cell(2, "B")).to_have_text("DUPONTEL")


def test_a_formula_cannot_be_typed_over(sandbox):
    sandbox.cell(7, "C").dblclick()
    expect(sandbox.page.locator("input.editor-text")).to_have_count(0)


def test_delete_empties_what_is_selected(sandbox, mock):
    sandbox.cell(2, "A").click()
    sandbox.page.keyboard.press("Shift+ArrowDown")
    sandbox.page.keyboard.press("Delete")
    expect(sandbox.cell(3, "A")).to_have_text("")
    assert [mock.documents["d1"].rows[row][0] for row in (1, 2, 3, 4)] == ["First name", None, None, "EMMA"]


def test_sorting_keeps_the_header_on_top(sandbox):
    sandbox.cell(4, "B").click()
    sandbox.press("Sort Z to A")
    expect(sandbox.cell(2, "B")).to_have_text("Van den Berg")
    expect(sandbox.cell(1, "B")).to_have_text("Last name")


def test_rows_are_inserted_and_deleted(sandbox, mock):
    sandbox.cell(3, "A").click()
    sandbox.press("Insert row")
    expect(sandbox.cell(3, "A")).to_have_text("")
    expect(sandbox.cell(4, "A")).to_have_text("Jürgen")
    sandbox.row_number(2).click()
    sandbox.row_number(3).click(modifiers=["Shift"])
    sandbox.press("Delete rows")
    expect(sandbox.cell(2, "A")).to_have_text("Jürgen")
    assert len(mock.documents["d1"].order) == 320


def test_the_right_button_opens_a_menu_that_the_keyboard_can_use(sandbox):
    sandbox.cell(4, "B").click(button="right")
    expect(sandbox.page.get_by_role("menuitem").first).to_be_focused()
    sandbox.page.keyboard.press("ArrowDown")
    sandbox.page.keyboard.press("Escape")
    expect(sandbox.page.get_by_role("menu")).to_have_count(0)


def test_the_right_button_acts_on_the_cell_below_it(sandbox):
    sandbox.header("A").click()
    sandbox.cell(4, "B").click(button="right")
    expect(sandbox.page.locator("#formula .cell")).to_have_text("B4")
    sandbox.page.get_by_role("menuitem", name="Sort Z to A").click()
    expect(sandbox.cell(2, "B")).to_have_text("Van den Berg")


def test_an_own_list_can_be_opened_and_taken_away(sandbox):
    sandbox.page.locator("input[type=file]").set_input_files(
        {"name": "own.csv", "mimeType": "text/csv", "buffer": b"Name,City\nAda,London\nBo,Lund\n"}
    )
    expect(sandbox.chip("A1:B3 · 2 rows")).to_be_visible()
    with sandbox.page.expect_download() as download:
        sandbox.page.get_by_role("link", name="Download").click()
    assert "Ada,London" in download.value.path().read_text("utf-8")


def test_a_file_that_is_no_list_is_refused_in_one_sentence(sandbox):
    sandbox.page.locator("input[type=file]").set_input_files(
        {"name": "own.xlsx", "mimeType": "application/zip", "buffer": b"no"}
    )
    expect(sandbox.page.get_by_role("alert")).to_contain_text("This file is not a workbook.")
    sandbox.page.get_by_role("button", name="Dismiss").click()
    expect(sandbox.page.get_by_role("alert")).to_have_count(0)


def test_the_sample_list_comes_back(sandbox, mock):
    sandbox.cell(2, "A").click()
    sandbox.page.keyboard.press("Delete")
    expect(sandbox.cell(2, "A")).to_have_text("")
    sandbox.page.get_by_role("button", name="Start again with the sample list").click()
    expect(sandbox.cell(2, "A")).to_have_text("camille")
    assert set(mock.documents) == {"d1", "d2"}


def test_a_closed_panel_opens_again_on_the_selection(sandbox):
    sandbox.page.get_by_role("button", name="Close the panel").click()
    expect(sandbox.page.locator("#side")).to_be_hidden()
    sandbox.header("C").click()
    sandbox.press("Enrich selection")
    expect(sandbox.chip("C1:C321")).to_be_visible()


def test_an_example_leads_to_its_row(sandbox):
    sandbox.panel.get_by_role("button", name="Show row 39 in the sheet").click()
    expect(sandbox.row_number(39)).to_be_visible()
    expect(sandbox.row_number(39)).to_have_class(re.compile("lit"))


def test_an_edit_by_somebody_else_appears_and_does_not_close_an_editor(sandbox, mock):
    sandbox.cell(3, "A").dblclick()
    with mock.lock:
        mock.documents["d1"].put(2, 1, "DURAND")
        mock.documents["d1"].put(3, 1, "Maier")
        mock.documents["d1"].revision += 1
    expect(sandbox.cell(2, "B")).to_have_text("DURAND")
    expect(sandbox.page.locator("input.editor-text")).to_be_focused()


@pytest.mark.parametrize("query", ["", "?theme=dark&language=fr&lab=1"])
def test_the_page_is_accessible(page, mock, query):
    sandbox = Sandbox(page, mock.url, query)
    assert violations(sandbox.page) == ""


@pytest.mark.parametrize("failure", ["offline", "slow", "signed_out", "quota", "broken"])
def test_a_designer_can_make_it_fail_and_a_person_can_recover(page, mock, failure):
    sandbox = Sandbox(page, mock.url, "?lab=1")
    page.get_by_label("Make it fail").select_option(failure)
    sandbox.header("D").click()
    if failure != "slow":
        expect(sandbox.panel.get_by_role("alert")).to_be_visible(timeout=20_000)
        page.get_by_label("Make it fail").select_option("none")
        sandbox.panel.get_by_role("button", name="Try again").click()
    expect(sandbox.panel.get_by_role("button", name=re.compile("Enrich [0-9]+ rows"))).to_be_visible()
