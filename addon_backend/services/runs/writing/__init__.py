"""Setting cells in a sheet that people are working in: look, decide, intend, send, look again."""
