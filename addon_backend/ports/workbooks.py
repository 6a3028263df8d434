"""Files of this machine, opened as documents and exported again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from addon_backend.ports.documents import StoredDocument


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """Where an export went. ``changed_on_disk``: the opened file was edited since, so this lies beside it.

    ``left_out`` counts cells that the file's format cannot hold, by reason code.
    """

    path: Path
    changed_on_disk: bool
    left_out: Mapping[str, int] = field(default_factory=dict)


class Workbooks(Protocol):
    """Opens files into `Documents` and exports them again. ``sample`` is the bundled list."""

    sample: Path

    def open(self, workspace: str, path: Path, title: str | None = None) -> StoredDocument:
        """Open a workbook or list once. Raises a `FileProblem` or `DiskFull`; keeps nothing then."""
        ...

    def open_sample(self, workspace: str) -> StoredDocument:
        """Open a fresh copy of the bundled sample list."""
        ...

    def export(self, workspace: str, document: str, out: Path | None = None) -> ExportedFile:
        """Write the document as a file of its own format; never over its input. Raises `OutputExists`."""
        ...

    def forget(self, workspace: str, document: str) -> None:
        """Erase an opened document with whatever we kept of its file; what is gone already is no error."""
        ...

    def tidy(self) -> int:
        """Erase what openings that were killed an hour ago or earlier have left; return how many."""
        ...
