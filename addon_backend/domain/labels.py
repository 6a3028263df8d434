"""Names of kinds and recipes as a person reads them."""

from __future__ import annotations

from addon_backend.domain.kinds import ColumnKind

_KINDS: dict[ColumnKind, tuple[str, str]] = {
    ColumnKind.EMAIL: ("E-mail", "E-mail"),
    ColumnKind.PHONE: ("Phone", "Téléphone"),
    ColumnKind.PERSON_FULL_NAME: ("Full name", "Nom complet"),
    ColumnKind.PERSON_FIRST_NAME: ("First name", "Prénom"),
    ColumnKind.PERSON_LAST_NAME: ("Last name", "Nom"),
    ColumnKind.PERSON_SALUTATION: ("Salutation", "Civilité"),
    ColumnKind.JOB_TITLE: ("Job title", "Fonction"),
    ColumnKind.COMPANY_NAME: ("Company", "Société"),
    ColumnKind.COMPANY_DOMAIN: ("Domain", "Domaine"),
    ColumnKind.URL: ("Website", "Site web"),
    ColumnKind.LINKEDIN_PERSON: ("LinkedIn profile", "Profil LinkedIn"),
    ColumnKind.LINKEDIN_COMPANY: ("LinkedIn page", "Page LinkedIn"),
    ColumnKind.ADDRESS_LINE: ("Address", "Adresse"),
    ColumnKind.ADDRESS_STREET: ("Street", "Rue"),
    ColumnKind.ADDRESS_POSTCODE: ("Postcode", "Code postal"),
    ColumnKind.ADDRESS_CITY: ("City", "Ville"),
    ColumnKind.ADDRESS_REGION: ("Region", "Région"),
    ColumnKind.COUNTRY: ("Country", "Pays"),
    ColumnKind.VAT: ("VAT number", "Numéro de TVA"),
    ColumnKind.REGISTRATION: ("Registration number", "Immatriculation"),
    ColumnKind.IBAN: ("IBAN", "IBAN"),
    ColumnKind.LEI: ("LEI", "LEI"),
    ColumnKind.DATE: ("Date", "Date"),
    ColumnKind.NUMBER: ("Number", "Nombre"),
    ColumnKind.CURRENCY: ("Amount", "Montant"),
    ColumnKind.BOOLEAN: ("Yes or no", "Oui ou non"),
    ColumnKind.ID: ("Reference", "Référence"),
    ColumnKind.TEXT: ("Other", "Autre"),
}

_RECIPES: dict[str, tuple[str, str]] = {
    "standard": ("Clean and complete, free", "Nettoyer et compléter, gratuit"),
    "clean": ("Only clean", "Nettoyer seulement"),
    "complete": (
        "Clean, complete and ask a paid source",
        "Nettoyer, compléter et interroger une source payante",
    ),
}


def kind_label(kind: ColumnKind, language: str) -> str:
    """Return a kind's name."""
    return _KINDS[kind][language.startswith("fr")]


def recipe_label(name: str, language: str) -> str:
    """Return a bundled recipe's name, or the name itself for a person's own recipe."""
    return _RECIPES.get(name, (name, name))[language.startswith("fr")]
