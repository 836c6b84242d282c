"""What becomes of running matters when a version comes in force: checked, kept, done by the worker."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from gantang import engine
from gantang.engine.check import upgrade_faults
from gantang.kit.actor import SYSTEM
from gantang.kit.work import Work, work
from gantang.procedures import errors, queries, rules
from gantang.procedures.models import ProcedureVersion, Upgrade
from gantang.procedures.service.telling import tell

#: An act that began under the old version has ended by then, so that a later pass sees its matter.
SETTLED = timedelta(minutes=1)
Pair = tuple[engine.Procedure, engine.Procedure, engine.Upgrade]


def found(pack: engine.Pack, coming: Iterable[tuple[str, engine.Procedure]]) -> list[Pair]:
    """Older versions, each variant and ground by itself, whose matters the pack takes further to what comes.

    Errors: FaultyPackError.
    """
    pairs = [pair for ground, one in coming for pair in _older(pack, one, ground)]
    faults = [fault for old, new, mapping in pairs for fault in upgrade_faults(old, new, mapping)]
    if faults:
        raise errors.FaultyPackError(pack.name, faults)
    return pairs


def _older(pack: engine.Pack, new: engine.Procedure, ground: str) -> Iterator[Pair]:
    if not any(one.procedure == new.name for one in pack.upgrades):
        return
    rows = ProcedureVersion.objects.filter(name=new.name, variant=new.variant, ground=ground)
    known = rows.filter(version__lt=new.version).exclude(hash="").values_list("hash", "version")
    for digest, version in sorted(set(known)):
        mapping = rules.way(pack.upgrades, new.name, version, new.version)
        if mapping is not None:
            yield _pair(queries.by_hash(digest), new, mapping, is_direct=mapping in pack.upgrades)


def _pair(old: engine.Procedure, new: engine.Procedure, mapping: engine.Upgrade, *, is_direct: bool) -> Pair:
    """Names that only a version between had are no fault of a way that leads over it."""
    if is_direct:
        return old, new, mapping
    uses = {move: now for move, now in mapping.uses.items() if move in old.moves and now in new.moves}
    return old, new, replace(mapping, uses=uses)


def set_down(w: Work, pairs: list[Pair], in_force_from: datetime | None, now: datetime) -> None:
    """Keep what is to be done, each pair of versions once."""
    for old, new, mapping in pairs:
        values = {
            "name": new.name,
            "old_version": old.version,
            "new_version": new.version,
            "states": dict(mapping.states),
            "uses": dict(mapping.uses),
            "basis": list(mapping.basis),
            "in_force_from": in_force_from,
            "account": w.actor.account,
            "made_at": now,
        }
        _row, is_new = Upgrade.objects.get_or_create(old_hash=old.hash, new_hash=new.hash, defaults=values)
        if is_new:
            tell(
                w,
                new.name,
                "upgrade_set",
                {**_versions(old.version, new.version), "states": values["states"]},
                now,
            )


def went_on(*, upgrade: int, after: UUID, found: int, moved: int, now: datetime) -> None:
    """A pass came as far as `after`; so many matters on the way were to go over, so many did."""
    rows = Upgrade.objects.filter(pk=upgrade, done_at=None)
    rows.filter(began_at=None).update(began_at=now)
    rows.update(after=after, found=F("found") + found, moved=F("moved") + moved)


def pass_ended(*, upgrade: int, now: datetime) -> bool:
    """No matter is left to be looked at. Whether the upgrade is done: a whole pass found none to go over."""
    with work(SYSTEM) as w:
        row = Upgrade.objects.select_for_update().get(pk=upgrade)
        settled = max(row.made_at, row.in_force_from or row.made_at) + SETTLED
        if row.done_at is None and row.found == 0 and (row.began_at or now) >= settled:
            row.done_at = now
            told = {**_versions(row.old_version, row.new_version), "matters": row.moved}
            tell(w, row.name, "upgraded", told, now)
        elif row.done_at is None:
            row.after, row.found, row.began_at = None, 0, max(now, settled)
        row.save(update_fields=["done_at", "after", "found", "began_at"])
    return row.done_at is not None


def _versions(old: int, new: int) -> dict[str, object]:
    return {"from": old, "to": new}
