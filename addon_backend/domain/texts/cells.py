"""Why a cell is as it is, and what will be left alone."""

from addon_backend.domain.texts import Pair

REASONS: dict[str, tuple[Pair, Pair]] = {
    "no_input": (
        ("The row holds nothing to start from.", "Add an e-mail, a company or a phone number."),
        (
            "La ligne ne contient rien pour commencer.",
            "Ajoutez un e-mail, une société ou un téléphone.",
        ),
    ),
    "already_clean": (("It was clean already.", ""), ("C’était déjà propre.", "")),
    "duplicate": (
        ("Another row holds the same one.", "Keep one of them."),
        ("Une autre ligne contient la même chose.", "Gardez-en une."),
    ),
    "no_duplicate": (("No other row looks like it.", ""), ("Aucune autre ligne ne lui ressemble.", "")),
    "undone": (("Put back as it was before the run.", ""), ("Rétabli comme avant le traitement.", "")),
    "nothing_to_undo": (
        ("The run had not changed this cell.", ""),
        ("Le traitement n’avait pas changé cette cellule.", ""),
    ),
    "chosen": (("You chose this value.", ""), ("Vous avez choisi cette valeur.", "")),
    "chosen_anyway": (
        ("You chose this value, although the row had been edited meanwhile.", ""),
        ("Vous avez choisi cette valeur, bien que la ligne ait été modifiée entre-temps.", ""),
    ),
    "not_chosen": (
        ("Nothing was chosen for this cell.", ""),
        ("Rien n’a été choisi pour cette cellule.", ""),
    ),
    "conflict": (
        ("Somebody has edited this cell meanwhile.", ""),
        ("Quelqu’un a modifié cette cellule entre-temps.", ""),
    ),
    "differs": (("Another value stands here.", ""), ("Une autre valeur se trouve ici.", "")),
    "swapped": (
        ("The clean value was put in place.", ""),
        ("La valeur nettoyée a été mise en place.", ""),
    ),
    "moved_in_place": (
        ("The value was put into the original column.", ""),
        ("La valeur a été mise dans la colonne d’origine.", ""),
    ),
    "nothing_to_swap": (
        ("There was no clean value to put in place.", ""),
        ("Il n’y avait pas de valeur nettoyée à mettre en place.", ""),
    ),
    "edited_since": (
        ("Somebody has edited this cell since: their value stays.", ""),
        ("Quelqu’un a modifié cette cellule depuis : sa valeur reste.", ""),
    ),
    "filled_by_person": (
        ("Somebody has filled this cell: their value stays.", ""),
        ("Quelqu’un a rempli cette cellule : sa valeur reste.", ""),
    ),
    "formula": (
        ("The cell holds a formula: it was left alone.", ""),
        ("La cellule contient une formule : elle n’a pas été touchée.", ""),
    ),
    "spill": (
        ("The cell belongs to an array formula: it was left alone.", ""),
        ("La cellule appartient à une formule matricielle : elle n’a pas été touchée.", ""),
    ),
    "merged": (
        ("The cell is merged: it was left alone.", "Unmerge it and run these rows again."),
        (
            "La cellule est fusionnée : elle n’a pas été touchée.",
            "Annulez la fusion et relancez ces lignes.",
        ),
    ),
    "validated": (
        ("The cell accepts only values from a list: it was left alone.", ""),
        ("La cellule n’accepte que les valeurs d’une liste : elle n’a pas été touchée.", ""),
    ),
    "protected": (
        ("The cell is protected: it was left alone.", "Unprotect it and run these rows again."),
        (
            "La cellule est protégée : elle n’a pas été touchée.",
            "Retirez la protection et relancez ces lignes.",
        ),
    ),
    "hidden": (
        ("The cell is hidden: it was left alone.", "Show its row or column and run it again."),
        (
            "La cellule est masquée : elle n’a pas été touchée.",
            "Affichez sa ligne ou sa colonne et relancez.",
        ),
    ),
    "guarded": (
        ("Nobody was asked: the cell could not be written to when the run began.", "Run it again."),
        ("Personne n’a été interrogé : au début, la cellule n’était pas modifiable.", "Relancez."),
    ),
    "gone": (
        ("The row is no longer in the sheet: somebody has deleted it.", ""),
        ("La ligne n’est plus dans la feuille : quelqu’un l’a supprimée.", ""),
    ),
    "column_gone": (
        ("Its column, or the one it is worked out from, was deleted while we worked.", ""),
        ("Sa colonne, ou celle dont elle dépend, a été supprimée pendant le travail.", ""),
    ),
    "ambiguous": (
        (
            "Several rows look the same now: we left them alone rather than fill the wrong one.",
            "Tell them apart, or delete the spare ones, and run them again.",
        ),
        (
            "Plusieurs lignes se ressemblent désormais : non touchées, pour ne pas remplir la mauvaise.",
            "Distinguez-les ou supprimez celles en trop, puis relancez-les.",
        ),
    ),
    "input_changed": (
        (
            "Somebody edited the row while we worked: our result may no longer fit, so we left it out.",
            "Run these rows again.",
        ),
        (
            "Quelqu’un a modifié la ligne pendant le travail : notre résultat, peut-être périmé, est omis.",
            "Relancez ces lignes.",
        ),
    ),
    "budget": (
        ("The ceiling was reached before this row.", "Press Continue to raise it."),
        ("Le plafond a été atteint avant cette ligne.", "Cliquez sur Continuer pour le relever."),
    ),
    "stopped": (
        ("The run was stopped before this row.", "Run these rows again."),
        ("Le traitement a été arrêté avant cette ligne.", "Relancez ces lignes."),
    ),
    "source_trouble": (
        (
            "A source was asked and gave no answer: we charged nothing, the source may.",
            "Run these rows again.",
        ),
        (
            "Une source interrogée n’a pas répondu : nous n’avons rien facturé, elle peut-être.",
            "Relancez ces lignes.",
        ),
    ),
    "source_has_nothing": (
        ("The source knows nothing about it.", ""),
        ("La source ne sait rien à ce sujet.", ""),
    ),
    "found_by_source": (("A source knew it.", ""), ("Une source le savait.", "")),
    "row_kills_worker": (
        ("This row could not be worked on.", "Tell us; the other rows are done."),
        ("Cette ligne n’a pas pu être traitée.", "Signalez-le ; les autres lignes sont faites."),
    ),
    "unconfirmed": (
        (
            "The run had to end while this cell was being written: nobody saw whether it was.",
            "Look at it; Undo takes back what was written.",
        ),
        (
            "Le traitement a dû finir pendant l’écriture de cette cellule : rien ne confirme qu’elle l’est.",
            "Vérifiez-la ; Annuler reprend ce qui a été écrit.",
        ),
    ),
    "too_long": (
        ("The result is longer than a cell can hold.", ""),
        ("Le résultat dépasse la taille d’une cellule.", ""),
    ),
}

