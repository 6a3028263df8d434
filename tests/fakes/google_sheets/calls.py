"""One call as the routes see it: who asks, what of which document, with which parameters and body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.errors import Message
from tests.fakes.google_sheets.fields import Mask
from tests.fakes.google_sheets.model import Document, Documents, Grant
from tests.fakes.google_sheets.sheets import Sheet


@dataclass(frozen=True)
class Reading:
    """Cells that a call asked for, as they stood then, and its field mask.

    Columns ``left … right-1``, rows ``top … bottom-1``.
    """

    call: str
    document: str
    sheet: int
    left: int
    right: int
    top: int
    bottom: int
    fields: str = ""


@dataclass
class Call:
    """A call that its schema allows. ``params`` holds path and query parameters, typed."""

    name: str
    grant: Grant
    documents: Documents
    params: Message
    body: Message
    mask: Mask | None
    readings: list[Reading] = field(default_factory=list)

    @property
    def document(self) -> Document:
        """The document it is about. Raises `Refused`."""
        return self.documents.find(self.params["spreadsheetId"])

    def told(self, name: str, otherwise: str) -> str:
        """Return an option from the query or else from the body."""
        value: str = self.params.get(name) or self.body.get(name) or otherwise
        return value

    def listed(self, name: str) -> list[Message]:
        """Return a repeated field of the body."""
        held: list[Message] = self.body.get(name) or []
        return held

    def note_reading(self, sheet: Sheet, area: Area) -> None:
        """Remember which cells were asked for."""
        closed = area.within(len(sheet.rows), len(sheet.columns))
        fields = self.params.get("fields", "")
        self.readings.append(
            Reading(
                self.name,
                self.document.id,
                sheet.id,
                closed.left,
                closed.right or 0,
                closed.top,
                closed.bottom or 0,
                fields,
            )
        )


Handler: TypeAlias = Callable[[Call], Message | bytes]
"""Answers one call: with a message, or with the bytes of a file (none for an empty answer)."""
Routes: TypeAlias = dict[str, Handler]
