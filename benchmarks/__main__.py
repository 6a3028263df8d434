"""``python -m benchmarks [NAME …] [--quick]``: measure, print, and write ``benchmarks/RESULTS.md``."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from benchmarks.report import Subject, write_page

NAMES = ("engine", "files", "run", "accept", "claims", "writing", "google")


def main() -> None:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="What it costs, against named peers.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(NAMES)}; all if left out")
    parser.add_argument("--quick", action="store_true", help="fewer rows and shorter loads")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(NAMES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    for name in asked.names or NAMES:
        print(f"Measuring {name} …", file=sys.stderr, flush=True)
        subject: Subject = import_module(f"benchmarks.{name}").measure(quick=asked.quick)
        write_page([subject], quick=asked.quick)
        print(subject.markdown(), flush=True)


if __name__ == "__main__":
    main()
