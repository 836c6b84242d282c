"""One matter after another: its steps replayed, and every place where the rows are not as they say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from gantang.kit import crypto
from gantang.kit.errors import GantangError
from gantang.ledger import queries as ledger
from gantang.ledger.types import Story
from gantang.matters.models import Matter
from gantang.matters.queries.standing import Standing, standing
from gantang.matters.rules import differ
from gantang.matters.rules.replay import Replayed, ReplayError, replay
from gantang.matters.service import point, record
from gantang.matters.types import Difference
from gantang.procedures import queries as procedures

#: Columns that a rebuild can put right: everything that follows from the steps alone.
MENDABLE = frozenset((*record.PROJECTED, "row", "version", "share"))


@dataclass(frozen=True, slots=True)
class Compared:
    """A matter as it stands and as it was replayed; not replayed where its chain is broken."""

    city: int
    matter: UUID
    standing: Standing
    replayed: Replayed | None
    steps: int
    differences: tuple[Difference, ...]


def compared(city: int, ids: Sequence[UUID]) -> Iterator[Compared]:
    """The matters that are named, in order of id."""
    stands, stories = standing(city, ids), ledger.stories(city, ids)
    for matter in ids:
        yield _compared(city, matter, stands[matter], stories[matter])


def _compared(city: int, matter: UUID, stands: Standing, story: Story) -> Compared:
    replayed, fault = _replayed(story)
    found = [("ledger", fault, differ.NONE)] if replayed is None else list(_differences(stands, replayed))
    number = stands.row.number if stands.row else str(replayed.fields["number"]) if replayed else differ.NONE
    told = tuple(
        Difference(city, number, matter, *one, mendable=one[0].split(".")[0] in MENDABLE) for one in found
    )
    return Compared(city, matter, stands, replayed, len(story.steps), told)


def _replayed(story: Story) -> tuple[Replayed | None, str]:
    """The replay, or what stands against it: nothing is built upon a chain that does not hold."""
    if story.fault is not None:
        return None, f"{story.fault.fault}:{story.fault.seq}"
    try:
        return replay([(step.name, step.data) for step in story.steps], procedures.by_hash), ""
    except ReplayError as error:
        return None, f"replay:{error}"
    except GantangError as error:
        return None, error.code


def _differences(stands: Standing, replayed: Replayed) -> Iterator[differ.Found]:
    if stands.row is None:
        yield "row", differ.NONE, str(replayed.fields["number"])
    else:
        yield from differ.differing(record.fields_of(stands.row), point.kept(stands.row, replayed.fields))
        yield from _point(stands.row, replayed.fields["point_mac"])
        yield from differ.differing({"version": stands.row.version}, {"version": replayed.steps})
        yield from _gist(stands.row.gist, replayed.fields["gist_mac"])
    open_now = {f"{unit}.{role}": "open" for unit, role in stands.parts}
    yield from differ.differing(
        open_now, {f"{unit}.{role}": "open" for unit, role in replayed.parts}, "share"
    )
    yield from differ.differing(stands.people, replayed.evidence.people, "person")
    yield from differ.differing(stands.files, replayed.evidence.files, "file")
    yield from differ.differing(stands.documents, replayed.evidence.documents, "document")
    yield from differ.differing(stands.talks.sessions, replayed.talks.sessions, "session")
    yield from differ.differing(stands.talks.signatures, replayed.talks.signatures, "signature")
    yield from _vault(stands, replayed)


def _gist(gist: str, told: bytes) -> Iterator[differ.Found]:
    """The text is no part of the projection; the step holds its keyed hash."""
    if not crypto.same_mac(told, "gist", gist.encode()):
        yield "gist", crypto.mac("gist", gist.encode(), suite=crypto.suite_of(told)).hex(), told.hex()


def _point(row: Matter, told: bytes | None) -> Iterator[differ.Found]:
    """The same of the point."""
    if told is not None and not point.is_true(row, told):
        yield "point", differ.NONE, told.hex()


def _vault(stands: Standing, replayed: Replayed) -> Iterator[differ.Found]:
    """Entries that a step names, by the hash it holds; a tombstone is as it should be."""
    for entry, told in replayed.evidence.entries.items():
        stored = stands.entries.get(UUID(entry), differ.NONE)
        if stored is not None and stored != told:
            yield f"vault.{entry}", stored, told
