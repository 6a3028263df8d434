"""``enrich FILE``: the same run as in the panel, on a file, watched from the terminal.

A Google sheet is another home with the same options: ``enrich_sheet``.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING
from uuid import uuid4

import click
from rich.markup import escape

from addon_backend.commands.enrich_sheet import SheetWish, enrich_sheet, look_at_sheet
from addon_backend.commands.entrance import (
    DONE,
    FAILED,
    INTERRUPTED,
    USAGE,
    json_option,
    local_caller,
    open_house,
    say,
    service_caller,
    settings,
    sheet_option,
    sheet_titles,
    stderr,
    tell,
    told_plainly,
)
from addon_backend.commands.watching import (
    agreed,
    at_terminal,
    exit_code,
    failure_of,
    print_preview,
    print_report,
    promise,
    report_of,
    usable_recipe,
    watch,
)
from addon_backend.domain.errors import (
    AddonError,
    FileUnknown,
    NothingToDo,
    NothingToResume,
    OutputExists,
)
from addon_backend.domain.recipes import recipe_named
from addon_backend.domain.sheet import parse_a1
from addon_backend.domain.sheet_address import is_address
from addon_backend.services.runs.control import go_on
from addon_backend.services.runs.history import undelivered_run
from addon_backend.services.runs.selection.preview import preview
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.start import start
from addon_backend.services.runs.views import StartOrder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.documents import StoredDocument
    from addon_backend.ports.workbooks import ExportedFile
    from addon_backend.services.house import House
    from addon_backend.services.runs.selection.views import Preview, Selection
    from addon_backend.services.runs.views import RunView

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
@click.argument("file", metavar="FILE_OR_SHEET_URL")
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
@click.option("--undo", "takes_back", is_flag=True, help="Take the newest run on the Google sheet back.")
@json_option
def enrich_command(  # noqa: PLR0913 - one parameter per documented option
    *,
    file: str,
    sheet: str | None,
    area: str | None,
    recipe: str,
    out: Path | None,
    dry_run: bool,
    limit: int | None,
    yes: bool,
    resume: bool,
    takes_back: bool,
    as_json: bool,
) -> None:
    """Clean, complete and de-duplicate FILE (.xlsx, .csv, .tsv) into a new file; FILE is never changed.

    A Google sheet is named by its address, and filled where it is: share it as Editor with the service
    account in GOOGLE_SERVICE_ACCOUNT.
    """
    with told_plainly():
        if is_address(file):
            if out is not None:
                raise click.UsageError("A Google sheet is filled where it is: leave --out out.")
            if takes_back and (dry_run or resume):
                raise click.UsageError("--undo stands alone.")
            there = SheetWish(file, sheet, area, recipe, limit, yes)
            code, report = _at_google(there, dry_run=dry_run, resume=resume, takes_back=takes_back)
        else:
            if takes_back:
                raise click.UsageError("A file is never changed: there is nothing to undo in it.")
            wish = Wish(Path(file), sheet, area, recipe, out, limit, yes)
            code, report = _at_home(wish, dry_run=dry_run, resume=resume)
        if report is not None and as_json:
            click.echo(json.dumps(report))
        elif report is not None and report["run"] is not None:
            print_report(report)
    sys.exit(code)


def _at_google(
    wish: SheetWish, *, dry_run: bool, resume: bool, takes_back: bool
) -> tuple[int, dict[str, object] | None]:
    wish.check()
    with open_house(settings(), shared_sheets=True) as (house, _):
        caller = service_caller(house)
        if dry_run:
            return DONE, look_at_sheet(house, caller, wish)
        return enrich_sheet(house, caller, wish, resume=resume, takes_back=takes_back)


def _at_home(wish: Wish, *, dry_run: bool, resume: bool) -> tuple[int, dict[str, object] | None]:
    _check(wish)
    with open_house(settings()) as (house, _):
        caller = local_caller(house)
        if not dry_run:
            return enrich_file(house, caller, wish, resume=resume)
        document, shown = _preview(house, caller, wish)[:2]
        house.workbooks.forget(caller.workspace, document.id)
        print_preview(shown)
        return DONE, promise(shown)


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
            if not wish.yes and not agreed(shown):
                house.workbooks.forget(caller.workspace, document.id)
                return DONE if at_terminal() else USAGE, None
            view = _start(house, caller, wish, shown, selection)
    try:
        view = watch(house, caller, view.id)
        if view.state == "failed" and view.reason != NothingToDo.code:
            house.workbooks.forget(caller.workspace, document.id)
            tell(failure_of(view))
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
    return exit_code(view), report_of(view, exported.path, monotonic() - began)


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
        sheet_titles(house, document, wish.sheet)
        usable_recipe(house, recipe)
        selection = select(house, caller, "local", document.id, sheet=wish.sheet, area=area, limit=wish.limit)
        return document, preview(house, caller, selection, recipe), selection


def _start(house: House, caller: Caller, wish: Wish, shown: Preview, selection: Selection) -> RunView:
    order = StartOrder(shown.quote_id, selection.sheet, selection.range, recipe_named(wish.recipe))
    key = uuid4().hex
    return start(house, caller, order, key, hashlib.sha256(key.encode()).hexdigest())[0]
