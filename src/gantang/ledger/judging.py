"""Judging one stream: its steps, its head, and what the last checkpoint saw of it."""

from dataclasses import dataclass
from uuid import UUID

from gantang.kit.crypto import SealError
from gantang.ledger import chain
from gantang.ledger.rules import Link, Row, was_reordered
from gantang.ledger.types import Fault

_MOST_SORTED = 3000  # looking for a lost order is quadratic; beyond this a reorder is reported as an edit


@dataclass(frozen=True, slots=True)
class Head:
    """A stream's head as stored."""

    city: int
    stream: UUID
    kind: str
    count: int
    hash: bytes
    seal: bytes


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the last checkpoint saw of a stream."""

    city: int
    stream: UUID
    count: int
    hash: bytes


def judge(head: Head | None, rows: list[Row], leaf: Leaf | None = None) -> Fault | None:
    """The first fault of a stream, or None."""
    if head is None and not rows:
        return Fault(leaf.city, leaf.stream, "", leaf.count, "removed") if leaf else None
    there = rows[0][0] if head is None else head
    broken = _broken(rows, head.count if head else len(rows))
    broken = broken or _at_head(head, rows) or (_at_leaf(rows, leaf) if leaf else None)
    return Fault(there.city, there.stream, there.kind, *broken) if broken else None


def _at_leaf(rows: list[Row], leaf: Leaf) -> tuple[int, str] | None:
    """Whether a whole chain goes on from where the last checkpoint saw it."""
    if len(rows) >= leaf.count and rows[leaf.count - 1][1] == leaf.hash:
        return None
    return leaf.count, "rollback"


def _broken(rows: list[Row], expected: int) -> tuple[int, str] | None:
    """Where the chain itself breaks, and how."""
    before = b""
    for seq, (link, stored) in enumerate(rows, start=1):
        if link.seq != seq or not _follows(link, before, stored, seq):
            return seq, _cause(rows, seq, expected)
        before = stored
    return None


def _cause(rows: list[Row], seq: int, expected: int) -> str:
    if len(rows) <= _MOST_SORTED and was_reordered(rows, _follows):
        return "reorder"
    if len(rows) > expected or (seq > 1 and rows[seq - 1][0].seq == rows[seq - 2][0].seq):
        return "insertion"
    return "deletion" if rows[seq - 1][0].seq > seq or len(rows) < expected else "edit"


def _at_head(head: Head | None, rows: list[Row]) -> tuple[int, str] | None:
    """What is wrong between a whole chain and its head."""
    last = rows[-1][1] if rows else b""
    if head is None:
        return len(rows), "head"
    if len(rows) < head.count:
        return len(rows) + 1, "truncation"
    holds = chain.head_holds(head.seal, head.city, head.stream, head.count, head.hash)
    if not holds or len(rows) != head.count or head.hash != last:
        return head.count, "head"
    return None


def _follows(link: Link, before: bytes, stored: bytes, seq: int) -> bool:
    try:
        return chain.link_hash_like(stored, before, link.spelled(seq)) == stored
    except SealError:
        return False
