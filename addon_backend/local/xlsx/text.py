"""Text between XML and Excel: entities, line ends, ``_x000B_`` for what XML cannot hold."""

from __future__ import annotations

import re

_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# XML 1.0 §2.2; a carriage return is legal but every parser turns it into a line feed.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_RUNS = re.compile(
    rb"<(?P<prefix>[^\s:/>]+:)?(?:(?P<phonetic>rPh)[\s>].*?</(?P=prefix)?rPh\s*>"
    rb"|t(?:\s[^>]*)?(?:(?<=/)>|>(?P<text>[^<]*)</))",
    re.DOTALL,
)


def read_text(raw: bytes) -> str:
    """Return what a person sees of the raw content of a text element; never a lone surrogate."""
    text = raw.decode()
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "_x" in text:
        text = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def read_runs(raw: bytes) -> str:
    """Return the text of a string item: its runs joined, without the phonetic readings above them."""
    return "".join(read_text(found["text"]) for found in _RUNS.finditer(raw) if found["text"])


def write_text(text: str) -> bytes:
    """Return the text as XML content that Excel reads back as exactly this text."""
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _UNWRITABLE.sub(lambda character: f"_x{ord(character[0]):04X}_", text).encode()


def _entity(entity: re.Match[str]) -> str:
    hexadecimal, decimal, name = entity.groups()
    if name:
        return _NAMED[name]
    return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))
