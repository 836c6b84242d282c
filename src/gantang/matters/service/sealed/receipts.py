"""The receipt: derived from the form's token as an access code is, kept only as a keyed hash, and itself
the key of what its holder may read."""

from uuid import UUID

from django.db import connection

from gantang.kit import base32, crypto
from gantang.matters.errors import ReceiptNotFoundError

#: 90 bits, eighteen characters, and two check characters.
_BITS, _DIGITS, _LENGTH = 90, 18, 20


def derive(token: str) -> str:
    """The receipt of a form, in five groups; the same for ever, so that a form sent twice gets it twice."""
    drawn = crypto.mac("tip receipt", token.encode(), suite="intl")[1:13]
    bits = int.from_bytes(drawn, "big") >> (96 - _BITS)
    return show(base32.with_two_checks(base32.digits(bits, _DIGITS)))


def show(plain: str) -> str:
    return "-".join(plain[start : start + 4] for start in range(0, _LENGTH, 4))


def normal(text: str) -> str:
    """A receipt as typed, without dashes; what is none becomes one that leads nowhere, by the same work."""
    typed = base32.clean(text[:80]) or ""
    fits = len(typed) == _LENGTH and base32.checks_twice(typed)
    return typed if fits else "0" * _LENGTH


def mark(receipt: str) -> bytes:
    """What is stored of a receipt."""
    return crypto.mac("tip receipt mark", normal(receipt).encode(), suite="intl")


def key(receipt: str) -> bytes:
    """The key that a receipt is, 32 bytes: it opens the reporter's copy and nothing else."""
    return crypto.mac("tip receipt key", normal(receipt).encode(), suite="intl")[1:]


def find(receipt: str) -> UUID | None:
    """The tip of a receipt; None, after the same work, for any other text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_by_receipt(%s)", [mark(receipt)])
        found = cursor.fetchone()[0]
    return None if found is None else UUID(str(found))


def found(receipt: str) -> UUID:
    """As ``find``. Errors: ReceiptNotFoundError, alike for every wrong receipt."""
    tip = find(receipt)
    if tip is None:
        raise ReceiptNotFoundError
    return tip
