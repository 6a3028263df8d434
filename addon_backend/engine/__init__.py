"""The pure rooms: no I/O, no clock, no randomness; whole columns at a time, each distinct value once."""
