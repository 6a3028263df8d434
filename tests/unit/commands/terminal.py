"""A person at a terminal: a folder, files in it, and commands as she types them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from addon_backend.__main__ import cli
from addon_backend.domain.errors import AddonError
from addon_backend.domain.sentences import problem_sentence

ROOT = Path(__file__).parents[3]
PEOPLE = "Name,E-mail,Phone,Country\nDUPONT Marie,Marie@EXAMPLE.com,01 42 68 53 00,France\n"


@dataclass
class Terminal:
    """Commands run in this process, over a home whose database is made already."""

    folder: Path
    home: Path
    patch: pytest.MonkeyPatch
    last: Result = field(init=False)

    def file(self, name: str, content: bytes | str) -> Path:
        """Put a file on the desk."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def types(self, *words: object, typed: bytes | str | None = None) -> int:
        """Run a command; return its exit code. No command may end in a traceback."""
        self.last = CliRunner(catch_exceptions=False).invoke(cli, [str(word) for word in words], input=typed)
        return self.last.exit_code

    def enriches(self, file: Path, *words: object) -> int:
        """Run ``enrich FILE --yes --json``."""
        return self.types("enrich", file, "--yes", "--json", *words)

    @property
    def out(self) -> str:
        """What came on stdout."""
        return self.last.stdout

    @property
    def told(self) -> str:
        """What came on stderr."""
        return self.last.stderr

    @property
    def data(self) -> dict[str, object]:
        """The JSON object in the last line of stdout."""
        found = json.loads(self.out.splitlines()[-1])
        assert isinstance(found, dict)
        return found

    @property
    def result(self) -> Path:
        """The file that the last run made."""
        return Path(str(self.data["output"]))

    def was_told(self, error: AddonError) -> bool:
        """True when the last command said this, in one line of its own."""
        return (
            " ".join(problem_sentence(error, "en")) in self.told.splitlines() and "Traceback" not in self.told
        )

    @property
    def desk(self) -> list[str]:
        """The names of all files in the folder, hidden ones too."""
        return sorted(path.name for path in self.folder.iterdir())

    @property
    def kept(self) -> list[Path]:
        """The copies that we still have of anybody's file."""
        return [path for path in (self.home / "documents").rglob("*") if path.is_file()]

    @contextmanager
    def process(self, *words: object) -> Iterator[subprocess.Popen[str]]:
        """Start a command as a process of its own, which hears Ctrl-C even where we were told not to."""
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell's background job hands that down
            signal.signal(signal.SIGINT, signal.default_int_handler)
        told: Mapping[str, str] = {**os.environ, "ADDON_HOME": str(self.home), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "addon_backend", *map(str, words)]
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=told,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as running:
            try:
                yield running
            finally:
                running.kill()


def make_terminal(folder: Path, blank: Path, patch: pytest.MonkeyPatch) -> Terminal:
    """Sit down at a terminal whose home is a copy of a migrated, empty one."""
    home = folder / "home"
    shutil.copytree(blank, home)
    (folder / "desk").mkdir()
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "DATABASE_URL", "SANDBOX"):
        patch.delenv(name, raising=False)
    patch.setenv("ADDON_HOME", str(home))
    patch.setenv("REDIS_URL", "unix:///nowhere")  # who runs from a terminal works herself: bells may be lost
    return Terminal(folder / "desk", home, patch)
