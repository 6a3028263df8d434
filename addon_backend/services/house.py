"""What every use case is given: the ports, already joined to their adapters by ``bootstrap``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from addon_backend.ports.bell import Bell
    from addon_backend.ports.documents import Documents, StoredDocument
    from addon_backend.ports.sheet_host import SheetHost
    from addon_backend.ports.source import Source
    from addon_backend.ports.store import Store


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """Where an export went. ``changed_on_disk``: the opened file was edited since, so this lies beside it.

    ``left_out`` counts cells that the file's format cannot hold, by reason code.
    """

    path: Path
    changed_on_disk: bool
    left_out: Mapping[str, int] = field(default_factory=dict)


class Workbooks(Protocol):
    """Opens files into `Documents` and exports them again."""

    def open(self, workspace: str, path: Path, title: str | None = None) -> StoredDocument:
        """Open a workbook or list once. Raises a `FileProblem`; keeps nothing then."""
        ...

    def open_sample(self, workspace: str) -> StoredDocument:
        """Open a fresh copy of the bundled sample list."""
        ...

    def export(self, workspace: str, document: str, out: Path | None = None) -> ExportedFile:
        """Write the document as a file of its own format; never over its input. Raises `OutputExists`."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """The ports of one process."""

    store: Store
    bell: Bell
    host: Callable[[str, str], SheetHost]
    """(host name, workspace) → the host, acting with that workspace's credential."""
    sources: Mapping[str, Source]
    documents: Documents
    workbooks: Workbooks
