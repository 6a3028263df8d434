"""``migrate``, ``rewrap``, ``sweep`` and ``doctor``: what an operator does by hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from uuid import uuid4

import click
import redis

from addon_backend.bootstrap import build_house, find_engines, migrated
from addon_backend.commands.entrance import DONE, FAILED, open_house, settings, told_plainly
from addon_backend.domain.errors import AddonError
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


@click.command("doctor")
def doctor_command() -> None:
    """Check everything that a run needs, one line each; exit 1 if something is missing."""
    found = settings()
    failed = False
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("home can be written", lambda: _home_is_writable(found.home)),
        ("engines start", lambda: _engines(found)),
    )
    for name, check in checks:
        try:
            detail = check()
        except (AddonError, OSError, redis.RedisError) as trouble:
            failed = True
            click.echo(f"✗ {name}: {type(trouble).__name__}: {trouble}")
        else:
            click.echo(f"✓ {name}: {detail}")
    sys.exit(FAILED if failed else DONE)


def _home_is_writable(home: os.PathLike[str]) -> str:
    os.makedirs(home, mode=0o700, exist_ok=True)  # noqa: PTH103 - a PathLike
    if not os.access(home, os.W_OK):
        raise PermissionError(os.fspath(home))
    return os.fspath(home)


def _engines(found: object) -> str:
    from addon_backend.settings import Settings  # noqa: PLC0415

    if not isinstance(found, Settings):
        raise TypeError
    engines = find_engines(found)
    try:
        migrated(engines)
        build_house(found, engines).store.ping()
        client = redis.Redis.from_url(engines.redis_url())
        client.ping()
        version = client.info("server")["redis_version"]
        client.close()
    finally:
        engines.close()
    return f"{engines.database_url.partition(':')[0]}, Redis protocol {version}"
