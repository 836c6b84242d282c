"""Reading and verifying the ledger."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from gantang.kit import processes
from gantang.ledger import looks, months, ordering, parts
from gantang.ledger import stories as told
from gantang.ledger.checkpoints import book
from gantang.ledger.models import Step, StreamHead
from gantang.ledger.snapshot import cities, snapshot
from gantang.ledger.types import Report, Stand, StepView
from gantang.ledger.verifying import verify_streams

counts, streams, stories = told.counts, told.streams, told.stories
looks_at, looks_by, removed = looks.looks_at, looks.looks_by, looks.removed
verifications, last_checkpoints = ordering.verifications, ordering.last_checkpoints


def steps(city: int, stream: UUID) -> list[StepView]:
    """The steps of a stream that is named in the running transaction, in order; none when it is not."""
    head = StreamHead.objects.filter(city=city, stream=stream).first()
    if head is None:
        return []
    low = months.first_key(head.opened_at)
    return told.views(Step.objects.filter(city=city, stream=stream, id__gte=low).order_by("seq"))


def length(city: int, stream: UUID) -> int:
    """How many steps a named stream has."""
    found = StreamHead.objects.filter(city=city, stream=stream).values_list("count", flat=True).first()
    return found or 0


def verify(city: int | None = None, *, checkpoints: Path | None = None) -> Report:
    """Verify every chain (of a city) and the checkpoints as the owner, streaming; see ``ledger/README.md``
    for its reach. ``checkpoints`` is an exported file kept elsewhere.

    Errors: CheckpointFileError.
    """
    return verify_streams(city, book.read(checkpoints) if checkpoints else ())


def verify_in_parts(
    city: int | None = None,
    *,
    state: Path,
    now: datetime,
    jobs: int = 1,
    afresh: bool = False,
    checkpoints: Path | None = None,
    each: int = parts.EACH,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """The same in ranges of ``each`` streams, ``jobs`` processes at a time, noted in ``state``: ended and
    asked for again within a week, it goes on. Each range is read on one moment's state.

    ``progress`` hears how many of how many parts are done. Errors: CheckpointFileError; RuntimeError where
    a process failed, after which the same may be asked again.
    """
    told = book.read(checkpoints) if checkpoints else []
    asked = {"city": city, "each": each, "checkpoints": [line.hash.hex() for line in told][-1:]}
    kept = parts.State(state, asked, now)
    if afresh or not kept.resume():
        kept.begin(parts.plan(city, checkpoints, each=each))
    tell = progress or (lambda _done, _of: None)
    tell(len(kept.done), len(kept.tasks))

    left = kept.left()
    worth = sum(task.is_full for _, task in left) >= jobs  # a process takes a second to be there
    tasks = [partial(task.run, checkpoints) for _, task in left]
    for place, part in processes.spread(tasks, jobs=min(jobs, len(tasks)) if worth else 1):
        kept.note(left[place][0], part)
        tell(len(kept.done), len(kept.tasks))
    return kept.end()


def stands() -> list[Stand]:
    """How each city stands with its checkpoints (city 0: what is kept sealed), read as the owner."""
    with snapshot() as link:
        found = [(city, book.last(link, city)) for city in cities(link)]
    return [
        Stand(city, last.no, last.day, last.made_at) if last else Stand(city, None, None, None)
        for city, last in found
    ]


def export(place: Path) -> int:
    """Write every checkpoint to a file to be kept elsewhere, with the public keys; how many."""
    with snapshot() as link:
        lines = [line for city in cities(link) for line in book.rows(link, city)]
    return book.write(place, lines)
