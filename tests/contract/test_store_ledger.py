"""What was asked of providers is recorded before it is sent and never asked twice, on both engines."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from addon_backend.domain.errors import RunState as RunMoved
from addon_backend.domain.runs import RunState, Stage
from addon_backend.ports.store import ProviderCall
from tests.contract.world import World, chunk_of, chunks_of


@pytest.fixture
def ada(world: World):
    """A person whose run has two chunks for priced sources."""
    ada = world.member()
    world.run(ada, chunks=chunks_of(ada, "run", (Stage.SOURCES, 2)))
    return ada


@pytest.fixture
def claim(world: World, ada):
    """The claim on the first of them."""
    return world.must_claim()


def asked(world, claim, *identities, units=2):
    return world.does(lambda unit: unit.ledger.ask(claim, "demo", identities, units))


def units(world, ada):
    money = world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run"))
    return money.provider_units_spent, money.provider_units_possibly_spent


def test_a_new_look_up_is_recorded_and_is_the_askers_to_send(world: World, ada, claim):
    assert asked(world, claim, "a", "b", "b") == {}
    known = world.sees(lambda unit: unit.ledger.known(ada.workspace, "run", "demo", ["a", "b", "c"]))
    assert known == {name: ProviderCall("demo", name, "asked", 2, False, None) for name in ("a", "b")}


def test_what_another_chunk_asked_is_not_asked_again(world: World, ada, claim):
    other = world.must_claim("worker-2")
    assert other.number != claim.number
    asked(world, claim, "a")
    assert set(asked(world, other, "a", "b")) == {"a"}
    assert set(asked(world, claim, "a", "b")) == {"a", "b"}


def test_an_answer_comes_back_as_it_was_given_and_lies_sealed(world: World, ada, claim):
    asked(world, claim, "a")
    world.does(
        lambda unit: unit.ledger.answer(claim, "demo", {"a": (1, b"Paris" * 50), "never-asked": (9, b"")})
    )
    known = world.sees(lambda unit: unit.ledger.known(ada.workspace, "run", "demo", ["a", "never-asked"]))
    assert known == {"a": ProviderCall("demo", "a", "answered", 1, False, b"Paris" * 50)}
    assert units(world, ada) == (1, 0)
    ((kept,),) = world.ask("SELECT answer FROM provider_call")
    assert b"Paris" not in bytes(kept)  # type: ignore[call-overload]


def test_a_follow_up_bills_the_run_that_bought(world: World, ada):
    """Beside the run's own lines of a chunk with the same number; twice is refused."""
    late = chunk_of("later", ada.workspace, Stage.ENGINE)
    world.does(
        lambda unit: unit.ledger.bill(ada.workspace, "run", late, [("demo:size", 3), ("demo:name", 4)])
    )
    assert world.sees(lambda unit: unit.ledger.spent(ada.workspace, "run")) == 7
    assert world.sees(lambda unit: unit.runs.reservation(ada.workspace, "run")).spent == 7
    with pytest.raises(IntegrityError):
        world.does(lambda unit: unit.ledger.bill(ada.workspace, "run", late, [("demo:size", 3)]))
    other = replace(late, run="another")
    world.does(lambda unit: unit.ledger.bill(ada.workspace, "run", other, [("demo:size", 2)]))
    assert world.sees(lambda unit: unit.ledger.spent(ada.workspace, "run")) == 9


def test_answering_twice_counts_once(world: World, ada, claim):
    asked(world, claim, "a")
    for _ in range(2):
        world.does(lambda unit: unit.ledger.answer(claim, "demo", {"a": (1, b"x")}))
    assert units(world, ada) == (1, 0)


def test_a_lost_answer_is_possibly_spent_for_as_much_as_it_could_cost(world: World, ada, claim):
    asked(world, claim, "a", "b")
    for _ in range(2):
        world.does(lambda unit: unit.ledger.in_doubt(claim, "demo", ["a"]))
    assert units(world, ada) == (0, 2)
    assert asked(world, claim, "a")["a"].state == "possibly_spent"


