"""What a column of a business list can hold. The strings are a public contract and never change."""

from __future__ import annotations

from enum import StrEnum


class ColumnKind(StrEnum):
    """The meaning of a column; ``TEXT`` says "we abstain".

    ``NOTES`` is what people write about a row in their own words: runs leave it unread.
    """

    EMAIL = "email"
    PHONE = "phone"
    PERSON_FULL_NAME = "person.full_name"
    PERSON_FIRST_NAME = "person.first_name"
    PERSON_LAST_NAME = "person.last_name"
    PERSON_SALUTATION = "person.salutation"
    JOB_TITLE = "job_title"
    COMPANY_NAME = "company.name"
    COMPANY_DOMAIN = "company.domain"
    URL = "url"
    LINKEDIN_PERSON = "linkedin.person"
    LINKEDIN_COMPANY = "linkedin.company"
    ADDRESS_LINE = "address.line"
    ADDRESS_STREET = "address.street"
    ADDRESS_POSTCODE = "address.postcode"
    ADDRESS_CITY = "address.city"
    ADDRESS_REGION = "address.region"
    COUNTRY = "country"
    VAT = "vat"
    REGISTRATION = "registration"
    IBAN = "iban"
    LEI = "lei"
    DATE = "date"
    NUMBER = "number"
    CURRENCY = "currency"
    BOOLEAN = "boolean"
    ID = "id"
    NOTES = "notes"
    TEXT = "text"
