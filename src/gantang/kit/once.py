"""Idempotency: one key of one client has one effect, and the same answer every time (data layer §4.4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gantang.kit import clock, crypto
from gantang.kit.actor import Actor
from gantang.kit.canonical import canonical, coded
from gantang.kit.errors import InvalidError, KeyReusedError, UnavailableError
from gantang.kit.models import IdempotencyKey
from gantang.kit.work import Work

KEPT = timedelta(days=90)
#: Clients whose keys are never forgotten: what was brought in once is not brought in again years later.
FOR_GOOD = "import:"
#: Clients whose keys outlast what they open, which has its own end (a campaign's period is a year at most).
FOR_A_PERIOD, PERIOD = "campaign:", timedelta(days=400)
LONGEST_KEY = 200

# A parallel holder of the key is waited for; nothing happens if it commits, and the key is ours if it rolls
# back.
_CLAIM = """
INSERT INTO kit_idempotencykey (client, key, body_hash, ref, created_at) VALUES (%s, %s, %s, '{}', %s)
ON CONFLICT (client, key) DO NOTHING RETURNING id
"""
_CLAIM_MANY = """
INSERT INTO kit_idempotencykey (client, key, body_hash, status, ref, created_at)
SELECT %s, key, body_hash, %s, ref, %s
FROM unnest(%s::text[], %s::bytea[], %s::jsonb[]) AS asked (key, body_hash, ref) ORDER BY key
ON CONFLICT (client, key) DO NOTHING RETURNING key
"""
_KEEP = "UPDATE kit_idempotencykey SET status = %s, ref = %s::jsonb WHERE client = %s AND key = %s"


@dataclass(slots=True)
class Once:
    """A claimed key. ``again``: the effect happened before, answer from ``status`` and ``ref`` and write
    nothing."""

    again: bool
    status: int | None = None
    ref: dict[str, Any] = field(default_factory=dict)
    _work: Work | None = None
    _place: tuple[str, str] = ("", "")
    _kept: bool = False

    def keep(self, status: int, ref: Mapping[str, Any]) -> None:
        """Note what to answer next time, in the same transaction: a status and references, never texts."""
        if self.again or self._work is None:
            raise RuntimeError("this effect happened before")
        self.status, self.ref, self._kept = status, dict(ref), True
        self._work.statement(_KEEP, [status, coded(ref).decode(), *self._place])

    def _check(self) -> None:
        if not self._kept:
            raise RuntimeError("an idempotency key was claimed and no answer kept")


def once(w: Work, *, actor: Actor, key: str, body: Mapping[str, Any]) -> Once:
    """Claim the key for this body, waiting for a parallel holder. Errors: KeyReusedError for another body."""
    place = (actor.client, _fit(key))
    asked = canonical(body)
    for _turn in range(3):
        if _claim(place, crypto.mac("idempotency", asked), clock.now()):
            claimed = Once(again=False, _work=w, _place=place)
            w.before_end(claimed._check)
            return claimed
        if (found := _found(place, body)) is not None:
            return found
    raise UnavailableError


def _fit(key: str) -> str:
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise InvalidError("kit.key_unfit", _("请求编号须为 1 至 200 个可打印字符。"))
    return key


def _claim(place: tuple[str, str], body_hash: bytes, now: datetime) -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [*place, body_hash, now])
            return cursor.fetchone() is not None
    except OperationalError as error:
        raise UnavailableError("kit.key_busy", _("同一个请求正在处理。")) from error


def _found(place: tuple[str, str], body: Mapping[str, Any]) -> Once | None:
    """The earlier effect; None if its row went away in between."""
    row = (
        IdempotencyKey.objects.filter(client=place[0], key=place[1])
        .values_list("body_hash", "status", "ref")
        .first()
    )
    return None if row is None else Kept(bytes(row[0]), row[1], row[2]).answer(body)


def forget(*, now: datetime, kept: timedelta = KEPT, at_most: int = 10_000) -> int:
    """Delete keys older than ``kept`` (never less than 90 days), a batch at a time; how many went."""
    old = IdempotencyKey.objects.filter(created_at__lt=now - max(kept, KEPT))
    lasting = Q(client__startswith=FOR_A_PERIOD, created_at__gte=now - PERIOD)
    going = old.exclude(Q(client__startswith=FOR_GOOD) | lasting).values("pk")[:at_most]
    return IdempotencyKey.objects.filter(pk__in=going).delete()[0]


@dataclass(frozen=True, slots=True)
class Kept:
    """The effect that a key had before."""

    body_hash: bytes
    status: int | None
    ref: dict[str, Any]

    def answer(self, body: Mapping[str, Any]) -> Once:
        """Errors: KeyReusedError when the key came with another body."""
        if not crypto.same_mac(self.body_hash, "idempotency", canonical(body)):
            raise KeyReusedError
        return Once(again=True, status=self.status, ref=self.ref)


def kept(*, actor: Actor, keys: Iterable[str]) -> dict[str, Kept]:
    """Of many keys those that had an effect before, in one look."""
    rows = IdempotencyKey.objects.filter(client=actor.client, key__in=[_fit(key) for key in keys])
    found = rows.values_list("key", "body_hash", "status", "ref")
    return {key: Kept(bytes(hashed), status, ref) for key, hashed, status, ref in found}


def claim_many(
    *,
    actor: Actor,
    asked: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]],
    status: int,
    now: datetime,
) -> set[str]:
    """Claim many keys, each with its body and the references to answer with, in the running transaction.

    Returns those that are ours; the others were claimed by somebody else since they were looked for.
    """
    keys = [_fit(key) for key in asked]
    hashes = [crypto.mac("idempotency", canonical(body)) for body, _ in asked.values()]
    refs = [coded(ref).decode() for _, ref in asked.values()]
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM_MANY, [actor.client, status, now, keys, hashes, refs])
        return {key for (key,) in cursor.fetchall()}
