"""The only way to put procedures in force: checked first, refused with every finding."""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

import gantang
from gantang import engine
from gantang.engine.check import check
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.errors import GantangError
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.procedures import errors, queries
from gantang.procedures.campaigns import begin_opening as begin_opening
from gantang.procedures.campaigns import close_campaign as close_campaign
from gantang.procedures.campaigns import create_campaign as create_campaign
from gantang.procedures.campaigns import end_opening as end_opening
from gantang.procedures.campaigns import renew_campaigns as renew_campaigns
from gantang.procedures.models import ProcedureVersion
from gantang.procedures.ordering import ORDERING as ORDERING
from gantang.procedures.types import VersionView

SHIPPED = Path(gantang.__file__).parent / "packs"
_CITY = 3600


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
        changed = [one for one in pack.procedures.values() if _is_new(one, ground)]
        rows = [_row(actor, pack.name, one, ground, in_force_from, basis, now) for one in changed]
        for row in rows:
            row.save(force_insert=True)
            _record(w, row, "in_force", now)
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
        _record(w, row, "ended", now)


def seed(now: datetime, *, calendar: engine.Calendar | None = None) -> list[GantangError]:
    """The shipped packs and those of GANTANG_PACKS_DIR, everywhere; changes nothing the second time.

    Returns why a pack of the deployment's own was refused, FaultyPackError or SameVersionError: what is in
    force stays, and the others go on. Errors: the same, for a pack that ships.
    """
    shipped, own = _shipped(), _own()
    for pack in shipped:
        put_in_force(actor=SYSTEM, pack=pack, calendar=calendar, others=shipped, now=now)
    refused: list[GantangError] = []
    for pack in own:
        try:
            put_in_force(actor=SYSTEM, pack=pack, calendar=calendar, others=[*shipped, *own], now=now)
        except (errors.FaultyPackError, errors.SameVersionError) as error:
            refused.append(error)
    return refused


def installed() -> list[engine.Pack]:
    """The packs on disk: shipped, then the deployment's own. Findings stay on each pack."""
    return [*_shipped(), *_own()]


def _shipped() -> list[engine.Pack]:
    return list(engine.read_packs(SHIPPED).values())


def _own() -> list[engine.Pack]:
    own = settings.GANTANG_PACKS_DIR
    return list(engine.read_packs(Path(own)).values()) if own else []


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


def _record(w: Work, row: ProcedureVersion, step: str, now: datetime) -> None:
    """One step in the stream of the procedure."""
    since = row.in_force_from.isoformat() if row.in_force_from else None
    data = {"version": row.version, "hash": row.hash, "ground": row.ground, "from": since}
    ledger.append(
        w,
        actor=w.actor,
        city=_CITY,
        stream=ledger.stream_of("procedure", row.name),
        kind="procedure",
        items=[(f"procedure.{step}", data)],
        happened_at=now,
        now=now,
        key=row.name,
    )
