"""XML as bytes: proven well-formed by a parser first, then searched with expressions that can rely on it.

A tree of a sheet with a million cells takes minutes and gigabytes to walk from Python, and a parser's
events tell no byte offsets cheaply. So expat proves that a part is well-formed and declares nothing (0.3 s
for 70 MB), and the expressions below then find rows and cells in it, on bytes where comments, CDATA and
processing instructions have been put out of the way. Small parts become lxml trees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias
from xml.parsers import expat  # the parser of etree's, without a tree

from lxml import etree

from addon_backend.domain.errors import FileUnreadable
from addon_backend.local.opened import Why

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for what it returns

ATTRIBUTES = rb"""[^>"']*+(?:(?:"[^"]*+"|'[^']*+')[^>"']*+)*+"""
"""The inside of a start tag after its name, ``>`` in quoted values included, never running past the tag."""

_CHUNK = 2**20
_ATTRIBUTE = re.compile(rb"""([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DECLARATION = re.compile(rb"""\A<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["'][^>]*\?>""")
_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[(.*?)\]\]>|<\?.*?\?>", re.DOTALL)
_ROOT = re.compile(rb"<([^\s:/>?!]+:)?([^\s:/>?!]+)[\s/>]")
_ENCODINGS = {b"iso-8859-1": "latin-1", b"windows-1252": "cp1252", b"us-ascii": "utf-8", b"utf-8": "utf-8"}


def checked(part: bytes) -> bytes:
    """Return the part as UTF-8, proven well-formed and free of a document type; else `FileUnreadable`."""
    part = _as_utf8(part)
    for _ in proven([part]):
        pass
    return part


def proven(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Hand the chunks on, reading them as one document. Raises `FileUnreadable` where they are none.

    Office writes no document type and forbids it (ECMA-376 part 2, §6.1.4): one that is there declares
    entities, to grow without end or to reach another file.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        for chunk in chunks:
            for start in range(0, len(chunk), _CHUNK):
                parser.Parse(chunk[start : start + _CHUNK], False)  # noqa: FBT003 - expat takes no keywords
            yield chunk
        parser.Parse(b"", True)  # noqa: FBT003 - same
    except expat.ExpatError:
        raise FileUnreadable(reason=Why.DAMAGED) from None


def tree(part: bytes) -> Element:
    """Return a small, checked part as a tree. Raises `FileUnreadable`."""
    # Entities cannot be there any more (`checked`); that they would not be resolved is the second lock.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(checked(part), parser)
    except etree.XMLSyntaxError:
        raise FileUnreadable(reason=Why.DAMAGED) from None


def local_name(element: Element) -> str:
    """Return the element's name without its namespace: strict and transitional files differ only there."""
    return element.tag.rpartition("}")[2]


def each(element: Element, name: str) -> Iterator[Element]:
    """Return the descendants of this local name, in document order."""
    return (child for child in element.iter() if local_name(child) == name)


def plain(part: bytes) -> bytes:
    """Return a checked part that says the same without comments, CDATA and processing instructions."""
    return _ASIDE.sub(_plainly, part) if _has_asides(part) else part


def masked(part: bytes) -> bytes:
    """Return a checked part of the same length where nothing inside comments or CDATA looks like markup."""
    return _ASIDE.sub(lambda aside: b" " * len(aside[0]), part) if _has_asides(part) else part


def root_name(part: bytes) -> tuple[bytes, bytes]:
    """Return prefix (with its colon, or empty) and local name of the first element."""
    found = _ROOT.search(part)
    if found is None:
        raise FileUnreadable(reason=Why.DAMAGED)
    return found[1] or b"", found[2]


def attributes_of(tag: bytes) -> dict[bytes, bytes]:
    """Return name → raw value for what `ATTRIBUTES` matched."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def _as_utf8(part: bytes) -> bytes:
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = part.decode("utf-16")
        except UnicodeDecodeError:
            raise FileUnreadable(reason=Why.DAMAGED) from None
        return re.sub(r"\A<\?xml[^>]*\?>", "", text).encode()
    declared = _DECLARATION.match(part)
    if declared is None or declared[1].lower() == b"utf-8":
        return part
    encoding = _ENCODINGS.get(declared[1].lower())
    if encoding is None:
        raise FileUnreadable(reason=Why.DAMAGED)
    try:
        return part[declared.end() :].decode(encoding).encode()
    except UnicodeDecodeError:
        raise FileUnreadable(reason=Why.DAMAGED) from None


def _refuse_declarations(*_: object) -> None:
    raise FileUnreadable(reason=Why.DECLARES_ENTITIES)


def _has_asides(part: bytes) -> bool:
    return b"<!" in part or part.find(b"<?", 5) >= 0


def _plainly(aside: re.Match[bytes]) -> bytes:
    text = aside[1]
    if text is None:
        return b""
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
