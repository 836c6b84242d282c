"""The root of a Merkle tree (RFC 6962, section 2.1), leaf by leaf, in memory of the tree's height. Pure."""

from collections.abc import Callable
from uuid import UUID

_LEAF, _NODE = b"\x00", b"\x01"


class Tree:
    """Takes leaves in order; ``hashed`` is the hash without a key, 32 bytes."""

    def __init__(self, hashed: Callable[[bytes], bytes]) -> None:
        self._hashed = hashed
        self._peaks: list[bytes] = []
        self.size = 0

    def add(self, leaf: bytes) -> None:
        """The next leaf."""
        node = self._hashed(_LEAF + leaf)
        self.size += 1
        rest = self.size
        while rest % 2 == 0:
            node = self._hashed(_NODE + self._peaks.pop() + node)
            rest //= 2
        self._peaks.append(node)

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self._peaks:
            return self._hashed(b"")
        node, *left = reversed(self._peaks)
        for peak in left:
            node = self._hashed(_NODE + peak + node)
        return node


def leaf_of(stream: UUID, count: int, last: bytes) -> bytes:
    """What a stream's leaf is: which stream, how many steps, the hash of the last."""
    return stream.bytes + count.to_bytes(4, "big") + last
