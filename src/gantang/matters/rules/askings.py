"""What fits the register of askings, and what may follow what: pure."""

from collections.abc import Iterator
from datetime import date

from gantang.matters.types import ASKING_WAYS, ASKINGS, NOT_DONE, NewAsking

#: What an asking may come to from where it stands.
NEXT = {"received": {"taken", "answered", "refused"}, "taken": {"taken", "answered", "refused"}}


def faults(new: NewAsking, today: date) -> Iterator[tuple[str, str]]:
    """What is wrong with an asking as it was entered."""
    if new.kind not in ASKINGS:
        yield "kind", "unknown_value"
    if new.way not in ASKING_WAYS:
        yield "way", "unknown_value"
    if new.received_on > today:
        yield "received_on", "received_later"


def end_faults(because: str | None) -> Iterator[tuple[str, str]]:
    """A refusal has a reason of the list; None is an answer."""
    if because is not None and because not in NOT_DONE:
        yield "because", "unknown_value"


def may_become(state: str, wanted: str) -> bool:
    """Whether an asking may go on so."""
    return wanted in NEXT.get(state, set())