def test_what_a_dead_claim_asked_is_in_doubt_once_its_chunk_is_claimed_again(world: World, ada, claim):
    """Nobody waits for an answer that will not come; what living chunks ask is waited for."""
    other = world.must_claim("worker-2")
    asked(world, claim, "mine")
    asked(world, other, "theirs")
    world.leases_run_out()
    again = world.must_claim("worker-3")
    assert (again.number, again.fence > claim.fence) == (claim.number, True)
    for _ in range(2):
        world.does(lambda unit: unit.ledger.abandon(again, "demo", ["mine", "theirs", "never asked"]))
    known = world.sees(lambda unit: unit.ledger.known(ada.workspace, "run", "demo", ["mine", "theirs"]))
    assert {name: call.state for name, call in known.items()} == {"mine": "possibly_spent", "theirs": "asked"}
    assert units(world, ada) == (0, 2)
    asked(world, again, "new")
    world.does(lambda unit: unit.ledger.abandon(again, "demo", ["new"]))
    assert asked(world, again, "new")["new"].state == "asked"


def test_a_late_answer_ends_the_doubt_even_when_its_lease_is_lost(world: World, ada, claim):
    asked(world, claim, "a")
    world.leases_run_out()
    other = world.must_claim("worker-2")
    assert other.number == claim.number
    world.does(lambda unit: unit.ledger.in_doubt(other, "demo", ["a"]))
    world.does(lambda unit: unit.ledger.answer(claim, "demo", {"a": (1, b"late")}))
    assert units(world, ada) == (1, 0)
    assert asked(world, other, "a")["a"].answer == b"late"


def test_what_is_still_asked_at_the_end_is_counted_as_possibly_spent(world: World, ada, claim):
    asked(world, claim, "a", "b", "c")
    world.does(lambda unit: unit.ledger.answer(claim, "demo", {"a": (1, b"x")}))
    assert world.does(lambda unit: unit.ledger.settle_doubts(ada.workspace, "run")) == 2
    assert world.does(lambda unit: unit.ledger.settle_doubts(ada.workspace, "run")) == 0
    assert units(world, ada) == (1, 4)


def test_a_field_of_an_identity_is_charged_once_in_a_run(world: World, ada, claim):
    asked(world, claim, "a", "b")

    def charged(field, *identities):
        return world.does(
            lambda unit: unit.ledger.charge_once(ada.workspace, "run", field, "demo", identities)
        )

    assert charged("country", "a", "a") == {"a"}
    assert charged("country", "a", "b") == {"b"}
    assert charged("size", "a") == {"a"}
    assert charged("size") == frozenset()
    known = world.sees(lambda unit: unit.ledger.known(ada.workspace, "run", "demo", ["a"]))
    assert known["a"].charged
    paid = world.sees(lambda unit: unit.ledger.charged(ada.workspace, "run", "demo", ["a", "c"]))
    assert paid == {("country", "a"), ("size", "a")}
    assert not world.sees(lambda unit: unit.ledger.charged(ada.workspace, "run", "other", ["a"]))


def test_thousands_of_look_ups_are_recorded_in_a_few_statements(world: World, ada, claim):
    many = [f"identity-{number}" for number in range(2_500)]
    with world.counted() as statements:
        asked(world, claim, *many)
    assert len(statements) < 20
    assert len(world.sees(lambda unit: unit.ledger.known(ada.workspace, "run", "demo", many))) == 2_500


def test_nothing_is_ordered_for_a_run_that_does_not_run_any_more(world: World, ada, claim):
    asked(world, claim, "a")
    world.does(lambda unit: unit.runs.move(ada.workspace, "run", {RunState.RUNNING}, RunState.STOPPING))
    with pytest.raises(RunMoved):
        asked(world, claim, "b")
    known = world.sees(lambda unit: unit.ledger.known(ada.workspace, "run", "demo", ["a", "b"]))
    assert set(known) == {"a"}


def test_what_is_on_its_way_is_what_is_neither_charged_nor_written_nor_in_doubt(world: World, ada, claim):
    def underway():
        return world.sees(lambda unit: unit.ledger.on_their_way(ada.workspace, "run"))

    assert underway() == {}
    asked(world, claim, "asked", "answered", "charged", "doubted")
    assert underway() == {"demo": 4}
    world.does(lambda unit: unit.ledger.answer(claim, "demo", {"answered": (1, b"x"), "charged": (1, b"x")}))
    world.does(lambda unit: unit.ledger.charge_once(ada.workspace, "run", "size", "demo", ["charged"]))
    world.does(lambda unit: unit.ledger.in_doubt(claim, "demo", ["doubted"]))
    assert underway() == {"demo": 2}
    world.fails(claim)
    assert underway() == {}
