"""What this room hears from matters: the class that was decided with a suggestion at hand."""

from uuid import UUID

from gantang.kit import clock
from gantang.outbox import registry
from gantang.outbox.errors import UnknownKindError
from gantang.outbox.types import Parcel

NAME, DECIDED = "advice", "suggestion.decided"


def register() -> None:
    """Be a destination: inside, so that what follows happens once; in the order of each matter."""
    registry.destination(NAME)(take)


def take(parcel: Parcel) -> None:
    """Keep a decision. Errors: UnknownKindError."""
    from gantang.advice import service

    if parcel.kind != DECIDED:
        raise UnknownKindError
    service.learn(
        matter=parcel.stream,
        suggestion=UUID(str(parcel.refs["suggestion"])),
        decided=str(parcel.refs["class"]),
        now=parcel.created_at or clock.now(),
    )
