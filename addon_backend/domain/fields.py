"""The catalogue of what can be filled. Sources extend it by naming fields that are listed here."""

from __future__ import annotations

from dataclasses import dataclass

from addon_backend.domain.kinds import ColumnKind


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a row can be completed with.

    ``kind`` says which existing column of a sheet this field fills; ``None`` means that it always gets a
    column of its own. ``half_life_days`` is after how long half of such values are wrong.
    """

    name: str
    en: str
    fr: str
    kind: ColumnKind | None
    personal: bool
    half_life_days: int

    def label(self, language: str) -> str:
        """Return the header in French for ``fr…``, else in English."""
        return self.fr if language.startswith("fr") else self.en


_YEAR = 365

CATALOGUE: dict[str, Field] = {
    field.name: field
    for field in (
        Field("person.first_name", "First name", "Prénom", ColumnKind.PERSON_FIRST_NAME, True, 50 * _YEAR),
        Field("person.last_name", "Last name", "Nom", ColumnKind.PERSON_LAST_NAME, True, 30 * _YEAR),
        Field("person.full_name", "Full name", "Nom complet", ColumnKind.PERSON_FULL_NAME, True, 30 * _YEAR),
        Field("email.type", "E-mail type", "Type d’e-mail", None, True, 2 * _YEAR),
        Field("company.name", "Company", "Société", ColumnKind.COMPANY_NAME, False, 5 * _YEAR),
        Field("company.domain", "Domain", "Domaine", ColumnKind.COMPANY_DOMAIN, False, 5 * _YEAR),
        Field("country", "Country", "Pays", ColumnKind.COUNTRY, False, 10 * _YEAR),
        Field("phone.type", "Phone type", "Type de téléphone", None, True, 3 * _YEAR),
        Field("phone.time_zone", "Time zone", "Fuseau horaire", None, True, 10 * _YEAR),
        Field("job.seniority", "Seniority", "Niveau hiérarchique", None, True, 2 * _YEAR),
        Field("job.department", "Department", "Service", None, True, 2 * _YEAR),
        Field("company.industry", "Industry", "Secteur", None, False, 5 * _YEAR),
        Field("company.size", "Employees", "Effectif", None, False, _YEAR),
    )
}
