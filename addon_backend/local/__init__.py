"""Workbooks from a file: opened once, worked on as a sheet, and given back with everything else untouched."""
