"""Workers whose host is in trouble: one call in seven goes wrong, and somebody sorts now and then.

A worker process starts at `main` instead of `addon_backend.jobs.worker.main`; everything else is real.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from addon_backend.bootstrap import build_house
from addon_backend.domain.errors import AnswerUncertain, HostTrouble
from addon_backend.domain.sheet import SheetRef
from addon_backend.jobs import worker
from addon_backend.ports.documents import Documents
from addon_backend.ports.sheet_host import CellColumn, SheetHost, WriteBatch
from addon_backend.services.house import House

FAULTS = 0.15
SORTS = 0.05
A_MOMENT = 0.02


def main(token: str, environment: Mapping[str, str]) -> None:
    """Work like any worker, at a troubled host; ``ADDON_TROUBLE`` says whether that one compares."""
    compares = environment["ADDON_TROUBLE"] == "compares"
    vars(worker)["build_house"] = lambda *given: troubled(build_house(*given), compares)
    worker.main(token, environment)


def troubled(house: House, compares: bool) -> House:
    """Return the house with a host that is troubled on its own account."""
    choose = random.Random(os.getpid())
    return replace(
        house,
        host=lambda name, workspace, member: TroubledHost(
            house.host(name, workspace, member), house.documents, workspace, choose, compares=compares
        ),
    )


class TroubledHost:
    """A `SheetHost` that refuses, forgets to answer, or is sorted by somebody inside the guard window."""

    def __init__(
        self,
        inner: SheetHost,
        documents: Documents,
        workspace: str,
        choose: random.Random,
        *,
        compares: bool,
    ) -> None:
        self._inner, self._documents, self._workspace, self._choose = inner, documents, workspace, choose
        self.compares = compares
        self.name = inner.name
        self.rows_per_write = inner.rows_per_write
        self.describe = inner.describe
        self.sheets = inner.sheets
        self.anchors = inner.anchors
        self.locate = inner.locate
        self.add_columns = inner.add_columns

    def read(
        self, ref: SheetRef, anchors: Sequence[str], top: int, bottom: int | None
    ) -> tuple[CellColumn, ...]:
        """Read, unless it is a bad moment."""
        self._maybe(lambda: None)
        return self._inner.read(ref, anchors, top, bottom)

    def busy(self) -> float:
        """Return 0.0: this host says no only when it is asked."""
        return 0.0

    def write(self, ref: SheetRef, batch: WriteBatch) -> frozenset[int]:
        """Write, unless it is a bad moment; the answer may be lost, and the list sorted right before."""
        if self._choose.random() < SORTS:
            self._sort(ref)
        sent = batch if self.compares else replace(batch, expect={})
        self._maybe(lambda: self._inner.write(ref, sent))
        return self._inner.write(ref, sent)

    def _maybe(self, applied: Callable[[], object]) -> None:
        if self._choose.random() >= FAULTS:
            return
        kind = self._choose.choice(("refused", "lost", "dropped"))
        if kind == "refused":
            raise HostTrouble(retry_after=A_MOMENT)
        if kind == "lost":
            applied()
        raise AnswerUncertain(retry_after=A_MOMENT)

    def _sort(self, ref: SheetRef) -> None:
        header, *rows = self._documents.order(self._workspace, ref.document, ref.sheet)
        self._choose.shuffle(rows)
        self._documents.reorder(self._workspace, ref.document, ref.sheet, [header, *rows])
