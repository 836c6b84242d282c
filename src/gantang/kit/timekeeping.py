"""Several machines, several clocks: the database's judges. Whoever serves or works looks at it again and
again."""

import time
from datetime import datetime, timedelta
from threading import Event, Thread

import structlog
from django.db import Error, connection

from gantang.kit import clock

log = structlog.get_logger(__name__)
EVERY = 5.0
#: Until the database has answered once.
_AT_FIRST = 0.5
_told = [False]


def look() -> timedelta:
    """Keep to the database's clock; how far this machine's is ahead. Errors: OperationalError while the
    database is away, and what was kept to before stands."""
    ahead = clock.keep_to(_judge())
    _tell(ahead)
    return ahead


def ahead() -> timedelta:
    """How far this machine's clock is ahead of the database's; nothing is changed."""
    return clock.here() - _judge()


def start() -> None:
    """Look now and every few seconds, in a thread of its own, for as long as the process lives. A database
    that is away keeps nobody from starting."""
    looked = Event()
    Thread(target=_go_on, args=(looked,), name="timekeeping", daemon=True).start()
    looked.wait(_AT_FIRST)


def _go_on(looked: Event) -> None:
    is_kept = False
    while True:
        is_kept = _once() or is_kept
        looked.set()
        time.sleep(EVERY if is_kept else _AT_FIRST)


def _once() -> bool:
    """One look, and whether the database answered; one that is away is asked again."""
    try:
        look()
    except Error:
        return False
    finally:
        connection.close()
    return True


def _judge() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def _tell(ahead: timedelta) -> None:
    """The log hears of it when it begins and when it is over."""
    is_off = abs(ahead) > clock.TOLERATED
    if is_off and not _told[0]:
        log.error("clock.off", ahead_seconds=round(ahead.total_seconds()))
    elif _told[0] and not is_off:
        log.info("clock.right_again")
    _told[0] = is_off
