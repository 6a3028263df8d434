"""``worker``: the processes that do the work of runs, and the one that looks after them."""

from __future__ import annotations

import click

from addon_backend.commands.entrance import open_house, settings, told_plainly
from addon_backend.jobs.supervisor import supervise
from addon_backend.jobs.tether import leave_with_parent


@click.command("worker")
@click.option(
    "-n", "--number", type=click.IntRange(1, 64), default=2, show_default=True, help="How many processes."
)
@click.option("--tethered", is_flag=True, hidden=True, help="Leave when stdin ends: the parent is gone.")
def worker_command(*, number: int, tethered: bool) -> None:
    """Do the work of runs until told to leave."""
    if tethered:
        leave_with_parent()
    with told_plainly(), open_house(settings()) as (house, _):
        supervise(house, number)
