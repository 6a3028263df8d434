"""POST /v1/runs/preview."""

import pytest

from addon_backend.domain.recipes import RECIPES
from tests.api.office import selection_json

PATH = "/v1/runs/preview"


def test_one_screen_says_what_would_be_done(marie):
    reply = marie.post(PATH, selection_json(recipe="standard")).get_json()

    assert reply["headline"]
    assert reply["rows"] == 4
    assert reply["expires_in"] == 900
    assert {step["operation"] for step in reply["steps"]} <= {"clean", "fill", "duplicates"}
    assert reply["price"] == {"credits": 0, "provider_units": 0}


def test_the_sentences_are_in_the_language_of_the_caller(office):
    english = office.sign_in().post(PATH, selection_json()).get_json()["headline"]
    french = office.sign_in(subject="jean", language="fr").post(PATH, selection_json()).get_json()["headline"]

    assert english != french


def test_a_recipe_may_be_spelt_out(marie):
    by_name = marie.post(PATH, selection_json(recipe="clean")).get_json()
    in_full = marie.post(PATH, selection_json(recipe=RECIPES["clean"].as_data())).get_json()

    assert by_name["steps"] == in_full["steps"]


def test_a_quote_starts_the_run_it_was_made_for(marie):
    sheet = marie.opens()
    where = {"host": "local", "document": sheet.document, "sheet": sheet.sheet}
    quote = marie.post(PATH, selection_json(sheet=where)).get_json()["quote_id"]

    order = {"quote_id": quote, "sheet": where, "range": "A1:D5", "recipe": "standard"}
    answer = marie.post("/v1/runs", order, {"Idempotency-Key": "0123456789"})

    assert answer.status_code == 202, answer.text


@pytest.mark.parametrize(
    "recipe",
    [
        "nobody knows",
        {"name": "mine", "fill": ["shoe.size"]},
        {"name": "mine", "sources": ["x"], "fill": ["no"]},
    ],
)
def test_an_unknown_recipe_is_refused_as_such(marie, recipe):
    answer = marie.post(PATH, selection_json(recipe=recipe))

    assert (answer.status_code, answer.get_json()["code"]) == (422, "recipe_unknown")


@pytest.mark.parametrize("recipe", [{"name": "mine", "clean": {"shoe": "beside"}}, {"clean": {}}, 5, ""])
def test_what_is_no_recipe_is_pointed_at(marie, recipe):
    answer = marie.post(PATH, selection_json(recipe=recipe))

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"].startswith("/recipe")
