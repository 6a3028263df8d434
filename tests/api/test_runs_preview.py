"""POST /v1/runs/preview."""

import sqlite3
from contextlib import closing
from typing import cast

import pytest

from addon_backend.domain.cells import Obstacle
from addon_backend.domain.errors import FileUnknown, NotVisible, SheetProtected, SheetUnknown
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import RECIPES, CleanMode, Recipe
from addon_backend.domain.sentences import problem_sentence
from tests.api.office import selection_json, sheet_json

PATH = "/v1/runs/preview"
PHONES_IN_PLACE = Recipe(
    "phones", CleanMode.OFF, ((ColumnKind.PHONE, CleanMode.IN_PLACE),), duplicates=False
).as_data()


def test_one_screen_says_what_would_be_done(marie):
    reply = marie.post(PATH, marie.selects(recipe="standard")).get_json()

    assert reply["headline"]
    assert reply["rows"] == 4
    assert reply["expires_in"] == 900
    assert {step["operation"] for step in reply["steps"]} <= {"clean", "fill", "duplicates"}
    assert reply["price"] == {"credits": 0, "provider_units": 0}


def test_the_sentences_are_in_the_language_of_the_caller(office):
    marie, jean = office.sign_in(), office.sign_in(subject="jean", language="fr")
    english, french = (one.post(PATH, one.selects()).get_json()["headline"] for one in (marie, jean))

    assert english != french


def test_a_recipe_may_be_spelt_out(marie):
    by_name = marie.post(PATH, marie.selects(recipe="clean")).get_json()
    in_full = marie.post(PATH, marie.selects(recipe=RECIPES["clean"].as_data())).get_json()

    assert by_name["steps"] == in_full["steps"]


def test_a_quote_starts_the_run_it_was_made_for(marie):
    sheet = marie.opens()
    where = {"host": "local", "document": sheet.document, "sheet": sheet.sheet}
    quote = marie.post(PATH, marie.selects(sheet=where)).get_json()["quote_id"]

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
    answer = marie.post(PATH, marie.selects(recipe=recipe))

    assert (answer.status_code, answer.get_json()["code"]) == (422, "recipe_unknown")


@pytest.mark.parametrize(
    ("recipe", "told"),
    [
        ({"name": "mine", "fill": ["country", "shoe.size"]}, "We cannot fill “shoe.size”."),
        ({"name": "mine", "filll": ["country"]}, "A recipe has no field “filll”."),
        ({"name": "mine", "ada@example.com": 1}, "A recipe has no field “…”."),
    ],
)
@pytest.mark.parametrize("path", [PATH, "/v1/runs"])
def test_an_unknown_field_of_a_recipe_is_named_with_those_that_there_are(marie, recipe, told, path):
    body = marie.selects(recipe=recipe) if path == PATH else marie.order(recipe=recipe)
    answer = marie.post(path, body, {"Idempotency-Key": "one-press-of-a-button"})

    said = answer.get_json()
    assert (answer.status_code, said["code"], said["title"]) == (422, "recipe_unknown", told)
    assert ("company.name" if "fill" in recipe else "clean_default") in said["detail"]


@pytest.mark.parametrize("recipe", [{"name": "mine", "clean": {"shoe": "beside"}}, {"clean": {}}, 5, ""])
def test_what_is_no_recipe_is_pointed_at(marie, recipe):
    answer = marie.post(PATH, marie.selects(recipe=recipe))

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"].startswith("/recipe")


def test_what_stands_in_the_way_is_told_by_what_it_is(marie):
    asked = obstructed(marie, {"merged": [1, 2], "protected": [2], "validated": [4]}) | {
        "recipe": PHONES_IN_PLACE,
        "hidden_rows": 2,
    }
    told = marie.post(PATH, asked).get_json()["preflight"]  # of row 1 nothing can be made
    assert {line["code"]: line["count"] for line in told} == {"hidden": 2, "merged": 1, "validated": 1}
    assert all(line["sentence"].endswith("left alone.") for line in told)


def test_a_protected_sheet_is_refused_before_the_price(marie):
    answer = marie.post(PATH, marie.selects(protected=True))
    assert (answer.status_code, answer.get_json()["code"]) == (SheetProtected.status, "sheet_protected")


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ({"host": "google"}, NotVisible(reason="host_unknown")),
        ({"host": "excel"}, NotVisible(reason="host_unknown")),
        ({"document": "never"}, FileUnknown()),
        ({"sheet": "never"}, SheetUnknown()),
    ],
)
def test_what_no_run_could_begin_on_is_not_quoted(marie, where, error):
    """The panel sends the values itself: they are no proof that the sheet is there."""
    sheet = sheet_json(marie.opens()) | where
    answer = marie.post(PATH, selection_json(sheet=sheet))

    said = answer.get_json()
    assert (answer.status_code, said["code"]) == (error.status, error.code)
    assert (said["title"], said["detail"]) == problem_sentence(error, "en")
    assert quotes(marie) == 0
    assert marie.post(PATH, marie.selects()).status_code == 200
    assert quotes(marie) == 1


def test_another_workspaces_document_is_not_quoted(marie, foreigner):
    answer = foreigner.post(PATH, selection_json(sheet=sheet_json(marie.opens())))

    assert (answer.status_code, answer.get_json()["code"]) == (404, "file_unknown")
    assert quotes(marie) == 0


@pytest.mark.parametrize(
    "obstacles", [{"hidden": [9]}, {"merged": [9]}, {"merged": [-1]}, {"merged": 1}, {"nonsense": [1]}]
)
def test_obstacles_that_make_no_sense_are_refused(marie, obstacles):
    assert marie.post(PATH, obstructed(marie, obstacles)).status_code == 422


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_every_obstacle_can_be_told(marie, obstacle):
    """Of the cells in a hidden column, too: they are in play, and stay as they are."""
    assert marie.post(PATH, obstructed(marie, {obstacle.value: [1]})).status_code == 200


def quotes(person):
    """How many quotes are kept, anybody's."""
    with closing(sqlite3.connect(person.office.settings.home / "addon.db")) as database:
        return len(database.execute("SELECT id FROM quote").fetchall())


def obstructed(person, obstacles: object) -> dict[str, object]:
    """A selection with something in the way in its phone column."""
    asked: dict[str, object] = person.selects()
    table = cast("dict[str, list[dict[str, object]]]", asked["table"])
    table["columns"][2]["obstacles"] = obstacles
    return asked
