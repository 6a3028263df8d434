"""A recipe is a short text that says what to do with a list; replayed, it does the same again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from addon_backend.domain.errors import RecipeUnknown
from addon_backend.domain.fields import CATALOGUE
from addon_backend.domain.kinds import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class CleanMode(StrEnum):
    """Where cleaned values go (DESIGN §4.2)."""

    OFF = "off"
    BESIDE = "beside"
    IN_PLACE = "in_place"


CLEANABLE = (
    ColumnKind.EMAIL,
    ColumnKind.PHONE,
    ColumnKind.PERSON_FULL_NAME,
    ColumnKind.PERSON_FIRST_NAME,
    ColumnKind.PERSON_LAST_NAME,
    ColumnKind.JOB_TITLE,
    ColumnKind.COMPANY_NAME,
    ColumnKind.COMPANY_DOMAIN,
    ColumnKind.URL,
    ColumnKind.LINKEDIN_PERSON,
    ColumnKind.LINKEDIN_COMPANY,
    ColumnKind.COUNTRY,
    ColumnKind.VAT,
    ColumnKind.REGISTRATION,
    ColumnKind.DATE,
)


LONGEST_TOLD = 40


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to clean (by kind), what to fill (field names), which priced sources may be asked, and how.

    Kinds that ``clean`` does not list use ``clean_default``. Sources are asked in the order given.
    """

    name: str
    clean_default: CleanMode = CleanMode.BESIDE
    clean: tuple[tuple[ColumnKind, CleanMode], ...] = ()
    fill: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    duplicates: bool = True

    def mode(self, kind: ColumnKind) -> CleanMode:
        """Return how a column of this kind is cleaned."""
        if kind not in CLEANABLE:
            return CleanMode.OFF
        return dict(self.clean).get(kind, self.clean_default)

    def as_data(self) -> dict[str, object]:
        """Return the recipe as plain data: its text form, stable in order."""
        return {
            "name": self.name,
            "clean_default": self.clean_default.value,
            "clean": {kind.value: mode.value for kind, mode in sorted(self.clean)},
            "fill": list(self.fill),
            "sources": list(self.sources),
            "duplicates": self.duplicates,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> Recipe:
        """Read `as_data` back. Raises `RecipeUnknown` for an unknown field, kind or mode."""
        refuse_unknown_fields(data)
        clean, fill, sources = data.get("clean", {}), data.get("fill", ()), data.get("sources", ())
        if not isinstance(clean, dict) or not isinstance(fill, list | tuple):
            raise RecipeUnknown
        if not isinstance(sources, list | tuple):
            raise RecipeUnknown
        _refuse_unknown("fill", fill, CATALOGUE)
        try:
            return cls(
                name=str(data["name"]),
                clean_default=CleanMode(str(data.get("clean_default", CleanMode.BESIDE))),
                clean=tuple(sorted((ColumnKind(kind), CleanMode(mode)) for kind, mode in clean.items())),
                fill=tuple(str(name) for name in fill),
                sources=tuple(str(name) for name in sources),
                duplicates=bool(data.get("duplicates", True)),
            )
        except (KeyError, ValueError):
            raise RecipeUnknown from None


def refuse_unknown_fields(names: Iterable[object]) -> None:
    """Raise `RecipeUnknown` where a recipe has no such field; it names the field and those that there are."""
    _refuse_unknown("field", names, [field.name for field in fields(Recipe)])


def _refuse_unknown(reason: str, names: Iterable[object], known: Iterable[str]) -> None:
    there = list(known)
    for name in names:
        if name not in there:
            raise RecipeUnknown(reason=reason, field=_told(name), known=", ".join(there))


def _told(name: object) -> str:
    """Return what was given as a name, where it is spelt as names are: letters, and what joins them.

    What holds a digit, an @ or a control character may be a value that got into the wrong place, and no
    problem repeats a value.
    """
    if isinstance(name, str) and all(letter.isalpha() or letter in " ._-" for letter in name):
        return name if len(name) <= LONGEST_TOLD else name[: LONGEST_TOLD - 1] + "…"
    return "…"


_FREE_FIELDS = (
    "person.first_name",
    "person.last_name",
    "email.type",
    "company.name",
    "company.domain",
    "country",
    "phone.type",
    "phone.time_zone",
    "job.seniority",
    "job.department",
)

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        Recipe("standard", fill=_FREE_FIELDS),
        Recipe("clean"),
        Recipe("complete", fill=(*_FREE_FIELDS, "company.industry", "company.size"), sources=("demo",)),
    )
}


def recipe_named(name: str) -> Recipe:
    """Return a bundled recipe. Raises `RecipeUnknown`."""
    try:
        return RECIPES[name]
    except KeyError:
        raise RecipeUnknown from None
