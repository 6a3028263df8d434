"""First and last names from full names and e-mail addresses; guesses are marked as guesses."""

from __future__ import annotations

import pytest

from addon_backend.domain.cells import CellValue
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.facts import Fact
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.enrich import derive_column
from addon_backend.engine.enrich.given_names import is_given_name


def names(
    full: str = "", email: str = "", order: str | None = None, country: str | None = None
) -> tuple[Fact, Fact]:
    """Return first and last name of one row."""
    inputs = {Kind.PERSON_FULL_NAME: [full], Kind.EMAIL: [email]}
    contexts = {Kind.PERSON_FULL_NAME: ColumnContext(country=country, name_order=order)}
    return (
        derive_column("person.first_name", inputs, contexts)[0],
        derive_column("person.last_name", inputs, contexts)[0],
    )


@pytest.mark.parametrize(
    ("full", "first", "last"),
    [
        ("Jean Dupont", "Jean", "Dupont"),
        ("DUPONT Jean", "Jean", "Dupont"),
        ("Jean DE LA TOUR", "Jean", "de la Tour"),
        ("Dupont, Jean", "Jean", "Dupont"),
        ("M. Jean Dupont", "Jean", "Dupont"),
        ("MARIE CURIE", "Marie", "Curie"),
        ("john q. smith", "John", "Smith"),
        ("Jean Pierre Martin", "Jean Pierre", "Martin"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("ronald mcdonald", "Ronald", "McDonald"),
        ("Conor O'Brien", "Conor", "O'Brien"),
    ],
)
def test_a_full_name_is_cut_in_first_and_last(full: str, first: str, last: str) -> None:
    """As written, with case repaired where it was shouted or missing; nobody need look."""
    facts = names(full, country="FR")

    assert tuple(fact.value for fact in facts) == (first, last)
    assert all(fact.reason == "derived_from_full_name" and not fact.review for fact in facts)


def test_the_order_of_the_column_decides() -> None:
    """Where the list puts the family name first, so do we, and say so."""
    facts = names("Nagy Imre", order="family_first")

    assert tuple(fact.value for fact in facts) == ("Imre", "Nagy")
    assert facts[0].rule == "column_order"


def test_spanish_names_have_two_last_names() -> None:
    """By the country of the column."""
    assert tuple(fact.value for fact in names("José Luis García López", country="ES")) == (
        "José Luis",
        "García López",
    )


def test_known_first_names_may_say_that_the_order_is_turned_which_is_a_guess() -> None:
    """``Müller Hans`` is most likely Hans Müller: a person confirms it."""
    first, last = names("Müller Hans")

    assert (first.value, last.value) == ("Hans", "Müller")
    assert first.review
    assert last.review
    assert first.reason == "guessed_from_full_name"
    assert first.score < 1


def test_the_e_mail_may_say_that_the_order_is_turned() -> None:
    """``Sakura Ito`` with ``ito.sakura@`` is Ito Sakura by the way the company writes addresses."""
    first, last = names("Tanaka Sakura", "sakura.tanaka@acme.jp")

    assert (first.value, last.value, first.rule) == ("Sakura", "Tanaka", "email_order")
    assert not first.review


def test_an_e_mail_in_the_order_of_the_name_confirms_it() -> None:
    """No guess is needed then."""
    first, _ = names("Roman Martin", "roman.martin@acme.fr")

    assert (first.value, first.review) == ("Roman", False)


@pytest.mark.parametrize(
    ("email", "first", "last", "review"),
    [
        ("jean.dupont@acme.fr", "Jean", "Dupont", False),
        ("marie-claire.dupont@acme.fr", "Marie-Claire", "Dupont", False),
        ("john.smith2@gmail.com", "John", "Smith", False),
        ("jean.dupont.ext@acme.fr", "Jean", "Dupont", False),
        ("jean_de_la_tour@acme.fr", "Jean", "de la Tour", False),
        ("jean.q.dupont@acme.fr", "Jean", "Dupont", False),
        ("jean-dupont@acme.fr", "Jean", "Dupont", False),
        ("j.dupont@acme.fr", None, "Dupont", False),
        ("j-p.martin@acme.fr", None, "Martin", False),
        ("jdupont@acme.fr", None, "Dupont", True),
        ("marie@acme.fr", "Marie", None, True),
        ("jean.d@acme.fr", "Jean", None, True),
        ("dupont.j@acme.fr", None, "Dupont", True),
        ("dupont.jean@acme.fr", "Jean", "Dupont", True),
        ("jean.luc.dupont@acme.fr", "Jean", "Luc Dupont", True),
    ],
)
def test_an_e_mail_shows_a_name_or_half_of_it(
    email: str, first: str | None, last: str | None, review: bool
) -> None:
    """What stands there whole is derived, what has to be cut or turned is a guess."""
    facts = names(email=email)

    assert tuple(fact.value for fact in facts) == (first, last)
    assert all(fact.review == review for fact in facts if fact.value)
    assert all(fact.score < 1 for fact in facts)


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("info@acme.fr", "role_mailbox"),
        ("jean.dupont@yopmail.com", "disposable_domain"),
        ("x@acme.fr", "not_recognised"),
        ("abc@acme.fr", "not_recognised"),
        ("4711@acme.fr", "not_recognised"),
        ("the.boss@acme.fr", "not_recognised"),
        ("a.b@acme.fr", "not_recognised"),
        ("jean.dupont.achats.paris@acme.fr", "not_recognised"),
        ("jean", "invalid_email"),
        ("", "no_input"),
    ],
)
def test_an_e_mail_without_a_name_says_why(email: str, reason: str) -> None:
    """Nothing is made of numbers, desks and fragments."""
    assert [fact.reason for fact in names(email=email)] == [reason, reason]


