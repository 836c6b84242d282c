"""What stands on changed ground comes to stand on what became of it, in the change's own transaction."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import islice

from gantang.kit.work import Work, work
from gantang.territory.lineage import Relocation
from gantang.territory.models import Facility, Place
from gantang.territory.service import standing
from gantang.territory.service.facilities import BATCH


def follow(w: Work, old: Iterable[str], on: date, now: datetime) -> None:
    """Facilities and places on old codes: by their point, or else to the heir. Each names its own step, a
    hundred in a part of the transaction, for each opens its stream to the wall."""
    codes, after = set(old), Relocation(on)
    after.learn(codes)
    for model in (Facility, Place):
        rows = model._default_manager.select_for_update().filter(ground__in=codes, valid_to=None)
        moving = iter([(row, to) for row in rows.order_by("pk") if (to := _to(after, row)) != row.ground])
        while batch := list(islice(moving, BATCH)):
            with work(w.actor) as part:
                _move(part, batch, on, now)


def _to(after: Relocation, row: Facility | Place) -> str:
    point = None if row.lon is None or row.lat is None else (row.lon, row.lat)
    return after.of(row.ground, point)


def _move(w: Work, batch: Sequence[tuple[Facility | Place, str]], on: date, now: datetime) -> None:
    gone, come = [], []
    for row, to in batch:
        data = {"from": row.ground, "to": to, "on": on.isoformat()}
        if isinstance(row, Facility):
            gone.append(standing.kept(row))
            row.ground = to
            come.append(standing.kept(row))
            standing.record_facility(w, row, "ground_followed", data, now)
        else:
            row.ground = to
            standing.record_place(w, row, "ground_followed", data, now)
        w.change(row, ["ground"])
    standing.count(w, gone, come)
