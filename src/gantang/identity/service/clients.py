"""Programs that act for a post, within the scopes they were given."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from gantang.identity import rules
from gantang.identity.errors import ClientMissingError, ClientUnfitError, NotHolderError, ScopeUnknownError
from gantang.identity.models import ApiClient
from gantang.identity.service.accounts import note
from gantang.kit import crypto
from gantang.kit.actor import Actor
from gantang.kit.work import work

TOKEN_PURPOSE = "api token"  # noqa: S105
#: So long the token before works beside a new one.
OVERLAP = timedelta(days=1)


def make_client(
    *,
    actor: Actor,
    name: str,
    post: int,
    scopes: Collection[str] = rules.SCOPES,
    expires_at: datetime | None = None,
    now: datetime,
) -> str:
    """A program that acts for a post; returns its token, which is shown once and kept only as a keyed hash.

    ``scopes``: read; write, which is to act on matters; people, which is to open what a person gave. Errors:
    ScopeUnknownError, ClientUnfitError.
    """
    token = _fresh()
    _make(actor, name, post, scopes, expires_at, now, token=token, waiting=False)
    return token


def order_client(
    *,
    actor: Actor,
    name: str,
    post: int,
    scopes: Collection[str],
    expires_at: datetime | None = None,
    now: datetime,
) -> int:
    """The same for whoever may not see what the post sees: the program waits until the holder of the post
    takes its token (``renew_client``). Its number. Errors: as ``make_client``."""
    return _make(actor, name, post, scopes, expires_at, now, token=_fresh(), waiting=True)


def renew_client(*, actor: Actor, client: int, overlap: timedelta = OVERLAP, now: datetime) -> str:
    """A token for a program, shown once: the first of one that was ordered, or a new one. The one before
    works for ``overlap`` more, none for longer than ``rules.MOST_OVERLAP``.

    ``actor`` holds the post, or runs commands on the machine. Errors: ClientMissingError, NotHolderError.
    """
    token = _fresh()
    with work(actor) as w:
        row = ApiClient.objects.select_for_update().filter(pk=client, disabled_at=None).first()
        if row is None or (row.expires_at is not None and row.expires_at <= now):
            raise ClientMissingError
        if actor.account is not None and actor.post != row.post:
            raise NotHolderError
        until = now + min(max(overlap, timedelta()), rules.MOST_OVERLAP)
        row.old_hash, row.old_until = (None, None) if row.waiting else (bytes(row.token_hash), until)
        first, data = row.waiting, {} if row.waiting else {"old_until": until.isoformat()}
        row.token_hash, row.waiting = token_hash(token), False
        w.change(row, ["token_hash", "waiting", "old_hash", "old_until"])
        note(w, actor, "api", client, "client.taken" if first else "client.renewed", data, now)
    return token


def _fresh() -> str:
    return f"gt_{secrets.token_urlsafe(32)}"


def _make(
    actor: Actor,
    name: str,
    post: int,
    scopes: Collection[str],
    expires_at: datetime | None,
    now: datetime,
    *,
    token: str,
    waiting: bool,
) -> int:
    if not set(scopes) or not set(scopes) <= set(rules.SCOPES):
        raise ScopeUnknownError
    if not rules.fits_client(name, expires_at, now):
        raise ClientUnfitError
    row = ApiClient(
        name=name.strip(),
        post=post,
        token_hash=token_hash(token),
        scopes=sorted(set(scopes)),
        created_at=now,
        waiting=waiting,
        expires_at=expires_at,
    )
    data: dict[str, Any] = {"post": post, "scopes": row.scopes}
    if expires_at is not None:
        data["until"] = expires_at.isoformat()
    with work(actor) as w:
        w.add(row)
        w.flush()
        note(w, actor, "api", row.pk, "client.ordered" if waiting else "client.made", data, now)
    return int(row.pk)


def disable_client(*, actor: Actor, client: int, now: datetime) -> None:
    """Take a client's token back for good."""
    with work(actor) as w:
        row = ApiClient.objects.select_for_update().filter(pk=client, disabled_at=None).first()
        if row is not None:
            row.disabled_at = now
            w.change(row, ["disabled_at"])
            note(w, actor, "api", client, "client.disabled", {}, now)


def disable_clients_of(*, actor: Actor, post: int, now: datetime) -> int:
    """Take back the tokens of all clients of a post: whoever held it knew them. Returns how many there
    were."""
    found = list(ApiClient.objects.filter(post=post, disabled_at=None).values_list("pk", flat=True))
    for client in found:
        disable_client(actor=actor, client=client, now=now)
    return len(found)


def token_hash(token: str, *, suite: str | None = None) -> bytes:
    """The keyed hash that a token is kept and found by."""
    return crypto.mac(TOKEN_PURPOSE, token.encode(), suite=suite)
