"""Reading and verifying the ledger."""

from uuid import UUID

from gantang.ledger import months
from gantang.ledger import stories as told
from gantang.ledger.models import Step, StreamHead
from gantang.ledger.types import Report, StepView
from gantang.ledger.verifying import verify_streams

counts, streams, stories = told.counts, told.streams, told.stories


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


def verify(city: int | None = None) -> Report:
    """Verify every chain (of a city) as the owner, in one snapshot, streaming; see ``ledger/README.md`` for
    its reach."""
    return verify_streams(city)
