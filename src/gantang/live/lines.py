"""How many lines there may be: of one sign-in, and of all."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

MOST, EACH = 1000, 20
_open: Counter[str] = Counter()


def are_full(who: str) -> bool:
    """Whether a sign-in gets no further line: its page asks now and then instead."""
    return _open[who] >= EACH or _open.total() >= MOST


@contextmanager
def line(who: str) -> Iterator[None]:
    """Hold one line of a sign-in."""
    _open[who] += 1
    try:
        yield
    finally:
        _open[who] -= 1
        if not _open[who]:
            del _open[who]
