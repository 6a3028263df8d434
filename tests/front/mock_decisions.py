"""A decisions list in the shapes of the API, and the runs that follow up an answer or a swap."""

from __future__ import annotations

from typing import Any

from tests.front.mock_run import MockRun


class MockDecisions:
    """What a run left open: answered groups leave the list."""

    def __init__(self, *, french: bool) -> None:
        """Make the list, largest group first."""
        self.french = french
        say = (lambda en, fr: fr) if french else (lambda en, fr: en)
        differs = say(
            "Another value stands here. Read from the phone number.",
            "Une autre valeur se trouve ici. Lu dans le numéro de téléphone.",
        )
        typo = say("The domain looks mistyped.", "Le domaine semble mal saisi.")
        guess = say("Guessed from the mail domain.", "Deviné d’après le domaine de messagerie.")
        self.groups = [
            self._group("a", "differs", say("Country", "Pays"), 14, "Belgium", "France", differs),
            self._group("b", "review", say("Company", "Société"), 9, None, "Example Logistics", guess),
            self._group("c", "correction", "E-mail", 1, "anne@gmial.com", "anne@gmail.com", typo),
        ]

    @staticmethod
    def _group(
        letter: str, kind: str, header: str, rows: int, now: str | None, offered: str, reason: str
    ) -> dict[str, Any]:
        names = {"id": letter * 16, "kind": kind, "header": header, "row": "0" * 16}
        who = "Anne Martin · Example Logistics" if rows == 1 else None
        return names | {
            "rows": rows,
            "now": now,
            "read": None,
            "offered": offered,
            "reason": reason,
            "who": who,
        }

    def counts(self) -> dict[str, Any]:
        """Return how much is open."""
        decisions, rows = len(self.groups), sum(group["rows"] for group in self.groups)
        if not decisions:
            return {"decisions": 0, "rows": 0, "headline": ""}
        words = ("décisions règlent", "lignes") if self.french else ("decisions settle", "rows")
        headline = f"{decisions} {words[0]} {rows} {words[1]}"
        return {"decisions": decisions, "rows": rows, "headline": headline}

    def page(self) -> dict[str, Any]:
        """Return the Decisions."""
        return self.counts() | {"groups": self.groups, "next": None}

    def places(self, group: str) -> dict[str, Any]:
        """Return the RowsNow: every third row from the fifth on."""
        rows = next(one["rows"] for one in self.groups if one["id"] == group)
        places = [{"group": group, "row": f"{at:016x}", "number": 5 + 3 * at} for at in range(rows)]
        return {"rows": rows, "places": places}

    def answer(self, body: dict[str, Any]) -> int:
        """Take answered groups off the list; return how many rows are to be set."""
        taken = 0
        for take in body.get("take", ()):
            group = next(one for one in self.groups if one["id"] == take["group"])
            rows = group["rows"] if take["row"] is None else 1
            taken, group["rows"] = taken + rows, group["rows"] - rows
        gone = set(body.get("leave", ()))
        self.groups = [
            group
            for group in self.groups
            if group["rows"] and group["id"] not in gone and not body.get("leave_rest")
        ]
        if body.get("take_rest"):
            taken, self.groups = taken + sum(group["rows"] for group in self.groups), []
        return taken


class MockFollowUp(MockRun):
    """A run that sets what was decided, or puts clean values in place: all at once when its time has come."""

    def __init__(self, name: str, other: MockRun, kind: str, rows: int) -> None:
        """Start the clock."""
        french = other.say("en", "fr") == "fr"
        super().__init__(
            name, other.order | {"trial": False}, other.document, other.seconds, 0, french=french
        )
        self.kind, self.parent, self.rows = kind, other.id, self.rows[:rows]
        self.until = len(self.rows)

    def view(self) -> dict[str, Any]:
        """Return the RunView."""
        view = super().view()
        output = view["outputs"][0] | {"counts": {"written": self.written}, "can_swap": False}
        return view | {
            "kind": self.kind,
            "parent": self.parent,
            "counts": {"written": self.written},
            "outputs": [output],
            "decisions": 0,
            "decisions_headline": "",
            "quality_before": None,
            "quality_after": None,
        }

    def report(self) -> dict[str, Any]:
        """Return the Report."""
        return {"run": self.view(), "not_spent": [], "explained": []}
