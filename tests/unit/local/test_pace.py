"""A sandbox can be slowed down, and only its writes are."""

from addon_backend.local.host import LocalHost
from addon_backend.local.pace import SLOW_ROWS, FilePace, PacedHost
from addon_backend.ports.sheet_host import WriteBatch
from tests.contract.desks import Draft
from tests.contract.local_desk import LocalDesk
from tests.fakes.documents import MemoryDocuments


def test_a_pace_is_off_until_it_is_chosen_and_the_same_for_every_process(tmp_path):
    here, there = FilePace(tmp_path / "pace"), FilePace(tmp_path / "pace")
    assert here.seconds() == 0
    here.choose(5)
    assert there.seconds() == 5
    there.choose(0)
    assert here.seconds() == 0


def test_a_damaged_pace_is_none(tmp_path):
    (tmp_path / "pace").write_text("soon")
    assert FilePace(tmp_path / "pace").seconds() == 0


def test_a_write_waits_first_and_then_compares_as_ever(tmp_path):
    """What she does during the pause wins."""
    desk = LocalDesk(MemoryDocuments(), "w1")
    (ref,) = desk.lay_out(Draft([["Name", "Phone"], ["Ada", None], ["Bo", None]]))
    pauses: list[float] = []
    pace = FilePace(tmp_path / "pace")

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        desk.type_in(ref, 1, 0, "Ada L.")

    pace.choose(5)
    host = PacedHost(desk.documents, "w1", pace, pause)
    name, phone = host.anchors(ref, [0, 1])
    host.read(ref, [name], 0, 3)
    assert not pauses
    refused = host.write(ref, WriteBatch([1, 2], {name: ["Ada", "Bo"]}, {phone: ["1", "2"]}))
    assert pauses == [5]
    assert refused == {0}
    assert [desk.look(ref, row, 1) for row in (1, 2)] == [None, "2"]


def test_a_slow_sheet_is_written_in_small_parts(tmp_path):
    documents, pace = MemoryDocuments(), FilePace(tmp_path / "pace")
    assert PacedHost(documents, "w1", pace, lambda _: None).rows_per_write == LocalHost.rows_per_write
    pace.choose(1)
    assert PacedHost(documents, "w1", pace, lambda _: None).rows_per_write == SLOW_ROWS
