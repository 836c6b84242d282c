"""A centre that takes appointments, a notice and figures, beside the journeys' site; prints their numbers."""

import json

import django

django.setup()

from datetime import date, timedelta  # noqa: E402

from gantang.engine import Words  # noqa: E402
from gantang.kit import clock  # noqa: E402
from gantang.kit.actor import SYSTEM  # noqa: E402
from gantang.kit.work import work  # noqa: E402
from gantang.reception import service  # noqa: E402
from gantang.reception.types import NewListing, NewNotice, NewOffer, ServiceView  # noqa: E402
from gantang.tallies import service as tallies  # noqa: E402
from gantang.tallies.types import Delta  # noqa: E402
from tests.world import World  # noqa: E402

HOURS = (("09:00", "12:00"), ("13:30", "17:30"))
OFFERED = (
    (
        "advice",
        "法律咨询",
        "Legal advice",
        "身份证\n合同、借条等材料",
        "ID card\nContracts, notes and the like",
        2,
    ),
    (
        "wages",
        "欠薪投诉",
        "Unpaid wages",
        "身份证\n考勤、工资记录",
        "ID card\nAttendance and wage records",
        1,
    ),
    ("ask", "问事指路", "Questions", "", "", 0),
)

NOTICE = NewNotice(
    "老街路灯改造方案征求意见（示例）",
    "示例：拟把老街二十盏路灯换成节能灯，晚上十一点以后减半亮。\n\n您觉得哪里该亮一些，哪里可以暗一些？",
    "30 days",
    basis="示例〔2026〕1号",
)


def main() -> None:
    """Enter the county's centre: open every day, so that no day of the tests is a rest day."""
    now = clock.now()
    world = World(now.date())
    admin, centre = world.cast.admin, world.unit("360428")
    for position, (code, zh, en, bring_zh, bring_en, _places) in enumerate(OFFERED):
        line = ServiceView(code, Words(zh, en), Words(bring_zh, bring_en), position)
        service.set_service(actor=admin, service=line, now=now - timedelta(seconds=1))
    entry = NewListing("示例县建设路1号一楼大厅", "0792-0000000", dict.fromkeys(range(7), HOURS))
    service.set_listing(actor=admin, centre=centre, listing=entry, now=now)
    for code, *_words, places in OFFERED:
        offer = NewOffer(code, 30, places)
        service.set_offer(actor=admin, centre=centre, offer=offer, now=now)
    notice = service.publish_notice(actor=admin, notice=NOTICE, now=now)
    since = (now.date().replace(day=1) - timedelta(days=40)).replace(day=1)
    until = (now.date().replace(day=1) - timedelta(days=1)).replace(day=1)
    _count(world, [since, until])
    edition = service.publish(actor=admin, since=since, until=until, now=now)
    print(json.dumps({"centre": centre, "notice": str(notice), "edition": edition}))


def _count(world: World, months: list[date]) -> None:
    """Counts as matters leave them: large ones, and one small one. What came in went out again, so that a wall
    of the same ground has no more open than there is."""
    made = [
        Delta(day, grid, grid, grid, klass, "request", 1, "portal", "", "", measure, n - less)
        for day in months
        for grid in (world.grid, world.other_grid)
        for klass, n in (("facility.lighting", 64), ("environment", 47), ("dispute", 33))
        for measure, less in (("in", 0), ("out", 0), ("closed", 12), ("on_time", 17))
    ]
    grid = world.grid
    small = [
        Delta(months[0], grid, grid, grid, "tip", "request", 1, "portal", "", "", measure, 3)
        for measure in ("in", "out")
    ]
    with work(SYSTEM) as w:
        tallies.add(w, city=3604, deltas=[*made, *small])


if __name__ == "__main__":
    main()
