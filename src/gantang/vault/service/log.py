"""Writing down who looked: a step on the account's own stream, codes and ids only."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from gantang.kit import clock
from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.ledger import service as ledger
from gantang.vault.errors import UnknownReasonError
from gantang.vault.rules import REASONS

_VISIT = """
INSERT INTO vault_visit (city, matter_id, client, day) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING
"""


def looked(w: Work, *, actor: Actor, name: str, data: Mapping[str, Any], now: datetime) -> None:
    """Append one step to the stream of the account (or the program) that looked."""
    kind, key = ("account", actor.account) if actor.account is not None else ("client", actor.client)
    ledger.append(
        w,
        actor=actor,
        city=int(settings.GANTANG_PROVINCE) * 100,
        stream=ledger.stream_of(kind, key),
        kind=kind,
        key=key,
        items=[(name, dict(data))],
        happened_at=now,
        now=now,
    )


def visited(w: Work, *, actor: Actor, city: int, matter: UUID, now: datetime) -> None:
    """Once a visit: the first look of an account at a matter's words on a local day."""
    client = f"account:{actor.account}" if actor.account is not None else actor.client
    with connection.cursor() as cursor:
        cursor.execute(_VISIT, [city, matter, client[:80], now.astimezone(clock.ZONE).date()])
        is_first = cursor.rowcount == 1
    if is_first:
        looked(w, actor=actor, name="vault.visited", data={"city": city, "matter": str(matter)}, now=now)


def check_reason(reason: str) -> None:
    """Only reasons of the closed list. Errors: UnknownReasonError."""
    if reason not in REASONS:
        raise UnknownReasonError
