"""A commitment each day over what is kept sealed, whether there is anything or not: the hash of a random
number and of every head. It tells neither how many there are nor whether anything changed.

What opens it is padded, sealed under the site's master key, and kept with the checkpoint alone: the heads
as the last one saw them. As with the open ones, a head that was seen is never forgotten.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction

from gantang.kit import crypto
from gantang.kit.clock import ZONE
from gantang.ledger import service as ledger
from gantang.ledger.errors import CheckpointRefusedError
from gantang.matters.models import SealedHead, SealedPiece
from gantang.matters.rules.sealed_sizes import padded, unpadded

_log = structlog.get_logger(__name__)
_OWNER = "owner"
_AAD = b"sealed checkpoint"
_SALT, _WRAPPED, _COUNT, _HASH = 32, 3 + 12 + 32 + 16, 4, 33
_LEAF = 16 + _COUNT + _HASH
Noted = tuple[int, bytes]


@dataclass(frozen=True, slots=True)
class _Opening:
    """What a commitment is over."""

    salt: bytes
    leaves: dict[UUID, Noted]

    @property
    def plain(self) -> bytes:
        told = (
            stream.bytes + count.to_bytes(_COUNT, "big") + last
            for stream, (count, last) in sorted(self.leaves.items())
        )
        return self.salt + b"".join(told)

    def root(self, suite: str) -> bytes:
        return crypto.marked(suite, crypto.plain_hash(self.plain, suite=suite))


def checkpoint_due(now: datetime) -> None:
    """The commitment of today, unless it is made. A refusal is told as critical."""
    last = ledger.attested()
    if last is not None and last.day >= now.astimezone(ZONE).date():
        return
    try:
        checkpoint(now=now)
    except CheckpointRefusedError:
        _log.critical("sealed_checkpoint_refused")


def checkpoint(*, now: datetime, accept: bool = False) -> None:
    """Commit to the heads as they are; one that is gone or was set back stays as it was seen, and is told as
    critical, unless somebody answers for it. Errors: CheckpointRefusedError."""
    before = _last()
    if before is None and not accept:
        raise CheckpointRefusedError(details={"city": 0, "faults": "leaves"})
    with transaction.atomic(using=_OWNER):
        seen, heads = before or {}, _heads()
        lost = {stream for stream, leaf in seen.items() if not _went_on(stream, leaf, heads.get(stream))}
    if lost:
        _log.critical("sealed_stream_fault")
    kept = {} if accept else {stream: seen[stream] for stream in lost}
    made = _Opening(secrets.token_bytes(_SALT), {**heads, **kept})
    ledger.attest(made.root(crypto.suite_in_force()), _closed(made), now=now, accept=accept)


def fits() -> bool:
    """Whether every head that the last commitment saw is there and went on from where it was."""
    seen = _last()
    if seen is None:
        return False
    with transaction.atomic(using=_OWNER):
        heads = _heads()
        return all(_went_on(stream, leaf, heads.get(stream)) for stream, leaf in seen.items())


def _last() -> dict[UUID, Noted] | None:
    """What the last commitment saw: nothing before the first; None where it does not open to its root."""
    last = ledger.attested()
    if last is None:
        return {}
    try:
        opening = _opened(last.kept or b"")
        holds = opening.root(crypto.suite_of(last.root)) == last.root
    except crypto.SealError:
        return None
    return opening.leaves if holds else None


def _heads() -> dict[UUID, Noted]:
    rows = SealedHead.objects.using(_OWNER).values_list("stream", "count", "hash")
    return {UUID(str(stream)): (count, bytes(last)) for stream, count, last in rows.iterator()}


def _went_on(stream: UUID, leaf: Noted, head: Noted | None) -> bool:
    if head == leaf:
        return True
    if head is None or head[0] <= leaf[0]:
        return False
    rows = SealedPiece.objects.using(_OWNER).filter(stream=stream, seq=leaf[0])
    return [bytes(last) for last in rows.values_list("hash", flat=True)] == [leaf[1]]


def _closed(opening: _Opening) -> bytes:
    key = crypto.new_key()
    return crypto.wrap(key, _AAD) + crypto.seal(key, padded(opening.plain), _AAD)


def _opened(kept: bytes) -> _Opening:
    """Errors: SealError."""
    key = crypto.unwrap(kept[:_WRAPPED], _AAD)
    plain = unpadded(crypto.unseal(key, kept[_WRAPPED:], _AAD))
    told = plain[_SALT:]
    leaves = {}
    for at in range(0, len(told), _LEAF):
        one = told[at : at + _LEAF]
        leaves[UUID(bytes=one[:16])] = int.from_bytes(one[16:20], "big"), one[20:]
    return _Opening(plain[:_SALT], leaves)
