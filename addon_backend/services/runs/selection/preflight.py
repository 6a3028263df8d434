"""What a run will leave alone and why, told before its price: the protection table over what was selected."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from addon_backend.domain.cells import Cell, Obstacle
from addon_backend.domain.facts import Outcome
from addon_backend.domain.sentences import preflight_sentence
from addon_backend.engine.plan.placing import Placed
from addon_backend.engine.plan.protection import Seen, decide
from addon_backend.services.runs.selection.views import PreflightLine
from addon_backend.services.runs.writing.guard import LONGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.facts import FactColumn
    from addon_backend.domain.runs import Output
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.engine.plan.protection import Decision
    from addon_backend.services.runs.earlier import EarlierValues
    from addon_backend.services.runs.selection.reading import Reading
    from addon_backend.services.runs.selection.views import Selection, TableColumn

HERE = Placed(0, "here")
NOTHING: frozenset[Obstacle] = frozenset()
HIDDEN_COLUMN = "hidden_column"
"""The code of hidden cells that are in play: those of hidden rows are not."""
CELL_LINES = (
    "protected",
    "formula",
    "spill",
    "merged",
    "validated",
    HIDDEN_COLUMN,
    "too_long",
    "filled_by_person",
)
"""The codes of cells in the order in which they are told."""


def decisions(
    selection: Selection,
    reading: Reading,
    frame: Frame,
    found: Sequence[tuple[Output, FactColumn]],
    earlier: EarlierValues,
) -> dict[str, list[Decision]]:
    """Return what would become of each cell of a column that is there, if the sheet stayed as it is."""
    return {
        output.name: _decided(selection, reading, frame, output, facts, earlier)
        for output, facts in found
        if output.target is not None
    }


def preflight(
    selection: Selection,
    found: Sequence[Output],
    decided: Mapping[str, Sequence[Decision]],
    fresh: int,
    scale: float,
    language: str,
) -> list[PreflightLine]:
    """Count what the run would leave alone; ``found`` are its outputs.

    Cells are counted by the code with which the run will report them, and those that a person filled by what
    they hold. ``fresh`` of all rows were done before. ``scale`` is how many rows one row of a sample
    stands for.
    """
    counts: Counter[tuple[str, str]] = Counter()
    counts["too_long", ""] = sum(
        isinstance(value, str) and len(value) > LONGEST_CELL
        for column in selection.table.columns
        for value in column.values
    )
    for output in found:
        for decision in decided.get(output.name, ()):
            if decision.outcome is Outcome.KEPT:
                code = HIDDEN_COLUMN if decision.reason == Obstacle.HIDDEN else decision.reason
                counts[code, output.field if code == "filled_by_person" else ""] += 1
    lines = [("hidden", "", selection.hidden_rows), ("fresh", "", fresh)]
    for code in CELL_LINES:
        lines += [(code, field, round(n * scale)) for (one, field), n in counts.items() if one == code]
    return [
        PreflightLine(code, count, preflight_sentence(code, count, language, field))
        for code, field, count in lines
        if count
    ]


def _decided(
    selection: Selection,
    reading: Reading,
    frame: Frame,
    output: Output,
    facts: FactColumn,
    earlier: EarlierValues,
) -> list[Decision]:
    target = output.target or ""
    obstacles, there = _obstacles(selection, target), frame.of(target)
    found = []
    for row, position in enumerate(reading.rows):
        now = Cell(there[row], obstacles=obstacles.get(position, NOTHING))
        seen = Seen(
            fact=facts[row],
            placed=HERE,
            fresh=True,
            now=now,
            before=now.value,
            in_place=output.in_place,
            ours_last=earlier.value(output, row),
        )
        found.append(decide(seen))
    return found


def _obstacles(selection: Selection, anchor: str) -> Mapping[int, frozenset[Obstacle]]:
    """Return what stands in the way in a column, by table position."""
    column: TableColumn | None = next(
        (column for column in selection.table.columns if column.anchor == anchor), None
    )
    found: dict[int, frozenset[Obstacle]] = defaultdict(frozenset)
    for obstacle, positions in column.obstacles.items() if column else ():
        for position in positions:
            found[position] |= {obstacle}
    return found
