"""Where values come from. Each module is one source and keeps the laws of ``ports.source``."""
