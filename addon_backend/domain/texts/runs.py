"""Problems with an order or a run, and where a run stands."""

from addon_backend.domain.texts import Pair

RUNS: dict[str, tuple[Pair, Pair]] = {
    "failed": (
        ("Something went wrong on our side.", "Try again in a minute; nothing was lost."),
        ("Une erreur est survenue de notre côté.", "Réessayez dans une minute ; rien n’est perdu."),
    ),
    "body_invalid": (
        ("We could not read this request.", "Reload the panel and try again."),
        ("Nous n’avons pas pu lire cette demande.", "Rechargez le panneau et réessayez."),
    ),
    "selection_empty": (
        ("Nothing is selected.", "Select the rows of your list, then press Enrich selection."),
        (
            "Rien n’est sélectionné.",
            "Sélectionnez les lignes de votre liste, puis cliquez sur Enrichir la sélection.",
        ),
    ),
    "nothing_to_read": (
        ("The selected cells are all blank.", "Select rows that hold names, e-mails or companies."),
        (
            "Les cellules sélectionnées sont toutes vides.",
            "Sélectionnez des lignes avec des noms, des e-mails ou des sociétés.",
        ),
    ),
    "range_unclear": (
        ("We do not understand this range.", "Write it like A2:L51."),
        ("Nous ne comprenons pas cette plage.", "Écrivez-la comme A2:L51."),
    ),
    "range_outside": (
        ("This range lies outside the filled part of the sheet.", "Select rows inside your list."),
        (
            "Cette plage est en dehors de la partie remplie de la feuille.",
            "Sélectionnez des lignes de votre liste.",
        ),
    ),
    "recipe_unknown": (
        ("We do not know this recipe.", "Choose one from the list."),
        ("Nous ne connaissons pas cette recette.", "Choisissez-en une dans la liste."),
    ),
    "recipe_unknown:field": (
        ("A recipe has no field “{field}”.", "It may have: {known}."),
        ("Une recette n’a pas de champ « {field} ».", "Elle peut avoir : {known}."),
    ),
    "recipe_unknown:fill": (
        ("We cannot fill “{field}”.", "What we can fill: {known}."),
        ("Nous ne savons pas remplir « {field} ».", "Ce que nous savons remplir : {known}."),
    ),
    "nothing_to_resume": (
        ("No run on this file was interrupted.", "Leave --resume out to start a new one."),
        ("Aucun traitement de ce fichier n’a été interrompu.", "Ôtez --resume pour en lancer un nouveau."),
    ),
    "budget_too_low": (
        ("The run could spend that much already.", "Allow more, or stop the run."),
        ("Le traitement pouvait déjà dépenser autant.", "Autorisez davantage, ou arrêtez le traitement."),
    ),
    "nothing_to_undo": (
        ("This run changed nothing in your sheet.", "There is nothing to put back."),
        ("Ce traitement n’a rien changé dans votre feuille.", "Il n’y a rien à rétablir."),
    ),
    "decision_unknown": (
        ("This has been decided already, or is no longer offered.", "Look at the list as it stands now."),
        ("C’est déjà décidé, ou ce n’est plus proposé.", "Regardez la liste telle qu’elle est maintenant."),
    ),
    "credits_released": (
        ("The credits kept for this value were given back.", "Run these rows again to fill it."),
        ("Les crédits gardés pour cette valeur ont été rendus.", "Relancez ces lignes pour la remplir."),
    ),
    "nothing_to_swap": (
        ("There are no clean values to put in place here.", "Look at the columns of this run."),
        ("Il n’y a pas de valeurs nettoyées à mettre en place ici.", "Regardez les colonnes du traitement."),
    ),
    "undo_too_late": (
        (
            "This run can no longer be undone: what it replaced was erased, as agreed.",
            "Use your spreadsheet’s version history.",
        ),
        (
            "Ce traitement ne peut plus être annulé : ce qu’il a remplacé a été effacé, comme convenu.",
            "Utilisez l’historique des versions de votre tableur.",
        ),
    ),
    "nothing_to_do": (
        ("There is nothing to do on these rows.", "Choose other columns to fill under Change."),
        (
            "Il n’y a rien à faire sur ces lignes.",
            "Choisissez d’autres colonnes à remplir sous Modifier.",
        ),
    ),
    "quote_problem": (
        ("The price shown no longer fits.", "Look at the new price and press Enrich again."),
        ("Le prix affiché ne convient plus.", "Consultez le nouveau prix et relancez."),
    ),
    "quote_unknown": (
        ("We cannot find the price you were shown.", "Look at the new price and press Enrich again."),
        ("Nous ne retrouvons pas le prix affiché.", "Consultez le nouveau prix et relancez."),
    ),
    "quote_used": (
        ("This run was started already.", "Look at the new price to run these rows again."),
        ("Ce traitement a déjà été lancé.", "Consultez le nouveau prix pour relancer ces lignes."),
    ),
    "quote_expired": (
        (
            "The price you were shown is older than 15 minutes.",
            "Look at the new price and press Enrich again.",
        ),
        ("Le prix affiché date de plus de 15 minutes.", "Consultez le nouveau prix et relancez."),
    ),
    "quote_mismatch": (
        ("The selection changed after the price was shown.", "Look at the new price and press Enrich again."),
        ("La sélection a changé depuis l’affichage du prix.", "Consultez le nouveau prix et relancez."),
    ),
    "key_reused": (
        ("This request was already used for something else.", "Reload the panel and press Enrich again."),
        (
            "Cette demande a déjà servi à autre chose.",
            "Rechargez le panneau et relancez.",
        ),
    ),
    "key_missing": (
        (
            "This request has no key of its own, or one that is no UUID.",
            "Reload the panel and press Enrich again.",
        ),
        ("Cette demande n’a pas de clé valable (un UUID).", "Rechargez le panneau et relancez."),
    ),
    "run_state": (
        ("This run has moved on meanwhile.", "Look at where it stands now."),
        ("Ce traitement a avancé entre-temps.", "Consultez son état actuel."),
    ),
    "not_found": (
        ("We cannot find this.", "Go back to the history and choose a run."),
        ("Nous ne trouvons pas cela.", "Revenez à l’historique et choisissez un traitement."),
    ),
    "not_found:host_unknown": (
        (
            "This spreadsheet program is not connected here.",
            "Save your list as .xlsx or .csv and open that file here.",
        ),
        (
            "Ce tableur n’est pas connecté ici.",
            "Enregistrez votre liste en .xlsx ou .csv et ouvrez ce fichier ici.",
        ),
    ),
    "too_many_requests": (
        ("That was a little too fast.", "Wait a few seconds and try again."),
        ("C’était un peu trop rapide.", "Attendez quelques secondes et réessayez."),
    ),
    "source_trouble": (
        ("A source did not answer.", "Run these rows again later; you were not charged for them."),
        (
            "Une source n’a pas répondu.",
            "Relancez ces lignes plus tard ; elles ne vous ont pas été facturées.",
        ),
    ),
    "engine_unavailable": (
        ("The service is starting or short of something it needs.", "Try again in a minute."),
        ("Le service démarre ou il lui manque quelque chose.", "Réessayez dans une minute."),
    ),
    "engine_unavailable:home": (
        ("We cannot write to our own folder.", "Set ADDON_HOME to a folder of yours and try again."),
        (
            "Nous ne pouvons pas écrire dans notre dossier.",
            "Indiquez un dossier à vous dans ADDON_HOME et réessayez.",
        ),
    ),
    "lease_lost": (
        ("Somebody else is working on this already.", "Look at where it stands now."),
        ("Quelqu’un d’autre s’en occupe déjà.", "Consultez son état actuel."),
    ),
}

