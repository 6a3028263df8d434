"""What a list says about itself: names in e-mails, countries in phones, ranks in titles. Pure and offline."""

from addon_backend.engine.enrich.derive import derivable, derive_column
from addon_backend.engine.enrich.reasons import REASONS, Reason

__all__ = ["REASONS", "Reason", "derivable", "derive_column"]
