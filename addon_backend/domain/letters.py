"""What a letter says about a run that ended or waits: counts and a link, in English or French."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.sentences import counted, state_sentence

if TYPE_CHECKING:
    from addon_backend.domain.texts import Pair

_SUBJECTS: dict[str, Pair] = {
    "finished": ("Your list is ready", "Votre liste est prête"),
    "finished:undone": ("Your cells are as they were before", "Vos cellules sont comme avant"),
    "stopped": ("Your run was stopped", "Votre traitement a été arrêté"),
    "failed": ("Your run could not be finished", "Votre traitement n’a pas pu être terminé"),
    "parked": ("Your run waits for you", "Votre traitement vous attend"),
    "parked:trial_done": ("The first rows are ready", "Les premières lignes sont prêtes"),
    "parked:budget_reached": ("Your run has reached its ceiling", "Votre traitement a atteint son plafond"),
    "parked:needs_owner": (
        "Your run can no longer open its file",
        "Votre traitement n’ouvre plus son fichier",
    ),
    "parked:needs_consent": (
        "Your run needs you to connect again",
        "Votre traitement attend que vous vous reconnectiez",
    ),
}
_COUNTS: dict[str, tuple[Pair, Pair]] = {
    "rows": (("{n} row", "{n} rows"), ("{n} ligne", "{n} lignes")),
    "written": (
        ("{n} cell filled or corrected", "{n} cells filled or corrected"),
        ("{n} cellule remplie ou corrigée", "{n} cellules remplies ou corrigées"),
    ),
    "review": (
        ("{n} cell to check", "{n} cells to check"),
        ("{n} cellule à vérifier", "{n} cellules à vérifier"),
    ),
    "not_found": (
        ("{n} cell not found", "{n} cells not found"),
        ("{n} cellule introuvable", "{n} cellules introuvables"),
    ),
    "credits": (("{n} credit spent", "{n} credits spent"), ("{n} crédit dépensé", "{n} crédits dépensés")),
}
_OPEN: Pair = ("Open your list:", "Ouvrez votre liste :")
_WHY: Pair = (
    "You get this because the panel was closed. You can turn these e-mails off in its History.",
    "Vous recevez ceci parce que le panneau était fermé. Ces e-mails se désactivent dans son historique.",
)


def run_letter(state: str, reason: str, counts: dict[str, int], link: str, language: str) -> Pair:
    """Return subject and text; of ``counts`` (rows, outcomes, credits), those that are not 0 are told."""
    french = language.lower().startswith("fr")
    subject = (_SUBJECTS.get(f"{state}:{reason}") or _SUBJECTS[state])[french]
    told = [counted(forms, counts[name], language) for name, forms in _COUNTS.items() if counts.get(name)]
    parts = [
        state_sentence(state, reason, language),
        "\n".join(f"- {line}" for line in told),
        f"{_OPEN[french]}\n{link}",
        _WHY[french],
    ]
    return subject, "\n\n".join(part for part in parts if part) + "\n"
