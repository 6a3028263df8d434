"""Inspection: where the header is, what each column holds, and what is wrong with it."""

from __future__ import annotations

from addon_backend.engine.inspect.header_row import find_header
from addon_backend.engine.inspect.header_words import names_notes
from addon_backend.engine.inspect.table import codes_of, context_of, inspect_table

__all__ = ["codes_of", "context_of", "find_header", "inspect_table", "names_notes"]
