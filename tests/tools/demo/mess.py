"""How people type what they know: the same truth in many spellings, and sometimes not the truth."""

from __future__ import annotations

from datetime import date, timedelta

from tests.tools.demo.people import Company, Dice, Person, slug
from tests.tools.demo.words import Land

NOTHING = ("n/a", "-", "—", "?", "none")
MONTHS = {
    "GB": "January February March April May June July August September October November December",
    "US": "January February March April May June July August September October November December",
    "FR": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "DE": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "ES": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}


def full_name(dice: Dice, person: Person) -> str | None:
    """Half of the names are fine; others shout, whisper, turn round, carry titles or were badly decoded."""
    given, family, land = person.given, person.family, person.land
    salutation = dice.pick(land.madam if person.woman else land.sir)
    plain = f"{given} {family}"
    chance = dice.below(100)
    if chance < 46:
        return plain
    if chance < 50:
        return None
    shapes: tuple[str, ...] = (
        plain.upper(),
        plain.lower(),
        f"{family}, {given}",
        f"{family.upper()} {given}",
        f"{family.upper()}, {given}",
        f"{salutation} {plain}",
        f"  {given}   {family} ",
        f"{given}\u00a0{family}",
        f"{given[0]}. {family}",
        given,
        f"{plain} (ext.)",
        f"{plain}, MBA",
        misread(plain),
        plain.title().swapcase(),
    )
    return dice.pick(shapes)


def misread(text: str) -> str:
    """Return what UTF-8 looks like when read as Windows-1252, where that can be shown at all."""
    try:
        return text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return text


def email(dice: Dice, person: Person) -> str | None:
    """Most addresses are fine or only wear capitals; some cannot be mailed as they stand."""
    address = person.email
    local, domain = address.split("@")
    chance = dice.below(100)
    if chance < 55:
        return address
    if chance < 61:
        return None
    shapes: tuple[str, ...] = (
        address.upper(),
        f"{local.title()}@{domain}",
        f" {address} ",
        f"<{address}>",
        f"mailto:{address}",
        f"{person.given} {person.family} <{address}>",
        f"{local}@{domain}.",
        f"{local} @{domain}",
        f"{local}@{domain};",
        mistyped(dice, local, domain),
        f"{local}(at){domain}",
        f"{local}@@{domain}",
        local,
    )
    return dice.pick(shapes)


def mistyped(dice: Dice, local: str, domain: str) -> str:
    """Return a free-mail domain as fingers get it wrong; a company's own domain loses its dot."""
    if domain.endswith(".example"):
        return f"{local}@{domain.replace('.', ',')}"
    return f"{local}@{dice.pick(('gmial.com', 'gmail.con', 'gmai.com', 'gnail.com', 'gmail,com'))}"


def phone(dice: Dice, person: Person) -> str | int | None:
    """Ten formats and more; one in seven is missing, a few are not numbers at all."""
    land, national = person.land, person.phone
    if not national:
        return dice.pick((None, None, None, "pendiente", "555", "91 000"))
    chance = dice.below(100)
    if chance < 13:
        return None
    if chance < 16:
        return dice.pick((*NOTHING, "12345", "call reception"))
    groups = national.split()
    area, rest = groups[0], groups[1:]
    bare = area.removeprefix(land.trunk)
    abroad = f"+{land.dialling} {bare} {' '.join(rest)}"
    trunk = f"({land.trunk})" if land.trunk else ""
    shapes: tuple[str | int, ...] = (
        abroad,
        abroad.replace(" ", ""),
        f"00{land.dialling} {bare} {' '.join(rest)}",
        f"+{land.dialling} {trunk}{bare} {' '.join(rest)}" if trunk else f"+1 ({bare}) {'-'.join(rest)}",
        national,
        national.replace(" ", ""),
        f"({area}) {'-'.join(rest)}",
        national.replace(" ", "."),
        national.replace(" ", "-"),
        f"{area}/{''.join(rest)}",
        f"Tel: {national}",
        f"{national}{land.extension}",
        abroad.replace(" ", "\u00a0"),
        int((bare + "".join(rest)).replace(" ", "")),
    )
    return dice.pick(shapes)


