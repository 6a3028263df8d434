"""The parts of a workbook: which sheets there are, and what they share."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from addon_backend.domain.errors import FileUnreadable
from addon_backend.domain.sheet import GridRange
from addon_backend.local.formats import Style
from addon_backend.local.opened import FileLimits, OpenedSheet, Why
from addon_backend.local.xlsx.markup import Element, checked, each, local_name, tree
from addon_backend.local.xlsx.package import Package
from addon_backend.local.xlsx.places import read_range
from addon_backend.local.xlsx.strings import shared_strings
from addon_backend.local.xlsx.styles import read_styles, whole
from addon_backend.local.xlsx.worksheet import Surroundings, is_true, read_sheet

_CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: its name, the part that holds it, and whether its tab is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class _Relation:
    kind: str
    target: str


class Workbook:
    """The worksheets of an Office package, in order; chart sheets, dialogs and macro sheets are left out.

    Raises `FileUnreadable`, `FileLocked` or `FileTooLarge`; what a part says is read when it is asked for.
    """

    def __init__(self, data: bytes, limits: FileLimits) -> None:
        self.package = Package(data, limits)
        self._limits = limits
        self._main = self._main_part()
        root = tree(self.package.read(self._main))
        if local_name(root) != "workbook":
            raise FileUnreadable(reason=Why.NOT_A_LIST)
        self._relations = self._relations_of(self._main)
        self.from_1904 = any(is_true(element.get("date1904")) for element in each(root, "workbookPr"))
        self.sheets = tuple(self._sheets(root))
        if len({sheet.name for sheet in self.sheets}) != len(self.sheets):
            raise FileUnreadable(reason=Why.DAMAGED)
        if not self.sheets:
            raise FileUnreadable(reason=Why.NO_SHEET)

    @property
    def suffix(self) -> str:
        """The ending this content needs: Excel refuses macros behind ``.xlsx``, and ``.xlsm`` without."""
        if _CONTENT_TYPES not in self.package:
            return ".xlsx"
        kinds = {
            override.get("PartName", "").lstrip("/").lower(): override.get("ContentType", "")
            for override in each(tree(self.package.read(_CONTENT_TYPES)), "Override")
        }
        kind = kinds.get(self._main.lower(), "")
        template = "template" in kind
        if "macroEnabled" in kind:
            return ".xltm" if template else ".xlsm"
        return ".xltx" if template else ".xlsx"

    @property
    def styles_part(self) -> str | None:
        """The part with the cell styles; None in files that have none."""
        return self._part_of("styles")

    @cached_property
    def styles(self) -> tuple[Style, ...]:
        """The cell styles as cells count them."""
        return read_styles(self.package.read(self.styles_part)) if self.styles_part else ()

    @cached_property
    def _around(self) -> Surroundings:
        strings = self._part_of("sharedStrings")
        texts = shared_strings(self.package.read(strings)) if strings else []
        return Surroundings(texts, self.styles, self.from_1904, self._limits)

    def part(self, sheet: SheetPart) -> bytes:
        """Return the bytes of a sheet part, proven well-formed."""
        return checked(self.package.read(sheet.part))

    def read(self, sheet: SheetPart, part: bytes) -> OpenedSheet:
        """Read a sheet from its bytes."""
        return read_sheet(
            part, sheet.name, self._around, hidden=sheet.hidden, tables=tuple(self._table_headers(sheet))
        )

    def _main_part(self) -> str:
        if "mimetype" in self.package:
            raise FileUnreadable(reason=Why.OPEN_DOCUMENT, save_as=".xlsx")
        targets = [
            relation.target
            for relation in self._relations_of("").values()
            if relation.kind == "officeDocument"
        ]
        main = targets[0] if targets else "xl/workbook.xml"
        if main.endswith(".bin"):
            raise FileUnreadable(reason=Why.BINARY_WORKBOOK, save_as=".xlsx")
        if main not in self.package:
            raise FileUnreadable(reason=Why.NOT_A_LIST)
        return main

    def _sheets(self, root: Element) -> Iterator[SheetPart]:
        for sheet in each(root, "sheet"):
            link = next((sheet.get(name, "") for name in sheet.attrib if str(name).endswith("}id")), "")
            relation = self._relations.get(link)
            if relation is not None and relation.kind == "worksheet":
                hidden = sheet.get("state", "visible") != "visible"
                yield SheetPart(sheet.get("name", ""), relation.target, hidden)

    def _part_of(self, kind: str) -> str | None:
        targets = (relation.target for relation in self._relations.values() if relation.kind == kind)
        return next((target for target in targets if target in self.package), None)

    def _table_headers(self, sheet: SheetPart) -> Iterator[GridRange]:
        for relation in self._relations_of(sheet.part).values():
            if relation.kind != "table":
                continue
            table = tree(self.package.read(relation.target))
            area = read_range(table.get("ref", ""))
            headers = whole(table.get("headerRowCount", "1"))
            if headers:
                yield GridRange(area.top, area.left, area.top + headers, area.right)

    def _relations_of(self, part: str) -> dict[str, _Relation]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", name + ".rels")
        if path not in self.package:
            return {}
        return {
            element.get("Id", ""): _Relation(
                element.get("Type", "").rpartition("/")[2], _resolve(folder, element.get("Target", ""))
            )
            for element in each(tree(self.package.read(path)), "Relationship")
            if element.get("TargetMode") != "External"
        }


def _resolve(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