PREFLIGHT: dict[str, tuple[Pair, Pair]] = {
    "hidden": (
        ("{n} hidden or filtered row: left alone.", "{n} hidden or filtered rows: left alone."),
        ("{n} ligne masquée ou filtrée : non touchée.", "{n} lignes masquées ou filtrées : non touchées."),
    ),
    "fresh": (
        (
            "{n} row was done before and has not changed: our values stay.",
            "{n} rows were done before and have not changed: our values stay.",
        ),
        (
            "{n} ligne déjà traitée et inchangée : nos valeurs restent.",
            "{n} lignes déjà traitées et inchangées : nos valeurs restent.",
        ),
    ),
    "protected": (
        ("{n} protected cell: left alone.", "{n} protected cells: left alone."),
        ("{n} cellule protégée : non touchée.", "{n} cellules protégées : non touchées."),
    ),
    "formula": (
        ("{n} cell with a formula: left alone.", "{n} cells with a formula: left alone."),
        ("{n} cellule avec une formule : non touchée.", "{n} cellules avec une formule : non touchées."),
    ),
    "spill": (
        (
            "{n} cell filled by an array formula: left alone.",
            "{n} cells filled by an array formula: left alone.",
        ),
        (
            "{n} cellule remplie par une formule matricielle : non touchée.",
            "{n} cellules remplies par une formule matricielle : non touchées.",
        ),
    ),
    "merged": (
        ("{n} merged cell: left alone.", "{n} merged cells: left alone."),
        ("{n} cellule fusionnée : non touchée.", "{n} cellules fusionnées : non touchées."),
    ),
    "validated": (
        ("{n} cell with a choice list: left alone.", "{n} cells with a choice list: left alone."),
        ("{n} cellule à liste de choix : non touchée.", "{n} cellules à liste de choix : non touchées."),
    ),
    "hidden_column": (
        ("{n} cell in a hidden column: left alone.", "{n} cells in hidden columns: left alone."),
        (
            "{n} cellule d’une colonne masquée : non touchée.",
            "{n} cellules de colonnes masquées : non touchées.",
        ),
    ),
    "too_long": (
        ("{n} cell is very long: left alone.", "{n} cells are very long: left alone."),
        ("{n} cellule très longue : non touchée.", "{n} cellules très longues : non touchées."),
    ),
    "filled_by_person": (
        ("{n} {thing} is filled already: yours stays.", "{n} {thing} are filled already: yours stay."),
        ("{n} {thing} déjà là : votre valeur reste.", "{n} {thing} déjà là : vos valeurs restent."),
    ),
}
