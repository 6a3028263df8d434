"""Documents as Google keeps them, and who may open them."""

from __future__ import annotations

import itertools
import random
import string
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.errors import Refused, forbidden, invalid, not_found
from tests.fakes.google_sheets.person import Person
from tests.fakes.google_sheets.sheets import Column, Metadata, Row, Sheet

MOST_CELLS = 10_000_000
MOST_METADATA = 30_000
_LETTERS = string.ascii_letters + string.digits + "-_"

_AUTH = "https://www.googleapis.com/auth/"
SPREADSHEETS = f"{_AUTH}spreadsheets"
SPREADSHEETS_READ = f"{_AUTH}spreadsheets.readonly"
DRIVE = f"{_AUTH}drive"
DRIVE_READ = f"{_AUTH}drive.readonly"
DRIVE_FILE = f"{_AUTH}drive.file"


@dataclass(frozen=True)
class Grant:
    """What a token stands for: a person, what she lets the app do, and the app's Cloud project."""

    user: str
    scopes: frozenset[str] = frozenset({SPREADSHEETS, DRIVE})
    project: str = "ours"


@dataclass(eq=False)
class Document:
    """A spreadsheet.

    ``picked`` holds pairs of person and project: whose ``drive.file`` tokens open it; others get
    ``ungranted`` (set it to `forbidden` for Google's other answer).
    """

    id: str
    title: str
    owner: str
    sheets: list[Sheet]
    editors: set[str] = field(default_factory=set)
    viewers: set[str] = field(default_factory=set)
    picked: set[tuple[str, str]] = field(default_factory=set)
    metadata: tuple[Metadata, ...] = ()
    named: dict[str, tuple[str, int, Area]] = field(default_factory=dict)
    locale: str = "en_US"
    time_zone: str = "Etc/GMT"
    mime_type: str = "application/vnd.google-apps.spreadsheet"
    version: int = 1
    created: float = field(init=False)
    modified: float = field(init=False)
    protected_wording: str = (
        "You are trying to edit a protected cell or object. "
        "Please contact the spreadsheet owner to remove protection if you need to edit."
    )
    ungranted: Callable[[], Refused] = not_found
    now: Callable[[], float] = time.time
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    ids: random.Random = field(default_factory=lambda: random.Random(20), repr=False)

    def __post_init__(self) -> None:
        self.created = self.modified = self.now()

    def touch(self) -> None:
        """Note that it was changed just now."""
        self.version += 1
        self.modified = self.now()

    def sheet(self, sheet_id: int) -> Sheet | None:
        """Return the sheet with this id."""
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def titled(self, title: str) -> Sheet | None:
        """Return the sheet with this title, in whatever case it is written."""
        exact = (sheet for sheet in self.sheets if sheet.title == title)
        loose = (sheet for sheet in self.sheets if sheet.title.lower() == title.lower())
        return next(exact, next(loose, None))

    def at(self, sheet_id: int) -> Person:
        """Return a person who sits at this sheet. Raises `KeyError` where there is none."""
        sheet = self.sheet(sheet_id)
        if sheet is None:
            raise KeyError(sheet_id)
        return Person(self, sheet)

    def add_sheet(self, sheet: Sheet, index: int | None = None) -> None:
        """Add a sheet, at the end or at an index."""
        self.sheets.insert(len(self.sheets) if index is None else index, sheet)

    def new_id(self) -> int:
        """Return a number that no sheet and nothing on one has, as random as Google's."""
        return self.ids.randrange(1, 2**31 - 1)

    @property
    def cells(self) -> int:
        """How many cells its grids have, filled or not."""
        return sum(len(sheet.rows) * len(sheet.columns) for sheet in self.sheets)

    def room_for(self, cells: int) -> None:
        """Refuse to grow past Google's limit. Raises `Refused`."""
        if self.cells + cells > MOST_CELLS:
            raise invalid(
                "This action would increase the number of cells in the workbook "
                f"above the limit of {MOST_CELLS} cells."
            )

    def all_metadata(self) -> Iterator[Metadata]:
        """Name every piece of developer metadata."""
        yield from self.metadata
        for sheet in self.sheets:
            yield from (piece for piece, _, _ in sheet.all_metadata())

    def remember(self) -> Callable[[], None]:
        """Return what puts the document back as it is now, lock and identity apart."""
        sheets = [sheet.remember() for sheet in self.sheets]
        mine = {
            "sheets": list(self.sheets),
            "named": dict(self.named),
            **{name: vars(self)[name] for name in ("title", "locale", "time_zone", "metadata")},
        }

        def back() -> None:
            vars(self).update(mine)
            for one in sheets:
                one()

        return back

    def may(self, grant: Grant, *, write: bool) -> None:
        """Let the caller in, or raise the `Refused` that Google answers with."""
        wide = grant.scopes & {SPREADSHEETS, DRIVE, SPREADSHEETS_READ, DRIVE_READ}
        if not wide and (grant.user, grant.project) not in self.picked:
            raise self.ungranted()
        if grant.user == self.owner or grant.user in self.editors:
            return
        if write or grant.user not in self.viewers:
            raise forbidden()


class Documents:
    """Every document there is."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._documents: dict[str, Document] = {}
        self._numbers = itertools.count(1)
        self._now = now
        self._lock = threading.Lock()

    def create(self, title: str, owner: str, *sheets: Sheet) -> Document:
        """Make a document with these sheets; with one empty ``Sheet1`` of 1000 × 26 where none is told."""
        with self._lock:
            name = f"{next(self._numbers):x}"
            document_id = "1" + "".join(random.Random(name).choices(_LETTERS, k=43))
            held = list(sheets) or [empty_sheet(0, "Sheet1")]
            document = Document(document_id, title, owner, held, now=self._now)
            self._documents[document_id] = document
            return document

    def __getitem__(self, document_id: str) -> Document:
        return self._documents[document_id]

    def __iter__(self) -> Iterator[Document]:
        with self._lock:
            return iter(list(self._documents.values()))

    def find(self, document_id: str) -> Document:
        """Return a document. Raises the `Refused` that Google answers with."""
        document = self._documents.get(document_id)
        if document is None:
            raise not_found()
        return document

    def forget(self, document_id: str) -> None:
        """Delete a document."""
        with self._lock:
            self._documents.pop(document_id, None)


def empty_sheet(sheet_id: int, title: str, rows: int = 1000, columns: int = 26, kind: str = "GRID") -> Sheet:
    """Return an empty sheet; one that is no grid has no cells."""
    if kind != "GRID":
        return Sheet(sheet_id, title, [], [], kind)
    return Sheet(sheet_id, title, [Row() for _ in range(rows)], [Column() for _ in range(columns)], kind)
