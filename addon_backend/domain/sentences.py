"""What a person reads: one sentence and one thing to do, in English and French (law 10).

Engine reasons live beside their rules (``engine/*/reasons.py``); the run's own are here. No sentence ever
holds a cell value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.errors import AddonError

Pair = tuple[str, str]
"""What happened, and the one thing to do ("" where there is nothing to do)."""

PROBLEMS: dict[str, tuple[Pair, Pair]] = {
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
    "not_allowed": (
        ("You may not do this here.", "Ask the administrator of your workspace."),
        ("Vous n’avez pas le droit de faire cela ici.", "Demandez à votre administrateur."),
    ),
    "not_signed_in": (
        ("You are not signed in any more.", "Reload the panel to sign in again."),
        ("Vous n’êtes plus connecté.", "Rechargez le panneau pour vous reconnecter."),
    ),
    "not_signed_in:email_unverified": (
        ("Google has not verified your e-mail address.", "Verify it in your Google account, then reload."),
        (
            "Google n’a pas vérifié votre adresse e-mail.",
            "Vérifiez-la dans votre compte Google, puis rechargez.",
        ),
    ),
    "terms_not_accepted": (
        ("The terms are not accepted yet.", "Read and accept them once, then press Enrich."),
        ("Les conditions ne sont pas encore acceptées.", "Lisez-les et acceptez-les, puis relancez."),
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
    "access_lost": (
        ("You can no longer open this file.", "Ask its owner to share it with you again."),
        (
            "Vous ne pouvez plus ouvrir ce fichier.",
            "Demandez à son propriétaire de le partager à nouveau avec vous.",
        ),
    ),
    "consent_needed": (
        (
            "We may not work in your sheets while you are away.",
            "Press Connect in the panel and agree once, then continue.",
        ),
        (
            "Nous ne pouvons pas travailler dans vos feuilles en votre absence.",
            "Cliquez sur Connecter dans le panneau et donnez votre accord, puis continuez.",
        ),
    ),
    "consent_needed:consent_ended": (
        ("Google has ended our access to your sheets.", "Press Connect in the panel again, then continue."),
        (
            "Google a mis fin à notre accès à vos feuilles.",
            "Cliquez à nouveau sur Connecter dans le panneau, puis continuez.",
        ),
    ),
    "access_lost:delegation_refused": (
        (
            "Your organisation no longer lets us work in its sheets.",
            "Ask your administrator to allow this add-on again.",
        ),
        (
            "Votre organisation ne nous laisse plus travailler dans ses feuilles.",
            "Demandez à votre administrateur d’autoriser à nouveau ce module.",
        ),
    ),
    "access_lost:delegation_unknown_user": (
        (
            "Google does not let us work for your account.",
            "Ask your administrator whether your account is active.",
        ),
        (
            "Google ne nous laisse pas travailler pour votre compte.",
            "Demandez à votre administrateur si votre compte est actif.",
        ),
    ),
    "not_installed": (
        (
            "Your organisation has not installed this add-on.",
            "Ask your administrator to install it from the Google Workspace Marketplace.",
        ),
        (
            "Votre organisation n’a pas installé ce module.",
            "Demandez à votre administrateur de l’installer depuis le Google Workspace Marketplace.",
        ),
    ),
    "credential_missing": (
        (
            "There is no Google service account to work with.",
            "Set GOOGLE_SERVICE_ACCOUNT to its key file or its address; docs/install-google.md says how.",
        ),
        (
            "Aucun compte de service Google n’est indiqué.",
            "Indiquez son fichier de clé ou son adresse dans GOOGLE_SERVICE_ACCOUNT.",
        ),
    ),
    "credential_missing:key_file": (
        (
            "The key file in GOOGLE_SERVICE_ACCOUNT cannot be used.",
            "Set it to the JSON key of a service account, in a file that you may read.",
        ),
        (
            "Le fichier de clé indiqué dans GOOGLE_SERVICE_ACCOUNT n’est pas utilisable.",
            "Indiquez la clé JSON d’un compte de service, dans un fichier que vous pouvez lire.",
        ),
    ),
    "credential_missing:refused": (
        (
            "Google does not accept this service account.",
            "Check that it and its key still exist, and that this computer’s clock is right.",
        ),
        (
            "Google n’accepte pas ce compte de service.",
            "Vérifiez que le compte et sa clé existent encore, et que l’horloge est à l’heure.",
        ),
    ),
    "sheet_not_shared": (
        (
            "There is no such sheet, or your account may not open it.",
            "Share the sheet with it as Editor, then try again.",
        ),
        (
            "Cette feuille n’existe pas, ou votre compte ne peut pas l’ouvrir.",
            "Partagez la feuille avec ce compte comme Éditeur, puis réessayez.",
        ),
    ),
    "sheet_not_shared:account": (
        (
            "There is no such sheet, or {account} may not open it.",
            "Share the sheet with it as Editor, then try again.",
        ),
        (
            "Cette feuille n’existe pas, ou {account} ne peut pas l’ouvrir.",
            "Partagez la feuille avec ce compte comme Éditeur, puis réessayez.",
        ),
    ),
    "sheet_read_only": (
        (
            "Your account may read this sheet, but not write in it.",
            "Share the sheet with it as Editor, then try again.",
        ),
        (
            "Votre compte peut lire cette feuille, mais pas y écrire.",
            "Partagez la feuille avec ce compte comme Éditeur, puis réessayez.",
        ),
    ),
    "sheet_read_only:account": (
        (
            "{account} may read this sheet, but not write in it.",
            "Share the sheet with it as Editor, then try again.",
        ),
        (
            "{account} peut lire cette feuille, mais pas y écrire.",
            "Partagez la feuille avec ce compte comme Éditeur, puis réessayez.",
        ),
    ),
    "host_not_configured": (
        ("Google Sheets is not connected here.", "Ask whoever runs this service to connect it."),
        ("Google Sheets n’est pas connecté ici.", "Demandez à qui gère ce service de le connecter."),
    ),
    "not_admitted": (
        ("Your administrator has switched this off for you.", "Ask your administrator to let you run."),
        (
            "Votre administrateur a désactivé ceci pour vous.",
            "Demandez-lui de vous autoriser à lancer des traitements.",
        ),
    ),
    "not_admitted:not_listed": (
        ("Your administrator lets only some members run.", "Ask your administrator to add you to the list."),
        (
            "Votre administrateur n’autorise que certains membres à lancer des traitements.",
            "Demandez-lui de vous ajouter à la liste.",
        ),
    ),
    "workspace_paused": (
        ("Your administrator has paused everything.", "Try again once the pause is over."),
        ("Votre administrateur a tout mis en pause.", "Réessayez quand la pause sera finie."),
    ),
    "field_switched_off": (
        ("Your administrator does not let this column be filled.", "Untick it under Change."),
        (
            "Votre administrateur ne permet pas de remplir cette colonne.",
            "Décochez-la sous Modifier.",
        ),
    ),
    "field_switched_off:named": (
        ("Your administrator does not let “{field}” be filled.", "Untick it under Change."),
        (
            "Votre administrateur ne permet pas de remplir « {field} ».",
            "Décochez-la sous Modifier.",
        ),
    ),
    "in_place_switched_off": (
        ("Your administrator does not let columns be cleaned in place.", "Choose Beside instead."),
        (
            "Votre administrateur ne permet pas de nettoyer les colonnes sur place.",
            "Choisissez plutôt À côté.",
        ),
    ),
    "form_too_old": (
        ("This page was open for too long.", "Reload it and try again."),
        ("Cette page est restée ouverte trop longtemps.", "Rechargez-la et réessayez."),
    ),
    "not_administrator": (
        (
            "This page is for administrators of your Google Workspace.",
            "Sign in with an administrator’s account.",
        ),
        (
            "Cette page est réservée aux administrateurs de votre Google Workspace.",
            "Connectez-vous avec un compte administrateur.",
        ),
    ),
    "not_administrator:denied": (
        ("You did not agree, so we cannot know that you are an administrator.", "Sign in again and agree."),
        (
            "Vous n’avez pas donné votre accord : nous ne pouvons pas savoir que vous êtes administrateur.",
            "Connectez-vous à nouveau et acceptez.",
        ),
    ),
    "not_administrator:unticked": (
        (
            "Google has not let us ask whether you are an administrator.",
            "Sign in again and tick “View user information on your domain”.",
        ),
        (
            "Google ne nous a pas laissés demander si vous êtes administrateur.",
            "Connectez-vous à nouveau et cochez l’accès aux utilisateurs de votre domaine.",
        ),
    ),
    "not_administrator:link_used": (
        ("This sign-in has been used, or is too old.", "Sign in again."),
        ("Cette connexion a déjà servi, ou elle est trop ancienne.", "Connectez-vous à nouveau."),
    ),
    "not_administrator:no_answer": (
        ("Google did not answer.", "Sign in again in a minute."),
        ("Google n’a pas répondu.", "Connectez-vous à nouveau dans une minute."),
    ),
    "not_administrator:not_enabled": (
        (
            "Whoever runs this service has not switched on Google’s Admin SDK for it.",
            "Ask them to, then sign in again.",
        ),
        (
            "Le service n’a pas accès à l’Admin SDK de Google.",
            "Demandez à qui le gère de l’activer, puis connectez-vous à nouveau.",
        ),
    ),
    "not_administrator:ended": (
        ("You have been signed out.", "Sign in again."),
        ("Vous avez été déconnecté.", "Connectez-vous à nouveau."),
    ),
    "consent_failed": (
        ("You are not connected to Google yet.", "Press Connect in the panel again."),
        ("Vous n’êtes pas encore connecté à Google.", "Cliquez à nouveau sur Connecter dans le panneau."),
    ),
    "consent_failed:denied": (
        (
            "You did not agree, so we work only while your sheet is open.",
            "Try again if you want lists to be finished while you are away.",
        ),
        (
            "Vous n’avez pas donné votre accord : nous ne travaillons que feuille ouverte.",
            "Réessayez si vous voulez que vos listes soient terminées en votre absence.",
        ),
    ),
    "consent_failed:unticked_drive_file": (
        (
            "You left out access to the files that you choose.",
            "Try again and tick “See, edit, create and delete only the files you use with this app”.",
        ),
        (
            "Vous n’avez pas coché l’accès aux fichiers que vous choisissez.",
            "Réessayez et cochez l’accès aux fichiers que vous utilisez avec cette application.",
        ),
    ),
    "consent_failed:unticked_spreadsheets": (
        (
            "You left out access to your spreadsheets.",
            "Try again and tick “See, edit, create and delete your Google Sheets spreadsheets”.",
        ),
        (
            "Vous n’avez pas coché l’accès à vos feuilles de calcul.",
            "Réessayez et cochez l’accès à vos feuilles de calcul Google Sheets.",
        ),
    ),
    "consent_failed:wrong_account": (
        (
            "That is another Google account than the one your sheet is open with.",
            "Try again and choose the account of your sheet.",
        ),
        (
            "Ce n’est pas le compte Google avec lequel votre feuille est ouverte.",
            "Réessayez et choisissez le compte de votre feuille.",
        ),
    ),
    "consent_failed:link_used": (
        (
            "This link has been used, or is too old.",
            "Go back to your sheet and press Connect again.",
        ),
        (
            "Ce lien a déjà servi, ou il est trop ancien.",
            "Revenez à votre feuille et cliquez à nouveau sur Connecter.",
        ),
    ),
    "consent_failed:no_answer": (
        ("Google did not answer.", "Try again in a minute."),
        ("Google n’a pas répondu.", "Réessayez dans une minute."),
    ),
    "consent_failed:ended": (
        ("Google has ended our access to your sheets.", "Press Connect to give it again."),
        (
            "Google a mis fin à notre accès à vos feuilles.",
            "Cliquez sur Connecter pour le donner à nouveau.",
        ),
    ),
    "consent_failed:not_revoked": (
        (
            "We have forgotten your access, but Google did not confirm that it has ended.",
            "Remove this add-on under “Third-party apps” in your Google account.",
        ),
        (
            "Nous avons oublié votre accès, mais Google n’a pas confirmé qu’il a pris fin.",
            "Retirez ce module sous « Applications tierces » dans votre compte Google.",
        ),
    ),
    "owner_only": (
        ("Only who started this run can do that.", "Ask your colleague to continue it."),
        ("Seule la personne qui a lancé ce traitement peut le faire.", "Demandez-lui de continuer."),
    ),
    "too_many_requests": (
        ("That was a little too fast.", "Wait a few seconds and try again."),
        ("C’était un peu trop rapide.", "Attendez quelques secondes et réessayez."),
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
        ("The row is no longer in the sheet: somebody deleted it while we worked.", ""),
        ("La ligne n’est plus dans la feuille : quelqu’un l’a supprimée pendant le travail.", ""),
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
    "too_long": (
        ("The result is longer than a cell can hold.", ""),
        ("Le résultat dépasse la taille d’une cellule.", ""),
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
    "parked:needs_owner": (
        "Who started this run can no longer open the file. Somebody who can may take it over.",
        "Qui a lancé ce traitement ne peut plus ouvrir le fichier. Un collègue peut le reprendre.",
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
        "Done, except where a row was edited or deleted since: it stays as it is.",
        "Terminé, sauf là où une ligne a été modifiée ou supprimée depuis : elle reste telle quelle.",
    ),
    "finished:redone": ("Done: our values are back.", "Terminé : nos valeurs sont de retour."),
    "stopped": (
        "Stopped. What was done is in your sheet.",
        "Arrêté. Ce qui était fait est dans votre feuille.",
    ),
    "failed:prepare_kills_worker": (
        "These rows could not be read: nothing was changed. Try fewer rows at a time.",
        "Ces lignes n’ont pas pu être lues : rien n’a changé. Essayez avec moins de lignes à la fois.",
    ),
    "failed": (
        "This run could not be finished. Nothing half-written was left.",
        "Ce traitement n’a pas pu être terminé. Rien n’est resté à moitié écrit.",
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

_THINGS: dict[str, tuple[Pair, Pair]] = {
    "email": (("e-mail", "e-mails"), ("e-mail", "e-mails")),
    "phone": (("phone", "phones"), ("téléphone", "téléphones")),
    "person.full_name": (("name", "names"), ("nom", "noms")),
    "person.first_name": (("first name", "first names"), ("prénom", "prénoms")),
    "person.last_name": (("last name", "last names"), ("nom", "noms")),
    "job_title": (("job title", "job titles"), ("fonction", "fonctions")),
    "company.name": (("company", "companies"), ("société", "sociétés")),
    "company.domain": (("domain", "domains"), ("domaine", "domaines")),
    "url": (("link", "links"), ("lien", "liens")),
    "linkedin.person": (("LinkedIn profile", "LinkedIn profiles"), ("profil LinkedIn", "profils LinkedIn")),
    "linkedin.company": (("LinkedIn page", "LinkedIn pages"), ("page LinkedIn", "pages LinkedIn")),
    "country": (("country", "countries"), ("pays", "pays")),
    "vat": (("VAT number", "VAT numbers"), ("numéro de TVA", "numéros de TVA")),
    "registration": (
        ("registration number", "registration numbers"),
        ("immatriculation", "immatriculations"),
    ),
    "date": (("date", "dates"), ("date", "dates")),
    "email.type": (("e-mail type", "e-mail types"), ("type d’e-mail", "types d’e-mail")),
    "phone.type": (("phone type", "phone types"), ("type de téléphone", "types de téléphone")),
    "phone.time_zone": (("time zone", "time zones"), ("fuseau horaire", "fuseaux horaires")),
    "job.seniority": (("seniority", "seniorities"), ("niveau", "niveaux")),
    "job.department": (("department", "departments"), ("service", "services")),
    "company.industry": (("industry", "industries"), ("secteur", "secteurs")),
    "company.size": (("company size", "company sizes"), ("effectif", "effectifs")),
}

NAMED_IN_HEADLINE = 2


SCOPES: dict[str, Pair] = {
    "drive.file": (
        "Read and fill the files that you choose",
        "Lire et compléter les fichiers que vous choisissez",
    ),
    "spreadsheets": (
        "Read and fill all of your spreadsheets",
        "Lire et compléter toutes vos feuilles de calcul",
    ),
}
"""What a member has allowed us, in English and French."""


def scope_sentence(scope: str, language: str) -> str:
    """Return what a scope allows, by its short name."""
    return SCOPES[scope][_tongue(language)] if scope in SCOPES else scope


def problem_sentence(error: AddonError, language: str) -> Pair:
    """Return what happened and the one thing to do; a known ``reason`` among the facts says it closer.

    A closer sentence may have places for other facts, which come with its reason.
    """
    closer = PROBLEMS.get(f"{error.code}:{error.facts.get('reason')}")
    if closer is None:
        return PROBLEMS.get(error.code, PROBLEMS["failed"])[_tongue(language)]
    what, todo = closer[_tongue(language)]
    return what.format_map(error.facts), todo.format_map(error.facts)


def reason_sentence(code: str, language: str, engine: Mapping[str, tuple[str, str]] | None = None) -> Pair:
    """Return why a cell ended as it did, and what can be done ("" for nothing)."""
    if code in REASONS:
        return REASONS[code][_tongue(language)]
    if engine and code in engine:
        return engine[code][_tongue(language)], ""
    return code.replace("_", " ").capitalize() + ".", ""


def state_sentence(state: str, reason: str, language: str) -> str:
    """Return where a run stands."""
    if state == "failed" and reason in PROBLEMS:
        return " ".join(PROBLEMS[reason][_tongue(language)])
    pair = STATES.get(f"{state}:{reason}") or STATES[state]
    return pair[_tongue(language)]


def preflight_sentence(code: str, count: int, language: str, field: str = "") -> str:
    """Return what will be left alone; ``field`` says what a person has filled."""
    words = _plural(PREFLIGHT[code][_tongue(language)], count, language)
    return words.format(n=_number(count, language), thing=thing(field, count, language))


def counted(forms: tuple[Pair, Pair], count: int, language: str) -> str:
    """Return "1 row" or "2 rows" from English and French forms with ``{n}`` in them."""
    return _plural(forms[_tongue(language)], count, language).format(n=_number(count, language))


def headline(counts: Sequence[tuple[str, str, int]], *, sampled: bool, language: str) -> str:
    """Return "Fix 812 phones, fill 340 countries, look up 200 industries, 37 possible duplicates".

    From (operation, field, count); ``ask`` is the operation of cells that a source may fill.
    """
    french = _tongue(language) == 1
    verbs = ("Corriger", "compléter", "rechercher") if french else ("Fix", "fill", "look up")
    parts = []
    for operation, verb in zip(("clean", "fill", "ask"), verbs, strict=True):
        largest = sorted((c for c in counts if c[0] == operation), key=lambda c: -c[2])[:NAMED_IN_HEADLINE]
        named = [f"{_number(n, language)} {thing(field, n, language)}" for _, field, n in largest]
        if named:
            parts.append(f"{verb} {_listed(named, french=french)}")
    doubled = sum(n for operation, _, n in counts if operation == "duplicates")
    if doubled:
        words = (
            ("doublon possible", "doublons possibles")
            if french
            else ("possible duplicate", "possible duplicates")
        )
        parts.append(f"{_number(doubled, language)} {_plural(words, doubled, language)}")
    if not parts:
        return "Tout est déjà propre." if french else "Everything is clean already."
    text = ", ".join(parts)
    about = ("Environ : " if french else "About: ") if sampled else ""
    return about + text[0].upper() + text[1:]


def decisions_headline(decisions: int, rows: int, language: str) -> str:
    """Return "37 decisions settle 412 rows"; "" where nothing is open."""
    if not decisions:
        return ""
    if _tongue(language):
        verbs, what, of = ("règle", "règlent"), ("décision", "décisions"), ("ligne", "lignes")
    else:
        verbs, what, of = ("settles", "settle"), ("decision", "decisions"), ("row", "rows")
    subject = f"{_number(decisions, language)} {_plural(what, decisions, language)}"
    settled = f"{_number(rows, language)} {_plural(of, rows, language)}"
    return f"{subject} {_plural(verbs, decisions, language)} {settled}"


def thing(field: str, count: int, language: str) -> str:
    """Return the word for one or many of a kind or field, in lower case."""
    words = _THINGS.get(field)
    return _plural(words[_tongue(language)], count, language) if words else field


def _listed(words: Sequence[str], *, french: bool) -> str:
    if len(words) == 1:
        return words[0]
    return ", ".join(words[:-1]) + (" et " if french else " and ") + words[-1]


def _plural(forms: Pair, count: int, language: str) -> str:
    one = count in {0, 1} if _tongue(language) else count == 1
    return forms[0] if one else forms[1]


def _number(count: int, language: str) -> str:
    return f"{count:,}".replace(",", "\u202f" if _tongue(language) else ",")


def _tongue(language: str) -> int:
    return 1 if language.lower().startswith("fr") else 0


_UNSPENT: dict[str, tuple[Pair, Pair]] = {
    "free_engine": (
        ("{n} cell was filled without any paid source.", "{n} cells were filled without any paid source."),
        (
            "{n} cellule remplie sans aucune source payante.",
            "{n} cellules remplies sans aucune source payante.",
        ),
    ),
    "already_there": (
        ("{n} value was there already: not charged.", "{n} values were there already: not charged."),
        ("{n} valeur déjà présente : non facturée.", "{n} valeurs déjà présentes : non facturées."),
    ),
    "released": (
        (
            "{n} credit set aside for this run was given back.",
            "{n} credits set aside for this run were given back.",
        ),
        ("{n} crédit mis de côté a été rendu.", "{n} crédits mis de côté ont été rendus."),
    ),
}


def unspent_sentence(code: str, count: int, language: str) -> str:
    """Return one line of what was not spent."""
    return counted(_UNSPENT[code], count, language)
