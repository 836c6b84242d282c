"""Streams with real chains for a bare ledger: what ``append`` would have written, by COPY."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

CITY, EACH = 3604, 6
_DAYS = 330  # spread over the months that have their partition
_HEADS = "COPY ledger_streamhead (city, stream, kind, key, count, hash, seal, opened_at) FROM STDIN"
_STEPS = (
    "COPY ledger_step (city, id, stream, seq, kind, name, data, client, account, post, happened_at, hash) "
    "FROM STDIN"
)
_BATCH = 20_000


def lay(streams: int) -> None:
    """So many streams of six steps each, as the owner."""
    from gantang.ledger.snapshot import snapshot

    made = _streams(streams)
    done = 0
    while done < streams:
        with snapshot(read_only=False) as link, link.cursor() as cursor:
            batch = [next(made) for _ in range(min(_BATCH, streams - done))]
            with cursor.copy(_HEADS) as copy:
                for head, _ in batch:
                    copy.write_row(head)
            with cursor.copy(_STEPS) as copy:
                for _, steps in batch:
                    for step in steps:
                        copy.write_row(step)
        done += len(batch)
    with snapshot(read_only=False) as link:
        link.commit()
        link.autocommit = True
        link.execute("VACUUM ANALYZE ledger_step, ledger_streamhead")


def _streams(many: int) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    from gantang.kit import clock, keys

    chance, now = Random(6), clock.now()
    for number in range(many):
        opened = now - timedelta(days=_DAYS) + timedelta(days=_DAYS) * number / many
        yield _one(keys.mint(CITY, opened), opened, chance)


def _one(stream: UUID, opened: Any, chance: Random) -> tuple[tuple[Any, ...], list[tuple[Any, ...]]]:
    from psycopg.types.json import Jsonb

    from gantang.kit import keys
    from gantang.ledger import chain
    from gantang.ledger.rules import Link

    before, rows = b"", []
    for seq in range(1, EACH + 1):
        at = opened + timedelta(hours=seq)
        data = {"move": "accept", "to": "handling", "unit": chance.randrange(9999), "at": at.isoformat()}
        link = Link(CITY, keys.mint(CITY, at), stream, seq, "matter", "moved", data, "account:7", 7, 3, at)
        before = chain.link_hash(before, link.spelled())
        values = list(link)
        values[6] = Jsonb(data)
        rows.append((*values, before))
    seal = chain.head_seal(CITY, stream, EACH, before)
    return (CITY, stream, "matter", "", EACH, before, seal, opened), rows
