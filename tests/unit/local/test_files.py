"""Opening, keeping a copy, exporting: what happens to the files around it."""

import errno
import os
import resource
import stat
from pathlib import Path

import pytest

from addon_backend.domain.errors import DiskFull, FileProblem, FileUnknown, FileUnreadable, OutputExists
from addon_backend.local.edits import SheetEdits
from addon_backend.local.files import export_file, keep_copy, open_file
from addon_backend.local.opened import Why
from tests.unit.local.books import by_hand, export, worksheet


@pytest.fixture
def contacts(tmp_path):
    """A list of two rows."""
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"name,city\nAda,Paris\n")
    return path


def names(folder):
    """What lies in a folder, hidden files too."""
    return sorted(path.name for path in Path(folder).iterdir())


EDITS = {"contacts": SheetEdits({(0, 2): "ok"})}
DONE = b"name,city,ok\nAda,Paris,\n"


def test_a_copy_opens_with_the_same_signature(contacts, tmp_path):
    """Same bytes, same date, same name, readable by us alone."""
    copy = keep_copy(contacts, tmp_path / "kept")
    assert copy.name == contacts.name
    assert open_file(copy).signature == open_file(contacts).signature
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert names(copy.parent) == ["contacts.csv"]


def test_an_export_is_a_new_file_with_ordinary_rights(contacts, tmp_path):
    """Others may read it as they may read any file she saves; the original is not touched."""
    before = contacts.read_bytes(), contacts.stat().st_mtime_ns
    mask = os.umask(0o027)
    try:
        report = export_file(contacts, open_file(contacts).signature, EDITS, tmp_path / "out.csv")
    finally:
        os.umask(mask)
    assert (report.path, report.changed_on_disk, report.written) == (tmp_path / "out.csv", False, 1)
    assert report.path.read_bytes() == DONE
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o640
    assert (contacts.read_bytes(), contacts.stat().st_mtime_ns) == before
    assert names(tmp_path) == ["contacts.csv", "out.csv"]


def test_nothing_that_exists_is_overwritten(contacts, tmp_path):
    """Not the original, by whatever path it is reached, and no other file."""
    signature = open_file(contacts).signature
    (tmp_path / "link.csv").symlink_to(contacts)
    (tmp_path / "nowhere.csv").symlink_to(tmp_path / "missing.csv")
    (tmp_path / "other.csv").write_bytes(b"mine")
    (tmp_path / "sub").mkdir()
    around = tmp_path / "sub" / ".." / "contacts.csv"
    for out in (contacts, around, tmp_path / "link.csv", tmp_path / "nowhere.csv", tmp_path / "other.csv"):
        with pytest.raises(OutputExists):
            export_file(contacts, signature, EDITS, out)
    assert contacts.read_bytes() == b"name,city\nAda,Paris\n"
    assert (tmp_path / "other.csv").read_bytes() == b"mine"
    assert names(tmp_path) == ["contacts.csv", "link.csv", "nowhere.csv", "other.csv", "sub"]


def test_a_file_that_takes_the_name_meanwhile_is_not_overwritten(contacts, tmp_path, monkeypatch):
    """Two exports at once: the second is told."""
    link = os.link

    def late(source, target):
        Path(target).write_bytes(b"somebody else's")
        link(source, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(OutputExists):
        export_file(contacts, open_file(contacts).signature, EDITS, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == b"somebody else's"
    assert names(tmp_path) == ["contacts.csv", "out.csv"]


def test_a_folder_without_links_gets_its_file_too(contacts, tmp_path, monkeypatch):
    """FAT and some shares cannot link."""

    def refuse(*_):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    report = export_file(contacts, open_file(contacts).signature, EDITS, tmp_path / "out.csv")
    assert report.path.read_bytes() == DONE
    assert names(tmp_path) == ["contacts.csv", "out.csv"]


def test_an_original_that_changed_meanwhile_gets_a_numbered_neighbour(contacts, tmp_path):
    """The export is of what was opened, under a name that nobody takes for the newer list; she is told."""
    copy = keep_copy(contacts, tmp_path / "kept")
    signature = open_file(copy).signature
    contacts.write_bytes(b"name,city\nBo,Lyon\n")
    out = tmp_path / "out.csv"
    first = export_file(contacts, signature, EDITS, out, kept=copy)
    second = export_file(contacts, signature, EDITS, out, kept=copy)
    contacts.unlink()
    third = export_file(contacts, signature, EDITS, out, kept=copy)
    assert [report.path.name for report in (first, second, third)] == ["out.2.csv", "out.3.csv", "out.4.csv"]
    assert all(report.changed_on_disk for report in (first, second, third))
    assert {report.path.read_bytes() for report in (first, second, third)} == {DONE}


def test_an_original_with_a_new_date_and_the_same_bytes_has_not_changed(contacts, tmp_path):
    """Copying and syncing programs touch files."""
    copy = keep_copy(contacts, tmp_path / "kept")
    os.utime(contacts, (0, 0))
    report = export_file(contacts, open_file(copy).signature, EDITS, tmp_path / "out.csv", kept=copy)
    assert (report.path.name, report.changed_on_disk) == ("out.csv", False)


def test_without_the_bytes_that_were_opened_there_is_no_export(contacts, tmp_path):
    """Edits by row and column mean nothing in another list."""
    signature = open_file(contacts).signature
    contacts.write_bytes(b"city,name\nParis,Ada\n")
    with pytest.raises(FileUnreadable) as caught:
        export_file(contacts, signature, EDITS, tmp_path / "out.csv")
    assert caught.value.facts["reason"] == Why.CHANGED
    assert names(tmp_path) == ["contacts.csv"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_nothing_behind(contacts, tmp_path, monkeypatch, number):
    """Noticed as late as when the bytes are really sent to the disk."""

    def full(_):
        raise OSError(number, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        export_file(contacts, open_file(contacts).signature, EDITS, tmp_path / "out.csv")
    assert names(tmp_path) == ["contacts.csv"]


def test_a_disk_that_fills_up_while_writing_leaves_nothing_behind(tmp_path):
    """A real limit of the system, met in the middle of a workbook."""
    path = by_hand(
        tmp_path, worksheet("".join(f"<row><c><v>{os.urandom(9).hex()}</v></c></row>" for _ in range(9_000)))
    )
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(DiskFull):
            export(path, {(0, 1): "x"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(tmp_path) == ["contacts.xlsx"]
    assert export(path, {(0, 1): "x"}).written == 1


def test_an_interrupted_export_leaves_nothing_behind(contacts, tmp_path, monkeypatch):
    """Ctrl-C in the middle."""

    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        export_file(contacts, open_file(contacts).signature, EDITS, tmp_path / "out.csv")
    assert names(tmp_path) == ["contacts.csv"]


def test_a_folder_that_is_not_there_or_closed_is_told(contacts, tmp_path):
    """She may have unplugged the drive."""
    signature = open_file(contacts).signature
    with pytest.raises(FileUnknown):
        export_file(contacts, signature, EDITS, tmp_path / "nowhere" / "out.csv")
    with pytest.raises(FileProblem) as caught:
        export_file(contacts, signature, EDITS, contacts / "out.csv")
    assert caught.type in (FileProblem, FileUnknown)
    with pytest.raises(FileProblem):
        export_file(contacts, signature, EDITS, tmp_path / ("x" * 300 + ".csv"))
