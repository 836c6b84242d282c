"""How often somebody may do something: a bucket that fills up again steadily, shared by all processes.

Who somebody is, the doors say: an account, a program, a browser known from before, and only for strangers
the address, which a whole village may have in common. Nothing readable is kept, only a keyed hash.
"""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.db import connection

from gantang.kit import crypto
from gantang.kit.models import Bucket

PURPOSE = "limits"
#: What filled up long ago is forgotten.
KEPT = timedelta(days=1)
_MOST_HELD = 10_000
_TAKE = """
    INSERT INTO kit_bucket AS b (who, remaining, at) VALUES (%(who)s, %(most)s - %(cost)s, %(now)s)
    ON CONFLICT (who) DO UPDATE SET at = greatest(b.at, %(now)s), remaining = {full} - %(cost)s
    WHERE {full} >= %(cost)s
    RETURNING remaining
"""
_FULL = """
    least(%(most)s, b.remaining + %(rate)s * greatest(0, extract(epoch from %(now)s - b.at)::float8))
"""
_LEFT = f"SELECT {_FULL} FROM kit_bucket b WHERE who = %(who)s"  # noqa: S608 (our own words)


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` times at once, and as many again in ``seconds``. A process takes ``block`` at a time, so that
    what is frequent costs the database a trip only now and then."""

    purpose: str
    most: int
    seconds: int
    block: int = 1


def take(limit: Limit, who: str, *, now: datetime) -> bool:
    """Whether there was one left; it is used up then."""
    key = _key(limit, who)
    if limit.block > 1 and _held.take(key, now):
        return True
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(full=_FULL), _values(limit, key, now, limit.block))
        taken = cursor.fetchone() is not None
    if taken and limit.block > 1:
        _held.put(key, limit.block - 1, now + timedelta(seconds=limit.seconds))
    return taken


def is_spent(limit: Limit, who: str, *, now: datetime) -> bool:
    """Whether none is left; nothing is used up."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, _values(limit, _key(limit, who), now, 1))
        row = cursor.fetchone()
    return row is not None and float(row[0]) < 1


def forget(*, now: datetime) -> None:
    """Drop the buckets that have long been full again."""
    Bucket.objects.filter(at__lt=now - KEPT).delete()


def source(address: str) -> str:
    """What counts as one address: an IPv4 address, an IPv6 network of 64 bits (one household's)."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))


def _key(limit: Limit, who: str) -> bytes:
    return crypto.mac(PURPOSE, limit.purpose.encode(), who.encode())


def _values(limit: Limit, key: bytes, now: datetime, cost: int) -> dict[str, Any]:
    most = float(limit.most)
    return {"who": key, "most": most, "rate": most / limit.seconds, "cost": float(cost), "now": now}


class _Held:
    """What this process has taken ahead, until when it may be used."""

    def __init__(self) -> None:
        self._left: dict[bytes, tuple[int, datetime]] = {}
        self._lock = threading.Lock()

    def take(self, key: bytes, now: datetime) -> bool:
        with self._lock:
            left, until = self._left.get(key, (0, now))
            if not left or until <= now:
                return False
            self._left[key] = (left - 1, until)
            return True

    def put(self, key: bytes, count: int, until: datetime) -> None:
        with self._lock:
            if len(self._left) >= _MOST_HELD:
                self._left.clear()
            self._left[key] = (count, until)

    def clear(self) -> None:
        with self._lock:
            self._left.clear()


_held = _Held()


def forget_held() -> None:
    """Give up what this process has taken ahead."""
    _held.clear()
