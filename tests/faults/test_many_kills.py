"""Workers killed by the hundred, at a host in trouble, with Redis wiped and killed: what is left, as a table.

A run over the same list is made again and again, each in a home of its own; while it goes on, workers are
killed with ``kill -9`` at seeded moments, one host call in seven fails, and the list is sorted inside guard
windows. Afterwards every row must hold what an undisturbed run leaves in it, and the bill be the same.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from addon_backend.jobs import nursery, supervisor
from tests.faults import troubled
from tests.faults.crew import Ended, Home, eventually, kill_one
from tests.faults.test_runs_survive import BATCH, BOUGHT, COMPANY

pytestmark = pytest.mark.timeout(7_200)

ROWS = 600
MAIL, NOTE = 1, 5


@dataclass
class Tally:
    """What was done to runs, and what became of them."""

    done: Counter[str] = field(default_factory=Counter)

    def line(self, what: str) -> str:
        return f"  {what:<42}{self.done[what]:>8,}"

    def table(self) -> str:
        names = ("runs", "workers killed", "Redis wiped", "Redis killed", "cells compared")
        bad = ("rows lost", "rows doubled", "values misplaced", "values missing", "credits billed wrongly")
        return "\n".join(
            self.line(name) for name in (*names, "look-ups in doubt", "cells told as failed", *bad)
        )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Ended:
    """What a run leaves when nothing happens."""
    home = Home(tmp_path_factory.mktemp("undisturbed"), rows=ROWS)
    try:
        with home.crew(1):
            return home.ended(home.press())
    finally:
        home.close()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request) -> str:
    return request.getfixturevalue("migrated_postgres_url") if request.param == "postgres" else ""


@pytest.mark.parametrize("host", ["compares", "does not compare"])
@pytest.mark.parametrize("kills", [5, pytest.param(250, marks=pytest.mark.long)])
def test_nothing_is_lost_doubled_or_billed_wrongly(
    host, kills, database, tmp_path, monkeypatch, undisturbed, capsys
):
    if kills < 10 and (host == "compares") is not (database == ""):
        pytest.skip("the short suite takes each database and each host once")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("ADDON_TROUBLE", host)
    monkeypatch.setattr(nursery, "_WORK", troubled.main)
    monkeypatch.setattr(supervisor, "_LONGEST_PAUSE", 0.2)
    tally = Tally()
    choose = random.Random(kills)
    home = Home(tmp_path / "home", database, rows=ROWS)
    try:
        while tally.done["workers killed"] < kills:
            disturb(home, choose, kills, tally, undisturbed)
    finally:
        home.close()
    with capsys.disabled():
        sys.stdout.write(f"\n{host}, {'PostgreSQL' if database else 'SQLite'}\n{tally.table()}\n")
    wrong = [name for name in tally.done if name.startswith(("rows ", "values ", "credits "))]
    assert not wrong


def disturb(home: Home, choose: random.Random, kills: int, tally: Tally, undisturbed: Ended) -> None:
    """Make one run on a fresh copy of the list, kill while it goes on, and compare what it left."""
    home.open_again()
    lost = 0
    with home.crew(2) as crew:
        run = home.press()
        eventually(lambda: home.view(run).state == "running" or home.is_over(run))
        while not home.is_over(run) and tally.done["workers killed"] < kills:
            time.sleep(choose.uniform(0.05, 1.5))
            if kill_one(crew, choose) is not None:
                lost += 1
                tally.done["workers killed"] += 1
            if choose.random() < 0.1:
                tally.done["Redis wiped"] += 1
                with home.redis as redis:
                    redis.flushall()
            elif choose.random() < 0.05:
                tally.done["Redis killed"] += 1
                home.engines.close()
        ended = home.ended(run)
    compare(ended, undisturbed, lost, tally)


def compare(ended: Ended, undisturbed: Ended, lost: int, tally: Tally) -> None:
    """Count what differs from an undisturbed run, row by row, wherever the rows stand now."""
    done, header = tally.done, undisturbed.table[0]
    assert (ended.state, ended.table[0]) == ("finished", header)
    done["runs"] += 1
    wanted, found = by_row(undisturbed), by_row(ended)
    done.update(
        {
            name: count
            for name, count in (
                ("rows lost", len(wanted.keys() - found.keys())),
                ("rows doubled", sum(len(rows) > len(wanted.get(key, ())) for key, rows in found.items())),
            )
            if count
        }
    )
    bought = {header.index(title) for title in BOUGHT}
    paid = {
        (row[COMPANY], at) for rows in found.values() for row in rows for at in bought if row[at] is not None
    }
    missing: list[tuple[object, int]] = []
    for key, rows in wanted.items():
        for right, now in zip(sorted(rows, key=str), sorted(found.get(key, ()), key=str), strict=False):
            for at, value in enumerate(right):
                done["cells compared"] += 1
                if now[at] != value and now[at] is not None:
                    done["values misplaced"] += 1
                elif now[at] != value:
                    missing.append((right[COMPANY], at))
    told, in_doubt = ended.counts.get("failed", 0), ended.money.provider_units_possibly_spent
    done["cells told as failed"] += told
    done["look-ups in doubt"] += in_doubt
    unexplained = [(company, at) for company, at in missing if at not in bought or not in_doubt]
    if len(unexplained) > told or in_doubt > lost * BATCH:
        done["values missing"] += len(unexplained) or 1
    lacking = {pair for pair in missing if pair[1] in bought} - paid
    wrong = abs(ended.billed - (undisturbed.billed - len(lacking))) + abs(ended.billed - ended.money.spent)
    if wrong or ended.money.spent + ended.money.released != ended.money.reserved:
        done["credits billed wrongly"] += wrong or 1


def by_row(ended: Ended) -> dict[object, list[list[object]]]:
    rows: dict[object, list[list[object]]] = {}
    for row in ended.table[1:]:
        rows.setdefault((row[MAIL], row[NOTE]), []).append(row)
    return rows
