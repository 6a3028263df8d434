"""What people wrote about their rows is left out of a selection: no worker reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from addon_backend.domain.errors import NothingToRead
from addon_backend.engine.plan.outputs import left_unread, plan_outputs
from addon_backend.services.runs.selection.inspect import read_selection, sheet_header_row

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from addon_backend.domain.recipes import Recipe
    from addon_backend.domain.runs import InputColumn, Output
    from addon_backend.engine.plan.outputs import Offer
    from addon_backend.services.runs.selection.reading import Reading
    from addon_backend.services.runs.selection.views import Selection, Table


class Plan:
    """What a recipe does with columns; ``made`` are the headers of columns that earlier runs made."""

    def __init__(self, recipe: Recipe, offers: Sequence[Offer], language: str, made: Collection[str]) -> None:
        """Take all but the columns."""
        self._recipe, self._offers, self._language, self._made = recipe, offers, language, frozenset(made)

    def ours(self, columns: Sequence[InputColumn]) -> set[str]:
        """Return the anchors of the columns that earlier runs made."""
        return {column.anchor for column in columns if column.header in self._made}

    def outputs(self, columns: Sequence[InputColumn]) -> tuple[Output, ...]:
        """Return what is written on these columns."""
        return plan_outputs(self._recipe, columns, self._offers, self._language, self.ours(columns))

    def narrowed(self, selection: Selection, reading: Reading) -> tuple[Selection, Reading]:
        """Return the selection without the columns that are left unread, and what is read in it.

        All of it where a column would be taken for something else without its neighbours, or where nothing
        would be left: a run does what was shown. All of it, too, where no header tells which column it is.
        """
        columns = reading.frame.columns
        outputs = self.outputs(columns)
        kept = {column.anchor for column in columns} - left_unread(columns, outputs)
        header = sheet_header_row(selection, reading)
        if len(kept) == len(columns) or header is None:
            return selection, reading
        fewer = replace(selection, table=_only(selection.table, kept), header_row=header)
        try:
            again = read_selection(fewer)
        except NothingToRead:
            return selection, reading
        then, now = reading.frame.only(kept), again.frame
        read_alike = (now.columns, now.contexts) == (then.columns, then.contexts)
        if not read_alike or self.outputs(now.columns) != outputs:
            return selection, reading
        return fewer, replace(again, frame=replace(now, unread=True))


def _only(table: Table, anchors: Collection[str]) -> Table:
    at = [i for i, column in enumerate(table.columns) if column.anchor in anchors]
    above = table.above
    if above is not None:
        above = replace(above, rows=[[row[i] for i in at] for row in above.rows])
    return replace(table, columns=[table.columns[i] for i in at], above=above)
