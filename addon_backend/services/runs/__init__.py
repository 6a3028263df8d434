"""A run from selection to report."""
