"""Which questions an exam asks, and how many of its answers are right. The seed is kept, so both can be done
again."""

import hashlib
from collections.abc import Iterable, Mapping


def drawn(seed: int, bank: Iterable[int], many: int) -> list[int]:
    """So many of the bank, in an order that follows from the seed alone."""
    return sorted(bank, key=lambda one: (_place(seed, one), one))[:many]


def right_of(key: Mapping[int, frozenset[int]], given: Mapping[int, frozenset[int]]) -> int:
    """How many are answered exactly as the key says: no part counts."""
    return sum(given.get(one) == right for one, right in key.items())


def _place(seed: int, question: int) -> bytes:
    return hashlib.sha256(f"{seed}:{question}".encode()).digest()
