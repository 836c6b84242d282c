"""Reading beside the main database: what only shows (search, export, screens) may come from a replica that
lags a little. Nothing is decided or written there."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import structlog
from django.db import OperationalError, connection, connections

log = structlog.get_logger()
ALIAS = "replica"
#: A replica that was away is not asked again for so many seconds.
PAUSE = 10.0
_away_until = [0.0]


@contextmanager
def aside() -> Iterator[None]:
    """In the block every query goes to the replica, where there is one and it answers; behind the same wall.

    Inside a transaction nothing changes: what belongs together is read from one database.
    """
    if not _usable():
        yield
        return
    main = connections["default"]
    connections["default"] = connections[ALIAS]
    try:
        yield
    finally:
        connections["default"] = main


def is_aside() -> bool:
    """Whether queries go to the replica here."""
    return connection.alias == ALIAS


def _usable() -> bool:
    if ALIAS not in connections.settings or is_aside() or connection.in_atomic_block:
        return False
    if monotonic() < _away_until[0]:
        return False
    try:
        connections[ALIAS].ensure_connection()
    except OperationalError:
        log.warning("replica.away")
        _away_until[0] = monotonic() + PAUSE
        return False
    return True
