"""Logs: one JSON line an event, never a person's words. Only codes, ids and durations are bound."""

import logging.config  # noqa: TID251  the one place that joins the standard library's records with ours
import sys
import traceback
from typing import Any

import structlog
from django.http import HttpRequest
from structlog.types import EventDict, Processor, WrappedLogger

from gantang.site.requests import is_silent, route_of

#: Libraries tell what they work on when asked for everything: a photo's own notes, an address with its words.
_LIBRARIES = logging.INFO


def configure(config: dict[str, Any]) -> None:
    """Called by Django with ``LOGGING``: the standard library's records and ours leave in the same form."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_log_level,
        where_it_broke,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_standard(str(config["level"]).upper(), shared))


def _standard(level: str, shared: list[Processor]) -> dict[str, Any]:
    lines = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
        "foreign_pre_chain": shared,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": lines},
        "filters": {"declared": {"()": Declared}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["declared"]}
        },
        "root": {"handlers": ["stderr"], "level": max(_LIBRARIES, logging.getLevelName(level))},
        "loggers": {"gantang": {"level": level}, "django.request": {"level": "ERROR"}},
    }


class Declared(logging.Filter):
    """What Django tells of a request leaves with the address as it is declared: as it was asked it may hold a
    code or somebody's words, and so may the host, the origin and the referrer that did not fit."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether there is a line at all: of protected tips there is none."""
        request = getattr(record, "request", None)
        if not isinstance(request, HttpRequest):
            return True
        if is_silent(request):
            return False
        status = getattr(record, "status_code", "-")
        record.msg, record.args = f"{record.name}: {status} {route_of(request)}{_why(record)}", ()
        return True


def _why(record: logging.LogRecord) -> str:
    """What Django's guard against forgery had against a request, without what it compared: that was given."""
    if record.name != "django.security.csrf" or not isinstance(record.args, tuple) or not record.args:
        return ""
    return f" ({str(record.args[0]).partition(' - ')[0]})"


def where_it_broke(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An exception leaves as its type and the lines it passed: its text may quote a row, and so a person."""
    given = event.pop("exc_info", None)
    info = sys.exc_info() if given is True else given
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0] is not None:
        event["error"] = info[0].__qualname__
        event["at"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(info[2])
        ]
    return event
