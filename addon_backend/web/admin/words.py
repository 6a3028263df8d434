"""The words of ``/admin``: a catalogue for each language, beside the templates that show them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import addon_backend
from addon_backend.domain.errors import AddonError
from addon_backend.domain.sentences import problem_sentence

_CATALOGUES = Path(addon_backend.__file__).parent / "web" / "templates" / "admin"


@cache
def catalogue(language: str) -> dict[str, str]:
    """Return what there is to say, in ``en`` or ``fr``."""
    told: dict[str, str] = json.loads((_CATALOGUES / f"{language}.json").read_text(encoding="utf-8"))
    return told


class Words:
    """The words in one language."""

    def __init__(self, language: str) -> None:
        self.language = "fr" if language.startswith("fr") else "en"
        self._words = catalogue(self.language)

    def __call__(self, key: str, **facts: object) -> str:
        """Return what a key says."""
        return self._words[key].format_map(facts)

    def problem(self, problem: AddonError) -> str:
        """Return what went wrong and what to do, in the words of these pages where they have any."""
        told = self._words.get(f"problem.{problem.code}")
        return told or " ".join(problem_sentence(problem, self.language))

    def number(self, count: int) -> str:
        """Return a number as it is written here."""
        return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}" if self.language == "fr" else ",")

    def trace(self, what: str, value: str, about: str, labels: dict[str, str]) -> str:
        """Return what somebody has switched."""
        about = about or self("members.unknown")
        if what == "fields":
            named = ", ".join(labels.get(name, name) for name in value.split())
            return self("trace.fields", value=named) if named else self("trace.fields.all")
        key = f"trace.{what}.{value}" if value in {"on", "off"} else f"trace.{what}"
        return self(key, value=value, about=about)
