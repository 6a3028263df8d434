"""Rows as they are compared: each kind's column normalised once per distinct value, as one `Feature`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from addon_backend.domain.cells import as_text, is_blank
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.organise import contacts, persons, places
from addon_backend.engine.organise.evidence import Feature, spread_pairs
from addon_backend.engine.organise.firms import Firm, FirmFeature, firm_of
from addon_backend.engine.organise.folding import fold
from addon_backend.engine.organise.words import FEMALE_TITLES, MALE_TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.engine.organise.evidence import Model

T = TypeVar("T", bound="Hashable")
Column = tuple[ColumnKind, "Sequence[CellValue]"]

_LONGEST = 300  # characters that are compared
_NO_CONTEXT = ColumnContext()

_PERSON_IDENTIFIERS = (ColumnKind.LINKEDIN_PERSON, ColumnKind.ID)
_FIRM_IDENTIFIERS = (
    ColumnKind.REGISTRATION,
    ColumnKind.VAT,
    ColumnKind.LEI,
    ColumnKind.IBAN,
    ColumnKind.LINKEDIN_COMPANY,
)
_SUBJECTS = (
    ColumnKind.COMPANY_NAME,
    ColumnKind.PERSON_FULL_NAME,
    ColumnKind.PERSON_FIRST_NAME,
    ColumnKind.PERSON_LAST_NAME,
)
_PLACES = (ColumnKind.ADDRESS_STREET, ColumnKind.ADDRESS_LINE, ColumnKind.PHONE, ColumnKind.COMPANY_DOMAIN)
_LONGEST_NAME = 80
_GENERIC = (ColumnKind.JOB_TITLE, ColumnKind.TEXT, ColumnKind.NUMBER)


class Records:
    """All features of a list. A kind without a column is None; ``texts`` are what stands in the cells."""

    def __init__(
        self,
        columns: Sequence[Column],
        contexts: Mapping[ColumnKind, ColumnContext],
        keep: Sequence[int],
    ) -> None:
        """Normalise the rows ``keep`` of the columns; a kind's second column fills its first one's gaps."""
        self.rows = len(keep)
        self._pairs = spread_pairs(self.rows)
        self._columns: dict[ColumnKind, list[list[str]]] = {}
        for kind, cells in columns:
            texts = [_text(cells[row]) for row in keep]
            if any(texts):
                self._columns.setdefault(kind, []).append(texts)
        self._name_the_subject()
        self._contexts = contexts
        self.mail = self._feature(ColumnKind.EMAIL, contacts.mail_of, contacts.compare_mails, contacts.MAIL)
        self.phone = self._feature(
            ColumnKind.PHONE, contacts.phone_of, contacts.compare_phones, contacts.PHONE
        )
        named: list[Firm | None] = _each_once(self._texts(ColumnKind.COMPANY_NAME) or (), firm_of)
        self.firm = FirmFeature(named, self._pairs) if any(named) else None
        self.forms = [firm.form if firm else "" for firm in named]
        self.persons = self._persons()
        self.of_people = self.firm is None or 2 * _filled(self.persons) >= self.rows
        if not self.of_people:
            self.persons = [None] * self.rows
        self.given = self._part([person.given if person else "" for person in self.persons], given=True)
        self.family = self._part([person.family if person else "" for person in self.persons], given=False)
        self.gender = _each_once(self._texts(ColumnKind.PERSON_SALUTATION) or [""] * self.rows, _gender)
        self.domain = self._domain()
        self.street = self._street()
        self.postcode = self._feature(
            ColumnKind.ADDRESS_POSTCODE, places.postcode_of, places.compare_postcodes, places.POSTCODE
        )
        self.city = self._feature(ColumnKind.ADDRESS_CITY, _folded, places.compare_cities, places.CITY)
        self.regions = self._several(
            (ColumnKind.ADDRESS_REGION, ColumnKind.COUNTRY), _folded, places.compare_regions, places.REGION
        )
        self.dates = self._several(
            (ColumnKind.DATE,), contacts.date_of, contacts.compare_dates, contacts.DATE
        )
        self.person_ids = self._identifiers(_PERSON_IDENTIFIERS)
        self.firm_ids = self._identifiers(_FIRM_IDENTIFIERS)
        generic = _GENERIC if self.of_people else (*_GENERIC, ColumnKind.PERSON_FULL_NAME)
        self.generic = self._several(generic, _folded, contacts.compare_generic, contacts.GENERIC)
        del self._pairs, self._columns

    def _name_the_subject(self) -> None:
        """Take the first telling text column for names where a list of places has none that is known as such.

        Without it, two shops in one street could not be told apart. What stands in such a column is compared
        as company names are: by rare words.
        """
        named = (texts for kind in _SUBJECTS for texts in self._columns.get(kind, ()))
        if any(2 * sum(map(bool, texts)) >= self.rows for texts in named):
            return
        if ColumnKind.COMPANY_NAME in self._columns or not any(kind in self._columns for kind in _PLACES):
            return
        columns = self._columns.get(ColumnKind.TEXT, [])
        name = next((texts for texts in columns if _telling(texts)), None)
        if name is not None:
            self._columns[ColumnKind.COMPANY_NAME] = [name]
            self._columns[ColumnKind.TEXT] = [texts for texts in columns if texts is not name]

    def _texts(self, kind: ColumnKind) -> list[str] | None:
        columns = self._columns.get(kind)
        if not columns:
            return None
        return (
            columns[0]
            if len(columns) == 1
            else [next((text for text in texts if text), "") for texts in zip(*columns, strict=True)]
        )

    def _feature(
        self,
        kind: ColumnKind,
        read: Callable[[str], T | None],
        compare: Callable[[T, T], int],
        model: Model,
    ) -> Feature[T] | None:
        texts = self._texts(kind)
        return None if texts is None else self._made(texts, read, compare, model)

    def _made(
        self,
        texts: Sequence[str],
        read: Callable[[str], T | None],
        compare: Callable[[T, T], int],
        model: Model,
    ) -> Feature[T] | None:
        values = _each_once(texts, read)
        if all(value is None for value in values):
            return None
        return Feature(values, compare, model, self._pairs)

    def _several(
        self,
        kinds: Sequence[ColumnKind],
        read: Callable[[str], T | None],
        compare: Callable[[T, T], int],
        model: Model,
    ) -> list[tuple[ColumnKind, Feature[T]]]:
        made = [
            (kind, self._made(texts, read, compare, model))
            for kind in kinds
            for texts in self._columns.get(kind, ())
        ]
        return [(kind, feature) for kind, feature in made if feature is not None]

    def _identifiers(self, kinds: Sequence[ColumnKind]) -> list[tuple[ColumnKind, Feature[str]]]:
        """A number that is on one row only, in the whole column, numbers rows: it says nothing."""
        features = self._several(
            kinds, contacts.identifier_of, contacts.compare_identifiers, contacts.IDENTIFIER
        )
        return [
            (kind, feature)
            for kind, feature in features
            if kind is not ColumnKind.ID or len(feature.values) < feature.filled
        ]

    def _persons(self) -> list[persons.Person | None]:
        full = self._texts(ColumnKind.PERSON_FULL_NAME)
        given, family = self._texts(ColumnKind.PERSON_FIRST_NAME), self._texts(ColumnKind.PERSON_LAST_NAME)
        blank = [""] * self.rows
        if given is not None or family is not None:
            pairs = list(zip(given or blank, family or blank, strict=True))
            known = {pair: persons.person_of_parts(*pair) for pair in dict.fromkeys(pairs)}
            found = [known[pair] for pair in pairs]
            if full is None:
                return found
            order = self._contexts.get(ColumnKind.PERSON_FULL_NAME, _NO_CONTEXT).name_order
            return [
                person or persons.person_of_full(text, order)
                for person, text in zip(found, full, strict=True)
            ]
        if full is None:
            return [None] * self.rows
        order = self._contexts.get(ColumnKind.PERSON_FULL_NAME, _NO_CONTEXT).name_order
        return _each_once(full, lambda text: persons.person_of_full(text, order))

    def _part(self, texts: Sequence[str], *, given: bool) -> Feature[str] | None:
        if not any(texts):
            return None
        compare = persons.compare_given if given else persons.compare_family
        model = persons.GIVEN if given else persons.FAMILY
        return Feature([text or None for text in texts], compare, model, self._pairs)

    def _domain(self) -> Feature[str] | None:
        own, sites = self._texts(ColumnKind.COMPANY_DOMAIN), self._texts(ColumnKind.URL)
        if own and sites:
            own = [first or second for first, second in zip(own, sites, strict=True)]
        texts = own or sites
        if texts is None:
            return None
        return self._made(texts, contacts.domain_of, contacts.compare_domains, contacts.DOMAIN)

    def _street(self) -> Feature[places.Street] | None:
        line, street = self._texts(ColumnKind.ADDRESS_LINE), self._texts(ColumnKind.ADDRESS_STREET)
        if line and street:
            street = [first or second for first, second in zip(street, line, strict=True)]
        texts = street or line
        if texts is None:
            return None
        return self._made(texts, places.street_of, places.compare_streets, places.STREET)


def _each_once(texts: Sequence[str], read: Callable[[str], T | None]) -> list[T | None]:
    known = {text: read(text) if text else None for text in dict.fromkeys(texts)}
    return [known[text] for text in texts]


def _telling(texts: Sequence[str]) -> bool:
    """Tell whether a column could name what its rows are about: short, on most rows, mostly different."""
    filled = [text for text in texts if text]
    if len(filled) < 0.6 * len(texts) or len(set(filled)) < 0.4 * len(filled):
        return False
    short = sum(len(text) <= _LONGEST_NAME and any(map(str.isalpha, text)) for text in filled)
    return short >= 0.9 * len(filled)


def _filled(values: Sequence[object]) -> int:
    return sum(value is not None for value in values)


def _gender(salutation: str) -> str | None:
    word = fold(salutation).partition(" ")[0]
    if word in FEMALE_TITLES:
        return "female"
    return "male" if word in MALE_TITLES else None


def _folded(text: str) -> str | None:
    return fold(text) or None


def _text(value: CellValue) -> str:
    return "" if is_blank(value) or isinstance(value, bool) else as_text(value).strip()[:_LONGEST]
