"""The database of a home when none is configured: one SQLite file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from addon_backend.domain.errors import EngineUnavailable

# Where locks or shared memory between processes are missing or lie, SQLite loses writes
# (https://sqlite.org/wal.html: "WAL does not work over a network filesystem"). Not 9p: sandboxes mount local
# disks with it.
_NETWORK = frozenset(
    "afs ceph cifs fuse.gcsfuse fuse.glusterfs fuse.s3fs fuse.sshfs lustre nfs nfs4 smb3 smbfs".split()
)
_MOUNTS = Path("/proc/self/mountinfo")  # Linux; elsewhere nothing is refused


def database_url(home: Path, *, mounts: Path = _MOUNTS) -> str:
    """Return the SQLAlchemy address of the home's database, whose folder then exists.

    Raises:
        EngineUnavailable: the home is on a network file system or cannot be written; ``why`` says what to do.
    """
    folder = home.resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise EngineUnavailable(why=f"The home cannot be made: {error}. Set ADDON_HOME.") from error
    kind = _file_system(folder, mounts)
    if kind in _NETWORK:
        raise EngineUnavailable(
            why=f"{folder} is on a network file system ({kind}), where SQLite loses writes: "
            "set ADDON_HOME to a local folder, or DATABASE_URL to a PostgreSQL."
        )
    return f"sqlite:///{quote(str(folder / 'addon.db'))}"


def _file_system(folder: Path, mounts: Path) -> str:
    """Return the kind of the innermost mount that holds the folder, or nothing where it cannot be known."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    innermost, kind = Path(), ""
    for line in lines:  # man 5 proc: fields, then " - ", then the file system's kind
        before, _, after = line.partition(" - ")
        mounted_on = Path(_unescaped(before.split()[4]))
        if folder.is_relative_to(mounted_on) and len(mounted_on.parts) >= len(innermost.parts):
            innermost, kind = mounted_on, after.split()[0]
    return kind


def _unescaped(path: str) -> str:
    for sign in " \t\n\\":
        path = path.replace(f"\\{ord(sign):03o}", sign)
    return path
