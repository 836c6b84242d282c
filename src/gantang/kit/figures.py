"""Figures for Prometheus, of all processes of this machine: requests and jobs, how many and how long.

Labels are addresses as declared, methods, classes of status, names of jobs. The process's own figures
(memory, processor) are left out: they would tell of protected tips too.
"""

import os
from pathlib import Path

from django.conf import settings

# All processes write into one folder; the library reads this when it is first imported.
FOLDER = Path(settings.GANTANG_METRICS_DIR)
if settings.GANTANG_METRICS_TOKEN:
    FOLDER.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FOLDER)

import prometheus_client  # noqa: E402
from prometheus_client import CollectorRegistry, Histogram  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector  # noqa: E402

from gantang.kit import spans  # noqa: E402

KIND = prometheus_client.CONTENT_TYPE_LATEST
_OWN = CollectorRegistry()
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
REQUESTS = Histogram(
    "gantang_request_seconds",
    "Requests by address, method and class of status.",
    ("route", "method", "status"),
    buckets=_SECONDS,
    registry=_OWN,
)
JOBS = Histogram(
    "gantang_job_seconds", "Turns of a job of the worker, by how they ended.", ("job", "ended"), registry=_OWN
)


def answered(method: str, route: str, status: int, seconds: float) -> None:
    """One more request; nothing where nothing may leave a sign."""
    if settings.GANTANG_METRICS_TOKEN and not spans.is_silent():
        REQUESTS.labels(route, method, f"{status // 100}xx").observe(seconds)


def worked(job: str, ended: str, seconds: float) -> None:
    """One more turn of a job."""
    if settings.GANTANG_METRICS_TOKEN and not spans.is_silent():
        JOBS.labels(job, ended).observe(seconds)


def collected() -> CollectorRegistry:
    """What all processes have written, to which the caller may add."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(FOLDER))  # type: ignore[no-untyped-call]
    return registry


def written(registry: CollectorRegistry) -> bytes:
    """The figures in the form that Prometheus reads."""
    return prometheus_client.generate_latest(registry)
