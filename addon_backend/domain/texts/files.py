"""Problems with files, sheets and the hosts that hold them."""

from addon_backend.domain.texts import Pair

FILES: dict[str, tuple[Pair, Pair]] = {
    "sheet_full": (
        ("There is no room for new columns on the right.", "Delete a few empty columns, then try again."),
        (
            "Il n’y a plus de place pour de nouvelles colonnes à droite.",
            "Supprimez quelques colonnes vides, puis réessayez.",
        ),
    ),
    "sheet_protected": (
        ("This sheet is protected: nothing was written.", "Take the protection off, or work on a copy."),
        ("Cette feuille est protégée : rien n’a été écrit.", "Ôtez la protection, ou prenez une copie."),
    ),
    "columns_protected": (
        (
            "The cells for new columns, headers included, are protected: none was added.",
            "Ask whoever protects them for access, or work on a copy.",
        ),
        (
            "Les cellules des nouvelles colonnes, en-têtes compris, sont protégées : aucune ajoutée.",
            "Demandez l’accès à qui les protège, ou prenez une copie.",
        ),
    ),
    "cells_protected": (
        (
            "Some of our values were sorted into cells that are protected now: they stand in wrong rows.",
            "Take the protection off; then the run can go on, or be undone.",
        ),
        (
            "Un tri a mis nos valeurs dans des cellules protégées : certaines ne sont pas à leur place.",
            "Ôtez la protection : le traitement pourra alors continuer, ou être annulé.",
        ),
    ),
    "host_refused": (
        (
            "The sheet refused what we were writing: a cell may be protected, or the document full.",
            "Check both, then run these rows again.",
        ),
        (
            "La feuille a refusé notre écriture : cellule protégée peut-être, ou document plein.",
            "Vérifiez les deux, puis relancez ces lignes.",
        ),
    ),
    "file_problem": (
        ("This file cannot be used.", "Open it in Excel, save it as .xlsx and try again."),
        ("Ce fichier n’est pas utilisable.", "Ouvrez-le dans Excel, enregistrez-le en .xlsx et réessayez."),
    ),
    "file_unknown": (
        ("We cannot find this file.", "Open it again."),
        ("Nous ne trouvons pas ce fichier.", "Ouvrez-le à nouveau."),
    ),
    "file_unreadable": (
        (
            "This file is damaged or is not a workbook or a list.",
            "Open it in Excel, save it as .xlsx and try again.",
        ),
        (
            "Ce fichier est endommagé ou n’est ni un classeur ni une liste.",
            "Ouvrez-le dans Excel, enregistrez-le en .xlsx et réessayez.",
        ),
    ),
    "file_unreadable:empty": (
        ("This file is empty.", "Choose the file that holds your list."),
        ("Ce fichier est vide.", "Choisissez le fichier qui contient votre liste."),
    ),
    "file_unreadable:not_a_list": (
        (
            "This is not a list that we can read.",
            "Choose a workbook (.xlsx) or a list (.csv), or save yours as one of them.",
        ),
        (
            "Ceci n’est pas une liste que nous savons lire.",
            "Choisissez un classeur (.xlsx) ou une liste (.csv), ou enregistrez la vôtre ainsi.",
        ),
    ),
    "file_unreadable:old_excel": (
        (
            "This is a workbook in the old Excel format (.xls).",
            "Open it in Excel or LibreOffice, save it as .xlsx and open that.",
        ),
        (
            "Ceci est un classeur dans l’ancien format d’Excel (.xls).",
            "Ouvrez-le dans Excel ou LibreOffice, enregistrez-le en .xlsx et ouvrez celui-ci.",
        ),
    ),
    "file_unreadable:truncated": (
        ("A part of this file is missing.", "Download or copy it again, then open it."),
        ("Une partie de ce fichier manque.", "Téléchargez-le ou copiez-le à nouveau, puis ouvrez-le."),
    ),
    "file_unreadable:no_permission": (
        ("You are not allowed to read this file.", "Save a copy of your own and open that."),
        ("Vous n’avez pas le droit de lire ce fichier.", "Enregistrez votre propre copie et ouvrez-la."),
    ),
    "file_unreadable:not_a_file": (
        ("This is not a file.", "Choose a workbook (.xlsx) or a list (.csv)."),
        ("Ceci n’est pas un fichier.", "Choisissez un classeur (.xlsx) ou une liste (.csv)."),
    ),
    "file_unreadable:changed": (
        ("What we kept of this file is gone.", "Open the file again and start anew."),
        ("Ce que nous gardions de ce fichier a disparu.", "Ouvrez le fichier à nouveau et recommencez."),
    ),
    "file_unknown:no_folder": (
        ("The folder for the result does not exist.", "Make it, or choose another one."),
        ("Le dossier prévu pour le résultat n’existe pas.", "Créez-le ou choisissez-en un autre."),
    ),
    "file_problem:not_writable": (
        ("The result cannot be written there.", "Choose another folder for the result."),
        ("Le résultat ne peut pas être écrit à cet endroit.", "Choisissez un autre dossier."),
    ),
    "file_locked": (
        ("This workbook is protected by a password.", "Save a copy without the password and open that."),
        (
            "Ce classeur est protégé par un mot de passe.",
            "Enregistrez une copie sans mot de passe et ouvrez-la.",
        ),
    ),
    "file_too_large": (
        ("This file is larger than we can open.", "Split the list and open one part at a time."),
        (
            "Ce fichier est trop volumineux.",
            "Divisez la liste et ouvrez une partie à la fois.",
        ),
    ),
    "sheet_unknown": (
        (
            "We cannot find this sheet or column any more.",
            "Select the rows again and press Enrich selection.",
        ),
        (
            "Nous ne trouvons plus cette feuille ou cette colonne.",
            "Sélectionnez à nouveau les lignes et cliquez sur Enrichir la sélection.",
        ),
    ),
    "sheet_unknown:no_tab": (
        ("The spreadsheet has no such tab.", "Open the tab of your list and copy its address again."),
        (
            "Ce classeur n’a pas cet onglet.",
            "Ouvrez l’onglet de votre liste et copiez à nouveau son adresse.",
        ),
    ),
    "sheet_unknown:no_cells": (
        ("This tab holds no cells, but a chart or a data source.", "Open the tab of your list instead."),
        (
            "Cet onglet ne contient pas de cellules, mais un graphique ou une source de données.",
            "Ouvrez plutôt l’onglet de votre liste.",
        ),
    ),
    "file_unreadable:office_file": (
        (
            "This is an Office file that Google only shows.",
            "In Google Sheets, choose File › Save as Google Sheets, and take the address of that.",
        ),
        (
            "C’est un fichier Office que Google ne fait qu’afficher.",
            "Choisissez Fichier › Enregistrer au format Google Sheets, puis prenez cette adresse.",
        ),
    ),
    "sheet_address": (
        (
            "This is not the address of a Google sheet.",
            "Copy it from your browser: it begins with https://docs.google.com/spreadsheets/d/.",
        ),
        (
            "Ce n’est pas l’adresse d’une feuille Google.",
            "Copiez-la dans votre navigateur : elle commence par https://docs.google.com/spreadsheets/d/.",
        ),
    ),
    "sheet_address:published": (
        (
            "This is a published copy, in which nobody can write.",
            "Open the sheet itself and copy its address.",
        ),
        (
            "C’est une copie publiée, dans laquelle personne ne peut écrire.",
            "Ouvrez la feuille elle-même et copiez son adresse.",
        ),
    ),
    "output_exists": (
        ("A file of this name is there already.", "Choose another name for the result."),
        ("Un fichier de ce nom existe déjà.", "Choisissez un autre nom pour le résultat."),
    ),
    "disk_full": (
        ("There is no space left on this computer.", "Free some space and try again; nothing was lost."),
        (
            "Il n’y a plus d’espace disque.",
            "Libérez de l’espace et réessayez ; rien n’est perdu.",
        ),
    ),
    "host_busy": (
        (
            "Your spreadsheet takes no more calls for the moment.",
            "Try again in a minute.",
        ),
        (
            "Votre feuille n’accepte plus d’appels pour l’instant.",
            "Réessayez dans une minute.",
        ),
    ),
    "host_trouble": (
        ("Your spreadsheet did not answer.", "We keep trying; nothing was lost."),
        ("Votre feuille ne répond pas.", "Nous réessayons ; rien n’est perdu."),
    ),
    "host_trouble:before_run": (
        ("Google Sheets does not answer just now.", "Try again in a minute; nothing was changed."),
        ("Google Sheets ne répond pas pour le moment.", "Réessayez dans une minute ; rien n’a changé."),
    ),
    "answer_uncertain": (
        ("Your spreadsheet did not confirm a change.", "We check it and go on; nothing was lost."),
        (
            "Votre feuille n’a pas confirmé une modification.",
            "Nous vérifions et continuons ; rien n’est perdu.",
        ),
    ),
}
