"""The panel alone in a window: the window is its own host, and each view is a few presses away."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy

from playwright.sync_api import Page

from tests.front.mock_list import messy
from tests.front.mock_server import Mock

HOST = """
if (window === top && location.pathname === "/panel") {
  const answers = {
    ticket: () => ({ ticket: "ticket", expires_in: 3600, language: "en" }),
    getSelection: async () => (await hostHas()).selection,
    session: () => ({ id_token: "of Google" }),
    readSelection: async () => (await hostHas()).selection,
    readTyped: async () => (await hostHas()).selection,
    readTable: async () => (await hostHas()).table,
    runMoved: () => null,
    showRows: () => null,
  };
  window.addEventListener("message", async ({ data, origin }) => {
    if (origin !== location.origin || !data.call) return;
    const { problem } = await hostHas();
    const fails = problem && data.call === "readSelection";
    const answer = fails ? { problem } : { value: await answers[data.call](...data.values) };
    window.postMessage({ mark: data.mark, reply: data.id, ...answer }, origin);
  });
}
"""
_has: dict[str, object] = {}


def be_host(page: Page) -> None:
    """Let the window of a page be the host of its own panel: it has what `open_panel` says."""
    page.expose_function("hostHas", lambda: _has)
    page.add_init_script(HOST)


def open_panel(
    page: Page,
    mock: Mock,
    language: str = "en",
    *,
    empty: bool = False,
    host: str = "sandbox",
    problem: Mapping[str, object] | None = None,
) -> None:
    """Open the panel with the mock's list selected, or nothing; wait until it has read it, or failed to."""
    rows = messy(mock.rows)
    selection = {
        "sheet": {"host": "local", "document": "d1", "sheet": "s1"},
        "title": "Contacts",
        "range": f"A1:J{len(rows)}",
        "rows": len(rows),
        "hidden_rows": 3,
        "protected": False,
        "cell": "K2",
        "grown": False,
    }
    columns = [{"index": i, "values": [row[i] for row in rows], "obstacles": {}} for i in range(len(rows[0]))]
    table = {"top": 0, "rows_total": len(rows), "sampled": False, "columns": columns}
    _has.update(selection=None if empty else selection, table=table, problem=problem)
    page.goto(f"{mock.url}/panel?host={host}&language={language}&parent={mock.url}&theme=system")
    page.locator("main[aria-busy=false] h1").wait_for()


def start(page: Page, mock: Mock, language: str) -> None:
    """Show what would change."""
    open_panel(page, mock, language)
    page.locator("button.primary").wait_for()


def change(page: Page, mock: Mock, language: str) -> None:
    """Show everything that can be set, with the reasons of the examples."""
    start(page, mock, language)
    page.locator("[aria-pressed]").click()
    page.locator("summary").click()
    page.locator("#recipe").wait_for()


def priced(page: Page, mock: Mock, language: str) -> None:
    """Show a run that costs."""
    mock.credits = 180
    start(page, mock, language)
    page.locator("button.second").first.wait_for()


def nothing(page: Page, mock: Mock, language: str) -> None:
    """Show an empty selection."""
    open_panel(page, mock, language, empty=True)


def problem(page: Page, mock: Mock, language: str) -> None:
    """Show a problem in its longest words."""
    mock.problem = {
        "status": 409,
        "code": "quote_mismatch",
        "title": "La sélection a changé depuis l’affichage du prix.",
        "detail": "Consultez le nouveau prix et relancez.",
    }
    open_panel(page, mock, language)
    page.locator("[role=alert]").wait_for()


def running(page: Page, mock: Mock, language: str) -> None:
    """Show a run that has come some way and then rests for the picture."""
    mock.seconds, mock.credits = 4000.0, 180
    start(page, mock, language)
    page.locator("button.second").last.click()
    page.locator("progress").wait_for()
    mock.runs["r1"].began -= 1500
    page.locator("ul.outputs li").first.wait_for()


def stopping(page: Page, mock: Mock, language: str) -> None:
    """Show a run that was stopped while a source was asked."""
    running(page, mock, language)
    mock.runs["r1"].state, mock.runs["r1"].version = "stopping", 99
    page.get_by_text(re.compile("Already on their way|Déjà en route")).wait_for(timeout=30_000)


