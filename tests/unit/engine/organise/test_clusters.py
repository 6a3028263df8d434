"""Spellings of one value are put together, the commonest first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.cells import DateValue
from addon_backend.engine.organise.clusters import cluster_values, fingerprint, ngram_fingerprint


def test_spellings_of_one_value_are_one_cluster() -> None:
    """Case, accents, punctuation and the order of words do not matter; the commonest spelling is proposed."""
    values = ["Acme, Ltd", "ACME Ltd.", "Acme, Ltd", "ltd acme", "Beta", None, 5, True, DateValue(1.0)]

    (cluster,) = cluster_values(values)

    assert cluster.values == ("Acme, Ltd", "ACME Ltd.", "ltd acme")
    assert cluster.rows == (2, 1, 1)
    assert cluster.proposal == "Acme, Ltd"


def test_letter_groups_find_joined_words() -> None:
    """``Bois et Fils`` and ``BoisetFils`` have one n-gram fingerprint."""
    values = ["Bois et Fils", "BoisetFils", "Autre"]

    assert cluster_values(values) == ()
    assert [cluster.values for cluster in cluster_values(values, ngram_fingerprint)] == [
        ("Bois et Fils", "BoisetFils")
    ]


def test_a_value_of_signs_only_is_in_no_cluster() -> None:
    """It has no key."""
    assert cluster_values(["--", "!!", "?"]) == ()


def test_a_text_shorter_than_a_letter_group_is_its_own_key() -> None:
    """One letter has no pairs."""
    assert ngram_fingerprint(" A ") == "a"


@given(st.text())
def test_a_fingerprint_is_its_own_fingerprint(text: str) -> None:
    """Taking the key twice changes nothing."""
    assert fingerprint(fingerprint(text)) == fingerprint(text)
