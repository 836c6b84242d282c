"""The only way to put procedures in force: checked first, refused with every finding."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from gantang import engine
from gantang.engine.check import check
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.work import work
from gantang.procedures import errors, queries
from gantang.procedures.models import ProcedureVersion
from gantang.procedures.service import upgrades
from gantang.procedures.service.telling import tell
from gantang.procedures.types import VersionView


def put_in_force(
    *,
    actor: Actor,
    pack: engine.Pack,
    ground: str = "",
    in_force_from: datetime | None = None,
    basis: str = "",
    calendar: engine.Calendar | None = None,
    others: Iterable[engine.Pack] = (),
    now: datetime,
) -> list[VersionView]:
    """Put every procedure of a pack in force on a ground, "" for everywhere, from a moment, None for always.

    What is in force unchanged stays as it is. `others` are packs whose procedures this one may open.
    Errors: NotAdminError; FaultyPackError with all findings; SameVersionError.
    """
    _may(actor)
    if pack.findings or any(_last_hash(one, ground) != one.hash for one in pack.procedures.values()):
        _prove(pack, calendar or _calendar(ground), others)  # what is in force was proved when it came
    with work(actor) as w:
        _turn()
        going_over = upgrades.found(pack, ((ground, one) for one in pack.procedures.values()))
        changed = [one for one in pack.procedures.values() if _is_new(one, ground)]
        rows = [_row(actor, pack.name, one, ground, in_force_from, basis, now) for one in changed]
        for row in rows:
            row.save(force_insert=True)
            tell(w, row.name, "in_force", _told(row), now)
        upgrades.set_down(w, going_over, in_force_from, now)
    numbers = {row.pk for row in rows}
    return [one for one in queries.versions() if one.id in numbers]


def end(*, actor: Actor, name: str, ground: str = "", from_at: datetime, now: datetime) -> None:
    """No new matter follows the procedure on that ground from a moment on; running ones keep it."""
    _may(actor)
    last = ProcedureVersion.objects.filter(name=name, ground=ground).order_by("-id").first()
    if last is None:
        raise errors.UnknownProcedureError(details={"what": name})
    row = ProcedureVersion(
        name=name,
        version=last.version,
        pack=last.pack,
        ground=ground,
        in_force_from=from_at,
        account=actor.account,
        made_at=now,
    )
    with work(actor) as w:
        row.save(force_insert=True)
        tell(w, row.name, "ended", _told(row), now)


def _may(actor: Actor) -> None:
    if not actor.admin and actor != SYSTEM:
        raise errors.NotAdminError


def _prove(pack: engine.Pack, calendar: engine.Calendar, others: Iterable[engine.Pack]) -> None:
    findings = check(pack, calendar=calendar, packs=[one for one in others if one.name != pack.name])
    if findings:
        raise errors.FaultyPackError(pack.name, findings)


def _calendar(ground: str) -> engine.Calendar:
    from gantang.catalogue import queries as catalogue

    return catalogue.calendar_for(ground)


def _turn() -> None:
    """Changes come one at a time: two machines that seed at once make one row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('gantang procedures'))")


def _is_new(procedure: engine.Procedure, ground: str) -> bool:
    rows = ProcedureVersion.objects.filter(name=procedure.name, ground=ground)
    if rows.filter(version=procedure.version).exclude(hash__in=["", procedure.hash]).exists():
        raise errors.SameVersionError(details={"name": procedure.name, "version": procedure.version})
    return _last_hash(procedure, ground) != procedure.hash


def _last_hash(procedure: engine.Procedure, ground: str) -> str | None:
    """What is in force under the name on exactly this ground; empty after an end."""
    rows = ProcedureVersion.objects.filter(name=procedure.name, ground=ground)
    return rows.order_by("-id").values_list("hash", flat=True).first()


def _row(
    actor: Actor,
    pack: str,
    procedure: engine.Procedure,
    ground: str,
    in_force_from: datetime | None,
    basis: str,
    now: datetime,
) -> ProcedureVersion:
    return ProcedureVersion(
        name=procedure.name,
        version=procedure.version,
        hash=procedure.hash,
        pack=pack,
        source=json.loads(procedure.source),
        serves=list(procedure.serves),
        ground=ground,
        in_force_from=in_force_from,
        basis=basis,
        account=actor.account,
        made_at=now,
    )


def _told(row: ProcedureVersion) -> dict[str, object]:
    since = row.in_force_from.isoformat() if row.in_force_from else None
    return {"version": row.version, "hash": row.hash, "ground": row.ground, "from": since}
