"""What every change of ground needs: who may, and the step of the ledger."""

from collections.abc import Mapping
from datetime import datetime

from gantang.kit.actor import Actor
from gantang.kit.work import Work, work
from gantang.ledger import service as ledger
from gantang.territory import errors
from gantang.territory.rules import prefix


def must_administer(actor: Actor) -> None:
    if not actor.admin:
        raise errors.NotAdminError


#: Streams are named to the wall, in a list that must stay short.
_BATCH = 100


def record_grids(actor: Actor, changes: Mapping[str, Mapping[str, object]], what: str, now: datetime) -> None:
    """The same of many villages, in the running transaction."""
    by_city: dict[int, list[str]] = {}
    for village in changes:
        by_city.setdefault(prefix.city_of(village), []).append(village)
    for city, villages in by_city.items():
        for start in range(0, len(villages), _BATCH):
            some = villages[start : start + _BATCH]
            with work(actor) as w:
                streams = {ledger.stream_of("ground", village): village for village in some}
                ledger.hold(w, city=city, kind="ground", streams=streams, now=now)
                for village in some:
                    record_grid(w, village, what, changes[village], now)


def record_grid(w: Work, village: str, what: str, data: Mapping[str, object], now: datetime) -> None:
    """Grids are recorded in the stream of their village."""
    ledger.append(
        w,
        actor=w.actor,
        city=prefix.city_of(village),
        stream=ledger.stream_of("ground", village),
        kind="ground",
        key=village,
        items=[(f"grid.{what}", data)],
        happened_at=now,
        now=now,
    )
