"""The worker's loop: deliver while there is something, else wait for a second or a wake-up."""

from threading import Event, Thread

import psycopg
import structlog
from django.db import OperationalError, close_old_connections, connections

from gantang.outbox.service import deliver_once
from gantang.outbox.service.keep import WAKE_CHANNEL

log = structlog.get_logger()
_OUTSIDE, _FEW = 2, 5


def run(stop_event: Event, *, pause: float = 1.0) -> None:
    """Deliver until ``stop_event`` is set; a database that is away is waited for.

    Webhooks go by threads of their own, so that a receiver that answers late holds up nobody else.
    """
    threads = [Thread(target=_outside, args=(stop_event, pause)) for _ in range(_OUTSIDE)]
    for thread in threads:
        thread.start()
    _inside(stop_event, pause)
    for thread in threads:
        thread.join()


def _outside(stop_event: Event, pause: float) -> None:
    while not stop_event.is_set():
        try:
            if deliver_once(_FEW, outside=True) == 0:
                stop_event.wait(pause)
        except (OperationalError, psycopg.OperationalError):
            stop_event.wait(pause)
        except Exception:
            log.exception("outbox.failed")
            stop_event.wait(pause)
        finally:
            close_old_connections()


def _inside(stop_event: Event, pause: float) -> None:
    listener: psycopg.Connection | None = None
    while not stop_event.is_set():
        try:
            listener = listener or _listen()
            if deliver_once(outside=False) == 0:
                _sleep(listener, stop_event, pause)
        except (OperationalError, psycopg.OperationalError):
            log.warning("outbox.database_away")
            _drop(listener)
            listener = None
            stop_event.wait(pause)
    _drop(listener)


def _listen() -> psycopg.Connection:
    """An own direct connection: LISTEN does not go through a pool."""
    given = connections["default"].get_connection_params()
    for ours in ("pool", "cursor_factory", "context", "server_side_binding"):
        given.pop(ours, None)
    listener = psycopg.connect(**{**given, "autocommit": True})
    listener.execute(f"LISTEN {WAKE_CHANNEL}")
    return listener


def _sleep(listener: psycopg.Connection, stop_event: Event, pause: float) -> None:
    for _news in listener.notifies(timeout=pause, stop_after=1):
        break
    close_old_connections()


def _drop(listener: psycopg.Connection | None) -> None:
    if listener is not None:
        listener.close()
    for each in connections.all(initialized_only=True):
        each.close_if_unusable_or_obsolete()
