"""Moments as they come from the database, read by the language's own parser.

Django reads a ``timestamptz`` by a subclass of psycopg's Python loader even where psycopg's C part is there;
of a page of fifty matters that was a sixth of the time.
"""

from datetime import datetime, tzinfo
from typing import ClassVar

from django.db import connections
from django.db.backends.postgresql.psycopg_any import get_adapters_template
from psycopg.abc import Buffer
from psycopg.types.datetime import TimestamptzLoader


class Moments(TimestamptzLoader):
    """``2026-11-30 08:00:00.25+08``, written by the server in the connection's zone; what the language cannot
    hold (infinity, years before Christ) is psycopg's to refuse."""

    timezone: ClassVar[tzinfo]  # Django looks here whether a cursor needs a loader of its own

    def load(self, data: Buffer) -> datetime:
        """Errors: psycopg's DataError, for a moment that is none here."""
        try:
            return datetime.fromisoformat(bytes(data).decode()).astimezone(self.timezone)
        except ValueError:
            return super().load(data)


def register() -> None:
    """All connections opened from now on read moments so."""
    for zone in {link.timezone for link in connections.all() if link.timezone}:
        loader = type("MomentsHere", (Moments,), {"timezone": zone})
        get_adapters_template(True, zone).register_loader("timestamptz", loader)
