"""New cell styles for a workbook: those it has, with another number format, appended behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from addon_backend.local.formats import BUILT_IN, FIRST_OWN_ID, Style
from addon_backend.local.xlsx.markup import ATTRIBUTES, checked, masked, root_name, tree
from addon_backend.local.xlsx.styles import declared_codes

# The built-in numbers that mean the same in every edition of Excel.
_EVERYWHERE = {
    BUILT_IN[number]: number for number in (*range(5), *range(9, 23), *range(37, 41), *range(45, 50))
}
_NUMBER = re.compile(rb"""\snumFmtId\s*=\s*["']([0-9]{1,9})["']""")


class StyleBook:
    """Derives styles from those of a workbook and appends them to its styles part."""

    def __init__(self, part: bytes | None, styles: Sequence[Style]) -> None:
        self._part = checked(part) if part is not None else b""
        self._styles = styles
        declared = declared_codes(tree(self._part)) if part is not None else {}
        own = {code: number for number, code in declared.items() if number >= FIRST_OWN_ID}
        self._numbers: dict[str, int] = own | _EVERYWHERE
        self._made: dict[tuple[int, str | None, bool], int] = {}
        self._cell_formats: list[bytes] = []
        self._number_formats: list[bytes] = []

    @property
    def changed(self) -> bool:
        """True where a style was made that the part does not have yet."""
        return bool(self._cell_formats)

    def style(self, index: int) -> Style:
        """Return what is known of a style of the workbook; of an index it does not have, the plain one."""
        return self._styles[index] if index < len(self._styles) else Style()

    def known(self, index: int) -> int:
        """Return the index, or that of the plain style where the workbook has none by it."""
        return index if index < len(self._styles) else 0

    def derive(self, base: int, code: str | None, *, quoted: bool = False) -> int | None:
        """Return the index of ``base`` with this number format; None in a workbook without styles.

        ``quoted`` marks text as if it had been typed after an apostrophe.
        """
        if not self._styles:
            return None
        key = (self.known(base), code, quoted)
        if key not in self._made:
            self._made[key] = len(self._styles) + len(self._cell_formats)
            self._cell_formats.append(self._cell_format(*key))
        return self._made[key]

    def part(self) -> bytes:
        """Return the styles part with what was made."""
        mask = masked(self._part)
        prefix, _ = root_name(mask)
        part = _append(self._part, mask, prefix, b"cellXfs", self._cell_formats)
        if not self._number_formats:
            return part
        mask = masked(part)
        if _find(mask, prefix, b"numFmts") is None:
            root = re.compile(rb"<%bstyleSheet(?=[\s>])%b>" % (re.escape(prefix), ATTRIBUTES)).search(mask)
            end = root.end() if root else 0
            part = part[:end] + b"<%bnumFmts></%bnumFmts>" % (prefix, prefix) + part[end:]
            mask = masked(part)
        return _append(part, mask, prefix, b"numFmts", self._number_formats)

    def _cell_format(self, base: int, code: str | None, quoted: bool) -> bytes:  # noqa: FBT001 - a key's part
        mask = masked(self._part)
        prefix, _ = root_name(mask)
        p = re.escape(prefix)
        found = _find(mask, prefix, b"cellXfs")
        xf = re.compile(rb"<%bxf(?=[\s/>])(%b)>(?:(?<=/>)|.*?</%bxf\s*>)" % (p, ATTRIBUTES, p), re.DOTALL)
        origin = list(xf.finditer(mask, *(found.span(2) if found else (0, 0))))[base]
        tag = self._part[origin.start() : origin.end(1)]
        if code is not None:
            tag = with_attribute(tag, b"numFmtId", b"%d" % self._number(code, prefix))
            tag = with_attribute(tag, b"applyNumberFormat", b"1")
        if quoted:
            tag = with_attribute(tag, b"quotePrefix", b"1")
        return tag + self._part[origin.end(1) : origin.end()]

    def _number(self, code: str, prefix: bytes) -> int:
        if code not in self._numbers:
            # Above all in use: a style may name a number that nobody declared, and must not gain a meaning.
            used = (int(found) for found in _NUMBER.findall(self._part))
            number = max(FIRST_OWN_ID - 1, *self._numbers.values(), *used) + 1
            self._numbers[code] = number
            self._number_formats.append(
                b'<%bnumFmt numFmtId="%d" formatCode="%b"/>' % (prefix, number, attribute_text(code))
            )
        return self._numbers[code]


def with_attribute(tag: bytes, name: bytes, value: bytes) -> bytes:
    """Return the start tag, with or without its end, with this attribute set."""
    found = re.search(rb"""\s%b\s*=\s*(?:"[^"]*"|'[^']*')""" % re.escape(name), tag)
    if found:
        return tag[: found.start()] + b' %b="%b"' % (name, value) + tag[found.end() :]
    bare = tag.rstrip(b"/> \t\r\n")
    return bare + b' %b="%b"' % (name, value) + tag[len(bare) :]


def attribute_text(text: str) -> bytes:
    """Return text as the inside of a double-quoted attribute."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text.encode("utf-8", "replace")


def _find(mask: bytes, prefix: bytes, name: bytes) -> re.Match[bytes] | None:
    """Find an element: group 1 are its attributes, group 2 its content unless it is self-closing."""
    p = re.escape(prefix)
    pattern = rb"<%b%b(?=[\s/>])(%b)>(?:(?<=/>)|(.*?)</%b%b\s*>)" % (p, name, ATTRIBUTES, p, name)
    return re.compile(pattern, re.DOTALL).search(mask)


def _append(part: bytes, mask: bytes, prefix: bytes, name: bytes, elements: Sequence[bytes]) -> bytes:
    found = _find(mask, prefix, name)
    if found is None:
        return part
    tag = part[found.start() : found.end(1)].removesuffix(b"/")
    content = part[found.start(2) : found.end(2)] if found[2] is not None else b""
    count = len(re.findall(rb"<%b(?:xf|numFmt)(?=[\s/>])" % re.escape(prefix), masked(content)))
    tag = with_attribute(tag, b"count", b"%d" % (count + len(elements))) + b">"
    closing = b"</%b%b>" % (prefix, name)
    return b"".join([part[: found.start()], tag, content, *elements, closing, part[found.end() :]])
