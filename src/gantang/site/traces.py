"""Traces by OpenTelemetry, where the extra `telemetry` is installed and GANTANG_OTLP_ENDPOINT says where to:
a span for each request, unit of work and job, with codes and figures only."""

from contextlib import AbstractContextManager
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gantang import __version__
from gantang.kit import spans
from gantang.kit.errors import UnavailableError


class TelemetryMissingError(UnavailableError):
    """Traces are asked for and the library is not there."""

    code = "site.telemetry_missing"
    sentence = _("设置了 GANTANG_OTLP_ENDPOINT，但没有安装 OpenTelemetry。")
    remedy = _("请安装附加组件 gantang[telemetry]，或去掉这项设置。")


def start(role: str) -> None:
    """Send spans from this process on, if it is wanted. Errors: TelemetryMissingError."""
    if not settings.GANTANG_OTLP_ENDPOINT:
        return
    if find_spec("opentelemetry.sdk") is None or find_spec("opentelemetry.exporter.otlp") is None:
        raise TelemetryMissingError
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    send_to(BatchSpanProcessor(OTLPSpanExporter(endpoint=settings.GANTANG_OTLP_ENDPOINT)), role)


def send_to(processor: Any, role: str) -> None:
    """Open spans and hand what ended to the processor."""
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    about = {"service.name": "gantang", "service.version": __version__, "gantang.role": role}
    provider = TracerProvider(resource=Resource(about))
    provider.add_span_processor(processor)
    tracer = provider.get_tracer("gantang")

    def opened(name: str, attributes: dict[str, spans.Value]) -> AbstractContextManager[object]:
        # What an exception says may quote a row: neither it nor its text goes into the span.
        return tracer.start_as_current_span(
            name, attributes=attributes, record_exception=False, set_status_on_exception=False
        )

    spans.use(opened)
