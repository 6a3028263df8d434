"""What every command shares: settings, one house per process, and errors as one sentence and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console

from addon_backend.bootstrap import build_house, find_engines, migrated
from addon_backend.domain.errors import (
    AddonError,
    DiskFull,
    EngineUnavailable,
    RangeUnclear,
    RecipeUnknown,
    SheetAddressWrong,
)
from addon_backend.domain.sentences import problem_sentence
from addon_backend.domain.workspaces import SERVICE_WORKSPACE, TERMS_VERSION
from addon_backend.services.accounts import accept_terms, enter, terms_in_force
from addon_backend.settings import Settings, SettingsWrong
from addon_backend.telemetry.logs import set_up_logs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from addon_backend.bootstrap import Engines
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.documents import StoredDocument
    from addon_backend.services.house import House

DONE, FAILED, USAGE, DECISIONS, BUDGET, INTERRUPTED = 0, 1, 2, 3, 4, 130

LOCAL_WORKSPACE = "person:local"

NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})

stderr = Console(stderr=True, highlight=False)


def language() -> str:
    """Return the language of the terminal: ``fr`` or ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "fr" if os.environ[name].lower().startswith("fr") else "en"
    return "en"


def settings() -> Settings:
    """Read the environment, or leave with exit code 2 and one sentence for each wrong variable."""
    try:
        found = Settings.from_environment(os.environ)
    except SettingsWrong as wrong:
        for sentence in wrong.sentences:
            say(sentence)
        sys.exit(USAGE)
    set_up_logs(found.log_level if "LOG_LEVEL" in os.environ else "warning")
    return found


def sheet_titles(house: House, document: StoredDocument, wanted: str | None) -> list[str]:
    """Return the names of a file's sheets; one that is wanted and not among them ends the command."""
    titles = [sheet.title for sheet in house.documents.sheets(document.workspace, document.id)]
    if wanted is not None and wanted not in titles:
        raise click.ClickException(f"There is no sheet {wanted!r}. There are: {', '.join(titles)}.")
    return titles


@contextmanager
def open_house(found: Settings, *, shared_sheets: bool = False) -> Iterator[tuple[House, Engines]]:
    """Find or start the engines, migrate, and join the ports; stop what this process started.

    With ``shared_sheets`` the house opens the Google sheets that were shared with the operator's account.

    Raises `EngineUnavailable`.
    """
    try:
        engines = find_engines(found)
    except OSError as trouble:
        raise EngineUnavailable(reason="home") from trouble
    try:
        migrated(engines)
        yield build_house(found, engines, shared_sheets=shared_sheets), engines
    finally:
        engines.close()


def local_caller(house: House) -> Caller:
    """Return the person at this terminal: a workspace of one, whose own terms are in force."""
    return _settled(house, enter(house, LOCAL_WORKSPACE, "This computer", "local", language()))


def service_caller(house: House) -> Caller:
    """Return the operator at this terminal, in the workspace whose sheets were shared with her account."""
    return _settled(house, enter(house, SERVICE_WORKSPACE, "Shared with us", "operator", language()))


def _settled(house: House, caller: Caller) -> Caller:
    if terms_in_force(house, caller) is None:
        accept_terms(house, caller, TERMS_VERSION)
    return caller


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn what a command cannot do into one sentence, one thing to do, and exit code 1 (2: wrong usage).

    Ctrl-C ends with 130, a reader that has gone with 1, and neither with a traceback.
    """
    try:
        yield
        sys.stdout.flush()
    except (RangeUnclear, RecipeUnknown, SheetAddressWrong) as error:
        tell(error)
        sys.exit(USAGE)
    except AddonError as error:
        tell(error)
        sys.exit(FAILED)
    except (KeyboardInterrupt, click.Abort):
        say("Interrupted.")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except OSError as trouble:
        if trouble.errno not in NO_SPACE:
            raise
        tell(DiskFull())
        sys.exit(FAILED)


def tell(error: AddonError) -> None:
    """Say what happened, and the one thing to do."""
    say(" ".join(filter(None, problem_sentence(error, language()))))


def say(line: str) -> None:
    """Print one line on stderr as it is: a name of a file is no markup, and a sentence is not cut."""
    stderr.print(line, markup=False, soft_wrap=True)


file_argument = click.argument("file", type=click.Path(path_type=str))
sheet_option = click.option("--sheet", help="The sheet's name; the first one if left out.")
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
