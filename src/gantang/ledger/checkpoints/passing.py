"""One pass over a city's heads beside what the last checkpoint saw of them: the root then, the root now."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from gantang.kit import crypto
from gantang.ledger import chain
from gantang.ledger.merkle import Tree, leaf_of
from gantang.ledger.snapshot import Link, Place, in_batches, stream_rows, together
from gantang.ledger.types import Fault

_HEADS = (
    "SELECT stream, kind, count, hash, seal FROM ledger_streamhead WHERE city = %s AND count > 0 "
    "ORDER BY stream"
)
_LEAVES = "SELECT stream, count, hash FROM ledger_leaf WHERE city = %s ORDER BY stream"
_WENT_ON = """
SELECT s.stream, s.hash FROM unnest(%s::uuid[], %s::int[]) AS asked (stream, seq)
JOIN ledger_step s ON s.city = %s AND s.stream = asked.stream AND s.seq = asked.seq
"""
_DRAFT = "CREATE TEMP TABLE leaf_draft (stream uuid, count integer, hash bytea) ON COMMIT DROP"
_TAKE_OVER = """
INSERT INTO ledger_leaf (city, stream, count, hash) SELECT %s, stream, count, hash FROM leaf_draft
ON CONFLICT (city, stream) DO UPDATE SET count = excluded.count, hash = excluded.hash
"""
_GONE = "DELETE FROM ledger_leaf WHERE city = %s AND stream = ANY(%s)"

Noted = tuple[int, bytes]
_Batch = list[tuple[Place, list[Any]]]


@dataclass(frozen=True, slots=True)
class _Head:
    kind: str
    count: int
    hash: bytes
    seal: bytes

    @property
    def noted(self) -> Noted:
        return self.count, self.hash


class Pass:
    """``before`` is the root over what was noted, ``after`` that over what is noted now.

    With ``accept`` a stream that is gone or was set back is noted as it is; else what was noted stays, so
    that it goes on being found.
    """

    def __init__(self, link: Link, city: int, *, suites: tuple[str, str], accept: bool) -> None:
        self._link, self._city, self._accept = link, city, accept
        self.before, self.after = (Tree(partial(crypto.plain_hash, suite=suite)) for suite in suites)
        self.steps = 0
        self.faults: list[Fault] = []
        self._gone: list[UUID] = []

    def run(self) -> None:
        """Read it all, and note what changed."""
        link, city = self._link, self._city
        link.execute(_DRAFT)
        heads = (((city, row[0]), _Head(*row[1:])) for row in stream_rows(link, "heads", _HEADS, [city]))
        leaves = (((city, row[0]), row[1:]) for row in stream_rows(link, "leaves", _LEAVES, [city]))
        for batch in in_batches(together(heads, leaves)):
            self._take(batch)
        link.execute(_TAKE_OVER, [city])
        link.execute(_GONE, [city, self._gone])

    def _take(self, batch: _Batch) -> None:
        endings = self._endings(batch)
        with self._link.cursor() as cursor, cursor.copy("COPY leaf_draft FROM STDIN") as draft:
            for (_city, stream), (head, leaf) in batch:
                if leaf is not None:
                    self.before.add(leaf_of(stream, *leaf))
                noted = self._note(stream, head, leaf, endings)
                if noted is not None:
                    self.after.add(leaf_of(stream, *noted))
                    self.steps += noted[0]
                if noted is not None and noted != leaf:
                    draft.write_row((stream, *noted))

    def _endings(self, batch: _Batch) -> dict[UUID, bytes]:
        """Where a stream went on: the hash of the step that was its last when it was noted."""
        asked = [
            (place[1], leaf[0]) for place, (head, leaf) in batch if head and leaf and head.count > leaf[0]
        ]
        if not asked:
            return {}
        streams, places = zip(*asked, strict=True)
        found = self._link.execute(_WENT_ON, [list(streams), list(places), self._city])
        return {row[0]: bytes(row[1]) for row in found.fetchall()}

    def _note(
        self, stream: UUID, head: _Head | None, leaf: Noted | None, endings: dict[UUID, bytes]
    ) -> Noted | None:
        fault = self._fault(stream, head, leaf, endings)
        if fault is None:
            return head.noted if head else None
        kind, seq = head.kind if head else "", leaf[0] if leaf else 0
        self.faults.append(Fault(self._city, stream, kind, seq, fault))
        if not self._accept or fault == "head":
            return leaf
        if head is None:
            self._gone.append(stream)
        return head.noted if head else None

    def _fault(
        self, stream: UUID, head: _Head | None, leaf: Noted | None, endings: dict[UUID, bytes]
    ) -> str | None:
        if head is None:
            return "removed"
        if leaf == head.noted:
            return None
        if not chain.head_holds(head.seal, self._city, stream, head.count, head.hash):
            return "head"
        if leaf is None:
            return None
        went_on = head.count > leaf[0] and endings.get(stream) == leaf[1]
        return None if went_on else "rollback"
