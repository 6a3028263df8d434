"""Which rows and which values are one and the same, and how good a list is. Pure and offline."""

from addon_backend.engine.organise.duplicates import find_duplicates
from addon_backend.engine.organise.quality import quality_score

__all__ = ["find_duplicates", "quality_score"]
