"""What a run would do, and why a cell holds what it holds, in the shapes of the API."""

from __future__ import annotations

from typing import Any

from tests.front.mock_document import letter
from tests.front.mock_list import HEADERS, messy, results

KINDS = [
    "person.first_name",
    "person.last_name",
    "company.name",
    "email",
    "phone",
    "country",
    "address.city",
    "job_title",
    "url",
    "date",
]


def preview(body: dict[str, Any], *, french: bool, ceiling: int) -> dict[str, Any]:
    """Return a preview of the posted selection."""
    rows = sum(any(value not in (None, "") for value in row) for row in zip(*_values(body), strict=False)) - 1
    say = (lambda en, fr: fr) if french else (lambda en, fr: en)
    recipe = body["recipe"]
    complete = recipe == "complete" or (isinstance(recipe, dict) and "company.size" in recipe["fill"])
    ceiling = ceiling or (180 if complete else 0)
    steps: list[tuple[object, ...]] = [
        ("clean:e", "clean", "phone", say("Phone", "Téléphone"), "E", 212, 0, 0, None),
        ("clean:f", "clean", "country", say("Country", "Pays"), "F", 240, 0, 0, None),
        ("clean:a", "clean", "person.first_name", say("First name", "Prénom"), "A", 120, 0, 0, None),
        ("fill:email.type", "fill", "email.type", say("E-mail type", "Type d’e-mail"), None, 291, 0, 0, None),
        (
            "fill:phone.time_zone",
            "fill",
            "phone.time_zone",
            say("Time zone", "Fuseau"),
            None,
            256,
            0,
            0,
            None,
        ),
    ]
    if ceiling:
        steps.append(
            (
                "fill:company.size",
                "fill",
                "company.size",
                say("Employees", "Effectif"),
                None,
                0,
                ceiling,
                1,
                "demo",
            )
        )
    names = ["name", "operation", "field", "label", "letter", "count", "to_ask", "price", "source"]
    table = messy(320)
    return {
        "quote_id": "q1",
        "expires_in": 900,
        "rows": max(rows, 0),
        "sampled": body["table"]["sampled"],
        "headline": say(
            "Fix 212 phones, fill 140 countries, 37 possible duplicates",
            "Corriger 212 téléphones, remplir 140 pays, 37 doublons possibles",
        ),
        "quality": 61,
        "steps": [
            dict(zip(names, step, strict=True)) | {"mode": "beside", "header": step[3]} for step in steps
        ],
        "examples": [_example(table[number + 1], number, say) for number in (0, 3, 9, 22, 37)],
        "preflight": [
            {"code": code, "count": count, "sentence": sentence}
            for code, count, sentence in (
                (
                    "hidden",
                    body["hidden_rows"],
                    say("3 hidden rows: left alone", "3 lignes masquées : ignorées"),
                ),
                (
                    "formula",
                    1,
                    say("1 formula cell: left alone", "1 cellule avec formule : laissée telle quelle"),
                ),
                (
                    "filled_by_person",
                    12,
                    say(
                        "12 countries are filled already: yours stay.",
                        "12 pays déjà là : vos valeurs restent.",
                    ),
                ),
            )
            if count
        ],
        "price": {"credits": ceiling, "provider_units": 0},
        "trial": bool(ceiling),
        "trial_rows": 50,
        "columns": [
            {
                "index": column["index"],
                "letter": letter(column["index"]),
                "header": HEADERS[column["index"]] if column["index"] < len(HEADERS) else "Note",
                "kind": body["kinds"].get(str(column["index"]), (KINDS + ["text"] * 40)[column["index"]]),
                "confidence": 0.97,
                "filled": sum(value not in (None, "") for value in column["values"]),
                "distinct": 100,
                "problems": 12 if column["index"] in {4, 5} else 0,
            }
            for column in body["table"]["columns"]
        ],
        "header_row": 1 if body["header_row"] == "find" else body["header_row"],
    }


def _values(body: dict[str, Any]) -> list[list[object]]:
    return [column["values"] for column in body["table"]["columns"]]


def known(body: dict[str, Any], new_rows: tuple[int, str | None] | None) -> dict[str, Any] | None:
    """Return what is new in the posted selection, which is the whole list unless it is the new rows."""
    if new_rows is None or body["range"] == new_rows[1]:
        return None
    recipe = {
        "name": "standard",
        "clean_default": "beside",
        "clean": {},
        "fill": ["country", "email.type"],
        "sources": [],
        "duplicates": True,
    }
    return {"run": "r0", "recipe": recipe, "new_rows": new_rows[0], "range": new_rows[1]}


def _example(row: list[object], number: int, say: Any) -> dict[str, Any]:
    made = results(number)
    cells = [
        (say("Phone", "Téléphone"), row[4], made[0][0], say("International form", "Forme internationale")),
        (say("Country", "Pays"), row[5], made[1][0], say("From the phone’s prefix", "D’après l’indicatif")),
        (say("First name", "Prénom"), row[0], str(row[0]).strip().title(), say("Capitals", "Majuscules")),
    ]
    return {
        "row": number + 2,
        "cells": [
            {"label": label, "before": before, "after": after, "reason": reason}
            for label, before, after, reason in cells
            if before != after and after
        ],
    }


def explain(french: bool) -> list[dict[str, Any]]:
    """Return why a cell holds what it holds."""
    say = (lambda en, fr: fr) if french else (lambda en, fr: en)
    return [
        {
            "run": "r1",
            "header": say("Phone (clean)", "Téléphone (propre)"),
            "outcome": "written",
            "sentence": say(
                "Written in international form; the country comes from the city and the company.",
                "Écrit sous forme internationale ; le pays vient de la ville et de la société.",
            ),
            "value": "+33612345678",
            "previous": None,
            "source": "engine",
            "rule": "clean.phone.v1",
            "score": 0.97,
            "licence": "",
            "decided_at": 1_771_545_600.0,
            "inputs": [["Phone", "06 12.34.56.78"], ["Country", "France"]],
        }
    ]
