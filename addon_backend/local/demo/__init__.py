"""The messy list that comes with the product: invented people and companies, nobody's real data."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def demo_workbook() -> Path:
    """Return the path of the demo workbook, an .xlsx of some 320 rows; open it, never write to it."""
    return Path(str(resources.files(__name__) / "leads.xlsx"))
