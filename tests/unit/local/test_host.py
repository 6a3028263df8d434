"""What the local host promises beyond the laws of every host."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addon_backend.domain.cells import CellValue
from addon_backend.domain.errors import FileUnknown, HostTrouble, RangeOutside, SheetFull
from addon_backend.domain.sheet import SheetRef
from addon_backend.local.host import LocalHost
from addon_backend.ports.documents import MOST_COLUMNS, RowChange, StoredRow
from addon_backend.ports.sheet_host import NewColumn, WriteBatch
from tests.contract.desks import Draft
from tests.contract.local_desk import LocalDesk
from tests.fakes.documents import MemoryDocuments


class Counted(MemoryDocuments):
    """Counts the transactions in which rows are changed."""

    def __init__(self) -> None:
        super().__init__()
        self.changes = 0

    def change(
        self, workspace: str, document: str, sheet: str, changes: Sequence[RowChange]
    ) -> frozenset[int]:
        self.changes += 1
        return super().change(workspace, document, sheet, changes)


class Restless(MemoryDocuments):
    """Somebody turns the rows round whenever some were read, until she has had enough."""

    def __init__(self, turns: int) -> None:
        super().__init__()
        self.turns = turns

    def rows(
        self, workspace: str, document: str, sheet: str, top: int, bottom: int, since: int = -1
    ) -> Sequence[StoredRow]:
        read = super().rows(workspace, document, sheet, top, bottom, since)
        if self.turns:
            self.turns -= 1
            self.reorder(workspace, document, sheet, self.order(workspace, document, sheet)[::-1])
        return read


def lay_out(documents: MemoryDocuments, draft: Draft) -> tuple[LocalHost, SheetRef, str]:
    desk = LocalDesk(documents, "w1")
    (ref,) = desk.lay_out(draft)
    return desk.host, ref, desk.host.anchors(ref, [0])[0]


def test_a_colleague_of_another_workspace_finds_nothing():
    documents = MemoryDocuments()
    _, ref, anchor = lay_out(documents, Draft([["n"], [1]]))
    stranger = LocalHost(documents, "w2")
    for attempt in (
        lambda: stranger.sheets(ref.document),
        lambda: stranger.describe(ref),
        lambda: stranger.read(ref, [anchor], 0, 2),
        lambda: stranger.add_columns(ref, [NewColumn("k", "h")], 0),
        lambda: stranger.write(ref, WriteBatch([1], {}, {anchor: ["mine"]})),
    ):
        with pytest.raises(FileUnknown):
            attempt()


def test_a_column_outside_the_used_area_has_no_anchor():
    host, ref, _ = lay_out(MemoryDocuments(), Draft([["n"]]))
    with pytest.raises(RangeOutside) as refusal:
        host.anchors(ref, [1])
    assert refusal.value.facts == {"column": "B"}


def test_a_sheet_that_is_full_gets_no_column_at_all():
    host, ref, _ = lay_out(MemoryDocuments(), Draft([["n"]], strays={(0, MOST_COLUMNS - 2): "x"}))
    with pytest.raises(SheetFull):
        host.add_columns(ref, [NewColumn("a", "A"), NewColumn("b", "B")], 0)
    assert host.describe(ref).columns == MOST_COLUMNS - 1
    host.add_columns(ref, [NewColumn("a", "A")], 0)
    assert host.describe(ref).columns == MOST_COLUMNS


def test_two_who_ask_for_the_same_column_at_once_get_the_same():
    host, ref, _ = lay_out(MemoryDocuments(), Draft([["n"], [1]]))
    made: list[tuple[str, ...]] = []
    ask = threading.Barrier(8)

    def wish() -> None:
        ask.wait()
        made.append(host.add_columns(ref, [NewColumn("fill:country", "Country")], 0))

    threads = [threading.Thread(target=wish) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert host.describe(ref).columns == 2


def test_a_batch_is_one_transaction_however_long():
    documents = Counted()
    host, ref, anchor = lay_out(documents, Draft([["n"], *([None] for _ in range(2_000))]))
    host.write(ref, WriteBatch(range(1, 2_001), {}, {anchor: range(2_000)}))
    assert documents.changes == 1


def test_rows_that_were_turned_round_during_a_long_read_are_read_again():
    host, ref, anchor = lay_out(Restless(3), Draft([[number] for number in range(12_000)]))
    (read,) = host.read(ref, [anchor], 0, 12_000)
    assert sorted(value for value in read.values if isinstance(value, int)) == list(range(12_000))


def test_rows_that_never_stand_still_are_not_read_wrongly():
    host, ref, anchor = lay_out(Restless(1_000), Draft([[number] for number in range(12_000)]))
    with pytest.raises(HostTrouble) as trouble:
        host.read(ref, [anchor], 0, 12_000)
    assert trouble.value.retry_after


KEYS = tuple("abcdef")
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("sort"), st.permutations(range(6))),
        st.tuples(st.just("insert"), st.integers(0, 6)),
        st.tuples(st.just("delete"), st.integers(0, 5)),
        st.tuples(st.just("type"), st.integers(0, 5)),
    ),
    max_size=4,
)


@given(deeds=deeds)
def test_no_value_ever_stands_beside_another_rows_key_and_no_edit_is_lost(deeds):
    """Whatever a person does between the guard read and the write."""
    desk = LocalDesk(MemoryDocuments(), "w1")
    (ref,) = desk.lay_out(Draft([[key, None] for key in KEYS]))
    key, out = desk.host.anchors(ref, [0, 1])
    typed = do(desk, ref, deeds)
    batch = WriteBatch(range(6), {key: KEYS, out: [None] * 6}, {out: [f"{name}!" for name in KEYS]})
    written = {KEYS[at] for at in set(range(6)) - desk.host.write(ref, batch)}
    keys, outs = (
        column.values for column in desk.host.read(ref, [key, out], 0, desk.host.describe(ref).rows)
    )
    for name, value in zip(keys, outs, strict=True):
        if name is None:
            assert value is None or value in typed.values()
        else:
            assert value == typed.get(name, f"{name}!" if name in written else None)


def do(desk: LocalDesk, ref: SheetRef, deeds: list[tuple[str, int | list[int]]]) -> dict[CellValue, str]:
    """Do what a person does; return what she typed last, by the key it stands beside or by its number."""
    typed: dict[CellValue, str] = {}
    for number, (deed, at) in enumerate(deeds):
        rows = desk.host.describe(ref).rows
        if isinstance(at, list):
            if rows == len(at):
                desk.sort(ref, at)
        elif at < rows and deed == "delete":
            desk.delete_row(ref, at)
        elif at <= rows and deed == "insert":
            desk.insert_row(ref, at)
        elif at < rows and deed == "type":
            desk.type_in(ref, at, 1, f"hers {number}")
            typed[desk.look(ref, at, 0) or number] = f"hers {number}"
    return typed
