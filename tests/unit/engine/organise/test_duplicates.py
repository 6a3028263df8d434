"""Which rows are shown as one, which of them need a look, and which are left alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.organise import find_duplicates
from tests.unit.engine.organise.contacts_list import AT_HOME, COMPANY, PERSON, Contact, groups_of, others

SURE = {
    "identical rows": (PERSON, PERSON),
    "other case and format": (
        PERSON,
        PERSON.but(
            first="JEAN",
            last="DUPONT",
            email="Jean.Dupont@ACME.example",
            phone="01 44 55 66 77",
            company="ACME",
        ),
    ),
    "same e-mail and name, little else": (
        PERSON,
        Contact("Jean", "Dupont", PERSON.email, "", "", "", "", "", ""),
    ),
    "same initial, same e-mail": (PERSON, PERSON.but(first="J.")),
    "a slip in the name, same e-mail": (PERSON, PERSON.but(last="Dupond")),
    "a short form of the first name": (PERSON.but(first="Robert"), PERSON.but(first="Bob", email="")),
    "names in each other's columns": (PERSON, PERSON.but(first="Dupont", last="Jean", email="")),
    "work and private e-mail, own phone": (PERSON, PERSON.but(email="jdupont@gmail.com")),
    "company under its short name": (
        COMPANY,
        COMPANY.but(company="ACME", phone="", street="12, r. de la Paix"),
    ),
    "gmail written in two ways": (
        AT_HOME.but(email="jean.dupont@gmail.com"),
        AT_HOME.but(email="jeandupont+list@googlemail.com"),
    ),
}
CHECK = {
    "spouses with one e-mail": (
        AT_HOME.but(email="famille.dupont@free.fr"),
        AT_HOME.but(first="Marie", email="famille.dupont@free.fr"),
    ),
    "father and son by Jr": (AT_HOME, AT_HOME.but(last="Dupont Jr")),
    "father and son by date of birth": (AT_HOME.but(born="1950-03-02"), AT_HOME.but(born="1981-11-23")),
    "Mr and Ms": (AT_HOME.but(salutation="M."), AT_HOME.but(salutation="Mme")),
    "an initial without an e-mail": (PERSON, PERSON.but(first="J.", email="")),
    "shared mailbox with and without a name": (
        PERSON.but(email="info@acme.example"),
        PERSON.but(email="info@acme.example", first="", last=""),
    ),
    "a name that nearly fits in one company": (
        PERSON.but(first="Bill"),
        PERSON.but(first="William", email="", phone=""),
    ),
    "two companies in one business centre": (
        COMPANY,
        COMPANY.but(company="Beta Conseil", domain="beta.example"),
    ),
    "branches of one company": (
        COMPANY,
        COMPANY.but(phone="+33 4 78 00 00 00", street="8 cours Lafayette", postcode="69003", city="Lyon"),
    ),
    "two legal forms": (COMPANY, COMPANY.but(company="Acme GmbH", phone="", street="", postcode="", city="")),
}
APART = {
    "two companies under one name in two towns": (
        COMPANY.but(company="Le Petit Jardin Vert", domain="", phone=""),
        COMPANY.but(
            company="Le Petit Jardin Bleu",
            domain="",
            phone="",
            street="8 quai Z",
            postcode="69003",
            city="Lyon",
        ),
    ),
    "father and son, both marked": (AT_HOME.but(last="Dupont Sr"), AT_HOME.but(last="Dupont Jr")),
    "colleagues": (PERSON, PERSON.but(first="Marie", last="Martin", email="marie.martin@acme.example")),
    "colleagues of one family": (PERSON, PERSON.but(first="Marie", email="marie.dupont@acme.example")),
    "two people behind info@": (
        PERSON.but(email="info@acme.example"),
        PERSON.but(email="info@acme.example", first="Marie", last="Martin"),
    ),
    "spouses at one address": (AT_HOME, AT_HOME.but(first="Marie")),
    "namesakes in two cities": (
        PERSON.but(email=""),
        Contact(
            "Jean",
            "Dupont",
            "",
            "+33 4 22 22 22 22",
            "Pain Doré",
            "paindore.example",
            "4 quai",
            "69001",
            "Lyon",
        ),
    ),
    "two companies with one phone": (
        COMPANY,
        COMPANY.but(company="Beta Conseil", domain="beta.example", street="", postcode="", city=""),
    ),
    "nothing in common": (
        PERSON,
        Contact("Eva", "Sol", "e@sol.example", "", "Sol", "sol.example", "", "", ""),
    ),
}


@pytest.mark.parametrize("scene", SURE)
def test_rows_that_are_plainly_one_need_no_look(scene: str) -> None:
    """Two rows of one thing are one sure group."""
    groups = groups_of(SURE[scene])

    assert [(group.rows, group.band) for group in groups] == [((0, 1), "sure")]
    assert groups[0].score > 0.99


@pytest.mark.parametrize("scene", CHECK)
def test_rows_that_may_be_two_are_shown_for_a_look(scene: str) -> None:
    """What speaks against it keeps a group from being sure."""
    assert [(group.rows, group.band) for group in groups_of(CHECK[scene])] == [((0, 1), "check")]


@pytest.mark.parametrize("scene", APART)
def test_rows_of_different_people_or_companies_stay_apart(scene: str) -> None:
    """Sharing a company, a phone or an address does not make one of two."""
    assert groups_of(APART[scene]) == []


def test_a_switchboard_glues_nobody() -> None:
    """Twelve colleagues with one phone, one mailbox and one address stay twelve."""
    colleagues = [
        PERSON.but(first=other.first, last=other.last, email="contact@acme.example") for other in others(12)
    ]

    assert groups_of(colleagues) == []


def test_a_row_without_a_name_does_not_glue_two_people() -> None:
    """A nameless row fits both; they do not become one through it."""
    mailbox = PERSON.but(email="info@acme.example")
    scene = [mailbox, mailbox.but(first="", last=""), mailbox.but(first="Eva", last="Sol")]

    assert all(not {0, 2} <= set(group.rows) for group in groups_of(scene))


def test_the_reasons_say_what_is_shared_and_what_differs() -> None:
    """The strongest reason comes first, what speaks against it last."""
    (group,) = groups_of(CHECK["father and son by date of birth"])

    assert group.reasons == ("same_phone", "same_name", "same_address", "different_date")


def test_identical_rows_and_a_similar_one_are_one_group() -> None:
    """Identical rows are told as such inside a larger group."""
    (group,) = groups_of([PERSON, PERSON, PERSON.but(last="Dupond")])

    assert group.rows == (0, 1, 2)
    assert group.reasons[0] == "same_row"


def test_identical_rows_are_found_where_no_kind_is_known() -> None:
    """Three equal texts in a row are enough to be sure; one is shown for a look."""
    texts: list[CellValue] = ["a", "b", "a", "c"]
    three: list[tuple[Kind, list[CellValue]]] = [
        (Kind.TEXT, texts),
        (Kind.TEXT, texts),
        (Kind.NUMBER, [1, 2, 1, 3]),
    ]

    (sure,) = find_duplicates({}, {}, three)
    (check,) = find_duplicates({Kind.TEXT: texts}, {})

    assert (sure.rows, sure.band, sure.reasons, sure.score) == ((0, 2), "sure", ("same_row",), 1.0)
    assert (check.rows, check.band) == ((0, 2), "check")


@pytest.mark.parametrize("kind", [Kind.COUNTRY, Kind.ADDRESS_CITY])
def test_a_few_values_again_and_again_are_no_duplicates_of_rows_that_hold_more(kind: Kind) -> None:
    """Nor are they where more is written in the rows than is seen."""
    columns = {Kind.EMAIL: [""] * 40, kind: ["Malta", "Cyprus"] * 20}

    assert find_duplicates(columns, {}, partial=True) == ()


def test_rows_of_which_more_is_written_than_is_seen_are_never_called_identical() -> None:
    """They are shown for a look, with a reason that says no more than is known."""
    identifiers: dict[Kind, list[CellValue]] = {Kind.ID: ["x1", "x1", *(f"y{at}" for at in range(20))]}
    places: dict[Kind, list[CellValue]] = {
        Kind.EMAIL: ["", "", *(f"a{at}@b{at}.example" for at in range(20))],
        Kind.ADDRESS_CITY: ["Lyon", "Lyon", *["Paris"] * 20],
        Kind.COUNTRY: ["FR"] * 22,
        Kind.BOOLEAN: [True] * 22,
    }

    for columns in (identifiers, places):
        (group,) = find_duplicates(columns, {}, partial=True)
        assert (group.rows, group.band, group.reasons) == ((0, 1), "check", ("same_as_read",))


def test_a_column_of_countries_is_no_list_of_duplicates() -> None:
    """Where a few values come again and again, being equal says nothing."""
    assert find_duplicates({Kind.COUNTRY: ["FR", "DE"] * 20}, {}) == ()


def test_rows_that_differ_in_another_column_are_not_identical() -> None:
    """The remaining columns take part: two orders of one customer are two rows."""
    orders = [(Kind.TEXT, ["A-1", "A-2"])]

    assert [group.reasons for group in find_duplicates({Kind.EMAIL: ["a@b.fr"] * 2}, {}, orders)] != [
        ("same_row",)
    ]


def test_a_second_phone_column_fills_the_gaps_of_the_first() -> None:
    """A mobile number in one row is the phone number of the other."""
    names = {
        Kind.PERSON_FULL_NAME: ["Eva Sol", "Eva Sol", "Ann Poe"],
        Kind.PHONE: ["0611223344", "", "0612345678"],
    }
    mobiles = [(Kind.PHONE, ["", "+33 6 11 22 33 44", ""])]

    (group,) = find_duplicates(names, {}, mobiles)

    assert group.rows == (0, 1)
    assert "same_phone" in group.reasons


def test_full_names_are_read_in_the_order_of_their_column() -> None:
    """``Dupont Jean`` is ``Jean Dupont`` where the column says that the family name comes first."""
    columns = {
        Kind.PERSON_FULL_NAME: ["Dupont Jean", "Dupont J.", "Durand Eva"],
        Kind.EMAIL: ["jean@d.example", "jean@d.example", "eva@d.example"],
    }
    context = {Kind.PERSON_FULL_NAME: ColumnContext(name_order="family_first")}

    (group,) = find_duplicates(columns, context)

    assert (group.rows, group.band) == ((0, 1), "sure")


def test_full_names_fill_the_gaps_of_first_and_last_names() -> None:
    """A row with its name in one cell is compared with one that has it in two."""
    columns = {
        Kind.PERSON_FIRST_NAME: ["Jean", ""],
        Kind.PERSON_LAST_NAME: ["Dupont", ""],
        Kind.PERSON_FULL_NAME: ["", "Jean Dupont"],
        Kind.EMAIL: ["jean@d.example"] * 2,
    }

    assert [(group.rows, group.band) for group in find_duplicates(columns, {})] == [((0, 1), "sure")]


def test_in_a_list_of_companies_another_contact_is_no_other_company() -> None:
    """Where few rows name a contact, rows are compared as companies; differing contacts ask for a look."""
    names = [f"Firm{number} Bau" for number in range(40)]
    columns = {
        Kind.COMPANY_NAME: ["Acme SAS", "Acme", *names],
        Kind.COMPANY_DOMAIN: [
            "acme.example",
            "acme.example",
            *(f"f{number}.example" for number in range(40)),
        ],
        Kind.PERSON_FULL_NAME: ["Jean Dupont", "Eva Sol", *[""] * 40],
    }

    (group,) = find_duplicates(columns, {})

    assert (group.rows, group.band) == ((0, 1), "check")
    assert group.reasons == ("same_company", "same_domain", "different_contact")


def test_a_list_of_places_is_named_by_its_first_telling_text() -> None:
    """Without a known name column two shops in one street would be one; the names tell them apart."""
    names: list[CellValue] = [
        f"Shop {word}" for word in ("Ada", "Bea", "Cleo", "Dora", "Eve", "Flo", "Gil", "Hal")
    ]
    columns = {
        Kind.TEXT: ["open"] * 9,
        Kind.ADDRESS_STREET: ["1 rue X", "1 rue X", *(f"{number} rue Y" for number in range(6)), "1, rue X"],
        Kind.ADDRESS_CITY: ["Paris"] * 9,
    }

    groups = find_duplicates(columns, {}, [(Kind.TEXT, [*names, "SHOP ADA"])])

    assert [group.rows for group in groups] == [(0, 8)]


def test_a_column_that_numbers_the_rows_says_nothing() -> None:
    """Row numbers that differ do not keep duplicates apart, and neighbours are not alike."""
    columns = {Kind.EMAIL: ["a@b.example", "a@b.example", "c@d.example"], Kind.ID: ["1001", "1002", "1003"]}

    assert [group.rows for group in find_duplicates(columns, {})] == [(0, 1)]


def test_registration_numbers_find_companies_under_any_name() -> None:
    """One SIREN is one company; two SIREN under one name are never sure."""
    columns = {
        Kind.COMPANY_NAME: ["Acme", "Bois & Fils", "Delta", "Delta"],
        Kind.REGISTRATION: ["732 829 320", "73282932000074", "552 100 554", "775 670 417"],
    }

    groups = find_duplicates(columns, {})

    assert ((0, 1), "same_registration") in [(group.rows, group.reasons[0]) for group in groups]
    assert all(group.band == "check" for group in groups if group.rows == (2, 3))


def test_the_same_list_gives_the_same_groups_in_any_order_of_rows() -> None:
    """Shuffling the rows renames them and changes nothing else."""
    rows = [
        (contact.first, contact.last, contact.email)
        for contact in [*others(60), PERSON, PERSON.but(last="Dupond")]
    ]
    order = list(range(len(rows)))
    random.Random(3).shuffle(order)

    def groups(listed: list[tuple[str, str, str]]) -> set[frozenset[tuple[str, str, str]]]:
        kinds = (Kind.PERSON_FIRST_NAME, Kind.PERSON_LAST_NAME, Kind.EMAIL)
        columns = {kind: [row[at] for row in listed] for at, kind in enumerate(kinds)}
        return {frozenset(listed[row] for row in group.rows) for group in find_duplicates(columns, {})}

    assert groups(rows) == groups([rows[at] for at in order])
    assert groups(rows)


def test_no_columns_and_short_lists_have_no_duplicates() -> None:
    """Nothing to compare is no error."""
    assert find_duplicates({}, {}) == ()
    assert find_duplicates({Kind.EMAIL: ["a@b.fr"]}, {}) == ()
    assert find_duplicates({Kind.EMAIL: [None, None, ""]}, {}) == ()


_CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(
        ["a@b.fr", "Jean Dupont", "DUPONT, Jean", "+33 1 44 55 66 77", "12 rue X", "https://a.fr/", "J."]
    ),
    st.dates().map(DateValue.of),
    st.builds(ErrorValue, st.sampled_from(["#N/A", "#REF!"])),
)


@given(st.data(), st.integers(0, 8), st.lists(st.sampled_from(Kind), max_size=6), st.booleans())
def test_whatever_stands_in_the_cells_groups_are_disjoint_and_nothing_raises(
    data: st.DataObject, rows: int, kinds: list[Kind], family_first: bool
) -> None:
    """Any cell values of any kinds: each row is in one group at most, each group has two rows or more."""
    table = [(kind, data.draw(st.lists(_CELLS, min_size=rows, max_size=rows))) for kind in kinds]
    order = "family_first" if family_first else None

    groups = find_duplicates(dict(table), {Kind.PERSON_FULL_NAME: ColumnContext(name_order=order)}, table)

    members = [row for group in groups for row in group.rows]
    assert len(members) == len(set(members))
    assert all(len(group.rows) > 1 and group.band in {"sure", "check"} for group in groups)
    assert all(0 <= row < rows for row in members)
    assert all(group.rows == tuple(sorted(group.rows)) and group.reasons for group in groups)


def test_near_misses_alone_are_for_a_person_to_look_at():
    """The same name, nearly the same address and nearly the same number: a slip, or a namesake."""
    (group,) = find_duplicates(
        {
            Kind.PERSON_FULL_NAME: ["John Smith"] * 2,
            Kind.EMAIL: ["john.smith@acme.example", "john.smith@acne.example"],
            Kind.PHONE: ["+33612345603", "+33612345604"],
        },
        {},
    )
    assert group.band == "check"


def test_colleagues_with_addresses_of_their_own_are_not_one_company_twice():
    """The most common list there is: addresses and a company, no names."""
    mails = ["ann.lee@acme.example", "bob.ray@acme.example", "carl.oz@acme.example"]
    assert find_duplicates({Kind.EMAIL: mails, Kind.COMPANY_NAME: ["Acme"] * 3}, {}) == ()
    shared = {Kind.EMAIL: mails[:2], Kind.COMPANY_NAME: ["Acme"] * 2, Kind.VAT: ["FR1"] * 2}
    assert len(find_duplicates(shared, {})) == 1
