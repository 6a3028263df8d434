"""Which columns a recipe writes on the columns that were found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from addon_backend.domain.fields import CATALOGUE, Field
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.domain.runs import InputColumn, Operation, Output
from addon_backend.engine.enrich import derivable
from addon_backend.engine.plan.duplicates import compared

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from addon_backend.engine.plan.frame import Frame

_CLEAN_SUFFIX = {"en": "(clean)", "fr": "(nettoyé)"}
_TELLING_NOBODY = frozenset({ColumnKind.NOTES, ColumnKind.TEXT})
_DUPLICATES = {"en": "Duplicates", "fr": "Doublons"}


@dataclass(frozen=True, slots=True)
class Offer:
    """What a priced source can fill: its fields with our price each, and the kinds it needs one of."""

    source: str
    prices: Mapping[str, int]
    needs: tuple[ColumnKind, ...]


def plan_outputs(
    recipe: Recipe,
    columns: Sequence[InputColumn],
    offers: Sequence[Offer],
    language: str,
    ours: Collection[str] = (),
) -> tuple[Output, ...]:
    """Return every output the recipe asks for and these columns allow, in the order of the sheet.

    ``ours`` are the anchors of columns that earlier runs made: they are written to again, and never read.
    Whether one has anything to do is only known once values are seen: callers drop idle outputs.
    """
    tongue = "fr" if language.startswith("fr") else "en"
    twins = _twins(columns)
    hers = [column for column in columns if column not in twins.values() and column.anchor not in ours]
    made = [column for column in columns if column.anchor in ours]
    cleaned = [_clean(recipe, column, twins.get(column.anchor), tongue) for column in hers]
    filled = [_fill(CATALOGUE[name], hers, made, offers, recipe, tongue) for name in recipe.fill]
    found = [output for output in (*cleaned, *filled) if output is not None]
    telling = [column for column in hers if column.kind not in _TELLING_NOBODY]
    if recipe.duplicates and telling:
        there = _named(columns, _DUPLICATES.values())
        found.append(
            Output(
                name="duplicates",
                header=there.header if there else _DUPLICATES[tongue],
                operation=Operation.DUPLICATES,
                field="duplicates",
                inputs=tuple(column.anchor for column in telling),
                target=there.anchor if there else None,
                own=True,
            )
        )
    return tuple(found)


def hers_of(frame: Frame, outputs: Sequence[Output], ours: Collection[str] = ()) -> Frame:
    """Return the frame without the columns that are ours."""
    own = {output.target for output in outputs if output.own}.union(ours)
    return frame.only({column.anchor for column in frame.columns} - own)


def left_unread(columns: Sequence[InputColumn], outputs: Sequence[Output]) -> set[str]:
    """Return the anchors of the notes that a run of these outputs need not look at."""
    used = {anchor for one in outputs for anchor in (*one.inputs, one.target) if anchor}
    return {column.anchor for column in columns} - used.union(compared(columns))


def told_by_what_stays(frame: Frame, outputs: Sequence[Output]) -> Frame:
    """Tell rows by the columns that these outputs do not fill, where there are any."""
    filled = {output.target for output in outputs if not output.in_place}
    if all(column.anchor in filled for column in frame.columns):
        return frame
    columns = (replace(column, key=column.anchor not in filled) for column in frame.columns)
    return replace(frame, columns=tuple(columns))


def kept_by_run(frame: Frame, outputs: Sequence[Output]) -> Frame:
    """Return the columns that a run of these outputs reads and writes, told by those that stay."""
    used = {anchor for one in outputs for anchor in (*one.inputs, one.target) if anchor}
    return told_by_what_stays(frame.only(used), outputs)


def _named(columns: Sequence[InputColumn], headers: Iterable[str]) -> InputColumn | None:
    """Return the column that has one of these headers: a run before this one made it, or she did."""
    wanted = frozenset(headers)
    return next((column for column in columns if column.header in wanted), None)


def _twins(columns: Sequence[InputColumn]) -> dict[str, InputColumn]:
    """Return, by anchor, the column beside another one that holds its clean values: no column to clean."""
    found = {}
    for column in columns:
        twin = _named(columns, (f"{column.header} {suffix}" for suffix in _CLEAN_SUFFIX.values()))
        if twin is not None:
            found[column.anchor] = twin
    return found


def _clean(recipe: Recipe, column: InputColumn, twin: InputColumn | None, tongue: str) -> Output | None:
    mode = recipe.mode(column.kind)
    if mode is CleanMode.OFF:
        return None
    in_place = mode is CleanMode.IN_PLACE
    where = column if in_place else twin
    return Output(
        name=f"clean:{column.anchor}",
        header=where.header if where else f"{column.header} {_CLEAN_SUFFIX[tongue]}".strip(),
        operation=Operation.CLEAN,
        field=column.kind.value,
        inputs=(column.anchor,),
        target=where.anchor if where else None,
        own=not in_place,
        in_place=in_place,
    )


def _fill(
    field: Field,
    columns: Sequence[InputColumn],
    made: Sequence[InputColumn],
    offers: Sequence[Offer],
    recipe: Recipe,
    tongue: str,
) -> Output | None:
    existing = next((column for column in columns if field.kind and column.kind is field.kind), None)
    where = existing or _named([*made, *columns], (field.label(tongue) for tongue in _DUPLICATES))
    by_kind: dict[ColumnKind, InputColumn] = {}
    for column in columns:
        if column is not where:
            by_kind.setdefault(column.kind, column)
    kinds = derivable(field.name, by_kind.keys()) or ()
    asked = [
        offer
        for name in recipe.sources
        for offer in offers
        if offer.source == name
        and field.name in offer.prices
        and any(kind in by_kind for kind in offer.needs)
    ]
    if not kinds and not asked:
        return None
    wanted = dict.fromkeys((*kinds, *(kind for offer in asked for kind in offer.needs if kind in by_kind)))
    return Output(
        name=f"fill:{field.name}",
        header=where.header if where else field.label(tongue),
        operation=Operation.FILL,
        field=field.name,
        inputs=tuple(by_kind[kind].anchor for kind in wanted),
        target=where.anchor if where else None,
        own=existing is None,
        engine=bool(kinds),
        sources=tuple(offer.source for offer in asked),
        price=max((offer.prices[field.name] for offer in asked), default=0),
    )
