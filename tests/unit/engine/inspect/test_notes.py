"""Columns in which people write in their own words: they are known, and no run reads them."""

import pytest

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.inspect import inspect_table

SENTENCES = [
    "Met her at the fair in Lyon, wants a call back in May",
    "Asked for a quote twice and did not answer the last e-mail",
]


def kind(header, values):
    (profile,) = inspect_table([header], [values])
    return profile.kind


@pytest.mark.parametrize(
    "header",
    [
        *("Notes", "Note", "Internal notes", "Notes (private)", "Notes 2024", "Notes on phone call", "Memo"),
        *("Comments", "Remarques", "Remarques client", "Commentaires clients", "Notes internes"),
        *("Bemerkungen", "Notiz", "Hinweise", "Aantekeningen", "Observaciones", "Observações"),
    ],
)
def test_a_header_says_so_however_short_they_are(header):
    assert kind(header, ["VIP", "call back", "", "asked twice"]) is ColumnKind.NOTES


@pytest.mark.parametrize("header", ["", "Context", "Colour"])
def test_sentences_say_so_under_any_header(header):
    assert kind(header, SENTENCES) is ColumnKind.NOTES


@pytest.mark.parametrize(
    ("header", "values"),
    [("Colour", ["red", "dark blue"]), ("", ["", None]), ("Notebook", ["ThinkPad", "MacBook"])],
)
def test_other_words_are_text(header, values):
    assert kind(header, values) is ColumnKind.TEXT


def test_a_column_that_is_still_empty_is_what_its_header_says():
    """By the time a worker reads it, somebody may have written there."""
    assert kind("Notes", ["", None]) is ColumnKind.NOTES


def test_names_of_people_under_such_a_header_are_no_names():
    assert kind("Remarques client", ["RAPPELER LUNDI", "VU AU SALON", "ABSENT"]) is ColumnKind.NOTES


def test_values_overrule_the_header():
    assert kind("Comments", ["ana@acme.example", "bo@b.example"]) is ColumnKind.EMAIL
