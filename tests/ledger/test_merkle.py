"""The tree's root is that of RFC 6962, told again here by its recursive definition."""

import hashlib
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from gantang.ledger.merkle import Tree, leaf_of


def sha(message: bytes) -> bytes:
    return hashlib.sha256(message).digest()


def defined(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1: split at the largest power of two below the number of leaves."""
    if not leaves:
        return sha(b"")
    if len(leaves) == 1:
        return sha(b"\x00" + leaves[0])
    cut = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha(b"\x01" + defined(leaves[:cut]) + defined(leaves[cut:]))


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_root_is_that_of_the_definition(leaves: list[bytes]):
    tree = Tree(sha)
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root() == defined(leaves) and tree.size == len(leaves)


def test_leaf_names_the_stream_its_length_and_its_end():
    whole = leaf_of(UUID(int=7), 5, b"\x01" + b"h" * 32)
    assert len(whole) == 53 and whole != leaf_of(UUID(int=7), 6, b"\x01" + b"h" * 32)
