"""Every reason a cleaning or a correction can give, with the sentence a salesperson reads; stable codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a value is as `Cleaned` says. The strings are a public contract and never change."""

    # The value is good, or nothing can be said
    ALREADY_CLEAN = "already_clean"
    EMPTY = "empty"
    SHEET_ERROR = "sheet_error"
    # The value changes
    TRIMMED = "trimmed"
    NORMALISED = "normalised"
    CASE_REPAIRED = "case_repaired"
    ENCODING_REPAIRED = "encoding_repaired"
    WRAPPER_REMOVED = "wrapper_removed"
    SCHEME_ADDED = "scheme_added"
    SHORTENED_TO_DOMAIN = "shortened_to_domain"
    TEXT_TO_DATE = "text_to_date"
    TEXT_TO_NUMBER = "text_to_number"
    ZEROS_RESTORED = "zeros_restored"
    # We abstain: the value is left alone
    REGION_UNKNOWN = "region_unknown"
    SEVERAL_PHONES = "several_phones"
    SEVERAL_EMAILS = "several_emails"
    COUNTRY_UNKNOWN = "country_unknown"
    COUNTRY_NEEDED = "country_needed"
    DATE_ORDER_UNKNOWN = "date_order_unknown"
    DATE_INCOMPLETE = "date_incomplete"
    DATE_TOO_OLD = "date_too_old"
    NUMBER_MAYBE_DATE = "number_maybe_date"
    DECIMAL_UNKNOWN = "decimal_unknown"
    LOOKS_LIKE_ID = "looks_like_id"
    LINKEDIN_NOT_PUBLIC = "linkedin_not_public"
    NOT_A_SALUTATION = "not_a_salutation"
    # The value cannot be right
    PLACEHOLDER = "placeholder"
    IS_A_DATE = "is_a_date"
    IS_A_TICK = "is_a_tick"
    NOT_AN_EMAIL = "not_an_email"
    NOT_A_PHONE = "not_a_phone"
    PHONE_TOO_SHORT = "phone_too_short"
    PHONE_TOO_LONG = "phone_too_long"
    PHONE_NOT_IN_USE = "phone_not_in_use"
    NOT_A_NAME = "not_a_name"
    NOT_A_JOB_TITLE = "not_a_job_title"
    NOT_A_COMPANY = "not_a_company"
    NOT_A_DOMAIN = "not_a_domain"
    NOT_A_URL = "not_a_url"
    NOT_A_LINKEDIN_PERSON = "not_a_linkedin_person"
    NOT_A_LINKEDIN_COMPANY = "not_a_linkedin_company"
    NOT_A_PLACE = "not_a_place"
    NOT_A_POSTCODE = "not_a_postcode"
    NOT_A_COUNTRY = "not_a_country"
    NOT_A_VAT = "not_a_vat"
    NOT_A_REGISTRATION = "not_a_registration"
    NOT_AN_IBAN = "not_an_iban"
    NOT_A_LEI = "not_a_lei"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    NOT_A_DATE = "not_a_date"
    DATE_IMPOSSIBLE = "date_impossible"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_AMOUNT = "not_an_amount"
    NOT_YES_OR_NO = "not_yes_or_no"
    # A correction is offered
    DOMAIN_TYPO = "domain_typo"
    EMAIL_TYPO = "email_typo"
    COUNTRY_TYPO = "country_typo"
    COUNTRY_CODE_ADDED = "country_code_added"
    FOUND_INSIDE = "found_inside"
    BELONGS_TO_EMAIL = "belongs_to_email"
    BELONGS_TO_PHONE = "belongs_to_phone"
    BELONGS_TO_URL = "belongs_to_url"
    BELONGS_TO_LINKEDIN = "belongs_to_linkedin"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One short sentence about one value, in a salesperson's words."""

    en: str
    fr: str

    def in_language(self, language: str) -> str:
        """Return the French sentence for ``fr…``, else the English one."""
        return self.fr if language.startswith("fr") else self.en


