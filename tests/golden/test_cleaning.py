"""Cleaning against material that nobody here wrote; each floor lies just below what was reached."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email

from addon_backend.domain.cells import CellValue
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.facts import Cleaned
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value
from addon_backend.engine.clean.email_address import parse_address, parse_plain
from addon_backend.engine.clean.legal_forms import split_form
from addon_backend.engine.clean.linkedin import read_profile
from addon_backend.engine.clean.person_parts import split_by_library, split_plain
from addon_backend.engine.clean.phone import parse_phone
from addon_backend.engine.clean.web import readable_host, registrable

NOWHERE = ColumnContext()
COMPANIES_FLOOR = 0.90
PERSONS_FLOOR = 0.96


def clean(kind: ColumnKind, value: CellValue, country: str | None = None) -> Cleaned:
    return clean_value(kind, value, ColumnContext(country=country))


def xml(path: Path) -> list[ET.Element]:
    return list(ET.fromstring(path.read_text("utf-8")))  # noqa: S314 - a file of our own choosing


def addresses(corpora: Path) -> list[tuple[str, str]]:
    """Addresses and categories of isemail; it writes control characters as their pictures (U+2400…)."""
    root = ET.fromstring((corpora / "email/isemail/tests.xml").read_text("utf-8"))  # noqa: S314 - as above
    pictures = {0x2400 + code: code for code in range(32)}
    return [
        ((test.findtext("address") or "").translate(pictures), test.findtext("category") or "")
        for test in root.iter("test")
    ]


def test_every_malformed_address_of_isemail_is_refused(corpora: Path) -> None:
    """None of them parses; where cleaning finds an address inside, it is one a person would read there."""
    wrong = [address for address, category in addresses(corpora) if category == "ISEMAIL_ERR"]
    assert len(wrong) > 60
    assert not [address for address in wrong if parse_address(address)]
    kept = [verdict for address in wrong if (verdict := clean(ColumnKind.EMAIL, address)).status == "changed"]
    assert {verdict.value for verdict in kept} <= {"test@iana.org", "test@test.com"}


def test_valid_addresses_of_isemail_are_accepted(corpora: Path) -> None:
    """All but the one without a dot in its domain, which no business has."""
    right = [
        address
        for address, category in addresses(corpora)
        if category in {"ISEMAIL_VALID_CATEGORY", "ISEMAIL_DNSWARN"}
    ]
    refused = [address for address in right if clean(ColumnKind.EMAIL, address).status == "invalid"]
    assert len(right) > 20
    assert refused == ["test@io"]


def test_the_e_mail_fast_path_agrees_with_the_library_on_isemail(corpora: Path) -> None:
    """Where the regular expression answers, email-validator answers the same."""
    for address, _ in addresses(corpora):
        if plain := parse_plain(address):
            try:
                seen = validate_email(address, check_deliverability=False)
            except EmailNotValidError:
                pytest.fail(f"the library refuses {address!r}")
            assert plain == (seen.local_part, seen.domain)


def test_official_example_numbers_become_e164(corpora: Path) -> None:
    """libphonenumber's own examples, nationally written, in every region; short numbers are not dialled."""
    with (corpora / "phone/libphonenumber_examples_half.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    found = [
        clean(ColumnKind.PHONE, row["number"], row["region"]).value
        == f"+{row['country_calling_code']}{_significant(row)}"
        for row in rows
    ]
    assert len(rows) > 500
    assert sum(found) >= 0.985 * len(rows)


def _significant(row: dict[str, str]) -> str:
    number = phonenumbers.parse(f"+{row['country_calling_code']}{row['number']}")
    return phonenumbers.national_significant_number(number)


