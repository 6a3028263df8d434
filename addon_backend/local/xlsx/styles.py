"""The cell styles of a workbook, as far as they say what a number means and whether a cell is unlocked."""

from __future__ import annotations

from addon_backend.domain.errors import FileUnreadable
from addon_backend.local.formats import BUILT_IN, GENERAL, Style, shows_dates
from addon_backend.local.opened import Why
from addon_backend.local.xlsx.markup import Element, each, local_name, tree


def read_styles(part: bytes) -> tuple[Style, ...]:
    """Return the styles in the order in which cells count them (``cellXfs``). Raises `FileUnreadable`."""
    root = tree(part)
    codes = declared_codes(root)
    book = next((child for child in root if local_name(child) == "cellXfs"), None)
    if book is None:
        return ()
    kinds = {code: Style(code, locked=True, dates=shows_dates(code)) for code in codes.values()}
    return tuple(_style(xf, codes, kinds) for xf in book if local_name(xf) == "xf")


def declared_codes(root: Element) -> dict[int, str]:
    """Return number → format code: what every workbook knows, and what this one declares."""
    codes = dict(BUILT_IN)
    for table in each(root, "numFmts"):
        for declared in each(table, "numFmt"):
            codes[whole(declared.get("numFmtId"))] = declared.get("formatCode") or GENERAL
    return codes


def whole(text: str | None) -> int:
    """Read an attribute that counts; absent is 0, anything else than digits makes the file damaged."""
    if text is None:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise FileUnreadable(reason=Why.DAMAGED)
    return int(text)


def _style(xf: Element, codes: dict[int, str], kinds: dict[str, Style]) -> Style:
    style = kinds.get(codes.get(whole(xf.get("numFmtId")), GENERAL)) or Style()
    for child in xf:
        if local_name(child) == "protection" and child.get("locked") in ("0", "false"):
            return Style(style.code, locked=False, dates=style.dates)
    return style
