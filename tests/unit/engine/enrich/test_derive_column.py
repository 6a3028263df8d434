"""Whole columns: which fields are filled from which columns, each distinct input once, never an exception."""

from __future__ import annotations

import re
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.fields import CATALOGUE
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine import enrich
from addon_backend.engine.enrich import REASONS, derivable, derive_column
from addon_backend.engine.enrich.clues import nothing

OFFLINE = (
    "person.first_name",
    "person.last_name",
    "person.full_name",
    "email.type",
    "company.name",
    "company.domain",
    "country",
    "phone.type",
    "phone.time_zone",
    "job.seniority",
    "job.department",
)


def test_every_field_that_needs_no_outside_is_derivable() -> None:
    """All but what only a source can know."""
    everything = frozenset(Kind)

    assert tuple(field for field in CATALOGUE if derivable(field, everything)) == tuple(
        field for field in CATALOGUE if field in OFFLINE
    )


@pytest.mark.parametrize(
    ("field", "kinds", "inputs"),
    [
        ("person.first_name", {Kind.EMAIL, Kind.PERSON_FULL_NAME}, (Kind.PERSON_FULL_NAME, Kind.EMAIL)),
        ("person.first_name", {Kind.PERSON_LAST_NAME}, None),
        ("person.full_name", {Kind.PERSON_LAST_NAME}, None),
        ("company.domain", {Kind.EMAIL, Kind.URL}, (Kind.URL, Kind.EMAIL)),
        ("company.domain", {Kind.COMPANY_DOMAIN}, None),
        ("country", {Kind.EMAIL, Kind.PHONE, Kind.TEXT}, (Kind.PHONE, Kind.EMAIL)),
        ("company.industry", {Kind.EMAIL}, None),
        ("no.such.field", {Kind.EMAIL}, None),
    ],
)
def test_the_columns_to_read_are_named_best_first(
    field: str, kinds: set[Kind], inputs: tuple[Kind, ...] | None
) -> None:
    """None where these columns cannot give the field."""
    assert derivable(field, kinds) == inputs


def test_each_distinct_input_is_read_once() -> None:
    """A thousand rows of two addresses are two readings."""
    read = mock.Mock(return_value=nothing("no_input"))
    with mock.patch.dict(
        "addon_backend.engine.enrich.derive._DERIVATIONS", {"email.type": (read, (Kind.EMAIL,))}
    ):
        facts = derive_column("email.type", {Kind.EMAIL: ["a@b.fr", "c@d.fr"] * 500}, {})

    assert read.call_count == 2
    assert len(facts) == 1000
    assert len(facts.facts) == 1


def test_equal_texts_in_different_countries_are_different_inputs() -> None:
    """The row's country is part of the question."""
    facts = derive_column("phone.time_zone", {Kind.PHONE: ["02 512 34 56"] * 2}, {}, ["BE", None])

    assert (facts[0].value, facts[1].value) == ("Europe/Brussels", None)


def test_columns_that_cannot_give_the_field_give_nothing_on_every_row() -> None:
    """No error, and as many facts as rows."""
    facts = derive_column("email.type", {Kind.TEXT: ["a@b.fr", "x"]}, {})

    assert [facts[row].reason for row in range(len(facts))] == ["no_input", "no_input"]
    assert len(derive_column("email.type", {}, {})) == 0


def test_a_number_in_a_cell_is_read_as_its_text() -> None:
    """Spreadsheets keep phone numbers as numbers."""
    facts = derive_column(
        "phone.type", {Kind.PHONE: [612345678.0, True]}, {Kind.PHONE: ColumnContext(country="FR")}
    )

    assert (facts[0].value, facts[1].reason) == ("mobile", "no_input")


def test_every_reason_in_the_room_has_a_sentence() -> None:
    """The table is complete, in both languages, and without leftovers."""
    folder = Path(enrich.__file__).parent
    told = "".join(file.read_text("utf-8") for file in folder.glob("*.py") if file.name != "reasons.py")
    told += (folder.parent.parent / "sources" / "demo.py").read_text("utf-8")

    assert {code for code in REASONS if not re.search(rf'"{code}"', told)} == set()
    for reason in REASONS.values():
        assert reason.sentence("en-GB") == reason.en != reason.fr == reason.sentence("fr")
        assert reason.en.endswith((".", "check."))
    with pytest.raises(KeyError):
        nothing("no_such_reason")


_CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=40),
    st.emails(),
    st.sampled_from(
        ["Dupont, Jean", "a.b@c.fr", "jean.dupont@x.co.uk", "+33 1 44 55 66 77", "https://ü.de/", "FR12"]
    ),
    st.dates().map(DateValue.of),
    st.builds(ErrorValue, st.sampled_from(["#N/A", "#REF!"])),
)


@given(
    st.data(),
    st.sampled_from(OFFLINE),
    st.integers(0, 6),
    st.sampled_from([None, "FR", "us", "XX", "éé", "FRA"]),
)
def test_whatever_stands_in_the_cells_each_row_gets_an_explained_fact(
    data: st.DataObject, field: str, rows: int, country: str | None
) -> None:
    """Any cell values: one fact per row, with a known reason; a value has a score, nothing has none."""
    kinds = derivable(field, frozenset(Kind)) or ()
    inputs = {kind: data.draw(st.lists(_CELLS, min_size=rows, max_size=rows)) for kind in kinds}
    contexts = {kind: ColumnContext(country=country, name_order="family_first") for kind in kinds}

    facts = derive_column(field, inputs, contexts, [country] * rows)

    assert len(facts) == rows
    for row in range(rows):
        fact = facts[row]
        assert fact.reason in REASONS
        assert fact.source == "engine"
        assert (fact.value is None) == (fact.score == 0)
        assert fact.value is None or (isinstance(fact.value, str) and fact.value.strip() == fact.value != "")
        assert not (fact.review and fact.value is None)
