"""Matters' numbers: nine characters, short, unique by construction, telling nothing of order or volume
(§1.5).

Two characters of city, six from the city's counter through a keyed permutation of 30 bits, one check
character. The counter is taken in blocks per process and in a transaction of its own, so that a number
given out in an act that is rolled back is lost, never given again.
"""

import hashlib
import os
from threading import Lock

import psycopg
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from gantang.kit import base32, crypto
from gantang.kit.errors import InvalidError, UnavailableError

BLOCK = 50
#: A batch takes for as many more like it: each block costs a connection of its own.
_AHEAD = 8
SPACE = 1 << 30
_HALF = 1 << 15
_ROUNDS = 8

# Cast, because a small number is sent as a smallint, and two of them add up to one.
_TAKE = """
INSERT INTO kit_counter (name, value) VALUES (%(name)s, %(seen)s::bigint + %(block)s)
ON CONFLICT (name) DO UPDATE SET value = GREATEST(kit_counter.value, %(seen)s::bigint) + %(block)s
RETURNING value
"""


class _Blocks:
    """The numbers this process still holds, by database and city."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[tuple[str, int], tuple[int, int]] = {}

    def next(self, city: int) -> int:
        """The next counter value, 0-based."""
        place = (str(connection.settings_dict["NAME"]), city)
        with self._lock:
            at, end = self._held.get(place, (0, 0))
            if at == end:
                end = _take_block(city, seen=end, size=BLOCK)
                at = end - BLOCK
            self._held[place] = (at + 1, end)
            return at

    def reserve(self, city: int, count: int) -> None:
        """Hold at least so many, and more for the batches to come; what was held and is less is lost."""
        place = (str(connection.settings_dict["NAME"]), city)
        with self._lock:
            at, end = self._held.get(place, (0, 0))
            if end - at < count:
                size = count * _AHEAD
                end = _take_block(city, seen=end, size=size)
                self._held[place] = (end - size, end)

    def clear(self) -> None:
        """Forget all (in a child process: its parent gives those numbers out)."""
        self.__init__()  # type: ignore[misc]


_blocks = _Blocks()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_blocks.clear)


def _take_block(city: int, *, seen: int, size: int) -> int:
    """The end of a new block of ``size``, taken on a connection of its own; never at or below ``seen``."""
    # Not from the pool: acts that wait for a number hold all its connections.
    params = {**connection.get_connection_params(), "autocommit": True}
    for own in ("cursor_factory", "context"):
        params.pop(own, None)
    with connection.wrap_database_errors, psycopg.connect(**params) as link:
        row = link.execute(_TAKE, {"name": f"number:{city}", "seen": seen, "block": size}).fetchone()
    return int(row[0]) if row else 0


def take(city: int) -> str:
    """A new number for a matter of this city, nine characters without dashes."""
    value = _blocks.next(city)
    if value >= SPACE:
        raise UnavailableError("kit.numbers_used_up", _("本市的事项编号已用完。"))
    return number_for(city, value)


def reserve(city: int, count: int) -> None:
    """Take so many numbers in one trip, for a batch that is about to ``take`` them one by one."""
    _blocks.reserve(city, count)


def number_for(city: int, value: int) -> str:
    """The number that a counter value becomes."""
    return base32.with_check(base32.city_pair(city) + base32.digits(shuffle(city, value), 6))


def shuffle(city: int, value: int) -> int:
    """A keyed permutation of 0 … 2^30 - 1, another one for each city (an eight-round Feistel network).

    It hides order and gaps, it protects no content. It must stay the same for ever, so it does not follow
    the suite.
    """
    left, right = value >> 15, value & (_HALF - 1)
    key = crypto.derive("numbers", suite="intl")
    for turn in range(_ROUNDS):
        message = b"%d %d %d" % (city, turn, right)
        drawn = int.from_bytes(hashlib.blake2b(message, key=key, digest_size=2).digest(), "big")
        left, right = right, left ^ drawn & (_HALF - 1)
    return left << 15 | right


def show(number: str) -> str:
    """A number as people read it, ``QK7-M4R-2PX``."""
    return f"{number[:3]}-{number[3:6]}-{number[6:]}"


def parse(text: str) -> str:
    """A number as typed, in its stored form. Errors: InvalidError."""
    number = base32.clean(text)
    if number is None or len(number) != 9 or not base32.checks(number):
        raise InvalidError("kit.number", _("事项编号不正确。"), remedy=_("请核对编号，共 9 位。"))
    return number


def city_in(number: str) -> int:
    """The city a number was given out in. Errors: InvalidError for a number of another province."""
    city = base32.city_from(number[:2], int(settings.GANTANG_PROVINCE))
    if city is None:
        raise InvalidError("kit.number_elsewhere", _("事项编号不属于本系统。"))
    return city
