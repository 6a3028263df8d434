"""Which rows and which values are one and the same, and how good a list is. Pure and offline."""

from addon_backend.engine.organise.clusters import ValueCluster, cluster_values
from addon_backend.engine.organise.duplicates import IDENTIFYING, find_duplicates
from addon_backend.engine.organise.quality import quality_score
from addon_backend.engine.organise.reasons import REASONS

__all__ = ["IDENTIFYING", "REASONS", "ValueCluster", "cluster_values", "find_duplicates", "quality_score"]
