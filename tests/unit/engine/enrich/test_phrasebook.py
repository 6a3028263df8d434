"""Filing phrases finds exactly what trying each of them everywhere would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from addon_backend.engine.enrich.phrasebook import Hit, Phrase, Phrasebook, phrases, stands_at

_WORDS = st.lists(st.sampled_from("aa aab ab abb b ba bab".split()), max_size=5)
_STEMS = st.sampled_from("aa aa* aab *b *a* * ab* b ba".split())
_TABLES = st.lists(
    st.tuples(
        st.sampled_from("XYZ"), st.lists(st.lists(_STEMS, min_size=1, max_size=3).map(tuple), max_size=4)
    ),
    max_size=4,
)


@given(_TABLES, _WORDS)
def test_the_book_finds_what_trying_everything_finds(
    table: list[tuple[str, list[Phrase]]], words: list[str]
) -> None:
    """Same names, same places, nothing twice but what is listed twice."""
    slowly = [
        Hit(name, order, at, len(phrase))
        for order, (name, listed) in enumerate(table)
        for phrase in listed
        for at in range(len(words))
        if stands_at(words, phrase, at)
    ]

    found = list(Phrasebook(table).hits(words))

    assert sorted(map(repr, found)) == sorted(map(repr, slowly))


def test_phrases_are_read_out_of_a_text() -> None:
    """Commas part phrases, spaces part stems; line ends and trailing commas do not matter."""
    assert phrases(" chief * officer,\n vp*,") == (("chief", "*", "officer"), ("vp*",))


def test_stems_match_words_beginnings_ends_and_parts() -> None:
    """``x``, ``x*``, ``*x``, ``*x*`` and ``*``."""
    words = ["key", "accountmanagerin", "emea"]

    assert stands_at(words, ("key", "account*", "*"), 0)
    assert stands_at(words, ("*managerin",), 1)
    assert stands_at(words, ("*manager*",), 1)
    assert not stands_at(words, ("manager*",), 1)
    assert not stands_at(words, ("emea", "*"), 2)
    assert not stands_at(words, ("key",), -3)
