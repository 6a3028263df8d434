"""From a file to a document and back: opened once, worked on in `Documents`, exported from a private copy."""

from __future__ import annotations

import itertools
import time
import uuid
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from addon_backend.domain.errors import FileUnknown, OutputExists
from addon_backend.local.changes import edits_of
from addon_backend.local.edits import ExportReport, SheetEdits
from addon_backend.local.files import discard_copy, export_file, keep_copy, open_file
from addon_backend.local.opened import FileSignature, OpenedFile
from addon_backend.local.output import numbered
from addon_backend.local.shelved import stored_rows, stored_sheet
from addon_backend.ports.documents import Documents, StoredDocument

ROW_ORDER = "row_order"

_MAY_STILL_BE_OPENING = 3_600.0
"""Seconds for which a copy without a document is given the benefit of the doubt."""


@dataclass(frozen=True, slots=True)
class DocumentExport:
    """What became of an export. ``file`` says it cell by cell.

    ``left_out`` counts by reason code what the file does not show: cells that cannot hold their value, and,
    under `ROW_ORDER`, the rows of sheets that had to stay in the order of the file.
    """

    file: ExportReport
    left_out: Mapping[str, int]

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.file.path

    @property
    def changed_on_disk(self) -> bool:
        """True when the opened file is not what it was: the export then has another name than asked for."""
        return self.file.changed_on_disk


def open_document(
    documents: Documents, workspace: str, path: Path, copies_folder: Path, title: str | None = None
) -> StoredDocument:
    """Open a workbook or a list, keep it in ``documents``, and its bytes in ``copies_folder/workspace/id``.

    The copy belongs to this document alone, so that it can go with it (law 11). Rows are handed on one by
    one. Raises a `FileProblem` or `DiskFull` and keeps nothing then. The file is only read.
    """
    name = uuid.uuid4().hex
    copy = keep_copy(path, copies_folder / workspace / name)
    try:
        opened = open_file(copy)
        document = StoredDocument(
            id=name,
            workspace=workspace,
            title=title or path.name,
            format=opened.suffix.removeprefix("."),
            source=str(path.resolve()),
            copy=str(copy.resolve()),
            signature=_signed(opened.signature),
            opened_at=time.time(),
        )
        stored = [(stored_sheet(name, number, sheet), sheet) for number, sheet in enumerate(opened.sheets)]
        documents.add(document, [(info, stored_rows(info, sheet)) for info, sheet in stored])
    except BaseException:
        discard_copy(copy)
        raise
    return document


def forget_document(documents: Documents, workspace: str, document: str, copies_folder: Path) -> None:
    """Erase an opened document and our copy of its file, if they are still there.

    The copy goes first: whoever is interrupted in between leaves a document that can be forgotten again.
    """
    with suppress(FileUnknown):
        copy = Path(documents.get(workspace, document).copy)
        if copy.is_relative_to(copies_folder.resolve()):  # whatever the database says, only what we made
            discard_copy(copy)
    documents.forget(workspace, document)


def tidy_copies(documents: Documents, copies_folder: Path) -> int:
    """Erase old copies that no document knows: whoever opened them was killed. Return how many."""
    erased = 0
    for folder in copies_folder.glob("*/*/"):
        if time.time() - folder.stat().st_mtime < _MAY_STILL_BE_OPENING:
            continue
        try:
            documents.get(folder.parent.name, folder.name)
        except FileUnknown:
            for copy in folder.iterdir():
                discard_copy(copy)
            erased += 1
    return erased


def export_document(
    documents: Documents, workspace: str, document: str, out: Path | None = None
) -> DocumentExport:
    """Write the document as it is now into a new file; whatever nobody changed is as in the opened file.

    Without ``out`` it takes the first free name beside the opened file: ``list.enriched.xlsx``. Never
    overwrites anything: `OutputExists`. Also raises `FileUnknown`, `FileUnreadable` (``changed``) where our
    copy is gone or damaged, `DiskFull`, and `HostTrouble` where rows are being moved all the while.
    """
    known = documents.get(workspace, document)
    opened = open_file(Path(known.copy))
    edits = _edits(documents, known, opened)
    report = _export(known, edits, out) if out else _export_beside(known, edits)
    left_out = Counter(cell.reason.value for cell in report.refused)
    if report.order_kept:
        left_out[ROW_ORDER] = sum(_moved(edits[name]) for name in report.order_kept)
    return DocumentExport(report, left_out)


def _edits(documents: Documents, document: StoredDocument, opened: OpenedFile) -> dict[str, SheetEdits]:
    stored = documents.sheets(document.workspace, document.id)
    return {
        info.title: edits
        for info, sheet in zip(stored, opened.sheets, strict=True)
        if (edits := edits_of(documents, document.workspace, info, sheet)) != SheetEdits()
    }


def _export(document: StoredDocument, edits: Mapping[str, SheetEdits], out: Path) -> ExportReport:
    copy, original = Path(document.copy), Path(document.source)
    if not original.exists():  # an upload, or moved away: nobody can take the export for a newer state of it
        original = copy
    return export_file(original, _signature(document.signature), edits, out, kept=copy)


def _export_beside(document: StoredDocument, edits: Mapping[str, SheetEdits]) -> ExportReport:
    source = Path(document.source)
    first = source.with_name(f"{source.stem}.enriched.{document.format}")
    for number in itertools.count(1):
        out = first if number == 1 else numbered(first, number)
        if not out.exists():
            with suppress(OutputExists):
                return _export(document, edits, out)
    raise AssertionError  # counting does not end


def _moved(edits: SheetEdits) -> int:
    return sum(row != at for at, row in enumerate(edits.row_order or ()))


def _signed(signature: FileSignature) -> str:
    return f"{signature.size}:{signature.mtime_ns}:{signature.sha256}"


def _signature(signed: str) -> FileSignature:
    size, mtime_ns, sha256 = signed.split(":")
    return FileSignature(int(size), int(mtime_ns), sha256)
