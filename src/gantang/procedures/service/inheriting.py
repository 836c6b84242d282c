"""A ground's own procedures, and campaigns on it, follow changed ground in the change's own transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from gantang import engine
from gantang.catalogue import queries as catalogue
from gantang.kit import clock
from gantang.kit.actor import SYSTEM
from gantang.posts import service as posts
from gantang.procedures import errors, inheriting
from gantang.procedures.inheriting import Handed
from gantang.procedures.service import campaigns, entry, layers, seeding
from gantang.territory.errors import UnsettledError
from gantang.territory.types import GroundChange

_DOER = replace(SYSTEM, admin=True)


def take_ground_changes(*, now: datetime) -> int:
    """Bring every change set into force whose day has come: ground, units, posts, remits, local calendars, a
    ground's own procedures and campaigns, each change in one transaction; how many were."""
    return posts.take_ground_changes(also=_follow, now=now)


def check_ground_change(change: GroundChange, *, now: datetime) -> None:
    """Errors: UnsettledError where somebody has still to say whose rules hold."""
    for one in (*catalogue.following(change, at=now), *inheriting.following(change)):
        if one.of is None:
            raise UnsettledError(details={"ground": one.ground})


def _follow(change: GroundChange, now: datetime) -> None:
    _procedures(inheriting.handed(change), now)
    campaigns.follow_ground(change=change, now=now)


def _procedures(found: list[Handed], now: datetime) -> None:
    """The old ones end and the new ones begin. Errors: UnsettledError, FaultyPackError."""
    for one in found:
        if one.of is None:
            raise UnsettledError(details={"ground": one.ground})
    for name, code in sorted({(one.name, code) for one in found for code in one.ending}):
        entry.end(actor=_DOER, name=name, ground=code, from_at=now, now=now)
    for one in found:
        for row in one.chosen:
            if not layers.of_rows([row]):
                entry.copy(actor=_DOER, row=row, ground=one.ground, basis=_basis(one), now=now)
    _lay_over(found, now)


def _lay_over(found: list[Handed], now: datetime) -> None:
    """All overlays of a pack at once: a city's before those of its counties."""
    laid = [(one, overlay) for one in found for overlay in _overlays(one)]
    packs = seeding.installed() if laid else []
    _check_there(packs, laid)
    for pack in packs:
        names = {one.name for one in pack.procedures.values()}
        mine = [(one, overlay) for one, overlay in laid if overlay.of in names]
        if mine:
            basis = "、".join(dict.fromkeys(_basis(one) for one, _overlay in mine))[:200]
            overlays = [overlay for _one, overlay in mine]
            entry.lay_over(actor=_DOER, pack=pack, overlays=overlays, basis=basis, others=packs, now=now)


def _check_there(packs: list[engine.Pack], laid: Iterable[tuple[Handed, engine.Overlay]]) -> None:
    """Errors: UnknownProcedureError for an overlay of a procedure that no pack here holds."""
    known = {one.name for pack in packs for one in pack.procedures.values()}
    for _one, overlay in laid:
        if overlay.of not in known:
            raise errors.UnknownProcedureError(details={"what": overlay.of})


def prove(one: Handed) -> None:
    """Whether what is chosen holds on its new ground. Errors: FaultyPackError, UnknownProcedureError."""
    overlays = _overlays(one)
    packs = seeding.installed() if overlays else []
    _check_there(packs, [(one, each) for each in overlays])
    for pack in packs:
        if any(each.of in {known.name for known in pack.procedures.values()} for each in overlays):
            entry.prove_over(pack, overlays, packs, clock.now(), without=one.rows)


def _overlays(one: Handed) -> list[engine.Overlay]:
    """The overlays that go on, on their new ground."""
    return [replace(each, ground=one.ground) for each in layers.of_rows(one.chosen)]


def _basis(one: Handed) -> str:
    return f"区划调整：{one.of} → {one.ground}"
