"""Programs that act for a post, within the scopes they were given."""

import secrets
from collections.abc import Collection
from datetime import datetime

from gantang.identity import rules
from gantang.identity.errors import ScopeUnknownError
from gantang.identity.models import ApiClient
from gantang.identity.service.accounts import note
from gantang.kit import crypto
from gantang.kit.actor import Actor
from gantang.kit.work import work

TOKEN_PURPOSE = "api token"  # noqa: S105


def make_client(
    *, actor: Actor, name: str, post: int, scopes: Collection[str] = rules.SCOPES, now: datetime
) -> str:
    """A program that acts for a post; returns its token, which is shown once and kept only as a keyed hash.

    ``scopes``: read; write, which is to act on matters; people, which is to open what a person gave. Errors:
    ScopeUnknownError.
    """
    if not set(scopes) or not set(scopes) <= set(rules.SCOPES):
        raise ScopeUnknownError
    token = f"gt_{secrets.token_urlsafe(32)}"
    client = ApiClient(
        name=name, post=post, token_hash=token_hash(token), scopes=sorted(set(scopes)), created_at=now
    )
    with work(actor) as w:
        w.add(client)
        w.flush()
        note(w, actor, "api", client.pk, "client.made", {"post": post, "scopes": client.scopes}, now)
    return token


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
