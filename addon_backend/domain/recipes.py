"""A recipe is a short text that says what to do with a list; replayed, it does the same again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from addon_backend.domain.errors import RecipeUnknown
from addon_backend.domain.fields import CATALOGUE
from addon_backend.domain.kinds import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Mapping


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
        clean, fill, sources = data.get("clean", {}), data.get("fill", ()), data.get("sources", ())
        if not isinstance(clean, dict) or not isinstance(fill, list | tuple):
            raise RecipeUnknown
        if not isinstance(sources, list | tuple) or any(name not in CATALOGUE for name in fill):
            raise RecipeUnknown
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
