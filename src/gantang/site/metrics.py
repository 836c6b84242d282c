"""`/metrics` for Prometheus: open to whoever shows GANTANG_METRICS_TOKEN; without one it is not there."""

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Gauge

from gantang.kit import figures
from gantang.outbox import queries as outbox


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """All figures of this machine, and what waits to leave. Protected tips are in none of them."""
    if not _may(request.headers.get("Authorization", "")):
        raise Http404
    registry = figures.collected()
    _outbox(registry)
    return HttpResponse(figures.written(registry), content_type=figures.KIND)


def _outbox(registry: CollectorRegistry) -> None:
    rows = Gauge(
        "gantang_outbox_rows",
        "Rows of the outbox, by destination and state.",
        ("destination", "state"),
        registry=registry,
    )
    for each in outbox.standing():
        rows.labels(each.destination, "waiting").set(each.waiting)
        rows.labels(each.destination, "dead").set(each.dead)


def _may(given: str) -> bool:
    token = settings.GANTANG_METRICS_TOKEN
    return bool(token) and hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
