"""The laws of a source of values (`ports/source.py`), for every adapter that joins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pytest

from addon_backend.domain.errors import AddonError, SourceTrouble
from addon_backend.domain.fields import CATALOGUE
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.ports.source import Source
from addon_backend.sources.demo import DemoSource


@dataclass(frozen=True)
class Bench:
    """A source with what is needed to try it: rows that ask about the same, and identities of many kinds."""

    source: Source
    same: Sequence[Mapping[Kind, str]]
    nobody: Sequence[Mapping[Kind, str]]
    known_and_unknown: Sequence[str]


def demo() -> Bench:
    """The made-up source of the sandbox."""
    return Bench(
        DemoSource(),
        same=[
            {Kind.COMPANY_DOMAIN: "acme.example"},
            {Kind.COMPANY_DOMAIN: "WWW.Acme.example"},
            {Kind.URL: "https://www.acme.example/about?x=1"},
            {Kind.EMAIL: "Jean.Dupont@mail.acme.example"},
            {Kind.COMPANY_DOMAIN: "", Kind.EMAIL: "info@acme.example"},
        ],
        nobody=[
            {},
            {Kind.EMAIL: "jean@gmail.com"},
            {Kind.EMAIL: "nobody"},
            {Kind.URL: "https://www.linkedin.com/company/acme"},
            {Kind.COMPANY_NAME: "Acme"},
        ],
        known_and_unknown=[f"company-{number}.example" for number in range(40)],
    )


BENCHES: tuple[Callable[[], Bench], ...] = (demo,)
"""An adapter joins with one function."""


@pytest.fixture(params=BENCHES, ids=lambda make: make.__name__)
def bench(request: pytest.FixtureRequest) -> Bench:
    """One source at a time."""
    made: Bench = request.param()
    return made


def test_each_identity_gets_one_answer_in_the_order_asked(bench: Bench) -> None:
    """Law 1: as many answers as questions, under their own names, equal for equal questions."""
    asked = [*bench.known_and_unknown[:10], *bench.known_and_unknown[:10]]

    answers = bench.source.look_up(asked)

    assert [answer.identity for answer in answers] == asked
    assert list(answers[:10]) == list(answers[10:])
    assert list(bench.source.look_up(asked)) == list(answers)


def test_what_is_not_found_costs_nothing_and_raises_nothing(bench: Bench) -> None:
    """Law 2: strange identities are answered without facts, for nothing."""
    for answer in bench.source.look_up(["", "nowhere", "\u0000", "🦊", "a" * 300]):
        assert answer.units == 0
        assert not answer.facts
    assert list(bench.source.look_up([])) == []


def test_facts_say_who_says_so_and_under_what_terms(bench: Bench) -> None:
    """Law 3: a value, a reason, a score, this source's name and licence; its own fields only."""
    facts = [
        (name, fact)
        for answer in bench.source.look_up(bench.known_and_unknown)
        for name, fact in answer.facts.items()
    ]

    assert facts
    for name, fact in facts:
        assert name in bench.source.fields
        assert fact.value not in (None, "")
        assert fact.reason
        assert 0 < fact.score <= 1
        assert (fact.source, fact.licence) == (bench.source.name, bench.source.licence)


def test_a_found_answer_costs_no_more_than_announced(bench: Bench) -> None:
    """Law 4: some are found, some are not, and only the found ones cost."""
    answers = bench.source.look_up(bench.known_and_unknown)

    assert {bool(answer.facts) for answer in answers} == {True, False}
    for answer in answers:
        assert 0 <= answer.units <= (bench.source.provider_units if answer.facts else 0)


def test_too_many_at_once_is_refused_before_anything_is_asked(bench: Bench) -> None:
    """Law 6: the caller cuts batches."""
    with pytest.raises(ValueError, match=str(bench.source.batch_size)):
        bench.source.look_up(["x.example"] * (bench.source.batch_size + 1))


def test_rows_that_mean_the_same_are_one_look_up(bench: Bench) -> None:
    """Law 7: one identity for all spellings, and it stands for itself."""
    identities = {bench.source.identity(row) for row in bench.same}

    assert len(identities) == 1
    (identity,) = identities
    assert identity
    assert all(bench.source.identity({kind: identity}) == identity for kind in (Kind.COMPANY_DOMAIN,))


def test_rows_about_nobody_are_not_asked(bench: Bench) -> None:
    """Law 7: without an identity there is no question."""
    assert [bench.source.identity(row) for row in bench.nobody] == [None] * len(bench.nobody)


def test_every_field_is_in_the_catalogue_and_has_a_price(bench: Bench) -> None:
    """Prices are whole credits; another field has none."""
    assert set(bench.source.fields) <= set(CATALOGUE)
    assert all(bench.source.price(field) >= 0 for field in bench.source.fields)
    assert bench.source.needs
    assert bench.source.name
    with pytest.raises(KeyError):
        bench.source.price("no.such.field")


def test_a_silent_source_is_a_trouble_that_passes() -> None:
    """Law 5's error: told apart by its code, it may know when to come back, and survives a worker."""
    trouble = SourceTrouble(retry_after=30, source="demo")

    assert isinstance(trouble, AddonError)
    assert (trouble.code, trouble.status, trouble.retry_after) == ("source_trouble", 503, 30)
