"""The months that the steps' table is divided into: made ahead by the owner, watched by everybody who
appends."""

from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

import structlog
from django.db import connection, connections

from gantang.kit import keys
from gantang.kit.clock import ZONE
from gantang.ledger.errors import NoMonthError

OWNER = "owner"
AHEAD = 14
#: As far as a clock is ever put back.
_PUT_RIGHT = timedelta(days=1)
BEHIND = 23  # room for sample worlds and time-shifted tests; empty months cost nothing
_log = structlog.get_logger(__name__)
_covered: dict[str, frozenset[str]] = {}
_lock = Lock()

_EXISTING = """
SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = to_regclass('ledger_step')
"""


def month_sql(year: int, month: int) -> str:
    """The statement that makes one month's partition, unless it is there."""
    low, high = keys.month_bound(year, month), keys.month_bound(*_step(year, month, 1))
    return (
        f"CREATE TABLE IF NOT EXISTS {_name(year, month)} PARTITION OF ledger_step "
        f"FOR VALUES FROM ('{low}') TO ('{high}')"
    )


def around(now: datetime, *, behind: int = 0, ahead: int = AHEAD) -> list[tuple[int, int]]:
    """The months from ``behind`` before ``now`` to ``ahead`` after it."""
    local = now.astimezone(ZONE)
    return [_step(local.year, local.month, by) for by in range(-behind, ahead + 1)]


def add_months(now: datetime, *, ahead: int = AHEAD) -> int:
    """Make the partitions up to ``ahead`` months from now, as the owner; how many were missing."""
    there = _existing(OWNER)
    missing = [month for month in around(now, ahead=ahead) if _name(*month) not in there]
    with connections[OWNER].cursor() as cursor:
        for month in missing:
            cursor.execute(month_sql(*month))
    return len(missing)


def is_made() -> bool:
    """Whether the steps' table is there (a migration may stop before it, or take it away)."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT to_regclass('ledger_step') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def check_month(now: datetime) -> None:
    """Stop with an alarm before a step is minted where no partition is. Errors: NoMonthError."""
    local = now.astimezone(ZONE)
    name, place = _name(local.year, local.month), str(connection.settings_dict["NAME"])
    if name in _covered.get(place, ()):
        return
    with _lock:
        _covered[place] = _existing("default")
    if name not in _covered[place]:
        _log.critical("ledger_month_missing", month=name)
        raise NoMonthError(details={"month": f"{local:%Y-%m}"})


def months_left(now: datetime) -> int:
    """How many whole months ahead have their partition (for the doctor and the worker)."""
    there = _existing("default")
    ahead = [_name(*month) in there for month in around(now, ahead=AHEAD)[1:]]
    return ahead.index(False) if False in ahead else len(ahead)


def first_key(opened_at: datetime) -> UUID:
    """The smallest step id a stream opened then can have: lets the server skip the months before.

    A clock that was put right since may have gone back over the border of a month.
    """
    local = (opened_at - _PUT_RIGHT).astimezone(ZONE)
    return keys.month_bound(local.year, local.month)


def _existing(alias: str) -> frozenset[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_EXISTING)
        return frozenset(row[0] for row in cursor.fetchall())


def _name(year: int, month: int) -> str:
    return f"ledger_step_{year}_{month:02d}"


def _step(year: int, month: int, by: int) -> tuple[int, int]:
    months = year * 12 + month - 1 + by
    return months // 12, months % 12 + 1
