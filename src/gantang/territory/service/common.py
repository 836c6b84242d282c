"""What every change of ground needs: who may, and the step of the ledger."""

from collections.abc import Mapping
from datetime import datetime

from gantang.kit.actor import Actor
from gantang.kit.work import Work
from gantang.ledger import service as ledger
from gantang.territory import errors
from gantang.territory.rules import prefix


def must_administer(actor: Actor) -> None:
    if not actor.admin:
        raise errors.NotAdminError


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
