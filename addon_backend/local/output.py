"""A new file that appears whole or not at all, and never over another one."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from addon_backend.domain.errors import DiskFull, FileProblem, FileUnknown, OutputExists

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES}
)


_Result = TypeVar("_Result")


def write_new(out: Path, write: Callable[[BinaryIO], _Result]) -> _Result:
    """Write a file that did not exist, through a temporary one beside it; return what ``write`` returns.

    Whatever happens, ``out`` is complete or absent and nothing else is left behind. Raises `OutputExists`,
    `DiskFull`, `FileUnknown` without the folder, `FileProblem` where it cannot be written to.
    """
    unfinished = out.with_name(f".{out.stem[:40]}.{secrets.token_hex(4)}.part")
    with told(out):
        if out.exists():  # said before the work; whoever takes the name meanwhile is noticed at the end
            raise OutputExists
        try:
            with unfinished.open("xb") as target:
                result = write(target)
                target.flush()
                os.fsync(target.fileno())
            _publish(unfinished, out)
        finally:
            unfinished.unlink(missing_ok=True)
        _sync_folder(out.parent)
    return result


def numbered(path: Path, number: int) -> Path:
    """Return ``list.2.xlsx`` for ``list.xlsx`` and 2."""
    return path.with_name(f"{path.stem}.{number}{path.suffix}")


@contextmanager
def told(out: Path) -> Iterator[None]:
    """Say in our words why ``out`` could not be made."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise DiskFull from error
        if isinstance(error, FileExistsError):
            raise OutputExists from error
        if isinstance(error, FileNotFoundError | NotADirectoryError) and not out.parent.is_dir():
            raise FileUnknown(reason="no_folder") from error
        raise FileProblem(reason="not_writable") from error


def _publish(unfinished: Path, out: Path) -> None:
    """Give the file its name, unless another file took it meanwhile: linking refuses, replacing would not."""
    try:
        os.link(unfinished, out)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if out.exists():  # a folder without links (FAT, some shares): the window is this line
            raise OutputExists from None
        unfinished.replace(out)


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # some systems cannot sync a folder; the file itself is on disk
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
