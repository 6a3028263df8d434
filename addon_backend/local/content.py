"""What a file is by its first bytes; its name is not asked."""

from __future__ import annotations

from addon_backend.domain.errors import FileLocked, FileUnreadable
from addon_backend.local.delimited.encoding import is_text
from addon_backend.local.opened import Why

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Office wrote before 2007, and still wraps encryption in
)
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OLD_WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<head", b"<meta", b"<body")
_OTHER_KINDS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"SQLite f",
)
_TAR, _TAR_AT = b"ustar", 257  # a header of plain text, padded with NUL
_SAMPLE = 65_536


def is_workbook(data: bytes) -> bool:
    """Return True for a zip package, False for text (`is_text` says what that is); raise for what is neither.

    Raises `FileLocked` for an encrypted workbook, and `FileUnreadable` with a ``reason``, and ``save_as``
    where Excel can save the same list in a format we read.
    """
    if not data:
        raise FileUnreadable(reason=Why.EMPTY)
    if data.startswith(_ZIP):
        return True
    if data.startswith(_COMPOUND):
        _refuse_compound(data)
    if data.startswith(_OTHER_KINDS) or data.startswith(_TAR, _TAR_AT):
        raise FileUnreadable(reason=Why.NOT_A_LIST)
    start = data[:_SAMPLE].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP):
        raise FileUnreadable(reason=Why.WEB_PAGE, save_as=".xlsx")
    if not is_text(data):
        raise FileUnreadable(reason=Why.NOT_A_LIST)
    return False


def _refuse_compound(data: bytes) -> None:
    if _ENCRYPTED_STREAM in data:
        raise FileLocked
    if any(stream in data for stream in _OLD_WORKBOOK_STREAMS):
        raise FileUnreadable(reason=Why.OLD_EXCEL, save_as=".xlsx")
    raise FileUnreadable(reason=Why.NOT_A_LIST)
