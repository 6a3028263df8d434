"""What each column holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.cells import DateValue, ErrorValue
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.inspect import inspect_table
from addon_backend.engine.inspect.header_words import header_hints, names_something_else
from tests.unit.engine.clean.strategies import CELLS, TEXTS

MAILS = ["jane.doe@acme.fr", "john.smith@durand.fr", "anna.berg@sonnen.de"]


def kinds(headers, rows):
    columns = [[row[at] for row in rows] for at in range(len(rows[0]))]
    return [profile.kind.value for profile in inspect_table(headers, columns)]


def kind(header, *values):
    return kinds([header] if header is not None else None, [[value] for value in values])[0]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("E-mail", "email"),
        ("adresse mail", "email"),
        ("work_email", "email"),
        ("CorreoElectronico", "email"),
        ("Tél. portable", "phone"),
        ("Telefonnummer", "phone"),
        ("Prénom", "person.first_name"),
        ("Vorname", "person.first_name"),
        ("agentlastname", "person.last_name"),
        ("Nachname", "person.last_name"),
        ("Contact Name", "person.full_name"),
        ("Ansprechpartner", "person.full_name"),
        ("Civilité", "person.salutation"),
        ("Fonction", "job_title"),
        ("Cargo", "job_title"),
        ("Raison sociale", "company.name"),
        ("Ragione sociale", "company.name"),
        ("account_name", "company.name"),
        ("Domaine", "company.domain"),
        ("Site internet", "url"),
        ("LinkedIn", "linkedin.person"),
        ("Company LinkedIn URL", "linkedin.company"),
        ("Adresse 1", "address.street"),
        ("mailingAddress1", "address.street"),
        ("PLZ", "address.postcode"),
        ("Codigo postal", "address.postcode"),
        ("principalcity", "address.city"),
        ("Woonplaats", "address.city"),
        ("Bundesland", "address.region"),
        ("Pays", "country"),
        ("N° TVA", "vat"),
        ("USt-IdNr.", "vat"),
        ("SIRET", "registration"),
        ("KvK-nummer", "registration"),
        ("IBAN", "iban"),
        ("LEI code", "lei"),
        ("Date de création", "date"),
        ("Annual revenue", "currency"),
        ("Nombre d'employés", "number"),
        ("Opt-in", "boolean"),
        ("Record ID", "id"),
        ("Foo", "text"),
        ("", "text"),
        ("Middle name", "text"),
        ("Email status", "text"),
        ("Phone type", "text"),
        ("Address line 2", "text"),
        ("Contact owner", "text"),
    ],
)
def test_an_empty_column_is_known_by_its_header(header, expected):
    """In seven languages, in camel case, snake case or run together: it may be filled."""
    assert kind(header, None, "") == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (MAILS, "email"),
        (["+33612345678", "+33 6 12 34 56 79", "06 12 34 56 70"], "phone"),
        (["https://www.acme.fr/a", "www.durand.fr"], "url"),
        (["acme.fr", "durand.co.uk"], "company.domain"),
        (["linkedin.com/in/jane", "https://fr.linkedin.com/in/john"], "linkedin.person"),
        (["linkedin.com/company/acme", "https://www.linkedin.com/school/x"], "linkedin.company"),
        (["FR40303265045", "DE136695976"], "vat"),
        (["552 100 554", "732 829 320"], "registration"),
        (["55210055400013", "73282932000074"], "registration"),
        (["GB82WEST12345698765432", "FR14 2004 1010 0505 0001 3M02 606"], "iban"),
        (["213800KUD8LAJWSQ9D15", "5493001KJTIIGC8Y1R12"], "lei"),
        ([DateValue(45_000), DateValue(45_001)], "date"),
        (["31/12/2024", "05/06/2024"], "date"),
        (["France", "Germany", "Spain"], "country"),
        (["TX", "CA", "NY"], "address.region"),
        (["Paris", "Berlin", "Lyon"], "address.city"),
        (["12 rue de la Paix", "3 Hauptstraße", "5 Main St"], "address.street"),
        (["12 rue de la Paix, 75002 Paris", "3 av. Foch, 69006 Lyon"], "address.line"),
        (["Mr", "Mrs", "Dr."], "person.salutation"),
        (["Jane", "John", "Anna", "Hélène"], "person.first_name"),
        (["Jane Doe", "John Smith", "Anna Berg"], "person.full_name"),
        (["Sales Manager", "Directeur commercial", "CEO"], "job_title"),
        (["Acme Inc", "Durand SARL", "Sonnen GmbH"], "company.name"),
        (["€ 12", "€ 1 200,50"], "currency"),
        ([1.5, 2.5, 10], "number"),
        (["1,5", "2,25", "3,1"], "number"),
        ([True, False], "boolean"),
        (["oui", "non"], "boolean"),
        (["AB-1001", "AB-1002", "AB-1003"], "id"),
        (["lorem ipsum dolor", "sit amet", "consectetur"], "text"),
        ([ErrorValue("#N/A"), None], "text"),
        (["44.64099061", "45.03021732"], "number"),
        (["(40.81979, -73.91323)\n12 Main St", "(40.83315, -73.89703)\n1 Main St"], "text"),
    ],
)
def test_a_column_without_header_is_known_by_its_values(values, expected):
    """Only where its values can hardly be anything else."""
    assert kind(None, *values) == expected
    assert kind("Column1", *values) == expected


@pytest.mark.parametrize(
    ("header", "values", "expected"),
    [
        ("Website", ["acme.fr", "durand.fr"], "company.domain"),
        ("Domain", ["https://acme.fr", "https://durand.fr/x"], "url"),
        ("URL", ["linkedin.com/in/jane", "linkedin.com/in/john"], "linkedin.person"),
        ("Phone", ["jane@acme.fr", "john@acme.fr"], "email"),
        ("Phone", ["to be done", "later"], "text"),
        ("Email", ["jane(at)acme.fr", "x@y"], "text"),
        ("Email", ["jane@acme.fr", "n/a", "none", "-"], "email"),
        ("Title", ["Mr", "Mrs", "Ms"], "person.salutation"),
        ("Title", ["CEO", "Sales Manager", "Owner"], "job_title"),
        ("Title", ["The big meeting", "A second one"], "text"),
        ("Employees", ["51-200", "11-50"], "text"),
        ("Notes", ["Jane Doe", "John Smith", "Anna Berg"], "notes"),
        ("Notes", ["jane@acme.fr", "john@acme.fr"], "email"),
        ("Location", ["POINT (-87.73503 41.863260)", "POINT (-87.6491 41.94138)"], "text"),
    ],
)
def test_values_overrule_a_header_that_they_contradict(header, values, expected):
    """A header is a hint; a wrong kind would corrupt cells."""
    assert kind(header, *values) == expected


@pytest.mark.parametrize(
    ("headers", "row", "at", "expected"),
    [
        (["Nom", "Prénom"], ["Martin", "Jeanne"], 0, "person.last_name"),
        (["Nombre", "Apellidos"], ["Ana", "García"], 0, "person.first_name"),
        (["Name", "Company"], ["Jane Doe", "Acme Inc"], 0, "person.full_name"),
        (["Name", "Contact name"], ["Durand SARL", "Jane Doe"], 0, "company.name"),
        (["Name"], ["Jane"], 0, "person.first_name"),
        (["Name", "Company"], ["Ngozi Okafor", "Acme Inc"], 0, "person.full_name"),
        (["Name", "City"], ["Ngozi Okafor", "Lagos"], 0, "text"),
        (["Title", "Salutation"], ["Something else", "Mr"], 0, "text"),
        (["Name"], ["Lorem ipsum"], 0, "text"),
        (["Full name", "First name"], ["Jane Doe", "Jane"], 0, "person.full_name"),
        (["Address", "City"], ["12 Main St", "Austin"], 0, "address.street"),
        (["Address"], ["12 Main St, Austin TX 73301"], 0, "address.line"),
        (["Street"], ["12 Main St, Austin TX 73301"], 0, "address.line"),
        (["Business name", "Entity of record name"], ["Acme Inc", "Agents LLC"], 1, "text"),
        (["Company", "Agent organization"], ["Acme Inc", "Agents LLC"], 0, "company.name"),
    ],
)
def test_neighbours_settle_what_a_header_leaves_open(headers, row, at, expected):
    """A name beside a first name is a last name; one company per row; a street beside a city."""
    assert kinds(headers, [row, [f"{cell} " for cell in row]])[at] == expected


def test_an_empty_name_column_is_a_person_s():
    """The commonest meaning, to be filled."""
    assert kind("Name", None) == "person.full_name"


def test_names_without_header_are_known_by_the_e_mail_beside_them():
    """Local parts repeat the person, domains the company."""
    rows = [
        ["jane.doe@acme.fr", "Jane", "Doe", "Acme", "Doe Jane", None],
        ["john.smith@durand.fr", "John", "Smith", "Durand", "Smith John", None],
        ["anna.berg@sonnen.de", "Anna", "Berg", "Sonnen", "Berg Anna", None],
    ]
    assert kinds(None, rows) == [
        "email",
        "person.first_name",
        "person.last_name",
        "company.name",
        "person.full_name",
        "text",
    ]


def test_a_bare_name_is_known_by_the_addresses_in_its_rows():
    """By e-mails, or by the domains of a website column."""
    people = [["Ngozi", "ngozi@x.ng"], ["Adaeze", "adaeze@y.ng"], ["Chinwe", "chinwe@z.ng"]]
    assert kinds(["Name", "E-mail"], people)[0] == "person.last_name"
    firms = [["Zenith", "zenith.ng"], ["Okada", "okada.ng"], ["Arik", "arik.ng"], ["Jumia", None]]
    assert kinds(["Name", "Domain"], firms)[0] == "company.name"
    strangers = [["Zenith", "a.ng"], ["Okada", "b.ng"], ["Arik", "c.ng"]]
    assert kinds(["Name", "Domain"], strangers)[0] == "text"


def test_of_two_columns_of_given_names_the_lesser_is_the_family_name():
    """Martin and Simon are both."""
    rows = [["Jean", "Martin"], ["Marie", "Durand"], ["Luc", "Simon"], ["Anne", "Petit"], ["Paul", "Thomas"]]
    assert kinds(None, rows) == ["person.first_name", "person.last_name"]


def test_digits_beside_an_unnamed_city_are_its_postcode():
    """Five digits alone could be anything."""
    assert kinds(None, [["75002", "Paris"], ["69006", "Lyon"], ["33000", "Bordeaux"]]) == [
        "address.postcode",
        "address.city",
    ]
    assert kinds(None, [["75002"], ["69006"]]) == ["number"]


def test_words_run_together_are_told_apart():
    """Exports of registers write headers so."""
    assert header_hints("agentprincipalcity") == {ColumnKind.ADDRESS_CITY: 0.95}
    assert header_hints("xyzzy") == {}
    assert names_something_else("Company description")
    assert not names_something_else("Company")


@given(st.lists(TEXTS, max_size=3) | st.none(), st.lists(st.lists(CELLS, max_size=8), max_size=4))
def test_any_table_is_inspected(headers, columns):
    """One profile per column, with counts that fit, whatever the cells."""
    profiles = inspect_table(headers, columns)
    assert [profile.position for profile in profiles] == list(range(len(columns)))
    for profile, column in zip(profiles, columns, strict=True):
        assert 0 <= profile.confidence <= 1
        assert 0 <= profile.distinct <= profile.filled <= len(column)
        assert profile.problems == sum(profile.problem_codes.values()) <= profile.filled
