"""The packs on disk, put in force when the site is brought up."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path

from django.conf import settings

import gantang
from gantang import engine
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import GantangError
from gantang.procedures import errors, queries
from gantang.procedures.service import layers
from gantang.procedures.service.entry import put_in_force
from gantang.territory import queries as territory

SHIPPED = Path(gantang.__file__).parent / "packs"


def seed(now: datetime, *, calendar: engine.Calendar | None = None) -> list[GantangError]:
    """The shipped packs everywhere, then what GANTANG_PACKS_DIR holds: packs everywhere, overlays each on its
    ground. Changes nothing the second time; a shipped pack that the deployment replaced stays out.

    Returns why something of the deployment's own was refused, FaultyPackError or SameVersionError: what is in
    force stays, and the others go on. So is a shipped version under which a standing overlay no longer holds.
    Errors: the same, for a shipped pack that is at fault by itself.
    """
    shipped, own = _shipped(), _own()
    packs = [*shipped, *own]
    read, found = overlays()
    faults = [*found, *engine.unplaced(read, packs)]
    refused: list[GantangError] = [errors.FaultyPackError("overlays", faults)] if faults else []
    laid, gone = _on_ground(read)
    refused += gone
    kept = [pack for pack in shipped if not _is_replaced(pack, own)]
    for pack in (*kept, *own):
        others = kept if pack in kept else packs
        seeding = _Seeding(pack, others, calendar, now, is_shipped=pack in kept)
        refused += seeding.all(one for one in laid if one.of in _names(pack))
    return refused


def _on_ground(laid: Iterable[engine.Overlay]) -> tuple[list[engine.Overlay], list[GantangError]]:
    """The overlays whose ground is in force, and an error for each file that names one that ended: what it
    laid down followed the ground, the file waits for its new code."""
    known = list(laid)
    found = territory.divisions({one.ground for one in known})
    ended = {code for code, one in found.items() if one.valid_to is not None}
    told: list[GantangError] = [
        errors.EndedGroundError(
            details={
                "overlay": one.name,
                "ground": one.ground,
                "heirs": "、".join(territory.successors(one.ground)),
            }
        )
        for one in known
        if one.ground in ended
    ]
    return [one for one in known if one.ground not in ended], told


class _Seeding:
    """One pack with what is laid over it."""

    def __init__(
        self,
        pack: engine.Pack,
        others: list[engine.Pack],
        calendar: engine.Calendar | None,
        now: datetime,
        *,
        is_shipped: bool,
    ) -> None:
        self.pack, self.others, self.calendar, self.now = pack, others, calendar, now
        self.is_shipped = is_shipped

    def all(self, overlays: Iterable[engine.Overlay]) -> list[GantangError]:
        """All of it together; where that is refused the pack by itself, then each city's layers."""
        known = sorted(overlays, key=lambda one: one.ground)
        if known and not self._tried(known):
            return []
        alone = self._tried([])
        if alone and self.is_shipped and not any(layers.standing(_names(self.pack))):
            raise alone[0]
        if alone or not known:
            return alone
        cities = groupby(known, key=lambda one: one.ground[:4])
        return [error for _city, some in cities for error in self._tried(list(some))]

    def _tried(self, overlays: list[engine.Overlay]) -> list[GantangError]:
        """Why it was refused; empty where it was not."""
        given = {"pack": self.pack, "overlays": overlays, "others": self.others}
        try:
            put_in_force(actor=SYSTEM, calendar=self.calendar, now=self.now, **given)  # type: ignore[arg-type]
        except (errors.FaultyPackError, errors.SameVersionError) as error:
            return [error]
        return []


def installed() -> list[engine.Pack]:
    """The packs on disk: shipped, then the deployment's own. Findings stay on each pack."""
    return [*_shipped(), *_own()]


def _shipped() -> list[engine.Pack]:
    return list(engine.read_packs(SHIPPED).values())


def _own() -> list[engine.Pack]:
    own = settings.GANTANG_PACKS_DIR
    return list(engine.read_packs(Path(own)).values()) if own else []


def overlays() -> tuple[tuple[engine.Overlay, ...], tuple[engine.Finding, ...]]:
    """The overlays of the deployment's packs folder, and what is wrong with their files."""
    own = settings.GANTANG_PACKS_DIR
    return engine.read_overlays(Path(own)) if own else ((), ())


def _names(pack: engine.Pack) -> set[str]:
    return {one.name for one in pack.procedures.values()}


def _is_replaced(pack: engine.Pack, own: Iterable[engine.Pack]) -> bool:
    """Whether a pack of the deployment's own has taken its place: the next seed must not bring it back."""
    taken = {name for one in own for name in _names(one)}
    return bool(_names(pack) & taken) and any(one.name in _names(pack) for one in queries.versions())
