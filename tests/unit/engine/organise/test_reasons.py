"""Every reason of a group has a sentence in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from addon_backend.engine import organise
from addon_backend.engine.organise.reasons import ORDER, REASONS

_CODE = re.compile(r'"((?:same|similar|swapped|different)_[a-z_]+)"')


def test_every_code_in_the_room_has_a_sentence_and_every_sentence_a_code() -> None:
    """The table is complete, and nothing in it is left over."""
    folder = Path(organise.__file__).parent
    used = {
        code
        for file in folder.glob("*.py")
        if file.name != "reasons.py"
        for code in _CODE.findall(file.read_text("utf-8"))
    }

    assert used == set(REASONS) == set(ORDER)
    assert all(reason.en.endswith(".") and reason.fr.endswith(".") for reason in REASONS.values())
