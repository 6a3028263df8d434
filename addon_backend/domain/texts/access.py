"""Problems of who may do what: signing in, consent, administrators and their switches."""

from addon_backend.domain.texts import Pair

ACCESS: dict[str, tuple[Pair, Pair]] = {
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
    "credential_missing:nobody_to_act": (
        (
            "Nobody is logged in here who could act as the account in GOOGLE_SERVICE_ACCOUNT.",
            "Run: gcloud auth application-default login. Or name the account's key file instead.",
        ),
        (
            "Personne n’est connecté ici pour agir comme le compte de GOOGLE_SERVICE_ACCOUNT.",
            "Lancez gcloud auth application-default login, ou indiquez son fichier de clé.",
        ),
    ),
    "credential_missing:key_file_unread": (
        (
            "The key file in GOOGLE_SERVICE_ACCOUNT is not there, or not yours to read.",
            "Check the path, and that the user who runs this may read the file.",
        ),
        (
            "Le fichier de clé de GOOGLE_SERVICE_ACCOUNT est absent ou illisible pour vous.",
            "Vérifiez le chemin et que l’utilisateur qui lance ceci peut lire le fichier.",
        ),
    ),
    "credential_missing:key_file": (
        (
            "The file in GOOGLE_SERVICE_ACCOUNT is not the key of a service account.",
            "Set it to the JSON file that Google gave you when you made the key.",
        ),
        (
            "Le fichier de GOOGLE_SERVICE_ACCOUNT n’est pas la clé d’un compte de service.",
            "Indiquez le fichier JSON que Google vous a donné en créant la clé.",
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
            "You did not agree at Google, so nothing was begun and nothing was changed.",
            "Try again, and choose Allow there.",
        ),
        (
            "Sans votre accord chez Google, rien n’a été lancé et rien n’a changé.",
            "Réessayez et choisissez Autoriser.",
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
}