def test_a_number_with_a_type_is_what_the_library_calls_valid(corpora: Path) -> None:
    """We ask for the type only; that this says the same is checked on the official examples."""
    with (corpora / "phone/libphonenumber_examples_half.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            text = f"+{row['country_calling_code']}{row['number']}"
            for cut in (text, text[:-1], text + "1"):
                try:
                    valid = phonenumbers.is_valid_number(phonenumbers.parse(cut))
                except phonenumbers.NumberParseException:
                    valid = False
                assert (parse_phone(cut, None) is not None) == valid, cut


def test_the_public_suffix_algorithm_is_right(corpora: Path) -> None:
    """The list's own vectors: registrable part, or none; who sells names under his own keeps his domain."""
    lines = (corpora / "url/psl_tests.txt").read_text("utf-8").splitlines()
    cases = [line.split() for line in lines if line.strip() and not line.startswith("//")]
    assert len(cases) > 70
    wrong = []
    for given, wanted in cases:
        if given == "null" or given.startswith(".") or ".example" in f".{given}":
            continue  # not host names, or under an ending that does not exist: we refuse those
        host = readable_host(given)
        expected = None if wanted == "null" else readable_host(wanted)
        if (registrable(host) or None if host else None) != expected:
            wrong.append(given)
    assert wrong == ["uk.com"]


def test_linkedin_links_are_read_as_a_library_for_them_does(corpora: Path) -> None:
    """Validity, slug and canonical form; ours always has ``www``, which no sheet needs to vary."""
    cases = json.loads((corpora / "url/linkedin_url_cases_half.json").read_text("utf-8"))
    wrong = [case for case in cases if not _agrees(case)]
    assert len(cases) > 25
    assert wrong == []


def _agrees(case: dict[str, str]) -> bool:
    name, profile = case["function"], read_profile(case["input"])
    company = "Company" in name or "School" in name
    mine = profile is not None and profile.personal != company
    if case["check"] in {"toBeTruthy", "toBeFalsy"}:
        if "Company" in name and profile is not None and profile.kind != "company":
            return True  # it counts schools as companies too
        return mine == (case["check"] == "toBeTruthy")
    if name.startswith("extract"):
        return (profile.slug if profile and mine else "") == (case["expected"] or "")
    return (
        profile is not None
        and mine
        and profile.slug == case["input"].split("?")[0].rpartition("/")[2].lower()
    )


def test_names_of_persons_are_split_as_people_labelled_them(corpora: Path) -> None:
    """Given and family name of every labelled person that has both."""
    people = [
        [(token.tag, (token.text or "").strip()) for token in name]
        for name in xml(corpora / "names/person_labeled_half.xml")
    ]
    right = total = 0
    for tokens in people:
        given = _joined(tokens, {"GivenName", "FirstInitial"})
        family = _joined(tokens, {"Surname", "LastInitial"})
        if not given or not family or any(tag == "And" for tag, _ in tokens):
            continue
        parts = clean(ColumnKind.PERSON_FULL_NAME, " ".join(text for _, text in tokens)).parts
        total += 1
        right += _letters(parts.get("given", "")) == given and _letters(parts.get("family", "")) == family
    assert total > 700
    assert right / total >= PERSONS_FLOOR


def test_the_name_fast_path_agrees_with_the_library_on_labelled_names(corpora: Path) -> None:
    """For every labelled name, in both orders."""
    for name in xml(corpora / "names/person_labeled_half.xml"):
        text = " ".join((token.text or "").strip() for token in name)
        for family_first in (False, True):
            if plain := split_plain(text, family_first=family_first):
                assert plain == split_by_library(text, family_first=family_first), text


def test_legal_forms_come_off_as_people_labelled_them(corpora: Path) -> None:
    """The labels keep "Co" and "Corp" in names; we take them off, as cleanco does, and lose those points."""
    companies = [
        [(token.tag, (token.text or "").strip()) for token in name]
        for name in xml(corpora / "names/company_labeled_half.xml")
    ]
    right = 0
    for tokens in companies:
        wanted = " ".join(text for tag, text in tokens if tag != "CorporationLegalType")
        right += _plain(split_form(" ".join(text for _, text in tokens))[0]) == _plain(wanted)
    assert right / len(companies) >= COMPANIES_FLOOR


def test_legal_forms_come_off_as_cleanco_s_cases_say(corpora: Path) -> None:
    """All but those that leave nothing, a lone letter or a lost sign, and where "Company" is a form."""
    groups = json.loads((corpora / "company/cleanco_test_cases.json").read_text("utf-8"))
    cases = [case for group in groups.values() for case in group.values() if isinstance(case, list)]
    wrong = {
        given for given, wanted in cases if _plain(split_form(" ".join(given.split()))[0]) != _plain(wanted)
    }
    assert len(cases) > 50
    assert wrong <= {
        "Yahoo! Inc",
        "Example Company Pty Ltd",
        "Example Example Pty Limited",
        "Company Pvt. Ltd.",
        "X Corporation",
        "  LLC  ",
    }


def _joined(tokens: list[tuple[str, str]], tags: set[str]) -> str:
    return _letters(" ".join(text for tag, text in tokens if tag in tags))


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())


def _plain(text: str) -> str:
    return re.sub(r"[\s.,]+", " ", text.casefold()).strip()
