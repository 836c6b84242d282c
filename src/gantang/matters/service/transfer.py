"""Transfer to another city: a new matter takes over, the old one ends moved. No transfer renews a clock or a
refusal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gantang import engine
from gantang.engine import Case
from gantang.files import service as files
from gantang.kit import crypto, keys, numbers
from gantang.kit.work import Work
from gantang.ledger import service as ledger
from gantang.matters.errors import TransferInvalidError
from gantang.matters.models import Attachment, Document, Link, Matter, Message, Party
from gantang.matters.rules.evidence import STANDING
from gantang.matters.service import attachments, handing, legal_hold, merge, record
from gantang.matters.service.attachments import saying
from gantang.matters.service.children import PARENT
from gantang.matters.service.facts import CHILD, facts_for
from gantang.matters.service.ground import Place, find, lies_in
from gantang.matters.service.links import pair
from gantang.matters.service.taking import Taken
from gantang.vault import service as vault
from gantang.vault.types import Kept


def take_over(w: Work, taken: Taken, before: Case, ground: str) -> Matter:
    """Begin the matter of the other city where the old one stood. Errors: TransferInvalidError."""
    row, now = taken.row, taken.now
    place = find(ground, None, on=now.date())
    if place.city == lies_in(row):
        raise TransferInvalidError
    w.flush()
    matter = keys.mint(place.city, now)
    w.name([matter])
    kept = vault.rebind(w, city=row.city, matter=row.id, to_city=place.city, to_matter=matter, now=now)
    people, files = _people(row, place.city, matter, kept, now), _files(w, taken, place.city, matter)
    papers = handing.carried(w, row, place.city, matter, now)
    held = legal_hold.carried(row, now)
    _let_go(w, taken, list(kept))
    made = _begin(w, taken, before, place, matter, _told(kept, people, files, papers), held)
    for one in (*people, *files, *papers):
        w.add(one)
    for one in people:
        merge.lead_to(w, row, one.no, made, one.no)
    _talk(w, row, made, kept, now)
    _children(w, row, made, now)
    pair(w, row, made, kinds=("moved", "moved"), now=now)
    return made


def _begin(
    w: Work,
    taken: Taken,
    before: Case,
    place: Place,
    matter: UUID,
    told: dict[str, Any],
    held: list[record.Item],
) -> Matter:
    row, now = taken.row, taken.now
    steps, head = ledger.head(w, city=row.city, stream=row.id)
    origin = {"city": row.city, "matter": str(row.id), "steps": steps, "head": head}
    received = {
        "at": now.isoformat(),
        "number": numbers.take(place.city),
        "channel": row.channel,
        **place.data(),
        "class": row.class_code,
        "cause": row.cause_code,
        "urgent": row.urgent,
        "anonymous": row.anonymous,
        "reachable": row.reachable,
        "gist": crypto.mac("gist", row.gist.encode()).hex(),
        "parent": None,
        "campaign": row.campaign,
        "origin": origin,
        **told,
    }
    shadow = Matter(city=place.city, id=matter, scope=place.scope, reachable=row.reachable)
    facts = facts_for(taken.procedure, before, shadow, klass=row.class_code, now=now)
    step = engine.take_over(taken.procedure, before, facts, now, origin=origin)
    items = [("received", received), (step.name, step.data), *held]
    return record.begin(
        w, actor=taken.actor, city=place.city, matter=matter, gist=row.gist, items=items, now=now
    )


def _told(
    kept: Mapping[UUID, Kept], people: list[Party], files: list[Attachment], papers: list[Document]
) -> dict[str, Any]:
    """What the first step says of everything that comes along, in the form an intake has."""
    return {
        "people": [
            {
                "no": one.no,
                "role": one.role,
                "has_code": one.has_code,
                "issue": one.issue,
                "entry": str(one.entry) if one.entry else None,
                **{name: getattr(one, name) for name in STANDING},
            }
            for one in people
        ],
        "files": [saying(one) for one in files],
        "documents": [handing.told(one) for one in papers],
        "entries": [{"was": str(old), "entry": str(new.id), "hash": new.hash} for old, new in kept.items()],
    }


def _people(row: Matter, city: int, matter: UUID, kept: Mapping[UUID, Kept], now: datetime) -> list[Party]:
    """Everybody goes along."""
    found = []
    for one in Party.objects.filter(city=row.city, matter_id=row.id).order_by("no"):
        fields = {
            name: getattr(one, name)
            for name in ("no", "role", "anonymous", "reachable_by", "has_code", "issue", *STANDING)
        }
        entry = kept[one.entry].id if one.entry is not None and one.entry in kept else None
        found.append(Party(city=city, id=keys.mint(city, now), matter_id=matter, entry=entry, **fields))
    return found


def _talk(w: Work, row: Matter, made: Matter, kept: Mapping[UUID, Kept], now: datetime) -> None:
    for one in Message.objects.filter(city=row.city, matter_id=row.id).order_by("id"):
        if one.entry in kept:
            fields = {name: getattr(one, name) for name in ("party", "kind", "sent_at", "from_unit")}
            w.add(
                Message(
                    city=made.city,
                    id=keys.mint(made.city, now),
                    matter_id=made.id,
                    entry=kept[one.entry].id,
                    **fields,
                )
            )
        w.remove(one)


def _let_go(w: Work, taken: Taken, entries: list[UUID]) -> None:
    """Nothing readable stays behind: the words and files of people are in one place only."""
    row, now = taken.row, taken.now
    vault.erase(w, city=row.city, matter=row.id, now=now)
    left = list(Attachment.objects.filter(city=row.city, matter_id=row.id))
    papers = list(Document.objects.filter(city=row.city, matter_id=row.id))
    for one in (*left, *papers):
        w.remove(one)
    names = [*(one.stored for one in left), *(one.stored for one in papers)]
    # a crash before, or a store that is away, leaves bytes that no key opens: the sweep takes them
    transaction.on_commit(lambda: files.remove(names), robust=True)
    gone = {
        "entries": [str(one) for one in entries],
        "files": [str(one.id) for one in left],
        "documents": [str(one.id) for one in papers],
    }
    if any(gone.values()) or row.lon is not None:
        said = {"at": now.isoformat(), **gone, "point": None}
        record.record(w, row, [("handed_over", said)], actor=taken.actor, now=now)


def _files(w: Work, taken: Taken, city: int, matter: UUID) -> list[Attachment]:
    """Bytes are sealed anew under the new matter's key."""
    row, now = taken.row, taken.now
    found = []
    for one in Attachment.objects.filter(city=row.city, matter_id=row.id).order_by("id"):
        again = attachments.Fit(one.media, attachments.opened(one))
        id_ = keys.mint(city, now)
        fields = {name: getattr(one, name) for name in ("media", "size", "party", "public", "added_at")}
        found.append(
            Attachment(
                city=city,
                id=id_,
                matter_id=matter,
                stored=attachments.put(w, city, matter, id_, again.content, now),
                mac=again.mac("attachment", matter.bytes),
                entry=None,
                **fields,
            )
        )
    return found


def _children(w: Work, row: Matter, made: Matter, now: datetime) -> None:
    """Children that go on belong to the new matter as well; who withdraws them does so under the old one."""
    links = list(Link.objects.filter(city=row.city, matter_id=row.id, kind=CHILD))
    w.name([link.other_id for link in links])
    for link in links:
        child = Matter.objects.get(city=link.other_city, id=link.other_id)
        pair(w, made, child, kinds=(CHILD, PARENT), required=link.required, now=now)
