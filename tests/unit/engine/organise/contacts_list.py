"""A list of contacts to put a scene into: common names, companies with colleagues, one seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace

from addon_backend.domain.facts import DuplicateGroup
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.organise import find_duplicates

_GIVEN = "Anna Paul Luis Karl Emma Nina Omar Ines Hugo Lena Marc Sven Rosa Felix Clara Jonas".split()
_FAMILY = (
    "Roussel Keller Ortega Bianchi Lambert Fischer Moreau Santos Visser Novak Costa Berg Lund Roy".split()
)
_KINDS = (
    Kind.PERSON_FIRST_NAME,
    Kind.PERSON_LAST_NAME,
    Kind.EMAIL,
    Kind.PHONE,
    Kind.COMPANY_NAME,
    Kind.COMPANY_DOMAIN,
    Kind.ADDRESS_STREET,
    Kind.ADDRESS_POSTCODE,
    Kind.ADDRESS_CITY,
    Kind.DATE,
    Kind.PERSON_SALUTATION,
)


@dataclass(frozen=True)
class Contact:
    """One row."""

    first: str = "Jean"
    last: str = "Dupont"
    email: str = "jean.dupont@acme.example"
    phone: str = "+33 1 44 55 66 77"
    company: str = "Acme SAS"
    domain: str = "acme.example"
    street: str = "12 rue de la Paix"
    postcode: str = "75002"
    city: str = "Paris"
    born: str = ""
    salutation: str = ""

    def but(self, **changes: str) -> Contact:
        """Return the row with some cells changed."""
        return replace(self, **changes)


PERSON = Contact()
AT_HOME = Contact(email="", company="", domain="")
COMPANY = Contact(first="", last="", email="")


def others(rows: int) -> list[Contact]:
    """Return different people, three to a company."""
    draw = random.Random(20)
    names = [(first, last + end) for first in _GIVEN for last in _FAMILY for end in ("", "son", "ini", "ez")]
    draw.shuffle(names)
    found = []
    for number, (first, last) in enumerate(names[:rows]):
        firm = f"firm{number // 3}"
        found.append(
            Contact(
                first,
                last,
                f"{first}.{last}@{firm}.example".lower(),
                f"+33 1 {draw.randint(10_000_000, 99_999_999)}",
                f"{firm} {draw.choice(('Bau', 'Conseil', 'Logistik'))}",
                f"{firm}.example",
                f"{draw.randint(1, 99)} rue {last}",
                f"{draw.randint(10, 95)}000",
                draw.choice(("Paris", "Lyon", "Lille")),
            )
        )
    return found


def groups_of(contacts: Sequence[Contact], background: int = 60) -> list[DuplicateGroup]:
    """Return the groups that some row of ``contacts`` is in, inside a longer list."""
    rows = [astuple(contact) for contact in (*contacts, *others(background))]
    columns = {kind: [row[at] for row in rows] for at, kind in enumerate(_KINDS)}
    return [group for group in find_duplicates(columns, {}) if min(group.rows) < len(contacts)]
