"""What an error may tell: nothing of a matter that the asker does not see."""

from collections.abc import Iterator
from contextlib import contextmanager

from gantang.kit.actor import Actor
from gantang.kit.errors import GantangError
from gantang.matters import queries


@contextmanager
def sight_first(actor: Actor, *numbers: str) -> Iterator[None]:
    """Around a write on matters. Where it fails on one out of sight, whatever the cause, that one is not
    found; what was done before under the same key is answered again, also to who has let go of it since.
    Errors: MatterNotFoundError.
    """
    try:
        yield
    except GantangError:
        for number in numbers:
            queries.in_sight(actor, number)
        raise
