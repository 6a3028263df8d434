"""Which characters the bytes of a list mean, in such a way that the same bytes come back."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4_096
_STRAY = "surrogateescape"  # keeps a byte that is no UTF-8 as half a character that nothing else stands for
_NOT_ASCII = bytes(range(128, 256))
_ESCAPED_BYTE = re.compile("[\udc80-\udcff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_START = 65_536
_ONE_IN = 30
# Text holds these: tab, line ends, form feed, end of file (DOS), and escape (Japanese mail).
_CONTROLS = bytes(code for code in (*range(1, 32), 127) if code not in b"\t\n\r\x0b\x0c\x1a\x1b")
_OF_NOBODY = frozenset({"Cn", "Co"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a list and how it is stored: ``encode(text)`` gives exactly the bytes it was read from.

    ``guessed`` says that the bytes are neither Unicode nor Windows-1252, so that they may mean other
    characters than those shown: such a list must not be stored in another encoding.
    """

    text: str
    encoding: str
    errors: str = "strict"
    mark: bytes = b""
    guessed: bool = False

    def encode(self, text: str) -> bytes:
        """Return text as bytes of this list's encoding, its byte order mark in front."""
        return self.mark + text.encode(self.encoding, self.errors)

    def holds(self, text: str) -> bool:
        """Return True where new text can be stored in this encoding."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True

    @property
    def name(self) -> str:
        """The encoding as Python calls it, its byte order mark included."""
        return "utf-8-sig" if self.mark == codecs.BOM_UTF8 else self.encoding

    def upgraded(self) -> Decoded:
        """Return the same text stored as UTF-8 with a mark: the one form that Excel opens without asking."""
        return replace(self, encoding="utf-8", errors="strict", mark=codecs.BOM_UTF8)


def decode(data: bytes) -> Decoded:
    """Return the text of any bytes; never fails, and what it returns encodes to the same bytes."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            found = _try(data[len(mark) :], encoding, mark)
            if found:
                return found
            if encoding == "utf-8":
                return Decoded(data[len(mark) :].decode("utf-8", _STRAY), "utf-8", _STRAY, mark)
    for encoding in (*_utf16_without_mark(data), "ascii", "utf-8"):
        found = _try(data, encoding)
        if found:
            return found
    return (
        _mostly_utf8(data) or _try(data, "cp1252") or Decoded(data.decode("latin-1"), "latin-1", guessed=True)
    )


def is_text(data: bytes) -> bool:
    """Return True where bytes can be a list; a program, a picture, packed or random bytes cannot.

    More than one character in thirty that text does not hold, at the start or in the whole, and it is none:
    control characters; NUL, where it is not a half of UTF-16; and in UTF-16, which gives a character to any
    two bytes, those that Unicode has given to nobody or left to private use. NUL alone in Unicode is padding,
    which some exports write between fields, as long as anything else is there. Any byte above 127 may be a
    letter: encodings that `decode` can only guess open, too.
    """
    encoding = _utf16(data)
    if encoding:
        text = data[:_START].decode(encoding, "ignore")
        strange = sum(map(_is_strange, text))
        return _may_be_text(len(text), strange, text.count("\0"), unicode=True)
    nuls = data.count(0)
    unicode = bool(nuls) and _is_utf8(data.replace(b"\0", b""))
    return all(
        _may_be_text(
            len(part), len(part) - len(part.translate(None, _CONTROLS)), part.count(0), unicode=unicode
        )
        for part in (data[:_START], data)
    )


def _may_be_text(size: int, strange: int, nuls: int, *, unicode: bool) -> bool:
    if nuls == size:
        return False
    if unicode and not strange:
        return True
    return (strange + nuls) * _ONE_IN <= size


def _utf16(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return next(iter(_utf16_without_mark(data)), None)


def _is_strange(character: str) -> bool:
    if character < "\x80":
        return ord(character) in _CONTROLS
    return unicodedata.category(character) in _OF_NOBODY


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def shown(text: str) -> str:
    """Return a field as a person sees it: without NULs, stray bytes in the encoding they probably came in."""
    if "\0" in text:
        text = text.replace("\0", "")
    if _SURROGATE.search(text):
        text = _ESCAPED_BYTE.sub(
            lambda byte: bytes([ord(byte[0]) - 0xDC00]).decode("cp1252", "replace"), text
        )
        text = _SURROGATE.sub("\ufffd", text)
    return text


def _try(data: bytes, encoding: str, mark: bytes = b"") -> Decoded | None:
    errors = "surrogatepass" if encoding.startswith("utf-16") else "strict"
    try:
        found = Decoded(data.decode(encoding, errors), encoding, errors, mark)
    except UnicodeDecodeError:
        return None
    return found if errors == "strict" or found.encode(found.text) == mark + data else None


def _utf16_without_mark(data: bytes) -> tuple[str, ...]:
    """Return the byte order where every other byte of the start is NUL, as in Latin text."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if len(data) % 2 or half < 2:
        return ()
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > half * 0.7 and even < half * 0.1:
        return ("utf-16-le",)
    return ("utf-16-be",) if even > half * 0.7 and odd < half * 0.1 else ()


def _mostly_utf8(data: bytes) -> Decoded | None:
    """Read UTF-8 with a few stray bytes as such: one pasted line must not turn every name into mojibake."""
    text = data.decode("utf-8", _STRAY)
    stray = len(_ESCAPED_BYTE.findall(text))
    whole = len(text) - stray - len(data.translate(None, _NOT_ASCII))
    return Decoded(text, "utf-8", _STRAY) if whole >= 4 * stray else None
