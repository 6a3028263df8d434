"""A run that goes by the clock: progress, report and history in the shapes of the API."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from addon_backend.domain.runs import HALTED
from addon_backend.domain.texts.runs import STATES
from tests.front.mock_document import Document, letter
from tests.front.mock_list import OUTPUTS, results

OUTCOMES = ["written", "already_there", "kept", "review", "not_found", "not_asked", "failed"]


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
        self.unseen, self.ownerless = False, ""
        self.mine = True

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
        """Go on to the end after a trial, or with a file that can be opened again."""
        self.ownerless = ""
        self.state, self.until, self.version = "running", len(self.rows), self.version + 1
        self.began = time.monotonic() - self.seconds * self.written / len(self.rows)

    def lose_owner(self, *, mine: bool, reason: str = "needs_owner") -> None:
        """Wait for somebody who can open the file."""
        self.state, self.version, self.ownerless, self.mine = "parked", self.version + 1, reason, mine

    def take_over(self) -> None:
        """Go on for who took it over."""
        self.mine = True
        self.go_on()

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
                    "can_swap": operation == "clean" and self.state in {"finished", "stopped"},
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
            "reason": self.ownerless or ("trial_done" if self.state == "parked" else ""),
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
            "ready_in": None
            if done or self.state == "stopping"
            else max(1, round(self.seconds * (1 - fraction) * 4)),
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
            "on_their_way": 50 if self.state == "stopping" else 0,
            "actions": {
                "stopping": [],
                "running": ["stop"],
                "parked": ["stop", "continue" if self.mine else "take_over"],
            }.get(self.state, ["undo"]),
            "mine": self.mine,
            "decisions": 0,
            "decisions_headline": "",
            "kind": "enrich",
            "parent": None,
            "trial": bool(self.order["trial"]),
            "quality_before": 61,
            "quality_after": 94 if done else None,
            "created_at": self.created,
            "finished_at": time.time() if done else None,
            "erase_at": self.created + 90 * 86400 if done else None,
        }

    def _sentence(self, written: int) -> str:
        if self.ownerless in HALTED:
            english, french = STATES[f"parked:{self.ownerless}"]
            return str(self.say(english, french))
        sentences: dict[str, str] = {
            "running": self.say("Filling your list", "La liste se remplit"),
            "stopping": self.say("Stopping…", "Arrêt en cours…"),
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
                *(
                    {
                        "code": f"other_{count}",
                        "count": count,
                        "sentence": say("Not valid", "Pas valide"),
                        "fix": "",
                    }
                    for count in (44, 40, 31, 30)
                ),
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
            "mine": view["mine"],
            "unseen": self.unseen,
        }


class MockUndo(MockRun):
    """A run that takes back what another wrote, as time goes by."""

    def __init__(self, name: str, other: MockRun) -> None:
        """Start the clock."""
        super().__init__(
            name,
            other.order | {"trial": False},
            other.document,
            other.seconds,
            0,
            french=other.say("en", "fr") == "fr",
        )
        self.undoes, self.left, self.quoted = other.id, other.left, 0

    def advance(self) -> None:
        """Empty the cells that are due."""
        if self.state != "running":
            return
        gone = (time.monotonic() - self.began) / self.seconds
        due = min(len(self.rows), int(gone * len(self.rows)))
        if due <= self.written:
            return
        for row in self.rows[:due]:
            for column in range(len(OUTPUTS)):
                self.document.put(row, self.left + column, None)
        self.document.revision += 1
        self.written, self.version = due, self.version + 1
        if due == len(self.rows):
            self.state = "finished"

    def view(self) -> dict[str, Any]:
        """Return the RunView."""
        return super().view() | {
            "kind": "undo",
            "parent": self.undoes,
            "quality_before": None,
            "quality_after": None,
        }

    def report(self) -> dict[str, Any]:
        """Return the Report."""
        explained = [
            {
                "code": "edited_since",
                "count": 3,
                "sentence": self.say(
                    "Somebody has edited this cell since", "Cette cellule a été modifiée depuis"
                ),
                "fix": "",
            }
        ]
        return {"run": self.view(), "not_spent": [], "explained": explained}