def test_a_missing_half_says_what_there_is() -> None:
    """``j.dupont`` has an initial, ``marie`` one name."""
    assert names(email="j.dupont@acme.fr")[0].reason == "initial_only"
    assert names(email="jean.d@acme.fr")[1].reason == "initial_only"
    assert names(email="marie@acme.fr")[1].reason == "single_name"
    assert names("Cher")[0].reason == "single_name"


def test_a_single_name_is_completed_from_the_e_mail() -> None:
    """The e-mail is asked where the full name does not do."""
    assert tuple(fact.value for fact in names("Jean", "jean.dupont@acme.fr")) == ("Jean", "Dupont")


def test_first_and_last_name_make_a_full_name() -> None:
    """Both are needed."""
    inputs: dict[Kind, list[CellValue]] = {
        Kind.PERSON_FIRST_NAME: ["Jean", "Eva"],
        Kind.PERSON_LAST_NAME: ["Dupont", None],
    }

    facts = derive_column("person.full_name", inputs, {})

    assert (facts[0].value, facts[1].value, facts[1].reason) == ("Jean Dupont", None, "no_input")


@pytest.mark.parametrize(
    ("word", "known"),
    [("Hélène", True), ("JEAN-MARIE", True), ("Dupont", False), ("Jean-Xyz", False), ("", False)],
)
def test_common_first_names_are_known(word: str, known: bool) -> None:
    """In any case, with or without accents, double names by their halves."""
    assert is_given_name(word) is known


@pytest.mark.parametrize(
    ("full", "email", "given", "family"),
    [
        ("Bérénice Roquelaurens (ext.)", "", "Bérénice", "Roquelaurens"),
        ("Robert (Bob) Smith [left]", "", "Robert", "Smith"),
        ("MARIE curie", "marie.curie@acme.example", "Marie", "Curie"),
        ("DUPONT Jean", "jean.dupont@acme.example", "Jean", "Dupont"),
        ("DUPONT Jean", "dupont.jean@acme.example", "Jean", "Dupont"),
        ("NGUYEN Thuy", "nguyen.thuy@acme.example", "Thuy", "Nguyen"),
    ],
)
def test_a_remark_is_no_name_and_capitals_are_the_family_s_unless_all_else_says_no(
    full, email, given, family
):
    inputs = {Kind.PERSON_FULL_NAME: [full], Kind.EMAIL: [email]}
    found = [derive_column(f"person.{part}_name", inputs, {})[0].value for part in ("first", "last")]
    assert found == [given, family]


@pytest.mark.parametrize("address", ["c.st2@x.example", "r.mc6@x.example", "jean.de@x.example"])
def test_a_tail_too_short_for_a_name_is_for_a_person_to_look_at(address):
    assert derive_column("person.last_name", {Kind.EMAIL: [address]}, {})[0].review


def test_a_particle_alone_is_no_name():
    assert derive_column("person.last_name", {Kind.EMAIL: ["j.de@x.example"]}, {})[0].value is None
