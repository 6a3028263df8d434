"""``enrich FILE``: the same run as in the panel, on a file, watched from the terminal."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

import click
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from addon_backend.commands.entrance import (
    BUDGET,
    DECISIONS,
    DONE,
    FAILED,
    INTERRUPTED,
    USAGE,
    json_option,
    local_caller,
    open_house,
    say,
    settings,
    sheet_option,
    sheet_titles,
    stderr,
    tell,
    told_plainly,
)
from addon_backend.domain.errors import (
    AddonError,
    FileUnknown,
    NothingToDo,
    NothingToRead,
    NothingToResume,
    OutputExists,
    RangeOutside,
    SelectionEmpty,
    SheetFull,
    SheetProtected,
    SheetUnknown,
)
from addon_backend.domain.facts import Outcome
from addon_backend.domain.recipes import RECIPES, Recipe, recipe_named
from addon_backend.domain.sheet import parse_a1
from addon_backend.services.runs.control import go_on
from addon_backend.services.runs.history import undelivered_run
from addon_backend.services.runs.selection.preview import preview
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.start import start
from addon_backend.services.runs.status import run_view
from addon_backend.services.runs.views import StartOrder
from addon_backend.services.runs.work import advance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.documents import StoredDocument
    from addon_backend.ports.workbooks import ExportedFile
    from addon_backend.services.house import House
    from addon_backend.services.runs.selection.views import Preview, Selection
    from addon_backend.services.runs.views import RunView

LOOK_SECONDS = 0.5
LINE_SECONDS = 1.0
FINAL = ("finished", "stopped", "failed")
_MODES = {"new_column": "new column", "in_place": "in place", "fill_empty": "blank cells only"}
WORKBOOKS = frozenset({"xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls"})
LISTS = frozenset({"csv", "tsv", "tab", "txt"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line; without ``out`` the result lies beside the file."""

    file: Path
    sheet: str | None
    range: str | None
    recipe: str
    out: Path | None
    limit: int | None
    yes: bool


@click.command("enrich")
@click.argument("file", type=click.Path(path_type=Path))
@sheet_option
@click.option("--range", "area", metavar="A1", help="Only these cells, such as A1:F200.")
@click.option(
    "--recipe", default="standard", show_default=True, help="standard, clean, or complete (sandbox)."
)
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), help="Where the result goes; FILE.enriched if left out."
)
@click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
@click.option("--limit", type=click.IntRange(1), help="Only so many rows, from the first below the header.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask before the run.")
@click.option("--resume", is_flag=True, help="Go on with the run on FILE that was interrupted.")
@json_option
def enrich_command(  # noqa: PLR0913 - one parameter per documented option
    *,
    file: Path,
    sheet: str | None,
    area: str | None,
    recipe: str,
    out: Path | None,
    dry_run: bool,
    limit: int | None,
    yes: bool,
    resume: bool,
    as_json: bool,
) -> None:
    """Clean, complete and de-duplicate FILE (.xlsx, .csv, .tsv) into a new file; FILE is never changed."""
    wish = Wish(file, sheet, area, recipe, out, limit, yes)
    with told_plainly():
        _check(wish)
        with open_house(settings()) as (house, _):
            caller = local_caller(house)
            if dry_run:
                document, shown = _preview(house, caller, wish)[:2]
                house.workbooks.forget(caller.workspace, document.id)
                _print_preview(shown)
                if as_json:
                    click.echo(json.dumps(_promise(shown)))
                sys.exit(DONE)
            code, report = enrich_file(house, caller, wish, resume=resume)
        if report is not None and as_json:
            click.echo(json.dumps(report))
        elif report is not None:
            _print_report(report)
    sys.exit(code)


def _check(wish: Wish) -> None:
    """Refuse at once what would be refused after the work."""
    recipe_named(wish.recipe)
    if wish.range:
        parse_a1(wish.range)
    if wish.out is not None and os.path.lexists(wish.out):
        raise OutputExists
    if wish.out is not None and not wish.out.parent.is_dir():
        raise FileUnknown(reason="no_folder")


def enrich_file(
    house: House, caller: Caller, wish: Wish, *, resume: bool = False
) -> tuple[int, dict[str, object] | None]:
    """Run, watch and export. Returns the exit code and the report (None where the person said no).

    Raises `NothingToResume` where there is no run to go on with: another one is not what was asked for.
    """
    began = monotonic()
    found = undelivered_run(house, caller, str(wish.file.resolve())) if resume else None
    if resume and found is None:
        raise NothingToResume
    if found is not None:
        document, view = found
        _check_ending(wish, document)
        if view.state == "parked":
            view = go_on(house, caller, view.id, None)
    else:
        document, shown, selection = _preview(house, caller, wish)
        with _forgotten_on_trouble(house, document):
            _check_ending(wish, document)
            if not wish.yes and not _agreed(shown):
                house.workbooks.forget(caller.workspace, document.id)
                return USAGE if not sys.stdin.isatty() else DONE, None
            view = _start(house, caller, wish, shown, selection)
    try:
        view = _watch(house, caller, view.id)
        if view.state == "failed" and view.reason != NothingToDo.code:
            house.workbooks.forget(caller.workspace, document.id)
            tell(_failure(view))
            return FAILED, None
        with stderr.status("Writing the result …"):
            exported = house.workbooks.export(caller.workspace, document.id, wish.out)
    except KeyboardInterrupt:
        say("Interrupted. What is done is kept: give the same command again, with --resume.")
        return INTERRUPTED, None
    except AddonError:
        say("What is done is kept: give the same command again, with --resume.")
        raise
    _tell_of_export(wish, view, exported)
    house.workbooks.forget(caller.workspace, document.id)
    return _exit_code(view), _report(view, exported.path, monotonic() - began)


