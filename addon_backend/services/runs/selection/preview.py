"""The one screen before a run: what would change, five rows, what is left alone, the price."""

from __future__ import annotations

import math
from dataclasses import replace
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from addon_backend.domain.errors import RecipeUnknown, SheetProtected
from addon_backend.domain.runs import PRICE_BOOK, QUOTE_SECONDS, TRIAL_ABOVE, TRIAL_ROWS, Operation, Quote
from addon_backend.domain.sentences import headline
from addon_backend.domain.sheet import column_letter
from addon_backend.engine.plan.duplicates import duplicate_groups, duplicate_labels
from addon_backend.engine.plan.frame import blanks, changes, engine_facts
from addon_backend.engine.plan.outputs import hers_of, kept_by_run
from addon_backend.ports.sheet_host import SheetInfo
from addon_backend.services.runs.access import admit_to_document, admit_to_sheet
from addon_backend.services.runs.earlier import EarlierValues, made_columns
from addon_backend.services.runs.permits import permit
from addon_backend.services.runs.pricing import asks, ceiling, offers_of
from addon_backend.services.runs.reasons import explained
from addon_backend.services.runs.selection.inspect import (
    inspected_columns,
    quality_of,
    read_selection,
    rows_in_play,
    sheet_header_row,
)
from addon_backend.services.runs.selection.known import known_list
from addon_backend.services.runs.selection.marks import marks_at, marks_data
from addon_backend.services.runs.selection.narrowing import Plan
from addon_backend.services.runs.selection.preflight import decisions, preflight
from addon_backend.services.runs.selection.reading import guarded_rows
from addon_backend.services.runs.selection.views import Example, ExampleCell, Preview, Price, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.facts import DuplicateGroup, FactColumn
    from addon_backend.domain.recipes import Recipe
    from addon_backend.domain.runs import Output
    from addon_backend.domain.workspaces import Caller
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.engine.plan.protection import Decision
    from addon_backend.engine.plan.shifts import Marks
    from addon_backend.services.house import House
    from addon_backend.services.runs.selection.reading import Reading
    from addon_backend.services.runs.selection.views import Selection

EXAMPLES = 5


def preview(house: House, caller: Caller, selection: Selection, recipe: Recipe) -> Preview:
    """Show what a run would do and keep its quote; no cell value is stored and nothing is spent.

    The values are the panel's; the sheet must be one that a run could begin on. Raises `NotVisible`,
    `FileUnknown`, `SheetUnknown`, `SheetProtected`, `SelectionEmpty`, `NothingToRead`, `RecipeUnknown`,
    or what `permit` and `Switches.permitted` refuse.
    """
    if selection.protected:
        raise SheetProtected
    if any(name not in house.sources for name in recipe.sources):
        raise RecipeUnknown
    with house.store.reading() as unit:
        recipe = permit(unit, caller).permitted(recipe, caller.language)
    info, admitted = _sheet(house, caller, selection)
    shown, whole = selection, read_selection(selection)
    with house.store.reading() as unit:
        made_here = made_columns(unit, caller.workspace, selection.sheet) if admitted else {}
    plan = Plan(recipe, offers_of(house.sources), caller.language, made_here.values())
    selection, reading = plan.narrowed(selection, whole)
    made, outputs = plan.ours(reading.frame.columns), plan.outputs(reading.frame.columns)
    guards = {column.anchor: set().union(*column.obstacles.values()) for column in selection.table.columns}
    frame = replace(reading.frame, guarded=guarded_rows(reading.rows, guards))
    with house.store.reading() as unit:
        whose = caller.workspace if admitted else None
        kept = kept_by_run(frame, outputs)
        earlier = EarlierValues.of_list(unit, whose, selection.sheet, kept, outputs)
    hers = hers_of(earlier.without_ours(frame, outputs), outputs, made)
    groups = duplicate_groups(hers) if recipe.duplicates else ()
    frame = replace(frame, duplicates=_labels(groups, frame, outputs, caller.language))
    facts = {output.name: engine_facts(frame, output, caller.language) for output in outputs}
    rows = rows_in_play(selection, reading)
    scale = rows / max(1, frame.rows)
    credits_, units = (
        math.ceil(amount * scale) for amount in ceiling(asks(house.sources, frame, outputs, facts), outputs)
    )
    told = [output for output in outputs if _tells_something(frame, output, facts[output.name])]
    found = [(output, facts[output.name]) for output in told]
    decided = decisions(selection, reading, frame, found, earlier)
    changed = {output.name: _changed(frame, output, one, decided) for output, one in found}
    steps = [_step(frame, output, one, len(changed[output.name]), scale) for output, one in found]
    steps = [step for step in steps if step.count or step.to_ask]
    used = {anchor for output in told for anchor in (*output.inputs, output.target) if anchor}
    price = Price(credits_, units)
    known = known_list(house, caller, selection, whole.at(reading.rows), rows)
    with house.store.reading() as unit:
        marks = marks_at(unit, caller.workspace, shown, selection, reading, info)
    quote = _keep_quote(
        house, caller, selection, recipe, rows, price, sheet_header_row(selection, reading), marks
    )
    return Preview(
        quote_id=quote.id,
        expires_in=QUOTE_SECONDS,
        rows=rows,
        sampled=selection.table.sampled,
        headline=headline(_headline_counts(steps), sampled=selection.table.sampled, language=caller.language),
        quality=quality_of(reading, groups, used),
        steps=steps,
        examples=_examples(selection, reading, frame, told, facts, changed, caller.language),
        preflight=preflight(
            selection,
            told,
            decided,
            rows - known.new_rows if known and known.recipe == recipe.as_data() else 0,
            scale,
            caller.language,
        ),
        price=price,
        trial=quote.trial,
        trial_rows=min(TRIAL_ROWS, rows),
        columns=inspected_columns(whole),
        header_row=quote.header_row,
        known=known,
    )