SENTENCES: dict[Reason, Sentence] = {
    Reason.ALREADY_CLEAN: Sentence("Already clean.", "Déjà propre."),
    Reason.EMPTY: Sentence("The cell is empty.", "La cellule est vide."),
    Reason.SHEET_ERROR: Sentence("The cell shows an error.", "La cellule affiche une erreur."),
    Reason.TRIMMED: Sentence("Extra spaces removed.", "Espaces en trop supprimés."),
    Reason.NORMALISED: Sentence("Written the standard way.", "Mis au format standard."),
    Reason.CASE_REPAIRED: Sentence("Capital letters repaired.", "Majuscules corrigées."),
    Reason.ENCODING_REPAIRED: Sentence("Garbled letters repaired.", "Caractères abîmés réparés."),
    Reason.WRAPPER_REMOVED: Sentence("Only the address kept.", "Seule l’adresse est gardée."),
    Reason.SCHEME_ADDED: Sentence("https:// added.", "https:// ajouté."),
    Reason.SHORTENED_TO_DOMAIN: Sentence("Shortened to the domain.", "Réduit au domaine."),
    Reason.TEXT_TO_DATE: Sentence("Text turned into a date.", "Texte transformé en date."),
    Reason.TEXT_TO_NUMBER: Sentence("Text turned into a number.", "Texte transformé en nombre."),
    Reason.ZEROS_RESTORED: Sentence("Missing leading zeros put back.", "Zéros de tête rétablis."),
    Reason.REGION_UNKNOWN: Sentence(
        "We do not know which country this phone belongs to.",
        "Nous ne savons pas de quel pays est ce numéro.",
    ),
    Reason.SEVERAL_PHONES: Sentence(
        "Several phone numbers in one cell.", "Plusieurs numéros dans une cellule."
    ),
    Reason.SEVERAL_EMAILS: Sentence("Several e-mails in one cell.", "Plusieurs e-mails dans une cellule."),
    Reason.COUNTRY_UNKNOWN: Sentence("We do not know this country.", "Nous ne connaissons pas ce pays."),
    Reason.COUNTRY_NEEDED: Sentence(
        "We need the country to check this number.", "Il nous faut le pays pour vérifier ce numéro."
    ),
    Reason.DATE_ORDER_UNKNOWN: Sentence(
        "Day or month first? The column does not tell.", "Jour ou mois d’abord ? La colonne ne le dit pas."
    ),
    Reason.DATE_INCOMPLETE: Sentence("The day is missing.", "Il manque le jour."),
    Reason.DATE_TOO_OLD: Sentence(
        "Spreadsheets hold no date before 1900.", "Un tableur ne connaît pas les dates avant 1900."
    ),
    Reason.NUMBER_MAYBE_DATE: Sentence("A number, perhaps a date.", "Un nombre, peut-être une date."),
    Reason.DECIMAL_UNKNOWN: Sentence(
        "Comma or point for decimals? The column does not tell.",
        "Virgule ou point décimal ? La colonne ne le dit pas.",
    ),
    Reason.LOOKS_LIKE_ID: Sentence(
        "Looks like a reference, not an amount.", "Ressemble à une référence, pas à un nombre."
    ),
    Reason.LINKEDIN_NOT_PUBLIC: Sentence(
        "Only LinkedIn knows whose profile this is.", "Seul LinkedIn sait à qui est ce profil."
    ),
    Reason.NOT_A_SALUTATION: Sentence(
        "We do not know this title.", "Nous ne connaissons pas cette civilité."
    ),
    Reason.PLACEHOLDER: Sentence("Stands for “nothing here”.", "Veut dire « rien ici »."),
    Reason.IS_A_DATE: Sentence("A date in the wrong column.", "Une date dans la mauvaise colonne."),
    Reason.IS_A_TICK: Sentence(
        "A tick box in the wrong column.", "Une case à cocher dans la mauvaise colonne."
    ),
    Reason.NOT_AN_EMAIL: Sentence("Not an e-mail address.", "Pas une adresse e-mail."),
    Reason.NOT_A_PHONE: Sentence("Not a phone number.", "Pas un numéro de téléphone."),
    Reason.PHONE_TOO_SHORT: Sentence("The phone number is too short.", "Le numéro est trop court."),
    Reason.PHONE_TOO_LONG: Sentence("The phone number is too long.", "Le numéro est trop long."),
    Reason.PHONE_NOT_IN_USE: Sentence("No such phone number exists.", "Ce numéro n’existe pas."),
    Reason.NOT_A_NAME: Sentence("Not a person’s name.", "Pas un nom de personne."),
    Reason.NOT_A_JOB_TITLE: Sentence("Not a job title.", "Pas une fonction."),
    Reason.NOT_A_COMPANY: Sentence("Not a company name.", "Pas un nom de société."),
    Reason.NOT_A_DOMAIN: Sentence("Not a web domain.", "Pas un nom de domaine."),
    Reason.NOT_A_URL: Sentence("Not a web address.", "Pas une adresse web."),
    Reason.NOT_A_LINKEDIN_PERSON: Sentence(
        "Not a person’s LinkedIn page.", "Pas le profil LinkedIn d’une personne."
    ),
    Reason.NOT_A_LINKEDIN_COMPANY: Sentence(
        "Not a company’s LinkedIn page.", "Pas la page LinkedIn d’une société."
    ),
    Reason.NOT_A_PLACE: Sentence("Not the name of a place.", "Pas un nom de lieu."),
    Reason.NOT_A_POSTCODE: Sentence("Not a postcode of this country.", "Pas un code postal de ce pays."),
    Reason.NOT_A_COUNTRY: Sentence("Not a country.", "Pas un pays."),
    Reason.NOT_A_VAT: Sentence("Not a VAT number.", "Pas un numéro de TVA."),
    Reason.NOT_A_REGISTRATION: Sentence(
        "Not a company registration number.", "Pas un numéro d’immatriculation."
    ),
    Reason.NOT_AN_IBAN: Sentence("Not an IBAN.", "Pas un IBAN."),
    Reason.NOT_A_LEI: Sentence("Not an LEI.", "Pas un LEI."),
    Reason.WRONG_CHECK_DIGIT: Sentence("A digit is wrong or missing.", "Un chiffre est faux ou manque."),
    Reason.NOT_A_DATE: Sentence("Not a date.", "Pas une date."),
    Reason.DATE_IMPOSSIBLE: Sentence("This day does not exist.", "Ce jour n’existe pas."),
    Reason.NOT_A_NUMBER: Sentence("Not a number.", "Pas un nombre."),
    Reason.NOT_AN_AMOUNT: Sentence("Not an amount of money.", "Pas un montant."),
    Reason.NOT_YES_OR_NO: Sentence("Neither yes nor no.", "Ni oui ni non."),
    Reason.DOMAIN_TYPO: Sentence(
        "Probably a typing mistake after the @.", "Sans doute une faute de frappe après le @."
    ),
    Reason.EMAIL_TYPO: Sentence(
        "Probably mistyped; read as an e-mail.", "Sans doute mal tapé ; lu comme un e-mail."
    ),
    Reason.COUNTRY_TYPO: Sentence("Probably a misspelt country.", "Sans doute un pays mal orthographié."),
    Reason.COUNTRY_CODE_ADDED: Sentence("Valid with a + in front.", "Valable avec un + devant."),
    Reason.FOUND_INSIDE: Sentence("Found among other words.", "Trouvé parmi d’autres mots."),
    Reason.BELONGS_TO_EMAIL: Sentence(
        "This is an e-mail: wrong column.", "C’est un e-mail : mauvaise colonne."
    ),
    Reason.BELONGS_TO_PHONE: Sentence(
        "This is a phone number: wrong column.", "C’est un téléphone : mauvaise colonne."
    ),
    Reason.BELONGS_TO_URL: Sentence(
        "This is a web address: wrong column.", "C’est une adresse web : mauvaise colonne."
    ),
    Reason.BELONGS_TO_LINKEDIN: Sentence(
        "This is a LinkedIn page: wrong column.", "C’est une page LinkedIn : mauvaise colonne."
    ),
}
"""One sentence per reason; that none is missing is a test."""
