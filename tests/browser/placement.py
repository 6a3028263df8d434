"""Whether values came to stand in their own rows, by what the rows themselves say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


def misplaced(rows: Iterable[Mapping[str, object]]) -> list[object]:
    """Return the clean phones that are not their own row's phone."""
    return [
        row["Phone (clean)"]
        for row in rows
        if row["Phone (clean)"] and digits(row["Phone"])[-6:] not in digits(row["Phone (clean)"])
    ]


def digits(value: object) -> str:
    """Return a phone without what is written around its digits."""
    return re.sub(r"\D", "", str(value or ""))
