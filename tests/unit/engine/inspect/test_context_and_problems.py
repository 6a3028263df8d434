"""How a column must be read, and what is wrong with it."""

import pytest

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.inspect import codes_of, context_of, inspect_table


def profiles(**columns):
    return {profile.header: profile for profile in inspect_table(list(columns), list(columns.values()))}


PHONES = ["06 12 34 56 78", "01 23 45 67 89"]


@pytest.mark.parametrize(
    ("beside", "values", "country"),
    [
        ("Country", ["France", "France"], "FR"),
        ("Country", ["France", "FR", "Germany"], None),
        ("VAT", ["FR40303265045", "FR83404833048"], "FR"),
        ("Mobile", ["+33612345678", "+33 6 12 34 56 79"], "FR"),
        ("Postcode", ["SW1A 1AA", "EC1A 1BB", "M1 1AE"], "GB"),
        ("SIREN", ["552100554", "732829320"], "FR"),
        ("Email", ["a@acme.fr", "b@durand.fr"], "FR"),
        ("Email", ["a@acme.io", "b@durand.io"], None),
        ("Email", ["a@acme.com", "b@durand.com", "c@x.com", "d@y.com", "e@z.fr", "f@zz.fr", "g@w.com"], None),
        ("Email", ["a@acme.fr", "b@durand.de"], None),
        ("Website", ["https://acme.fr/x", "https://www.durand.fr:8080"], "FR"),
        ("Notes", ["x", "y"], None),
    ],
)
def test_national_numbers_are_read_in_the_country_that_the_table_proves(beside, values, country):
    """Country column, VAT prefixes, phone prefixes, postcodes, registers, domains; only when they agree."""
    phones = (PHONES * 4)[: len(values)]
    assert profiles(Phone=phones, **{beside: values})["Phone"].context.country == country


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["31/12/2024", "05/06/2024"], "dmy"),
        (["12/31/2024", "05/06/2024"], "mdy"),
        (["2024-12-31"], "ymd"),
        (["05/06/2024"], None),
        (["31/12/2024", "12/31/2024"], None),
        (["31/12/2024"] + [f"{day}/12/2023" for day in range(13, 32)] + ["12/31/2024"], "dmy"),
    ],
)
def test_the_order_of_dates_needs_proof(values, order):
    """One date that can be read one way only proves it; two that disagree do not, one slip in twenty does."""
    assert context_of(ColumnKind.DATE, values).date_order == order


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["1,5", "2,25"], ","),
        (["1.5", "1,234.5"], "."),
        (["1.234,5"], ","),
        (["1.234.567"], ","),
        (["1,234,567"], "."),
        (["1,234"], None),
        (["1,5", "1.5"], None),
    ],
)
def test_the_decimal_mark_needs_proof(values, mark):
    """A lone group of three digits proves nothing."""
    assert context_of(ColumnKind.NUMBER, values).decimal == mark
    assert context_of(ColumnKind.EMAIL, values).decimal is None


@pytest.mark.parametrize(
    ("header", "values", "order"),
    [
        ("Nom Prénom", ["x y"], "family_first"),
        ("Prénom et nom", ["x y"], "given_first"),
        ("Name, Vorname", ["x y"], "family_first"),
        ("Vorname Name", ["x y"], "given_first"),
        ("Contact", ["Jane Doe", "John Smith"], "given_first"),
        ("Contact", ["DOE JANE", "SMITH JOHN", "Berg Anna"], "family_first"),
        ("Contact", ["Jane Doe", "Smith John"], None),
        ("Contact", ["Doe, Jane", "Smith, John"], None),
        ("Contact", ["Jane Doe"], None),
    ],
)
def test_the_order_of_names_is_decided_once_per_column(header, values, order):
    """By the header, or by common given names that stand in the same place; commas speak for themselves."""
    assert context_of(ColumnKind.PERSON_FULL_NAME, values, header=header).name_order == order


def test_a_register_without_country_tells_its_own():
    """Where nearly all numbers pass one country's check digits only."""
    values = ["552100554", "732829320", "404833048"]
    assert context_of(ColumnKind.REGISTRATION, values).country == "FR"
    assert context_of(ColumnKind.REGISTRATION, ["1", "2"]).country is None
    assert context_of(ColumnKind.REGISTRATION, values, country="US").country == "US"


def test_problems_count_filled_cells_that_are_wrong_or_would_change():
    """By reason; empty cells and cells we cannot judge are no problem."""
    found = profiles(Email=["a@acme.fr", " a@acme.fr", " a@acme.fr", "a@acme", None, "", "a@b.fr;c@d.fr"])[
        "Email"
    ]
    assert found.filled == 5
    assert found.distinct == 4
    assert found.problems == 3
    assert found.problem_codes == {"trimmed": 2, "not_an_email": 1}


def test_rows_are_judged_in_their_own_country():
    """A French number in a German row is no good number."""
    found = profiles(Phone=["06 12 34 56 78", "030 901820"], Country=["France", "Germany"])["Phone"]
    assert found.problem_codes == {"normalised": 2}
    assert found.context == ColumnContext()


def test_ragged_columns_do_not_borrow_countries():
    """Columns of different length have no rows in common."""
    found = profiles(Phone=["06 12 34 56 78", "030 901820", "1"], Country=["France", "Germany"])["Phone"]
    assert "normalised" not in found.problem_codes


def test_the_codes_of_a_country_column():
    """Each distinct text is read once; what is no country has no code."""
    assert codes_of(["France", " uk", None, "x", "France"]) == ["FR", "GB", None, None, "FR"]


def test_long_columns_are_sampled_over_their_whole_length():
    """Three hundred distinct values, spread: the end of a list counts as much as its beginning."""
    values = [f"user{at}@acme.fr" for at in range(400)] + [f"call {at}" for at in range(1200)]
    assert profiles(Foo=values)["Foo"].kind is ColumnKind.TEXT
    assert profiles(Foo=values[:400])["Foo"].kind is ColumnKind.EMAIL
