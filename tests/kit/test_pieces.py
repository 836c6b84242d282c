"""What is sealed piece by piece opens anywhere, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gantang.kit import crypto
from gantang.kit.crypto import SealError
from gantang.kit.pieces import PIECE, Opened, Whole, is_in_pieces, seal, sealed_size

KEY = bytes(range(32))
SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7)


def plain(size: int) -> bytes:
    return bytes(place * 7 % 251 for place in range(size))


def sealed(size: int, aad: bytes = b"here") -> bytes:
    data = plain(size)
    return b"".join(seal(KEY, (data[at : at + 1000] for at in range(0, size, 1000)), aad))


def opened(data: bytes, aad: bytes = b"here") -> bytes:
    return b"".join(Opened(KEY, Whole(data), aad).pieces())


@pytest.mark.parametrize("suite", ["sm", "intl"])
@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens_and_is_as_long_as_was_told(settings, suite: str, size: int) -> None:
    settings.GANTANG_CRYPTO_SUITE = suite
    data = sealed(size)
    assert len(data) == sealed_size(size) and is_in_pieces(data[:1])
    settings.GANTANG_CRYPTO_SUITE = "sm"
    assert opened(data) == plain(size) and Opened(KEY, Whole(data), b"here").size == size


@pytest.mark.slow
@given(st.integers(0, 3 * PIECE + 7), st.integers(0, 3 * PIECE + 7))
def test_any_stretch_opens_by_itself(start: int, end: int) -> None:
    content = Opened(KEY, Whole(_KEPT), b"here")
    assert b"".join(content.pieces(start, end)) == plain(3 * PIECE + 7)[start:end]


def test_a_piece_moved_left_out_added_or_changed_does_not_open() -> None:
    whole, head, one = sealed(3 * PIECE), 17, PIECE + crypto.TAG
    first, second, third = (whole[head + n * one : head + (n + 1) * one] for n in range(3))
    wrong = [
        whole[:head] + second + first + third,
        whole[:head] + first + third,
        whole[:head] + first + second,
        whole[:head] + first + second + third + third,
        whole[:-1],
        whole[:17],
        bytes([whole[0] ^ 1]) + whole[1:],
        *(
            whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
            for at in (1, 16, 17, 17 + PIECE, len(whole) - 1)
        ),
    ]
    for data in wrong:
        with pytest.raises(SealError):
            opened(data)
    with pytest.raises(SealError):
        opened(whole, b"there")


def test_the_same_content_twice_is_sealed_in_two_ways() -> None:
    assert sealed(100) != sealed(100)


@pytest.mark.parametrize("suite", ["sm", "intl"])
def test_a_hash_that_comes_piece_by_piece_is_the_hash_of_the_whole(settings, suite: str) -> None:
    settings.GANTANG_CRYPTO_SUITE = suite
    work = crypto.Mac("files", b"part", size=5)
    for piece in (b"ab", b"", b"cde"):
        work.update(piece)
    assert work.value() == crypto.mac("files", b"part", b"abcde")


_KEPT = sealed(3 * PIECE + 7)
