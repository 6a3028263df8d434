"""What the terminal shows of a run: its price, how far it is, how it ended."""

from __future__ import annotations

import os
import sys
import threading
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

import click
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from addon_backend.commands.entrance import BUDGET, DECISIONS, DONE, say, stderr
from addon_backend.domain.errors import (
    AddonError,
    CellsProtected,
    ColumnsProtected,
    HostRefused,
    NothingToRead,
    RangeOutside,
    SelectionEmpty,
    SheetFull,
    SheetProtected,
    SheetUnknown,
)
from addon_backend.domain.facts import Outcome
from addon_backend.domain.recipes import RECIPES, Recipe
from addon_backend.services.runs.status import run_view
from addon_backend.services.runs.work import advance

if TYPE_CHECKING:
    from addon_backend.domain.workspaces import Caller
    from addon_backend.services.house import House
    from addon_backend.services.runs.selection.views import Preview
    from addon_backend.services.runs.views import RunView

LOOK_SECONDS = 0.5
LINE_SECONDS = 1.0
FINAL = ("finished", "stopped", "failed")
_MODES = {"new_column": "new column", "in_place": "in place", "fill_empty": "blank cells only"}


def at_terminal() -> bool:
    """Tell whether there is somebody to ask."""
    return sys.stdin.isatty()


def agreed(shown: Preview) -> bool:
    """Show the price and ask; without anybody there to ask, the answer is no."""
    print_preview(shown)
    if not at_terminal():
        say("Nobody is here to ask: add --yes to run without asking.")
        return False
    return click.confirm("Go ahead?", default=True, err=True)


def print_preview(shown: Preview) -> None:
    """Show on stderr what a run would do, and its price."""
    say(f"{shown.rows:,} rows. {shown.headline}")
    for step in shown.steps:
        say(f"  {step.label}: {step.count:,}  ({_MODES.get(step.mode, step.mode)})")
    for line in shown.preflight:
        say(f"  {line.sentence}")
    price = f"up to {shown.price.credits:,} credits" if shown.price.credits else "free"
    say(f"Price: {price}")


def usable_recipe(house: House, recipe: Recipe) -> None:
    """Say which recipes there are, to who named one that asks a source which is not set up here."""
    if any(source not in house.sources for source in recipe.sources):
        free = [name for name, one in RECIPES.items() if not one.sources]
        raise click.UsageError(
            f"{recipe.name!r} asks a paid source, and none is set up here. Choose one of: {', '.join(free)}."
        )


def watch(house: House, caller: Caller, run_id: str) -> RunView:
    """Do the run's work in this process too, beside any workers, and show how far it is."""
    over = threading.Event()
    troubles: list[Exception] = []
    worker = f"enrich:{os.getpid()}:{uuid4().hex[:8]}"
    thread = threading.Thread(target=_work, args=(house, worker, over, troubles), name="work", daemon=True)
    thread.start()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    try:
        lines = _Lines(shown=not stderr.is_terminal)
        with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as progress:
            task = progress.add_task("Enriching", total=1.0)
            while not troubles:
                view = run_view(house, caller, run_id)
                progress.update(task, completed=view.fraction, description=view.sentence)
                lines.tell(view)
                if view.state in (*FINAL, "parked"):
                    return view
                over.wait(LOOK_SECONDS)
            raise troubles[0]
    finally:
        over.set()
        thread.join()


class _Lines:
    """Progress where there is no terminal to draw in: a line a second."""

    def __init__(self, *, shown: bool) -> None:
        self._shown = shown
        self._began = self._at = monotonic()

    def tell(self, view: RunView) -> None:
        now = monotonic()
        if self._shown and now - self._at >= LINE_SECONDS:
            self._at = now
            say(f"{view.fraction:4.0%}  {view.sentence}  {now - self._began:.0f} s")


def _work(house: House, worker: str, over: threading.Event, troubles: list[Exception]) -> None:
    """Work until told otherwise. What no worker can go on after (a full disk) is handed to who watches."""
    try:
        while not over.is_set():
            if not advance(house, worker, over.is_set, budget_seconds=30.0):
                over.wait(0.1)
    except Exception as trouble:  # noqa: BLE001 - raised again by the one who watches
        troubles.append(trouble)
        over.set()


def exit_code(view: RunView) -> int:
    """Return how the command ends for a run that wrote what it could."""
    if view.reason == "budget_reached" or any(
        reason.code == "budget"
        for output in view.outputs
        for reasons in output.reasons.values()
        for reason in reasons
    ):
        return BUDGET
    return DECISIONS if view.decisions else DONE


def report_of(view: RunView, output: object, seconds: float) -> dict[str, object]:
    """Return the documented report; ``output`` is where the result is."""
    return {
        "run": view.id,
        "rows": view.rows,
        "columns_added": [output.header for output in view.outputs if output.letter is None],
        "cells": {outcome.value: view.counts.get(outcome.value, 0) for outcome in Outcome},
        "credits": view.money.spent,
        "seconds": round(seconds, 2),
        "output": str(output),
    }


def promise(shown: Preview) -> dict[str, object]:
    """Return the report of a run that did not take place: what it would write, and for how much at most."""
    return {
        "run": None,
        "rows": shown.rows,
        "columns_added": [step.header for step in shown.steps if step.mode in {"beside", "new_column"}],
        "cells": {outcome.value: 0 for outcome in Outcome}
        | {Outcome.WRITTEN.value: sum(step.count for step in shown.steps)},
        "credits": shown.price.credits,
        "seconds": 0.0,
        "output": None,
    }


def print_report(report: dict[str, object]) -> None:
    """Say on stdout what was done."""
    cells = report["cells"]
    if isinstance(cells, dict):
        counted = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in cells.items() if count)
        click.echo(f"{report['rows']:,} rows: {counted or 'nothing to do'}.")
    click.echo(f"Result: {report['output']}")


_ENDS: tuple[type[AddonError], ...] = (
    SelectionEmpty,
    NothingToRead,
    RangeOutside,
    SheetFull,
    SheetProtected,
    ColumnsProtected,
    CellsProtected,
    HostRefused,
    SheetUnknown,
)


def failure_of(view: RunView) -> AddonError:
    """Return the error that ended a run, for its sentence."""
    return next((kind() for kind in _ENDS if kind.code == view.reason), AddonError())
