"""The list of the demonstration: several times the sample's sort of people, pasted below each other."""

from __future__ import annotations

from datetime import date
from itertools import count, islice

from tests.fakes.google_sheets.cells import Cell, Value
from tests.fakes.google_sheets.model import Document, Documents, empty_sheet
from tests.tools.demo.make import LEADS, SEED, leads

TITLE = "Leads"
DATES = {"type": "DATE", "pattern": "yyyy-mm-dd"}
_DAY_ZERO = date(1899, 12, 30)
_VALUE = LEADS.index("Value")


def lay_out(documents: Documents, owner: str, rows: int) -> Document:
    """Make a document whose only sheet holds a header and so many messy rows, with room for more."""
    document = documents.create(TITLE, owner, empty_sheet(0, TITLE, rows + 500, len(LEADS) + 20))
    person = document.at(0)
    person.fill([LEADS])
    everybody = (lead.cells for seed in count(SEED) for lead in leads(seed))
    for row, cells in enumerate(islice(everybody, rows), 1):
        for column, told in enumerate(cells):
            person.lay(row, column, _cell(told))
        orders, average = cells[_VALUE - 2], cells[_VALUE - 1]
        worth = round(float(orders or 0) * float(average or 0), 2)  # type: ignore[arg-type]
        person.type_formula(row, _VALUE, f"=ROUND(M{row + 1}*N{row + 1},2)", worth)
    return document


def _cell(told: Value | date) -> Cell:
    if isinstance(told, date):
        return Cell((told - _DAY_ZERO).days).formatted(DATES)
    return Cell(told)
