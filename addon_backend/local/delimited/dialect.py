"""Which delimiter and line end a list uses."""

from __future__ import annotations

import re
from collections import Counter

from addon_backend.local.delimited.records import Dialect, records

_DELIMITERS = (",", ";", "\t", "|")
_HINT = re.compile(r"sep=([^\r\n\"])(?:\r*\n|\r|\Z)", re.IGNORECASE)
_SAMPLE = 64 * 1024
_ENOUGH = 0.3


def detect(text: str, *, tabs_likely: bool) -> Dialect:
    """Return the dialect of a list: the delimiter that cuts most lines into equally many fields.

    Where none does, every line is one field, and a mark that stands nowhere in the list (a tab where
    ``tabs_likely``) separates what is added later.
    """
    newline = _newline(text[:_SAMPLE])
    hint = _HINT.match(text)
    if hint:
        return Dialect(hint[1], newline, hint.end())
    sample = _whole_lines(text)
    scores = [(_score(sample, delimiter), delimiter) for delimiter in _DELIMITERS]
    best, delimiter = max(scores, key=lambda score: score[0])
    if best[0] <= _ENOUGH:
        likely = ("\t", *_DELIMITERS) if tabs_likely else (",", ";", "|", "\t")
        delimiter = next((mark for mark in likely if mark not in text), likely[0])
    return Dialect(delimiter, newline)


def _score(sample: str, delimiter: str) -> tuple[float, int]:
    lines = [record.fields for record in records(sample, delimiter) if record.fields != [""]]
    if not lines:
        return 0.0, 0
    widths = [len(fields) for fields in lines]
    common, count = Counter(widths).most_common(1)[0]
    if common == 1:
        return 0.0, 0
    # A heading knows how many columns follow; a delimiter it does not hold is punctuation below it.
    certainty = 1.0 if widths[0] > 1 else 0.6
    # A space behind it, and it is punctuation, too: "Acme, Inc".
    spaced = sum(field.startswith(" ") for fields in lines for field in fields[1:])
    if spaced * 2 > sum(widths) - len(widths):
        certainty *= 0.6
    return round(certainty * count / len(widths), 1), common


def _whole_lines(text: str) -> str:
    sample = text[:_SAMPLE]
    if len(sample) == len(text):
        return sample
    last = max(sample.rfind("\n"), sample.rfind("\r"))
    return sample[: last + 1] or sample


def _newline(sample: str) -> str:
    counts = Counter(re.findall(r"\r\n|\n|\r", sample))
    if "\n" in sample:
        del counts["\r"]
    return counts.most_common(1)[0][0] if counts else "\r\n"
