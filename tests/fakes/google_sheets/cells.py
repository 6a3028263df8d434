"""One cell: what was entered, what it shows, and how an answer tells it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from tests.fakes.google_sheets.errors import Message
from tests.fakes.google_sheets.formats import DATES, shown_date, shown_number

MOST_CHARACTERS = 50_000


@dataclass(frozen=True, slots=True)
class Failure:
    """What a formula shows that failed: Google's ``ErrorType`` and the text in the cell."""

    kind: str
    text: str


NOT_COMPUTED = Failure("LOADING", "Loading...")
"""What a formula shows that came through the API: nobody computes it, as Google sometimes has not yet."""

BROKEN = Failure("REF", "#REF!")
"""What an array formula shows that finds no room."""

Value: TypeAlias = bool | int | float | str | Failure | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. ``value`` is what it shows; a ``formula`` is never computed: it shows what it is laid out with.

    ``spilled`` is a value that another cell's array formula put here. Messages are never changed in place.
    """

    value: Value = None
    formula: str | None = None
    spilled: bool = False
    format: Message = field(default_factory=dict)
    note: str = ""
    validation: Message | None = None

    @property
    def filled(self) -> bool:
        """True where a read of values tells something."""
        return self.value is not None or self.formula is not None

    @property
    def number_format(self) -> Message:
        """The number format, empty where nobody set one."""
        told: Message = self.format.get("numberFormat", {})
        return told

    @property
    def is_date(self) -> bool:
        """True for a number that is shown as a date or a time."""
        number = isinstance(self.value, int | float) and not isinstance(self.value, bool)
        return number and self.number_format.get("type") in DATES

    def entered(self, value: Value, formula: str | None = None) -> Cell:
        """Return it with another value; format, note and validation stay."""
        return replace(self, value=None if value == "" else value, formula=formula, spilled=False)

    def with_formula(self, formula: str) -> Cell:
        """Return it with a formula that nobody has computed."""
        return self.entered(NOT_COMPUTED, formula)

    def formatted(self, number_format: Message | None) -> Cell:
        """Return it with another number format, or with none."""
        rest = {name: told for name, told in self.format.items() if name != "numberFormat"}
        return replace(self, format=rest | ({"numberFormat": number_format} if number_format else {}))

    def shown(self) -> str:
        """Return what a person sees, in the locale en_US."""
        match self.value:
            case None:
                return ""
            case bool():
                return "TRUE" if self.value else "FALSE"
            case int() | float():
                if self.is_date:
                    return shown_date(self.value, self.number_format)
                return shown_number(self.value, self.number_format)
            case Failure():
                return self.value.text
            case _:
                return self.value

    def rendered(self, option: str, dates: str) -> bool | float | str:
        """Return it as ``values.get`` tells it."""
        if option == "FORMULA" and self.formula is not None:
            return self.formula
        if option == "FORMATTED_VALUE" or self.value is None or isinstance(self.value, Failure):
            return self.shown()
        if dates == "FORMATTED_STRING" and self.is_date:
            return self.shown()
        return whole(self.value)

    def data(self) -> Message:
        """Return it as ``CellData``; only what there is to tell."""
        told: Message = {}
        if self.formula is not None:
            told["userEnteredValue"] = {"formulaValue": self.formula}
        elif self.value is not None and not self.spilled:
            told["userEnteredValue"] = extended(self.value)
        if self.value is not None:
            told["effectiveValue"] = extended(self.value)
            told["formattedValue"] = self.shown()
        if self.format:
            told["userEnteredFormat"] = self.format
            told["effectiveFormat"] = self.format
        if self.note:
            told["note"] = self.note
        if self.validation is not None:
            told["dataValidation"] = self.validation
        return told


EMPTY = Cell()


def extended(value: Value) -> Message:
    """Return a value as ``ExtendedValue``."""
    match value:
        case bool():
            return {"boolValue": value}
        case int() | float():
            return {"numberValue": whole(value)}
        case str():
            return {"stringValue": value}
        case Failure():
            return {"errorValue": {"type": value.kind, "message": value.text}}
        case _:
            return {}


def whole(value: bool | float | str) -> bool | float | str:
    """Return 2 for 2.0, as Google's JSON does."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value
