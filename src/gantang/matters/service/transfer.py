"""Transfer to another city: a new matter takes over, the old one ends moved. No transfer renews a clock or a
refusal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gantang import engine
from gantang.engine import Case
from gantang.files import service as files
from gantang.kit import crypto, keys, numbers
from gantang.kit.work import Work
from gantang.ledger import queries as ledger
from gantang.matters.errors import TransferInvalidError
from gantang.matters.models import Attachment, Link, Matter, Message, Party
from gantang.matters.service import attachments, merge, record
from gantang.matters.service.facts import CHILD, facts_for
from gantang.matters.service.ground import Place, find
from gantang.matters.service.links import pair
from gantang.matters.service.taking import Taken
from gantang.vault import service as vault


def take_over(w: Work, taken: Taken, before: Case, ground: str) -> Matter:
    """Begin the matter of the other city where the old one stood. Errors: TransferInvalidError."""
    row, now = taken.row, taken.now
    place = find(ground, None, on=now.date())
    if place.city == row.city:
        raise TransferInvalidError
    w.flush()
    made = _begin(w, taken, before, place)
    entries = vault.rebind(w, city=row.city, matter=row.id, to_city=made.city, to_matter=made.id, now=now)
    moved = {old: kept.id for old, kept in entries.items()}
    _people(w, row, made, moved, now)
    _talk(w, row, made, moved, now)
    _files(w, taken, made)
    _children(w, row, made, now)
    pair(w, row, made, kinds=("moved", "moved"), now=now)
    return made


def _begin(w: Work, taken: Taken, before: Case, place: Place) -> Matter:
    row, now = taken.row, taken.now
    matter = keys.mint(place.city, now)
    w.name([matter])
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
    }
    origin = {"city": row.city, "matter": str(row.id), "steps": ledger.length(row.city, row.id)}
    shadow = Matter(city=place.city, id=matter, scope=place.scope, reachable=row.reachable)
    facts = facts_for(taken.procedure, before, shadow, klass=row.class_code, now=now)
    step = engine.take_over(taken.procedure, before, facts, now, origin=origin)
    items = [("received", received), (step.name, step.data)]
    return record.begin(
        w, actor=taken.actor, city=place.city, matter=matter, gist=row.gist, items=items, now=now
    )


def _people(w: Work, row: Matter, made: Matter, moved: dict[UUID, UUID], now: datetime) -> None:
    """Everybody goes along; old access codes lead to the new matter."""
    for one in Party.objects.filter(city=row.city, matter_id=row.id).order_by("no"):
        fields: dict[str, Any] = {
            name: getattr(one, name)
            for name in ("no", "role", "anonymous", "reachable_by", "has_code", "issue")
        }
        w.add(
            Party(
                city=made.city,
                id=keys.mint(made.city, now),
                matter_id=made.id,
                entry=_entry(moved, one.entry),
                **fields,
            )
        )
        merge.lead_to(w, one, made, one.no)


def _entry(moved: dict[UUID, UUID], old: UUID | None) -> UUID | None:
    return moved.get(old) if old is not None else None


def _talk(w: Work, row: Matter, made: Matter, moved: dict[UUID, UUID], now: datetime) -> None:
    for one in Message.objects.filter(city=row.city, matter_id=row.id).order_by("id"):
        if one.entry in moved:
            fields = {name: getattr(one, name) for name in ("party", "kind", "sent_at", "from_unit")}
            w.add(
                Message(
                    city=made.city,
                    id=keys.mint(made.city, now),
                    matter_id=made.id,
                    entry=moved[one.entry],
                    **fields,
                )
            )


def _files(w: Work, taken: Taken, made: Matter) -> None:
    """Bytes are sealed anew under the new matter's key."""
    row, now = taken.row, taken.now
    for one in Attachment.objects.filter(city=row.city, matter_id=row.id).order_by("id"):
        data = attachments.data_of(one)
        id_ = keys.mint(made.city, now)
        sealed = vault.seal_bytes(w, city=made.city, matter=made.id, file=id_, data=data, now=now)
        fields = {name: getattr(one, name) for name in ("media", "size", "party", "public", "added_at")}
        w.add(
            Attachment(
                city=made.city,
                id=id_,
                matter_id=made.id,
                stored=files.store(sealed),
                mac=crypto.mac("attachment", made.id.bytes, data),
                entry=None,
                **fields,
            )
        )


def _children(w: Work, row: Matter, made: Matter, now: datetime) -> None:
    """Children that go on belong to the new matter as well; who withdraws them does so under the old one."""
    for link in Link.objects.filter(city=row.city, matter_id=row.id, kind=CHILD):
        w.add(
            Link(
                city=made.city,
                id=keys.mint(made.city, now),
                matter_id=made.id,
                kind=CHILD,
                required=link.required,
                other_city=link.other_city,
                other_id=link.other_id,
                since=now,
            )
        )
