"""What this room hears from the rooms below: parcels for the destination ``matters``, by kind."""

from collections.abc import Callable

from gantang.outbox import registry
from gantang.outbox.errors import UnknownKindError
from gantang.outbox.types import Parcel

NAME = "matters"


def register() -> None:
    """Be a destination: inside, so that what follows happens once; in the order of each stream."""
    registry.destination(NAME)(take)


def take(parcel: Parcel) -> None:
    """Hand a parcel to whoever deals with its kind. Errors: UnknownKindError."""
    handler = _handlers().get(parcel.kind)
    if handler is None:
        raise UnknownKindError
    handler(parcel)


def _handlers() -> dict[str, Callable[[Parcel], None]]:
    from gantang.matters.service import recompute, relocating, rerouting

    return {
        recompute.NEWS: recompute.begin,
        rerouting.NEWS: rerouting.begin,
        relocating.NEWS: relocating.begin,
    }
