"""The Flask edge: what arrives is checked once, what leaves has one shape; the work is in ``services``."""
