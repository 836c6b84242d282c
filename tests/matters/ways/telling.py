"""What the ledger tells of the ways that were walked."""

from collections.abc import Iterator

from gantang.kit.work import reading
from gantang.ledger import queries as ledger
from gantang.matters.service.wake import CLOCK


def steps_taken() -> Iterator[tuple[str, str, str]]:
    """(hash of the procedure it was opened under, step, move) of everything that the ledger holds of matters."""
    for city in ledger.counts("matter"):
        with reading(CLOCK):
            streams = ledger.streams("matter", city, most=10_000)
        with reading(CLOCK, ids=streams):
            for story in ledger.stories(city, streams).values():
                first = next(one for one in story.steps if one.name in ("opened", "taken_over"))
                digest = first.data.get("hash") or first.data["case"]["hash"]
                yield from ((digest, step.name, step.data.get("move", "")) for step in story.steps)
