"""Opening a person's own workbook or the sample list, for the sandbox and the command line."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from addon_backend.domain.errors import DiskFull, FileTooLarge

if TYPE_CHECKING:
    from typing import BinaryIO

    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.documents import StoredDocument
    from addon_backend.services.house import House

LARGEST_UPLOAD = 60 * 1024 * 1024
LONGEST_TITLE = 60
COPY_BYTES = 1024 * 1024
NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})


def open_upload(house: House, caller: Caller, stream: BinaryIO, filename: str) -> StoredDocument:
    """Open an uploaded file; nothing of it stays on disk but the opened document. Raises a `FileProblem`."""
    title = _title(filename)
    with tempfile.TemporaryDirectory(prefix="addon-") as folder:
        path = Path(folder) / title  # a list without sheets is called after its file
        try:
            _receive(stream, path)
        except OSError as trouble:
            if trouble.errno in NO_SPACE:
                raise DiskFull from trouble
            raise
        return house.workbooks.open(caller.workspace, path, title)


def _receive(stream: BinaryIO, path: Path) -> None:
    size = 0
    with path.open("wb") as out:
        while data := stream.read(COPY_BYTES):
            size += len(data)
            if size > LARGEST_UPLOAD:
                raise FileTooLarge(limit_mb=LARGEST_UPLOAD // 1024 // 1024)
            out.write(data)


def _title(filename: str) -> str:
    """Return what a person calls the file, as a name that any file system takes."""
    known = filename.encode("utf-8", "replace").decode().replace("\\", "/").replace("\0", "")
    return PurePath(known).name[-LONGEST_TITLE:].lstrip(".") or "list"


def open_demo(house: House, caller: Caller) -> StoredDocument:
    """Open a fresh copy of the sample list."""
    return house.workbooks.open_sample(caller.workspace)


def sample_file(house: House) -> Path:
    """Return the path of the sample list; open it, never write to it."""
    return house.workbooks.sample
