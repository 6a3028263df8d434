"""What people read, as tables: code → English and French. `domain.sentences` chooses and counts."""

Pair = tuple[str, str]
"""What happened, and the one thing to do ("" where there is nothing to do); or English and French."""
