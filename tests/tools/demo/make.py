"""Builds the bundled demo workbook: ``python -m tests.tools.demo.make``. The same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, TypeVar

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from addon_backend.domain.sheet import column_letter
from addon_backend.local.demo import demo_workbook
from tests.tools.demo import mess
from tests.tools.demo.people import Company, Dice, Person, homonym, people
from tests.tools.demo.words import NOTES, STATUSES

T = TypeVar("T")
Value: TypeAlias = str | int | float | date | None

SEED = 20260220
START = date(2025, 2, 20)
DUPLICATES = 35
HOMONYMS = 3
HIDDEN = (57, 58, 133, 200, 201, 202)  # row numbers as Excel shows them
MERGED = "P40:P41"
LEADS = (
    "Full name", "E-mail", "Phone", "Company", "Website", "Job title", "Country", "City", "LinkedIn", "VAT",
    "Last contact", "Status", "Orders", "Average order", "Value", "Notes",
)  # fmt: skip
WIDTHS = (26, 38, 24, 30, 34, 26, 16, 16, 40, 18, 16, 12, 9, 14, 13, 44)
SUPPLIERS = ("Company", "VAT", "Country", "Website")


@dataclass(frozen=True)
class Lead:
    """One row of the first sheet, and the number of the person whom it is about."""

    person: int
    cells: tuple[Value, ...]


def leads(seed: int = SEED) -> list[Lead]:
    """Return all rows, shuffled, those of people who were entered twice included; others by another seed."""
    dice = Dice(seed)
    everybody = people(dice)
    for twin in everybody[: HOMONYMS * 40 : 40]:
        other = next(person for person in reversed(everybody) if person.land is twin.land)
        everybody.append(homonym(dice, twin, len(everybody), other.company))
    rows = [_first_entry(dice, person) for person in everybody]
    step = len(everybody) // DUPLICATES
    rows += [_second_entry(dice, everybody[number * step]) for number in range(DUPLICATES)]
    return _shuffled(dice, rows)


def suppliers() -> list[tuple[Value, ...]]:
    """Return the rows of the second sheet: every fourth company, a few of them twice."""
    dice = Dice(SEED + 1)
    companies: dict[str, Company] = {}
    for person in people(Dice(SEED)):
        companies.setdefault(person.company.domain, person.company)
    chosen = list(companies.values())[::2]
    entered = _shuffled(dice, [*chosen, *chosen[::6]])
    return [
        (
            mess.company_name(dice, company) or company.name,
            mess.vat(dice, company),
            mess.country(dice, company.land),
            mess.website(dice, company),
        )
        for company in entered
    ]


def build() -> bytes:
    """Return the workbook's bytes."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Leads"
    values = _fill_leads(sheet, leads())
    second = book.create_sheet("Suppliers")
    _head(second, SUPPLIERS, (34, 22, 18, 40))
    for row, cells in enumerate(suppliers(), 2):
        _put(second, row, cells)
    plain = io.BytesIO()
    book.save(plain)
    return _settled(plain.getvalue(), values)


def _first_entry(dice: Dice, person: Person) -> Lead:
    orders = None if dice.chance(25) else dice.below(40)
    cells = (
        mess.full_name(dice, person),
        mess.email(dice, person),
        mess.phone(dice, person),
        mess.company_name(dice, person.company),
        mess.website(dice, person.company),
        mess.title(dice, person),
        mess.country(dice, person.land),
        mess.city(dice, person.company),
        mess.linkedin(dice, person),
        mess.vat(dice, person.company),
        mess.last_contact(dice, person.land, START),
        dice.pick(STATUSES),
        orders,
        round(40 + dice.below(90_000) / 100, 2) if orders else None,
        None,
        dice.pick(NOTES) if dice.chance(45) else None,
    )
    return Lead(person.number, cells)


def _second_entry(dice: Dice, person: Person) -> Lead:
    """Somebody met her again and typed her in again: another spelling, and one thing that gives her away."""
    email = person.email.upper() if dice.chance(40) else person.email
    phone = mess.phone(dice, person) if person.phone else None
    role = not person.email.endswith(".example") or "." not in person.email.split("@")[0]
    if phone is not None and not role and dice.chance(35):
        email = ""
        phone = person.phone
    first = _first_entry(dice, person).cells
    given_away = (mess.near_miss(dice, person), email or None, phone, person.company.name)
    return Lead(person.number, (*given_away, *first[4:-1], None))


def _shuffled(dice: Dice, rows: Sequence[T]) -> list[T]:
    left = list(rows)
    return [left.pop(dice.below(len(left))) for _ in rows]


def _fill_leads(sheet: Worksheet, rows: Sequence[Lead]) -> dict[str, float]:
    """Return what each formula shows: openpyxl writes formulas without their values."""
    _head(sheet, LEADS, WIDTHS)
    sheet["A1"].comment = Comment("Three lists, pasted below each other.", "Sales")
    values: dict[str, float] = {}
    for row, lead in enumerate(rows, 2):
        _put(sheet, row, lead.cells)
        orders, average = lead.cells[12], lead.cells[13]
        sheet[f"O{row}"] = f"=ROUND(M{row}*N{row},2)"
        values[f"O{row}"] = round((_number(orders)) * _number(average), 2)
        sheet[f"K{row}"].number_format = "dd/mm/yyyy" if isinstance(lead.cells[10], date) else "General"
        sheet[f"N{row}"].number_format = sheet[f"O{row}"].number_format = '#,##0.00 "€"'
    for number in HIDDEN:
        sheet.row_dimensions[number].hidden = True
    sheet["P40"], sheet["P41"] = "Both from the same stand, see the photo", None
    sheet.merge_cells(MERGED)
    choice = DataValidation(type="list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True)
    choice.add(f"L2:L{len(rows) + 1}")
    sheet.add_data_validation(choice)
    return values


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _head(sheet: Worksheet, headers: Sequence[str], widths: Sequence[int]) -> None:
    for index, (header, width) in enumerate(zip(headers, widths, strict=True)):
        cell = sheet.cell(1, index + 1, header)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="FFE8EEF4")
        sheet.column_dimensions[column_letter(index)].width = width
    sheet.freeze_panes = "A2"


def _put(sheet: Worksheet, row: int, cells: Sequence[Value]) -> None:
    for column, value in enumerate(cells, 1):
        if value is None:
            continue
        cell = sheet.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "s"  # also where it starts with "="
            cell.alignment = Alignment(wrap_text="\n" in value)


def _settled(data: bytes, values: dict[str, float]) -> bytes:
    """Return the package with the formulas' values, without the moment it was made, always the same."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(settled, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(
                    rb'(<c r="(O\d+)"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)',
                    lambda match: b"%s<v>%s</v>" % (match[1], repr(values[match[2].decode()]).encode()),
                    part,
                )
            if name == "docProps/core.xml":
                part = re.sub(rb">20\d\d-[^<]*Z<", b">2026-02-20T09:00:00Z<", part)
            info = zipfile.ZipInfo(name, (2026, 2, 20, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, part, compresslevel=9)
    return settled.getvalue()


if __name__ == "__main__":
    demo_workbook().write_bytes(build())
