"""A file copied piece by piece, with some stretches written over. Pure."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO

PIECE = 1 << 20
#: Where in the file, and what stands there instead.
Patch = tuple[int, bytes]


def pieces(source: BinaryIO, start: int = 0, end: int | None = None) -> Iterator[tuple[int, bytes]]:
    """The bytes from ``start`` to ``end``, each piece with its place."""
    while end is None or start < end:
        source.seek(start)
        piece = source.read(PIECE if end is None else min(PIECE, end - start))
        if not piece:
            return
        yield start, piece
        start += len(piece)


def windows(source: BinaryIO, overlap: int) -> Iterator[tuple[int, bytes, int]]:
    """The file as pieces that begin with the last ``overlap`` bytes of the one before: place, bytes, and how
    many of them were there before."""
    before = b""
    for place, piece in pieces(source):
        yield place - len(before), before + piece, len(before)
        before = (before + piece)[-overlap:]


def copy(
    source: BinaryIO, target: BinaryIO, patches: Sequence[Patch] = (), start: int = 0, end: int | None = None
) -> None:
    """Copy a stretch of the file with the patches, which do not overlap, in it."""
    for place, piece in pieces(source, start, end):
        changed = bytearray(piece)
        for at, text in patches:
            low, high = max(at, place), min(at + len(text), place + len(piece))
            if low < high:
                changed[low - place : high - place] = text[low - at : high - at]
        target.write(bytes(changed))


def size_of(source: BinaryIO) -> int:
    """How many bytes the file has."""
    return source.seek(0, 2)
