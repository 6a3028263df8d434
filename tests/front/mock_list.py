"""A messy contact list, and what a run would make of it: made by arithmetic, always the same."""

from __future__ import annotations

HEADERS = [
    "First name",
    "Last name",
    "Company",
    "E-mail",
    "Phone",
    "Country",
    "City",
    "Job title",
    "Website",
    "Since",
]
PEOPLE = [
    ("camille", "DUPONT", "Atelier Lumière SARL", "Paris", "FR", "fr"),
    ("Jürgen", "Müller", "Nordwind GmbH", "Hamburg", "DE", "de"),
    ("EMMA", "o'brien", "Harbour & Sons Ltd", "Cork", "IE", "ie"),
    ("Giulia", "rossi", "Officina Verde S.p.A.", "Torino", "IT", "it"),
    ("  Pierre-Yves", "LE GOFF", "Armor Marée SAS", "Brest", "FR", "fr"),
    ("Ana", "García López", "Talleres del Sur S.L.", "Sevilla", "ES", "es"),
    ("sofie", "Van den Berg", "Delta Water BV", "Rotterdam", "NL", "nl"),
    ("John", "SMITH", "Acme Tools Inc.", "Austin", "US", "com"),
]
NAMES = {
    "FR": "France",
    "DE": "Germany",
    "IE": "Ireland",
    "IT": "Italy",
    "ES": "Spain",
    "NL": "Netherlands",
    "US": "United States",
}
PREFIX = {"FR": "33", "DE": "49", "IE": "353", "IT": "39", "ES": "34", "NL": "31", "US": "1"}
TITLES = [
    "CEO",
    "head of sales",
    "Responsable achats",
    "Geschäftsführer",
    "marketing mgr",
    "CTO",
    "Buyer",
    "",
]

Row = list[object]


def messy(rows: int) -> list[Row]:
    """Return the header and ``rows`` messy rows."""
    return [list(HEADERS), *(_row(number) for number in range(rows))]


def _row(number: int) -> Row:
    first, last, company, city, country, ending = PEOPLE[number % len(PEOPLE)]
    digits = f"{612345678 + number * 1117:09d}"
    phone = [
        f"0{digits[0]} {digits[1:3]}.{digits[3:5]}.{digits[5:7]}.{digits[7:]}",
        f"+{PREFIX[country]} {digits}",
        f"00{PREFIX[country]}{digits}",
        f"({digits[:3]}) {digits[3:]}",
        "",
    ][number % 5]
    domain = f"{company.split()[0].lower().replace('è', 'e')}.{ending}"
    mail = (
        ""
        if number % 11 == 3
        else f"{first.strip().lower()}.{last.lower().replace(' ', '')}{number}@{domain}"
    )
    return [
        first,
        last,
        f"{company} " if number % 7 == 2 else company,
        mail.upper() if number % 9 == 4 else mail,
        phone,
        [NAMES[country], "", country.lower(), NAMES[country].upper()][number % 4],
        city,
        TITLES[number % len(TITLES)],
        f"http://www.{domain}/" if number % 3 else "",
        {"date": 44000 + number * 3},
    ]


OUTPUTS = [
    ("clean:e", "Phone (clean)", "clean", "phone"),
    ("fill:country", "Country (clean)", "clean", "country"),
    ("fill:email.type", "E-mail type", "fill", "email.type"),
    ("fill:phone.time_zone", "Time zone", "fill", "phone.time_zone"),
    ("fill:job.seniority", "Seniority", "fill", "job.seniority"),
    ("duplicates", "Possible duplicate", "duplicates", "duplicates"),
]


def results(number: int) -> list[tuple[object, str]]:
    """Return value and outcome of every output for one row."""
    _, _, _, _, country, _ = PEOPLE[number % len(PEOPLE)]
    digits = f"{612345678 + number * 1117:09d}"
    has_phone, title = number % 5 != 4, TITLES[number % len(TITLES)]
    return [
        (f"+{PREFIX[country]}{digits}", "written") if has_phone else (None, "not_found"),
        (NAMES[country], "already_there" if number % 4 == 0 else "written"),
        (None, "not_found") if number % 11 == 3 else ("Named person", "written"),
        ("Europe/Paris", "written") if has_phone else (None, "not_found"),
        ("C-level", "written")
        if title in {"CEO", "CTO"}
        else (("Manager", "written") if title else (None, "review" if number % 3 else "not_found")),
        (f"Group {number // 40 + 1}", "written") if number % 40 < 2 else (None, "kept"),
    ]
