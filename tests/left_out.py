"""What a test says when this machine lacks what it needs."""

from typing import NoReturn

import pytest

PREFIX = "left out: "


def leave_out(what: str, remedy: str) -> NoReturn:
    """Skip the test; the end of the run says once what was left out, how often, and what would add it."""
    pytest.skip(f"{PREFIX}{what}. {remedy}")
