"""What the operator watches, for Prometheus. Labels are our codes and route rules, never ids or values."""

from __future__ import annotations

import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

CONTENT_TYPE = CONTENT_TYPE_LATEST

requests = Counter("addon_http_requests", "Answers by route and status.", ["method", "route", "status"])
request_seconds = Histogram(
    "addon_http_request_seconds",
    "Time to answer, long-polls left out.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
problems = Counter("addon_http_problems", "Problems by code.", ["code"])
waiting_panels = Gauge(
    "addon_waiting_panels", "Threads that hold a panel's long-poll.", multiprocess_mode="livesum"
)
waits_refused = Counter("addon_waits_refused", "Long-polls answered at once because too many wait.")
limits_unavailable = Counter(
    "addon_limits_unavailable", "Rate limits that could not be asked, by what was done.", ["done"]
)


def forget_process(pid: int) -> None:
    """Count no longer what a process held that has ended, under ``PROMETHEUS_MULTIPROC_DIR``."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(pid)  # type: ignore[no-untyped-call]


def render() -> bytes:
    """Return all metrics of this process or, under ``PROMETHEUS_MULTIPROC_DIR``, of all its siblings."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
