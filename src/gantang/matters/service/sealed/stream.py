"""Pieces in a chain: what happened and what was said, each sealed to the stream's key, chained over its
ciphertext.

Nobody needs a key to add a piece or to verify the chain; nobody reads one without the key. With the key
destroyed the chain verifies all the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gantang.kit import boxes, crypto
from gantang.kit.canonical import canonical
from gantang.kit.work import Work
from gantang.matters.models import SealedHead, SealedPiece
from gantang.matters.rules.sealed_sizes import padded, unpadded


@dataclass(frozen=True, slots=True)
class Piece:
    """What was sealed: closed answers and ids in ``head``, words or a picture's bytes in ``body``."""

    seq: int
    head: Mapping[str, Any]
    body: bytes = b""


class Stream:
    """A stream held by one act: its head is locked once and written once."""

    def __init__(self, w: Work, row: SealedHead, *, is_new: bool) -> None:
        self.row, self._w, self._is_new, self._was = row, w, is_new, row.count
        w.before_end(self._write)

    def add(self, head: Mapping[str, Any], body: bytes = b"", *, talk: bytes | None = None) -> None:
        """Seal a piece to the stream's key; with ``talk`` also for the reporter."""
        stream, seq = UUID(str(self.row.stream)), self.row.count + 1
        plain = padded(canonical(head) + b"\n" + body)
        sealed = boxes.seal_to(bytes(self.row.public), plain, _where(stream, seq))
        told = crypto.seal(talk, plain, _where(stream, seq)) if talk else None
        made = link(bytes(self.row.hash), stream, seq, sealed, told)
        self._w.add(SealedPiece(stream=stream, seq=seq, sealed=sealed, told=told, hash=made))
        self.row.count, self.row.hash = seq, made

    def _write(self) -> None:
        row = self.row
        row.seal = head_seal(row)
        if self._is_new:
            self._w.add(row)
        elif row.count != self._was:
            self._w.change(row, ["count", "hash", "seal"], count=self._was)


def begin(w: Work, stream: UUID, public: bytes) -> Stream:
    """A new stream; its id must be named in the act."""
    return Stream(w, SealedHead(stream=stream, public=public), is_new=True)


def held(w: Work, stream: UUID, *, public: bytes | None = None) -> Stream:
    """A stream of a named id, locked; begun with ``public`` when it is not there yet."""
    w.name([stream])
    row = SealedHead.objects.select_for_update().filter(stream=stream).first()
    if row is not None:
        return Stream(w, row, is_new=False)
    if public is None:
        raise RuntimeError("no such stream, or it is behind the wall")
    return begin(w, stream, public)


def read(stream: UUID, private: bytes) -> list[Piece]:
    """Every piece of a named stream, by its key. Errors: SealError."""
    rows = SealedPiece.objects.filter(stream=stream).order_by("seq")
    return [
        _piece(row.seq, boxes.open_with(private, bytes(row.sealed), _where(stream, row.seq))) for row in rows
    ]


def read_told(stream: UUID, talk: bytes) -> list[Piece]:
    """The pieces of a named stream that the reporter may read."""
    rows = SealedPiece.objects.filter(stream=stream, told__isnull=False).order_by("seq")
    return [
        _piece(row.seq, crypto.unseal(talk, bytes(row.told or b""), _where(stream, row.seq))) for row in rows
    ]


def faults() -> list[UUID]:
    """Streams whose chain does not hold, read as the owner; no key is needed."""
    rows = SealedHead.objects.using("owner").order_by("stream")
    return [UUID(str(row.stream)) for row in rows.iterator() if not _holds(row)]


def _holds(row: SealedHead) -> bool:
    stream, before, count = UUID(str(row.stream)), b"", 0
    for piece in SealedPiece.objects.using("owner").filter(stream=stream).order_by("seq").iterator():
        count += 1
        told = None if piece.told is None else bytes(piece.told)
        made = link(before, stream, count, bytes(piece.sealed), told, like=bytes(piece.hash))
        if piece.seq != count or bytes(piece.hash) != made:
            return False
        before = made
    return (count, before) == (row.count, bytes(row.hash)) and bytes(row.seal) == head_seal(row)


def link(
    before: bytes, stream: UUID, seq: int, sealed: bytes, told: bytes | None, *, like: bytes | None = None
) -> bytes:
    """The keyed hash of a piece after the one before it, in the suite of ``like``."""
    suite = crypto.suite_of(like) if like else None
    parts = (before, stream.bytes, seq.to_bytes(4, "big"), sealed, told or b"")
    return crypto.mac("sealed chain", *parts, suite=suite)


def head_seal(row: SealedHead) -> bytes:
    """A seal over a head, in the suite of its last hash."""
    last = bytes(row.hash)
    suite = crypto.suite_of(last) if last else None
    stream = UUID(str(row.stream)).bytes
    return crypto.mac("sealed head", stream, row.count.to_bytes(4, "big"), last, suite=suite)


def _piece(seq: int, whole: bytes) -> Piece:
    head, _, body = unpadded(whole).partition(b"\n")
    return Piece(seq, json.loads(head), body)


def _where(stream: UUID, seq: int) -> bytes:
    return b"sealed piece" + stream.bytes + seq.to_bytes(4, "big")
