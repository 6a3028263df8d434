"""The demonstration source: always the same answers, a realistic mix, and a pause where one is wanted."""

from __future__ import annotations

from collections import Counter

from addon_backend.engine.enrich import REASONS
from addon_backend.sources.demo import DemoSource

DOMAINS = [f"company-{number}.example" for number in range(1_000)]


def found() -> list[dict[str, object]]:
    """Return the values of a thousand companies."""
    source = DemoSource()
    batches = [DOMAINS[at : at + source.batch_size] for at in range(0, len(DOMAINS), source.batch_size)]
    return [
        {name: fact.value for name, fact in answer.facts.items()}
        for batch in batches
        for answer in source.look_up(batch)
    ]


def test_about_seven_in_ten_companies_are_found() -> None:
    """Enough to be useful, little enough to show what not found looks like; some have an industry only."""
    companies = found()

    assert 650 <= sum(bool(values) for values in companies) <= 750
    assert 20 <= sum(set(values) == {"company.industry"} for values in companies) <= 150


def test_small_companies_are_the_most_frequent() -> None:
    """Sizes and industries are mixed as in real life."""
    sizes = Counter(values.get("company.size") for values in found() if "company.size" in values)
    industries = Counter(values["company.industry"] for values in found() if values)

    assert sizes["1-10"] > sizes["51-200"] > sizes["1001-5000"] > 0
    assert len(industries) >= 12


def test_an_answer_never_changes() -> None:
    """The values are part of the demonstration: they are the same on every machine and every day."""
    (answer,) = DemoSource().look_up(["company-3.example"])

    assert {name: fact.value for name, fact in answer.facts.items()} == ANSWER
    assert all(fact.reason in REASONS for fact in answer.facts.values())


def test_a_pause_is_slept_once_per_call_and_only_where_there_is_something_to_ask() -> None:
    """The clock is the caller's."""
    slept: list[float] = []
    source = DemoSource(0.5, slept.append)

    source.look_up(["a.example", "b.example"])
    source.look_up([])
    DemoSource(0.0, slept.append).look_up(["a.example"])

    assert slept == [0.5]


ANSWER = {"company.industry": "Wholesale", "company.size": "11-50"}
