"""Wrong passwords, counted for an account from a source: whoever guesses bars only the place they guess from.

A device that the account signed in from before is a source of its own, so nobody else can bar its owner
there.
"""

from datetime import datetime

from django.db import transaction

from gantang.identity import rules
from gantang.identity.models import Device, Try
from gantang.identity.service.devices import device_hash
from gantang.kit import crypto

PURPOSE = "sign-in tries"


def place_of_try(username: str, *, secret: str, source: str) -> bytes:
    """Where a try is counted: by the account and its own device, else by the account and the address."""
    name = username.strip().lower()
    hash_ = device_hash(secret) if secret else b""
    known = bool(hash_) and Device.objects.filter(hash=hash_, account__in=_number(name)).exists()
    where = f"device:{hash_.hex()}" if known else f"address:{source}"
    return crypto.mac(PURPOSE, f"{name}\n{where}".encode())


def barred_until(place: bytes, *, now: datetime) -> datetime | None:
    """Until when no password is looked at from there; None where one is."""
    row = Try.objects.filter(place=place, barred_until__gt=now).first()
    return row.barred_until if row else None


def failed(place: bytes, *, now: datetime) -> None:
    """One more wrong password from there; the fifth within a quarter of an hour bars it for as long."""
    with transaction.atomic():
        row, _new = Try.objects.select_for_update().get_or_create(
            place=place, defaults={"count": 0, "since": now}
        )
        if now - row.since > rules.TRYING:
            row.count, row.since = 0, now
        row.count += 1
        if row.count >= rules.TRIES:
            row.barred_until, row.count, row.since = now + rules.BARRED, 0, now
        row.save()


def succeeded(place: bytes) -> None:
    """The right password: what was counted there is forgotten."""
    Try.objects.filter(place=place).delete()


def _number(name: str) -> list[int]:
    from gantang.identity.models import Account

    return list(Account.objects.filter(username__iexact=name).values_list("pk", flat=True))
