"""What is read at most once in a request, a unit of work or a read: all of it is decided on one state of
things."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
_held: ContextVar[dict[Hashable, object] | None] = ContextVar("window", default=None)


@contextmanager
def window() -> Iterator[None]:
    """Within the block each thing is read once. A window in another one is that other one."""
    if _held.get() is not None:
        yield
        return
    opened = _held.set({})
    try:
        yield
    finally:
        _held.reset(opened)


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What was read under this key in the window that is open; without one it is read each time."""
    held = _held.get()
    if held is None:
        return read()
    if key not in held:
        held[key] = read()
    return held[key]  # type: ignore[return-value]


def forget() -> None:
    """Read anew when next asked: something was changed in this window."""
    held = _held.get()
    if held is not None:
        held.clear()
