"""Correction: what a value was probably meant to be, for a person to decide."""

from __future__ import annotations

from addon_backend.engine.correct.columns import correct_column

__all__ = ["correct_column"]
