"""The packs on disk, put in force when the site is brought up."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

import gantang
from gantang import engine
from gantang.kit.actor import SYSTEM
from gantang.kit.errors import GantangError
from gantang.procedures import errors
from gantang.procedures.service.entry import put_in_force

SHIPPED = Path(gantang.__file__).parent / "packs"


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
