"""Spans of a trace: what takes time, for whoever looks from outside. Without a tracer nothing happens.

Attributes are codes, ids of routes and figures: never text, never anything of a protected tip, whose whole
work is silent.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

Value = str | int | float | bool
Open = Callable[[str, dict[str, Value]], AbstractContextManager[object]]

_silent: ContextVar[bool] = ContextVar("silent", default=False)
_opener: list[Open] = []


def use(opener: Open | None) -> None:
    """Open spans by this from now on; None ends it."""
    _opener[:] = [opener] if opener else []


def span(name: str, **attributes: Value) -> AbstractContextManager[object]:
    """A span around a block."""
    return nullcontext() if not _opener or _silent.get() else _opener[0](name, attributes)


@contextmanager
def silence() -> Iterator[None]:
    """Nothing in the block leaves a sign: no span, no count, no line."""
    mark = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(mark)


def is_silent() -> bool:
    """Whether nothing may leave a sign here."""
    return _silent.get()
