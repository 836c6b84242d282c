"""Local calendars of ground that changes: whose days hold on what became of it. Writes nothing; part of
``queries``."""

from collections.abc import Mapping
from datetime import datetime

from gantang.catalogue import book
from gantang.territory import queries as territory
from gantang.territory.types import GroundChange, Inherited


def following(change: GroundChange, *, at: datetime) -> list[Inherited]:
    """The calendars that follow a change of ground, the widest ground first.

    One alone, or several that count alike, hold for all of what the code became; where they differ, ``of`` is
    None until the change says whose hold.
    """
    held, found = book.opened(), []
    for ground, codes in territory.origins(change).items():
        days = {code: listed for code in codes if (listed := held.to_come(code, at))}
        if days.keys() - {ground}:
            said = territory.settled(change, territory.CALENDAR, codes)
            of = ("" if said.ends else said.ground) if said else _whose(days)
            found.append(Inherited(territory.CALENDAR, ground, codes, of))
    return found


def _whose(days: Mapping[str, object]) -> str | None:
    first, *others = days
    return first if all(days[first] == days[other] for other in others) else None
