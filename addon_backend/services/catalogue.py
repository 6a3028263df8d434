"""Everything that can be chosen, with labels in the caller's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.domain.fields import CATALOGUE
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.labels import kind_label, recipe_label
from addon_backend.domain.recipes import CLEANABLE, RECIPES
from addon_backend.domain.switches import Switches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.services.house import House


@dataclass(frozen=True, slots=True)
class KindLine:
    """A column kind; ``cleanable`` says that it can be cleaned."""

    kind: str
    label: str
    cleanable: bool


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field; ``price`` is credits for one new value from ``source``, 0 and None where the engine knows."""

    name: str
    label: str
    price: int
    personal: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class RecipeLine:
    """A bundled recipe with its text form."""

    name: str
    label: str
    recipe: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the panel offers under *Change*."""

    kinds: Sequence[KindLine]
    fields: Sequence[FieldLine]
    recipes: Sequence[RecipeLine]


def catalogue(house: House, language: str, switches: Switches | None = None) -> Catalogue:
    """Return kinds, fields and recipes that this house can serve and a workspace's switches allow."""
    switches = switches or Switches()
    priced = {
        field: (name, source.price(field))
        for name, source in house.sources.items()
        for field in source.fields
    }
    return Catalogue(
        kinds=[KindLine(kind.value, kind_label(kind, language), kind in CLEANABLE) for kind in ColumnKind],
        fields=[
            FieldLine(
                field.name,
                field.label(language),
                priced.get(field.name, ("", 0))[1],
                field.personal,
                priced[field.name][0] if field.name in priced else None,
            )
            for field in CATALOGUE.values()
            if switches.fields is None or field.name in switches.fields
        ],
        recipes=[
            RecipeLine(recipe.name, recipe_label(recipe.name, language), switches.narrowed(recipe).as_data())
            for recipe in RECIPES.values()
            if all(source in house.sources for source in recipe.sources)
        ],
    )
