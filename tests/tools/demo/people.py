"""Who works where: companies and people as they truly are, before anybody typed them into a sheet."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from anyascii import anyascii
from stdnum.de import vat as german_vat
from stdnum.es import cif
from stdnum.fr import siren
from stdnum.gb import vat as british_vat

from tests.tools.demo.words import LANDS, ROLES, Land, Place

T = TypeVar("T")


class Dice:
    """Chances that fall the same on every Python: `random.Random.random` is the one promised to."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of them."""
        return choices[self.below(len(choices))]

    def below(self, bound: int) -> int:
        """Return a number from 0 to bound-1."""
        return int(self._random.random() * bound)

    def chance(self, percent: float) -> bool:
        """Return True that often."""
        return self._random.random() * 100 < percent

    def digits(self, pattern: str) -> str:
        """Return the pattern with every # replaced by a digit."""
        return "".join(str(self.below(10)) if sign == "#" else sign for sign in pattern)


@dataclass(frozen=True)
class Company:
    """An invented company. ``vat`` passes its checksum and comes from a block that is not issued."""

    land: Land
    name: str
    form: str
    domain: str
    place: Place
    vat: str
    mailbox: str


@dataclass(frozen=True)
class Person:
    """An invented person; ``number`` tells her from all others, also where two share a name."""

    number: int
    land: Land
    woman: bool
    given: str
    family: str
    company: Company
    email: str
    phone: str
    title: str
    linkedin: str


def slug(text: str, between: str = "-") -> str:
    """Return ``jean-baptiste`` for ``Jean-Baptiste``, ``muellenbrock`` for ``Müllenbrock``."""
    for umlaut, pair in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("Ä", "Ae"), ("Ö", "Oe"), ("Ü", "Ue")):
        text = text.replace(umlaut, pair)
    plain = "".join(sign if sign.isalnum() else " " for sign in anyascii(text).lower().replace("'", ""))
    return between.join(plain.split())


def companies(dice: Dice, land: Land, vats: Iterator[str]) -> list[Company]:
    """Return one company per brand of this land."""
    made: list[Company] = []
    for brand in land.brands:
        name = f"{brand} {dice.pick(land.trades)}"
        domain = f"{slug(name)}.example"
        mailbox = dice.pick(("given.family", "g.family", "given", "gfamily"))
        made.append(
            Company(land, name, dice.pick(land.forms), domain, dice.pick(land.places), next(vats), mailbox)
        )
    return made


def people(dice: Dice) -> list[Person]:
    """Return everybody, no two with the same name in one company."""
    everybody: list[Person] = []
    for land in LANDS:
        employers = companies(dice, land, vat_numbers(land.code))
        taken: set[tuple[str, str]] = set()
        while len(taken) < land.people:
            woman = dice.chance(50)
            given, family = dice.pick(land.women if woman else land.men), dice.pick(land.families)
            if (given, family) in taken:
                continue
            taken.add((given, family))
            company = dice.pick(employers)
            everybody.append(_person(dice, len(everybody), woman, given, family, company))
    return everybody


def homonym(dice: Dice, of: Person, number: int, company: Company) -> Person:
    """Return somebody else with the same name, at another company."""
    return _person(dice, number, of.woman, of.given, of.family, company)


def _person(dice: Dice, number: int, woman: bool, given: str, family: str, company: Company) -> Person:
    land = company.land
    first, last = slug(given, ""), slug(family, "")
    box = {
        "given.family": f"{slug(given)}.{last}",
        "g.family": f"{first[0]}.{last}",
        "given": first,
        "gfamily": f"{first[0]}{last}",
    }[company.mailbox]
    if dice.chance(9):
        address = f"{dice.pick(ROLES[land.code])}@{company.domain}"
    elif dice.chance(12):
        # Gmail gives no name shorter than six characters, so nobody can own this address.
        address = f"{first[0]}.{last[:2]}{number % 10}@{dice.pick(('gmail.com', 'googlemail.com'))}"
    else:
        address = f"{box}@{company.domain}"
    pattern = land.mobile if land.mobile and dice.chance(25) else company.place.phone
    return Person(
        number, land, woman, given, family, company, address, dice.digits(pattern), dice.pick(land.titles),
        f"{slug(given)}-{slug(family)}-example-{number:03d}",
    )  # fmt: skip


def vat_numbers(land: str) -> Iterator[str]:
    """Yield numbers that pass the checksum: GB and FR from before the first issued, DE after the last."""
    if land == "GB":
        yield from (f"GB{n:09d}" for n in range(1_000_000, 9_999_999) if british_vat.is_valid(f"{n:09d}"))
    elif land == "FR":
        sirens = (n for n in range(100_000, 999_999) if siren.is_valid(f"{n:09d}"))
        yield from (f"FR{(12 + 3 * (n % 97)) % 97:02d}{n:09d}" for n in sirens)
    elif land == "DE":
        yield from (f"DE{n}" for n in range(999_000_000, 999_999_999) if german_vat.is_valid(str(n)))
    elif land == "ES":
        yield from (f"ESB{n:08d}" for n in range(100, 99_999) if cif.is_valid(f"B{n:08d}"))
    else:
        while True:
            yield ""
