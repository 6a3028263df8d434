import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.left_out import leave_out

HERE = Path(__file__).parent


@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name)
def test_the_modules_keep_their_promises(path):
    node = shutil.which("node", path=f"{os.environ.get('PATH', '')}:{Path(sys.executable).parent}")
    if node is None:
        leave_out("the panel's modules (no node)", "Run them with: ./dev test")
    done = subprocess.run(
        [node, "--test", str(path)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr
