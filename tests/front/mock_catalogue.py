"""GET /v1/catalogue, from the domain's own lists."""

from __future__ import annotations

from addon_backend.domain.fields import CATALOGUE
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CLEANABLE, RECIPES

RECIPE_LABELS = {
    "standard": ("Clean and complete, free", "Nettoyer et compléter, gratuit"),
    "clean": ("Clean only", "Nettoyer seulement"),
    "complete": ("Everything, with company facts", "Tout, avec les données d’entreprise"),
}
KIND_LABELS = {
    "email": ("E-mail", "E-mail"),
    "phone": ("Phone", "Téléphone"),
    "person.first_name": ("First name", "Prénom"),
    "person.last_name": ("Last name", "Nom"),
    "company.name": ("Company", "Société"),
    "country": ("Country", "Pays"),
    "address.city": ("City", "Ville"),
    "job_title": ("Job title", "Fonction"),
    "url": ("Web address", "Adresse web"),
    "date": ("Date", "Date"),
    "text": ("Other text", "Autre texte"),
}


def catalogue(french: bool) -> dict[str, object]:
    """Return kinds, fields and recipes with their labels."""
    priced = {"company.industry", "company.size"}
    return {
        "kinds": [
            {
                "kind": kind.value,
                "label": KIND_LABELS.get(kind.value, (kind.value.replace(".", " ").title(),) * 2)[french],
                "cleanable": kind in CLEANABLE,
            }
            for kind in ColumnKind
        ],
        "fields": [
            {
                "name": field.name,
                "label": field.label("fr" if french else "en"),
                "price": int(field.name in priced),
                "personal": field.personal,
                "source": "demo" if field.name in priced else None,
            }
            for field in CATALOGUE.values()
        ],
        "recipes": [
            {"name": name, "label": RECIPE_LABELS[name][french], "recipe": recipe.as_data()}
            for name, recipe in RECIPES.items()
        ],
    }
