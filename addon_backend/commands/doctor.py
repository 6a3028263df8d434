"""``doctor``: what a run needs, and with ``--google`` what Google Sheets needs, each with what mends it."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click
import redis

from addon_backend.bootstrap import (
    build_house,
    find_engines,
    google_account,
    google_questions,
    is_migrated,
    migrated,
)
from addon_backend.commands.entrance import DONE, FAILED, json_option, language, settings, told_plainly
from addon_backend.domain.errors import AddonError
from addon_backend.domain.sentences import problem_sentence
from addon_backend.services.google_setup import Account, Finding, findings_of_settings, values_to_paste

if TYPE_CHECKING:
    from addon_backend.bootstrap import Engines
    from addon_backend.settings import Settings

SWEEPER = "sweeper"
OLDEST_BEAT_SECONDS = 10.0
_TROUBLE = (AddonError, OSError, redis.RedisError)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FIXES = {
    "clock": "Turn on this computer's time synchronisation: tokens are refused when its clock is wrong",
    "not_us": "Let PUBLIC_URL's name lead to `addon-backend serve`",
    "google_silent": "Let this computer out to https://*.googleapis.com, and to PUBLIC_URL",
}
_REACH = {
    "database": "Start the database, or set DATABASE_URL to one that can be reached",
    "workers": "First the database, then start: addon-backend worker -n 2",
}
_FIX_OF_CHECK = {
    "Marketplace": "Enable the Marketplace SDK in the account's project, and check GOOGLE_MARKETPLACE_APP",
    "our address": "Start `addon-backend serve`, and let PUBLIC_URL's name lead to it",
}


@click.command("doctor")
@click.option(
    "--google", "at_google", is_flag=True, help="Values to paste at Google, and what is wrong there."
)
@click.option("--ask", is_flag=True, help="With --google: also ask Google, and our own address.")
@json_option
def doctor_command(*, at_google: bool, ask: bool, as_json: bool) -> None:
    """Check everything that a run needs, one line each; exit 1 if something is missing."""
    if ask and not at_google:
        raise click.UsageError("--ask belongs to --google.")
    found = settings()
    with told_plainly():
        findings = list(_of_google(found, ask=ask) if at_google else _of_a_run(found))
        values = values_to_paste(found, _account(found)) if at_google else ()
        if as_json:
            told = [asdict(one) | {"fix": "" if one.ok else one.fix} for one in findings]
            click.echo(json.dumps({"values": [asdict(one) for one in values], "checks": told}))
        else:
            for value in values:
                click.echo(f"{value.name}\n    {value.where}\n    {value.value}")
            for one in findings:
                click.echo(f"{'✓' if one.ok else '✗'} {one.check}: {one.detail}")
                if not one.ok and one.fix:
                    click.echo(f"    → {one.fix}")
    sys.exit(DONE if all(one.ok for one in findings) else FAILED)


def _of_a_run(found: Settings) -> Iterator[Finding]:
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("home can be written", lambda: _home_is_writable(found.home)),
        ("engines start", lambda: _engines(found)),
    )
    for name, check in checks:
        try:
            yield Finding(name, ok=True, detail=check())
        except _TROUBLE as trouble:
            yield Finding(name, ok=False, detail=_in_words(trouble))


def _of_google(found: Settings, *, ask: bool) -> Iterator[Finding]:
    yield from findings_of_settings(found)
    yield _key_file(found)
    try:
        engines = find_engines(found)
    except _TROUBLE as trouble:
        fix = "Set DATABASE_URL and REDIS_URL, or ADDON_HOME to a folder of yours"
        yield Finding("engines", ok=False, detail=_in_words(trouble), fix=fix)
    else:
        try:
            yield from _of_engines(found, engines)
        finally:
            engines.close()
    for name, question in google_questions(found).items() if ask else ():
        yield _asked(name, question)


def _key_file(found: Settings) -> Finding:
    """Look at the service account that the settings name: one that is not named is none that is missing."""
    account = found.service_account
    if account.key_file is None:
        detail = (
            f"acts as {account.acting_as}"
            if account.acting_as
            else "not named: this machine's own, if it has one"
        )
        return Finding("GOOGLE_SERVICE_ACCOUNT", ok=True, detail=detail)
    email, _ = google_account(found)
    if not email:
        fix = "Set it to the JSON key of a service account, in a file that this user may read"
        return Finding("GOOGLE_SERVICE_ACCOUNT", ok=False, detail="the key file cannot be read", fix=fix)
    if account.key_file.stat().st_mode & _OTHERS:
        fix = f"chmod 600 {account.key_file}"
        return Finding("GOOGLE_SERVICE_ACCOUNT", ok=False, detail="others may read the key file", fix=fix)
    return Finding("GOOGLE_SERVICE_ACCOUNT", ok=True, detail=f"a key of {email}")


def _of_engines(found: Settings, engines: Engines) -> Iterator[Finding]:
    kind = engines.database_url.partition(":")[0]
    checks: tuple[tuple[str, Callable[[], bool], str, str], ...] = (
        ("database", lambda: is_migrated(engines), f"{kind}, migrated", "Run: addon-backend migrate"),
        ("Redis", lambda: _redis_answers(engines), "answers", "Set REDIS_URL to a Redis that can be reached"),
        ("workers", lambda: _workers_live(found, engines), "alive", "Start: addon-backend worker -n 2"),
    )
    for name, check, well, fix in checks:
        try:
            ok, detail = check(), "not up to date" if name == "database" else "none is alive"
        except _TROUBLE as trouble:
            silent = f"does not answer: {_in_words(trouble)}"
            yield Finding(name, ok=False, detail=silent, fix=_REACH.get(name, fix))
        else:
            yield Finding(name, ok, well if ok else detail, fix)


def _asked(name: str, question: Callable[[], str]) -> Finding:
    try:
        return Finding(name, ok=True, detail=question())
    except AddonError as trouble:
        reason = str(trouble.facts.get("reason", trouble.code))
        title, todo = problem_sentence(trouble, language())
        fix = _FIXES.get(reason) or _FIX_OF_CHECK.get(name) or todo
        seconds = trouble.facts.get("seconds")
        detail = f"{seconds} seconds off" if seconds else f"{title.removesuffix('.')} ({reason})"
        return Finding(name, ok=False, detail=detail, fix=fix)


def _in_words(trouble: Exception) -> str:
    """Say what is wrong, and of what."""
    if isinstance(trouble, AddonError):
        reason = trouble.facts.get("reason")
        return trouble.operator.removesuffix(".") + (f" ({reason})" if reason else "")
    return str(trouble) or type(trouble).__name__


def _account(found: Settings) -> Account:
    return Account(*google_account(found))


def _redis_answers(engines: Engines) -> bool:
    client = redis.Redis.from_url(engines.redis_url())
    try:
        return bool(client.ping())
    finally:
        client.close()


def _workers_live(found: Settings, engines: Engines) -> bool:
    """Tell whether some supervisor has swept a moment ago: its workers are alive then."""
    with build_house(found, engines).store.reading() as unit:
        beat = unit.work.beat(SWEEPER)
    return beat is not None and beat <= OLDEST_BEAT_SECONDS


def _home_is_writable(home: os.PathLike[str]) -> str:
    os.makedirs(home, mode=0o700, exist_ok=True)  # noqa: PTH103 - a PathLike
    if not os.access(home, os.W_OK):
        raise PermissionError(os.fspath(home))
    return os.fspath(home)


def _engines(found: Settings) -> str:
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
