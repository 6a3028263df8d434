"""Opening a list from a file and giving it back: the two verbs of this folder, and a copy to be safe.

How they go together: ``keep_copy`` first, ``open_file`` on the copy, work, ``export_file`` from the copy.
Edits name rows and columns of the bytes that were opened, so those bytes must still be there at the end,
whatever happens meanwhile to the file they came from.
"""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from addon_backend.domain.errors import (
    FileProblem,
    FileTooLarge,
    FileUnknown,
    FileUnreadable,
    OutputExists,
    SheetUnknown,
)
from addon_backend.local.content import is_workbook
from addon_backend.local.delimited.export import write_list
from addon_backend.local.delimited.reading import read_raw, sheet_of
from addon_backend.local.edits import ExportReport, Outcome, SheetEdits
from addon_backend.local.opened import (
    DEFAULT_LIMITS,
    FileFormat,
    FileLimits,
    FileSignature,
    OpenedFile,
    Why,
)
from addon_backend.local.output import numbered, told, write_new
from addon_backend.local.xlsx.export import write_workbook
from addon_backend.local.xlsx.workbook import Workbook


def open_file(path: Path, *, limits: FileLimits = DEFAULT_LIMITS) -> OpenedFile:
    """Read a workbook or a list; which of them it is, its content says, not its name.

    The one sheet of a list is called as the file. Raises `FileUnknown`, `FileUnreadable` (``reason`` says
    why, ``save_as`` what to save it as instead), `FileLocked`, `FileTooLarge`.
    """
    data, signature = _read(path, limits)
    if is_workbook(data):
        book = Workbook(data, limits)
        sheets = tuple(book.read(sheet, book.part(sheet)) for sheet in book.sheets)
        return OpenedFile(path, "xlsx", book.suffix, signature, sheets)
    raw = read_raw(data, tabs_likely=_tabs_likely(path), limits=limits)
    kind: FileFormat = "tsv" if raw.dialect.delimiter == "\t" else "csv"
    return OpenedFile(path, kind, f".{kind}", signature, (sheet_of(raw, _sheet_name(path)),))


def keep_copy(path: Path, folder: Path, *, limits: FileLimits = DEFAULT_LIMITS) -> Path:
    """Copy the file's bytes as they are now into a new folder of their own, and return where they are.

    The copy keeps name and date, so it opens with the same signature. Only we may read it. Raises what
    `open_file` raises of a file, and `DiskFull`; nothing is left of the folder then.
    """
    data, signature = _read(path, limits)
    copy = folder / path.name
    with told(folder):
        folder.mkdir(mode=0o700, parents=True)
    try:
        write_new(copy, partial(_put, data))
        os.utime(copy, ns=(signature.mtime_ns, signature.mtime_ns))
        copy.chmod(0o600)
    except BaseException:
        discard_copy(copy)
        raise
    return copy


def discard_copy(copy: Path) -> None:
    """Remove what `keep_copy` made, with its folder. What is gone already is no error."""
    copy.unlink(missing_ok=True)
    with suppress(OSError):
        copy.parent.rmdir()


def export_file(
    original: Path,
    opened_signature: FileSignature,
    edits: Mapping[str, SheetEdits],
    out: Path,
    *,
    kept: Path | None = None,
    limits: FileLimits = DEFAULT_LIMITS,
) -> ExportReport:
    """Write a new file: the opened one with these edits (sheet name → edits), and nothing else changed.

    ``kept`` is the copy of the opened bytes (`keep_copy`); without it the original must still hold them.
    The original is never written to, nor any other file that exists: `OutputExists`. Where the original has
    changed since it was opened, the export is still of what was opened, and takes the next free numbered
    name (``list.2.xlsx``) so that nobody takes it for the newer list; the report says so. Cells that cannot
    hold their value stay as they are and are reported. Either the whole file appears or none: `DiskFull`,
    `FileUnknown` without the folder. Raises `SheetUnknown` for edits of a sheet that the file does not
    have, `FileUnreadable` (``changed``) where the opened bytes are gone.
    """
    data, signature = _read(kept or original, limits)
    if signature.sha256 != opened_signature.sha256:
        raise FileUnreadable(reason=Why.CHANGED)
    if _is_same(out, original):
        raise OutputExists(reason="original")
    write = partial(_write, data, _sheet_name(original), edits, limits, _tabs_likely(original))
    changed = kept is not None and not _still_is(original, opened_signature, limits)
    path, outcome = _write_beside(out, write) if changed else (out, write_new(out, write))
    return ExportReport(
        path=path,
        changed_on_disk=changed,
        written=outcome.written,
        refused=tuple(outcome.refused),
        order_kept=outcome.order_kept,
        encoding=outcome.encoding,
        reencoded=outcome.reencoded,
    )


def _write(
    data: bytes,
    name: str,
    edits: Mapping[str, SheetEdits],
    limits: FileLimits,
    tabs_likely: bool,  # noqa: FBT001 - filled in once, by position
    target: BinaryIO,
) -> Outcome:
    if is_workbook(data):
        return write_workbook(data, edits, target, limits)
    if edits.keys() - {name}:
        raise SheetUnknown(sheets=len(edits.keys() - {name}))
    raw = read_raw(data, tabs_likely=tabs_likely, limits=limits)
    return write_list(raw, name, edits.get(name, SheetEdits()), target)


def _write_beside(out: Path, write: Callable[[BinaryIO], Outcome]) -> tuple[Path, Outcome]:
    for number in itertools.count(2):
        path = numbered(out, number)
        with suppress(OutputExists):
            return path, write_new(path, write)
    raise AssertionError  # counting does not end


def _sheet_name(path: Path) -> str:
    return path.stem


def _tabs_likely(path: Path) -> bool:
    return path.suffix.lower() in (".tsv", ".tab")


def _still_is(original: Path, opened: FileSignature, limits: FileLimits) -> bool:
    try:
        return _read(original, limits)[1].sha256 == opened.sha256
    except FileProblem:
        return False


def _is_same(out: Path, original: Path) -> bool:
    with suppress(OSError):  # one of them is not there
        return out.samefile(original)
    return False


def _put(data: bytes, target: BinaryIO) -> None:
    target.write(data)


def _read(path: Path, limits: FileLimits) -> tuple[bytes, FileSignature]:
    """Return the file's bytes and their signature: what is parsed is what was signed."""
    try:
        if not path.exists():
            raise FileUnknown
        if not path.is_file():  # a folder; or a pipe, which would keep us waiting
            raise FileUnreadable(reason=Why.NOT_A_FILE)
        with path.open("rb") as file:
            info = os.fstat(file.fileno())
            data = file.read(limits.file_bytes + 1) if info.st_size <= limits.file_bytes else None
    except PermissionError:
        raise FileUnreadable(reason=Why.NO_PERMISSION) from None
    except (OSError, ValueError):  # a name that cannot be one, a disk that does not answer
        raise FileUnreadable(reason=Why.NOT_A_FILE) from None
    if data is None or len(data) > limits.file_bytes:
        raise FileTooLarge(bytes=limits.file_bytes)
    return data, FileSignature(len(data), info.st_mtime_ns, hashlib.sha256(data).hexdigest())
