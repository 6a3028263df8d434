"""The table of directions in pyproject.toml, read by ``lint-imports``."""

import pytest

from tests.direction import violations

ROWS = [
    "telemetry domain -> only",
    "services -> ports domain",
    "google excel jobs.bell -> ports domain",
    "jobs web -> services",
]


def broken_by(module: str, imported: str) -> list[str]:
    return violations(
        {f"addon_backend.{module}": [imported]}, rows=ROWS, leaves=["telemetry"], reserved=["flask -> web"]
    )


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("services.runs", "addon_backend.domain.cells"),
        ("services.runs", "addon_backend.services.accounts"),
        ("google.sheets", "addon_backend.telemetry.logs"),
        ("jobs.bell", "addon_backend.ports.bell"),
        ("jobs.tasks", "addon_backend.jobs.bell"),
        ("web.v1.runs", "flask"),
        ("google.sheets", "requests"),
    ],
)
def test_what_the_table_allows_passes(module, imported):
    assert broken_by(module, imported) == []


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("services.runs", "addon_backend.google.sheets"),
        ("google.sheets", "addon_backend.excel.graph"),
        ("domain.cells", "addon_backend.telemetry"),
        ("jobs.tasks", "addon_backend.ports.bell"),
        ("jobs.bell", "addon_backend.services.runs"),
        ("google.sheets", "flask"),
        ("attic.chest", "addon_backend.domain"),
    ],
)
def test_what_it_does_not_allow_is_named_once(module, imported):
    (line,) = broken_by(module, imported)
    assert line.startswith(f"addon_backend.{module} ")
