"""Booking codes: 128 bits and more of a keyed hash, derived and never stored, found again by another hash."""

from uuid import UUID

from gantang.kit import base32, crypto
from gantang.reception.errors import NoBookingError

LENGTH = 28
_BITS = 130


def code_of(booking: UUID, what: str = "booking") -> str:
    """The code in groups of four: 130 bits and two check characters."""
    data = crypto.mac(f"{what} code", booking.bytes)[1:]
    plain = base32.digits(int.from_bytes(data[:17], "big") >> (17 * 8 - _BITS), LENGTH - 2)
    code = base32.with_two_checks(plain)
    return "-".join(code[place : place + 4] for place in range(0, LENGTH, 4))


def normal(text: str) -> str:
    """A code as typed or scanned, without dashes. Errors: NoBookingError for what can be none."""
    code = base32.clean(text)
    if code is None or len(code) != LENGTH or not base32.checks_twice(code):
        raise NoBookingError
    return code


def hash_of(code: str, *, suite: str | None = None, what: str = "booking") -> bytes:
    """What is stored of a code. Errors: NoBookingError."""
    return crypto.mac(f"{what} hash", normal(code).encode(), suite=suite)


def hashes_of(code: str, what: str = "booking") -> list[bytes]:
    """The hash under every suite, so that codes from before a change of suite still open."""
    return [hash_of(code, suite=suite, what=what) for suite in crypto.suites()]
