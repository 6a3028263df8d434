"""``enrich SHEET_URL``: the same run, in a Google sheet that was shared with the operator's account.

It is looked at without leaving a mark; what would be refused after the work is asked for before it.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from addon_backend.commands.entrance import DONE, FAILED, INTERRUPTED, USAGE, say, stderr, tell
from addon_backend.commands.watching import (
    agreed,
    at_terminal,
    exit_code,
    failure_of,
    print_preview,
    promise,
    report_of,
    usable_recipe,
    watch,
)
from addon_backend.domain.errors import (
    AddonError,
    CellsProtected,
    HostNotConfigured,
    HostTrouble,
    NothingToDo,
    NothingToResume,
    NothingToUndo,
    SheetNotShared,
)
from addon_backend.domain.recipes import recipe_named
from addon_backend.domain.runs import CELLS_PROTECTED, HOST_TROUBLE, OWNERLESS
from addon_backend.domain.sheet import parse_a1
from addon_backend.domain.sheet_address import parse_sheet_address
from addon_backend.services.runs.control import go_on
from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.history import open_run, standing_run
from addon_backend.services.runs.selection.preview import preview
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.start import start
from addon_backend.services.runs.views import StartOrder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.shared_sheets import SharedSheets, SharedTab
    from addon_backend.services.house import House
    from addon_backend.services.runs.selection.views import Preview, Selection
    from addon_backend.services.runs.views import RunView

Report = dict[str, object]


@dataclass(frozen=True, slots=True)
class SheetWish:
    """What was asked for on the command line. A tab or a range of its own counts before the address's."""

    address: str
    sheet: str | None
    range: str | None
    recipe: str
    limit: int | None
    yes: bool

    def check(self) -> None:
        """Refuse at once what needs no look. Raises `SheetAddressWrong`, `RangeUnclear`, `RecipeUnknown`."""
        parse_sheet_address(self.address)
        recipe_named(self.recipe)
        if self.range:
            parse_a1(self.range)


def look_at_sheet(house: House, caller: Caller, wish: SheetWish) -> Report:
    """Show what a run would do; a sheet that is shared for reading will do."""
    with before_a_run():
        desk, tab = _found(house, wish)
        shown, _ = _preview(house, caller, wish, desk, tab)
    print_preview(shown)
    return promise(shown)


def enrich_sheet(
    house: House, caller: Caller, wish: SheetWish, *, resume: bool = False, takes_back: bool = False
) -> tuple[int, Report | None]:
    """Run and watch; with ``takes_back`` the newest run on the tab is undone. Returns exit code and report.

    The report is None where the person said no. Raises what `SharedSheets` raises, `SheetReadOnly` before
    anything is computed, `NothingToResume`, and what `undo` raises.
    """
    began = monotonic()
    with before_a_run():
        desk, tab = _found(house, wish)
        desk.check_writable(tab.ref)
    if resume:
        view = _open_run(house, caller, tab)
    elif takes_back:
        view = _undoing(house, caller, tab)
    else:
        with before_a_run():
            shown, selection = _preview(house, caller, wish, desk, tab)
        if not wish.yes and not agreed(shown):
            return DONE if at_terminal() else USAGE, None
        view = _start(house, caller, wish, shown, selection)
    try:
        view = watch(house, caller, view.id)
    except KeyboardInterrupt:
        say("Interrupted. What is done is in the sheet: give the same command again, with --resume.")
        return INTERRUPTED, None
    except AddonError:
        say("What is done is in the sheet: give the same command again, with --resume.")
        raise
    return _ended(desk, tab, view, monotonic() - began)


def found_tabs(house: House, address: str, sheet: str | None) -> tuple[SharedSheets, tuple[SharedTab, ...]]:
    """Return the tabs that an address names, or the one of this name; another name ends the command."""
    told = parse_sheet_address(address)
    desk = house.shared_sheets
    if desk is None:
        raise HostNotConfigured
    with stderr.status("Opening the sheet …"):
        tabs = desk.tabs(replace(told, sheet=None) if sheet else told)
    if sheet is None:
        return desk, tabs
    named = tuple(tab for tab in tabs if tab.title == sheet)
    if not named:
        there = ", ".join(tab.title for tab in tabs)
        raise click.ClickException(f"There is no sheet {sheet!r}. There are: {there}.")
    return desk, named


@contextmanager
def before_a_run() -> Iterator[None]:
    """Nobody tries again behind her back where no run has begun: the sentence says so."""
    try:
        yield
    except HostTrouble:
        raise HostTrouble(reason="before_run") from None


def looking(house: House, desk: SharedSheets) -> House:
    """Return the house as one that only looks at sheets, and asks their host before a run."""
    reader = desk.reader()
    return replace(house, host=lambda *_whose: reader, told_by_panel=frozenset())


def _found(house: House, wish: SheetWish) -> tuple[SharedSheets, SharedTab]:
    usable_recipe(house, recipe_named(wish.recipe))
    desk, tabs = found_tabs(house, wish.address, wish.sheet)
    return desk, tabs[0]


def _preview(
    house: House, caller: Caller, wish: SheetWish, desk: SharedSheets, tab: SharedTab
) -> tuple[Preview, Selection]:
    area = parse_a1(wish.range) if wish.range else parse_sheet_address(wish.address).range
    there = looking(house, desk)
    with stderr.status("Looking at the columns …"):
        selection = select(
            there, caller, tab.ref.host, tab.ref.document, sheet=tab.title, area=area, limit=wish.limit
        )
        return preview(there, caller, selection, recipe_named(wish.recipe)), selection


def _start(house: House, caller: Caller, wish: SheetWish, shown: Preview, selection: Selection) -> RunView:
    order = StartOrder(shown.quote_id, selection.sheet, selection.range, recipe_named(wish.recipe))
    key = uuid4().hex
    return start(house, caller, order, key, hashlib.sha256(key.encode()).hexdigest())[0]


def _open_run(house: House, caller: Caller, tab: SharedTab) -> RunView:
    found = open_run(house, caller, tab.ref)
    if found is None:
        raise NothingToResume
    return go_on(house, caller, found.id, None) if found.state == "parked" else found


def _undoing(house: House, caller: Caller, tab: SharedTab) -> RunView:
    found = standing_run(house, caller, tab.ref)
    if found is None:
        raise NothingToUndo
    return undo(house, caller, found.id, uuid4().hex)[0]


def _ended(desk: SharedSheets, tab: SharedTab, view: RunView, seconds: float) -> tuple[int, Report | None]:
    if view.state == "parked" and view.reason in OWNERLESS:
        account = desk.account()
        tell(SheetNotShared(**({"reason": "account", "account": account} if account else {})))
        say("What is done is in the sheet: share it again, and give the same command with --resume.")
        return FAILED, None
    if view.state == "parked" and view.reason == HOST_TROUBLE:
        tell(HostTrouble())
        say("What is done is in the sheet: give the same command with --resume once it answers.")
        return FAILED, None
    if view.state == "parked" and view.reason == CELLS_PROTECTED:
        tell(CellsProtected())
        say("Then give the same command with --resume.")
        return FAILED, None
    if view.state == "failed" and view.reason != NothingToDo.code:
        tell(failure_of(view))
        return FAILED, None
    if view.reason == NothingToDo.code:
        tell(NothingToDo())
    return exit_code(view), report_of(view, tab.address, seconds)
