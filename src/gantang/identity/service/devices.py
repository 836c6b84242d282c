"""Devices that an account signs in from: each known by a secret of its own, with the session it has now.

The secret is a cookie; only its keyed hash is kept. The address is kept without its last part.
"""

import secrets
from datetime import datetime
from importlib import import_module

from django.conf import settings

from gantang.identity import rules
from gantang.identity.errors import DeviceMissingError
from gantang.identity.models import Device
from gantang.identity.service.accounts import note
from gantang.kit import crypto
from gantang.kit.actor import Actor
from gantang.kit.work import work

PURPOSE = "device"


def device_hash(secret: str) -> bytes:
    """The keyed hash that a device is known by."""
    return crypto.mac(PURPOSE, secret.encode())


def remember(*, account: int, secret: str, session: str, family: str, source: str, now: datetime) -> str:
    """Note that an account signed in on a device of a family (``rules.family_of``); returns the device's
    secret, a new one for a new device. The session that the device had before ends.
    """
    secret = secret or secrets.token_urlsafe(24)
    actor = Actor(client=f"account:{account}", account=account)
    with work(actor):
        row, _new = Device.objects.get_or_create(
            account=account, hash=device_hash(secret), defaults={"since": now, "seen": now}
        )
        if row.session and row.session != session:
            _end_session(row.session)
        row.session, row.agent, row.place, row.seen = session, family, rules.place_of(source), now
        row.save()
    return secret


def end_device(*, actor: Actor, device: int, now: datetime) -> None:
    """End the session of one of the actor's own devices; the device is no longer known. Errors:
    DeviceMissingError."""
    if actor.account is None:
        raise DeviceMissingError
    with work(actor) as w:
        row = Device.objects.select_for_update().filter(pk=device, account=actor.account).first()
        if row is None:
            raise DeviceMissingError
        _end_session(row.session)
        row.delete()
        note(w, actor, "account", actor.account, "account.session_ended", {"device": device}, now)


def end_sessions(*, actor: Actor, account: int, now: datetime) -> int:
    """End every session of an account, on all devices; returns how many there were."""
    with work(actor) as w:
        rows = list(Device.objects.select_for_update().filter(account=account))
        for row in rows:
            _end_session(row.session)
        Device.objects.filter(account=account).delete()
        live = sum(bool(row.session) for row in rows)
        if rows:
            note(w, actor, "account", account, "account.sessions_ended", {"count": live}, now)
    return live


def signed_out(*, session: str) -> None:
    """The session ended by its own sign-out; the device stays known."""
    Device.objects.filter(session=session).update(session="")


def _end_session(session: str) -> None:
    if session:
        import_module(settings.SESSION_ENGINE).SessionStore(session).delete()
