"""`Workbooks` over the files of this machine: opened into `Documents`, exported beside their original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.local.demo import demo_workbook
from addon_backend.local.shelf import export_document, forget_document, open_document, tidy_copies
from addon_backend.ports.workbooks import ExportedFile

if TYPE_CHECKING:
    from pathlib import Path

    from addon_backend.ports.documents import Documents, StoredDocument


class LocalWorkbooks:
    """Keeps a private copy of each document's file in ``copies``: export starts from it."""

    def __init__(self, documents: Documents, copies: Path) -> None:
        self._documents = documents
        self._copies = copies
        self.sample = demo_workbook()

    def open(self, workspace: str, path: Path, title: str | None = None) -> StoredDocument:
        """Open a workbook or list once. Raises a `FileProblem` or `DiskFull`; keeps nothing then."""
        return open_document(self._documents, workspace, path, self._copies, title)

    def open_sample(self, workspace: str) -> StoredDocument:
        """Open a fresh copy of the bundled sample list."""
        return self.open(workspace, self.sample)

    def export(self, workspace: str, document: str, out: Path | None = None) -> ExportedFile:
        """Write the document as a file of its own format; never over its input."""
        report = export_document(self._documents, workspace, document, out)
        return ExportedFile(report.path, report.changed_on_disk, report.left_out)

    def forget(self, workspace: str, document: str) -> None:
        """Erase an opened document with our copy of its file, if they are still there."""
        forget_document(self._documents, workspace, document, self._copies)

    def tidy(self) -> int:
        """Erase what openings that were killed have left; return how many."""
        return tidy_copies(self._documents, self._copies)
