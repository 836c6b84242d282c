"""Long contents sealed piece by piece, so that none has to be held whole and each can be opened by itself.

The form is that of STREAM (Hoang, Reyhanitabar, Rogaway and Vizár 2015): a key of its own for each content,
derived from the data key and 16 random bytes; a nonce that says the piece's place and whether it is the last.
So no piece can be moved, left out or added, and the end cannot be cut off. Sealed: a byte of suite and form,
the 16 bytes, and pieces of 65,536 bytes, each with its tag of 16.
"""

import secrets
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Protocol

from gantang.kit import crypto
from gantang.kit.crypto import SealError

PIECE = 65_536
_FORM, _SALT = 0x80, 16
_HEAD = 1 + _SALT
_WHOLE = PIECE + crypto.TAG


class Content(Protocol):
    """Bytes of a known number that are read piece by piece, as often as wanted."""

    @property
    def size(self) -> int:
        """How many bytes."""

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Those from ``start`` to ``end``."""


class Whole:
    """A content that is in the memory."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @property
    def size(self) -> int:
        """How many bytes."""
        return len(self.data)

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Those from ``start`` to ``end``."""
        yield self.data[start:end]


def is_in_pieces(first: bytes) -> bool:
    """Whether a sealed content that begins so was sealed here, and not by ``crypto.seal``."""
    return bool(first and first[0] & _FORM)


def sealed_size(size: int) -> int:
    """How many bytes a content of ``size`` bytes has when sealed."""
    return _HEAD + size + max(1, -(-size // PIECE)) * crypto.TAG


def seal(key: bytes, given: Iterable[bytes], aad: bytes) -> Iterator[bytes]:
    """The content sealed and bound to ``aad``."""
    suite = crypto.suite_in_force()
    head = bytes([crypto.marked(suite, b"")[0] | _FORM]) + secrets.token_bytes(_SALT)
    own = _key(key, head, suite)
    yield head
    for place, (piece, last) in enumerate(_even(given)):
        yield crypto.encrypt(suite, own, _nonce(place, last), piece, head + aad)


class Opened:
    """A sealed content, opened where it is read. Errors: SealError."""

    def __init__(self, key: bytes, sealed: Content, aad: bytes) -> None:
        head = b"".join(sealed.pieces(0, _HEAD))
        if len(head) < _HEAD or sealed.size < _HEAD + crypto.TAG:
            raise SealError
        self._suite = crypto.suite_of(bytes([head[0] & ~_FORM]))
        self._key, self._sealed, self._aad = _key(key, head, self._suite), sealed, head + aad
        self._count = -(-(sealed.size - _HEAD) // _WHOLE)
        self.size = sealed.size - _HEAD - self._count * crypto.TAG

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start`` to ``end``; each is given out only when its piece was found true."""
        end = self.size if end is None else min(end, self.size)
        if start >= end and self.size:
            return
        place, last = start // PIECE, max(0, end - 1) // PIECE
        sealed = self._sealed.pieces(_HEAD + place * _WHOLE, _HEAD + (last + 1) * _WHOLE)
        for number, (piece, _) in enumerate(_even(sealed, _WHOLE), start=place):
            plain = self._open(number, piece)
            yield plain[max(0, start - number * PIECE) : end - number * PIECE]

    def _open(self, place: int, piece: bytes) -> bytes:
        nonce = _nonce(place, place == self._count - 1)
        return crypto.decrypt(self._suite, self._key, nonce, piece, self._aad)


def _key(key: bytes, head: bytes, suite: str) -> bytes:
    return crypto.digest(key, b"pieces" + head, suite=suite)


def _nonce(place: int, last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([last])


def _even(given: Iterable[bytes], size: int = PIECE) -> Iterator[tuple[bytes, bool]]:
    """The same bytes in pieces of one size, each with whether it is the last; one, empty, of nothing."""
    held = bytearray()
    for piece in chain(given, (None,)):
        held += piece or b""
        while len(held) > size or piece is None:
            yield bytes(held[:size]), len(held) <= size
            if len(held) <= size:
                return
            del held[:size]
