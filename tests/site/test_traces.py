"""Traces: a span for each request, unit of work and job, with codes only, and none of a protected tip."""

from collections.abc import Iterator
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from gantang.kit import spans

if TYPE_CHECKING:
    from tests.world import World

sdk = pytest.importorskip("opentelemetry.sdk.trace.export")
pytestmark = pytest.mark.django_db


@pytest.fixture
def ended() -> Iterator[Any]:
    """What ended so far."""
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    from gantang.site import traces

    kept = InMemorySpanExporter()
    traces.send_to(sdk.SimpleSpanProcessor(kept), "test")
    yield lambda: kept.get_finished_spans()
    spans.use(None)


def test_a_request_is_a_span_with_its_declared_address(ended: Any):
    Client().get("/t/JW-J6EA-3K1K-0000")
    (found,) = [one for one in ended() if one.name == "request"]
    assert dict(found.attributes) == {"method": "GET", "route": "t/<str:code>", "status": 404}


def test_an_act_of_a_request_is_a_span_below_it(ended: Any, world: "World"):
    from tests.doors.test_portal import reported

    number, _code = reported(Client(), world)
    works = [one for one in ended() if one.name == "work"]
    requests = {one.context.span_id for one in ended() if one.name == "request"}
    assert works and all(one.parent.span_id in requests for one in works if one.parent)
    assert number not in str([(one.name, dict(one.attributes), one.events) for one in ended()])


def test_what_an_exception_says_goes_into_no_span(ended: Any):
    with pytest.raises(ValueError, match="13800138000"), spans.span("work"):
        raise ValueError("王小明 13800138000")
    (found,) = ended()
    assert found.events == () and found.status.description is None


def test_a_job_is_a_span_and_a_silent_one_is_none(ended: Any):
    from gantang.cli.worker import jobs

    for is_silent in (False, True):
        stop = Event()
        jobs.keep(jobs.Job("counts", 0.01, stop.set, is_silent=is_silent), stop)
    assert [dict(one.attributes) for one in ended() if one.name == "job"] == [{"job": "counts"}]


def test_of_protected_tips_there_is_no_span(ended: Any):
    for path in ("/tip/", "/tip/receipt/", "/desk/sealed/"):
        Client().get(path)
    assert ended() == ()


def test_what_wakes_and_commits_sealed_things_is_silent():
    from gantang.cli.worker import jobs

    silent = {job.name for job in jobs.JOBS if job.is_silent}
    assert silent == {"sealed", "commitments"}
    loud = "".join(job.run.__code__.co_names.__repr__() for job in jobs.JOBS if not job.is_silent)
    assert "sealed" not in loud


def test_traces_without_the_library_are_told(settings: Any, monkeypatch: pytest.MonkeyPatch):
    from gantang.site import traces

    settings.GANTANG_OTLP_ENDPOINT = "http://127.0.0.1:4318/v1/traces"
    monkeypatch.setattr(traces, "find_spec", lambda _name: None)
    with pytest.raises(traces.TelemetryMissingError) as told:
        traces.start("web")
    assert "telemetry" in told.value.remedy_words
