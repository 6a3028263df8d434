"""A stand-in for Google Sheets: the page with the grid, and Google's frame for the add-on, on two origins.

Behind both is one sheet of the emulator, the same that the service reads and writes through Google's API.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, Response, jsonify, request, send_from_directory

from tests.browser.google import Sheets, serving
from tests.browser.google_world import SCRIPT, GoogleWorld, google_world
from tests.demo.messy_list import lay_out
from tests.fakes.google_sheets.cells import Cell, Failure, Value
from tests.fakes.google_sheets.model import Document

PAGES = Path(__file__).parent / "page"
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]+)?")
_NOTHING = ("", 204)
_Said = Response | tuple[str, int]


@dataclass
class StandIn:
    """One person before one sheet.

    ``selected`` is what she has selected, in A1 notation; the script may select, too, and each ``choice``
    has a number, so that the page sees it. ``own`` is how many columns were hers at the beginning.
    """

    world: GoogleWorld
    document: Document
    selected: list[str] = field(default_factory=lambda: ["A1"])
    choice: int = 0
    urls: dict[str, str] = field(default_factory=dict)
    own: int = field(init=False)
    addon: Sheets = field(init=False)

    def __post_init__(self) -> None:
        self.own = self.document.sheets[0].used("COLUMNS")
        self.addon = Sheets(document=self.document.id, sheet=0, live="/live.mjs")

    def shown(self) -> list[list[str]]:
        """Return every cell in use as a person sees it."""
        return self._each(Cell.shown)

    def values(self) -> list[list[Value]]:
        """Return every cell in use as it is."""
        return self._each(lambda cell: cell.value)

    def page(self) -> Flask:
        """Return the server of the page."""
        app = Flask("sheets", static_folder=str(PAGES), static_url_path="")
        app.get("/")(lambda: send_from_directory(PAGES, "grid.html"))
        app.get("/sheet")(self._sheet)
        app.post("/selected")(self._select)
        app.post("/act")(self._act)
        app.post("/chosen")(self._choose_file)
        return app

    def frame(self) -> Flask:
        """Return the server of the frame in which the add-on's own files run."""
        app = self.addon.app("frame")
        app.get("/live.mjs")(lambda: send_from_directory(PAGES, "live.mjs"))
        app.get("/now")(self._now)
        app.post("/selected")(self._select)
        return app

    def _each(self, tell: Callable[[Cell], object]) -> list[list]:  # type: ignore[type-arg]
        sheet = self.document.sheets[0]
        with self.document.lock:
            rows, columns = sheet.used("ROWS"), sheet.used("COLUMNS")
            return [[tell(sheet.cell(row, column)) for column in range(columns)] for row in range(rows)]

    def _sheet(self) -> _Said:
        """Tell the page what has changed since the version that it knows."""
        state = f"{self.document.version}.{self.choice}"
        if request.args.get("since") == state:
            return _NOTHING
        sheet = self.document.sheets[0]
        return jsonify(
            {
                "state": state,
                "title": self.document.title,
                "rows": self.shown(),
                "size": [len(sheet.rows), len(sheet.columns)],
                "own": self.own,
                "selected": self.selected,
                "choice": self.choice,
                "calls": sum(self.world.books.calls.values()),
                "frame": self.urls["frame"],
                "person": self.world.identity.user.email,
            }
        )

    def _now(self) -> Response:
        """Tell the script what its services would: the sheet, the selection, who asks."""
        identity = self.world.identity
        return jsonify(
            {
                "rows": self._each(_carried),
                "formulas": self._each(lambda cell: cell.formula),
                "title": self.document.sheets[0].title,
                "selected": self.selected,
                "account": identity.user.email,
                "token": identity.id_token(SCRIPT),
                "page": self.urls["sheets"],
            }
        )

    def _select(self) -> _Said:
        self.selected = [str(name) for name in request.get_json()["ranges"]]
        self.choice += 1
        return jsonify({"choice": self.choice})

    def _choose_file(self) -> _Said:
        request.get_json()  # refuses what a page of another origin can send
        self.document.picked.add((self.world.identity.user.email, "ours"))
        return _NOTHING

    def _act(self) -> _Said:
        """Do what she did, as one act."""
        told = request.get_json()
        person = self.document.at(0)
        with self.document.lock:
            match told:
                case {"act": "type", "row": int(row), "column": int(column), "text": str(text)}:
                    person.type_in(row, column, _entered(text))
                case {"act": "sort", "column": int(column), "down": bool(down)}:
                    person.sort(order_by(self.shown(), column, down=down))
                case {"act": "insert", "row": int(row)}:
                    person.insert_row(row)
                case {"act": "delete", "rows": [*rows]}:
                    for row in sorted(rows, reverse=True):
                        person.delete_row(row)
                case _:
                    return "", 400
        return _NOTHING


@contextmanager
def stand_in(home: Path, rows: int, port: int = 0) -> Iterator[StandIn]:
    """Run everything until the block ends: Google's services, a messy list, the page, the real site.

    ``port`` is the page's; ``home`` is the site's, and must be a new one, as Google's keys are. Nothing is
    left running.
    """
    with google_world() as google:
        google.identity.asks = True
        one = StandIn(google, lay_out(google.books.documents, google.identity.user.email, rows))
        with serving(one.page(), one.frame(), port) as one.urls:
            ancestors = " ".join(one.urls.values())
            with google.site(home, FRAME_ANCESTORS_GOOGLE=ancestors) as one.addon.panel:
                yield one


def order_by(rows: Sequence[Sequence[str]], column: int, *, down: bool) -> list[int]:
    """Return the order that sorts these rows by a column, the header first, what is empty there last."""
    texts = [row[column].casefold() for row in rows]
    filled = [at for at in range(1, len(rows)) if texts[at]]
    filled.sort(key=texts.__getitem__, reverse=down)
    return [0, *filled, *(at for at in range(1, len(rows)) if not texts[at])]


def _entered(text: str) -> Value:
    """Return what she typed: a number where it is one, else the text."""
    return float(text) if _NUMBER.fullmatch(text) else text or None


def _carried(cell: Cell) -> object:
    if isinstance(cell.value, Failure):
        return cell.value.text
    return {"date": cell.value} if cell.is_date else cell.value
