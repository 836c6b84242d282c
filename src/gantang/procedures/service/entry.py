"""Procedures come into force and end: checked first, refused with every finding."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import connection
from django.db.models import QuerySet

from gantang import engine
from gantang.engine.language.overlays import composed
from gantang.kit.actor import SYSTEM, Actor
from gantang.kit.canonical import canonical
from gantang.kit.work import Work, work
from gantang.procedures import errors, queries
from gantang.procedures.models import ProcedureVersion
from gantang.procedures.service import layers, upgrades
from gantang.procedures.service.proving import faults
from gantang.procedures.service.sealing import unsealed
from gantang.procedures.service.telling import tell
from gantang.procedures.types import VersionView


def put_in_force(
    *,
    actor: Actor,
    pack: engine.Pack,
    ground: str = "",
    overlays: Iterable[engine.Overlay] = (),
    in_force_from: datetime | None = None,
    basis: str = "",
    calendar: engine.Calendar | None = None,
    others: Iterable[engine.Pack] = (),
    now: datetime,
) -> list[VersionView]:
    """Put every procedure of a pack in force on a ground, "" for everywhere, from a moment, None for always.

    Variants come with their base. What cities and counties laid over it is laid over again, together with
    new `overlays`, each on its own ground: where one no longer holds, nothing of it comes into force. What is
    in force unchanged stays as it is. `others` are packs whose procedures this one may open.
    Errors: NotAdminError; FaultyPackError with all findings; SameVersionError.
    """
    _may(actor)
    days, rest = calendar or _calendar(ground), tuple(one for one in others if one.name != pack.name)
    proved = _Entry.of(pack, ground, overlays)
    proved.prove(days, rest, now)
    with work(actor) as w:
        _turn()
        entry = _Entry.of(pack, ground, overlays)
        if entry.overlays != proved.overlays:
            entry.prove(days, rest, now)  # somebody else laid something over it meanwhile
        going_over = entry.going_over()
        rows = [_row(w, entry, where, one, in_force_from, basis, now) for where, one in entry.changed()]
        for row in rows:
            row.save(force_insert=True)
            tell(w, row.name, "in_force", _told(row), now)
        upgrades.set_down(w, going_over, in_force_from, now)
    numbers = {row.pk for row in rows}
    return [one for one in queries.versions() if one.id in numbers]


def lay_over(
    *,
    actor: Actor,
    pack: engine.Pack,
    overlays: Sequence[engine.Overlay],
    basis: str,
    others: Iterable[engine.Pack],
    now: datetime,
) -> None:
    """Put overlays in force on their own grounds from now on, and nothing else of the pack.

    Errors: NotAdminError; FaultyPackError where one does not hold there; SameVersionError.
    """
    _may(actor)
    prove_over(pack, overlays, others, now)
    grounds = {one.ground for one in overlays}
    with work(actor) as w:
        _turn()
        entry = _Entry.of(pack, "", overlays)
        for where, one in [each for each in entry.changed() if each[0] in grounds]:
            row = _row(w, entry, where, one, now, basis, now)
            row.save(force_insert=True)
            tell(w, row.name, "in_force", _told(row), now)


def prove_over(
    pack: engine.Pack,
    overlays: Sequence[engine.Overlay],
    others: Iterable[engine.Pack],
    now: datetime,
    *,
    without: Collection[str] = (),
) -> None:
    """Prove overlays where they are to lie, ``without`` those of some grounds. Errors: FaultyPackError."""
    rest = tuple(one for one in others if one.name != pack.name)
    _Entry.of(pack, "", overlays, without).prove(_calendar(""), rest, now)


def copy(*, actor: Actor, row: ProcedureVersion, ground: str, basis: str, now: datetime) -> None:
    """The same procedure, that no overlay made, in force on another ground from now on."""
    _may(actor)
    with work(actor) as w:
        _turn()
        row.pk, row.ground, row.basis, row.in_force_from = None, ground, basis[:200], now
        row.account, row.made_at = actor.account, now
        row.save(force_insert=True)
        tell(w, row.name, "in_force", _told(row), now)


@dataclass
class _Entry:
    """A pack on a ground, and what is laid over it on grounds within."""

    pack: engine.Pack
    ground: str
    overlays: list[engine.Overlay]

    above: list[tuple[str, engine.Pack]]

    @classmethod
    def of(
        cls,
        pack: engine.Pack,
        ground: str,
        overlays: Iterable[engine.Overlay],
        without: Collection[str] = (),
    ) -> Self:
        known = [] if ground else layers.together(pack, overlays, without)
        return cls(pack, ground, known, composed(pack, known))

    def procedures(self) -> Iterator[tuple[str, engine.Procedure]]:
        """Every procedure with the ground where it is to be in force; those unchanged as they stand."""
        given = [(self.ground, one) for one in self.pack.procedures.values()]
        given += [(ground, one) for ground, pack in self.above for one in layers.own(ground, pack)]
        yield from ((ground, _as_it_stands(one, ground)) for ground, one in given)

    def prove(self, calendar: engine.Calendar, others: tuple[engine.Pack, ...], now: datetime) -> None:
        """Errors: FaultyPackError. What is in force unchanged was proved when it came."""
        whole = [self.pack, *(pack for _ground, pack in self.above)]
        coming = [one for at, one in self.procedures() if _is_other(one, at)]
        if any(pack.findings for pack in whole) or coming:
            found = [one for pack in whole for one in faults(pack, calendar, others, now.date())]
            found += unsealed(coming)
            if found:
                raise errors.FaultyPackError(self.pack.name, dict.fromkeys(found))

    def changed(self) -> Iterator[tuple[str, engine.Procedure]]:
        """What is not in force already. Errors: SameVersionError."""
        for ground, one in self.procedures():
            _check_version(one, ground)
            if _is_other(one, ground):
                yield ground, one

    def going_over(self) -> list[upgrades.Pair]:
        """What becomes of the matters of older versions. Errors: FaultyPackError."""
        return upgrades.found(self.pack, self.procedures())


def _since(procedure: engine.Procedure, ground: str, now: datetime) -> datetime | None:
    """From the beginning; but where something has a date already, an end above all, what comes after it is in
    force from now: without a date it would lie before."""
    dated = _entries(procedure.name, procedure.variant, ground).filter(in_force_from__lte=now)
    return now if dated.exists() else None


def _as_it_stands(procedure: engine.Procedure, ground: str) -> engine.Procedure:
    """The one in force in its place, if it is the same among other texts and templates of its pack."""
    rows = _entries(procedure.name, procedure.variant, ground).order_by("-id")
    kept = rows.values_list("hash", "version", "source").first()
    if kept is None or kept[0] in ("", procedure.hash) or kept[1] != procedure.version:
        return procedure
    is_same = engine.is_same(canonical(kept[2]).decode(), procedure.source, procedure.name)
    return queries.by_hash(kept[0]) if is_same else procedure


def _is_other(procedure: engine.Procedure, ground: str) -> bool:
    """Whether something else, or nothing, is in force in its place."""
    rows = _entries(procedure.name, procedure.variant, ground)
    return rows.order_by("-id").values_list("hash", flat=True).first() != procedure.hash


def _check_version(procedure: engine.Procedure, ground: str) -> None:
    """Errors: SameVersionError where the same versions of all layers once had another content."""
    same = layers.versions_of(layers.kept(procedure, ()))
    rows = _entries(procedure.name, procedure.variant, ground).filter(version=procedure.version)
    for digest, known in rows.values_list("hash", "layers"):
        if digest not in ("", procedure.hash) and layers.versions_of(known) == same:
            raise errors.SameVersionError(details={"name": procedure.name, "version": procedure.version})


def end(*, actor: Actor, name: str, ground: str = "", from_at: datetime, now: datetime) -> None:
    """No new matter follows the procedure, in any variant, on just that ground from a moment on; running
    ones keep it. Errors: UnknownProcedureError."""
    _may(actor)
    with work(actor) as w:
        _turn()
        rows = _entries(name, None, ground).order_by("id")
        last = {row.variant: row for row in rows}
        if not last:
            raise errors.UnknownProcedureError(details={"what": name})
        for row in (one for one in last.values() if one.hash):
            ended = ProcedureVersion(
                name=name,
                version=row.version,
                pack=row.pack,
                ground=ground,
                variant=row.variant,
                in_force_from=from_at,
                account=actor.account,
                made_at=now,
            )
            ended.save(force_insert=True)
            tell(w, name, "ended", _told(ended), now)


def _entries(name: str, variant: str | None, ground: str) -> QuerySet[ProcedureVersion]:
    rows = ProcedureVersion.objects.filter(name=name, ground=ground)
    return rows if variant is None else rows.filter(variant=variant)


def _may(actor: Actor) -> None:
    if not actor.admin and actor != SYSTEM:
        raise errors.NotAdminError


def _calendar(ground: str) -> engine.Calendar:
    from gantang.catalogue import queries as catalogue

    return catalogue.calendar_for(ground)


def _turn() -> None:
    """Changes come one at a time: two machines that seed at once make one row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('gantang procedures'))")


def _row(
    w: Work,
    entry: _Entry,
    ground: str,
    procedure: engine.Procedure,
    in_force_from: datetime | None,
    basis: str,
    now: datetime,
) -> ProcedureVersion:
    return ProcedureVersion(
        name=procedure.name,
        version=procedure.version,
        hash=procedure.hash,
        pack=entry.pack.name,
        source=json.loads(procedure.source),
        serves=list(procedure.serves),
        ground=ground,
        variant=procedure.variant,
        layers=layers.kept(procedure, entry.overlays),
        in_force_from=in_force_from or _since(procedure, ground, now),
        basis=basis,
        account=w.actor.account,
        made_at=now,
    )


def _told(row: ProcedureVersion) -> dict[str, object]:
    since = row.in_force_from.isoformat() if row.in_force_from else None
    told = {"version": row.version, "hash": row.hash, "ground": row.ground, "from": since}
    return {**told, "variant": row.variant, "layers": [list(one) for one in layers.versions_of(row.layers)]}
