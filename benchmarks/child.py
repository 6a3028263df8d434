"""Functions measured in processes of their own, so that the memory they take is their own."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path

from addon_backend.jobs.tether import leave_with_parent

ROOT = Path(__file__).resolve().parents[1]
LONGEST = 1_800.0
"""Seconds after which a child is ended and the benchmark gives up."""


def in_child(function: str, **arguments: float | str | bool) -> dict[str, float]:
    """Call ``module:function`` with these arguments in a fresh process; return its figures and its ``peak``.

    The process ends with this one, however this one ends.
    """
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.child", function, json.dumps(arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("a child without pipes")
        watch = threading.Timer(LONGEST, child.kill)
        watch.start()
        try:
            told = child.stdout.read()  # the other pipe stays open: its end tells the child that we are gone
        finally:
            watch.cancel()
    if child.returncode:
        raise RuntimeError(f"{function} ended with {child.returncode}")
    figures: dict[str, float] = json.loads(told.decode().splitlines()[-1])
    return figures


def peak_mib(process: str = "self") -> float:
    """Return the most memory that a process has had resident, in MiB; 0 where that cannot be known.

    From ``VmHWM``, because ``ru_maxrss`` of a fresh process starts at the size of the parent that forked it.
    """
    try:
        lines = Path("/proc", process, "status").read_text(encoding="ascii").splitlines()
    except OSError:
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if process == "self" else 0
        return own / (1024 * 1024 if sys.platform == "darwin" else 1024)
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def cpu_seconds(process: int) -> float:
    """Return the CPU seconds of a process and of all that descend from it; 0 where that cannot be known."""
    parents: dict[int, int] = {}
    spent: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        parents[int(stat.parent.name)] = int(fields[1])
        spent[int(stat.parent.name)] = int(fields[11]) + int(fields[12])
    family = {process}
    while more := {one for one, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(spent.get(one, 0) for one in family) / os.sysconf("SC_CLK_TCK")


def main(function: str, arguments: str) -> None:
    """Print what the function measured as one line of JSON."""
    leave_with_parent()
    module, _, name = function.partition(":")
    figures: dict[str, float] = getattr(import_module(module), name)(**json.loads(arguments))
    print(json.dumps({**figures, "peak": peak_mib()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
