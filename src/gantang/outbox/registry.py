"""Who words a kind of message, and where parcels can go. Rooms register when Django is ready."""

from collections.abc import Callable
from dataclasses import dataclass

from gantang.outbox.errors import UnknownDestinationError, UnknownKindError
from gantang.outbox.types import Message, Parcel

Renderer = Callable[[Parcel], Message | None]
Handler = Callable[[Parcel], None]


@dataclass(frozen=True, slots=True)
class Destination:
    """A place parcels go to.

    ``inside`` destinations are rooms of ours: they run in the transaction that settles the row, so that their
    effect happens exactly once. ``strict`` ones stay held back behind a dead letter; others go on without it.
    """

    name: str
    handler: Handler
    inside: bool
    strict: bool


_families: dict[str, Handler] = {}
_events: dict[str, str] = {}
_renderers: dict[str, Renderer] = {}
_destinations: dict[str, Destination] = {}


def renderer(kind: str) -> Callable[[Renderer], Renderer]:
    """Register how a kind is worded; the function returns None when there is nothing (left) to say."""

    def register(fn: Renderer) -> Renderer:
        _renderers[kind] = fn
        return fn

    return register


def destination(name: str, *, inside: bool = True, strict: bool = True) -> Callable[[Handler], Handler]:
    """Register a place that parcels go to."""

    def register(fn: Handler) -> Handler:
        _destinations[name] = Destination(name, fn, inside, strict)
        return fn

    return register


def family(prefix: str) -> Callable[[Handler], Handler]:
    """Register the handler of all places ``<prefix>.<number>``; outside, and never held back."""

    def register(fn: Handler) -> Handler:
        _families[prefix] = fn
        return fn

    return register


def event(kind: str, words: str) -> None:
    """Register a kind of news that receivers outside can order; ``words`` say in English when it leaves."""
    _events[kind] = words


def events() -> dict[str, str]:
    """The kinds of news, each with what was said of it."""
    return dict(_events)


def render(parcel: Parcel) -> Message | None:
    """The text of a parcel, worded by the room that owns its kind."""
    fn = _renderers.get(parcel.kind)
    if fn is None:
        raise UnknownKindError
    return fn(parcel)


def find(name: str) -> Destination:
    """The destination of that name."""
    handler = _families.get(name.partition(".")[0])
    if handler is not None:
        return Destination(name, handler, inside=False, strict=False)
    try:
        return _destinations[name]
    except KeyError:
        raise UnknownDestinationError(details={"destination": name}) from None


def names(*, strict: bool = False, inside: bool = False) -> list[str]:
    """The registered destinations; only the strict ones, or those in the house, if asked."""
    every = _destinations.values()
    return sorted(one.name for one in every if (one.strict or not strict) and (one.inside or not inside))


def kinds() -> dict[str, str]:
    """The registered kinds, each with what its renderer says of itself."""
    return {kind: fn.__doc__ or "" for kind, fn in _renderers.items()}
