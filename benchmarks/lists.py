"""Synthetic lists of any length, the same ones every time."""

from __future__ import annotations

from pathlib import Path
from random import Random

import openpyxl

from addon_backend.domain.cells import CellValue

HEADER = (
    "Full name",
    "E-mail",
    "Phone",
    "Company",
    "Website",
    "Job title",
    "Country",
    "City",
    "Postcode",
    "Last contact",
    "Owner",
    "Notes",
)
_GIVEN = (
    "Ana Bob Chloé David Elena Farid Greta Hugo Inès Jonas Karin Luc Mara Nils Olga Paul Rosa Sven".split()
)
_FAMILY = (
    "Martin Dubois García Schmidt Rossi Silva Novak Larsen Moreau Weber Costa Keller Lopes Bauer".split()
)
_SYLLABLES = "ba de fi go lu ma ne pi ro sa te vi wen dor lan mer nic hol".split()
_WORDS = "north blue silver river stone maple cedar harbor summit field bright iron clear golden".split()
_TRADES = "tools foods textiles motors paper glass systems logistics consulting energy media".split()
_TITLES = "sales manager,CEO,Head of Marketing,ingénieur,acheteur,Directeur commercial,CTO,accountant".split(
    ","
)
_PLACES = (
    ("France", "Paris", "75011", "01 99 00"),
    ("FRANCE", "Lyon", "69003", "+33 1 99 00"),
    ("Germany", "Berlin", "10115", "+49 30 231"),
    ("uk", "London", "N1 9GU", "+44 20 7946"),
)


def rows(count: int, seed: int = 7) -> list[list[str]]:
    """Return ``count`` messy rows below a header: 8 % repeated contacts, blanks, odd case and spaces."""
    random = Random(seed)
    made: list[list[str]] = [list(HEADER)]
    for number in range(count):
        if number > 20 and random.random() < 0.08:
            made.append(list(made[random.randrange(1, len(made))]))
            continue
        given, family = random.choice(_GIVEN), _family(random)
        company = f"{random.choice(_WORDS)} {random.choice(_WORDS)} {random.choice(_TRADES)}"
        domain = company.replace(" ", "-") + ".example"
        country, city, postcode, prefix = random.choice(_PLACES)
        name = f"{given} {family}"
        made.append(
            [
                random.choice((name, name.upper(), f" {name}  ", f"{family}, {given}")),
                random.choice(
                    (f"{given}.{family}@{domain}", f"{given[0]}{family}{number}@{domain}".upper(), "")
                ),
                f"{prefix} {number // 100 % 100:02} {number % 100:02}" if random.random() < 0.9 else "",
                random.choice((company.title(), company.upper(), f"{company.title()}  Ltd")),
                random.choice((f"http://www.{domain}/", domain, "")),
                random.choice(_TITLES),
                country if random.random() < 0.6 else "",
                city,
                postcode,
                f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}",
                random.choice(_GIVEN),
                f"note {number}",
            ]
        )
    return made


def columns(count: int, seed: int = 7) -> tuple[list[str], list[list[CellValue]]]:
    """Return the header and the columns below it, empty cells as None."""
    header, *body = rows(count, seed)
    return header, [[value or None for value in column] for column in zip(*body, strict=True)]


def _family(random: Random) -> str:
    """Return a common name for one in five, else one that hardly anybody shares: real lists are like that."""
    if random.random() < 0.2:
        return random.choice(_FAMILY)
    return "".join(random.choices(_SYLLABLES, k=random.choice((2, 3, 3, 4)))).capitalize()


def workbook(path: Path, count: int) -> Path:
    """Write such a list as an .xlsx."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Contacts")
    for row in rows(count):
        sheet.append([value or None for value in row])
    book.save(path)
    return path
