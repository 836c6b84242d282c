"""Logs: one JSON line an event, never a person's words. Only codes, ids and durations are bound."""

import logging.config
from typing import Any

import structlog


def configure(config: dict[str, Any]) -> None:
    """Called by Django with ``LOGGING``: the standard library's records and ours leave in the same form."""
    level = str(config["level"]).upper()
    shared = [structlog.processors.TimeStamper(fmt="iso"), structlog.stdlib.add_log_level]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processor": structlog.processors.JSONRenderer(ensure_ascii=False),
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {"django.request": {"level": "ERROR"}, "procrastinate": {"level": "WARNING"}},
        }
    )
