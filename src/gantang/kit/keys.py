"""Row keys that know their city, and the access codes of reporters and parties (data layer, §1.3 and
§1.6)."""

import os
from collections import deque
from datetime import UTC, datetime
from struct import unpack
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from gantang.kit import base32, crypto
from gantang.kit.clock import ZONE
from gantang.kit.errors import InvalidError

_VERSION = 7 << 76
_VARIANT = 2 << 62
_CITY_SHIFT = 48
_CITY_MASK = (1 << 14) - 1
_RANDOM_MASK = (1 << _CITY_SHIFT) - 1


def mint(city: int, at: datetime) -> UUID:
    """A new UUIDv7: milliseconds of ``at``, 12 random bits, 14 bits of city (0–9999), 48 random bits."""
    if not 0 <= city <= 9999:
        raise ValueError(f"no city: {city}")
    chance = _chance()
    head = _milliseconds(at) << 80 | _VERSION | (chance >> 52) << 64
    return UUID(int=head | _VARIANT | city << _CITY_SHIFT | chance & _RANDOM_MASK)


#: Random numbers of 64 bits for ids to come: to ask the system for each of them takes longer than the rest.
_drawn: deque[int] = deque()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_drawn.clear)  # its parent uses them


def _chance() -> int:
    while True:
        try:
            return _drawn.popleft()
        except IndexError:
            _drawn.extend(unpack("512Q", os.urandom(512 * 8)))


def city_of(key: UUID) -> int:
    """The city that a minted key lives in."""
    return key.int >> _CITY_SHIFT & _CITY_MASK


def city_on(ground: str) -> int:
    """The city in which a row about a ground lives; the province's own number for wider ground."""
    return int((ground or settings.GANTANG_PROVINCE)[:4].ljust(4, "0"))


def home() -> int:
    """The city of what belongs to the whole province: the province's own number."""
    return city_on("")


def moment_of(key: UUID) -> datetime:
    """The moment a key was minted, to the millisecond."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, UTC).astimezone(ZONE)


def month_bound(year: int, month: int) -> UUID:
    """The smallest key of a month (local time): a bound of a partition, itself never minted."""
    return UUID(int=_milliseconds(datetime(year, month, 1, tzinfo=ZONE)) << 80)


def _milliseconds(at: datetime) -> int:
    if at.utcoffset() is None:
        raise ValueError("a moment needs a zone")
    return int(at.timestamp() * 1000)


def access_code(matter_id: UUID, party: int, issue: int, *, suite: str | None = None) -> str:
    """The access code of a party (0 = the reporter) in groups, ``J3-9FQ2-7XKM-0V5T``; derived, so never
    stored.

    Two characters of city, 50 bits of a keyed hash, two check characters. ``issue`` rises when a code is
    replaced.
    """
    return show_access(_access_code(matter_id, party, issue, suite))


def access_hash_of(matter_id: UUID, party: int, issue: int) -> bytes:
    """What is stored of that code: ``access_hash`` without reading it as typed."""
    return crypto.mac("access hash", _access_code(matter_id, party, issue).encode())


def _access_code(matter_id: UUID, party: int, issue: int, suite: str | None = None) -> str:
    data = crypto.mac("access code", matter_id.bytes, str(party).encode(), str(issue).encode(), suite=suite)
    return _coded(matter_id, data)


def _coded(matter_id: UUID, data: bytes) -> str:
    bits = int.from_bytes(data[1:9], "big") >> 14
    return base32.with_two_checks(base32.city_pair(city_of(matter_id)) + base32.digits(bits, 10))


def document_code(matter_id: UUID, kind: str, version: int) -> str:
    """What the square code of a document leads to: in the form of an access code, and never one. It opens
    only that the document was issued, by whom and when."""
    data = crypto.mac("document code", matter_id.bytes, kind.encode(), str(version).encode())
    return show_access(_coded(matter_id, data))


def document_hash(code: str, *, suite: str | None = None) -> bytes:
    """What is stored of a document's code. Errors: InvalidError."""
    return crypto.mac("document hash", normal_code(code).encode(), suite=suite)


def document_hashes(code: str) -> list[bytes]:
    """The hash under every suite, that in force first. Errors: InvalidError."""
    return [document_hash(code, suite=suite) for suite in crypto.suites()]


def show_access(code: str) -> str:
    """A normal code in groups of 2, 4, 4 and 4."""
    return "-".join((code[:2], code[2:6], code[6:10], code[10:]))


def normal_code(text: str) -> str:
    """A code as typed or scanned, without dashes, 14 characters. Errors: InvalidError."""
    code = base32.clean(text)
    if code is None or len(code) != 14 or not base32.checks_twice(code):
        raise InvalidError(
            "kit.access_code", _("查询码不正确。"), remedy=_("请核对回执上的查询码，共 14 位。")
        )
    return code


def access_hash(code: str, *, suite: str | None = None) -> bytes:
    """What is stored of a code: its keyed hash, the suite's byte first. Errors: InvalidError."""
    return crypto.mac("access hash", normal_code(code).encode(), suite=suite)


def access_hashes(code: str) -> list[bytes]:
    """The hash under every suite, that in force first: codes given out before a change of suite still
    open."""
    return [access_hash(code, suite=suite) for suite in crypto.suites()]


def access_city(code: str) -> int:
    """The city a code's matter lives in. Errors: InvalidError, also for a code of another province."""
    city = base32.city_from(normal_code(code)[:2], int(settings.GANTANG_PROVINCE))
    if city is None:
        raise InvalidError("kit.access_code_elsewhere", _("查询码不属于本系统。"))
    return city
