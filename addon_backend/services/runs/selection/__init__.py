"""Before a run: what was selected, what it holds, what a run would do and cost."""
