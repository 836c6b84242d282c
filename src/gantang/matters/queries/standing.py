"""How matters stand in the database, several at once: the rows that a rebuild compares with the ledger.

For the rebuild only. It reads what the running transaction has named, whatever the matters' scope.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from gantang.kit import scope
from gantang.kit.actor import SYSTEM
from gantang.ledger import queries as ledger
from gantang.matters.models import Attachment, Document, Matter, Party, Share
from gantang.matters.queries.documents import said_of
from gantang.matters.queries.talks import add_talks
from gantang.matters.rules import evidence
from gantang.matters.rules.shares import Part
from gantang.matters.rules.talks import Talks
from gantang.vault import queries as vault

KIND = "matter"
BATCH = 100
#: Every scope there is, open and sealed; only ids are read in it.
ALL = (("", "~~"),)
_FIRST = UUID(int=0)


@dataclass(slots=True)
class Standing:
    """One matter as it stands."""

    row: Matter | None = None
    parts: set[Part] = field(default_factory=set)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    talks: Talks = field(default_factory=Talks)
    entries: dict[UUID, str | None] = field(default_factory=dict)


def standing(city: int, ids: Sequence[UUID]) -> dict[UUID, Standing]:
    """The matters of a city that are named, by id."""
    found = {one: Standing() for one in ids}
    for row in Matter.objects.filter(city=city, id__in=ids):
        found[row.id].row = row
    for share in Share.objects.filter(city=city, matter_id__in=ids, until=None):
        found[share.matter_id].parts.add((share.unit, share.role))
    for one in Party.objects.filter(city=city, matter_id__in=ids):
        entry = str(one.entry) if one.entry else None
        standing = {name: getattr(one, name) for name in evidence.STANDING}
        found[one.matter_id].people[str(one.no)] = evidence.person(
            one.role, one.has_code, entry, one.issue, **standing
        )
    for file in Attachment.objects.filter(city=city, matter_id__in=ids):
        found[file.matter_id].files[str(file.id)] = evidence.file(
            bytes(file.mac).hex(), file.size, file.party, file.public
        )
    for document in Document.objects.filter(city=city, matter_id__in=ids):
        found[document.matter_id].documents[str(document.id)] = evidence.document(
            said_of(document), superseded=document.superseded_at is not None
        )
    add_talks(city, ids, {one: stands.talks for one, stands in found.items()})
    for matter, entries in vault.hashes_of(SYSTEM, city=city, matters=ids).items():
        found[matter].entries = entries
    return found


def cities() -> list[int]:
    """The cities that any matter lives in, by rows and by the ledger."""
    scope.enter(ranges=ALL)
    rows = Matter.objects.order_by().values_list("city", flat=True).distinct()
    return sorted({*rows, *ledger.counts(KIND)})


def told(city: int) -> Iterator[list[UUID]]:
    """The matters that the ledger knows, batch by batch; each batch is named while it is looked at."""
    after = _FIRST
    while ids := ledger.streams(KIND, city, after=after, most=BATCH):
        scope.enter(ids=ids)
        yield ids
        after = ids[-1]


def untold(city: int) -> Iterator[Matter]:
    """Rows that no stream of the ledger tells of."""
    after = _FIRST
    while True:
        scope.enter(ranges=ALL)
        rows = Matter.objects.filter(city=city, id__gt=after).order_by("id").only("city", "id", "number")
        batch = list(rows[:BATCH])
        if not batch:
            return
        known = set(ledger.streams(KIND, city, after=after, most=BATCH))
        while known and max(known) < batch[-1].id:
            known.update(more := ledger.streams(KIND, city, after=max(known), most=BATCH))
            if not more:
                break
        yield from (row for row in batch if row.id not in known)
        after = batch[-1].id