STATES: dict[str, Pair] = {
    "queued": ("Starting…", "Démarrage…"),
    "preparing": ("Reading your rows…", "Lecture de vos lignes…"),
    "preparing:inspecting": ("Recognising your columns…", "Reconnaissance de vos colonnes…"),
    "preparing:comparing": ("Looking for duplicates…", "Recherche des doublons…"),
    "preparing:keeping": ("Getting ready to write…", "Préparation de l’écriture…"),
    "running:checking": ("Checking what was written…", "Vérification de ce qui a été écrit…"),
    "running": ("Filling your sheet. You can go on working.", "Remplissage en cours. Vous pouvez continuer."),
    "running:deciding": ("Setting what you chose…", "Application de vos choix…"),
    "running:swapping": ("Putting the clean values in place…", "Mise en place des valeurs nettoyées…"),
    **dict.fromkeys(
        ("queued:paused", "preparing:paused", "running:paused", "stopping:paused"),
        (
            "Paused by your administrator. It goes on by itself afterwards.",
            "Mis en pause par votre administrateur. La suite viendra d’elle-même.",
        ),
    ),
    "running:undoing": ("Putting your cells back…", "Rétablissement de vos cellules…"),
    "running:redoing": ("Bringing our values back…", "Remise en place de nos valeurs…"),
    "parked:trial_done": (
        "The first rows are done. Have a look, then continue.",
        "Les premières lignes sont faites. Regardez, puis continuez.",
    ),
    "parked:budget_reached": (
        "What is left of your ceiling is too little for more. Continue to fill the rest.",
        "Ce qui reste de votre plafond ne suffit plus. Continuez pour remplir le reste.",
    ),
    "parked:host_trouble": (
        "Your spreadsheet does not answer. Continue when it is back.",
        "Votre feuille ne répond pas. Continuez quand elle est de retour.",
    ),
    "parked:cells_protected": (
        "Some values were sorted into cells that are protected now. Unprotect them, then continue.",
        "Un tri a mis des valeurs dans des cellules protégées. Déprotégez-les, puis continuez.",
    ),
    "parked:needs_owner": (
        "Who started this run can no longer open or edit the file. Somebody who can may take it over.",
        "Qui a lancé ce traitement ne peut plus modifier le fichier. Un collègue peut le reprendre.",
    ),
    "parked:needs_consent": (
        "We may not open this file while you are away. Connect to Google, then continue.",
        "Nous ne pouvons pas ouvrir ce fichier en votre absence. Connectez-vous à Google, puis continuez.",
    ),
    "parked:not_admitted": (
        "Your administrator has switched this off for you. Continue once you may run again.",
        "Votre administrateur a désactivé ceci pour vous. Continuez quand vous y serez autorisé.",
    ),
    "parked": ("Waiting for you.", "En attente de votre décision."),
    "stopping": ("Stopping…", "Arrêt en cours…"),
    "finished": ("Done.", "Terminé."),
    "finished:column_gone": (
        "Done, but a column was deleted meanwhile: what needed it was left alone.",
        "Terminé, mais une colonne a été supprimée entre-temps : ce qui en dépendait n’a pas été touché.",
    ),
    "finished:nothing_set": (
        "Nothing was written: every cell was left alone, for the reasons given.",
        "Rien n’a été écrit : chaque cellule est restée telle quelle, pour les raisons indiquées.",
    ),
    "finished:decided": (
        "Done: your choices are in your sheet.",
        "Terminé : vos choix sont dans la feuille.",
    ),
    "finished:decided_in_part": (
        "Not every choice was set: where a row was edited or deleted since, it stays as it is.",
        "Tous les choix n’ont pas été écrits : une ligne modifiée ou supprimée depuis reste telle quelle.",
    ),
    "finished:swapped": (
        "Done: the clean values are in the original column.",
        "Terminé : les valeurs nettoyées sont dans la colonne d’origine.",
    ),
    "finished:undone": ("Done: cells are as they were before.", "Terminé : les cellules sont comme avant."),
    "finished:done_in_part": (
        "Done, but for cells that were edited, deleted or protected since: they stay as they are.",
        "Terminé, sauf les cellules modifiées, supprimées ou protégées depuis : elles restent ainsi.",
    ),
    "finished:redone": ("Done: our values are back.", "Terminé : nos valeurs sont de retour."),
    "stopped": (
        "Stopped. What was done is in your sheet.",
        "Arrêté. Ce qui était fait est dans votre feuille.",
    ),
    "stopped:nothing_done": (
        "Stopped before anything was filled: your sheet is as it was.",
        "Arrêté avant tout remplissage : votre feuille est comme avant.",
    ),
    "failed:prepare_kills_worker": (
        "These rows could not be read: nothing was changed. Try fewer rows at a time.",
        "Ces lignes n’ont pas pu être lues : rien n’a changé. Essayez avec moins de lignes à la fois.",
    ),
    "failed:host_trouble": (
        "Stopped: your spreadsheet did not answer for an hour. What was done is in your sheet.",
        "Arrêté : votre feuille n’a pas répondu pendant une heure. Ce qui était fait y est.",
    ),
    "failed": (
        "This run could not be finished. Nothing half-written was left.",
        "Ce traitement n’a pas pu être terminé. Rien n’est resté à moitié écrit.",
    ),
}
