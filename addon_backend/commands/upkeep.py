"""``migrate``, ``rewrap`` and ``sweep``: what an operator does by hand."""

from __future__ import annotations

import os
from uuid import uuid4

import click

from addon_backend.bootstrap import find_engines, migrated
from addon_backend.commands.entrance import open_house, settings, told_plainly
from addon_backend.services.upkeep import rewrap, sweep


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database to the newest revision."""
    with told_plainly():
        engines = find_engines(settings())
        try:
            migrated(engines)
        finally:
            engines.close()
    click.echo("The database is at the newest revision.")


@click.command("rewrap")
def rewrap_command() -> None:
    """Wrap every workspace's data key under the first KEK; the others can be dropped afterwards."""
    with told_plainly(), open_house(settings()) as (house, _):
        count = rewrap(house)
    click.echo(f"{count} workspace keys are wrapped under the current KEK. Older ones can be dropped.")


@click.command("sweep")
def sweep_command() -> None:
    """Ring for work that is due and erase what is past its retention, once."""
    with told_plainly(), open_house(settings()) as (house, _):
        swept = sweep(house, f"sweep:{os.getpid()}:{uuid4().hex[:8]}")
    if swept.leading:
        click.echo(f"{swept.due} due, {swept.erased} runs erased, {swept.forgotten} files forgotten.")
    else:
        click.echo("Another process sweeps already.")
