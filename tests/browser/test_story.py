"""The whole story on the real site: from a messy list to a clean one, without an account."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.live import live_app
from tests.browser.placement import misplaced
from tests.browser.sandbox import Sandbox

pytestmark = pytest.mark.timeout(300)  # a site starts, and real runs go through it

PUT_BACK = re.compile(r"^[\d,]+ cells? put back$")
DONE = re.compile(r"^[\d,]+ cells? filled$")


@pytest.fixture(scope="module")
def site(chromium, tmp_path_factory):
    """The address of the real site."""
    with live_app(tmp_path_factory.mktemp("site")) as url:
        yield url


@pytest.fixture
def sandbox(page, site):
    """The sandbox on a fresh sample list."""
    sandbox = Sandbox(page, site)
    with page.expect_response(lambda reply: reply.url.endswith("/v1/runs/preview")):
        page.get_by_role("button", name="Start again with the sample list").click()
    sandbox.panel.locator("main[aria-busy=false] .examples").wait_for()
    return sandbox


def table(sandbox):
    """Return the sheet as the server has it: its header, and its rows as dicts."""
    document = sandbox.page.request.get(f"{sandbox.url}/sandbox/documents").json()["documents"][0]
    seen = sandbox.page.request.get(
        f"{sandbox.url}/sandbox/documents/{document['id']}/sheets/{document['sheets'][0]['id']}/rows"
    ).json()
    rows = sorted(seen["rows"], key=lambda row: row["position"])
    header, *body = [row["cells"] for row in rows]
    return header, [dict(zip(header, row, strict=True)) for row in body]


def press(sandbox, name):
    sandbox.panel.get_by_role("button", name=name).click()


def test_one_press_gives_a_clean_list_that_explains_itself(sandbox):
    before, untouched = table(sandbox)
    press(sandbox, re.compile(r"^Enrich \d+ rows$"))
    expect(sandbox.panel.locator("h1")).to_have_text(DONE, timeout=60_000)
    after, rows = table(sandbox)
    assert after[: len(before)] == before
    assert len(after) > len(before)
    assert misplaced(rows) == []
    assert sum(row["Phone (clean)"] is not None for row in rows) > 100
    scores = [int(text) for text in re.findall(r"\d+", sandbox.panel.locator(".score .unseen").inner_text())]
    assert scores[1] > scores[0]

    letters = sandbox.page.locator(".slick-header-column")
    expect(letters.nth(after.index("Phone (clean)") + 1)).to_have_class(re.compile("added"))
    at = next(place for place, row in enumerate(rows) if row["Phone (clean)"])
    sandbox.cell(at + 2, letters.nth(after.index("Phone (clean)") + 1).inner_text()).click()
    press(sandbox, "Explain selected cell")
    explained = sandbox.panel.locator(".explain article").first
    expect(explained).to_contain_text("Phone (clean)")
    expect(explained).to_contain_text(rows[at]["Phone (clean)"])

    press(sandbox, re.compile("^Undo until "))
    expect(sandbox.panel.locator("h1")).to_have_text(PUT_BACK, timeout=60_000)
    header, rows_back = table(sandbox)
    assert header == before + [None] * (len(after) - len(before))
    assert rows_back == [row | {None: None} for row in untouched]
    press(sandbox, re.compile("^Redo until "))
    expect(sandbox.panel.get_by_role("button", name=re.compile("^Undo until "))).to_be_visible(timeout=60_000)
    assert table(sandbox) == (after, rows)

    sandbox.panel.get_by_role("button", name="Selection").click()
    sandbox.panel.get_by_role("button", name="History").click()
    expect(sandbox.panel.locator(".history li")).to_have_count(3)


def test_decisions_are_shown_set_and_taken_back_and_clean_values_go_in_place(sandbox):
    press(sandbox, re.compile(r"^Enrich \d+ rows$"))
    expect(sandbox.panel.locator("h1")).to_have_text(DONE, timeout=60_000)
    header, rows = table(sandbox)
    press(sandbox, re.compile(r"^\d+ decisions settle [\d,]+ rows$"))
    expect(sandbox.panel.locator("h1")).to_have_text(re.compile(r"^\d+ decisions settle [\d,]+ rows$"))
    first = sandbox.panel.locator(".decisions li").first
    offered = first.locator("ins").inner_text()
    column = first.locator(".strong").inner_text()
    count = int(re.findall(r"\d+", first.locator(".between .link").inner_text())[0])
    first.locator(".between .link").click()
    expect(sandbox.page.locator(".slick-cell.selected").first).to_be_visible()
    first.locator(".take").click()
    expect(sandbox.panel.locator(".calm")).to_contain_text(
        re.compile(rf"^\s*{count} cells? set"), timeout=60_000
    )
    _, decided = table(sandbox)
    changed = [now[column] for was, now in zip(rows, decided, strict=True) if was != now]
    assert changed == [offered] * count
    sandbox.panel.locator(".calm .link").click()
    expect(sandbox.panel.locator(".calm")).to_contain_text("put back", timeout=60_000)
    assert table(sandbox) == (header, rows)

    press(sandbox, "Back to the results")
    press(sandbox, "Phone (clean)")
    expect(sandbox.panel.locator("h1")).to_contain_text("put in place", timeout=60_000)
    swapped, after = table(sandbox)
    assert "Phone (clean)" not in swapped
    clean = [(row["Phone"], was["Phone (clean)"]) for row, was in zip(after, rows, strict=True)]
    assert all(now == put for now, put in clean if put)


def test_a_sort_in_the_middle_of_a_run_misplaces_nothing(sandbox):
    press(sandbox, re.compile(r"^Enrich \d+ rows$"))
    expect(sandbox.panel.locator("progress")).to_be_visible()
    sandbox.cell(2, "A").click()
    sandbox.press("Sort Z to A")
    expect(sandbox.panel.locator("h1")).to_have_text(DONE, timeout=60_000)
    _, rows = table(sandbox)
    assert misplaced(rows) == []


def test_a_priced_run_tries_fifty_rows_and_never_spends_above_the_ceiling(sandbox):
    sandbox.panel.get_by_text("Change", exact=True).click()
    sandbox.panel.get_by_label("What to do").select_option("complete")
    press(sandbox, "Try 50 rows")
    expect(sandbox.panel.locator("h1")).to_have_text("50 rows are ready", timeout=60_000)
    ceiling = sandbox.panel.get_by_label("Spend at most")
    spent = int(re.findall(r"\d+", sandbox.panel.locator("form .price").inner_text())[0])
    assert 0 < spent < int(ceiling.input_value())
    ceiling.fill(str(spent + 10))
    press(sandbox, re.compile("^Continue with the other"))
    expect(sandbox.panel.locator("h1")).to_contain_text(re.compile("filled|ceiling"), timeout=60_000)
    document = sandbox.page.request.get(f"{sandbox.url}/sandbox/documents").json()["documents"][0]["id"]
    ticket = sandbox.page.request.post(f"{sandbox.url}/sandbox/ticket", headers={"X-Sandbox": "1"}).json()[
        "ticket"
    ]
    runs = sandbox.page.request.get(
        f"{sandbox.url}/v1/runs?document={document}", headers={"Authorization": f"Bearer {ticket}"}
    ).json()["runs"]
    assert spent <= runs[0]["credits"] <= spent + 10


def test_a_run_goes_on_without_its_panel(sandbox, site):
    press(sandbox, re.compile(r"^Enrich \d+ rows$"))
    expect(sandbox.panel.locator("progress")).to_be_visible()
    sandbox.page.goto("about:blank")
    again = Sandbox(sandbox.page, site)
    expect(again.panel.locator("h1")).not_to_have_text("Reading your selection")
    again.panel.get_by_role("button", name=re.compile("History|Selection")).first.wait_for()
    if again.panel.locator("progress").count():
        expect(again.panel.locator("h1")).to_have_text(DONE, timeout=60_000)
    _, rows = table(again)
    assert sum(row["Phone (clean)"] is not None for row in rows) > 100


def test_rows_added_since_are_run_alone(sandbox, site):
    """A sheet known from before opens on its new rows; the others are not touched."""
    press(sandbox, re.compile(r"^Enrich \d+ rows$"))
    expect(sandbox.panel.locator("h1")).to_have_text(DONE, timeout=60_000)
    header, before = table(sandbox)
    add_rows(sandbox, header, before[:3])

    again = Sandbox(sandbox.page, site)
    button = again.panel.get_by_role("button", name="Enrich 3 new rows")
    expect(button).to_be_visible()
    button.click()
    expect(again.panel.locator("h1")).to_have_text(DONE, timeout=60_000)

    after_header, after = table(again)
    assert after_header == header
    assert after[:-3] == before
    assert any(row["Phone (clean)"] for row in after[-3:])
    assert misplaced(after) == []
    again = Sandbox(sandbox.page, site)
    expect(again.panel.get_by_role("button", name=re.compile(r"new rows?$"))).to_have_count(0)


def add_rows(sandbox, header, likes):
    """Let a person type rows below the list: the first columns of these rows, each with a sign of its own."""
    request, headers = sandbox.page.request, {"X-Sandbox": "1"}
    document = request.get(f"{sandbox.url}/sandbox/documents").json()["documents"][0]
    path = f"{sandbox.url}/sandbox/documents/{document['id']}/sheets/{document['sheets'][0]['id']}"
    seen = request.get(f"{path}/rows?top=0&bottom=1").json()
    end = seen["rows_total"]
    assert request.post(f"{path}/insert", headers=headers, data={"position": end, "count": len(likes)}).ok
    added = request.get(f"{path}/rows?top={end}&bottom={end + len(likes)}").json()["rows"]
    hers = header.index("Phone (clean)")
    changes = [
        {"row": row["id"], "column": column["id"], "value": typed(like.get(name), number)}
        for number, (row, like) in enumerate(zip(added, likes, strict=True))
        for column, name in list(zip(seen["columns"], header, strict=True))[:hers]
        if typed(like.get(name), number) is not None
    ]
    assert request.post(f"{path}/edit", headers=headers, data={"changes": changes}).ok


def typed(value, number):
    """Return a text like another one: names get a letter more; dates and numbers are left out."""
    if not isinstance(value, str):
        return None
    return value if re.search(r"[@\d]", value) else value + "xyz"[number]


def test_stop_stops(sandbox):
    press(sandbox, re.compile(r"^Enrich \d+ rows$"))
    stop = sandbox.panel.get_by_role("button", name="Stop")
    stop.click()
    expect(sandbox.panel.locator("h1")).to_have_text(re.compile("filled"), timeout=60_000)