def company_name(dice: Dice, company: Company) -> str | None:
    """Return the company with or without its legal form, in any case; one in twelve is missing."""
    chance = dice.below(100)
    if chance < 8:
        return None
    full = f"{company.name} {company.form}"
    if chance < 45:
        return full
    shapes = (
        company.name,
        company.name,
        full.upper(),
        company.name.lower(),
        f"{full}  ",
        full.replace(" ", "  ", 1),
    )
    return dice.pick(shapes)


def website(dice: Dice, company: Company) -> str | None:
    """Return the company's site as it was copied from somewhere; two in five are missing."""
    if dice.chance(40):
        return None
    domain = company.domain
    return dice.pick(
        (
            domain, f"www.{domain}", f"http://{domain}", f"https://www.{domain}/", domain.upper(),
            f"HTTP://WWW.{domain.upper()}", f"https://{domain}/contact?utm_source=fair", f"https:/{domain}",
            f" {domain} ",
        )
    )  # fmt: skip


def title(dice: Dice, person: Person) -> str | None:
    """Return the job title, tidy or not; one in six is missing."""
    if dice.chance(16):
        return None
    good = person.title
    return dice.pick((good, good, good, good.upper(), good.lower(), f" {good}", good.replace(" ", "  ")))


def country(dice: Dice, land: Land) -> str | None:
    """Return one of the country's spellings; two in five are missing."""
    return None if dice.chance(40) else dice.pick(land.spellings)


def city(dice: Dice, company: Company) -> str | None:
    """Return the company's city, mostly in its good spelling."""
    if dice.chance(18):
        return None
    names = company.place.names
    return names[0] if dice.chance(60) else dice.pick(names)


def linkedin(dice: Dice, person: Person) -> str | None:
    """Return the profile's address in an odd form; every other one is missing."""
    if dice.chance(50):
        return None
    handle = person.linkedin
    return dice.pick(
        (
            f"https://www.linkedin.com/in/{handle}/", f"https://www.linkedin.com/in/{handle}",
            f"linkedin.com/in/{handle}", f"http://{person.land.code.lower()}.linkedin.com/in/{handle}?trk=people",
            f"www.LinkedIn.com/in/{handle}/en", f"https://linkedin.com/in/{handle.upper()}/", f"in/{handle}",
            f"@{handle}",
        )
    )  # fmt: skip


def vat(dice: Dice, company: Company) -> str | None:
    """Return the VAT number, spaced, bare or wrong; two in five are missing."""
    if not company.vat:
        return "n/a" if dice.chance(20) else None
    if dice.chance(40):
        return None
    number = company.vat
    land, digits = number[:2], number[2:]
    wrong = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    return dice.pick(
        (
            number, number, f"{land} {digits[:3]} {digits[3:6]} {digits[6:]}", number.lower(),
            f"{land}-{digits}", f"{land}{digits[:2]}.{digits[2:5]}.{digits[5:]}", f" {number} ", wrong,
        )
    )  # fmt: skip


def last_contact(dice: Dice, land: Land, start: date) -> str | date | None:
    """Return a day of the year after ``start``: a real date, or text as that country writes it."""
    if dice.chance(22):
        return None
    day = start + timedelta(days=dice.below(365))
    if dice.chance(35):
        return day
    month = MONTHS[land.code].split()[day.month - 1]
    if land.code == "US":
        texts = (
            f"{day.month}/{day.day}/{day.year}",
            f"{month} {day.day}, {day.year}",
            f"{month[:3]} {day.day} {day.year}",
        )
    elif land.code == "DE":
        texts = (f"{day.day}.{day.month}.{day.year}", f"{day.day}. {month} {day.year}", f"{day:%d.%m.%y}")
    else:
        texts = (f"{day:%d/%m/%Y}", f"{day.day} {month} {day.year}", f"{day:%d-%m-%y}")
    return dice.pick((*texts, day.isoformat()))


def near_miss(dice: Dice, person: Person) -> str:
    """Return the name of somebody who was entered twice: a letter lost, an accent lost, turned round."""
    given, family = person.given, person.family
    shapes = (
        f"{given} {family}",
        f"{given} {family}".upper(),
        f"{family}, {given}",
        f"{given[0]}. {family}",
        f"{slug(given).title()} {slug(family).title()}",
        f"{given} {family[:-2]}{family[-1]}",
    )
    return dice.pick(shapes)