@contextmanager
def _forgotten_on_trouble(house: House, document: StoredDocument) -> Iterator[None]:
    """Keep nothing of a file whose run did not start."""
    try:
        yield
    except BaseException:
        house.workbooks.forget(document.workspace, document.id)
        raise


def _check_ending(wish: Wish, document: StoredDocument) -> None:
    """Refuse a name under which no program would open the result: it is of the same format as the file."""
    ending = wish.out.suffix.lower().removeprefix(".") if wish.out is not None else ""
    workbook = document.format in WORKBOOKS
    if ending in WORKBOOKS | LISTS and (ending != document.format if workbook else ending in WORKBOOKS):
        raise click.UsageError(f"The result is a .{document.format} file as {wish.file.name} is: name it so.")


def _failure(view: RunView) -> AddonError:
    """Return the error that ended a run, for its sentence."""
    kinds = (SelectionEmpty, NothingToRead, RangeOutside, SheetFull, SheetProtected, SheetUnknown)
    return next((kind() for kind in kinds if kind.code == view.reason), AddonError())


def _tell_of_export(wish: Wish, view: RunView, exported: ExportedFile) -> None:
    if view.reason == NothingToDo.code:
        tell(NothingToDo())
    if exported.changed_on_disk:
        say(
            f"{wish.file.name} was changed meanwhile, and the result is of the file as it was: "
            f"copy your change into {exported.path.name}."
        )
    for reason, count in exported.left_out.items():
        say(f"{count} cells could not be put into this kind of file ({reason}).")


def _preview(house: House, caller: Caller, wish: Wish) -> tuple[StoredDocument, Preview, Selection]:
    recipe = recipe_named(wish.recipe)
    area = parse_a1(wish.range) if wish.range else None
    with stderr.status(f"Opening {escape(wish.file.name)} …"):
        document = house.workbooks.open(caller.workspace, wish.file)
    with _forgotten_on_trouble(house, document), stderr.status("Looking at the columns …"):
        _check_names(house, document, wish, recipe)
        selection = select(house, caller, "local", document.id, sheet=wish.sheet, area=area, limit=wish.limit)
        return document, preview(house, caller, selection, recipe), selection


def _check_names(house: House, document: StoredDocument, wish: Wish, recipe: Recipe) -> None:
    """Say which sheets and recipes there are, to who named another one."""
    sheet_titles(house, document, wish.sheet)
    if any(source not in house.sources for source in recipe.sources):
        free = [name for name, one in RECIPES.items() if not one.sources]
        raise click.UsageError(
            f"{recipe.name!r} asks a paid source, and none is set up here. Choose one of: {', '.join(free)}."
        )


def _start(house: House, caller: Caller, wish: Wish, shown: Preview, selection: Selection) -> RunView:
    order = StartOrder(shown.quote_id, selection.sheet, selection.range, recipe_named(wish.recipe))
    key = uuid4().hex
    return start(house, caller, order, key, hashlib.sha256(key.encode()).hexdigest())[0]


def _agreed(shown: Preview) -> bool:
    _print_preview(shown)
    if not sys.stdin.isatty():
        say("Nobody is here to ask: add --yes to run without asking.")
        return False
    return click.confirm("Go ahead?", default=True, err=True)


def _print_preview(shown: Preview) -> None:
    say(f"{shown.rows:,} rows. {shown.headline}")
    for step in shown.steps:
        say(f"  {step.label}: {step.count:,}  ({_MODES.get(step.mode, step.mode)})")
    for line in shown.preflight:
        say(f"  {line.sentence}")
    price = f"up to {shown.price.credits:,} credits" if shown.price.credits else "free"
    say(f"Price: {price}")


def _watch(house: House, caller: Caller, run_id: str) -> RunView:
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


def _exit_code(view: RunView) -> int:
    if view.reason == "budget_reached" or any(
        reason.code == "budget"
        for output in view.outputs
        for reasons in output.reasons.values()
        for reason in reasons
    ):
        return BUDGET
    return DECISIONS if view.decisions else DONE


def _report(view: RunView, output: Path, seconds: float) -> dict[str, object]:
    return {
        "run": view.id,
        "rows": view.rows,
        "columns_added": [output.header for output in view.outputs if output.letter is None],
        "cells": {outcome.value: view.counts.get(outcome.value, 0) for outcome in Outcome},
        "credits": view.money.spent,
        "seconds": round(seconds, 2),
        "output": str(output),
    }


def _promise(shown: Preview) -> dict[str, object]:
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


def _print_report(report: dict[str, object]) -> None:
    cells = report["cells"]
    if isinstance(cells, dict):
        counted = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in cells.items() if count)
        click.echo(f"{report['rows']:,} rows: {counted or 'nothing to do'}.")
    click.echo(f"Result: {report['output']}")
