"""Why rows are shown as one, and what speaks against it: one short sentence each, in plain words."""

from __future__ import annotations

from addon_backend.engine.enrich.reasons import Reason

REASONS: dict[str, Reason] = {
    # What they have in common, strongest first
    "same_row": Reason("The rows are identical.", "Les lignes sont identiques."),
    "same_as_read": Reason(
        "All that we have read of the rows is identical.",
        "Tout ce que nous lisons de ces lignes est identique.",
    ),
    "same_email": Reason("Same e-mail address.", "Même adresse e-mail."),
    "same_registration": Reason("Same registration or VAT number.", "Même SIRET ou numéro de TVA."),
    "same_id": Reason("Same identifier.", "Même identifiant."),
    "same_phone": Reason("Same phone number.", "Même numéro de téléphone."),
    "same_name": Reason("Same first and last name.", "Mêmes prénom et nom."),
    "same_company": Reason("Same company name.", "Même nom de société."),
    "same_domain": Reason("Same website domain.", "Même domaine web."),
    "same_address": Reason("Same street and number.", "Mêmes rue et numéro."),
    "same_date": Reason("Same date.", "Même date."),
    "similar_email": Reason("Nearly the same e-mail address.", "Adresses e-mail presque identiques."),
    "similar_registration": Reason(
        "Nearly the same registration or VAT number.", "SIRET ou numéros de TVA presque identiques."
    ),
    "similar_id": Reason("Nearly the same identifier.", "Identifiants presque identiques."),
    "similar_phone": Reason("Nearly the same phone number.", "Numéros presque identiques."),
    "similar_name": Reason("Nearly the same name.", "Noms presque identiques."),
    "swapped_name": Reason("First and last name are swapped.", "Prénom et nom sont inversés."),
    "similar_company": Reason("Nearly the same company name.", "Noms de société presque identiques."),
    "similar_address": Reason("Nearly the same address.", "Adresses presque identiques."),
    "similar_date": Reason("Nearly the same date.", "Dates presque identiques."),
    "same_shared_mailbox": Reason(
        "Same shared mailbox (info@, sales@ …).", "Même boîte partagée (info@, contact@…)."
    ),
    "same_switchboard": Reason(
        "Same phone number, which others share.", "Même numéro, que d’autres partagent."
    ),
    # What speaks against it
    "different_first_name": Reason("But the first names differ.", "Mais les prénoms diffèrent."),
    "different_last_name": Reason("But the last names differ.", "Mais les noms diffèrent."),
    "different_generation": Reason(
        "But one is Junior or Senior: perhaps parent and child.",
        "Mais l’un est Junior ou Senior : peut-être parent et enfant.",
    ),
    "different_salutation": Reason("But one is Mr and one is Ms.", "Mais l’un est M. et l’autre Mme."),
    "different_contact": Reason("But the contacts differ.", "Mais les contacts diffèrent."),
    "different_date": Reason("But the dates differ.", "Mais les dates diffèrent."),
    "different_registration": Reason(
        "But the registration or VAT numbers differ.", "Mais les SIRET ou numéros de TVA diffèrent."
    ),
    "different_legal_form": Reason("But the legal forms differ.", "Mais les formes juridiques diffèrent."),
    "different_address": Reason("But the addresses differ.", "Mais les adresses diffèrent."),
}
ORDER: dict[str, int] = {code: place for place, code in enumerate(REASONS)}
"""The order in which several reasons are told."""
