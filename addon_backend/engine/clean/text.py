"""What every value gets first: the same characters a person sees, and nothing she does not see."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import ftfy

from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.verdict import ok, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

_TIDY_ASCII = re.compile(r"[!-~]+(?: [!-~]+)*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_JOINER = re.compile("(?<![^\x00-\u05ff])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u05ff])")
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")
_AROUND_LINE_END = re.compile(r" ?\n ?")
_ENTITY = re.compile(r"&(amp|quot|apos|nbsp|#0?39|#x27);", re.IGNORECASE)
_ENTITIES = {"amp": "&", "quot": '"', "apos": "'", "nbsp": " ", "#39": "'", "#039": "'", "#x27": "'"}
_ROUNDS = 4


def tidy(text: str) -> str:
    """Return one line: NFC, mojibake repaired, nothing invisible, single spaces, trimmed. Idempotent.

    Joiners (U+200C, U+200D) stay between letters of scripts that need them and inside emoji. A text that
    does not come to rest after a few rounds is returned as it came.
    """
    if _TIDY_ASCII.fullmatch(text) and "&" not in text:
        return text
    return _settled(text, lines=False)


def tidy_lines(text: str) -> str:
    """Do what `tidy` does and keep line breaks: for notes and addresses on several lines."""
    if _TIDY_ASCII.fullmatch(text) and "&" not in text:
        return text
    return _settled(text, lines=True)


def _settled(text: str, *, lines: bool) -> str:
    before = text
    for _ in range(_ROUNDS):
        after = _once(before, lines=lines)
        if after == before:
            return after
        before = after
    return text


def _once(text: str, *, lines: bool) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", ftfy.fix_encoding(text))
    text = _ENTITY.sub(lambda found: _ENTITIES[found[1].lower()], text)
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", _CONTROL.sub("", text))
    text = _SPACES.sub(" ", _JOINER.sub("", text))
    text = _AROUND_LINE_END.sub("\n", text) if lines else text.replace("\n", " ")
    return re.sub(" {2,}", " ", text).strip()


def at_rest(repair: Callable[[str], str], text: str) -> str:
    """Return the repaired text, or the text itself where repairing again would change it once more.

    A few letters (``ß``, ``ŉ``, ``ǆ``) do not come back from capitals, and a few look like mojibake in
    another case; nothing is better than a pendulum.
    """
    repaired = repair(text)
    return repaired if repaired == text or repair(tidy(repaired)) == repaired else text


def clean_text(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Clean free text: `tidy_lines`; numbers, dates and ticks are good as they are."""
    if not isinstance(value, str):
        return ok(value)
    clean = tidy_lines(value)
    return settle(value, clean, _why(value, clean)) if clean else ok(value)


def clean_id(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Clean an identifier of somebody's system: invisible characters and spaces only, never its case."""
    if not isinstance(value, str):
        return ok(value)
    clean = tidy(value)
    return settle(value, clean, Reason.NORMALISED, {"id": clean}) if clean else ok(value)


def _why(value: str, clean: str) -> Reason:
    """Tell repaired mojibake from other tidying: letters changed, not only spaces and signs."""
    return Reason.ENCODING_REPAIRED if _letters(value) != _letters(clean) else Reason.NORMALISED


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFC", text) if char.isalpha())
