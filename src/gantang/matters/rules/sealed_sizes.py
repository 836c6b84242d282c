"""Sizes that tell nothing: what is sealed is filled up to the next of few lengths. Pure."""

SMALLEST = 2048
#: Beyond this, lengths go up by this much.
STRIDE = 1 << 20
_LENGTH = 4


def padded(plain: bytes) -> bytes:
    """Four bytes of length, the content, and noughts up to the next power of two (beyond a mebibyte, the next
    whole one)."""
    whole = len(plain).to_bytes(_LENGTH, "big") + plain
    return whole.ljust(bucket(len(whole)), b"\0")


def unpadded(whole: bytes) -> bytes:
    """What ``padded`` filled up."""
    length = int.from_bytes(whole[:_LENGTH], "big")
    return whole[_LENGTH : _LENGTH + length]


def bucket(size: int) -> int:
    """The length that a content of ``size`` bytes is filled up to."""
    if size > STRIDE:
        return -(-size // STRIDE) * STRIDE
    return max(SMALLEST, 1 << (size - 1).bit_length())
