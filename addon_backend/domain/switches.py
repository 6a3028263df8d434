"""What an administrator has switched for her workspace, and whom that lets run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from addon_backend.domain.errors import FieldSwitchedOff, InPlaceSwitchedOff, NotAdmitted, WorkspacePaused
from addon_backend.domain.fields import CATALOGUE
from addon_backend.domain.recipes import RECIPES, CleanMode

if TYPE_CHECKING:
    from addon_backend.domain.recipes import Recipe

PROOF_SECONDS = 86_400.0
"""How long a proof that somebody administers her organisation counts."""
AUDIT_DAYS = 400
"""How long we remember who switched what."""


class Admission(StrEnum):
    """What an administrator has said of one member; ``usual`` is nothing."""

    USUAL = "usual"
    LISTED = "listed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Switches:
    """A workspace's switches; as made here, they stand where nobody has touched them.

    ``everybody``: all members may run but those who are blocked, else only those who are listed. ``fields``:
    what may be filled, None for the whole catalogue, also for what it gains later. ``delegation``: we may act
    in the name of every member without asking each one.
    """

    everybody: bool = True
    fields: frozenset[str] | None = None
    in_place: bool = True
    delegation: bool = False
    paused: bool = False

    def admits(self, admission: Admission) -> bool:
        """Return True where a member of this standing may run."""
        return admission is not Admission.BLOCKED and (self.everybody or admission is Admission.LISTED)

    def admit(self, admission: Admission) -> None:
        """Raise `WorkspacePaused`, or `NotAdmitted` with its reason, where a member may not run now."""
        if self.paused:
            raise WorkspacePaused
        if not self.admits(admission):
            raise NotAdmitted(reason="blocked" if admission is Admission.BLOCKED else "not_listed")

    def narrowed(self, recipe: Recipe) -> Recipe:
        """Return what is left of a recipe that nobody has spelt out: without what is switched off."""
        fill = recipe.fill if self.fields is None else tuple(f for f in recipe.fill if f in self.fields)
        if self.in_place:
            return replace(recipe, fill=fill)
        clean = tuple((kind, _beside(mode)) for kind, mode in recipe.clean)
        return replace(recipe, fill=fill, clean_default=_beside(recipe.clean_default), clean=clean)

    def permitted(self, recipe: Recipe, language: str) -> Recipe:
        """Return the recipe as it may be run: a bundled one `narrowed`, another one as it is or not at all.

        Raises `FieldSwitchedOff` or `InPlaceSwitchedOff`.
        """
        if recipe == RECIPES.get(recipe.name):
            return self.narrowed(recipe)
        narrowed = self.narrowed(recipe)
        for field in recipe.fill:
            if field not in narrowed.fill:
                raise FieldSwitchedOff(reason="named", field=CATALOGUE[field].label(language))
        if narrowed != recipe:
            raise InPlaceSwitchedOff
        return recipe


def _beside(mode: CleanMode) -> CleanMode:
    return CleanMode.BESIDE if mode is CleanMode.IN_PLACE else mode
