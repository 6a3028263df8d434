"""Rows of the run tables as the frozen values of `domain.runs`, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TypeAlias

from sqlalchemy import RowMapping

from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import Recipe
from addon_backend.domain.runs import (
    Chunk,
    ChunkState,
    InputColumn,
    Operation,
    Output,
    Purpose,
    Reservation,
    Run,
    RunState,
    Stage,
)
from addon_backend.domain.sheet import GridRange, SheetRef

Plain: TypeAlias = dict[str, object]
"""One JSON object or one row to insert, on its way to the driver."""


def run_of(row: RowMapping) -> Run:
    """Read a run."""
    return Run(
        id=row["id"],
        workspace=row["workspace"],
        member=row["member"],
        sheet=SheetRef(row["host"], row["document"], row["sheet"]),
        title=row["title"],
        range=GridRange(row["top"], row["left"], row["bottom"], row["right"]),
        header_row=row["header_row"],
        recipe=Recipe.from_data(row["recipe"]),
        kinds=kinds_of(row["kinds"]),
        language=row["language"],
        state=RunState(row["state"]),
        purpose=Purpose(row["purpose"]),
        parent=row["parent"] or "",
        reason=row["reason"],
        version=row["version"],
        rows=row["rows"],
        trial_rows=row["trial_rows"],
        inputs=tuple(_input_of(data) for data in row["inputs"]),
        outputs=tuple(_output_of(data) for data in row["outputs"]),
        quality_before=row["quality_before"],
        quality_after=row["quality_after"],
        created_at=row["created_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        erase_at=row["erase_at"],
        seen_version=row["seen_version"] or 0,
    )


def run_row(run: Run) -> Plain:
    """Write a run."""
    return {
        "id": run.id,
        "workspace": run.workspace,
        "member": run.member,
        "host": run.sheet.host,
        "document": run.sheet.document,
        "sheet": run.sheet.sheet,
        "sheet_key": run.sheet.lease_key,
        "title": run.title,
        "top": run.range.top,
        "left": run.range.left,
        "bottom": run.range.bottom,
        "right": run.range.right,
        "header_row": run.header_row,
        "recipe": run.recipe.as_data(),
        "kinds": kinds_data(run.kinds),
        "language": run.language,
        "state": run.state.value,
        "reason": run.reason,
        "version": run.version,
        "rows": run.rows,
        "trial_rows": run.trial_rows,
        "inputs": [input_data(column) for column in run.inputs],
        "outputs": [output_data(output) for output in run.outputs],
        "quality_before": run.quality_before,
        "quality_after": run.quality_after,
        "wrote": False,
        "seen_version": None,
        "purpose": run.purpose.value,
        "parent": run.parent or None,
        "created_at": run.created_at,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "erase_at": run.erase_at,
    }


def kinds_data(kinds: Sequence[tuple[int, ColumnKind]]) -> list[tuple[int, str]]:
    """Write a person's corrections of column kinds."""
    return [(index, kind.value) for index, kind in kinds]


def kinds_of(data: Sequence[tuple[int, str]]) -> tuple[tuple[int, ColumnKind], ...]:
    """Read a person's corrections of column kinds."""
    return tuple((index, ColumnKind(kind)) for index, kind in data)


def reservation_of(row: RowMapping) -> Reservation:
    """Read a reservation."""
    return Reservation(
        quoted=row["quoted"],
        reserved=row["reserved"],
        spent=row["spent"],
        released=row["released"],
        provider_units_quoted=row["provider_units_quoted"],
        provider_units_spent=row["provider_units_spent"],
        provider_units_possibly_spent=row["provider_units_possibly_spent"],
    )


def chunk_of(row: RowMapping) -> Chunk:
    """Read a chunk."""
    return Chunk(
        run=row["run"],
        workspace=row["workspace"],
        stage=Stage(row["stage"]),
        number=row["number"],
        first=row["first"],
        count=row["count"],
        state=ChunkState(row["state"]),
        claims=row["claims"],
        fence=row["fence"],
        allocated=row["allocated"],
        tally=row["tally"],
    )


def chunk_row(chunk: Chunk) -> Plain:
    """Write a chunk that nobody holds and that is due at once."""
    return {
        "run": chunk.run,
        "workspace": chunk.workspace,
        "stage": int(chunk.stage),
        "number": chunk.number,
        "first": chunk.first,
        "count": chunk.count,
        "state": chunk.state.value,
        "reason": "",
        "claims": chunk.claims,
        "fence": chunk.fence,
        "worker": "",
        "lease_until": 0.0,
        "due_at": 0.0,
        "allocated": chunk.allocated,
        "round": 0,
        "tally": tally_data(chunk.tally),
    }


def tally_data(tally: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, dict[str, int]]]:
    """Write a tally."""
    return {
        output: {outcome: dict(reasons) for outcome, reasons in outcomes.items()}
        for output, outcomes in tally.items()
    }


def input_data(column: InputColumn) -> Plain:
    """Write a column in play."""
    return asdict(column)


def output_data(output: Output) -> Plain:
    """Write an output column."""
    return asdict(output)


def _input_of(data: RowMapping) -> InputColumn:
    kind, key, gone = ColumnKind(data["kind"]), data.get("key", True), data.get("gone", False)
    return InputColumn(data["anchor"], data["index"], data["header"], kind, key, gone)


def _output_of(data: RowMapping) -> Output:
    return Output(
        name=data["name"],
        header=data["header"],
        operation=Operation(data["operation"]),
        field=data["field"],
        inputs=tuple(data["inputs"]),
        target=data["target"],
        own=data["own"],
        in_place=data["in_place"],
        engine=data["engine"],
        sources=tuple(data["sources"]),
        price=data["price"],
        made=data.get("made", False),
        gone=data.get("gone", False),
    )
