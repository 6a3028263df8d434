"""The shared strings of a workbook."""

from __future__ import annotations

import re

from addon_backend.local.xlsx.markup import ATTRIBUTES, checked, plain, root_name
from addon_backend.local.xlsx.text import read_runs, read_text


def shared_strings(part: bytes) -> list[str]:
    """Return the strings in the order in which cells count them. Raises `FileUnreadable`."""
    part = plain(checked(part))
    prefix, _ = root_name(part)
    p = re.escape(prefix)
    item = re.compile(
        rb"<%bsi(?=[\s/>])%b>(?:(?<=/>)|<%bt(?:\s[^>]*)?>([^<]*)</%bt></%bsi>|(.*?)</%bsi\s*>)"
        % (p, ATTRIBUTES, p, p, p, p),
        re.DOTALL,
    )
    return [read_text(text) if text else read_runs(runs) for text, runs in item.findall(part)]
