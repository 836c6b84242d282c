"""Writing what happened to a matter: steps, the row that follows from them, tallies and shares, in one
transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.kit.rows import fresh
from gantang.kit.work import Work
from gantang.ledger import service as ledger
from gantang.matters import announcing
from gantang.matters.models import Matter
from gantang.matters.rules import counts, shares
from gantang.matters.rules.follow import Fields, through
from gantang.matters.rules.follow import Item as Item
from gantang.matters.service.point import Point
from gantang.matters.types import CHANGED
from gantang.procedures import queries as procedures
from gantang.tallies import service as tallies
from gantang.territory import service as territory

#: The columns that follow from the steps: all but the key, the gist, the salt of the point and the count of
#: steps. Of the point itself a step has the hash alone (``point``).
PROJECTED = tuple(
    field.attname
    for field in Matter._meta.concrete_fields
    if field.attname not in ("city", "id", "gist", "version", "point_salt")
)

_SHARE = """
INSERT INTO matter_share (city, unit, matter_id, role, since, until) VALUES (%s, %s, %s, %s, %s, NULL)
ON CONFLICT (city, unit, matter_id, role) DO UPDATE SET until = NULL
"""
_UNSHARE = "UPDATE matter_share SET until = %s WHERE city = %s AND unit = %s AND matter_id = %s AND role = %s"


def project(items: Iterable[Item], fields: Fields | None = None) -> Fields:
    """The columns after the items, from those before them (none for a new matter)."""
    return through(fields or {}, items, procedures.by_hash)


def fields_of(row: Matter) -> Fields:
    """The projected columns as the row has them."""
    found = {name: getattr(row, name) for name in PROJECTED}
    found["gist_mac"] = bytes(found["gist_mac"])
    found["point_mac"] = None if found["point_mac"] is None else bytes(found["point_mac"])
    return found


def begin(
    w: Work,
    *,
    actor: Actor,
    city: int,
    matter: UUID,
    gist: str,
    items: Sequence[Item],
    now: datetime,
    point: Point | None = None,
) -> Matter:
    """A new matter by its first steps. Its row is written before whatever belongs to it."""
    w.name([matter])
    ledger.open_stream(w, city=city, stream=matter, kind="matter", now=now)
    fields = project(items)
    row = fresh(Matter, city=city, id=matter, gist=gist, **fields)
    if point is not None:
        row.point_salt = point.salt
        for name, value in point.columns.items():
            setattr(row, name, value)
    row.version = _append(w, actor, row, items, now)
    w.add(row)
    tallies.add(w, city=city, deltas=counts.deltas(None, fields), now=now)
    _share(w, row, {}, fields, now)
    announcing.tell(w, row, {}, fields, now=now)
    return row


def record(
    w: Work, row: Matter, items: Sequence[Item], *, actor: Actor, now: datetime, gist: str | None = None
) -> None:
    """Further steps of a matter whose row the act has locked; none change nothing."""
    if not items:
        return
    before, was = fields_of(row), row.version
    after = project(items, before)
    row.version = _append(w, actor, row, items, now)
    changed = [name for name in PROJECTED if before[name] != after[name]]
    for name in changed:
        setattr(row, name, after[name])
    if gist is not None:
        row.gist = gist
        changed.append("gist")
    if row.point_mac is None and row.point_salt is not None:
        row.point_salt = None
        changed.append("point_salt")
    w.change(row, [*changed, "version"], version=was)
    if not row.scope.startswith("~"):  # of a protected tip nobody hears anything
        w.statement("SELECT pg_notify(%s, %s::text)", (CHANGED, str(row.id)))
    tallies.add(w, city=row.city, deltas=counts.deltas(before, after), now=now)
    _share(w, row, before, after, now)
    if row.facility is not None and before["ended_at"] is None and after["ended_at"] is not None:
        territory.repaired(w, facility=row.facility, matter=row.id, now=now)
    announcing.tell(w, row, before, after, now=now)


def _append(w: Work, actor: Actor, row: Matter, items: Sequence[Item], now: datetime) -> int:
    """Steps of one moment go together: what the clock owed happened when it was due."""
    length = 0
    for at, group in groupby(items, key=lambda item: item[1].get("at")):
        length = ledger.append(
            w,
            actor=actor,
            city=row.city,
            stream=row.id,
            kind="matter",
            items=list(group),
            happened_at=datetime.fromisoformat(at) if at else now,
            now=now,
        )
    return length


def _share(w: Work, row: Matter, before: Fields, after: Fields, now: datetime) -> None:
    """Whoever holds the work sees it, wherever it lies; whoever let go of it does not."""
    was, is_now = shares.holding(before), shares.holding(after)
    for unit, duty in sorted(is_now - was):
        share(w, row, unit, duty, now)
    for unit, duty in sorted(was - is_now):
        unshare(w, row, unit, duty, now)


def share(w: Work, row: Matter, unit: int, role: str, now: datetime) -> None:
    """Let a unit take part under a duty."""
    w.statement(_SHARE, [row.city, unit, row.id, role, now])


def unshare(w: Work, row: Matter, unit: int, role: str, now: datetime) -> None:
    """Let a unit take part under a duty no longer."""
    w.statement(_UNSHARE, [now, row.city, unit, row.id, role])
