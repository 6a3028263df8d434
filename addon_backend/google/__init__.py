"""Google: who asks, what a run may touch, and the sheets themselves."""
