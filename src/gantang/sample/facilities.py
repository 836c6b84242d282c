"""Facilities and a place (示例) in the first county: some work, one is broken and reported, one place."""

from datetime import datetime
from uuid import UUID

from gantang.kit.actor import Actor
from gantang.matters import service as matters
from gantang.matters.types import Report
from gantang.posts import queries as posts
from gantang.sample.plan import MARK
from gantang.sample.story import Story
from gantang.territory import queries, service
from gantang.territory.types import GridView, NewFacility, NewPlace

COUNTY = "360428"
TOWNSHIP = "360428101"
#: What stands in the first grids of the township, one after the other.
STANDING = (
    ("camera", "村口东侧"),
    ("lamp", "巷口"),
    ("barrier", "桥头"),
    ("camera", "小学门前"),
    ("lamp", "渡口"),
    ("lamp", "卫生所门前"),
)
BROKEN = "巷口这盏灯晚上不亮，走路看不见台阶（示例）。"


def make(*, builder: Actor, now: datetime) -> bool:
    """Enter them unless something stands in the county; say whether anything was made."""
    if queries.facilities([COUNTY], size=1).items or queries.places(ground=COUNTY, size=1).items:
        return False
    keeper = next(one.id for one in posts.units(TOWNSHIP, on=now.date()) if one.ground == TOWNSHIP)
    grids = queries.grids(TOWNSHIP, on=now.date())
    made = [
        service.make_facility(
            actor=builder,
            facility=NewFacility(kind, f"{name}{MARK}", ground=grid.code, point=_middle(grid), keeper=keeper),
            now=now,
        )
        for (kind, name), grid in zip(STANDING, grids, strict=False)
    ]
    _report(made[1], now)
    place = NewPlace(f"社会治理综合体{MARK}", grids[0].code, "示例路1号", hours="周一至周五9:00–17:00")
    service.make_place(actor=builder, place=place, now=now)
    return True


def _middle(grid: GridView) -> tuple[float, float] | None:
    return None if grid.lon is None or grid.lat is None else (grid.lon, grid.lat)


def _report(lamp: UUID, now: datetime) -> None:
    """The township's desk reports the broken one."""
    report = Report(BROKEN, "patrol", "facility.lighting", anonymous=True, on_behalf=True, facility=lamp)
    actor = Story(now).actor(TOWNSHIP, "受理岗")
    matters.intake(actor=actor, report=report, key="sample-facility", now=now)
