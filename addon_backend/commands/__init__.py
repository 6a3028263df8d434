"""The command line, one file per command: data on stdout, progress on stderr; calls services only."""
