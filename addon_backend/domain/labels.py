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
    ColumnKind.NOTES: ("Notes", "Notes"),
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

VALUE_LABELS: dict[str, dict[str, tuple[str, str]]] = {
    "email.type": {
        "work": ("Work", "Professionnel"),
        "role": ("Shared", "Partagé"),
        "free": ("Free webmail", "Messagerie gratuite"),
        "disposable": ("Throw-away", "Jetable"),
    },
    "phone.type": {
        "mobile": ("Mobile", "Mobile"),
        "fixed": ("Landline", "Fixe"),
        "fixed_or_mobile": ("Landline or mobile", "Fixe ou mobile"),
        "toll_free": ("Toll-free", "Numéro vert"),
        "premium": ("Premium rate", "Numéro surtaxé"),
        "shared_cost": ("Shared cost", "Coût partagé"),
        "voip": ("Internet phone", "Téléphonie Internet"),
        "personal": ("Personal number", "Numéro personnel"),
        "pager": ("Pager", "Messager de poche"),
        "company_wide": ("Company number", "Numéro d’entreprise"),
        "voicemail": ("Voicemail", "Messagerie vocale"),
        "other": ("Other", "Autre"),
    },
    "job.seniority": {
        "Owner": ("Owner", "Propriétaire"),
        "C-level": ("C-level", "Direction générale"),
        "VP": ("VP", "Vice-président"),
        "Head": ("Head", "Chef de service"),
        "Director": ("Director", "Directeur"),
        "Manager": ("Manager", "Responsable"),
        "Senior": ("Senior", "Senior"),
        "Junior": ("Junior", "Junior"),
        "Intern": ("Intern", "Stagiaire"),
    },
    "job.department": {
        "Administration": ("Administration", "Administration"),
        "Engineering": ("Engineering", "Ingénierie"),
        "Finance": ("Finance", "Finance"),
        "HR": ("HR", "RH"),
        "IT": ("IT", "Informatique"),
        "Legal": ("Legal", "Juridique"),
        "Management": ("Management", "Direction"),
        "Marketing": ("Marketing", "Marketing"),
        "Operations": ("Operations", "Opérations"),
        "Product": ("Product", "Produit"),
        "Purchasing": ("Purchasing", "Achats"),
        "Sales": ("Sales", "Ventes"),
        "Support": ("Support", "Assistance"),
    },
}
"""Fields whose values are of a closed list of ours: code → the words that stand in the cell."""


def value_label(field: str, code: str, language: str) -> str:
    """Return the words for a code of one of `VALUE_LABELS`' fields; what is no code stays as it is."""
    words = VALUE_LABELS[field].get(code)
    return code if words is None else words[language.startswith("fr")]


def kind_label(kind: ColumnKind, language: str) -> str:
    """Return a kind's name."""
    return _KINDS[kind][language.startswith("fr")]


def recipe_label(name: str, language: str) -> str:
    """Return a bundled recipe's name, or the name itself for a person's own recipe."""
    return _RECIPES.get(name, (name, name))[language.startswith("fr")]
