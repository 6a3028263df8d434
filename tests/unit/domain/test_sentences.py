"""Everything that can go wrong has one sentence and one thing to do, in both languages (law 10)."""

import pickle

import pytest

from addon_backend.domain import errors, sentences
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import RECIPES, CleanMode, Recipe, recipe_named
from addon_backend.domain.texts.access import ACCESS
from addon_backend.domain.texts.cells import PREFLIGHT, REASONS
from addon_backend.domain.texts.files import FILES
from addon_backend.domain.texts.runs import RUNS, STATES
from addon_backend.engine.plan.protection import OUTCOME_OF_NOTHING


def _all(kind):
    for child in kind.__subclasses__():
        yield child
        yield from _all(child)


# What an edge refines for itself (and for its own tests) says what its parent says.
EVERY = sorted(
    {kind for kind in (errors.AddonError, *_all(errors.AddonError)) if kind.__module__ == errors.__name__},
    key=lambda kind: kind.code,
)


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.code)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_error_has_a_sentence_and_something_to_do(kind, language):
    """No error is without words for the person."""
    if kind.code == "refused":
        return
    assert kind.code in sentences.PROBLEMS, kind.code
    what, todo = sentences.problem_sentence(kind(), language)
    assert what.endswith(".")
    assert todo.endswith(".")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_reason_says_it_closer(language):
    """An empty or old file is not called damaged; an unknown reason falls back to the error's own words."""
    plain = sentences.problem_sentence(errors.FileUnreadable(), language)
    said = {
        sentences.problem_sentence(errors.FileUnreadable(reason=reason), language)
        for reason in ("empty", "not_a_list", "old_excel")
    }
    assert len(said | {plain}) == 4
    assert sentences.problem_sentence(errors.FileUnreadable(reason="whatever"), language) == plain


def test_codes_are_unique():
    """One code, one error."""
    codes = [kind.code for kind in EVERY]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.code)
def test_errors_survive_pickling_with_their_facts(kind):
    """A worker can hand an error on without losing what it knows."""
    again = pickle.loads(pickle.dumps(kind(limit=3)))  # noqa: S301 - our own bytes
    assert (type(again), again.facts, str(again)) == (kind, {"limit": 3}, str(kind(limit=3)))


def test_french_and_english_say_different_things():
    """A forgotten translation would be the same text twice."""
    for table in (
        sentences.PROBLEMS,
        REASONS,
        STATES,
        PREFLIGHT,
        sentences.SCOPES,
    ):
        for code, (english, french) in table.items():
            assert english != french, code


def test_no_table_hides_what_another_says():
    assert len(sentences.PROBLEMS) == len(FILES) + len(ACCESS) + len(RUNS)


@pytest.mark.parametrize("reason", sorted(OUTCOME_OF_NOTHING))
def test_every_reason_for_nothing_has_a_sentence(reason):
    """The reasons that end as an outcome of their own are all explained."""
    assert reason in REASONS or reason in {"nothing_to_clean", "not_asked"}


def test_the_headline_counts_in_both_languages():
    """Fix 812 phones, fill 340 countries, 37 possible duplicates."""
    counts = [("clean", "phone", 812), ("fill", "country", 1340), ("duplicates", "duplicates", 37)]
    english = sentences.headline(counts, sampled=False, language="en")
    assert english == "Fix 812 phones, fill 1,340 countries, 37 possible duplicates"
    french = sentences.headline(counts, sampled=True, language="fr")
    assert french.startswith("Environ : Corriger 812 téléphones, compléter 1\u202f340 pays")
    assert sentences.headline([], sampled=False, language="en") == "Everything is clean already."


def test_the_headline_names_the_largest_counts_only():
    """It is read in one breath; the steps below it name the rest."""
    counts = [
        ("fill", field, count) for count, field in enumerate(("country", "company.domain", "email.type"), 1)
    ]
    assert sentences.headline(counts, sampled=False, language="en") == "Fill 3 e-mail types and 2 domains"


def test_one_is_singular_and_french_zero_too():
    """1 phone, 2 phones; 0 téléphone."""
    assert sentences.thing("phone", 1, "en") == "phone"
    assert sentences.thing("phone", 2, "en") == "phones"
    assert sentences.thing("phone", 0, "fr") == "téléphone"
    assert sentences.thing("unheard.of", 2, "en") == "unheard.of"


def test_an_unknown_reason_is_still_a_sentence():
    """A code without words is shown readable, never raw."""
    assert sentences.reason_sentence("odd_case", "en") == ("Odd case.", "")


def test_recipes_replay_as_text():
    """A recipe written down and read back is the same recipe."""
    for recipe in RECIPES.values():
        assert Recipe.from_data(recipe.as_data()) == recipe
    assert recipe_named("standard").name == "standard"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": "x", "fill": ["no.such.field"]},
        {"name": "x", "clean": {"no kind": "beside"}},
        {"name": "x", "clean": {"phone": "sideways"}},
        {"name": "x", "clean": ["phone"]},
        {"name": "x", "sources": "demo"},
        {"name": "x", "filll": []},
    ],
)
def test_a_recipe_that_makes_no_sense_is_refused(data):
    """Unknown fields, kinds and modes are named as an unknown recipe."""
    with pytest.raises(errors.RecipeUnknown):
        Recipe.from_data(data)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("shoe.size", "shoe.size"),
        ("Prénom", "Prénom"),
        ("x" * 41, "x" * 39 + "…"),
        ("ada@example.com", "…"),
        ("01 42 68 53 00", "…"),
        ("shoe\u202e\nsize", "…"),
        (5, "…"),
    ],
)
@pytest.mark.parametrize("place", ["fill", "field"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_unknown_field_of_a_recipe_is_named(name, told, place, language):
    """And so are those that there are; what is not spelt as a name may be a value, and is not repeated."""
    data = {"name": "x", "fill": ["country", name]} if place == "fill" else {"name": "x", name: []}
    with pytest.raises(errors.RecipeUnknown) as caught:
        Recipe.from_data(data)
    what, todo = sentences.problem_sentence(caught.value, language)
    assert (f"“{told}”" if language == "en" else f"« {told} »") in what
    assert ("company.domain, country, " if place == "fill" else "clean_default, clean, ") in todo


def test_an_unknown_recipe_name_is_refused():
    """One sentence, not a traceback."""
    with pytest.raises(errors.RecipeUnknown):
        recipe_named("nonsense")


def test_kinds_that_cannot_be_cleaned_are_left_off():
    """Notes are nobody's to clean."""
    assert recipe_named("standard").mode(ColumnKind.TEXT) is CleanMode.OFF
