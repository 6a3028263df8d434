"""Why a derived cell holds what it holds, or nothing: one short sentence each, in a salesperson's words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason in English and French."""

    en: str
    fr: str

    def sentence(self, language: str) -> str:
        """Return the French sentence for ``fr…``, else the English one."""
        return self.fr if language.startswith("fr") else self.en


REASONS: dict[str, Reason] = {
    # A value was found
    "derived_from_email": Reason("Read from the e-mail address.", "Lu dans l’adresse e-mail."),
    "derived_from_full_name": Reason("Taken from the full name.", "Repris du nom complet."),
    "derived_from_name_parts": Reason("First and last name put together.", "Prénom et nom mis bout à bout."),
    "derived_from_website": Reason("Read from the website.", "Lu dans l’adresse du site."),
    "derived_from_domain": Reason("Read from the domain name.", "Lu dans le nom de domaine."),
    "derived_from_linkedin": Reason("Read from the LinkedIn address.", "Lu dans l’adresse LinkedIn."),
    "derived_from_phone": Reason("Read from the phone number.", "Lu dans le numéro de téléphone."),
    "derived_from_vat": Reason("Read from the VAT number.", "Lu dans le numéro de TVA."),
    "derived_from_title": Reason("Read from the job title.", "Lu dans l’intitulé du poste."),
    "guessed_from_email": Reason(
        "Guessed from the e-mail address: please check.", "Deviné d’après l’adresse e-mail : à vérifier."
    ),
    "guessed_from_full_name": Reason(
        "First and last name could be the other way round: please check.",
        "Prénom et nom sont peut-être inversés : à vérifier.",
    ),
    "guessed_from_domain": Reason(
        "Guessed from the domain name: please check.", "Deviné d’après le nom de domaine : à vérifier."
    ),
    "guessed_from_column_country": Reason(
        "The number has no country code; it fits the country of the list.",
        "Le numéro n’a pas d’indicatif ; il correspond au pays de la liste.",
    ),
    "countries_disagree": Reason(
        "Phone and e-mail point to different countries: please check.",
        "Le téléphone et l’e-mail indiquent des pays différents : à vérifier.",
    ),
    "demo_value": Reason("Made up by the demonstration source.", "Inventé par la source de démonstration."),
    # Nothing was found
    "no_input": Reason(
        "There is nothing in this row to read it from.", "Rien dans cette ligne ne l’indique."
    ),
    "not_recognised": Reason(
        "We could not make sense of what is there.", "Ce qui s’y trouve n’a pas été compris."
    ),
    "invalid_email": Reason("The e-mail address is not complete.", "L’adresse e-mail n’est pas complète."),
    "invalid_phone": Reason("The phone number is not valid.", "Le numéro de téléphone n’est pas valide."),
    "free_mail_domain": Reason(
        "A private mailbox (Gmail, Orange …) says nothing about the company.",
        "Une boîte personnelle (Gmail, Orange…) ne dit rien de l’entreprise.",
    ),
    "disposable_domain": Reason(
        "A throw-away address says nothing about the company.",
        "Une adresse jetable ne dit rien de l’entreprise.",
    ),
    "role_mailbox": Reason(
        "A shared mailbox (info@, sales@ …) has no person’s name.",
        "Une boîte partagée (info@, contact@…) ne porte pas de nom.",
    ),
    "shared_host": Reason(
        "The address is a page on a shared site, not the company’s own.",
        "L’adresse est une page sur un site partagé, pas le site de l’entreprise.",
    ),
    "initial_only": Reason("The e-mail shows only an initial.", "L’e-mail ne montre qu’une initiale."),
    "single_name": Reason(
        "Only one name is there; it could be a first or a last name.",
        "Un seul nom est indiqué ; ce peut être un prénom ou un nom.",
    ),
    "ambiguous_time_zone": Reason(
        "This country has several time zones.", "Ce pays a plusieurs fuseaux horaires."
    ),
    "no_country_code": Reason(
        "The phone number does not say which country it belongs to.",
        "Le numéro ne dit pas de quel pays il est.",
    ),
    "generic_domain": Reason(
        "The domain is used all over the world.", "Ce domaine est utilisé dans le monde entier."
    ),
    "rank_not_stated": Reason(
        "The title does not say how senior the person is.", "L’intitulé n’indique pas le niveau."
    ),
    "department_not_stated": Reason(
        "The title does not say which department.", "L’intitulé n’indique pas le service."
    ),
}
