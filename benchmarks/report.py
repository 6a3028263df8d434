"""What was measured, as a page: ratios first, absolute figures second, and where we lose."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).with_name("RESULTS.md")
_LOSE = "Where we lose"
_ORDER = ("engine", "files", "run", "accept", "claims", "writing", "google")


@dataclass(frozen=True, slots=True)
class Subject:
    """One file's findings. ``figures`` is Markdown; ``losses`` are sentences."""

    name: str
    title: str
    how: str
    ratios: Sequence[tuple[str, str]]
    figures: str
    losses: Sequence[str]

    def markdown(self) -> str:
        """Return the subject's section."""
        ratios = table(("ratio", ""), self.ratios)
        return f"## {self.name}: {self.title}\n\n{self.how}\n\n{ratios}\n\n{self.figures}\n"


def table(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose first column is text and whose others are figures."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *lines))


def seconds(value: float) -> str:
    """Return a duration in the unit that reads best."""
    return f"{value:.1f} s" if value >= 10 else f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.1f} ms"


def share(value: float) -> str:
    """Return a share in per cent."""
    return f"{value * 100:.0f} %"


def write_page(subjects: Sequence[Subject], *, quick: bool) -> None:
    """Write the page; what was not measured now stays as it was measured before."""
    sections, losses = _read()
    for subject in subjects:
        note = "\n*Measured with `--quick`: fewer rows.*\n" if quick else ""
        sections[subject.name] = subject.markdown() + note
        losses[subject.name] = list(subject.losses)
    names = [name for name in _ORDER if name in sections]
    lose = [f"- {name}: {sentence}" for name in names for sentence in losses.get(name, ())]
    page = [
        "# What it costs",
        "",
        f"Ratios against named peers measured in the same run, by `./dev bench`; {_machine()}.",
        "",
        *(sections[name] for name in names),
        f"## {_LOSE}",
        "",
        *(lose or ["Nowhere that these benchmarks look."]),
        "",
    ]
    PAGE.write_text("\n".join(page), encoding="utf-8")


def _read() -> tuple[dict[str, str], dict[str, list[str]]]:
    if not PAGE.exists():
        return {}, {}
    _, *parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    sections = {
        part.partition(":")[0]: f"## {part.rstrip()}\n" for part in parts if not part.startswith(_LOSE)
    }
    losses: dict[str, list[str]] = {}
    for name, sentence in re.findall(r"^- (\w+): (.+)$", parts[-1] if parts else "", flags=re.MULTILINE):
        losses.setdefault(name, []).append(sentence)
    return sections, losses


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"absolute figures are of one machine of {os.cpu_count()} cores and {memory:.0f} GiB of memory"
