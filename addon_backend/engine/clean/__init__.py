"""Cleaning: the same value, written the standard way, or left alone with the reason why."""

from __future__ import annotations

from addon_backend.engine.clean.columns import clean_column, clean_value
from addon_backend.engine.clean.reasons import SENTENCES, Reason, Sentence

__all__ = ["SENTENCES", "Reason", "Sentence", "clean_column", "clean_value"]
