"""An answer that hangs ends its process, wherever it hangs."""

import signal
import subprocess
import sys

import pytest

HANGS = {
    "asleep": "time.sleep(600)",
    "in a loop that catches everything": """
while True:
    try:
        time.sleep(600)
    except BaseException:
        pass""",
    "where no Python code runs": "re.match('(a|a)*b', 'a' * 60)",
}


@pytest.mark.parametrize("hang", HANGS.values(), ids=HANGS)
def test_what_hangs_is_ended_by_the_kernel(hang):
    lines = "\n".join(f"    {line}" for line in hang.strip().splitlines())
    program = f"import re, time\nfrom addon_backend.jobs.alarm import Alarm\nwith Alarm(1):\n{lines}\n"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -signal.SIGALRM


def test_what_ends_in_time_is_left_alone():
    program = (
        "import time\nfrom addon_backend.jobs.alarm import Alarm\nwith Alarm(1): pass\ntime.sleep(1.5)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