def parked(page: Page, mock: Mock, language: str) -> None:
    """Show a run that waits after its trial, with something to decide already."""
    mock.seconds, mock.credits, mock.undecided = 0.1, 180, True
    start(page, mock, language)
    page.locator("button.primary").click()
    page.locator("input[name=most]").wait_for()


def results(page: Page, mock: Mock, language: str) -> None:
    """Show what a run did, what it left to decide, and why one cell holds what it holds."""
    mock.seconds, mock.undecided = 0.1, True
    start(page, mock, language)
    page.locator("button.primary").click()
    page.locator(".score").wait_for()
    page.locator(".explain > button").click()
    page.locator(".explain article").wait_for()


def decisions(page: Page, mock: Mock, language: str) -> None:
    """Show what a run left open, one group row by row, after one answer."""
    mock.undecided, mock.seconds = True, 0.1
    start(page, mock, language)
    page.locator("button.primary").click()
    page.locator("button.go").click()
    page.locator(".decisions li").nth(2).wait_for()
    page.locator(".decisions li .take").last.click()
    page.locator(".calm .link").wait_for()
    page.locator(".decisions p > .link").first.click()
    page.locator(".decisions p > .link").nth(1).click()
    page.locator(".decisions .one").wait_for()


def decided(page: Page, mock: Mock, language: str) -> None:
    """Show a list on which nothing is left."""
    decisions(page, mock, language)
    page.locator("button.second").last.click()
    page.locator(".decisions").wait_for(state="detached")


def swapped(page: Page, mock: Mock, language: str) -> None:
    """Show what a swap did."""
    mock.seconds = 0.1
    start(page, mock, language)
    page.locator("button.primary").click()
    page.locator(".swaps button").first.click()
    page.locator(".swaps").wait_for(state="detached")
    page.locator("footer button.primary").wait_for()


def undone(page: Page, mock: Mock, language: str) -> None:
    """Show what an undo put back."""
    results(page, mock, language)
    page.locator("button.second").last.click()
    page.locator(".reasons", has_text=re.compile("edited|modifiée")).wait_for()


def new_rows(page: Page, mock: Mock, language: str) -> None:
    """Show the new rows of a list that was run before."""
    mock.new_rows = (212, "A110:J321")
    start(page, mock, language)


def new_among(page: Page, mock: Mock, language: str) -> None:
    """Show a list that was run before, with new rows among the others."""
    mock.new_rows = (3, None)
    start(page, mock, language)


def _ownerless(page: Page, mock: Mock, language: str, *, mine: bool) -> None:
    mock.seconds = 4000.0
    start(page, mock, language)
    page.locator("button.primary").click()
    page.locator("progress").wait_for()
    mock.runs["r1"].lose_owner(mine=mine)
    page.locator("progress").wait_for(state="detached")


def ownerless(page: Page, mock: Mock, language: str) -> None:
    """Show her own run, whose file she can no longer open."""
    _ownerless(page, mock, language, mine=True)


def take_over(page: Page, mock: Mock, language: str) -> None:
    """Show a colleague's run that needs somebody who can open its file."""
    _ownerless(page, mock, language, mine=False)


def unread(page: Page, mock: Mock, language: str) -> None:
    """Show the badge of a run that ended while she was away."""
    results(page, mock, language)
    mock.runs["r1"].unseen = True
    open_panel(page, mock, language)
    page.locator(".unread").wait_for()


def come_back(page: Page, mock: Mock, language: str) -> None:
    """Show runs that ended while she was away, hers and a colleague's."""
    results(page, mock, language)
    for name, mine in (("r2", True), ("r3", False)):
        mock.runs[name] = copy(mock.runs["r1"])
        mock.runs[name].id, mock.runs[name].unseen, mock.runs[name].mine = name, mine, mine
    open_panel(page, mock, language)
    page.locator(".unread").wait_for()
    page.locator("nav button").click()
    page.locator(".fresh").wait_for()


def history(page: Page, mock: Mock, language: str) -> None:
    """Show two runs of the document."""
    parked(page, mock, language)
    page.locator("nav button").click()
    page.locator("button.primary").wait_for()
    page.locator("nav button").click()
    page.locator(".history li").first.wait_for()


