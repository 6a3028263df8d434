"""A house of our own for one measurement: real SQLite, embedded Valkey, one person, gone at the end."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from addon_backend.bootstrap import build_house, find_engines, migrated
from addon_backend.domain.recipes import recipe_named
from addon_backend.domain.workspaces import TERMS_VERSION, Caller
from addon_backend.services.accounts import accept_terms, enter
from addon_backend.services.house import House
from addon_backend.services.runs.selection.preview import preview
from addon_backend.services.runs.selection.select import select
from addon_backend.services.runs.selection.views import Selection
from addon_backend.services.runs.start import start
from addon_backend.services.runs.views import StartOrder
from addon_backend.settings import Settings
from addon_backend.telemetry.logs import set_up_logs

RECIPE = "standard"


@dataclass(frozen=True, slots=True)
class Desk:
    """The house, who sits in it, and the environment in which a child process comes to the same house."""

    house: House
    caller: Caller
    settings: Settings
    environment: dict[str, str]
    database: str

    def look(self, document: str) -> tuple[Selection, str]:
        """Select all of a document's first sheet and preview it; return the selection and the quote."""
        selection = select(self.house, self.caller, "local", document)
        return selection, preview(self.house, self.caller, selection, recipe_named(RECIPE)).quote_id

    def press(self, selection: Selection, quote: str) -> str:
        """Start the quoted run; return its id."""
        key = uuid4().hex
        order = StartOrder(quote, selection.sheet, selection.range, recipe_named(RECIPE))
        return start(self.house, self.caller, order, key, hashlib.sha256(key.encode()).hexdigest())[0].id


@contextmanager
def desk(**told: str) -> Iterator[Desk]:
    """Furnish a house in a temporary folder; ``told`` are variables of the environment."""
    home = Path(tempfile.mkdtemp(prefix="addon-bench-"))
    own = {"ADDON_HOME": str(home), "SANDBOX": "1", "LOG_LEVEL": "error", "DATABASE_URL": "", "REDIS_URL": ""}
    environment = {**os.environ, **own, **told}
    settings = Settings.from_environment(environment)
    set_up_logs(settings.log_level)
    engines = find_engines(settings)
    try:
        migrated(engines)
        engines.redis_url()
        house = build_house(settings, engines)
        caller = enter(house, "person:bench", "Benchmark", "bench", "en")
        accept_terms(house, caller, TERMS_VERSION)
        yield Desk(house, caller, settings, environment, engines.database_url)
    finally:
        engines.close()
        shutil.rmtree(home, ignore_errors=True)
