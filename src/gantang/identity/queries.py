"""Reading accounts, devices and clients."""

import json
from collections.abc import Iterable

from django.db import connection

from gantang.identity.models import Account, ApiClient, Device
from gantang.identity.service import token_hash
from gantang.identity.service.devices import device_hash
from gantang.identity.types import AccountView, ClientView, DeviceView
from gantang.identity.wording import device_title
from gantang.kit import clock, crypto

#: Asked at every request of a program; the way through a queryset would cost more than the answer.
_CLIENT = """
SELECT id, name, post, scopes FROM identity_apiclient WHERE
(token_hash = ANY (%(hashes)s::bytea[]) OR (old_hash = ANY (%(hashes)s::bytea[]) AND old_until > %(now)s))
AND disabled_at IS NULL AND (expires_at IS NULL OR expires_at > %(now)s)
"""


def account(number: int) -> AccountView | None:
    """One account."""
    row = Account.objects.filter(pk=number).first()
    return _account(row) if row else None


def account_named(username: str) -> AccountView | None:
    """The account of a sign-in name, whatever the case of its letters."""
    row = Account.objects.filter(username__iexact=username.strip()).first()
    return _account(row) if row else None


def names(numbers: Iterable[int]) -> dict[int, str]:
    """The sign-in names of accounts."""
    return dict(Account.objects.filter(pk__in=set(numbers)).values_list("pk", "username"))


def numbers() -> dict[str, int]:
    """The number of every account by its sign-in name in small letters, for sheets that name many."""
    return {name.lower(): number for name, number in Account.objects.values_list("username", "pk")}


def client_by_token(token: str) -> ClientView | None:
    """The client that a token belongs to, unless it was taken back or has run out; found by keyed hash, under
    any suite."""
    hashes = [token_hash(token, suite=suite) for suite in crypto.suites()]
    with connection.cursor() as cursor:
        cursor.execute(_CLIENT, {"hashes": hashes, "now": clock.now()})
        row = cursor.fetchone()
    if row is None:
        return None
    number, name, post, scopes = row
    held = json.loads(scopes) if isinstance(scopes, str) else scopes
    return ClientView(number, name, post, scopes=frozenset(held))


def is_device(secret: str) -> bool:
    """Whether somebody signed in from this browser before and has not ended it."""
    return Device.objects.filter(hash=device_hash(secret)).exists()


def clients_of(post: int) -> list[ClientView]:
    """The clients that act, or once acted, for a post."""
    rows = ApiClient.objects.filter(post=post).order_by("pk")
    return [
        ClientView(
            row.pk,
            row.name,
            row.post,
            row.disabled_at,
            frozenset(row.scopes),
            row.waiting,
            row.expires_at,
            row.old_until,
        )
        for row in rows
    ]


def devices(account: int, *, session: str = "") -> list[DeviceView]:
    """The devices that an account is signed in from, the newest first; ``session`` is the one that asks."""
    rows = Device.objects.filter(account=account).exclude(session="").order_by("-seen", "-pk")
    live = set(_live(row.session for row in rows))
    return [
        DeviceView(row.pk, device_title(row.agent), row.place, row.since, row.seen, row.session == session)
        for row in rows
        if row.session in live
    ]


def _live(sessions: Iterable[str]) -> Iterable[str]:
    """Those sessions that have not run out."""
    from django.contrib.sessions.models import Session

    rows = Session.objects.filter(session_key__in=list(sessions), expire_date__gt=clock.now())
    return rows.values_list("session_key", flat=True)


def _account(row: Account) -> AccountView:
    seen = (row.pk, row.username, row.is_active, row.language, row.theme, row.created_at, row.disabled_at)
    return AccountView(*seen, row.first_until)