def _sheet(house: House, caller: Caller, selection: Selection) -> tuple[SheetInfo, bool]:
    """Return the sheet, and whether its host has let the caller in: else nothing of others is told of it.

    Where the host is not asked before a run, the sheet is what the panel says of it.
    """
    ref = selection.sheet
    if ref.host not in house.told_by_panel:
        return admit_to_sheet(house, caller, ref), True
    admitted = admit_to_document(house, caller, ref.host, ref.document)
    return SheetInfo(ref, "", selection.title, selection.sheet_rows, selection.sheet_columns), admitted


def _keep_quote(
    house: House,
    caller: Caller,
    selection: Selection,
    recipe: Recipe,
    rows: int,
    price: Price,
    header_row: int | None,
    marks: Marks,
) -> Quote:
    with house.store.unit() as unit:
        now = unit.now()
        quote = Quote(
            id=token_urlsafe(16),
            workspace=caller.workspace,
            member=caller.member,
            sheet=selection.sheet,
            title=selection.title,
            range=selection.range,
            header_row=header_row,
            recipe=recipe,
            price_book=PRICE_BOOK,
            rows=rows,
            credits=price.credits,
            provider_units=price.provider_units,
            trial=price.credits > 0 and rows > TRIAL_ABOVE,
            created_at=now,
            expires_at=now + QUOTE_SECONDS,
            kinds=tuple(sorted(selection.kinds.items())),
            marks=marks_data(marks),
        )
        unit.quotes.add(quote)
        unit.commit()
    return quote


def _tells_something(frame: Frame, output: Output, facts: FactColumn) -> bool:
    return bool(changes(frame, output, facts) or (output.sources and blanks(frame, output, facts)))


def _labels(
    groups: Sequence[DuplicateGroup], frame: Frame, outputs: Sequence[Output], language: str
) -> list[str | None]:
    target = next((one.target for one in outputs if one.operation is Operation.DUPLICATES), None)
    return duplicate_labels(groups, frame.rows, language, frame.of(target) if target else None)


def _changed(
    frame: Frame, output: Output, facts: FactColumn, decided: Mapping[str, Sequence[Decision]]
) -> set[int]:
    """Return the rows in which a run would set something new."""
    rows = changes(frame, output, facts)
    if output.name not in decided:
        return set(rows)
    return {row for row in rows if decided[output.name][row].set}


def _step(frame: Frame, output: Output, facts: FactColumn, changed: int, scale: float) -> Step:
    count = round(changed * scale)
    to_ask = round(len(blanks(frame, output, facts)) * scale) if output.sources else 0
    source = next((column for column in frame.columns if column.anchor == output.inputs[0]), None)
    target = next((column for column in frame.columns if column.anchor == output.target), None)
    shown = target or (source if output.operation is Operation.CLEAN else None)
    return Step(
        name=output.name,
        operation=output.operation.value,
        field=output.field,
        label=source.header if source and output.operation is Operation.CLEAN else output.header,
        header=output.header,
        letter=column_letter(shown.index) if shown else None,
        mode=_mode(output),
        count=count,
        to_ask=to_ask,
        price=output.price,
        source=output.sources[0] if output.sources else None,
    )


def _mode(output: Output) -> str:
    if output.in_place:
        return "in_place"
    if output.operation is Operation.CLEAN:
        return "beside"
    return "new_column" if output.own else "fill_empty"


def _headline_counts(steps: Sequence[Step]) -> list[tuple[str, str, int]]:
    counted = [(step.operation, step.field, step.count) for step in steps if step.count]
    return counted + [("ask", step.field, step.to_ask) for step in steps if step.to_ask]


def _examples(
    selection: Selection,
    reading: Reading,
    frame: Frame,
    outputs: Sequence[Output],
    facts: Mapping[str, FactColumn],
    changed: Mapping[str, set[int]],
    language: str,
) -> list[Example]:
    if not any(changed.values()):
        return []
    return [
        Example(
            row=selection.table.top + reading.rows[row] + 1,
            cells=[
                _example_cell(frame, output, facts[output.name], row, language)
                for output in outputs
                if row in changed[output.name]
            ],
        )
        for row in _representative(outputs, facts, changed)
    ]


def _example_cell(frame: Frame, output: Output, facts: FactColumn, row: int, language: str) -> ExampleCell:
    fact = facts[row]
    column = output.inputs[0] if output.operation is Operation.CLEAN else output.target
    before = frame.of(column)[row] if column else None
    return ExampleCell(
        label=output.header, before=before, after=fact.value, reason=explained(fact.reason, language)[0]
    )


def _representative(
    outputs: Sequence[Output], facts: Mapping[str, FactColumn], changed: Mapping[str, set[int]]
) -> list[int]:
    """Choose rows that together show as many different (column, reason) pairs as five rows can."""
    shows: dict[int, set[tuple[str, str]]] = {}
    for output in outputs:
        column = facts[output.name]
        for row in changed[output.name]:
            shows.setdefault(row, set()).add((output.name, column[row].reason))
    seen: set[tuple[str, str]] = set()
    chosen: list[int] = []
    while shows and len(chosen) < EXAMPLES:
        best = max(shows, key=lambda row: (len(shows[row] - seen), -len(shows[row]), -row))
        seen |= shows.pop(best)
        chosen.append(best)
    return sorted(chosen)
