"""A run that goes by the clock: preview, progress, report and explanation in the shapes of the API."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from tests.front.mock_document import Document, letter
from tests.front.mock_list import HEADERS, OUTPUTS, messy, results

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
OUTCOMES = ["written", "already_there", "kept", "review", "not_found", "not_asked", "failed"]


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
        "steps": [dict(zip(names, step, strict=True)) | {"mode": "beside"} for step in steps],
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


class MockRun:
    """One run, done in ``seconds`` from its start; it writes into the document as time goes by."""

    def __init__(
        self,
        name: str,
        order: dict[str, Any],
        document: Document,
        seconds: float,
        ceiling: int,
        *,
        french: bool,
    ) -> None:
        """Remember the order and start the clock."""
        self.id, self.order, self.document, self.seconds = name, order, document, seconds
        self.say = (lambda en, fr: fr) if french else (lambda en, fr: en)
        self.rows = [row for row in document.order[1:] if row not in document.hidden]
        self.began, self.created, self.written = time.monotonic(), time.time(), 0
        self.quoted = ceiling or (180 if order["recipe"] == "complete" else 0)
        self.until = 50 if order["trial"] else len(self.rows)
        self.state, self.version, self.left = "running", 1, document.width

    def advance(self) -> None:
        """Write the rows that are due."""
        if self.state != "running":
            return
        gone = (time.monotonic() - self.began) / self.seconds
        due = min(self.until, int(gone * len(self.rows) / 40) * 40 if gone < 1 else self.until)
        if due <= self.written:
            return
        for column, (_, header, _, _) in enumerate(OUTPUTS):
            self.document.put(self.document.order[0], self.left + column, header)
        for number, row in enumerate(self.rows[:due]):
            for column, (value, _) in enumerate(results(number)):
                if value is not None:
                    self.document.put(row, self.left + column, value)
        self.document.revision += 1
        self.written, self.version = due, self.version + 1
        if due >= self.until:
            self.state = "finished" if due >= len(self.rows) else "parked"

    def stop(self) -> None:
        """Stop at once."""
        self.state, self.version = "stopped", self.version + 1

    def go_on(self) -> None:
        """Go on to the end after a trial."""
        self.state, self.until, self.version = "running", len(self.rows), self.version + 1
        self.began = time.monotonic() - self.seconds * self.written / len(self.rows)

    def view(self) -> dict[str, Any]:
        """Return the RunView."""
        made = [results(number) for number in range(self.written)]
        outputs = []
        tallies: list[Counter[str]] = []
        for column, (name, header, operation, field) in enumerate(OUTPUTS):
            counts = Counter(row[column][1] for row in made)
            tallies.append(counts)
            outputs.append(
                {
                    "name": name,
                    "header": header,
                    "operation": operation,
                    "field": field,
                    "letter": letter(self.left + column),
                    "counts": {outcome: counts[outcome] for outcome in OUTCOMES},
                    "reasons": {},
                }
            )
        total = {outcome: sum(counts[outcome] for counts in tallies) for outcome in OUTCOMES}
        done, spent = (
            self.state in {"finished", "stopped"},
            round(self.quoted * self.written / len(self.rows) * 0.8),
        )
        fraction = self.written / len(self.rows)
        return {
            "id": self.id,
            "state": self.state,
            "reason": "trial_done" if self.state == "parked" else "",
            "sentence": self._sentence(total["written"]),
            "version": self.version,
            "document": self.order["sheet"]["document"],
            "sheet": self.order["sheet"]["sheet"],
            "title": self.document.name,
            "range": self.order["range"],
            "recipe": self.order["recipe"] if isinstance(self.order["recipe"], str) else "standard",
            "rows": len(self.rows),
            "rows_done": self.written,
            "fraction": fraction,
            "ready_in": None if done else max(1, round(self.seconds * (1 - fraction) * 4)),
            "counts": total,
            "outputs": outputs,
            "money": {
                "quoted": self.quoted,
                "reserved": self.quoted,
                "spent": spent,
                "released": self.quoted - spent if done else 0,
                "provider_units_quoted": 0,
                "provider_units_spent": 0,
                "provider_units_possibly_spent": 0,
            },
            "actions": {"running": ["stop"], "parked": ["stop", "continue"]}.get(self.state, []),
            "trial": bool(self.order["trial"]),
            "quality_before": 61,
            "quality_after": 94 if done else None,
            "created_at": self.created,
            "finished_at": time.time() if done else None,
            "erase_at": self.created + 90 * 86400 if done else None,
        }

    def _sentence(self, written: int) -> str:
        sentences: dict[str, str] = {
            "running": self.say("Filling your list", "La liste se remplit"),
            "parked": self.say("The first 50 rows are ready", "Les 50 premières lignes sont prêtes"),
            "finished": self.say(f"Done: {written} cells filled", f"Terminé : {written} cellules remplies"),
            "stopped": self.say(f"Stopped: {written} cells filled", f"Arrêté : {written} cellules remplies"),
        }
        return sentences[self.state]

    def report(self) -> dict[str, Any]:
        """Return the Report."""
        say = self.say
        return {
            "run": self.view(),
            "not_spent": [
                {
                    "code": "filled",
                    "count": 80,
                    "sentence": say("80 countries were already right.", "80 pays étaient déjà justes."),
                },
                {
                    "code": "engine",
                    "count": 900,
                    "sentence": say(
                        "900 cells came from the list itself.", "900 cellules viennent de la liste elle-même."
                    ),
                },
            ],
            "explained": [
                {
                    "code": "no_input",
                    "count": 64,
                    "sentence": say("No phone number to start from", "Aucun numéro de téléphone de départ"),
                    "fix": say(
                        "Add a phone column, then run again", "Ajoutez une colonne téléphone et relancez"
                    ),
                },
                {
                    "code": "ambiguous",
                    "count": 27,
                    "sentence": say("The job title can mean two things", "La fonction peut avoir deux sens"),
                    "fix": "",
                },
            ],
        }

    def line(self) -> dict[str, Any]:
        """Return the HistoryLine."""
        view = self.view()
        names = ["id", "title", "range", "recipe", "state", "sentence", "rows", "created_at", "finished_at"]
        return {name: view[name] for name in names} | {
            "written": view["counts"]["written"],
            "credits": view["money"]["spent"],
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
            "source": say("worked out from this row", "déduit de cette ligne"),
            "rule": "E.164",
            "score": 0.97,
            "licence": "",
            "decided_at": 1_771_545_600.0,
            "inputs": [["Phone", "06 12.34.56.78"], ["Country", "France"]],
        }
    ]