def google_nothing(page: Page, mock: Mock, language: str) -> None:
    """Show an empty selection in Google Sheets, where a range can be typed."""
    open_panel(page, mock, language, empty=True, host="google")


def google_parts(page: Page, mock: Mock, language: str) -> None:
    """Show a selection that is not one block."""
    open_panel(page, mock, language, host="google", problem={"code": "selection_parts"})


def google_typed(page: Page, mock: Mock, language: str) -> None:
    """Show what would change in a range that was typed."""
    google_parts(page, mock, language)
    page.locator("#range").fill("Contacts!A1:J321")
    page.locator("form button").click()
    page.locator(".known").wait_for()


def google_account(page: Page, mock: Mock, language: str) -> None:
    """Show that Google runs the add-on as somebody else."""
    facts = {"sheet": "zoe.vandenberghe@work.example", "script": "zoe@home.example"}
    told = {"code": "wrong_account", "facts": facts, "link": "https://docs.google.com/"}
    open_panel(page, mock, language, host="google", problem=told)


def google_other_account(page: Page, mock: Mock, language: str) -> None:
    """Show the same where that account cannot say its name."""
    told = {
        "code": "other_account",
        "facts": {"sheet": "zoe@work.example"},
        "link": "https://docs.google.com/",
    }
    open_panel(page, mock, language, host="google", problem=told)


def google_consent(page: Page, mock: Mock, language: str) -> None:
    """Show the first press on Enrich in Google Sheets."""
    mock.consent["connected"] = False
    open_panel(page, mock, language, host="google")
    page.locator("button.primary").click()
    page.locator("a.primary").wait_for()


def google_consent_again(page: Page, mock: Mock, language: str) -> None:
    """Show that the consent has ended, in long words."""
    mock.consent["problem"] = {
        "code": "consent_ended",
        "title": "Votre autorisation chez Google a pris fin.",
        "detail": "Autorisez de nouveau, et laissez chaque case cochée.",
    }
    google_consent(page, mock, language)


def google_choosing(page: Page, mock: Mock, language: str) -> None:
    """Show that she has agreed, and must choose this file before her first run."""
    mock.consent["opens"] = False
    open_panel(page, mock, language, host="google")
    page.locator("footer button.primary").click()
    page.locator(".waiting").wait_for()


def _google_waiting(page: Page, mock: Mock, language: str, reason: str) -> None:
    mock.seconds = 4000.0
    open_panel(page, mock, language, host="google")
    page.locator("button.primary").click()
    page.locator("progress").wait_for()
    mock.runs["r1"].lose_owner(mine=True, reason=reason)
    page.locator("progress").wait_for(state="detached")


def google_file(page: Page, mock: Mock, language: str) -> None:
    """Show a run whose file was not chosen at Google yet."""
    _google_waiting(page, mock, language, "needs_owner")


def silent_host(page: Page, mock: Mock, language: str) -> None:
    """Show a run whose spreadsheet has not answered for an hour."""
    _google_waiting(page, mock, language, "host_trouble")


def protected_cells(page: Page, mock: Mock, language: str) -> None:
    """Show a run whose values were sorted into cells that somebody has protected."""
    _google_waiting(page, mock, language, "cells_protected")


def google_unconnected(page: Page, mock: Mock, language: str) -> None:
    """Show a run that lost the consent, when she presses Go on."""
    _google_waiting(page, mock, language, "needs_consent")
    mock.consent["connected"] = False
    page.locator("button.primary").click()
    page.locator("a.primary").wait_for()


def google_history(page: Page, mock: Mock, language: str) -> None:
    """Show past runs in Google Sheets, where what was allowed can be taken back."""
    open_panel(page, mock, language, host="google")
    page.locator("nav button").click()
    page.locator("main .link.small").wait_for()  # what could be explained before is a link too


VIEWS: dict[str, Callable[[Page, Mock, str], None]] = {
    view.__name__: view
    for view in (
        *(start, change, priced, nothing, problem, running, stopping, parked, results, undone, history),
        *(new_rows, new_among, ownerless, take_over, unread, come_back),
        *(decisions, decided, swapped),
        *(google_nothing, google_parts, google_typed, google_account, google_other_account),
        *(
            google_consent,
            google_consent_again,
            google_choosing,
            google_file,
            google_unconnected,
            google_history,
            silent_host,
            protected_cells,
        ),
    )
}
